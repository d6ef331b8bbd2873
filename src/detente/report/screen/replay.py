"""A replay on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.analysis.replay import Replay, Step
from detente.report.screen.sections import section, table_screen
from detente.report.sentences.named import short_of
from detente.report.sentences.phrases import CONCEPT_NAMES, VERDICT_NAMES, count
from detente.report.sentences.replay import (
    idle_section,
    named_deals_section,
    overview,
    period_line,
    status_quo_of,
    turn_sentences,
)
from detente.report.sentences.words import Words

__all__ = ["replay_screen"]


def replay_screen(replay: Replay, *, details: bool = False) -> RenderableType:
    """Return the steps of a replay, one line each, then what became of the named deals.

    Parameters
    ----------
    replay : Replay
    details : bool
        Tell each step in full: every part of the model that turned, status quo, deals.
    """
    first = replay.steps[0].findings
    parts: list[RenderableType] = [
        Text.assemble((first.conflict.title, "bold"), "\n", (period_line(replay), "dim"))
    ]
    if details:
        for number, step in enumerate(replay.steps):
            parts.append(_step(step, replay.steps[number - 1] if number else None))
    else:
        parts.append(table_screen(overview(replay)))
        named = named_deals_section(replay)
        if named.told:
            parts.append(section(named))
    if replay.idle and not details:
        count_ = count(len(replay.idle), "part of the model", "parts of the model")
        what = f"Never in force here, by their dates: {count_}; --details lists them."
        parts.append(Text(what, "dim"))
    elif replay.idle:
        parts.append(section(idle_section(replay)))
    return Group(*(part for one in parts for part in (one, Text(""))))


def _step(step: Step, before: Step | None) -> RenderableType:
    findings = step.findings
    diagnosis = findings.diagnosis
    verdict = "no status quo" if diagnosis is None else VERDICT_NAMES[diagnosis.verdict]
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for k, line in enumerate(turn_sentences(step)):
        table.add_row("because" if k == 0 else "", line)
    words = Words.of(findings)
    if diagnosis is not None:
        moved = before is None or status_quo_of(before) != status_quo_of(step)
        if moved:
            table.add_row("status quo", words.state(diagnosis.status_quo))
        equilibria = ", ".join(
            f"{CONCEPT_NAMES[concept]} {int(findings.table.equilibria(concept).sum()):,}"
            for concept in findings.table.concepts
        )
        deals = count(len(diagnosis.zone), "deal")
        table.add_row("found", f"{deals} in the zone; equilibria: {equilibria}")
    for k, one in enumerate(findings.answers):
        table.add_row("deals" if k == 0 else "", f"{one.named.name}: {short_of(one)}")
    return Group(Text.assemble((f"{step.on}  {verdict}", "bold")), table)
