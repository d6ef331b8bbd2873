"""The record half of a page: how things stood and to whom, the record in order, its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detente.errors import DetenteError
from detente.record import Record, Standing
from detente.record.actors import Actor, Source
from detente.record.dates import ALWAYS
from detente.record.entries import Agreement, AnyEntry, Commitment, Observation, Quantity
from detente.record.record import kind_of_entry
from detente.record.references import references
from detente.report.figures import Figure, plot_quantity, plot_timeline
from detente.report.sentences.entries import Entries
from detente.report.sentences.links import MarkedLinks
from detente.report.sentences.standing import (
    NO_ACCOUNT,
    Entered,
    EnteredSection,
    Names,
    seen_notes,
    standing_line,
    standing_sections,
)

__all__ = ["Differs", "RecordHalf", "record_half"]

#: up to how many entries a record is told whole, and how many of a larger one
_WHOLE = 1_500
#: how many quantities are drawn, and from how many observations on
_QUANTITIES, _OBSERVATIONS = 4, 4

#: what has no place of its own on a page: it is told where it is spoken of
_UNTOLD = (Actor, Quantity, Source)


@dataclass(frozen=True)
class Differs:
    """An entry that does not stand the same to everybody: its state by viewpoint."""

    id: str
    what: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class RecordHalf:
    """Everything that a page says of the record; sentences may hold marks.

    Attributes
    ----------
    sections : tuple of EnteredSection
        How things stood.
    first : str
        Whose accounts the sections follow.
    viewpoints : tuple of str
        Names of those as whom it was looked at besides.
    differs : tuple of Differs
        What does not stand the same to all of them.
    dated, undated : tuple of Entered
        The entries of the record, in the order of time, and those without a date by kind.
    cut : dict
        How many entries of a large record are left out of a section, by its id.
    left_out : int
        How many have no place on the page.
    unknown : int
        How many were not known yet.
    """

    title: str
    line: str
    sections: tuple[EnteredSection, ...]
    first: str
    viewpoints: tuple[str, ...]
    differs: tuple[Differs, ...]
    figures: dict[str, Figure]
    dated: tuple[Entered, ...]
    undated: tuple[EnteredSection, ...]
    sources: tuple[tuple[Entered, str], ...]
    cut: dict[str, int]
    left_out: int
    unknown: int


def record_half(
    standing: Standing, seen: Iterable[Standing], spoken_of: MarkedLinks | None
) -> RecordHalf:
    """Return what a page says of a record.

    Parameters
    ----------
    standing : Standing
    seen : iterable of Standing
        The same from the viewpoints of others.
    spoken_of : MarkedLinks or None
        What the conflict half speaks of, which has a place on the page before all else.
    """
    record = standing.record
    links = MarkedLinks()
    names = Names(record, links)
    sections = tuple(standing_sections(names, standing, every_answer=True))
    views = [one for one in seen if one.viewpoint is not None]
    # what others hold is told beside; a viewpoint that was asked for is in the sections already
    whose = tuple(names.all(one.viewpoint.actors) for one in views if one.viewpoint is not None)
    stood = dict.fromkeys(entered.id for section in sections for entered in section.entries)
    first = spoken_of.entries if spoken_of else {}
    told = _with_milestones(record, {**first, **stood, **links.entries})
    own = [entry for entry in record.entries.values() if not isinstance(entry, _UNTOLD)]
    known: list[AnyEntry] = [entry for entry in own if standing.sees(entry.id)]
    chosen = known if len(known) <= _WHOLE else _closed(known, told)
    places = {entry.id for entry in chosen}
    sections, cut = _placed(sections, places)
    teller = Entries(names, standing)
    entered = {entry.id: teller.told(entry) for entry in chosen}
    dated = sorted(
        (entry for entry in chosen if entered[entry.id].state),
        key=lambda entry: (_begins(entry), entry.id),
    )
    sources = _sources(standing, links, everything=len(known) <= _WHOLE)
    here, there = _states(standing), [_states(one) for one in views]
    return RecordHalf(
        record.title,
        standing_line(names, standing),
        _seen_otherwise(sections, tuple(zip(whose, there, strict=True)), here),
        "all accounts" if standing.viewpoint is None else names.all(standing.viewpoint.actors),
        whose,
        tuple(_differing(names, record, (here, *there), places)),
        _figures(standing),
        tuple(entered[entry.id] for entry in dated),
        tuple(_by_kind(chosen, entered)),
        tuple((teller.told(one), _address(one)) for one in sources),
        cut,
        len(known) - len(chosen),
        len(own) - len(known),
    )


# -- from other viewpoints -----------------------------------------------------------------------


def _states(standing: Standing) -> dict[str, str]:
    """Return how agreements, measures and commitments stood, by id."""
    found = {one.agreement.id: one.state for one in standing.agreements}
    found |= {one.measure.id: one.state for one in standing.measures}
    found |= {one.commitment.id: one.state for one in standing.commitments}
    return {id_: state.replace("-", " ") for id_, state in found.items()}


def _differing(
    names: Names, record: Record, stood: Sequence[Mapping[str, str]], places: Collection[str]
) -> Iterator[Differs]:
    for id_ in dict.fromkeys(id_ for one in stood for id_ in one):
        states = tuple(one.get(id_, NO_ACCOUNT) for one in stood)
        if len(set(states)) > 1 and id_ in places:
            entry = record.entries[id_]
            what = entry.name if isinstance(entry, Agreement) else getattr(entry, "what", "")
            yield Differs(names.links.entry(id_), what, states)


def _seen_otherwise(
    sections: tuple[EnteredSection, ...],
    there: Sequence[tuple[str, Mapping[str, str]]],
    here: Mapping[str, str],
) -> tuple[EnteredSection, ...]:
    """Return the sections with a note where something stands otherwise to somebody."""

    def noted(entered: Entered) -> Entered:
        by_state: dict[str, list[str]] = {}
        for who, states in there:
            if entered.id in here and states.get(entered.id) != here[entered.id]:
                by_state.setdefault(states.get(entered.id, NO_ACCOUNT), []).append(who)
        return replace(entered, notes=(*entered.notes, *seen_notes(by_state)))

    return tuple(replace(one, entries=tuple(map(noted, one.entries))) for one in sections)


# -- the record in order -------------------------------------------------------------------------


def _with_milestones(record: Record, ids: Iterable[str]) -> dict[str, None]:
    """Return ids of entries; a milestone is told with its agreement."""
    return {id_ if id_ in record.entries else id_.partition(".")[0]: None for id_ in ids}


def _placed(
    sections: Sequence[EnteredSection], places: Collection[str]
) -> tuple[tuple[EnteredSection, ...], dict[str, int]]:
    """Return the sections without what has no place on the page, and how much that is in each."""
    kept = [
        tuple(one for one in section.entries if one.id.partition(".")[0] in places)
        for section in sections
    ]
    cut = {
        section.id: len(section.entries) - len(entries)
        for section, entries in zip(sections, kept, strict=True)
        if len(section.entries) > len(entries)
    }
    placed = (replace(one, entries=entries) for one, entries in zip(sections, kept, strict=True))
    return tuple(placed), cut


def _closed(known: Sequence[AnyEntry], told: Iterable[str]) -> list[AnyEntry]:
    """Return the entries that are spoken of, with what they name, as far as there is room."""
    chosen: dict[str, None] = {}
    waiting = list(told)
    by_id = {entry.id: entry for entry in known}
    while waiting and len(chosen) < _WHOLE:
        id_ = waiting.pop(0)
        if id_ in chosen or id_ not in by_id:
            continue
        chosen[id_] = None
        waiting += [other.partition(".")[0] for _, other, _ in references(by_id[id_])]
    return [entry for entry in known if entry.id in chosen]


def _begins(entry: AnyEntry) -> int:
    dates = getattr(entry, "date", None) or getattr(entry, "as_of", None)
    dates = dates or getattr(entry, "raised", None) or getattr(entry, "start", None)
    found = dates if isinstance(dates, tuple) else (dates,)
    days = [getattr(one, "date", one) for one in found]
    return min((day.earliest for day in days if day is not None), default=ALWAYS)


_KINDS = {
    "agreement": "Agreements", "commitment": "Commitments", "mechanism": "Mechanisms",
    "measure": "Measures", "relation": "Relations", "statement": "Statements without a date",
    "event": "Events without a date", "question": "Contested questions",
}  # fmt: skip


def _by_kind(chosen: Sequence[AnyEntry], entered: dict[str, Entered]) -> Iterator[EnteredSection]:
    """Yield the entries without a date of their own, kind by kind."""
    for kind, title in _KINDS.items():
        own = [
            entered[entry.id]
            for entry in chosen
            if kind_of_entry(entry) == kind and not entered[entry.id].state
        ]
        if own:
            yield EnteredSection(f"record-{kind}", title, tuple(own))


# -- sources -------------------------------------------------------------------------------------


def _sources(standing: Standing, links: MarkedLinks, *, everything: bool) -> list[Source]:
    """Return the sources that are spoken of, or all that had appeared, by id."""
    record, limit = standing.record, standing.known.limit
    found = [
        source
        for source in record.of_kind(Source)
        if (everything or source.id in links.entries)
        and record.source_from.get(source.id, ALWAYS) <= limit
    ]
    return sorted(found, key=lambda source: source.id)


def _address(source: Source) -> str:
    """Return where a source is found, if it is a page one can go to."""
    url = (source.url or "").strip()
    return url if url.lower().startswith(("http://", "https://")) else ""


# -- figures -------------------------------------------------------------------------------------


def _figures(standing: Standing) -> dict[str, Figure]:
    record = standing.record
    found = {"timeline": plot_timeline(record, on=standing.on, known_by=standing.known_by)}
    limited = dict.fromkeys(
        one.limit.quantity for one in record.of_kind(Commitment) if one.limit is not None
    )
    seen = Counter(
        one.quantity for one in record.of_kind(Observation) if one.value and standing.sees(one.id)
    )
    often = [
        name for name in sorted(limited, key=lambda one: -seen[one]) if seen[name] >= _OBSERVATIONS
    ]
    for name in often[:_QUANTITIES]:
        try:
            found[f"quantity-{name}"] = plot_quantity(
                record, name, on=standing.on, known_by=standing.known_by
            )
        except DetenteError:
            # amounts of different things cannot be drawn on one axis; the entries tell them
            continue
    return found
