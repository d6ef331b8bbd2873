"""The older programs' ``.gmcr`` file (JSON) -> `Conflict`.

Reading has two steps: the JSON is checked, with every mistake told at once, and only what passed
is turned into a conflict. Options are numbered through the whole file there and grouped by
decision maker here, as the older programs do themselves on loading, so that both number the
states alike.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeVar

from detente.document import read_text
from detente.errors import DetenteError, Place, Problem, Problems, nearest
from detente.model.conflict import (
    Change,
    Conflict,
    DecisionMaker,
    Option,
    Preference,
    Priorities,
    Ranking,
    Statement,
    StateRef,
)
from detente.model.expressions import WORDS, And, Expression, If, Iff, Literal, Not, Or, Taken

__all__ = ["read_gmcr"]

#: payoffs and rankings are stored state by state, hence the room
MAX_BYTES = 16 * 1024 * 1024
#: up to this many options the feasible states are counted, to check rankings against them
MAX_COUNTED = 20
_LONGEST_ID = 60
_CHANGES: dict[str, Change] = {"both": "both", "fwd": "take", "back": "drop"}
_NO_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')
_SURROGATE = re.compile("[\ud800-\udfff]")

#: options, by their number in the file, each with whether it is taken; all of them hold
Conjunction: TypeAlias = tuple[tuple[int, bool], ...]
#: one of them holds; a simple statement has just one
Disjunction: TypeAlias = tuple[Conjunction, ...]

_Item = TypeVar("_Item")


@dataclass
class _DecisionMaker:
    """A decision maker as the file has it."""

    name: str = ""
    options: list[int] = field(default_factory=list)
    preferences: list[Disjunction] = field(default_factory=list)
    ranking: list[list[int]] | None = None


@dataclass
class _File:
    """What is read of a file: names, directions, numbers."""

    options: list[tuple[str, Change]]
    dms: list[_DecisionMaker]
    infeasibles: list[Conjunction]


def read_gmcr(path: Path | str) -> tuple[Conflict, tuple[Problem, ...]]:
    """Read a conflict from a ``.gmcr`` file, or from standard input for ``-``.

    Parameters
    ----------
    path : Path or str
        Its stem becomes the title; the file holds none.

    Returns
    -------
    conflict : Conflict
        Without a status quo; the file holds none.
    warnings : tuple of Problem
        What the file holds but a model file has no place for: misperceptions and coalitions.

    Raises
    ------
    DetenteError
        With every problem of the file. Where the text is no JSON, its place is told; otherwise
        what is wrong is named by its path, such as ``decisionMakers[1].preferences[0][2]``.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    root = _json(read_text(path, limit=MAX_BYTES), name)
    reader = _Reader(Place(name))
    file = reader.read(root)
    reader.problems.raise_if_any()
    return _conflict(file, _text(Path(name).stem), Place(name)), reader.problems.sorted()


def _json(text: str, name: str) -> object:
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


# -- checking the JSON ---------------------------------------------------------------------------


class _Reader:
    """Checks the tree of one file and notes what is wrong with it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.problems = Problems()
        self.last_option = 0

    def bad(self, what: str, code: str = "bad-gmcr", near: str | None = None) -> None:
        self.problems.add(code, what, self.place, suggestion=near)

    def read(self, root: object) -> _File:
        if not isinstance(root, dict):
            raise DetenteError(Problem("bad-gmcr", f"the file is {_kind(root)}", self.place))
        options = [self.option(*item) for item in self.items(root, "options")]
        # without options there is nothing that a number could be checked against
        self.last_option = len(options) - 1 if options else 10**18
        infeasibles = [
            self.conjunction(*item) for item in self.items(root, "infeasibles", spare=[])
        ]
        manual = self.manual(root)
        countable = manual and not self.problems.errors and len(options) <= MAX_COUNTED
        states = _feasible(len(options), infeasibles) if countable else None
        dms = []
        for value, path in self.items(root, "decisionMakers"):
            dm = self.decision_maker(value, path, manual)
            if dm.ranking is not None and states is not None:
                self.covers(dm.ranking, path, states)
            dms.append(dm)
        for code, found in (("no-decision-makers", dms), ("no-options", options)):
            if not self.problems.errors and not found:
                self.bad("the list is empty", code)
        self.holders([name for name, _ in options], dms)
        if root.get("misperceptions"):
            self.warn("the misperceptions are left out")
        self.coalitions(root, dms)
        return _File(options, dms, infeasibles)

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
            return _text(value)
        self.bad(f"{path}.name is {_kind(value) if 'name' in mapping else 'missing'}, not a text")
        return ""

    def number(self, value: object, path: str, first: int, last: int) -> list[int]:
        """Return a list of the number, or of nothing where it is no such number."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.bad(f"{path} is {_kind(value)}, not a whole number")
        elif not first <= value <= last:
            self.bad(f"{path} is {value}, not a number from {first} to {last}")
        else:
            return [value]
        return []

    def option(self, value: object, path: str) -> tuple[str, Change]:
        if not isinstance(value, dict):
            self.bad(f"{path} is {_kind(value)}, not an object")
            return "", "both"
        direction = value.get("permittedDirection", "both")
        text = direction if isinstance(direction, str) else ""
        if text not in _CHANGES:
            what = f"{path}.permittedDirection is {_kind(direction)}, not both, fwd or back"
            self.bad(what, near=nearest(text, list(_CHANGES)))
        return self.name(value, path), _CHANGES.get(text, "both")

    def manual(self, root: dict[str, object]) -> bool:
        new = "useManualPreferenceRanking"
        key = new if new in root else "useManualPreferenceVectors"
        value = root.get(key, False)
        if not isinstance(value, bool):
            self.bad(f"{key} is {_kind(value)}, not true or false")
        return value is True

    def decision_maker(self, value: object, path: str, manual: bool) -> _DecisionMaker:
        if not isinstance(value, dict):
            self.bad(f"{path} is {_kind(value)}, not an object")
            return _DecisionMaker()
        dm = _DecisionMaker(self.name(value, path))
        if value.get("misperceptions"):
            self.warn(f"the misperceptions of {dm.name!r} are left out")
        held = [
            self.number(*item, 0, self.last_option) for item in self.items(value, "options", path)
        ]
        dm.options = list(dict.fromkeys(index for one in held for index in one))
        # under the flag priorities play no part and may be missing
        priorities = self.items(value, "preferences", path, [] if manual else None)
        dm.preferences = [self.preference(*item) for item in priorities]
        if manual:
            new = "preferenceRanking" in value or "preferenceVector" not in value
            key = "preferenceRanking" if new else "preferenceVector"
            why = ", although the file says that rankings are given by hand"
            dm.ranking = [self.tier(*item) for item in self.items(value, key, path, why=why)]
        return dm

    def preference(self, value: object, path: str) -> Disjunction:
        if not isinstance(value, dict):
            return (self.conjunction(value, path),)
        return tuple(self.conjunction(*item) for item in self.items(value, "members", path))

    def conjunction(self, value: object, path: str) -> Conjunction:
        if not isinstance(value, list):
            self.bad(f"{path} is {_kind(value)}, not a list of conditions")
            return ()
        found: dict[tuple[int, bool], None] = {}
        for k, item in enumerate(value):
            if not isinstance(item, list) or len(item) != 2:
                self.bad(f'{path}[{k}] is {_kind(item)}, not a pair such as [0, "Y"]')
                continue
            if item[1] not in ("Y", "N"):
                self.bad(f"{path}[{k}][1] is {_kind(item[1])}, not Y or N")
            for index in self.number(item[0], f"{path}[{k}][0]", 0, self.last_option):
                found[index, item[1] == "Y"] = None
        return tuple(found)

    def tier(self, value: object, path: str) -> list[int]:
        last = 1 << min(self.last_option + 1, 60)
        if not isinstance(value, list):
            return self.number(value, path, 1, last)
        tied = [self.number(item, f"{path}[{k}]", 1, last) for k, item in enumerate(value)]
        return [number for one in tied for number in one]

    def covers(self, ranking: list[list[int]], path: str, states: int) -> None:
        seen: set[int] = set()
        for number in (number for tier in ranking for number in tier):
            if number > states:
                found = f"state {number}; there are {states} feasible states"
                self.bad(f"{path} ranks {found}", "unknown-state")
            elif number in seen:
                self.bad(f"{path} ranks state {number} again", "ranking-repeats-state")
            seen.add(number)
        missed = [str(number) for number in range(1, states + 1) if number not in seen]
        if missed:
            more = f" and {len(missed) - 5} more" if len(missed) > 5 else ""
            what = f"the ranking of {path} leaves out {', '.join(missed[:5])}{more}"
            self.bad(what, "ranking-misses-states")

    def holders(self, options: list[str], dms: list[_DecisionMaker]) -> None:
        holders: dict[int, list[int]] = {}
        for k, dm in enumerate(dms):
            for index in dm.options:
                holders.setdefault(index, []).append(k)
        for index, name in enumerate(options if dms else []):
            held = holders.get(index, [])
            by = " and ".join(f"decisionMakers[{k}]" for k in held) or "no decision maker"
            if len(held) != 1:
                code = "shared-option" if held else "bad-gmcr"
                self.bad(f"options[{index}] ({name[:40]!r}) is held by {by}", code)

    def warn(self, what: str) -> None:
        self.problems.add("left-behind", what, self.place, severity="warning")

    def coalitions(self, root: dict[str, object], dms: list[_DecisionMaker]) -> None:
        listed = root.get("coalitions")
        for group in listed if isinstance(listed, list) else []:
            members = group if isinstance(group, list) else []
            names = [repr(dms[k].name) for k in members if isinstance(k, int) and -1 < k < len(dms)]
            if len(names) > 1:
                self.warn(f"the coalition of {' and '.join(names)} is left out")


def _feasible(options: int, infeasibles: Sequence[Conjunction]) -> int:
    """Count the feasible states, on truth tables with one bit for each of the 2^options."""
    columns = []
    for index in range(options):
        column = ((1 << (1 << index)) - 1) << (1 << index)
        for width in range(index + 1, options):
            column |= column << (1 << width)
        columns.append(column)
    everything = (1 << (1 << options)) - 1
    forbidden = 0
    for conjunction in set(infeasibles):
        table = everything
        for index, taken in conjunction:
            table &= columns[index] if taken else ~columns[index]
        forbidden |= table
    return (everything & ~forbidden).bit_count()


def _kind(value: object) -> str:
    match value:
        case str():
            return f"the text {value[:40]!r}"
        case None | bool() | int() | float():
            return json.dumps(value)
        case list():
            return f"a list of {len(value)}"
        case _:
            return "an object"


def _text(text: str) -> str:
    """Return a text that UTF-8 can hold; JSON can escape half a surrogate pair."""
    return _SURROGATE.sub("\ufffd", text)


# -- building the conflict -----------------------------------------------------------------------


def _conflict(file: _File, title: str, place: Place) -> Conflict:
    atoms = {
        index: Taken(i, k, 1) for i, dm in enumerate(file.dms) for k, index in enumerate(dm.options)
    }

    def statements(found: Iterable[Disjunction]) -> tuple[Statement, ...]:
        # what has been said decides no more when it is said again
        kept = _once(found, lambda members: frozenset(map(frozenset, members)))
        return tuple(Statement(_expression(members, atoms), place=place) for members in kept)

    dms = []
    ids = _ids((dm.name for dm in file.dms), "dm")
    for id_, dm in zip(ids, file.dms, strict=True):
        held = [file.options[index] for index in dm.options]
        option_ids = _ids((name for name, _ in held), "option")
        options = tuple(
            Option(option_id, name or option_id, change=change)
            for option_id, (name, change) in zip(option_ids, held, strict=True)
        )
        preference: Preference = Priorities(statements(dm.preferences))
        if dm.ranking is not None:
            tiers = [tuple(StateRef(str(n), place) for n in tier) for tier in dm.ranking if tier]
            preference = Ranking(tuple(tiers), place)
        dms.append(DecisionMaker(id_, dm.name or id_, options, preference))
    infeasible = statements((conjunction,) for conjunction in file.infeasibles)
    return Conflict(title, tuple(dms), infeasible, place=place)


def _ids(names: Iterable[str], fallback: str) -> list[str]:
    """Make an id of every name: lower-case words joined by _, no two the same."""
    found: dict[str, int] = {}  # each id, and how often it was asked for
    for k, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKC", name).lower()
        base = re.sub(r"\W+", "_", plain).strip("_")[:_LONGEST_ID].rstrip("_")
        if not base.isidentifier() or base in WORDS:
            base = f"{fallback}{k}"
        id_ = base
        while id_ in found:
            found[base] += 1
            id_ = f"{base}_{found[base]}"
        found[id_] = 1
    return list(found)


def _once(items: Iterable[_Item], key: Callable[[_Item], Hashable]) -> list[_Item]:
    """Return the items in order, of those with the same key the first."""
    found: dict[Hashable, _Item] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())


def _expression(members: Disjunction, atoms: dict[int, Taken]) -> Expression:
    """Say a statement of the file in the words of a person."""
    once = _once(members, frozenset)
    parts = [
        _joined(And, [atoms[index] if taken else Not(atoms[index]) for index, taken in member])
        for member in once
    ]
    return _about_two(once, atoms) or _joined(Or, parts)


def _joined(kind: type[And] | type[Or], parts: Sequence[Expression]) -> Expression:
    if not parts:
        return Literal(kind is And)
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _about_two(members: Sequence[Conjunction], atoms: dict[int, Taken]) -> Expression | None:
    """Return the ``if`` or ``iff`` that was stored as the combinations of two options it allows."""
    pair = list(dict(members[0])) if members else []
    if len(pair) != 2 or any(sorted(k for k, _ in one) != sorted(pair) for one in members):
        return None
    x, y = atoms[pair[0]], atoms[pair[1]]
    tables = [dict(member) for member in members]
    allowed = {(table[pair[0]], table[pair[1]]) for table in tables}
    match [(a, b) for a in (True, False) for b in (True, False) if (a, b) not in allowed]:
        case [(True, False), (False, True)]:
            return Iff(x, y)
        case [(True, True), (False, False)]:
            return Iff(x, Not(y))
        case [(True, False)]:
            return If(y, x)
        case [(False, True)]:
            return If(x, y)
        case [(True, True)]:
            return If(Not(y), x)
        case [(False, False)]:
            return Or((x, y))
    return None
