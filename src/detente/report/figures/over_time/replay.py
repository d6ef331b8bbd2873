"""How the answer moved: the verdict, the number of deals and what became of named ones, by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from detente.analysis.replay import Replay, Step
from detente.record.dates import DAY, day_text, parse_when
from detente.report.figures.figure import Figure, Line, Mark, Path_, Text
from detente.report.figures.layout.axis import TimeAxis, period
from detente.report.figures.layout.legend import flow, note
from detente.report.figures.layout.scale import Scale, number, scale_for
from detente.report.figures.layout.shapes import tip
from detente.report.figures.layout.spots import Spots
from detente.report.figures.over_time.changing import Band, draw, stretches
from detente.report.figures.text import Box
from detente.report.sentences.named import short_of
from detente.report.sentences.phrases import VERDICT_NAMES, count, join

__all__ = ["plot_replay"]

_LEAST_WIDTH = 320
_PAD, _SIZE = 8, 11
#: how high the line of the number of deals is, and how far apart its ticks
_ZONE, _APART = 90, 28
#: of more changes of the verdict the description tells only how many there are
_TOLD = 8
_NO_VERDICT = "no status quo"

#: what the bands are coloured by; each says in words what it is
_PAINTS = {
    VERDICT_NAMES["open"]: "dm2",
    VERDICT_NAMES["drift"]: "muted",
    VERDICT_NAMES["no-bargaining-space"]: "dm3",
    VERDICT_NAMES["commitment-problem"]: "dm1",
    VERDICT_NAMES["sequencing-problem"]: "dm4",
    VERDICT_NAMES["fear-of-countermove"]: "dm5",
    VERDICT_NAMES["misperception"]: "dm0",
    "stands now": "dm0",
    "refused": "dm3",
    "would not hold": "dm1",
    "out of reach": "dm4",
    "would hold, safe way": "dm2",
    "would hold, no safe way": "dm4",
    "would hold; the first step is feared": "dm5",
}


def plot_replay(replay: Replay, *, width: float = 960) -> Figure:
    """Draw how the answer moved as events unfolded.

    Parameters
    ----------
    replay : Replay
    width : float
        In CSS pixels, at least 320.
    """
    width = max(width, _LEAST_WIDTH)
    days = [parse_when(step.on).earliest for step in replay.steps]
    start, end = parse_when(replay.start), parse_when(replay.end)
    # the last step goes on to the end of the last day
    ends = [*days[1:], end.latest + 1]
    time = period((start.earliest, end.latest), start, end)
    zones = [_zone(step) for step in replay.steps]
    values = [Fraction(zone) for zone in zones if zone is not None]
    room = scale_for(values, 0, _ZONE, apart=_APART).room
    axis = TimeAxis(*time, _PAD + room + 8, width - _PAD - 10, width)
    spans = list(zip(days, ends, strict=True))
    verdict = Band("Verdict", stretches(spans, [_verdict(step) for step in replay.steps]))
    deals = [Band(name, stretches(spans, told)) for _, name, told in _deals(replay)]
    marks, height = _drawn(verdict, deals, spans, zones, axis)
    return Figure(
        "replay",
        tip(f"Replay of {replay.steps[0].findings.conflict.title}"),
        _description(replay, verdict, zones),
        width,
        height,
        _content(replay, spans),
        marks,
    )


def _drawn(
    verdict: Band,
    deals: Sequence[Band],
    spans: Sequence[tuple[int, int]],
    zones: Sequence[int | None],
    axis: TimeAxis,
) -> tuple[list[Mark], float]:
    wide = axis.width - 2 * _PAD
    bands = draw([verdict, *deals], axis, _paint)
    marks, y = list[Mark](), float(_PAD)
    if bands.samples:
        marks, y = flow(bands.samples, x=_PAD, y=y, width=wide, most=wide)
    dates, y = _turns(spans, axis, y + 4)
    top = y
    content, y = bands.marks([verdict], y + 4)
    values = [Fraction(zone) for zone in zones if zone is not None]
    content.append(Text(axis.left, y + 14, "Number of deals", 12, bold=True))
    scale = scale_for(values, y + 36, y + 36 + _ZONE, apart=_APART)
    content += scale.marks(axis.left, axis.right)
    content += _line(spans, zones, axis, scale)
    y = scale.bottom + 12
    if deals:
        more, y = bands.marks(deals, y)
        content += more
    lines = [Line(axis.x(day), top, axis.x(day), y, "soft") for day in _thinned(spans[1:], axis)]
    marks += [*dates, *lines, *content, *axis.labels(y)]
    told, y = note(bands.notes, x=_PAD, y=y + axis.room + 4, width=wide)
    return [*marks, *told], y + _PAD


def _turns(spans: Sequence[tuple[int, int]], axis: TimeAxis, y: float) -> tuple[list[Mark], float]:
    """Return a tick for every day on which the conflict turned, and its date where it has room."""
    days = _thinned(spans[1:], axis)
    marks: list[Mark] = [Line(axis.x(day), y + 14, axis.x(day), y + 19, "ink") for day in days]
    end = axis.left - 20
    for day in days:
        label = Text(axis.x(day), y + 10, day_text(day), _SIZE, "middle", "muted")
        if label.box.left >= end and label.box.right <= axis.width:
            marks.append(label)
            end = label.box.right + 8
    return marks, y + (19 if days else 0)


def _thinned(spans: Sequence[tuple[int, int]], axis: TimeAxis) -> list[int]:
    """Return the days of turns; of those at one place the first."""
    return list({int(axis.x(day) / 3): day for day, _ in reversed(spans)}.values())[::-1]


def _line(
    spans: Sequence[tuple[int, int]],
    zones: Sequence[int | None],
    axis: TimeAxis,
    scale: Scale,
) -> list[Mark]:
    """Return the number of deals as a line of steps, with its first, last and outermost values."""
    d, before = list[str](), None
    for (day, end), zone in zip(spans, zones, strict=True):
        # where it stays the same the line only becomes longer
        if zone is not None and zone == before:
            d[-1] = f"H{axis.x(end):.1f}"
        elif zone is not None:
            d += ["V" if before is not None else f"M{axis.x(day):.1f} "]
            d[-1] += f"{scale.y(Fraction(zone)):.1f}"
            d.append(f"H{axis.x(end):.1f}")
        before = zone
    marks: list[Mark] = [Path_("".join(d), "accent", 2)] if d else []
    spots = Spots(Box(axis.left, scale.top - 14, axis.right + 10, scale.bottom + 12))
    known = [(span, zone) for span, zone in zip(spans, zones, strict=True) if zone is not None]
    if not known:
        return marks
    numbers = [zone for _, zone in known]
    for (day, end), zone in dict.fromkeys(
        (known[numbers.index(max(numbers))], known[-1], known[0])
    ):
        y, text = scale.y(Fraction(zone)), number(Fraction(zone))
        left, right = axis.x(day), axis.x(end)
        spots.put(
            [
                Text((left + right) / 2, y - 5, text, _SIZE, "middle", bold=True),
                Text(left + 2, y - 5, text, _SIZE, "start", bold=True),
                Text(right - 2, y - 5, text, _SIZE, "end", bold=True),
            ]
        )
    return [*marks, *spots.labels]


# -- what there is to draw -----------------------------------------------------------------------


def _verdict(step: Step) -> str:
    diagnosis = step.findings.diagnosis
    return _NO_VERDICT if diagnosis is None else VERDICT_NAMES[diagnosis.verdict]


def _zone(step: Step) -> int | None:
    diagnosis = step.findings.diagnosis
    return None if diagnosis is None else len(diagnosis.zone)


def _paint(told: str) -> str:
    return _PAINTS.get(told, "muted")


def _deals(replay: Replay) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the id and name of each named deal, and what became of it at each step."""
    told = [{one.named.id: short_of(one) for one in step.findings.answers} for step in replay.steps]
    names = {one.named.id: one.named.name for step in replay.steps for one in step.findings.answers}
    for id_, name in names.items():
        yield id_, name, [step.get(id_, "") for step in told]


def _description(replay: Replay, verdict: Band, zones: Sequence[int | None]) -> str:
    found = verdict.stretches
    if len(replay.steps) == 1:
        text = f"From {replay.start} to {replay.end} the conflict stays the same"
        text += f"; the verdict is “{found[0].told}”. "
    else:
        text = f"From {replay.start} to {replay.end} the conflict changes "
        text += f"{count(len(replay.steps) - 1, 'time')}. "
        if len(found) <= _TOLD:
            parts = [f"“{one.told}” from {day_text(one.start)}" for one in found]
            text += f"The verdict is {join(parts)}. "
        else:
            text += (
                f"The verdict changes {count(len(found) - 1, 'time')}, from “{found[0].told}” "
                f"to “{found[-1].told}”. "
            )
    known = [zone for zone in zones if zone is not None]
    if not known:
        return text.rstrip()
    low, high = min(known), max(known)
    held = f"{low:,}" if low == high else f"between {low:,} and {high:,}"
    verb, noun = ("is", "deal") if low == high == 1 else ("are", "deals")
    return f"{text}There {verb} {held} {noun}."


def _content(replay: Replay, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    deals = list(_deals(replay))
    return {
        "from": replay.start,
        "to": replay.end,
        "steps": [
            {
                "on": step.on,
                "until": day_text(end - DAY),
                "verdict": None
                if step.findings.diagnosis is None
                else step.findings.diagnosis.verdict,
                "zone": _zone(step),
                "deals": {id_: told[k] or None for id_, _, told in deals},
                "turned": [one.part for one in step.turned],
            }
            for k, (step, (_, end)) in enumerate(zip(replay.steps, spans, strict=True))
        ],
        "deals": {id_: name for id_, name, _ in deals},
    }
