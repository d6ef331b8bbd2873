"""The conflict half of a page: verdict, parties, states, deals, and why each state holds or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from detente.analysis import Findings
from detente.analysis.deals import GRADES, Deal, grades
from detente.record import Standing
from detente.report.figures import Figure, plot_deals, plot_evolution, plot_stability
from detente.report.listing.beside import beside, in_words
from detente.report.page.brief import Brief
from detente.report.page.parties import Party, parties_of
from detente.report.sentences.findings import facts_line, judged_by, sections_of
from detente.report.sentences.framing import framing_line, undecided_lines
from detente.report.sentences.links import MarkedLinks
from detente.report.sentences.matter import (
    counts_line,
    deals_shown,
    kind_of,
    states_shown,
    under,
)
from detente.report.sentences.phrases import CONCEPT_NAMES, REACH_WORDS, VERDICT_NAMES
from detente.report.sentences.sections import Section
from detente.report.sentences.why import Position, short_positions
from detente.report.sentences.words import Words
from detente.report.tables import Column, Table

__all__ = ["ConflictHalf", "Further", "Verdict", "Why", "conflict_half"]

#: how many deals and how many states in all stand side by side, and how many deals are listed
_BESIDE, _LISTED = (4, 8), 8
#: how many states the heat map has, and how wide figures are
_DRAWN, _WIDTH = 18, 940
#: how many sentences of proof
_PROOF = 8
#: of how many states the reasons are told, and of a conflict with how many states only of a few
_WHY, _LARGE, _WHY_LARGE = 20, 2**16, 6
#: how many further states have a line in the table at the end
_FURTHER = 400


@dataclass(frozen=True)
class Verdict:
    """The verdict in plain words, and its proof."""

    sentence: str
    name: str
    proof: tuple[str, ...]
    judged_by: str
    status_quo: str


@dataclass(frozen=True)
class Why:
    """One state: its number, what it is, and how everybody stands to it."""

    state: int
    title: str
    kind: str
    words: str
    positions: tuple[Position, ...]


@dataclass(frozen=True)
class Further:
    """A state without reasons of its own: what it changes, and by what each side stays with it."""

    state: int
    label: str
    change: str
    stays: tuple[str, ...]


@dataclass(frozen=True)
class ConflictHalf:
    """Everything that a page says of the conflict; sentences may hold marks.

    Attributes
    ----------
    drawn : dict
        The states that have a number in a figure, marked, by the name of the figure.
    links : MarkedLinks
        The states and entries that were spoken of.
    """

    title: str
    facts: str
    framing: str
    undecided: tuple[str, ...]
    note: str
    verdict: Verdict | None
    parties: tuple[Party, ...]
    counts: str
    in_words: Table | None
    beside: Table
    deals: Table | None
    sections: tuple[Section, ...]
    figures: dict[str, Figure]
    drawn: dict[str, tuple[str, ...]]
    why: tuple[Why, ...]
    further: tuple[Further, ...]
    links: MarkedLinks

    def section(self, *ids: str) -> Iterator[Section]:
        """Yield the sections of those ids that there are."""
        return (one for one in self.sections if one.id in ids)


class _KnownLinks(MarkedLinks):
    """Marks what is spoken of; what was not known yet is no evidence, and is not cited."""

    def __init__(self, standing: Standing | None) -> None:
        super().__init__()
        self._standing = standing

    def cited(self, ids: Sequence[str]) -> str:
        """Return `` [T02, E057]``, of those that were known."""
        standing = self._standing
        return super().cited([id_ for id_ in ids if standing is None or standing.sees(id_)])


def conflict_half(brief: Brief, findings: Findings) -> ConflictHalf:
    """Return what a page says of a conflict."""
    links = _KnownLinks(brief.standing)
    words = Words.of(findings, links)
    diagnosis = findings.diagnosis
    verdict = None
    if diagnosis is not None:
        proof = words.witness(diagnosis)
        if len(proof) > _PROOF:
            proof = [*proof[:_PROOF], f"… and {len(proof) - _PROOF} more such answers"]
        verdict = Verdict(
            words.verdict(diagnosis),
            VERDICT_NAMES[diagnosis.verdict],
            tuple(proof),
            judged_by(diagnosis),
            words.status_quo(diagnosis),
        )
    shown = beside(words, findings, deals=_BESIDE[0], states=_BESIDE[1])
    deals = _deals(words, findings)
    parties = tuple(parties_of(words, findings))
    sections = tuple(sections_of(words, findings, details=True))
    number, by_concept = counts_line(findings)
    figures = _figures(findings)
    drawn = {name: _drawn(words, figure) for name, figure in figures.items()}
    why, further = _why(brief, findings, links)
    return ConflictHalf(
        findings.conflict.title,
        facts_line(findings),
        framing_line(findings),
        tuple(undecided_lines(findings, links)),
        findings.conflict.note or "",
        verdict,
        parties,
        f"{number} ({by_concept})",
        in_words(words, findings, deals=_BESIDE[0], states=_BESIDE[1]),
        shown,
        deals,
        sections,
        figures,
        drawn,
        why,
        further,
        links,
    )


def _figures(findings: Findings) -> dict[str, Figure]:
    figures = {"stability": plot_stability(findings, most=_DRAWN, width=_WIDTH)}
    if findings.outlook is not None:
        figures["evolution"] = plot_evolution(findings, width=_WIDTH)
    if findings.diagnosis is not None:
        figures["deals"] = plot_deals(findings, width=_WIDTH)
    return figures


def _drawn(words: Words, figure: Figure) -> tuple[str, ...]:
    """Return the states whose numbers stand in a figure, marked."""
    shown = {label["text"] for label in figure.data()["labels"]}
    plain = Words(words.conflict, words.graph)
    content = figure.content
    found = [one["index"] for one in (*content.get("states", ()), *content.get("nodes", ()))]
    found += [
        index
        for one in (*content.get("deals", ()), *content.get("refused", ()))
        for index in one["indices"]
    ]
    own = dict.fromkeys(state for state in found if plain.label(state) in shown)
    return tuple(words.label(state) for state in own)


# -- the states that matter ----------------------------------------------------------------------


def _deals(words: Words, findings: Findings) -> Table | None:
    """Return the most promising deals: what each changes, what keeps each side, how reached."""
    diagnosis = findings.diagnosis
    if diagnosis is None or not diagnosis.deals:
        return None
    columns = (
        Column("state"),
        Column("change", "what it changes"),
        *(Column(dm.id, dm.name) for dm in findings.conflict.decision_makers),
        Column("reach", "reached"),
        Column("exposure", "ranks lost on the way", "right"),
        Column("efficient"),
    )
    rows = tuple(
        (
            words.label(deal.state),
            words.change(diagnosis.status_quo, deal.state),
            *(CONCEPT_NAMES[holds] if holds else "leaves" for holds in deal.holds),
            REACH_WORDS[deal.reach],
            deal.exposure,
            _efficient(deal),
        )
        for deal in deals_shown(findings, _LISTED)
    )
    return Table("deals", "The most promising deals, and what keeps each side", columns, rows)


def _efficient(deal: Deal) -> str:
    return {True: "yes", False: "no", None: "not compared"}[deal.efficient]


# -- why -----------------------------------------------------------------------------------------


def _why(
    brief: Brief, findings: Findings, links: MarkedLinks
) -> tuple[tuple[Why, ...], tuple[Further, ...]]:
    """Return the reasons of the states spoken of, and a line for those spoken of in reasons."""
    most = _WHY if findings.graph.size <= _LARGE else _WHY_LARGE
    told = _first(findings, links)[:most]
    inner = MarkedLinks()
    words = Words.of(findings, inner)
    why = tuple(_why_one(brief, findings, words, state) for state in told)
    further = [state for state in {**links.states, **inner.states} if state not in set(told)]
    links.states |= inner.states
    return why, _further(brief, findings, told, sorted(further[:_FURTHER]))


def _first(findings: Findings, links: MarkedLinks) -> list[int]:
    """Return the states spoken of, first those that matter and those of the named deals."""
    matter = states_shown(findings, deals_shown(findings, _BESIDE[0]), _BESIDE[1])
    matter += [one.state for one in findings.answers if one.state is not None]
    return list(dict.fromkeys([*matter, *links.states]))


def _why_one(brief: Brief, findings: Findings, words: Words, state: int) -> Why:
    plain = Words.of(findings)
    title = plain.number(state)
    return Why(
        state,
        title[0].upper() + title[1:],
        kind_in_words(findings, state),
        plain.state(state),
        tuple(short_positions(words, findings.table, state, brief.why)),
    )


def kind_in_words(findings: Findings, state: int) -> str:
    """Return what a state is, empty for one that is nothing in particular."""
    kind, found = kind_of(findings, state), under(findings, state)
    held = "" if found == "none" else f"an equilibrium under {found}"
    if kind == "now":
        return "the status quo"
    return f"a deal, {held or 'no equilibrium'}" if kind == "deal" else held


def _further(
    brief: Brief, findings: Findings, told: list[int], states: list[int]
) -> tuple[Further, ...]:
    """Return a line for each state: what it changes, and by what each side stays with it."""
    words, linked = Words.of(findings), Words.of(findings, MarkedLinks())
    best = grades(findings.table, np.array(states, dtype=np.intp))
    start = None if findings.diagnosis is None else findings.diagnosis.status_quo
    placed = {*told, *states}
    lines = []
    for k, state in enumerate(states):
        stays = [CONCEPT_NAMES[GRADES[g]] if g < len(GRADES) else "" for g in best[:, k].tolist()]
        stays = [one or _leaves(linked, brief, state, dm, placed) for dm, one in enumerate(stays)]
        change = words.state(state) if start is None else words.change(start, state)
        lines.append(Further(state, words.label(state), change, tuple(stays)))
    return tuple(lines)


def _leaves(words: Words, brief: Brief, state: int, dm: int, placed: Collection[int]) -> str:
    """Return how somebody leaves who stays under no concept."""
    reason = brief.why(state, dm, GRADES[-1])
    assert reason.breaks is not None
    gain = words.gain(reason.breaks)
    # the number of a state that has no place on the page would lead nowhere
    return f"leaves {gain if reason.breaks.target in placed else gain.rpartition(' (')[0]}"
