"""A model file -> `Conflict`, with every mistake of the file told at once."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from detente.document import Document, Node, Scalar
from detente.errors import DetenteError, Place, Problem, Problems, nearest
from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Evidence,
    Level,
    Option,
    Preference,
    Priorities,
    Ranking,
    StateList,
    StateRef,
    Statement,
    Weights,
)
from detente.model.expressions import (
    WORDS,
    Expression,
    ExpressionError,
    Literal,
    Taken,
    parse_expression,
)
from detente.model.schema import (
    DecisionMakerEntry,
    EvidenceEntry,
    ModelFile,
    OptionEntry,
    read_shape,
)

__all__ = ["load_model", "parse_model", "read_model"]

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)")


def load_model(path: Path | str) -> Conflict:
    """Read a conflict from a model file, or from standard input for ``-``.

    Raises
    ------
    DetenteError
        With every problem of the file, each with its place.
    """
    return read_model(Document.read(path))


def parse_model(text: str, name: str = "<text>") -> Conflict:
    """Read a conflict from the text of a model file.

    Raises
    ------
    DetenteError
        With every problem of the text, each with its place.

    Examples
    --------
    >>> conflict = parse_model('''
    ... decision_makers:
    ...   row: {options: {defect: Defect}, priorities: [not col.defect, defect]}
    ...   col: {options: {defect: Defect}, priorities: [not row.defect, defect]}
    ... status_quo: [row.defect, col.defect]
    ... ''')
    >>> conflict.column_names
    ('row.defect', 'col.defect')
    """
    return read_model(Document.parse(text, name))


def read_model(document: Document) -> Conflict:
    """Build the conflict of a parsed document; raise `DetenteError` with all its problems."""
    problems = Problems()
    shape = read_shape(document, problems)
    problems.raise_if_any()
    assert shape is not None
    conflict = _Reader(document, shape, problems).read()
    problems.raise_if_any()
    return conflict


def _evidence(entry: EvidenceEntry) -> Evidence:
    return Evidence(tuple(entry.because), entry.according_to, entry.note)


class _Reader:
    """Reads one file; holds its document, its shape and the problems found so far."""

    def __init__(self, document: Document, shape: ModelFile, problems: Problems) -> None:
        self.document = document
        self.shape = shape
        self.problems = problems
        self.dms: list[DecisionMaker] = []
        #: "dm.option" -> where it stands among the decision makers and options
        self.options: dict[str, tuple[int, int, Option]] = {}

    # -- the whole -------------------------------------------------------------------------------

    def read(self) -> Conflict:
        shape = self.shape
        if not shape.decision_makers:
            place = self.document.key_place("decision_makers")
            raise DetenteError(Problem("no-decision-makers", "decision_makers is empty", place))
        for name, entry in shape.decision_makers.items():
            self.check_id(name, "decision_makers", name)
            self.dms.append(self.decision_maker(name, entry))
        is_graph = shape.states is not None or shape.moves is not None
        if is_graph:
            return self.graph_conflict()
        if shape.ranking is not None:
            place = self.document.key_place("ranking")
            what = "ranking stands beside decision_makers but there are no states"
            self.problems.add("mixed-forms", what, place)
        if not self.options:
            place = self.document.key_place("decision_makers")
            self.problems.add("no-options", "no decision maker has an option", place)
        self.dms = [
            self.with_preference(i, dm, self.shape.decision_makers[dm.id])
            for i, dm in enumerate(self.dms)
        ]
        infeasible = tuple(
            Statement(
                self.expression(item.expression, None, "infeasible", i, "expression"),
                _evidence(item),
                self.document.place("infeasible", i),
            )
            for i, item in enumerate(shape.infeasible)
        )
        status_quo, evidence = self.status_quo()
        return Conflict(
            title=self.title(),
            decision_makers=tuple(self.dms),
            infeasible=infeasible,
            status_quo=status_quo,
            status_quo_evidence=evidence,
            note=shape.note,
            status_quo_place=self.document.key_place("status_quo"),
            place=Place(self.document.name),
        )

    def title(self) -> str:
        return self.shape.title or Path(self.document.name).stem

    def check_id(self, name: str, *path: str) -> None:
        place = self.document.key_place(*path)
        if not name.isidentifier() or name in WORDS:
            self.problems.add("bad-name", f"{name!r} is no id", place)

    # -- decision makers and options -------------------------------------------------------------

    def decision_maker(self, name: str, entry: DecisionMakerEntry) -> DecisionMaker:
        options = []
        for id_, option_entry in entry.options.items():
            path = ("decision_makers", name, "options", id_)
            if "." in id_:
                owner = id_.split(".")[0]
                if owner != name and owner in self.shape.decision_makers:
                    what = f"{id_!r} is {owner}'s, listed here under {name}"
                    self.problems.add("shared-option", what, self.document.key_place(*path))
                    continue
            self.check_id(id_, *path)
            option = self.option(id_, option_entry, path)
            self.options[f"{name}.{id_}"] = (len(self.dms), len(options), option)
            options.append(option)
        return DecisionMaker(
            name, entry.name or name, tuple(options), evidence=_evidence(entry)
        )

    def option(self, id_: str, entry: OptionEntry, path: tuple[str, ...]) -> Option:
        levels = tuple(Level(key, label or key) for key, label in (entry.levels or {}).items())
        if entry.levels is not None and len(levels) < 2:
            what = f"{id_!r} has {len(levels)} level{'s' * (len(levels) != 1)}, not two or more"
            self.problems.add("wrong-type", what, self.document.place(*path, "levels"))
        for level in levels:
            if not re.fullmatch(r"\w+", level.id) or level.id in WORDS:
                place = self.document.key_place(*path, "levels", level.id)
                self.problems.add("bad-name", f"{level.id!r} is no level id", place)
        return Option(id_, entry.name or id_, levels, entry.change, _evidence(entry))

    def with_preference(
        self, i: int, dm: DecisionMaker, entry: DecisionMakerEntry
    ) -> DecisionMaker:
        path = ("decision_makers", dm.id)
        given = [key for key in ("priorities", "weights", "ranking") if _has(entry, key)]
        if len(given) != 1:
            code = "two-preferences" if given else "no-preferences"
            what = f"{dm.id} has {' and '.join(given) if given else 'none of them'}"
            place = self.document.key_place(*path, given[-1]) if given else None
            self.problems.add(code, what, place or self.document.key_place(*path))
            return dm
        preference: Preference
        if entry.priorities is not None:
            preference = Priorities(
                tuple(
                    Statement(
                        self.expression(item.priority, i, *path, "priorities", k, "priority"),
                        _evidence(item),
                        self.document.place(*path, "priorities", k),
                    )
                    for k, item in enumerate(entry.priorities)
                )
            )
        elif entry.weights is not None:
            preference = self.weights(i, entry, *path, "weights")
        else:
            assert entry.ranking is not None
            preference = self.ranking(entry.ranking, *path, "ranking")
        return DecisionMaker(dm.id, dm.name, dm.options, preference, dm.evidence)

    def weights(self, i: int, entry: DecisionMakerEntry, *path: str) -> Weights:
        terms = []
        for text, item in (entry.weights or {}).items():
            place = self.document.key_place(*path, text)
            value = Fraction(0)
            if _NUMBER.fullmatch(item.weight.strip()):
                value = Fraction(item.weight.strip())
            else:
                what = f"the weight {item.weight[:40]!r} is not a number"
                self.problems.add("wrong-type", what, self.document.place(*path, text))
            key = Scalar(place, text, plain=True)
            expression = self.parse(text, i, key)
            terms.append((Statement(expression, _evidence(item), place), value))
        return Weights(tuple(terms), self.document.key_place(*path))

    def ranking(self, tiers: list[list[str]], *path: str) -> Ranking:
        found = []
        for k, tier in enumerate(tiers):
            node = self.document.node(*path, k)
            tied = not isinstance(node, Scalar)
            found.append(
                tuple(
                    StateRef(
                        text,
                        self.document.place(*path, k, n) if tied else self.document.place(*path, k),
                    )
                    for n, text in enumerate(tier)
                )
            )
        return Ranking(tuple(found), self.document.key_place(*path))

    # -- expressions -----------------------------------------------------------------------------

    def expression(self, text: str, dm: int | None, *path: str | int) -> Expression:
        node = self.document.node(*path) or self.document.node(*path[:-1])
        return self.parse(text, dm, node)

    def parse(self, text: str, dm: int | None, node: Node | None) -> Expression:
        def place(offset: int) -> Place:
            if isinstance(node, Scalar):
                return node.within(offset)
            return node.place if node is not None else Place(self.document.name)

        def resolve(
            name: str, level: str | None, offset: int, level_offset: int | None
        ) -> Expression:
            full = name if "." in name or dm is None else f"{self.dms[dm].id}.{name}"
            found = self.options.get(full)
            if found is None:
                self.unknown_option(name, full, dm, place(offset))
                return Literal(False)
            i, k, option = found
            if level is None:
                if option.levels:
                    ids = ", ".join(one.id for one in option.levels)
                    what = f"{name!r} has levels ({ids})"
                    self.problems.add("needs-level", what, place(offset))
                    return Literal(False)
                return Taken(i, k, 1)
            if not option.levels:
                self.problems.add("no-levels", f"{name!r} has no levels", place(offset))
                return Literal(False)
            ids_ = [one.id for one in option.levels]
            if level not in ids_:
                what = f"{level!r} is no level of {name} ({', '.join(ids_)})"
                self.problems.add(
                    "unknown-level",
                    what,
                    place(level_offset or offset),
                    suggestion=nearest(level, ids_),
                )
                return Literal(False)
            return Taken(i, k, ids_.index(level))

        try:
            return parse_expression(text, resolve)
        except ExpressionError as error:
            self.problems.add(error.code, error.what, place(error.offset))
            return Literal(False)

    def unknown_option(self, name: str, full: str, dm: int | None, place: Place) -> None:
        elsewhere = [known for known in self.options if known.split(".")[1] == name]
        names = list(self.options)
        if dm is not None:
            own = self.dms[dm].id + "."
            names += [known[len(own) :] for known in self.options if known.startswith(own)]
        near = elsewhere[0] if elsewhere else nearest(name, names) or nearest(full, names)
        shown = name if len(name) <= 60 else name[:57] + "..."
        what = f"{shown!r} is no option" + (f" of {self.dms[dm].id}" if dm is not None else "")
        self.problems.add("unknown-option", what, place, suggestion=near)

    # -- status quo ------------------------------------------------------------------------------

    def status_quo(
        self,
    ) -> tuple[tuple[tuple[int, ...], ...] | None, tuple[tuple[Taken, Evidence], ...]]:
        items = self.shape.status_quo
        if items is None:
            return None, ()
        chosen: dict[tuple[int, int], int] = {}
        evidence = []
        for n, item in enumerate(items):
            place = self.document.place("status_quo", n)
            before = len(self.problems.found)
            atom = self.expression(item.option, None, "status_quo", n, "option")
            if not isinstance(atom, Taken):
                if len(self.problems.found) == before:
                    what = f"{item.option[:60]!r} is an expression, not an option"
                    self.problems.add("bad-expression", what, place)
                continue
            key = (atom.dm, atom.option)
            if key in chosen:
                what = f"{item.option!r} comes after another entry for the same option"
                self.problems.add("status-quo-contradicts", what, place)
            chosen[key] = atom.choice
            evidence.append((atom, _evidence(item)))
        for name, (i, k, option) in self.options.items():
            if option.levels and (i, k) not in chosen:
                place = self.document.key_place("status_quo")
                what = f"no level of {name} is named"
                self.problems.add("status-quo-incomplete", what, place)
        status_quo = tuple(
            tuple(chosen.get((i, k), 0) for k in range(len(dm.options)))
            for i, dm in enumerate(self.dms)
        )
        return status_quo, tuple(evidence)

    # -- conflicts given as a graph --------------------------------------------------------------

    def graph_conflict(self) -> Conflict:
        shape, document = self.shape, self.document
        if self.options or shape.infeasible:
            key = "infeasible" if shape.infeasible else "decision_makers"
            what = "options or infeasible stand beside states and moves"
            self.problems.add("mixed-forms", what, document.key_place(key))
        for key in ("states", "moves", "ranking"):
            if getattr(shape, key) is None:
                what = f"{key!r} is missing in a conflict given as a graph"
                self.problems.add("missing-key", what, document.root.place)
        states = {id_: i for i, id_ in enumerate(shape.states or {})}
        if shape.states is not None and not states:
            self.problems.add("no-feasible-state", "states is empty", document.key_place("states"))
        self.problems.raise_if_any()
        assert shape.moves is not None and shape.ranking is not None
        ids = [dm.id for dm in self.dms]
        for key, mapping in (("moves", shape.moves), ("ranking", shape.ranking)):
            for name in mapping:
                if name not in ids:
                    self.problems.add(
                        "unknown-decision-maker",
                        f"{name!r} is no decision maker",
                        document.key_place(key, name),
                        suggestion=nearest(name, ids),
                    )
        moves = tuple(
            self.graph_moves(states, shape.moves.get(id_, {}), "moves", id_) for id_ in ids
        )
        dms = []
        for dm in self.dms:
            for key in ("priorities", "weights", "ranking"):
                if _has(shape.decision_makers[dm.id], key):
                    place = document.key_place("decision_makers", dm.id, key)
                    what = f"{key} stands under {dm.id}; in a graph it is ranking: {{{dm.id}: …}}"
                    self.problems.add("mixed-forms", what, place)
            if dm.id not in shape.ranking:
                place = document.key_place("ranking")
                self.problems.add("no-preferences", f"{dm.id} has no ranking", place)
                continue
            ranking = self.ranking(shape.ranking[dm.id], "ranking", dm.id)
            dms.append(DecisionMaker(dm.id, dm.name, (), ranking, dm.evidence))
        status_quo = None
        if shape.status_quo is not None:
            place = document.place("status_quo")
            if len(shape.status_quo) != 1:
                what = f"status_quo names {len(shape.status_quo)} states, not one"
                self.problems.add("status-quo-contradicts", what, place)
            else:
                status_quo = self.state(states, shape.status_quo[0].option, place)
        names = tuple(name or id_ for id_, name in (shape.states or {}).items())
        return Conflict(
            title=self.title(),
            decision_makers=tuple(dms),
            status_quo=status_quo,
            graph=StateList(tuple(states), names, moves),
            note=shape.note,
            status_quo_place=document.key_place("status_quo"),
            place=Place(document.name),
        )

    def state(self, states: dict[str, int], text: str, place: Place) -> int | None:
        if text not in states:
            self.problems.add(
                "unknown-state",
                f"{text[:60]!r} is no state",
                place,
                suggestion=nearest(text, list(states)),
            )
            return None
        return states[text]

    def graph_moves(
        self, states: dict[str, int], moves: dict[str, list[str]], *path: str
    ) -> tuple[tuple[int, int], ...]:
        arcs: dict[tuple[int, int], None] = {}
        for start, ends in moves.items():
            source = self.state(states, start, self.document.key_place(*path, start))
            listed = not isinstance(self.document.node(*path, start), Scalar)
            for n, end in enumerate(ends):
                deeper = (*path, start, n) if listed else (*path, start)
                place = self.document.place(*deeper)
                target = self.state(states, end, place)
                if source is None or target is None:
                    continue
                if source == target:
                    self.problems.add("self-move", f"{start!r} leads to itself", place)
                arcs[source, target] = None
        return tuple(sorted(arcs))


def _has(entry: DecisionMakerEntry, key: str) -> bool:
    """Tell whether a key stands in the file, even with nothing after it."""
    return key in entry.model_fields_set
