"""A replay in words and as a transcript, and what changed between two transcripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from detente.analysis.replay import Replay, Step
from detente.framing import Judged
from detente.report.named import short_of
from detente.report.sections import section
from detente.report.words import CONCEPT_NAMES, VERDICT_NAMES, Words, count, join

__all__ = ["changes_screen", "is_transcript", "replay_data", "replay_screen", "transcript_changes"]


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
        Text.assemble(
            (first.conflict.title, "bold"),
            "\n",
            (f"from {replay.start} to {replay.end}: {_how_many(replay)}", "dim"),
        )
    ]
    if details:
        for number, step in enumerate(replay.steps):
            parts.append(_step(step, replay.steps[number - 1] if number else None))
    else:
        parts.append(_overview(replay))
        named = list(_deal_lines(replay))
        if named:
            parts.append(section("Deals argued about", named))
    if replay.idle and not details:
        count_ = count(len(replay.idle), "part of the model", "parts of the model")
        what = f"Never in force here, by their dates: {count_}; --details lists them."
        parts.append(Text(what, "dim"))
    elif replay.idle:
        rows = [("", [f"{one.part} ({_dates(one)})"]) for one in replay.idle]
        parts.append(section("Never in force in this period, by their dates", rows))
    return Group(*(part for one in parts for part in (one, Text(""))))


def _how_many(replay: Replay) -> str:
    steps = len(replay.steps)
    if steps == 1:
        return "the conflict stays the same all the time"
    return f"the conflict changes {count(steps - 1, 'time')}"


def _dates(judged: Judged) -> str:
    start, end = judged.when.start, judged.when.end
    return " ".join([*([f"from {start}"] if start else []), *([f"to {end}"] if end else [])])


def _overview(replay: Replay) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("from", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("deals", justify="right")
    table.add_column("by what in the record, or the dates of the model")
    for step in replay.steps:
        diagnosis = step.findings.diagnosis
        verdict = "no status quo" if diagnosis is None else VERDICT_NAMES[diagnosis.verdict]
        deals = "" if diagnosis is None else f"{len(diagnosis.zone):,}"
        facts = [f"{entry} {state}" for entry, state in step.facts.items()]
        dated = any(not _told(one, step) for one in step.turned)
        table.add_row(step.on, verdict, deals, ", ".join([*facts, *(["dates"] if dated else [])]))
    return table


def _told(judged: Judged, step: Step) -> bool:
    """Tell whether an entry of the record is behind a turn, and not a date of the model alone."""
    return any(entry in step.facts for entry in judged.facts)


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
        moved = before is None or _stand(before) != _stand(step)
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


def _stand(step: Step) -> str:
    diagnosis = step.findings.diagnosis
    return "" if diagnosis is None else Words.of(step.findings).state(diagnosis.status_quo)


def turn_sentences(step: Step) -> list[str]:
    """Return which parts of the model came into force or went out of it, and by what."""
    return [f"{one.part}: {_turn(one)}" for one in step.turned]


def _turn(judged: Judged) -> str:
    how = "now in force" if judged.in_force else "no longer in force"
    told = [f"{id_} {state}" for id_, state in judged.facts.items()]
    dates = _dates(judged)
    why = join([*([dates] if dates else []), *told])
    return f"{how} ({why})" if why else how


# -- transcripts ---------------------------------------------------------------------------------


def replay_data(replay: Replay) -> dict[str, Any]:
    """Return a replay as plain data: what ``--json`` prints and ``--write`` keeps."""
    made = replay.steps[0].findings.made
    return {
        "kind": "replay",
        "title": replay.steps[0].findings.conflict.title,
        "from": replay.start,
        "to": replay.end,
        "made": {
            "source": made.source,
            "sha256": made.sha256,
            "record": made.record,
            "version": made.version,
            "viewpoint": made.viewpoint,
            "as_known_then": replay.as_known_then,
        },
        "steps": [_step_data(step) for step in replay.steps],
        "idle": [one.part for one in replay.idle],
    }


def _step_data(step: Step) -> dict[str, Any]:
    findings, diagnosis = step.findings, step.findings.diagnosis
    assert findings.framed is not None
    return {
        "on": step.on,
        "verdict": None if diagnosis is None else diagnosis.verdict,
        "by_concept": {} if diagnosis is None else dict(diagnosis.by_concept),
        "status_quo": None if diagnosis is None else Words.of(findings).state(diagnosis.status_quo),
        "zone": None if diagnosis is None else len(diagnosis.zone),
        "equilibria": {
            concept: int(findings.table.equilibria(concept).sum())
            for concept in findings.table.concepts
        },
        "deals": {one.named.id: short_of(one) for one in findings.answers},
        "conditions": {
            one.part: {"in_force": one.in_force, "facts": dict(one.facts)}
            for one in findings.framed.judged
        },
        "turned": [one.part for one in step.turned],
    }


def is_transcript(data: Any) -> bool:
    """Tell whether plain data is what `replay_data` returns, as far as it is compared."""
    try:
        made, steps = data["made"], data["steps"]
        known = data["kind"] == "replay" and all(isinstance(data[k], str) for k in ("from", "to"))
        known = known and {"sha256", "record", "version", "viewpoint"} <= set(made)
        return bool(steps) and known and all(_is_step(step) for step in steps)
    except (KeyError, TypeError, AttributeError):
        return False


def _is_step(step: Any) -> bool:
    conditions = step["conditions"].values()
    return (
        isinstance(step["on"], str)
        and {"verdict", "zone", "status_quo"} <= set(step)
        and isinstance(step["equilibria"], dict)
        and isinstance(step["deals"], dict)
        and all({"in_force", "facts"} <= set(one) for one in conditions)
        and all(isinstance(one["facts"], dict) for one in conditions)
    )


def transcript_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return what a later run found otherwise than an earlier transcript, and why, in sentences.

    Every day within both periods on which one of the two has a step is compared with what the
    other had then.
    """
    lines = list(_inputs(old, new))
    first, last = max(old["from"], new["from"]), min(old["to"], new["to"])
    days = sorted({first, *(step["on"] for step in (*old["steps"], *new["steps"]))})
    days = [day for day in days if first <= day <= last]
    previous: tuple[str, ...] = ()
    for day in days:
        before, after = _at(old["steps"], day), _at(new["steps"], day)
        if before is None or after is None:
            continue
        found = tuple(_compared(before, after))
        # what is the same as on the day before needs no telling again
        if found and found != previous:
            lines += [f"{day}: {line}" for line in found]
        previous = found
    return lines


def _inputs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key, what in (("sha256", "The model"), ("record", "The record")):
        if old["made"][key] != new["made"][key]:
            yield f"{what} has changed since."
    if old["made"]["version"] != new["made"]["version"]:
        yield f"It was made by version {old['made']['version']}, now {new['made']['version']}."
    if old["made"]["viewpoint"] != new["made"]["viewpoint"]:
        was, now = (one["made"]["viewpoint"] or "nobody" for one in (old, new))
        yield f"The viewpoint is another: {was} then, {now} now."
    if old["made"].get("as_known_then", False) != new["made"]["as_known_then"]:
        then = "left out" if new["made"]["as_known_then"] else "taken in"
        yield f"What got known later is {then} now, and was not then."
    for key in ("from", "to"):
        if old[key] != new[key]:
            yield f"The period is another: {key} {old[key]} then, {new[key]} now."


def _at(steps: Sequence[Mapping[str, Any]], day: str) -> Mapping[str, Any] | None:
    """Return the step that a day belongs to."""
    return next((step for step in reversed(steps) if step["on"] <= day), None)


def _compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if old["verdict"] != new["verdict"]:
        yield f"the verdict was {_name(old['verdict'])}, and is {_name(new['verdict'])}"
    if old["zone"] != new["zone"]:
        yield f"the zone held {old['zone']} states, and holds {new['zone']}"
    if old["equilibria"] != new["equilibria"]:
        then = old["equilibria"]
        changed = [
            f"{CONCEPT_NAMES.get(concept, concept)} {then.get(concept)} then, {now} now"
            for concept, now in new["equilibria"].items()
            if then.get(concept) != now
        ]
        yield f"equilibria: {'; '.join(changed)}"
    for deal in dict.fromkeys([*old["deals"], *new["deals"]]):
        was, now = (one["deals"].get(deal, "not named") for one in (old, new))
        if was != now:
            yield f"the deal {deal} was “{was}”, and is “{now}”"
    if old["status_quo"] != new["status_quo"]:
        yield f"the status quo was {old['status_quo']}, and is {new['status_quo']}"
    yield from _conditions(old["conditions"], new["conditions"])


def _name(verdict: str | None) -> str:
    return VERDICT_NAMES.get(verdict or "", "none")


def _conditions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for part in dict.fromkeys([*old, *new]):
        if part not in new:
            yield f"because {part} is no longer in the model, or has no condition"
        elif part not in old:
            yield f"because {part} is new in the model, or has a condition now"
        elif old[part]["in_force"] != new[part]["in_force"]:
            facts = [
                f"{id_}: {old[part]['facts'].get(id_, 'not asked')} then, {now} now"
                for id_, now in new[part]["facts"].items()
                if old[part]["facts"].get(id_) != now
            ]
            how = "is now in force" if new[part]["in_force"] else "is no longer in force"
            why = f" ({join(facts)})" if facts else ""
            yield f"because {part} {how}{why}"


def changes_screen(lines: Sequence[str], name: str) -> RenderableType:
    """Return what changed since a transcript."""
    if not lines:
        return Text(f"Nothing has changed since {name} was written.", "dim")
    return section(f"What changed since {name} was written", [("", lines)])
