"""What the entries of a record say that cannot be, or can hardly be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.errors import shortened
from detente.record.accounts import Asked, Compiled
from detente.record.actors import Actor, Relation
from detente.record.calendar import Calendar
from detente.record.clocks import step_ends
from detente.record.dates import ALWAYS, NEVER, DateError, When, before, parse_when
from detente.record.entries import (
    Agreement,
    AnyEntry,
    Commitment,
    Measure,
    Mechanism,
    Observation,
    Quantity,
    Question,
    Statement,
)
from detente.record.fields import ID, Account
from detente.record.quantities import Amount, AmountError, parse_amount, unit_of
from detente.record.record import Record
from detente.record.references import Finding, Path, findings_of_references

__all__ = ["check_record"]


def check_record(record: Record, known: Iterable[str], *, gaps: bool) -> Iterator[Finding]:
    """Find everything wrong in a record whose files have the right shape.

    Parameters
    ----------
    record : Record
    known : iterable of str
        All ids, those of entries that could not be read included.
    gaps : bool
        True where a file or an entry was not read: what is not found may stand there.
    """
    references = [] if gaps else list(findings_of_references(record, known))
    yield from references
    for check in (_order, _overlaps, _units, _quotes, _cycles, _milestones, _clocks):
        yield from check(record)
    if not gaps and not references:
        # an office may stand in what could not be read
        yield from _offices(record)


# -- dates ---------------------------------------------------------------------------------------


def _order(record: Record) -> Iterator[Finding]:
    for entry in record.entries.values():
        for path, start, end in _spans(record, entry):
            if start is not None and end is not None and before(end, start):
                what = f"it ends on {end}, before it begins on {start}"
                yield Finding(entry.id, path, "ends-before-start", what)
        if isinstance(entry, Observation) and entry.reported is not None:
            if before(entry.reported, entry.as_of):
                what = f"reported on {entry.reported}, for {entry.as_of}"
                yield Finding(entry.id, ("reported",), "out-of-order", what)
        elif isinstance(entry, Statement) and entry.date is not None:
            for link in ("answers", "replaces", "withdraws"):
                for k, id_ in enumerate(getattr(entry, link)):
                    other = record.entries.get(id_)
                    if not isinstance(other, Statement) or other.date is None:
                        continue
                    if before(entry.date, other.date):
                        what = f"said on {entry.date}, before {id_} on {other.date}"
                        yield Finding(entry.id, (link, k), "out-of-order", what)


def _spans(record: Record, entry: AnyEntry) -> Iterator[tuple[Path, When | None, When | None]]:
    """Yield whatever in an entry has a beginning and an end."""
    match entry:
        case Actor():
            for k, alias in enumerate(entry.aliases):
                yield ("aliases", k, "to"), alias.start, alias.end
            for k, role in enumerate(entry.roles):
                yield ("roles", k, "to"), role.start, role.end
            for k, member in enumerate(entry.member_of):
                yield ("member_of", k, "to"), member.start, member.end
        case Relation():
            yield ("until",), entry.start, entry.end
        case Commitment():
            if entry.end is not None:
                yield ("ends",), *Calendar(record, NEVER).span(entry)
        case _:
            for path, accounts, agreement in _accounts(entry):
                calendar = Calendar(record, NEVER)
                for k, one in enumerate(accounts):
                    start = calendar.resolve(one.start, agreement)
                    yield (*path, k, "to"), start, calendar.resolve(one.end, agreement)


def _accounts(entry: AnyEntry) -> Iterator[tuple[Path, Sequence[Account], str | None]]:
    """Yield the lists of accounts in an entry, and the agreement whose milestones they name."""
    match entry:
        case Measure():
            yield ("status",), entry.status, None
        case Agreement():
            yield ("status",), entry.status, entry.id
            yield ("parties",), entry.parties, entry.id
        case Commitment():
            yield ("performance",), entry.performance, entry.agreement
        case Mechanism():
            for k, run in enumerate(entry.runs):
                yield ("runs", k, "status"), run.status, entry.agreement
        case Question():
            yield ("views",), entry.views, None


def _overlaps(record: Record) -> Iterator[Finding]:
    now = parse_when("9999-12-31")
    asked = Asked(record, now, now.latest, None, NEVER, None)
    for entry in record.entries.values():
        for path, accounts, agreement in _accounts(entry):
            if len(accounts) < 2:
                continue
            compiled = asked.compiled(accounts, agreement)
            for k, one in enumerate(compiled):
                for earlier in compiled[:k]:
                    shared = _shared(one, earlier)
                    if shared is not None and _overlap(one, earlier):
                        who = f"{shared}'s" if shared else "nobody's in particular"
                        what = f"this account and another of {who} cover the same time"
                        if not shared:
                            what = (
                                "this account and another that nobody disputes cover the same time"
                            )
                        yield Finding(entry.id, (*path, k), "overlapping-accounts", what)
                        break


def _shared(a: Compiled, b: Compiled) -> str | None:
    """Return a holder of both, empty where both have none, or None."""
    parties = getattr(a.account, "party", ()), getattr(b.account, "party", ())
    if parties[0] and set(parties[0]).isdisjoint(parties[1]):
        return None
    holders, others = a.account.according_to, b.account.according_to
    if not holders and not others:
        return ""
    return next((holder for holder in holders if holder in others), None)


def _overlap(a: Compiled, b: Compiled) -> bool:
    if not (a.begun < b.ends and b.begun < a.ends):
        return False
    if (a.account.held is None) != (b.account.held is None):
        # one of the two is the view taken up later
        return False
    return a.account.held is None or (a.held_from <= b.held_to and b.held_from <= a.held_to)


def _milestones(record: Record) -> Iterator[Finding]:
    calendar = Calendar(record, NEVER)
    for agreement in record.of_kind(Agreement):
        for name, stone in agreement.milestones.items():
            if not ID.fullmatch(name):
                what = f"{shortened(name)!r} is no id"
                yield Finding(agreement.id, ("milestones", name), "bad-id", what, key=True)
            if stone.counts is None:
                continue
            counted = calendar.counted(f"{agreement.id}.{name}")
            path = ("milestones", name, "counts")
            if counted is None and stone.counts.milestone:
                continue
            if stone.date is not None and counted is not None and _apart(stone.date, counted):
                what = f"reached on {stone.date}, counted as {counted}"
                yield Finding(agreement.id, path, "milestone-differs", what, "warning")


def _clocks(record: Record) -> Iterator[Finding]:
    for mechanism in record.of_kind(Mechanism):
        for k, run in enumerate(mechanism.runs):
            path = ("runs", k, "started")
            if run.started.kind != "moment":
                what = f"{run.started} is no single date, so no day can be counted from it"
                yield Finding(mechanism.id, path, "bad-date", what)
                continue
            try:
                step_ends(mechanism, run)
            except (DateError, ValueError, OverflowError):
                what = f"the steps counted from {run.started} end past the year 9999"
                yield Finding(mechanism.id, path, "bad-date", what)


def _apart(a: When, b: When) -> bool:
    return bool(before(a, b) or before(b, a))


# -- amounts -------------------------------------------------------------------------------------


def _units(record: Record) -> Iterator[Finding]:
    measured: dict[str, Amount] = {}
    for quantity in record.of_kind(Quantity):
        try:
            unit_of(quantity.unit)
            measured[quantity.id] = parse_amount(f"1 {quantity.unit}")
        except AmountError as error:
            yield Finding(quantity.id, ("unit",), "bad-amount", str(error))
    for commitment in record.of_kind(Commitment):
        limit = commitment.limit
        if limit is None:
            continue
        yield from _alike(commitment.id, ("limit", "value"), limit.value, measured, limit.quantity)
        if limit.equivalent is not None:
            path = ("limit", "equivalent")
            found = list(_alike(commitment.id, path, limit.equivalent, measured, limit.quantity))
            yield from found
            if not found and _number(limit.value) != _number(limit.equivalent):
                what = f"{limit.value} and {limit.equivalent} are not the same"
                yield Finding(commitment.id, path, "not-equivalent", what)
    for one in record.of_kind(Observation):
        if one.value is not None:
            yield from _alike(one.id, ("value",), one.value, measured, one.quantity)


def _number(amount: Amount) -> tuple[object, object] | object:
    """Return the number or the range an amount names in base units, whatever its operator."""
    low, high = amount.base
    return high if low is None else low if high is None or low == high else (low, high)


def _alike(
    entry: str, path: Path, amount: Amount, measured: dict[str, Amount], quantity: str
) -> Iterator[Finding]:
    unit = measured.get(quantity)
    if unit is not None and unit.measures != amount.measures:
        what = f"{amount.text!r} is {amount.measures}, {quantity} is {unit.measures}"
        yield Finding(entry, path, "unlike-units", what)


# -- statements ----------------------------------------------------------------------------------


def _quotes(record: Record) -> Iterator[Finding]:
    for statement in record.of_kind(Statement):
        if statement.quote and not statement.sources:
            what = f"{shortened(statement.quote[0].text, 40)!r} is quoted from nowhere"
            yield Finding(statement.id, ("quote",), "quote-without-source", what)


def _cycles(record: Record) -> Iterator[Finding]:
    links = {
        one.id: (*one.reports, *one.answers, *one.replaces, *one.withdraws)
        for one in record.of_kind(Statement)
    }
    done: set[str] = set()
    for start in links:
        trail: list[str] = []
        on_trail: dict[str, int] = {}
        waiting: list[tuple[str, int]] = [] if start in done else [(start, 0)]
        while waiting:
            id_, depth = waiting.pop()
            for left in trail[depth:]:
                del on_trail[left]
                done.add(left)
            del trail[depth:]
            if id_ in on_trail:
                cycle = [*trail[on_trail[id_] :], id_]
                what = f"it comes back to itself: {' -> '.join(cycle[:8])}"
                yield Finding(id_, (), "circular-statements", what, key=True)
                continue
            if id_ in done:
                continue
            on_trail[id_] = len(trail)
            trail.append(id_)
            waiting += [(next_, len(trail)) for next_ in links.get(id_, ())]
        done.update(trail)


def _offices(record: Record) -> Iterator[Finding]:
    for statement in record.of_kind(Statement):
        if statement.date is None or statement.date.earliest == ALWAYS:
            continue
        for k, id_ in enumerate(statement.speaker):
            speaker = record.entries.get(id_)
            if not isinstance(speaker, Actor) or speaker.kind != "person":
                continue
            if not statement.on_behalf or id_ in statement.on_behalf:
                continue
            at = statement.date.earliest
            offices = [
                group
                for role in speaker.roles
                if (role.start is None or role.start.earliest <= statement.date.latest)
                and (role.end is None or at <= role.end.latest)
                for group in record.groups_of(role.of, at)
            ]
            if not set(offices) & set(statement.on_behalf):
                whom = ", ".join(statement.on_behalf)
                what = f"the record has no office of {id_} for {whom} on {statement.date}"
                yield Finding(statement.id, ("speaker", k), "not-in-office", what, "warning")
