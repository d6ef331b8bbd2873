"""Where the rows and columns of the heat map of stability stand, and what is drawn there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from detente.analysis import Findings
from detente.report.figures.conflict.states import Labels
from detente.report.figures.figure import Line, Mark, Path_, Rect, Text
from detente.report.figures.layout.shapes import tip
from detente.report.figures.palette import dm_paint
from detente.report.figures.text import fit, width_of, wrapped
from detente.report.sentences.matter import STRICTEST_FIRST, kind_of
from detente.report.sentences.phrases import CONCEPT_NAMES, count, join

__all__ = ["CELL", "Heatmap", "Section", "speck"]

#: the columns of one decision maker, or of everybody
Holder: TypeAlias = int | None

CELL = 12
_PAD, _ROW, _HEADING, _BARS = 8, 18, 20, 22
#: how far apart columns stand: as far as the words of the states leave room for
_PITCHES = (20, 17, 14, 12, 10)
#: the room between decision makers
_GAP = 12
#: how much room words are given before columns move together, the most they take, the least
_WISHED, _WORDS, _WORTH = 300, 460, 60
#: at most so many decision makers, and cells with a tip
_HOLDERS, _TIPS = 12, 400


class Section(NamedTuple):
    """Rows under one heading."""

    heading: str
    states: tuple[int, ...]


class _Measures(NamedTuple):
    """How far apart columns stand, how much room words have, and what stands side by side."""

    pitch: float
    words: float
    panels: list[tuple[Holder, ...]]


def speck(x: float, y: float) -> str:
    """Return the mark of what is not stable, around a point."""
    return f"M{x - 1:g} {y - 1:g}h2v2h-2z"


@dataclass(frozen=True)
class Heatmap:
    """States by decision makers and concepts."""

    findings: Findings
    sections: tuple[Section, ...]
    width: float

    @cached_property
    def states(self) -> tuple[int, ...]:
        """Return the states that have a row."""
        return tuple(state for section in self.sections for state in section.states)

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """Return the concepts, the strictest first."""
        return tuple(c for c in STRICTEST_FIRST if c in self.findings.table.concepts)

    @cached_property
    def holders(self) -> tuple[Holder, ...]:
        """Return everybody, and then the decision makers that are drawn."""
        return (None, *self.findings.graph.dms[: _HOLDERS - 1])

    @cached_property
    def totals(self) -> dict[tuple[Holder, str], int]:
        """Return in how many of all states each column is stable."""
        found: dict[tuple[Holder, str], int] = {}
        for concept in self.concepts:
            stable = self.findings.table.stable[concept]
            found[None, concept] = int(stable.all(axis=0).sum())
            for dm in self.findings.graph.dms:
                found[dm, concept] = int(stable[dm].sum())
        return found

    def stable(self, state: int, holder: Holder) -> list[str]:
        """Return the concepts under which a state is stable."""
        at = {c: self.findings.table.stable[c][:, state] for c in self.concepts}
        return [c for c, row in at.items() if (row.all() if holder is None else row[holder])]

    def marks(self, y: float) -> tuple[list[Mark], float]:
        """Return what is drawn from a height on, and where it ends."""
        marks: list[Mark] = []
        for panel in self._measures.panels:
            more, y = self._panel(panel, y)
            marks += more
            y += 6
        return marks, y

    # -- measures --------------------------------------------------------------------------------

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.findings, self.states)

    @cached_property
    def _numbers(self) -> float:
        wide = [width_of(self._labels.number(state), 11, bold=True) for state in self.states]
        return min(max([16.0, *wide]), self.width / 4)

    @cached_property
    def _measures(self) -> _Measures:
        left = self.width - 2 * _PAD - self._numbers - _GAP
        needed = max([0.0, *(width_of(self._labels.short(s), 11) for s in self.states)])
        needed = min(needed + 1, _WORDS)
        for pitch in _PITCHES:
            room = left - self._wide(len(self.holders), pitch) - 8
            if room >= min(needed, _WISHED) or (pitch == _PITCHES[-1] and room >= _WORTH):
                return _Measures(pitch, min(room, needed), [self.holders])
        # without words, and in several panels where even that is too wide
        pitch = 14 if self._wide(len(self.holders), 14) <= left else 12
        holders = len(self.holders)
        most = max(n for n in range(1, holders + 1) if n == 1 or self._wide(n, pitch) <= left)
        each = -(-holders // -(-holders // most))
        rows = range(0, len(self.holders), each)
        return _Measures(pitch, 0, [self.holders[k : k + each] for k in rows])

    def _wide(self, holders: int, pitch: float) -> float:
        return holders * (len(self.concepts) * pitch + _GAP) - _GAP

    @cached_property
    def _first(self) -> float:
        words = self._measures.words
        return _PAD + self._numbers + _GAP + (words + 8 if words else 0)

    @cached_property
    def _block(self) -> float:
        return len(self.concepts) * self._measures.pitch

    def _left(self, k: int) -> float:
        return self._first + k * (self._block + _GAP)

    # -- marks -----------------------------------------------------------------------------------

    def _panel(self, panel: Sequence[Holder], y: float) -> tuple[list[Mark], float]:
        marks, y = self._names(panel, y)
        more, y = self._totals(panel, y)
        marks += more
        right = self._left(len(panel) - 1) + self._block
        specks: list[str] = []
        for section in self.sections:
            heading = fit(section.heading, 10, right - _PAD)
            if heading:
                marks.append(Text(_PAD, y + _HEADING - 6, heading, 10, paint="muted"))
                y += _HEADING
            marks.append(Line(_PAD, y, right, y, "line"))
            y += 1
            for state in section.states:
                marks += self._row(state, y)
                for k, holder in enumerate(panel):
                    found = self.stable(state, holder)
                    marks += self._cells(state, holder, found, (self._left(k), y))
                    specks += [
                        speck(self._left(k) + (at + 0.5) * self._measures.pitch, y + _ROW / 2)
                        for at, concept in enumerate(self.concepts)
                        if concept not in found
                    ]
                y += _ROW
        if specks:
            marks.append(Path_("".join(specks), "muted", filled=True))
        return marks, y

    def _names(self, panel: Sequence[Holder], y: float) -> tuple[list[Mark], float]:
        """Return who the columns are of."""
        names = [wrapped(self._name(holder), 11, self._block + 4, 2) for holder in panel]
        tall = max(map(len, names))
        marks: list[Mark] = [
            Text(
                self._left(k),
                y + 11 + 13 * (tall - len(lines) + row),
                line,
                11,
                paint=_paint(holder),
                tip=tip(self._name(holder)),
            )
            for k, (holder, lines) in enumerate(zip(panel, names, strict=True))
            for row, line in enumerate(lines)
        ]
        return marks, y + 13 * tall + 6

    def _totals(self, panel: Sequence[Holder], y: float) -> tuple[list[Mark], float]:
        """Return in how many of all states each column is stable, as bars, over the concepts."""
        size, pitch = self.findings.graph.size, self._measures.pitch
        digits = max(width_of(f"{self.totals[h, c]:,}", 9) for h in panel for c in self.concepts)
        turned = digits > pitch
        base = y + (digits if turned else 9) + 3 + _BARS
        bottom = base + 4 + max(width_of(CONCEPT_NAMES[c], 9) for c in self.concepts)
        marks: list[Mark] = []
        for text, at in ((f"of all {count(size, 'state')}", base), ("stable under", bottom - 2)):
            if self._measures.words and width_of(text, 10) <= self._first - _PAD - _GAP:
                marks.append(Text(self._first - _GAP, at, text, 10, "end", "muted"))
        for k, holder in enumerate(panel):
            for at, concept in enumerate(self.concepts):
                x = self._left(k) + at * pitch
                number = self.totals[holder, concept]
                tall = max(_BARS * number / size, 1) if number else 0
                marks.append(Rect(x + 1, base - tall, pitch - 2, tall, _paint(holder)))
                middle, told, top = x + pitch / 2, f"{number:,}", base - tall - 3
                marks.append(
                    Text(middle + 3, top, told, 9, paint="muted", turned=True)
                    if turned
                    else Text(middle, top, told, 9, "middle", "muted")
                )
                name = CONCEPT_NAMES[concept]
                marks.append(Text(middle + 3, bottom, name, 9, paint="ink", turned=True))
            marks.append(Line(self._left(k), base, self._left(k) + self._block, base, "line"))
        return marks, bottom + 5

    def _row(self, state: int, y: float) -> list[Mark]:
        words, number = self._measures.words, self._labels.number(state)
        now = kind_of(self.findings, state) == "now"
        full = tip(f"{kind_of(self.findings, state)}: {self._labels.full(state)}")
        right = _PAD + self._numbers
        cut = fit(number, 11, self._numbers, bold=True)
        marks: list[Mark] = [Text(right, y + 13, cut, 11, "end", bold=now, tip=full)]
        short = fit(self._labels.short(state), 11, words) if words else ""
        if short:
            marks.append(Text(right + 8, y + 13, short, 11, paint="muted", tip=full))
        return marks

    def _cells(
        self, state: int, holder: Holder, found: Sequence[str], at: tuple[float, float]
    ) -> list[Mark]:
        if not found:
            return []
        pitch = self._measures.pitch
        wide, inset = pitch - 2, (_ROW - CELL) / 2
        squares = "".join(
            f"M{at[0] + k * pitch + 1:g} {at[1] + inset:g}h{wide:g}v{CELL}h-{wide:g}z"
            for k, concept in enumerate(self.concepts)
            if concept in found
        )
        words = ""
        if len(self.states) * len(self.holders) <= _TIPS:
            told = join(CONCEPT_NAMES[c] for c in found)
            words = tip(f"{self._labels.number(state)}, {self._name(holder)}: stable under {told}")
        return [Path_(squares, _paint(holder), filled=True, tip=words)]

    def _name(self, holder: Holder) -> str:
        return "everybody" if holder is None else self._labels.words.dm(holder)


def _paint(holder: Holder) -> str:
    return "ink" if holder is None else dm_paint(holder)
