"""A model file -> `Conflict`, with every mistake of the file told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from detente.document import Document, Scalar
from detente.errors import DetenteError, Place, Problem, Problems
from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Given,
    Level,
    NamedDeal,
    Option,
    Preference,
    Priorities,
    Statement,
    View,
    Weights,
)
from detente.model.expressions import Expression, Not, Taken
from detente.model.grammar import WORDS
from detente.model.load_graph import read_graph, read_ranking, title_of
from detente.model.load_parts import condition_of, evidence_of, item_place, read_deal, read_holder
from detente.model.names import Names
from detente.model.schema import (
    DecisionMakerEntry,
    InfeasibleEntry,
    ModelFile,
    OptionEntry,
    PreferenceEntry,
    ViewEntry,
    read_shape,
)

__all__ = ["load_model", "parse_model", "read_model"]

_ID = re.compile(r"[^\W\d]\w*")
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
    if shape is None:
        problems.raise_if_any()
    assert shape is not None
    conflict = _Reader(document, shape, problems).read()
    problems.raise_if_any()
    return conflict


class _Reader:
    """Reads one file; holds its document, its shape and the problems found so far."""

    def __init__(self, document: Document, shape: ModelFile, problems: Problems) -> None:
        self.document = document
        self.shape = shape
        self.problems = problems
        self.dms: list[DecisionMaker] = []
        self.names = Names(document.name, problems, list(shape.decision_makers))

    # -- the whole -------------------------------------------------------------------------------

    def read(self) -> Conflict:
        shape = self.shape
        if not shape.decision_makers:
            place = self.document.key_place("decision_makers")
            raise DetenteError(Problem("no-decision-makers", "decision_makers is empty", place))
        for name, entry in shape.decision_makers.items():
            self.check_id(name, "decision_makers", name)
            self.dms.append(self.decision_maker(name, entry))
        if shape.states is not None or shape.moves is not None:
            return read_graph(self.document, shape, self.dms, self.problems)
        if shape.ranking is not None:
            place = self.document.key_place("ranking")
            what = "ranking stands beside decision_makers but there are no states"
            self.problems.add("mixed-forms", what, place)
        if not self.names.options:
            place = self.document.key_place("decision_makers")
            self.problems.add("no-options", "no decision maker has an option", place)
        preferences = [
            self.preference(i, shape.decision_makers[dm.id], "decision_makers", dm.id)
            for i, dm in enumerate(self.dms)
        ]
        self.dms = [
            replace(dm, preference=found or dm.preference)
            for dm, found in zip(self.dms, preferences, strict=True)
        ]
        infeasible = self.infeasible(shape.infeasible, "infeasible")
        given = self.given()
        timed = any(entry.when is not None for entry in given)
        return Conflict(
            title=title_of(self.document, shape),
            decision_makers=tuple(self.dms),
            infeasible=infeasible,
            status_quo=None if shape.status_quo is None else self.status_quo(given),
            status_quo_evidence=tuple((one.atom, one.evidence) for one in given if one.taken),
            given=tuple(given) if timed else (),
            deals=tuple(self.deals()),
            views=tuple(self.views()),
            note=shape.note,
            status_quo_place=self.document.key_place("status_quo"),
            place=Place(self.document.name),
        )

    def infeasible(self, items: Sequence[InfeasibleEntry], *path: str) -> tuple[Statement, ...]:
        return tuple(
            Statement(
                self.expression(item.expression, None, *path, i, "expression"),
                evidence_of(item),
                self.document.place(*path, i),
                condition_of(self.document, item, *path, i),
            )
            for i, item in enumerate(items)
        )

    def deals(self) -> Iterator[NamedDeal]:
        for name, entry in self.shape.deals.items():
            text = entry.deal[0] if entry.deal else ""
            if len(entry.deal) > 1:
                what = (
                    f"the deal {name} lists {len(entry.deal)} texts; states are listed in a graph"
                )
                place = self.document.place("deals", name)
                self.problems.add("wrong-type", what, place)
            expression = self.expression(text, None, "deals", name, "deal")
            yield read_deal(self.document, self.problems, self.names, name, entry, expression)

    def views(self) -> Iterator[View]:
        for name, entry in self.shape.as_seen_by.items():
            i = read_holder(self.document, self.problems, self.names, "as_seen_by", name)
            if i is not None:
                yield self.view(i, entry, "as_seen_by", name)

    def view(self, i: int, entry: ViewEntry, *path: str) -> View:
        preferences = []
        for name, item in entry.decision_makers.items():
            where = (*path, "decision_makers", name)
            dm = read_holder(self.document, self.problems, self.names, *where)
            found = None if dm is None else self.preference(dm, item, *where)
            if dm is not None and found is not None:
                preferences.append((dm, found))
        unknown = []
        for k, text in enumerate(entry.unknown):
            before = len(self.problems.found)
            atom = self.expression(text, None, *path, "unknown", k)
            whole = isinstance(atom, Taken) and not self.dms[atom.dm].options[atom.option].levels
            if whole and isinstance(atom, Taken):
                unknown.append((atom.dm, atom.option))
            elif len(self.problems.found) == before:
                what = f"{text[:60]!r} is no yes-or-no option, and only those can be unknown"
                place = item_place(self.document, k, *path, "unknown")
                self.problems.add("bad-expression", what, place)
        infeasible = self.infeasible(entry.infeasible, *path, "infeasible")
        place = self.document.key_place(*path)
        evidence = evidence_of(entry)
        return View(i, tuple(preferences), tuple(unknown), infeasible, evidence, place)

    def check_id(self, name: str, *path: str) -> None:
        place = self.document.key_place(*path)
        if not _ID.fullmatch(name) or name in WORDS:
            self.problems.add("bad-name", f"{name!r} is no id", place)

    # -- decision makers and options -------------------------------------------------------------

    def decision_maker(self, name: str, entry: DecisionMakerEntry) -> DecisionMaker:
        options: list[Option] = []
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
            when = condition_of(self.document, option_entry, *path)
            option = option if when is None else replace(option, when=when)
            self.names.options[f"{name}.{id_}"] = (len(self.dms), len(options), option)
            options.append(option)
        return DecisionMaker(name, entry.name or name, tuple(options), evidence=evidence_of(entry))

    def option(self, id_: str, entry: OptionEntry, path: tuple[str, ...]) -> Option:
        levels = tuple(Level(key, label or key) for key, label in (entry.levels or {}).items())
        if entry.levels is not None and len(levels) < 2:
            what = f"{id_!r} has {len(levels)} level{'s' * (len(levels) != 1)}, not two or more"
            self.problems.add("wrong-type", what, self.document.place(*path, "levels"))
        for level in levels:
            if not re.fullmatch(r"\w+", level.id) or level.id in WORDS:
                place = self.document.key_place(*path, "levels", level.id)
                self.problems.add("bad-name", f"{level.id!r} is no level id", place)
        return Option(id_, entry.name or id_, levels, entry.change, evidence_of(entry))

    def preference(self, i: int, entry: PreferenceEntry, *path: str) -> Preference | None:
        given = [
            key for key in ("priorities", "weights", "ranking") if key in entry.model_fields_set
        ]
        if len(given) != 1:
            code = "two-preferences" if given else "no-preferences"
            found = " and ".join(given) or "neither priorities nor weights nor ranking"
            what = f"{path[-1]} has {found}"
            place = self.document.key_place(*path, given[-1]) if given else None
            self.problems.add(code, what, place or self.document.key_place(*path))
            return None
        if given == ["priorities"]:
            return Priorities(
                tuple(
                    Statement(
                        self.expression(item.priority, i, *path, "priorities", k, "priority"),
                        evidence_of(item),
                        self.document.place(*path, "priorities", k),
                        condition_of(self.document, item, *path, "priorities", k),
                    )
                    for k, item in enumerate(entry.priorities)
                )
            )
        if given == ["weights"]:
            return self.weights(i, entry, *path, "weights")
        return read_ranking(self.document, entry.ranking, *path, "ranking")

    def weights(self, i: int, entry: PreferenceEntry, *path: str) -> Weights:
        terms = []
        for text, item in entry.weights.items():
            place = self.document.key_place(*path, text)
            value = Fraction(0)
            # nobody means a weight of a hundred digits, and Python refuses to read thousands
            if _NUMBER.fullmatch(item.weight.strip()) and len(item.weight) <= 100:
                value = Fraction(item.weight.strip())
            else:
                what = f"the weight {item.weight[:40]!r} is not a number"
                self.problems.add("wrong-type", what, self.document.place(*path, text))
            key = Scalar(place, text, plain=True)
            expression = self.names.read(text, i, key)
            when = condition_of(self.document, item, *path, text)
            terms.append((Statement(expression, evidence_of(item), place, when), value))
        return Weights(tuple(terms), self.document.key_place(*path))

    def expression(self, text: str, dm: int | None, *path: str | int) -> Expression:
        return self.names.read(text, dm, self.document.nearest(*path))

    # -- status quo ------------------------------------------------------------------------------

    def given(self) -> list[Given]:
        """Return the entries of the status quo."""
        found: list[Given] = []
        fixed: set[tuple[int, int]] = set()
        for n, item in enumerate(self.shape.status_quo or ()):
            place = self.document.place("status_quo", n)
            before = len(self.problems.found)
            atom = self.expression(item.option, None, "status_quo", n, "option")
            taken = True
            if isinstance(atom, Not) and isinstance(atom.operand, Taken):
                atom, taken = atom.operand, False
            if not isinstance(atom, Taken):
                if len(self.problems.found) == before:
                    what = f"{item.option[:60]!r} is an expression, not an option"
                    self.problems.add("bad-expression", what, place)
                continue
            when = condition_of(self.document, item, "status_quo", n)
            option = self.dms[atom.dm].options[atom.option]
            if not taken and option.levels:
                what = f"{item.option[:60]!r} does not say at which level the option stands"
                self.problems.add("bad-expression", what, place)
            if when is None:
                if (atom.dm, atom.option) in fixed:
                    what = f"{item.option!r} comes after another entry for the same option"
                    self.problems.add("status-quo-contradicts", what, place)
                fixed.add((atom.dm, atom.option))
            found.append(Given(atom, taken, evidence_of(item), place, when))
        named = {(one.atom.dm, one.atom.option) for one in found}
        for name, (i, k, option) in self.names.options.items():
            if self.shape.status_quo is not None and option.levels and (i, k) not in named:
                place = self.document.key_place("status_quo")
                what = f"no level of {name} is named"
                self.problems.add("status-quo-incomplete", what, place)
        return found

    def status_quo(self, given: Sequence[Given]) -> tuple[tuple[int, ...], ...]:
        """Return how every option stands when all entries count, a later one before an earlier."""
        chosen = {
            (one.atom.dm, one.atom.option): one.atom.choice if one.taken else 0 for one in given
        }
        return tuple(
            tuple(chosen.get((i, k), 0) for k in range(len(dm.options)))
            for i, dm in enumerate(self.dms)
        )
