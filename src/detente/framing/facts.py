"""What a condition may ask of a record, and what the record answers."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

from detente.errors import Place, Problems, shortened
from detente.model.expressions import Fact
from detente.record.accounts import Asked
from detente.record.actors import Actor
from detente.record.dates import NEVER
from detente.record.entries import (
    Agreement,
    Commitment,
    Event,
    Measure,
    Mechanism,
    Observation,
    Statement,
)
from detente.record.record import Record, kind_of_entry
from detente.record.said import same_voice
from detente.record.standing import Standing

__all__ = ["Answer", "Facts", "check_fact"]

#: how something stood; None where the record leaves it open or the accounts differ
Answer: TypeAlias = "bool | None"

#: what the id of an entry alone asks for
IMPLIED = {
    "event": "happened",
    "statement": "said",
    "measure": "in-force",
    "agreement": "in-force",
    "party": "in",
    "milestone": "reached",
    "mechanism": "running",
    "observation": "reported",
}
#: what may follow `is`; for an event also the phase of one of its dates
STATES = {
    "event": ("happened",),
    "statement": ("said", "open", "withdrawn"),
    "measure": ("in-force", "not-in-force", "contested", "unknown"),
    "commitment": (
        "kept", "exceeded", "not-performed", "unknown", "contested", "not-begun", "ended",
    ),
    "agreement": ("in-force", "not-in-force", "contested", "unknown"),
    "party": ("in", "out", "contested", "unknown"),
    "milestone": ("reached", "due", "passed", "lapsed", "open", "contested"),
    "mechanism": ("running", "idle"),
    "observation": ("reported",),
}  # fmt: skip
#: states in which the record decides nothing
_OPEN = ("contested", "unknown")


def check_fact(record: Record, fact: Fact, place: Place, problems: Problems) -> None:
    """Note it when an atom of a condition names no entry, or asks what an entry cannot answer."""
    kind = _kind(record, fact.entry)
    if kind is None:
        near = problems.nearest(fact.entry, [*record.entries, *record.milestones])
        what = f"{shortened(fact.entry)!r} is no entry of the record"
        problems.add("unknown-id", what, place, suggestion=near)
        return
    allowed = list(STATES.get(kind, ()))
    entry = record.entries.get(fact.entry)
    if isinstance(entry, Event):
        allowed += [date.phase for date in entry.date if date.phase not in allowed]
    if not allowed:
        what = f"{fact.entry!r} is of kind {kind}, which no condition can ask about"
        problems.add("bad-condition", what, place)
    elif fact.state is None and kind not in IMPLIED:
        what = f"{fact.entry!r} is a {kind}; write `{fact.entry} is {allowed[0]}`"
        problems.add("bad-condition", what, place)
    elif fact.state is not None and fact.state not in allowed:
        what = f"{shortened(fact.state)!r} is no state of {fact.entry} ({', '.join(allowed)})"
        near = problems.nearest(fact.state, allowed)
        problems.add("bad-condition", what, place, suggestion=near)


def _kind(record: Record, id_: str) -> str | None:
    entry = record.entries.get(id_)
    if entry is not None:
        return kind_of_entry(entry)
    if id_ in record.milestones:
        return "milestone"
    owner, _, rest = id_.partition(".")
    agreement = record.entries.get(owner)
    if isinstance(agreement, Agreement) and isinstance(record.entries.get(rest), Actor):
        return "party"
    return None


class Facts:
    """A standing, ready to be asked by conditions.

    Parameters
    ----------
    standing : Standing
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.record = standing.record
        limit = NEVER if standing.known_by is None else standing.known_by.latest
        at = min(standing.on.latest, NEVER - 1)
        self._asked = Asked(
            self.record, standing.on, at, standing.known_by, limit, standing.viewpoint
        )

    def state(self, fact: Fact) -> str:
        """Return how the entry stood that a fact names, in a word."""
        id_ = fact.entry
        entry = self.record.entries.get(id_)
        match entry:
            case Event():
                return self._event(entry, fact.state or "happened")
            case Statement():
                return self._statement(entry, fact.state or "said")
            case Observation():
                begun = entry.as_of.begun <= self._asked.at
                known = self._asked.sees(id_) and self._asked.counts(entry.according_to)
                return "reported" if begun and known else "not reported"
            case Mechanism():
                return self._runs.get(id_, "idle")
            case Measure() | Agreement():
                return self._states.get(id_, "not-in-force")
            case Commitment():
                return self._states.get(id_, "unknown")
        unsaid = "open" if id_ in self.record.milestones else "out"
        return self._states.get(id_, unsaid)

    def holds(self, fact: Fact) -> Answer:
        """Tell whether a fact holds; None where the record does not settle it."""
        state = self.state(fact)
        kind = _kind(self.record, fact.entry)
        wanted = fact.state or IMPLIED[kind or ""]
        if state == wanted:
            return True
        return None if state in _OPEN and wanted not in _OPEN else False

    # -- how things stood, by id -----------------------------------------------------------------

    @cached_property
    def _states(self) -> dict[str, str]:
        found = {one.measure.id: one.state for one in self.standing.measures}
        found |= {one.commitment.id: one.state for one in self.standing.commitments}
        for one in self.standing.agreements:
            found[one.agreement.id] = one.state
            found |= {f"{one.agreement.id}.{party.actor}": party.state for party in one.parties}
            found |= {stone.id: stone.state for stone in one.milestones}
        return found

    @cached_property
    def _runs(self) -> dict[str, str]:
        """Return how the mechanisms stand of which some run has not ended; one running decides."""
        found: dict[str, str] = {}
        for clock in self.standing.clocks:
            if found.get(clock.mechanism.id) != "running":
                found[clock.mechanism.id] = clock.state
        return found

    @cached_property
    def _open(self) -> set[str]:
        standing = self.standing
        return {one.statement.id for one in (*standing.demands, *standing.offers)}

    def _event(self, event: Event, wanted: str) -> str:
        """Return the wanted phase if it had come; an event happened when any phase of it had."""
        if not self._asked.sees(event.id) or not self._asked.counts(event.according_to):
            return f"not {wanted}"
        phases = {date.phase for date in event.date} if wanted == "happened" else {wanted}
        come = {self._come(event, phase) for phase in phases}
        if True in come:
            return wanted
        return "contested" if None in come else f"not {wanted}"

    def _come(self, event: Event, phase: str) -> bool | None:
        """Tell whether a phase of an event had come; None where the accounts of its day differ."""
        dates = [
            date
            for date in event.date
            if date.phase == phase and self.record.known_from(date, date.date) <= self._asked.limit
        ]
        # a viewpoint that has no date of its own decides nothing, as with all accounts
        own = [date for date in dates if self._asked.counts(date.according_to)]
        come = {date.date.begun <= self._asked.at for date in own or dates}
        return come.pop() if len(come) == 1 else None if come else False

    def _statement(self, statement: Statement, wanted: str) -> str:
        said = (
            (statement.date is None or statement.date.begun <= self._asked.at)
            and self._asked.sees(statement.id)
            and self._asked.counts(statement.according_to)
        )
        if not said:
            return "not said"
        if wanted == "open":
            return "open" if statement.id in self._open else "said"
        if wanted == "withdrawn":
            back = (
                one
                for link, one in self.record.replies.get(statement.id, ())
                if link == "withdraws" and same_voice(one, statement)
            )
            gone = any(self._statement(one, "said") == "said" for one in back)
            return "withdrawn" if gone else "said"
        return "said"
