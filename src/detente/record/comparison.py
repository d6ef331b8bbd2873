"""What a statement says of the record, held against the rest of it.

Nothing is judged by hand: a claim names an entry and says something of it, the entry says
something itself, and the two agree, differ, or leave it open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from detente.record.actors import Actor
from detente.record.claims import Claim
from detente.record.dates import DAY, DateError, When, before
from detente.record.entries import (
    Agreement,
    Commitment,
    Event,
    Measure,
    Observation,
    Statement,
)
from detente.record.quantities import compare

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = ["Comparison", "at_odds", "compare_claim"]


class Comparison(NamedTuple):
    """One thing that a statement says, and what the record says of the same.

    Attributes
    ----------
    statement, entry : str
        Ids of the statement and of the entry it speaks of.
    what : str
        Which thing: date, speaker, state, value, targets, office, order or length.
    said, found : str
        What the statement says, and what the record has.
    result : str
        ``agrees``, ``differs`` or ``open``.
    """

    statement: str
    entry: str
    what: str
    said: str
    found: str
    result: str


def at_odds(record: Record, statement: Statement) -> list[Comparison]:
    """Return what a statement says otherwise than the rest of the record."""
    return [
        one
        for claim in statement.claims
        for one in compare_claim(record, statement.id, claim)
        if one.result == "differs"
    ]


def compare_claim(record: Record, statement: str, claim: Claim) -> list[Comparison]:
    """Return every comparison that a claim allows."""
    found = []
    for what, hold in _HOLD.items():
        told = hold(record, claim)
        if told is not None:
            said, there, agrees = told
            result = "open" if agrees is None else "agrees" if agrees else "differs"
            found.append(Comparison(statement, claim.about, what, said, there, result))
    return found


_Told = tuple[str, str, bool | None]


def dates_of(record: Record, id_: str, phase: str | None = None) -> Iterator[When]:
    """Yield the dates of an entry or a milestone."""
    stone = record.milestones.get(id_)
    if stone is not None:
        if stone.date is not None:
            yield stone.date
        return
    match record.entries.get(id_):
        case Event(date=dates):
            yield from (one.date for one in dates if phase in (None, one.phase))
        case Statement(date=date) if date is not None:
            yield date
        case Observation(as_of=date):
            yield date
        case Measure(status=status):
            for one in status:
                if one.state == "in-force":
                    yield from (one.announced,) if one.announced else ()
                    yield from (one.start.when,) if one.start and one.start.when else ()


def _date(record: Record, claim: Claim) -> _Told | None:
    said = claim.date
    if said is None:
        return None
    found = list(dates_of(record, claim.about, claim.phase))
    overlap = any(one.earliest <= said.latest and said.earliest <= one.latest for one in found)
    return str(said), ", ".join(map(str, found)), overlap if found else None


def _speaker(record: Record, claim: Claim) -> _Told | None:
    entry = record.entries.get(claim.about)
    if claim.speaker is None or not isinstance(entry, Statement):
        return None
    return claim.speaker, ", ".join(entry.speaker), claim.speaker in entry.speaker


def _state(record: Record, claim: Claim) -> _Told | None:
    if claim.state is None or claim.on is None:
        return None
    standing = record.as_of(claim.on)
    states = {one.measure.id: one.state for one in standing.measures}
    states |= {one.agreement.id: one.state for one in standing.agreements}
    states |= {one.commitment.id: one.state for one in standing.commitments}
    found = states.get(claim.about)
    measured = isinstance(record.entries.get(claim.about), Measure | Agreement)
    fits = (claim.state in ("in-force", "not-in-force")) == measured
    if found is None or not fits or found in ("contested", "unknown"):
        return claim.state, found or "", None
    return claim.state, found, found == claim.state


def _value(record: Record, claim: Claim) -> _Told | None:
    entry = record.entries.get(claim.about)
    amount = None
    if isinstance(entry, Observation):
        amount = entry.value
    elif isinstance(entry, Commitment) and entry.limit is not None:
        amount = entry.limit.value
    if claim.value is None or amount is None:
        return None
    if claim.value.measures != amount.measures:
        return str(claim.value), str(amount), False
    order = compare(claim.value, amount)
    return str(claim.value), str(amount), None if order is None else order == 0


def _targets(record: Record, claim: Claim) -> _Told | None:
    entry = record.entries.get(claim.about)
    if not claim.targets or not isinstance(entry, Measure) or not entry.targets:
        return None
    counts = Counter(target.kind for target in entry.targets)
    found = {kind: counts.get(kind, 0) for kind in claim.targets}  # type: ignore[call-overload]
    return _counted(claim.targets), _counted(found), dict(claim.targets) == found


def _counted(targets: dict[str, int]) -> str:
    return ", ".join(f"{number} {kind}" for kind, number in targets.items())


def _office(record: Record, claim: Claim) -> _Told | None:
    person = record.entries.get(claim.about)
    if claim.office is None or not isinstance(person, Actor):
        return None
    held = [
        role.office
        for role in person.roles
        if claim.of in (None, role.of)
        and (claim.on is None or role.start is None or role.start.earliest <= claim.on.latest)
        and (claim.on is None or role.end is None or claim.on.earliest <= role.end.latest)
    ]
    same = claim.office.casefold() in (one.casefold() for one in held)
    return claim.office, ", ".join(held), same if held else None


def _order(record: Record, claim: Claim) -> _Told | None:
    other, first = claim.before or claim.after, claim.before is not None
    if other is None:
        return None
    ours, theirs = list(dates_of(record, claim.about)), list(dates_of(record, other))
    said = f"{'before' if first else 'after'} {other}"
    if not ours or not theirs:
        return said, "", None
    a, b = min(ours, key=lambda one: one.earliest), min(theirs, key=lambda one: one.earliest)
    return said, f"{a}; {other} {b}", before(a, b) if first else before(b, a)


def _length(record: Record, claim: Claim) -> _Told | None:
    length, until = claim.lasted, claim.on
    start = next(dates_of(record, claim.about), None)
    if length is None or until is None or start is None:
        return None
    # what is said in years may be half a year off, in months half a month, in days a day
    slack = 183 if not length.months % 12 and length.months else 16 if length.months else 1
    try:
        end = length.after(start)
    except DateError:
        return length.text, str(start), False
    apart = max(end.earliest - until.latest, until.earliest - end.latest, 0) // DAY
    days = (until.latest - start.latest) // DAY
    return length.text, f"{days:,} days from {start} to {until}", apart <= slack


_HOLD: dict[str, Callable[[Record, Claim], _Told | None]] = {
    "date": _date,
    "speaker": _speaker,
    "state": _state,
    "value": _value,
    "targets": _targets,
    "office": _office,
    "order": _order,
    "length": _length,
}
