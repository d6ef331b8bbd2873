"""What the names in a model file stand for, and expressions read with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.document import Node, Scalar
from detente.errors import Place, Problems, shortened
from detente.model.conflict import Conflict, Option
from detente.model.expressions import Expression, Literal, Taken
from detente.model.grammar import WORDS, ExpressionError, parse_expression

__all__ = ["Names", "read_expression"]


@dataclass
class Names:
    """The options of a model by name; notes every name that stands for nothing.

    Attributes
    ----------
    options : dict from "dm.option" to (dm, option, Option)
        Where each option stands among the decision makers and their options.
    """

    file: str
    problems: Problems
    dm_ids: Sequence[str]
    options: dict[str, tuple[int, int, Option]] = field(default_factory=dict)

    def read(self, text: str, dm: int | None, node: Node | None) -> Expression:
        """Read an expression; note what is wrong in it, at its place.

        Parameters
        ----------
        text : str
        dm : int or None
            Whose options need no prefix.
        node : Node or None
            Where the text stands in the file.
        """

        def place(offset: int) -> Place:
            if isinstance(node, Scalar):
                return node.within(offset)
            return node.place if node is not None else Place(self.file)

        def resolve(
            name: str, level: str | None, offset: int, level_offset: int | None
        ) -> Expression:
            full = name if "." in name or dm is None else f"{self.dm_ids[dm]}.{name}"
            found = self.options.get(full)
            if found is None:
                self._unknown(name, dm, place(offset))
            elif level is None:
                if not found[2].levels:
                    return Taken(found[0], found[1], 1)
                levels = ", ".join(one.id for one in found[2].levels)
                self.problems.add("needs-level", f"{name!r} has levels ({levels})", place(offset))
            elif not found[2].levels:
                self.problems.add("no-levels", f"{name!r} has no levels", place(offset))
            else:
                ids = [one.id for one in found[2].levels]
                if level in ids:
                    return Taken(found[0], found[1], ids.index(level))
                what = f"{level!r} is no level of {name} ({', '.join(ids)})"
                where = place(offset if level_offset is None else level_offset)
                near = self.problems.nearest(level, ids)
                self.problems.add("unknown-level", what, where, suggestion=near)
            # the problem is noted; any expression lets the reading go on
            return Literal(False)

        try:
            return parse_expression(text, resolve)
        except ExpressionError as error:
            self.problems.add(error.code, error.what, place(error.offset))
            return Literal(False)

    def _unknown(self, name: str, dm: int | None, place: Place) -> None:
        by_own_name: dict[str, list[str]] = {}
        for known in self.options:
            by_own_name.setdefault(known.partition(".")[2], []).append(known)
        near: str | None
        if name.lower() in WORDS:
            near = name.lower()
        elif "." in name:
            near = self.problems.nearest(name, list(self.options))
        else:
            meant = self.problems.nearest(name, list(by_own_name))
            owners = by_own_name.get(meant or "", [None])
            own = f"{self.dm_ids[dm]}.{meant}" if dm is not None else None
            near = meant if own in owners else owners[0]
        what = f"{shortened(name)!r} is no option"
        if dm is not None and "." not in name:
            what += f" of {self.dm_ids[dm]}"
        self.problems.add("unknown-option", what, place, suggestion=near)


def read_expression(conflict: Conflict, text: str, name: str, problems: Problems) -> Expression:
    """Read an expression over the options of a conflict that stands in no file.

    Parameters
    ----------
    conflict : Conflict
        In option form.
    text : str
    name : str
        What stands for the file in messages.
    problems : Problems
        Where mistakes are noted; any expression comes back then.
    """
    options = {
        f"{dm.id}.{option.id}": (i, k, option)
        for i, dm in enumerate(conflict.decision_makers)
        for k, option in enumerate(dm.options)
    }
    names = Names(name, problems, conflict.dm_ids, options)
    return names.read(text, None, Scalar(Place(name), text, plain=True))
