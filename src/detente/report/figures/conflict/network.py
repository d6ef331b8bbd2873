"""The state graph as drawn: boxes in layers, curves between them, a letter on each curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import NamedTuple

from detente.analysis import Findings
from detente.analysis.diagnosis import VERDICT_CONCEPTS
from detente.report.figures.conflict.layers import Key, Layered, layered, placed
from detente.report.figures.conflict.states import Labels
from detente.report.figures.conflict.ways import Step, Ways
from detente.report.figures.figure import Dot, Mark, Path_, Rect, Text
from detente.report.figures.layout.shapes import tip
from detente.report.figures.palette import dm_paint
from detente.report.figures.text import Box, fit, overlap, width_of, wrapped
from detente.report.sentences.matter import kind_of
from detente.report.sentences.words import Words

__all__ = ["DASH", "GUTTER", "LEAST", "SIDE", "Network", "badge", "box", "letters"]

#: the dashes of a mere move
DASH = "5 4"
#: the room at the left for what is said of a layer, the narrowest box, and between boxes
GUTTER, LEAST, SIDE = 86, 34, 14
_PAD, _WIDEST, _LINES = 8, 150, 3
_NUMBER, _WORD = 12, 9.5
#: the height between layers, and how deep the controls of curves within a layer hang: by turns,
#: so that long ones do not run into one another
_BETWEEN, _HANGS = 58, (24, 32, 40, 48)
_BADGE = 7.0
#: the room of a line that passes a layer
_PASSING = 6.0
#: where on a curve its letter may stand
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15)


class _Curve(NamedTuple):
    """A cubic curve; its ends run up or down."""

    x1: float
    y1: float
    x2: float
    y2: float
    hang: float = 0

    def at(self, t: float) -> tuple[float, float]:
        """Return a point of it."""
        (_, c1), (_, c2) = self.controls
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        x = (a + b) * self.x1 + (c + d) * self.x2
        return x, a * self.y1 + b * c1 + c * c2 + d * self.y2

    @property
    def controls(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return its control points."""
        middle = (self.y1 + self.y2) / 2 if not self.hang else self.y1 + self.hang
        return (self.x1, middle), (self.x2, middle)

    @property
    def d(self) -> str:
        """Return it in the words of SVG, without its start."""
        (a, b), (c, e) = self.controls
        return f"C{a:.1f} {b:.1f} {c:.1f} {e:.1f} {self.x2:.1f} {self.y2:.1f}"


def letters(names: Sequence[str]) -> list[str]:
    """Return a letter for each decision maker: its initial, or numbers where two share one."""
    initials = [name.strip()[:1].upper() for name in names]
    plain = all(letter.isalpha() and letter.isascii() for letter in initials)
    if plain and len(set(initials)) == len(initials):
        return initials
    return [str(k + 1) for k in range(len(names))]


def badge(x: float, y: float, letter: str, dm: int) -> list[Mark]:
    """Return the letter of a decision maker in a circle."""
    size = 9 if len(letter) == 1 else 8
    return [
        Dot(x, y, _BADGE, "ground", dm_paint(dm)),
        Text(x, y + 0.36 * size, letter, size, "middle", dm_paint(dm), bold=True),
    ]


def box(kind: str, holds: bool, at: Box, words: str = "") -> list[Mark]:
    """Return the outline of a state: filled for now, round for a deal, double if it holds."""
    wide, tall = at.right - at.left, at.bottom - at.top
    paint = {"now": "ink", "deal": "zone"}.get(kind, "ground")
    edge = "muted" if kind == "other" else "ink"
    round_ = min(tall / 2, 10) if kind == "deal" else 2
    marks: list[Mark] = []
    if holds:
        marks.append(Rect(at.left - 3, at.top - 3, wide + 6, tall + 6, "ground", edge, round_ + 3))
    marks.append(Rect(at.left, at.top, wide, tall, paint, edge, round_, tip=words))
    return marks


@dataclass(frozen=True)
class Network:
    """States in layers with the moves between them."""

    findings: Findings
    ways: Ways
    width: float

    @cached_property
    def signs(self) -> list[str]:
        """Return the letter of each decision maker."""
        return letters([dm.name for dm in self.findings.conflict.decision_makers])

    def holds(self, state: int) -> bool:
        """Tell whether a state is an equilibrium under SEQ."""
        return bool(self.findings.table.stable[VERDICT_CONCEPTS[0]][:, state].all())

    def runs_back(self, step: Step) -> bool:
        """Tell whether a step leads to a layer nearer to the status quo."""
        return self._layer_of[step.source] > self._layer_of[step.target]

    # -- measures --------------------------------------------------------------------------------

    @cached_property
    def graph(self) -> Layered:
        """Return the order of each layer."""
        return layered(self.ways.layers, [(step.source, step.target) for step in self.ways.steps])

    @property
    def fits(self) -> bool:
        """Tell whether every layer has room for its boxes and for the lines that pass it."""
        return self._room >= LEAST

    @cached_property
    def _room(self) -> float:
        """Return how wide boxes can be."""
        avail = self.width - GUTTER - _PAD - 6
        rooms = [float(_WIDEST)]
        for layer in self.graph.order:
            boxes = sum(isinstance(key, int) for key in layer)
            lines = len(layer) - boxes
            left = avail - lines * _PASSING - (len(layer) - 1) * SIDE
            rooms.append(left / boxes if boxes else _WIDEST)
        return min(rooms)

    @cached_property
    def _wide(self) -> float:
        numbers = [width_of(self._labels.number(s), _NUMBER, bold=True) for s in self.ways.states]
        words = [width_of(self._labels.short(s), _WORD) for s in self.ways.states]
        useful = max([*numbers, *(min(w, _WIDEST) for w in words)]) + 14
        return max(min(self._room, useful), LEAST)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.findings, self.ways.states)

    @cached_property
    def _lines(self) -> dict[int, list[str]]:
        """Return the words in each box."""
        room = self._wide - 10
        if room < 60:
            return {state: [] for state in self.ways.states}
        return {
            state: wrapped(self._labels.short(state), _WORD, room, _LINES)
            for state in self.ways.states
        }

    @cached_property
    def _tall(self) -> float:
        return 22 + 12 * max(map(len, self._lines.values()))

    @cached_property
    def x(self) -> Mapping[Key, float]:
        """Return the middle of every place."""
        return placed(
            self.graph,
            lambda key: self._wide if isinstance(key, int) else _PASSING,
            GUTTER + 3,
            self.width - _PAD - 3,
            SIDE,
        )

    @cached_property
    def _layer_of(self) -> dict[Key, int]:
        return {key: k for k, layer in enumerate(self.graph.order) for key in layer}

    def top(self, layer: int, y: float) -> float:
        """Return the upper edge of a layer's boxes, the first at a given height."""
        return y + 3 + layer * (self._tall + 6 + _BETWEEN)

    def box_of(self, state: int, y: float) -> Box:
        """Return where a state stands."""
        top, middle = self.top(self._layer_of[state], y), self.x[state]
        half = self._wide / 2
        return Box(middle - half, top, middle + half, top + self._tall)

    # -- marks -----------------------------------------------------------------------------------

    def marks(self, y: float) -> tuple[list[Mark], list[Step], float]:
        """Return what is drawn from a height on, the steps left without a letter, and the end.

        Curves come first, then their letters, and the boxes over both.
        """
        curves = self._curves(y)
        taken: list[Box] = [self.box_of(state, y) for state in self.ways.states]
        drawn: list[Mark] = []
        over: list[Mark] = []
        bare: list[Step] = []
        for step, parts in zip(self.ways.steps, curves, strict=True):
            drawn += self._line(step, parts)
            spot = _free(parts, taken)
            if spot is None:
                bare.append(step)
                continue
            taken.append(_around(*spot))
            over += badge(*spot, self.signs[step.dm], step.dm)
        boxes = [mark for state in self.ways.states for mark in self._box(state, y)]
        last = len(self.ways.layers) - 1
        bottom = self.top(last, y) + self._tall + 3
        if any(
            self._flat(step) and self._layer_of[step.source] == last for step in self.ways.steps
        ):
            bottom += 0.75 * max(_HANGS)
        return [*drawn, *over, *boxes], bare, bottom

    def _flat(self, step: Step) -> bool:
        return self._layer_of[step.source] == self._layer_of[step.target]

    def _ports(self) -> list[tuple[float, float]]:
        """Return where each line leaves and where it arrives, side by side in good order."""
        sides: dict[tuple[int, str], list[tuple[float, int, int]]] = {}
        for k, (step, chain) in enumerate(zip(self.ways.steps, self.graph.chains, strict=True)):
            leaves, arrives = ("top", "bottom") if self.runs_back(step) else ("bottom", "top")
            arrives = "bottom" if self._flat(step) else arrives
            sides.setdefault((step.source, leaves), []).append((self.x[chain[1]], k, 0))
            sides.setdefault((step.target, arrives), []).append((self.x[chain[-2]], k, 1))
        found = [[0.0, 0.0] for _ in self.ways.steps]
        for (state, _), ends in sides.items():
            apart = min(18.0, (self._wide - 12) / max(len(ends) - 1, 1))
            for place, (_, k, end) in enumerate(sorted(ends)):
                found[k][end] = self.x[state] + (place - (len(ends) - 1) / 2) * apart
        return [(a, b) for a, b in found]

    def _curves(self, y: float) -> list[list[_Curve]]:
        """Return the parts of every line: curves between layers, straight through a layer."""
        outer = 3.0
        found = []
        hangs = cycle(_HANGS)
        for step, chain, (leaves, arrives) in zip(
            self.ways.steps, self.graph.chains, self._ports(), strict=True
        ):
            tops = [self.top(self._layer_of[key], y) for key in chain]
            if self._flat(step):
                low = tops[0] + self._tall + outer
                found.append([_Curve(leaves, low, arrives, low, next(hangs))])
                continue
            near, far = (-outer, self._tall + outer)
            if not self.runs_back(step):
                near, far = far, near
            xs = [leaves, *(self.x[key] for key in chain[1:-1]), arrives]
            parts = []
            for k in range(len(chain) - 1):
                if k:
                    parts.append(_Curve(xs[k], tops[k] + far, xs[k], tops[k] + near))
                parts.append(_Curve(xs[k], tops[k] + near, xs[k + 1], tops[k + 1] + far))
            found.append(parts)
        return found

    def _line(self, step: Step, parts: Sequence[_Curve]) -> list[Mark]:
        back, up = self.runs_back(step), self.runs_back(step) or self._flat(step)
        end = parts[-1]
        paint = dm_paint(step.dm)
        words = Words.of(self.findings)
        move = words.change(step.source, step.target)
        told = f"{words.dm(step.dm)}, {words.label(step.source)} to {words.label(step.target)}"
        way = -1 if up else 1
        tail = end.y2 - 6 * way
        d = f"M{parts[0].x1:.1f} {parts[0].y1:.1f}" + "".join(part.d for part in parts)
        dash = DASH if step.kind == "move" else ""
        tip_, side = f"{end.x2:.1f} {end.y2:.1f}", 3.5
        head = f"M{end.x2 - side:.1f} {tail:.1f}L{tip_}L{end.x2 + side:.1f} {tail:.1f}"
        return [
            Path_(d, paint, 1 if back else 1.7, dash=dash, tip=tip(f"{told}: {move}")),
            Path_(head if back else f"{head}z", paint, 1.2, filled=not back),
        ]

    def _box(self, state: int, y: float) -> list[Mark]:
        at = self.box_of(state, y)
        kind = kind_of(self.findings, state)
        marks = box(kind, self.holds(state), at, tip(f"{kind}: {self._labels.full(state)}"))
        number = fit(self._labels.number(state), _NUMBER, self._wide - 6, bold=True)
        middle, lines = (at.left + at.right) / 2, self._lines[state]
        base = (at.top + at.bottom) / 2 + 5 - 6 * len(lines)
        ink = "ground" if kind == "now" else "ink"
        marks.append(Text(middle, base, number, _NUMBER, "middle", ink, bold=True))
        marks += [
            Text(middle, base + 12 * (k + 1), line, _WORD, "middle", ink)
            for k, line in enumerate(lines)
        ]
        return marks


def _around(x: float, y: float) -> Box:
    return Box(x - _BADGE - 2, y - _BADGE - 2, x + _BADGE + 2, y + _BADGE + 2)


def _free(parts: Sequence[_Curve], taken: Sequence[Box]) -> tuple[float, float] | None:
    """Return a point of a line around which nothing stands yet."""
    for part in parts:
        for t in _ALONG:
            spot = part.at(t)
            if not any(overlap(_around(*spot), box) for box in taken):
                return spot
    return None
