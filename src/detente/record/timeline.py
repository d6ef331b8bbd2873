"""The record in the order of time: what happened, was said, seen, put in force or fell due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from detente.errors import DetenteError, Problem, nearest
from detente.record.calendar import Calendar
from detente.record.clocks import run_end
from detente.record.comparison import Comparison, at_odds
from detente.record.dates import NEVER, When
from detente.record.entries import (
    Agreement,
    Commitment,
    Event,
    Measure,
    Mechanism,
    Observation,
    Question,
    Statement,
)
from detente.record.fields import Supported
from detente.record.known import Known
from detente.record.record import start_of
from detente.record.viewpoint import date_asked, viewpoint_of

if TYPE_CHECKING:
    from detente.record.record import Record

__all__ = ["KINDS", "Item", "timeline"]

#: the kinds of items, each named like the entry it comes from
KINDS = (
    "event", "statement", "observation", "measure", "milestone", "commitment", "mechanism",
)  # fmt: skip


class Item(NamedTuple):
    """One line of a timeline.

    Attributes
    ----------
    date : When
    kind : str
        One of `KINDS`.
    id : str
        Of the entry; ``agreement.milestone`` for a milestone.
    phase : str
        Which of its dates: announced, begun, in-force, ends; the kind of a statement.
    what : str
    by, actors, according_to : tuple of str
        Who did, said, saw or owes it; all whom it concerns; and whose account it is, empty where
        nobody differs.
    sources : tuple of str
    contested : sequence of Question
        The contested questions about it.
    at_odds : sequence of Comparison
        What it says otherwise than the rest of the record.
    """

    date: When
    kind: str
    id: str
    phase: str
    what: str
    by: tuple[str, ...]
    actors: tuple[str, ...]
    according_to: tuple[str, ...]
    sources: tuple[str, ...]
    contested: Sequence[Question] = ()
    at_odds: Sequence[Comparison] = ()


def timeline(
    record: Record,
    *,
    start: When | str | None = None,
    end: When | str | None = None,
    actor: str | None = None,
    kind: str | None = None,
    known_by: When | str | None = None,
) -> list[Item]:
    """Return the items of a record in the order of time.

    Parameters
    ----------
    start, end : When or str, optional
        Leave out what certainly ended before, or began after.
    actor : str, optional
        Only what an actor, a group it belongs to, or a member of it did, said, owes or holds;
        several with commas.
    kind : str, optional
        Only one of `KINDS`.
    known_by : When or str, optional
        Leave out what was first said later than this.

    Raises
    ------
    DetenteError
        ``bad-date``, ``unknown-id`` for the actor, ``bad-usage`` for the kind.
    """
    if kind is not None and kind not in KINDS:
        what = f"{kind!r} is no kind of a timeline; the kinds are {', '.join(KINDS)}"
        raise DetenteError(Problem("bad-usage", what, None, nearest(kind, KINDS)))
    first = None if start is None else date_asked(start).earliest
    last = None if end is None else date_asked(end).latest
    whose = viewpoint_of(record, actor)
    known = Known(record, NEVER if known_by is None else date_asked(known_by).latest)
    found = [
        item
        for item in _items(known)
        if (kind is None or item.kind == kind)
        and (first is None or item.date.latest >= first)
        and (last is None or item.date.earliest <= last)
        and (whose is None or any(_concerns(record, item, one) for one in whose.actors))
    ]
    # claims are compared for what is shown only; that of a state asks for a whole standing
    for k, item in enumerate(found):
        entry = record.entries.get(item.id)
        if isinstance(entry, Statement) and entry.claims:
            compared = at_odds(record, entry)
            compared = [one for one in compared if known.sees(one.entry)]
            found[k] = item._replace(at_odds=compared)
    found.sort(key=lambda item: (item.date.earliest, item.date.latest, KINDS.index(item.kind)))
    return found


def _concerns(record: Record, item: Item, actor: str) -> bool:
    named = {*item.actors, *item.according_to}
    if actor in named:
        return True
    at = item.date.earliest
    if not named.isdisjoint(record.groups_of(actor, at)):
        return True
    return any(
        low <= at < high and one in named for one, low, high in record.members.get(actor, ())
    )


def _items(known: Known) -> Iterator[Item]:
    record, about = known.record, known.questions
    for event in record.of_kind(Event):
        for date in event.date:
            if not (known.sees(event.id) and known.knows(date, date.date)):
                continue
            sources = _sources(known, date) or _sources(known, event)
            holders = date.according_to or event.according_to
            phase = date.phase if len(event.date) > 1 else ""
            questions = about(event.id)
            yield Item(
                date.date, "event", event.id, phase, event.what, event.who,
                (*event.who, *event.indirectly), holders, sources, questions,
            )  # fmt: skip
    for statement in record.of_kind(Statement):
        if statement.date is not None and known.sees(statement.id):
            yield Item(
                statement.date, "statement", statement.id, statement.kind, statement.what or "",
                statement.speaker, (*statement.speaker, *statement.on_behalf, *statement.to),
                statement.according_to, _sources(known, statement), about(statement.id),
            )  # fmt: skip
    for seen in record.of_kind(Observation):
        if not known.sees(seen.id):
            continue
        who = (*((seen.of,) if seen.of else ()), *seen.observer)
        what = f"{seen.quantity}: {seen.value or seen.words or 'no figure'}"
        phase = "" if seen.verified else "not verified"
        yield Item(
            seen.as_of, "observation", seen.id, phase, what, seen.observer, who,
            seen.according_to, _sources(known, seen), about(seen.id),
        )  # fmt: skip
    yield from _dated_by_agreement(known)


def _dated_by_agreement(known: Known) -> Iterator[Item]:
    record, about = known.record, known.questions
    calendar = Calendar(record, known.limit)
    for measure in record.of_kind(Measure):
        for one in measure.status:
            when = calendar.resolve(one.start, None)
            if when is not None and known.sees(measure.id) and known.knows(one, start_of(one)):
                yield Item(
                    when, "measure", measure.id, one.state, measure.what, measure.by,
                    (*measure.by, *measure.against),
                    one.according_to or measure.according_to,
                    _sources(known, one) or _sources(known, measure), about(measure.id),
                )  # fmt: skip
    for agreement in record.of_kind(Agreement):
        parties = tuple(dict.fromkeys(name for one in agreement.parties for name in one.party))
        for name, stone in agreement.milestones.items():
            id_ = f"{agreement.id}.{name}"
            when = calendar.date_of(id_)
            if when is not None and known.sees(agreement.id):
                phase = "reached" if calendar.reached(id_) else "counted"
                what = f"{agreement.name}: {stone.name or name.replace('_', ' ')}"
                yield Item(
                    when,
                    "milestone",
                    id_,
                    phase,
                    what,
                    (),
                    parties,
                    stone.according_to,
                    _sources(known, stone),
                )
    for commitment in record.of_kind(Commitment):
        start, end = calendar.span(commitment)
        for when, phase in ((start, "begins"), (end, "ends")):
            if when is not None and known.sees(commitment.id):
                yield Item(
                    when, "commitment", commitment.id, phase, commitment.what, commitment.debtors,
                    (*commitment.debtors, *commitment.to),
                    commitment.according_to, _sources(known, commitment), about(commitment.id),
                )  # fmt: skip
    for mechanism in record.of_kind(Mechanism):
        for run in mechanism.runs:
            if not (known.sees(mechanism.id) and known.knows(run, run.started)):
                continue
            for when, phase in ((run.started, "started"), (run_end(mechanism, run), "runs out")):
                yield Item(
                    when, "mechanism", mechanism.id, phase, run.what or mechanism.name, run.by,
                    run.by, run.according_to, _sources(known, run) or _sources(known, mechanism),
                    about(mechanism.id),
                )  # fmt: skip


def _sources(known: Known, part: Supported) -> tuple[str, ...]:
    return tuple(dict.fromkeys(known.appeared(part)))
