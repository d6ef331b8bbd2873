"""What a later replay found otherwise than an earlier transcript of it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from detente.report.sentences.phrases import CONCEPT_NAMES, VERDICT_NAMES, count, join
from detente.report.sentences.sections import Section

__all__ = ["changes_section", "transcript_changes"]


def changes_section(lines: list[str], name: str) -> Section:
    """Return what changed since a transcript was written."""
    if not lines:
        return Section("changes", f"Nothing has changed since {name} was written.")
    return Section.of_lines("changes", f"What changed since {name} was written", lines)


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
    if old.get("title") != new.get("title"):
        yield f"The transcript is of “{old.get('title')}”, and this is “{new.get('title')}”."
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
        was, now = (count(one["zone"] or 0, "state") for one in (old, new))
        yield f"the zone held {was}, and holds {now}"
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
