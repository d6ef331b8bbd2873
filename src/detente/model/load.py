"""A model file -> `Conflict`, with every mistake of the file told at once."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from detente.document import Document, Scalar
from detente.errors import DetenteError, Place, Problem, Problems
from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Evidence,
    Level,
    Option,
    Preference,
    Priorities,
    Statement,
    Weights,
)
from detente.model.expressions import WORDS, Expression, Taken
from detente.model.load_graph import evidence_of, read_graph, read_ranking, title_of
from detente.model.names import Names
from detente.model.schema import (
    DecisionMakerEntry,
    ModelFile,
    OptionEntry,
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
        self.dms = [
            self.with_preference(i, dm, self.shape.decision_makers[dm.id])
            for i, dm in enumerate(self.dms)
        ]
        infeasible = tuple(
            Statement(
                self.expression(item.expression, None, "infeasible", i, "expression"),
                evidence_of(item),
                self.document.place("infeasible", i),
            )
            for i, item in enumerate(shape.infeasible)
        )
        status_quo, evidence = self.status_quo()
        return Conflict(
            title=title_of(self.document, shape),
            decision_makers=tuple(self.dms),
            infeasible=infeasible,
            status_quo=status_quo,
            status_quo_evidence=evidence,
            note=shape.note,
            status_quo_place=self.document.key_place("status_quo"),
            place=Place(self.document.name),
        )

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

    def with_preference(
        self, i: int, dm: DecisionMaker, entry: DecisionMakerEntry
    ) -> DecisionMaker:
        path = ("decision_makers", dm.id)
        given = [
            key for key in ("priorities", "weights", "ranking") if key in entry.model_fields_set
        ]
        if len(given) != 1:
            code = "two-preferences" if given else "no-preferences"
            found = " and ".join(given) or "neither priorities nor weights nor ranking"
            what = f"{dm.id} has {found}"
            place = self.document.key_place(*path, given[-1]) if given else None
            self.problems.add(code, what, place or self.document.key_place(*path))
            return dm
        preference: Preference
        if given == ["priorities"]:
            preference = Priorities(
                tuple(
                    Statement(
                        self.expression(item.priority, i, *path, "priorities", k, "priority"),
                        evidence_of(item),
                        self.document.place(*path, "priorities", k),
                    )
                    for k, item in enumerate(entry.priorities)
                )
            )
        elif given == ["weights"]:
            preference = self.weights(i, entry, *path, "weights")
        else:
            preference = read_ranking(self.document, entry.ranking, *path, "ranking")
        return DecisionMaker(dm.id, dm.name, dm.options, preference, dm.evidence)

    def weights(self, i: int, entry: DecisionMakerEntry, *path: str) -> Weights:
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
            terms.append((Statement(expression, evidence_of(item), place), value))
        return Weights(tuple(terms), self.document.key_place(*path))

    def expression(self, text: str, dm: int | None, *path: str | int) -> Expression:
        return self.names.read(text, dm, self.document.nearest(*path))

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
            evidence.append((atom, evidence_of(item)))
        for name, (i, k, option) in self.names.options.items():
            if option.levels and (i, k) not in chosen:
                place = self.document.key_place("status_quo")
                what = f"no level of {name} is named"
                self.problems.add("status-quo-incomplete", what, place)
        status_quo = tuple(
            tuple(chosen.get((i, k), 0) for k in range(len(dm.options)))
            for i, dm in enumerate(self.dms)
        )
        return status_quo, tuple(evidence)
