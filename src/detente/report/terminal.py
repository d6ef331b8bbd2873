"""Findings for a terminal: the verdict first, then what it rests on, all on one screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis import Deal, Diagnosis, Findings
from detente.analysis.deals import GRADES
from detente.errors import Problem
from detente.report.changes import unlock_section
from detente.report.coalitions import coalitions_section
from detente.report.evolution import evolution_section
from detente.report.foresight import foresight_section
from detente.report.sections import deals_section, framing_section, games_section
from detente.report.words import (
    CONCEPT_NAMES,
    REACH_WORDS,
    VERDICT_NAMES,
    Words,
    count,
    join,
)

__all__ = ["findings_screen", "problem_text", "stacked"]

#: how many deals, and how many states in all, stand side by side on a wide and on a narrow screen
_WIDE, _NARROW = (3, 6), (2, 4)
#: the width from which a screen counts as wide
_WIDE_FROM = 96
#: the width of a state's column
_COLUMN = 8
#: how many sentences of proof
_PROOF = 5


def findings_screen(
    findings: Findings, *, width: int = 100, details: bool = False
) -> RenderableType:
    """Return the answer of a run: verdict, proof, the states that matter, how to ask why.

    Parameters
    ----------
    findings : Findings
    width : int
        How many characters a line has; a wide screen shows more states side by side.
    details : bool
        Tell of each named deal also what would hold it, and how it is reached.
    """
    words = Words.of(findings)
    diagnosis = findings.diagnosis
    parts: list[RenderableType] = [_heading(findings)]
    if diagnosis is None:
        what = "The model names no status quo, so there is no verdict; add status_quo."
        parts.append(Text(what, "yellow"))
    else:
        parts.append(
            Text.assemble(
                (words.verdict(diagnosis), "bold"), f"  [{VERDICT_NAMES[diagnosis.verdict]}]"
            )
        )
        parts.append(_proof(words, diagnosis))
    parts.append(_states(words, findings, width))
    if findings.answers:
        parts.append(deals_section(findings, details=details))
    if findings.unlocking is not None:
        parts.append(unlock_section(findings))
    if findings.outlook is not None:
        parts.append(evolution_section(findings))
    if findings.coalitions is not None:
        parts.append(coalitions_section(findings))
    if findings.foresight is not None:
        parts.append(foresight_section(findings))
    if findings.hypergame is not None:
        parts.append(games_section(findings))
    parts.append(_how_to_ask(words, findings))
    return stacked(parts)


def stacked(parts: Sequence[RenderableType]) -> RenderableType:
    """Return parts one under the other with an empty line between them."""
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts[:-1]), parts[-1])


def _heading(findings: Findings) -> RenderableType:
    conflict = findings.conflict
    options = sum(len(dm.options) for dm in conflict.decision_makers)
    facts = [count(len(conflict.decision_makers), "decision maker")]
    if options:
        facts.append(count(options, "option"))
    facts.append(count(findings.graph.size, "feasible state" if options else "state"))
    heading = Text.assemble((conflict.title, "bold"), "\n", (", ".join(facts), "dim"))
    framed = framing_section(findings)
    return heading if framed is None else Group(heading, framed)


def _proof(words: Words, diagnosis: Diagnosis) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    proof = words.witness(diagnosis)
    for k, line in enumerate(proof[:_PROOF]):
        table.add_row("because" if k == 0 else "", line)
    if len(proof) > _PROOF:
        table.add_row("", f"… and {len(proof) - _PROOF} more such answers")
    others: dict[str, list[str]] = {}
    for concept, verdict in diagnosis.by_concept.items():
        if verdict != diagnosis.verdict:
            others.setdefault(VERDICT_NAMES[verdict], []).append(CONCEPT_NAMES[concept])
    first = CONCEPT_NAMES[next(iter(diagnosis.by_concept))]
    parts = [f"under {join(concepts)}: {verdict}" for verdict, concepts in others.items()]
    table.add_row(
        "judged by", "; ".join([first, *(parts or ["the same under every other concept"])])
    )
    table.add_row("status quo", words.status_quo(diagnosis))
    return table


def _states(words: Words, findings: Findings, width: int) -> RenderableType:
    """Return the states that matter side by side: status quo, deals, other equilibria."""
    diagnosis = findings.diagnosis
    most_deals, most = _WIDE if width >= _WIDE_FROM else _NARROW
    deals = _deals_shown(diagnosis, most_deals) if diagnosis else []
    shown = [] if diagnosis is None else [diagnosis.status_quo]
    shown += [deal.state for deal in deals]
    others = [state for state in _equilibria(findings, 2 * most) if state not in shown]
    shown += others[: most - len(shown)]
    if findings.conflict.graph is None:
        table = _option_table(words, findings, shown, deals, width)
    else:
        table = _name_table(words, findings, shown, deals)
    return Group(_counts(findings), Padding(table, (1, 0, 0, 0)))


def _deals_shown(diagnosis: Diagnosis, most: int) -> list[Deal]:
    """Return the first deals, the one that the proof speaks of before all others."""
    end = diagnosis.witness.path[-1].target if diagnosis.witness.path else None
    return sorted(diagnosis.deals, key=lambda deal: deal.state != end)[:most]


def _counts(findings: Findings) -> RenderableType:
    table = findings.table
    masks = [table.equilibria(concept) for concept in table.concepts]
    number = int(np.any(masks, axis=0).sum())
    counts = ", ".join(
        f"{CONCEPT_NAMES[concept]} {int(mask.sum()):,}"
        for concept, mask in zip(table.concepts, masks, strict=True)
    )
    parts = []
    if findings.diagnosis is not None:
        parts.append(count(len(findings.diagnosis.zone), "deal"))
    parts.append(count(number, "equilibrium", "equilibria"))
    return Text.assemble((" and ".join(parts), "bold"), f" ({counts}); --json lists them all")


def _equilibria(findings: Findings, enough: int) -> list[int]:
    """Return some equilibria, the strictest concept first, then the nearest to the status quo."""
    table = findings.table
    ranked = [concept for concept in GRADES if concept in table.concepts]
    found: list[int] = []
    for concept in ranked:
        states = np.flatnonzero(table.equilibria(concept)).tolist()
        if findings.diagnosis is not None and len(states) <= 100_000:
            start = findings.diagnosis.status_quo
            changes = findings.graph.changes(start, np.array(states, dtype=np.intp)).tolist()
            states = [state for _, state in sorted(zip(changes, states, strict=True))]
        found += [state for state in states if state not in found][:enough]
        if len(found) >= enough:
            break
    return found


def _kind(findings: Findings, state: int) -> str:
    diagnosis = findings.diagnosis
    if diagnosis is not None and state == diagnosis.status_quo:
        return "now"
    return "deal" if diagnosis is not None and state in diagnosis.zone else "equil."


def _reached(state: int, deals: Sequence[Deal]) -> str:
    deal = next((deal for deal in deals if deal.state == state), None)
    return REACH_WORDS[deal.reach] if deal else ""


def _under(findings: Findings, state: int) -> str:
    """Return the strictest concepts under which a state is an equilibrium."""
    table = findings.table
    holds = [c for c in GRADES if c in table.concepts and table.equilibria(c)[state]]
    if not holds:
        return "none"
    if holds[0] in ("nash", "sseq", "gmr"):
        return holds[0].upper() if holds[0] != "nash" else "Nash"
    return " ".join(c.upper() for c in holds if c != "gmr")


def _option_table(
    words: Words,
    findings: Findings,
    shown: Sequence[int],
    deals: Sequence[Deal],
    width: int,
) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    ids = min(max(map(len, findings.conflict.dm_ids)), 10)
    rest = width - (ids + 1) - (_COLUMN + 1) * len(shown) - 1
    names = max(
        len(option.name) for dm in findings.conflict.decision_makers for option in dm.options
    )
    table.add_column("", style="dim", no_wrap=True, width=ids)
    # wide enough for "equilibrium under", narrow enough to keep the states near their options
    name_width = min(max(names, 17), rest)
    table.add_column(Text("state", "dim"), no_wrap=True, width=name_width)
    for state in shown:
        table.add_column(words.label(state), width=_COLUMN, no_wrap=True)
    table.add_row("", "", *(Text(_kind(findings, state), "dim") for state in shown))
    choices = [words.choices(state) for state in shown]
    for i, dm in enumerate(findings.conflict.decision_makers):
        for k, option in enumerate(dm.options):
            cells = []
            for column in choices:
                choice = column[i][k]
                text = option.levels[choice].id if option.levels else "●" if choice else "·"
                same = column[i][k] == choices[0][i][k]
                cells.append(Text(text, "" if same else "bold"))
            table.add_row(dm.id if k == 0 else "", option.name, *cells)
    under = [_under(findings, state) for state in shown]
    table.add_row("", Text("equilibrium under", "dim"), *under)
    if deals:
        reached = [_reached(state, deals) for state in shown]
        table.add_row("", Text("reached", "dim"), *reached)
    return table


def _name_table(
    words: Words, findings: Findings, shown: Sequence[int], deals: Sequence[Deal]
) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("state", no_wrap=True)
    table.add_column("", ratio=1)
    for heading in ("", "equilibrium under", "reached" if deals else ""):
        table.add_column(heading, no_wrap=True)
    for state in shown:
        kind = Text(_kind(findings, state), "dim")
        table.add_row(
            words.label(state),
            words.state(state),
            kind,
            _under(findings, state),
            _reached(state, deals),
        )
    return table


def _how_to_ask(words: Words, findings: Findings) -> RenderableType:
    diagnosis = findings.diagnosis
    state = 0
    if diagnosis is not None:
        deals = _deals_shown(diagnosis, 1)
        state = deals[0].state if deals else diagnosis.status_quo
    source = "-" if findings.made.source == "<stdin>" else findings.made.source
    ask = f"detente analyze {source}{_as_asked(findings)} --why {words.label(state)}"
    return Text.assemble(("Ask why: ", "dim"), ask)


def _as_asked(findings: Findings) -> str:
    """Return the options that frame the conflict as it was framed."""
    framed, made = findings.framed, findings.made
    if framed is None:
        return ""
    own = None if framed.standing is None else framed.standing.record.as_of_default
    on = "" if framed.on is None or framed.on == own else f" --on {framed.on}"
    known_by = "" if made.known_by is None else f" --known-by {made.known_by}"
    viewpoint = "" if made.viewpoint is None else f" --viewpoint {made.viewpoint}"
    return f"{on}{known_by}{viewpoint}"


def problem_text(problem: Problem) -> Text:
    """Return one problem as ``file:line:column CODE message``."""
    style = "yellow" if problem.severity == "warning" else "red"
    where = f"{problem.place} " if problem.place else ""
    severity = "warning: " if problem.severity == "warning" else ""
    return Text.assemble(
        where,
        (problem.code, style),
        f" {severity}{problem.what}; {problem.rule}; {problem.remedy}",
    )
