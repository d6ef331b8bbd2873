"""One entry of a record in full: what it says, all accounts of it, what it rests on, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.record import Standing
from detente.record.actors import Relation, Source
from detente.record.comparison import at_odds
from detente.record.entries import (
    Agreement,
    AnyEntry,
    Commitment,
    Event,
    Measure,
    Mechanism,
    Observation,
    Quantity,
    Question,
    Statement,
)
from detente.record.fields import Account, Anchor, Supported
from detente.record.record import start_of
from detente.record.references import references
from detente.report.sentences.standing import Entered, Names, Note

__all__ = ["Entries"]

#: how an entry names another -> how that is said
_LINKS = {
    "about": "about", "because": "rests on", "answers": "answers", "follows": "followed",
    "replaces": "takes the place of", "withdraws": "withdraws", "reports": "speaks of",
    "norm": "appeals to", "part_of": "part of", "agreement": "under", "canonical": "worded in",
}  # fmt: skip


class Entries:
    """Tells entries as they were known.

    Parameters
    ----------
    names : Names
    standing : Standing
        What was first said later than its `known_by` is left out.
    """

    def __init__(self, names: Names, standing: Standing) -> None:
        self.names = names
        self.record = standing.record
        self.known = standing.known

    def told(self, entry: AnyEntry) -> Entered:
        """Return an entry with everything that stands in it; `state` is its date."""
        when, who, what = self._said(entry)
        notes = (*self._notes(entry), *self._links(entry))
        sources = self.known.appeared(entry) if isinstance(entry, Supported) else ()
        by = entry.according_to if isinstance(entry, Supported) else ()
        if by and not isinstance(entry, Statement | Observation):
            who = ", ".join(part for part in (who, f"according to {self.names.all(by)}") if part)
        return Entered(
            entry.id,
            when,
            what,
            who,
            self.names.support(
                sources,
                () if sources or not isinstance(entry, Supported) else self._seen(entry.because),
            ),
            notes,
        )

    def _said(self, entry: AnyEntry) -> tuple[str, str, str]:
        """Return when, whose it is or who says it, and what."""
        all_ = self.names.all
        match entry:
            case Event():
                days = [
                    f"{day.date} {day.phase}" if len(entry.date) > 1 else str(day.date)
                    for day in entry.date
                    if self.known.knows(day, day.date)
                ]
                return "; ".join(days), "", entry.what
            case Statement():
                return str(entry.date or ""), self._speaker(entry), entry.what or "(no words known)"
            case Observation():
                quantity = self.record.entries.get(entry.quantity)
                name = quantity.name if isinstance(quantity, Quantity) else entry.quantity
                of = f" of {all_([entry.of])}" if entry.of else ""
                unsure = "" if entry.verified else ", not verified"
                seen = f"seen by {all_(entry.observer) or 'somebody unnamed'}{unsure}"
                reporter = self._reporter(entry)
                value = entry.value or entry.words or "no figure"
                return str(entry.as_of), f"{seen}{reporter}", f"{name}{of}: {value}"
            case Measure():
                return "", self.names.lead(entry.by, entry.what), entry.what
            case Commitment():
                return "", self.names.lead(entry.debtors, entry.what), entry.what
            case Question():
                return str(entry.raised or ""), "", entry.question
            case Relation():
                what = entry.what or f"{all_(entry.who)}: {entry.kind} to {all_(entry.to)}"
                return str(entry.start or ""), "", what
            case Agreement() | Mechanism():
                return "", "", entry.name
            case Source():
                return str(entry.date or ""), "", entry.title
            case _:
                return "", "", entry.name

    def _speaker(self, entry: Statement) -> str:
        all_ = self.names.all
        who = all_(entry.speaker) or entry.by_office or "somebody unnamed"
        if entry.on_behalf:
            who += f" for {all_(entry.on_behalf)}"
        if entry.to:
            who += f" to {all_(entry.to)}"
        return f"{who}, {entry.kind}{self._reporter(entry)}"

    def _reporter(self, entry: Statement | Observation) -> str:
        by = entry.according_to
        return f", according to {self.names.all(by)}" if by else ""

    # -- what stands under it --------------------------------------------------------------------

    def _notes(self, entry: AnyEntry) -> Iterator[Note]:
        match entry:
            case Event():
                for day in entry.date:
                    if day.according_to and self.known.knows(day, day.date):
                        who = self.names.all(day.according_to)
                        yield self._note(f"{day.date} {day.phase}, according to {who}", day)
            case Statement():
                for quote in entry.quote:
                    edited = " (edited where it is printed)" if quote.edited else ""
                    yield Note(f"“{quote.text}”{edited}")
                if entry.due is not None:
                    yield Note(f"due {entry.due}")
                if entry.condition:
                    yield Note(f"on condition: {entry.condition}")
                for one in at_odds(self.record, entry) if entry.claims else ():
                    if self.known.sees(one.entry):
                        there = self.names.links.entry(one.entry)
                        yield Note(
                            f"at odds with {there}: {one.what} {one.said}, there {one.found}"
                        )
            case Measure():
                yield from self._accounts(entry.status)
            case Agreement():
                yield from self._accounts(entry.status)
                for party in entry.parties:
                    if self.known.knows(party, start_of(party)):
                        state = f"{self.names.all(party.party)} {party.state}"
                        yield self._account(party, state)
                for key, stone in entry.milestones.items():
                    if self.known.knows(stone, stone.date):
                        counted = self._day(stone.counts) if stone.counts else "no day known"
                        name = stone.name or key.replace("_", " ")
                        yield self._note(f"{name}: {stone.date or counted}", stone)
            case Commitment():
                limit = entry.limit
                if limit is not None:
                    yield Note(f"limit: {limit.value}")
                    for reading in limit.readings:
                        if self.known.knows(reading):
                            who = self.names.all(reading.according_to)
                            yield self._note(f"{who}: it is read as {reading.kind}", reading)
                yield from self._accounts(entry.performance)
            case Mechanism():
                for run in entry.runs:
                    if self.known.knows(run, run.started):
                        by = f" by {self.names.all(run.by)}" if run.by else ""
                        yield self._note(f"started{by} on {run.started}", run)
                        yield from self._accounts(run.status)
            case Question():
                for view in entry.views:
                    if self.known.knows(view, view.held, start_of(view)):
                        yield self._account(view, view.what)
            case Source():
                yield from _of_source(entry)
            case _:
                return

    def _accounts(self, accounts: Sequence[Account]) -> Iterator[Note]:
        for one in accounts:
            if self.known.knows(one, start_of(one)):
                yield self._account(one, str(getattr(one, "state", "")).replace("-", " "))

    def _account(self, account: Account, what: str) -> Note:
        who = self.names.all(account.according_to)
        since = f"since {self._day(account.start)}" if account.start else ""
        # an end that nobody had told yet is no end
        ends = account.end is not None and (
            account.end.when is None or account.end.when.earliest <= self.known.limit
        )
        until = f"until {self._day(account.end)}" if account.end and ends else ""
        held = f"held {account.held}" if account.held else ""
        when = ", ".join(part for part in (" ".join(filter(None, (since, until))), held) if part)
        text = f"{what} ({when})" if when else what
        return self._note(f"{who}: {text}" if who else text, account)

    def _day(self, anchor: Anchor) -> str:
        """Return a date, or the milestone that a date is counted from by its name."""
        if anchor.when is not None:
            return str(anchor.when)
        after = "" if anchor.after is None else f" + {anchor.after}"
        return f"{anchor.milestone.rpartition('.')[2].replace('_', ' ')}{after}"

    def _note(self, text: str, part: Supported) -> Note:
        sources = self.known.appeared(part)
        cited = (*sources, *self._seen(part.because))
        return Note(text, self.names.links.cited(cited).strip())

    def _links(self, entry: AnyEntry) -> Iterator[Note]:
        """Yield on one line where it was, and the entries it names by how it names them."""
        by_key: dict[str, dict[str, None]] = {}
        for path, id_, _ in references(entry):
            key = next(part for part in reversed(path) if isinstance(part, str))
            nested = len([part for part in path if isinstance(part, str)]) > 1
            if key in _LINKS and (not nested or key == "canonical") and self.known.sees(id_):
                by_key.setdefault(key, {}).setdefault(id_)
        place = getattr(entry, "place", None)
        told = [f"place: {place}"] if place else []
        for key, ids in by_key.items():
            told.append(f"{_LINKS[key]} {', '.join(map(self.names.links.entry, ids))}")
        if told:
            yield Note("; ".join(told))

    def _seen(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in ids if self.known.sees(id_))


def _of_source(source: Source) -> Iterator[Note]:
    """Yield who wrote and published it, and how many loaded words were counted in it."""
    by = ", ".join(part for part in (source.author, source.publisher) if part)
    if by:
        yield Note(by)
    if source.wording:
        words = ", ".join(f"“{word}” {number}" for word, number in source.wording.items())
        yield Note(f"wording counted in it: {words}")
