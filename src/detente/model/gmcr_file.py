"""What an older program's ``.gmcr`` file holds, checked, with every mistake told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

from detente.errors import DetenteError, Place, Problem, Problems
from detente.model.conflict import Change

__all__ = ["Conjunction", "Disjunction", "GmcrDecisionMaker", "GmcrFile", "clean", "read_file"]

#: up to this many options the feasible states are counted, to check rankings against them
MAX_COUNTED = 20
_CHANGES: dict[str, Change] = {"both": "both", "fwd": "take", "back": "drop"}
_NO_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')
_SURROGATE = re.compile("[\ud800-\udfff]")

#: options, by their number in the file, each with whether it is taken; all of them hold
Conjunction: TypeAlias = list[tuple[int, bool]]
#: one of them holds; a simple statement has just one
Disjunction: TypeAlias = list[Conjunction]


@dataclass
class GmcrDecisionMaker:
    """A decision maker as the file has it; no ranking where none is stored or it is wrong."""

    name: str = ""
    options: list[int] = field(default_factory=list)
    preferences: list[Disjunction] = field(default_factory=list)
    ranking: list[list[int]] | None = None


@dataclass(frozen=True)
class GmcrFile:
    """A checked file: options as (name, change), and warnings about what is left behind."""

    options: tuple[tuple[str, Change], ...]
    infeasibles: tuple[Conjunction, ...]
    dms: tuple[GmcrDecisionMaker, ...]
    warnings: tuple[Problem, ...]


def read_file(text: str, name: str) -> GmcrFile:
    """Check the text of a file; raise `DetenteError` with everything that is wrong with it."""
    reader = _Reader(Place(name))
    reader.read(_tree(text, name))
    reader.problems.raise_if_any()
    return GmcrFile(
        tuple(reader.options),
        tuple(reader.infeasibles),
        tuple(reader.dms),
        reader.problems.sorted(),
    )


def _tree(text: str, name: str) -> object:
    def refuse(constant: str) -> NoReturn:
        # Python's reader takes NaN and Infinity, JSON does not have them
        found = (match for match in _NO_NUMBER.finditer(text) if match.group(1))
        raise json.JSONDecodeError(f"{constant} is no number", text, next(found).start())

    def whole(digits: str) -> int | float:
        # Python refuses to read thousands of digits; nothing here is that large
        return int(digits) if len(digits) <= 18 else float(digits)

    try:
        root: object = json.loads(text, parse_constant=refuse, parse_int=whole)
    except json.JSONDecodeError as error:
        place = Place(name, error.lineno, error.colno)
        what = f"not JSON: {error.msg}" if text.strip() else "the file is empty"
        raise DetenteError(Problem("bad-gmcr", what, place)) from None
    except RecursionError:
        raise DetenteError(Problem("bad-gmcr", "the file nests too deep", Place(name))) from None
    return root


class _Reader:
    """Checks the tree of one file: notes what is wrong with it and keeps what is right."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.problems = Problems()
        self.options: list[tuple[str, Change]] = []
        self.infeasibles: list[Conjunction] = []
        self.dms: list[GmcrDecisionMaker] = []

    def bad(self, what: str, code: str = "bad-gmcr") -> None:
        self.problems.add(code, what, self.place)

    def wrong(self, value: object, path: str, wanted: str) -> None:
        self.bad(f"{path} is {_kind(value)}, not {wanted}")

    def warn(self, what: str) -> None:
        self.problems.add("left-behind", what, self.place, severity="warning")

    def read(self, root: object) -> None:
        if not isinstance(root, dict):
            raise DetenteError(Problem("bad-gmcr", f"the file is {_kind(root)}", self.place))
        self.options = [self.option(*item) for item in self.items(root, "options")]
        infeasibles = self.items(root, "infeasibles", spare=[])
        self.infeasibles = [self.conjunction(*item) for item in infeasibles]
        manual = self.manual(root)
        countable = manual and not self.problems.errors and 0 < len(self.options) <= MAX_COUNTED
        states = _feasible(len(self.options), self.infeasibles) if countable else None
        for value, path in self.items(root, "decisionMakers"):
            dm = self.decision_maker(value, path, manual)
            self.dms.append(dm)
            if dm.ranking is not None and states is not None:
                self.covers(dm.ranking, path, states)
        if not (self.problems.errors or (self.dms and self.options)):
            empty = "options" if self.dms else "decisionMakers"
            self.bad(f"{empty} is empty", "no-options" if self.dms else "no-decision-makers")
        self.holders()
        if root.get("misperceptions"):
            self.warn("the misperceptions are left out")
        self.coalitions(root)

    def items(
        self,
        mapping: dict[str, object],
        key: str,
        path: str = "",
        spare: list[object] | None = None,
        why: str = "",
    ) -> list[tuple[object, str]]:
        """Return what a list holds, each with its path; `spare` is for where there is no list."""
        where = f"{path}.{key}" if path else key
        value = mapping.get(key, spare)
        if isinstance(value, list):
            return [(item, f"{where}[{k}]") for k, item in enumerate(value)]
        found = f"{_kind(value)}, not a list" if key in mapping else "missing"
        self.bad(f"{where} is {found}{why}")
        return []

    def name(self, mapping: dict[str, object], path: str) -> str:
        value = mapping.get("name")
        if isinstance(value, str):
            return clean(value)
        self.wrong(value, f"{path}.name", "a text")
        return ""

    def index(self, value: object, path: str) -> list[int]:
        # without options there is nothing that a number could be checked against
        return self.number(value, path, 0, len(self.options) - 1 if self.options else 10**18)

    def number(self, value: object, path: str, first: int, last: int) -> list[int]:
        """Return a list of the number, or of nothing where it is no such number."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(value, path, "a whole number")
        elif not first <= value <= last:
            self.bad(f"{path} is {value}, not a number from {first} to {last}")
        else:
            return [value]
        return []

    def option(self, value: object, path: str) -> tuple[str, Change]:
        if not isinstance(value, dict):
            self.wrong(value, path, "an object")
            return "", "both"
        direction = value.get("permittedDirection", "both")
        change = _CHANGES.get(direction) if isinstance(direction, str) else None
        if change is None:
            self.wrong(direction, f"{path}.permittedDirection", "both, fwd or back")
        return self.name(value, path), change or "both"

    def manual(self, root: dict[str, object]) -> bool:
        new = "useManualPreferenceRanking"
        key = new if new in root else "useManualPreferenceVectors"
        value = root.get(key, False)
        if not isinstance(value, bool):
            self.wrong(value, key, "true or false")
        return value is True

    def decision_maker(self, value: object, path: str, manual: bool) -> GmcrDecisionMaker:
        if not isinstance(value, dict):
            self.wrong(value, path, "an object")
            return GmcrDecisionMaker()
        dm = GmcrDecisionMaker(self.name(value, path))
        if value.get("misperceptions"):
            self.warn(f"the misperceptions of {dm.name!r} are left out")
        held = [self.index(*item) for item in self.items(value, "options", path)]
        dm.options = list(dict.fromkeys(index for one in held for index in one))
        # under the flag priorities play no part and may be missing
        priorities = self.items(value, "preferences", path, [] if manual else None)
        dm.preferences = [self.preference(*item) for item in priorities]
        if manual:
            old = "preferenceVector" in value and "preferenceRanking" not in value
            key = "preferenceVector" if old else "preferenceRanking"
            before = len(self.problems.found)
            tiers = self.items(value, key, path, why=" but the file says it ranks by hand")
            ranking = [self.tier(*item) for item in tiers]
            dm.ranking = ranking if len(self.problems.found) == before else None
        return dm

    def preference(self, value: object, path: str) -> Disjunction:
        if not isinstance(value, dict):
            return [self.conjunction(value, path)]
        return [self.conjunction(*item) for item in self.items(value, "members", path)]

    def conjunction(self, value: object, path: str) -> Conjunction:
        if not isinstance(value, list):
            self.wrong(value, path, "a list of conditions")
            return []
        found = []
        for k, item in enumerate(value):
            if not isinstance(item, list) or len(item) != 2:
                self.wrong(item, f"{path}[{k}]", 'a pair such as [0, "Y"]')
                continue
            if item[1] not in ("Y", "N"):
                self.wrong(item[1], f"{path}[{k}][1]", "Y or N")
            found += [(index, item[1] == "Y") for index in self.index(item[0], f"{path}[{k}][0]")]
        return found

    def tier(self, value: object, path: str) -> list[int]:
        last = 1 << min(len(self.options), 60) if self.options else 10**18
        if not isinstance(value, list):
            return self.number(value, path, 1, last)
        tied = [self.number(item, f"{path}[{k}]", 1, last) for k, item in enumerate(value)]
        return [number for one in tied for number in one]

    def covers(self, ranking: list[list[int]], path: str, states: int) -> None:
        seen: set[int] = set()
        for number in (number for tier in ranking for number in tier):
            if number > states:
                self.bad(f"{path} ranks state {number}; the last is {states}", "unknown-state")
            elif number in seen:
                self.bad(f"{path} ranks state {number} again", "ranking-repeats-state")
            seen.add(number)
        missed = [str(number) for number in range(1, states + 1) if number not in seen]
        if missed:
            what = f"{path} does not rank {', '.join(missed[:5])}{', …' * (len(missed) > 5)}"
            self.bad(what, "ranking-misses-states")

    def holders(self) -> None:
        holders: dict[int, list[str]] = {}
        for k, dm in enumerate(self.dms):
            for index in dm.options:
                holders.setdefault(index, []).append(f"decisionMakers[{k}]")
        for index, (name, _) in enumerate(self.options if self.dms else []):
            held = holders.get(index, [])
            if len(held) != 1:
                what = f"options[{index}] ({name[:40]!r}) is held by "
                what += " and ".join(held) or "no decision maker"
                self.bad(what, "shared-option" if held else "bad-gmcr")

    def coalitions(self, root: dict[str, object]) -> None:
        listed, known = root.get("coalitions"), range(len(self.dms))
        for group in listed if isinstance(listed, list) else []:
            members = group if isinstance(group, list) else []
            names = [repr(self.dms[k].name) for k in members if isinstance(k, int) and k in known]
            if len(names) > 1:
                self.warn(f"the coalition of {' and '.join(names)} is left out")


def _feasible(options: int, infeasibles: Sequence[Conjunction]) -> int:
    """Count the feasible states, on truth tables with one bit for each of the 2^options."""
    columns: list[int] = []
    for index in range(options):
        half = 1 << index
        columns = [column | column << half for column in columns]
        columns.append(((1 << half) - 1) << half)
    everything = (1 << (1 << options)) - 1
    forbidden = 0
    for conjunction in infeasibles:
        table = everything
        for index, taken in conjunction:
            table &= columns[index] if taken else ~columns[index]
        forbidden |= table
    return (everything & ~forbidden).bit_count()


def _kind(value: object) -> str:
    """Return a value as messages show it."""
    if isinstance(value, list | dict):
        return f"a list of {len(value)}" if isinstance(value, list) else "an object"
    return repr(value[:40]) if isinstance(value, str) else json.dumps(value)


def clean(text: str) -> str:
    """Return a text that UTF-8 can hold: JSON can escape half a surrogate pair."""
    return _SURROGATE.sub("\ufffd", text)
