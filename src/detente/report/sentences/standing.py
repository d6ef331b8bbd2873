"""How things stood, in sentences: each entry with its state, and every account of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from detente.record import Record, Standing
from detente.record.accounts import AccountView
from detente.record.actors import Actor
from detente.record.limits import Held
from detente.record.said import Open
from detente.record.standing import CommitmentStanding
from detente.report.sentences.links import Links
from detente.report.sentences.phrases import join

__all__ = [
    "NO_ACCOUNT",
    "Entered",
    "EnteredSection",
    "Names",
    "Note",
    "account_notes",
    "actor_names",
    "seen_notes",
    "standing_line",
    "standing_sections",
]

#: what is said where nobody of a viewpoint, and nobody undisputed, speaks of an entry
NO_ACCOUNT = "no account"
#: how many of what falls due are told
_DUE = 8


@dataclass(frozen=True)
class Note:
    """A sentence under an entry.

    Attributes
    ----------
    aside : str
        What follows it for whom it matters: sources, ids.
    about : str
        What it is about, where that is not the entry itself: a state of its own.
    """

    text: str
    aside: str = ""
    about: str = ""


@dataclass(frozen=True)
class Entered:
    """An entry of the record as it is told.

    Attributes
    ----------
    id : str
    state : str
        How it stood, or when it was: ``in force``, ``2021-10-30``.
    who : str
        Whose it is, where the sentence does not say so itself.
    what : str
    aside : str
    notes : tuple of Note
        Accounts, observations, answers.
    """

    id: str
    state: str
    what: str
    who: str = ""
    aside: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class EnteredSection:
    """Entries of one kind."""

    id: str
    title: str
    entries: tuple[Entered, ...] = field(default=())


def actor_names(record: Record, ids: Iterable[str]) -> str:
    """Return the names of actors, with commas and an ``and``."""
    found = ((id_, record.entries.get(id_)) for id_ in dict.fromkeys(ids))
    return join(one.name if isinstance(one, Actor) else id_ for id_, one in found)


class Names:
    """The names of a record's actors, and the marks of its entries."""

    def __init__(self, record: Record, links: Links | None = None) -> None:
        self.record = record
        self.links = links or Links()

    def all(self, ids: Iterable[str]) -> str:
        """Return names with commas and an ``and``."""
        return actor_names(self.record, ids)

    def lead(self, ids: Iterable[str], what: str) -> str:
        """Return whose a sentence is, empty where it says so itself."""
        who = self.all(ids)
        return "" if what.startswith(f"{who} ") else who

    def support(self, sources: Sequence[str], because: Sequence[str] = ()) -> str:
        """Return in brackets the sources and the entries a thing rests on, or that it has none."""
        return self.links.cited((*sources, *because)).strip() or "[unsupported]"


def standing_line(names: Names, standing: Standing) -> str:
    """Return for when, as known by when, and as whom it is told."""
    text = f"As things stood on {standing.on}"
    if standing.known_by is not None:
        text += f", as far as known by {standing.known_by}"
    viewpoint = standing.viewpoint
    if viewpoint is None:
        return f"{text}; all accounts side by side"
    held = f", as held on {viewpoint.held_on}" if viewpoint.held_on else ""
    return f"{text}; as {names.all(viewpoint.actors)} saw it{held}"


def standing_sections(
    names: Names, standing: Standing, *, every_answer: bool = False
) -> Iterator[EnteredSection]:
    """Yield what stood how, kind by kind; what is contested has every account.

    Parameters
    ----------
    names : Names
    standing : Standing
    every_answer : bool
        Tell also from a viewpoint every answer to a contested question, and not its own alone.
    """
    for id_, title, entries in (
        ("agreements", "Agreements", _agreements(names, standing)),
        ("measures", "Measures", _measures(names, standing)),
        ("commitments", "Commitments", _commitments(names, standing)),
        ("clocks", "Clocks", _clocks(names, standing)),
        ("demands", "Demands", _open(names, standing, standing.demands)),
        ("offers", "Offers", _open(names, standing, standing.offers)),
        ("contested", "Contested", _contested(names, standing, every_answer=every_answer)),
        ("due", "Falls due next", _due(standing)),
    ):
        told = tuple(entries)
        if told:
            yield EnteredSection(id_, title, told)


def _state(state: str) -> str:
    return state.replace("-", " ")


def account_notes(
    names: Names, views: Sequence[AccountView], *, said: bool = False, about: str = ""
) -> tuple[Note, ...]:
    """Return a sentence for every account: who holds what, since when, and by which sources."""
    notes = []
    for view in views:
        who = names.all(view.holders) or "nobody differs"
        what = (view.what or "") if said else _state(view.state)
        since = f"since {view.since}" if view.since else ""
        until = f"until {view.until}" if view.until else ""
        unsure = "" if view.certain else "perhaps"
        when = " ".join(part for part in (unsure, since, until) if part)
        when = f"({when})" if said and when else when
        told = " ".join(part for part in (f"{who}:", what, when) if part)
        notes.append(Note(told, names.support(view.sources, view.because), about))
    return tuple(notes)


def seen_notes(by_state: Mapping[str, Sequence[str]]) -> tuple[Note, ...]:
    """Return a note for each state in which a thing stood to others, from their names by state."""
    return tuple(
        Note(f"as {join(who)} {'sees' if len(who) == 1 else 'see'} it: {state}")
        for state, who in by_state.items()
    )


def _only_held(views: Sequence[AccountView]) -> bool:
    """Tell whether a thing is known by one account alone, which then needs its name."""
    return len(views) == 1 and bool(views[0].holders)


def _agreements(names: Names, standing: Standing) -> Iterator[Entered]:
    for one in standing.agreements:
        notes: list[Note] = []
        if one.state in ("contested", "unknown") or _only_held(one.accounts):
            notes += account_notes(names, one.accounts)
        if one.state != "not-in-force":
            parties = [p.actor for p in one.parties if p.state == "in"]
            if parties:
                notes.append(Note("", f"for {names.all(parties)}"))
            for party in one.parties:
                if party.state in ("contested", "unknown"):
                    what = f"whether {names.all([party.actor])} is in"
                    notes.append(Note(what, about=_state(party.state)))
                    notes += account_notes(names, party.accounts)
        yield Entered(one.agreement.id, _state(one.state), one.agreement.name, notes=tuple(notes))


def _measures(names: Names, standing: Standing) -> Iterator[Entered]:
    for one in standing.measures:
        what = one.measure.what
        notes: tuple[Note, ...] = ()
        if one.state in ("contested", "unknown") or _only_held(one.accounts):
            notes = account_notes(names, one.accounts)
        who = names.lead(one.measure.by, what)
        yield Entered(one.measure.id, _state(one.state), what, who, notes=notes)


def _commitments(names: Names, standing: Standing) -> Iterator[Entered]:
    for one in standing.commitments:
        until = f"(until {one.end})" if one.end and one.state != "ended" else ""
        if one.state == "not-begun" and one.start:
            until = f"(from {one.start})"
        notes = list(_seen(names, one))
        if one.state == "contested" or _only_held(one.accounts):
            notes += account_notes(names, one.accounts)
        what = one.commitment.what
        who = names.lead(one.commitment.debtors, what)
        yield Entered(one.commitment.id, _state(one.state), what, who, until, tuple(notes))


def _seen(names: Names, one: CommitmentStanding) -> Iterator[Note]:
    """Yield the observations a limit was held against: one, or all where they differ."""
    limit = one.commitment.limit
    if limit is None:
        return
    for held in one.held if one.state == "contested" else one.held[:1]:
        yield Note(_observed(held, str(limit.value)), _observer(names, held))
        if one.state == "contested":
            for holders, state in held.readings.items():
                yield Note(f"  {names.all(holders)}: {state}")


def _observed(held: Held, limit: str) -> str:
    seen = held.observation
    return f"{seen.value or seen.words} on {seen.as_of} against {limit}"


def _observer(names: Names, held: Held) -> str:
    seen = held.observation
    unsure = "" if seen.verified else ", not verified"
    return f"({names.all(seen.observer)}{unsure}){names.links.cited((seen.id,))}"


def _clocks(names: Names, standing: Standing) -> Iterator[Entered]:
    for one in standing.clocks:
        what = f"{one.mechanism.name}, started by {names.all(one.run.by)} on {one.run.started}"
        step = f"now: {one.step.step.what}, until {one.step.ends}; all of it until {one.ends}"
        notes = (Note(step), *account_notes(names, one.accounts))
        yield Entered(one.id, _state(one.state), what, notes=notes)


def _open(names: Names, standing: Standing, statements: Sequence[Open]) -> Iterator[Entered]:
    for one in statements:
        said = one.statement
        who = names.all(said.on_behalf or said.speaker)
        to = f" to {names.all(said.to)}" if said.to else ""
        when = f", {said.date}" if said.date else ""
        reporter = f", according to {names.all(said.according_to)}" if said.according_to else ""
        aside = "" if standing.appeared(said) else "[unsupported]"
        notes = tuple(
            Note(
                f"{answer.kind} by {names.all(answer.on_behalf or answer.speaker)} "
                f"[{names.links.entry(answer.id)}]: {answer.what or ''}"
            )
            for answer in one.answers
        )
        what = said.what or ""
        yield Entered(said.id, one.state, what, f"{who}{to}{when}{reporter}", aside, notes)


def _contested(names: Names, standing: Standing, *, every_answer: bool) -> Iterator[Entered]:
    for one in standing.contested:
        notes = account_notes(names, one.views if every_answer else one.own or one.views, said=True)
        yield Entered(one.question.id, "", one.question.question, notes=notes)


def _due(standing: Standing) -> Iterator[Entered]:
    for one in standing.due[:_DUE]:
        yield Entered(one.id, str(one.date), one.what)
