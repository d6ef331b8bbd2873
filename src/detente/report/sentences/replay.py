"""A replay in words: what turned when, and what became of the deals argued about."""

from __future__ import annotations

from collections.abc import Iterator

from detente.analysis.replay import Replay, Step
from detente.framing import Judged
from detente.report.sentences.named import short_of
from detente.report.sentences.phrases import VERDICT_NAMES, count, join
from detente.report.sentences.sections import Section, Told
from detente.report.sentences.words import Words
from detente.report.tables import Column, Table

__all__ = [
    "idle_section", "named_deals_section", "overview", "period_line", "status_quo_of",
    "turn_sentences",
]  # fmt: skip


def period_line(replay: Replay) -> str:
    """Return from when to when, and how often the conflict changed."""
    steps = len(replay.steps)
    how_often = "the conflict stays the same all the time"
    if steps > 1:
        how_often = f"the conflict changes {count(steps - 1, 'time')}"
    return f"from {replay.start} to {replay.end}: {how_often}"


def overview(replay: Replay) -> Table:
    """Return the steps as a table: from when, the verdict, how many deals, and by what."""
    columns = (
        Column("from"),
        Column("verdict"),
        Column("deals", align="right"),
        Column("by", "by what in the record, or the dates of the model"),
    )
    rows = []
    for step in replay.steps:
        diagnosis = step.findings.diagnosis
        verdict = "no status quo" if diagnosis is None else VERDICT_NAMES[diagnosis.verdict]
        deals = None if diagnosis is None else len(diagnosis.zone)
        facts = [f"{entry} {state.replace('-', ' ')}" for entry, state in step.facts.items()]
        dated = any(not _told(one, step) for one in step.turned)
        by = ", ".join([*facts, *(["dates"] if dated else [])])
        rows.append((step.on, verdict, deals, by))
    return Table("steps", "How the answer moved", columns, tuple(rows))


def _told(judged: Judged, step: Step) -> bool:
    """Tell whether an entry of the record is behind a turn, and not a date of the model alone."""
    return any(entry in step.facts for entry in judged.facts)


def named_deals_section(replay: Replay) -> Section:
    """Return what became of each named deal, from when on."""
    told = tuple(Told(head, tuple(lines)) for head, lines in _deal_lines(replay))
    return Section("replayed-deals", "Deals argued about", told)


def _deal_lines(replay: Replay) -> Iterator[tuple[str, list[str]]]:
    """Yield for each named deal what became of it, from when on."""
    names = {one.named.id: one.named.name for step in replay.steps for one in step.findings.answers}
    for id_, name in names.items():
        told: list[str] = []
        last = None
        for step in replay.steps:
            now = next(
                (short_of(one) for one in step.findings.answers if one.named.id == id_), None
            )
            if now != last:
                told.append(f"{step.on}  {now or 'no longer argued about'}")
            last = now
        yield f"{name}:", told


def idle_section(replay: Replay) -> Section:
    """Return which parts of the model were never in force in the period, by their dates."""
    lines = [f"{one.part} ({_dates(one)})" for one in replay.idle]
    return Section.of_lines("idle", "Never in force in this period, by their dates", lines)


def _dates(judged: Judged) -> str:
    start, end = judged.when.start, judged.when.end
    return " ".join([*([f"from {start}"] if start else []), *([f"to {end}"] if end else [])])


def status_quo_of(step: Step) -> str:
    """Return the status quo of a step in words, empty where there is none."""
    diagnosis = step.findings.diagnosis
    return "" if diagnosis is None else Words.of(step.findings).state(diagnosis.status_quo)


def turn_sentences(step: Step) -> list[str]:
    """Return which parts of the model came into force or went out of it, and by what."""
    return [f"{one.part}: {_turn(one)}" for one in step.turned]


def _turn(judged: Judged) -> str:
    how = "now in force" if judged.in_force else "no longer in force"
    if judged.open:
        how = "left out, as the record is open"
    told = [f"{id_} {state}" for id_, state in judged.facts.items()]
    dates = _dates(judged)
    why = join([*([dates] if dates else []), *told])
    return f"{how} ({why})" if why else how
