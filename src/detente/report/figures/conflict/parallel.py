"""Deals as lines over parallel axes, one axis for each decision maker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from detente.analysis import Findings
from detente.report.figures.figure import Line, Mark, Path_, Text
from detente.report.figures.layout.shapes import tip
from detente.report.figures.layout.spacing import spaced
from detente.report.figures.palette import dm_paint
from detente.report.figures.text import fit, width_of, wrapped
from detente.report.sentences.phrases import join, ordinal
from detente.report.sentences.words import Words

__all__ = ["PALE", "REFUSED", "STRONG", "UNHELD", "Offer", "Parallel", "cross", "offers"]

#: colour and width of lines: what nothing else betters for all, and the rest
STRONG, PALE = ("accent", 2.2), ("grade-smr", 1.2)
#: the dashes of what does not hold, and of what is refused
UNHELD, REFUSED = "6 4", "2 3"
_PAD, _LABEL, _ROW = 8, 10.5, 13
#: the room for ranks beside the first axis, the least between axes, from the last to its labels
_LEFT, _APART, _LEAD = 4, 58, 26
#: how far lines go on after the last axis, so that its own words have room
_TAIL = 46
#: how tall the room above the status quo is: without deals, at least and at most; and below it
_EMPTY, _ABOVE, _TALLEST, _BELOW, _STUB = 80, 190, 420, 110, 22
#: how far from the end of its line the number of a deal that is not efficient may stand
_ASIDE = 20
#: how many named deals are spelled out
_NAMED = 8


@dataclass(frozen=True)
class Offer:
    """States that everybody ranks alike, as one line.

    Attributes
    ----------
    states : tuple of int
        All deals of these ranks, the most promising first.
    efficient : bool or None
        As in `Deal`.
    holds : bool
        Whether one of them is an equilibrium under SEQ.
    names : tuple of str
        Of the named deals that look at one of the states.
    refusers : tuple of int
        Who likes it less than the status quo.
    """

    states: tuple[int, ...]
    efficient: bool | None
    holds: bool
    names: tuple[str, ...] = ()
    refusers: tuple[int, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether somebody refuses it."""
        return bool(self.refusers)

    @property
    def strong(self) -> bool:
        """Tell whether nothing is known to be better for all."""
        return self.efficient is not False


def offers(findings: Findings, most: int) -> tuple[list[Offer], int]:
    """Return the lines to draw, and how many deals none is drawn for.

    Named deals come first, then deals in the order of the diagnosis.
    """
    diagnosis, graph = findings.diagnosis, findings.graph
    assert diagnosis is not None
    held = findings.table.stable["seq"]
    found: dict[tuple[int, ...], Offer] = {}

    def add(state: int, efficient: bool | None, name: str = "", by: tuple[int, ...] = ()) -> None:
        ranks = tuple(int(rank[state]) for rank in graph.ranks)
        old = found.get(ranks, Offer((), efficient, False, (), by))
        found[ranks] = replace(
            old,
            states=old.states if state in old.states else (*old.states, state),
            efficient=old.efficient if efficient is None else efficient,
            holds=old.holds or bool(held[:, state].all()),
            names=(*old.names, name) if name and name not in old.names else old.names,
        )

    for answer in findings.answers:
        if answer.state is not None and (answer.deal is not None or answer.refusals):
            by = tuple(refusal.dm for refusal in answer.refusals)
            add(answer.state, None, answer.named.name, by)
    for deal in diagnosis.deals:
        add(deal.state, deal.efficient)
    drawn = list(found.values())[:most]
    deals = sum(len(offer.states) for offer in drawn if not offer.refused)
    return drawn, len(diagnosis.zone) - deals


def cross(x: float, y: float) -> str:
    """Return a cross around a point."""
    return f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"


@dataclass(frozen=True)
class Parallel:
    """Axes with lines over them."""

    findings: Findings
    offers: Sequence[Offer]
    width: float

    # -- measures --------------------------------------------------------------------------------

    @cached_property
    def words(self) -> Words:
        """Return the words for states and decision makers."""
        return Words.of(self.findings)

    @cached_property
    def _labels(self) -> list[str]:
        texts = []
        for offer in self.offers:
            text = self.words.label(offer.states[0])
            more = len(offer.states) - 1
            texts.append(fit(f"{text} +{more}" if more else text, _LABEL, self.width / 5))
        return texts

    @cached_property
    def _right(self) -> float:
        """Return where labels begin."""
        wide = [width_of(text, _LABEL, bold=True) for text in self._labels]
        return self.width - _PAD - max([0.0, *wide])

    @cached_property
    def dms(self) -> range:
        """Return the decision makers that have an axis."""
        room = self._right - _LEAD - _TAIL - _PAD - _LEFT
        return range(min(len(self.findings.graph.dms), 1 + max(int(room // _APART), 0)))

    @cached_property
    def _x(self) -> list[float]:
        first, last = _PAD + _LEFT, self._right - _LEAD - _TAIL
        apart = (last - first) / max(len(self.dms) - 1, 1)
        return [first + k * apart for k in self.dms]

    def _room(self, dm: int) -> float:
        """Return how much room there is from an axis to the next, or to the numbers."""
        if dm + 1 < len(self.dms):
            return self._x[dm + 1] - self._x[dm]
        return self._right - self._x[dm]

    @cached_property
    def _heights(self) -> tuple[float, float]:
        """Return how much room there is above and below the status quo."""
        strong = sum(offer.strong for offer in self.offers)
        above = min(max(_ABOVE, _ROW * strong), _TALLEST) if self.offers else _EMPTY
        return above, _BELOW if any(offer.refused for offer in self.offers) else _STUB

    def _y(self, dm: int, state: int) -> float:
        """Return how far below the top of its axis a state stands."""
        assert self.findings.diagnosis is not None
        rank = self.findings.graph.ranks[dm]
        now, best, here = (
            int(rank[self.findings.diagnosis.status_quo]),
            int(rank.max()),
            int(rank[state]),
        )
        above, below = self._heights
        if here >= now:
            return above * (best - here) / (best - now) if best > now else above
        return above + below * (now - here) / (now - 1)

    # -- marks -----------------------------------------------------------------------------------

    def marks(self, y: float) -> tuple[list[Mark], float, int]:
        """Return what is drawn from a height on, where it ends, and how many labels had no room."""
        marks, top = self._names(y)
        above, below = self._heights
        line = top + above
        right = self._right - _LEAD
        zone = f"M{self._x[0]:.1f} {top:.1f}H{right:.1f}V{line:.1f}H{self._x[0]:.1f}z"
        marks.append(Path_(zone, "zone", filled=True))
        marks += [mark for dm in self.dms for mark in self._axis(dm, top)]
        marks.append(Line(self._x[0], line, right, line, "ink", 1))
        # pale lines below strong ones, and what is refused over both
        order = sorted(
            range(len(self.offers)),
            key=lambda k: (self.offers[k].refused, self.offers[k].strong, -k),
        )
        for k in order:
            marks += self._line(self.offers[k], top)
        more, dropped = self._ends(top)
        return [*marks, *more], line + below + 8, dropped

    def _names(self, y: float) -> tuple[list[Mark], float]:
        last = self.dms[-1]
        rooms = [
            self._room(dm) if dm != last else self.width - _PAD - self._x[dm] for dm in self.dms
        ]
        names = [
            wrapped(self.words.dm(dm), 11, room - 8, 2, bold=True)
            for dm, room in zip(self.dms, rooms, strict=True)
        ]
        tall = max([1, *map(len, names)])
        marks: list[Mark] = [
            Text(
                self._x[dm],
                y + 11 + 13 * (tall - len(lines) + k),
                line,
                11,
                paint=dm_paint(dm),
                bold=True,
                tip=tip(self.words.dm(dm)),
            )
            for dm, lines in zip(self.dms, names, strict=True)
            for k, line in enumerate(lines)
        ]
        return marks, y + 13 * tall + 20

    def _axis(self, dm: int, top: float) -> list[Mark]:
        assert self.findings.diagnosis is not None
        rank = self.findings.graph.ranks[dm]
        best, now = int(rank.max()), int(rank[self.findings.diagnosis.status_quo])
        above, below = self._heights
        x = self._x[dm]
        start = top if best > now else top + above
        end = top + above + (below if now > 1 else 0)
        marks: list[Mark] = [Line(x, start, x, end, dm_paint(dm), 1.5)]
        room = self._room(dm) - 8
        here = f"{ordinal(best - now + 1)}, now"
        told = [("1st", start - 4)] if best > now else []
        told.append((here, top + above + 12))
        if now > 1 and below >= _BELOW:
            told.append((ordinal(best), top + above + below + 4))
        marks += [
            Text(x + (0 if at < top else 4), at, text, 9, paint="muted")
            for text, at in told
            if width_of(text, 9) <= room
        ]
        return marks

    def _line(self, offer: Offer, top: float) -> list[Mark]:
        points = [(self._x[dm], top + self._y(dm, offer.states[0])) for dm in self.dms]
        right = self._right - _LEAD
        d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*points, (right, points[-1][1])])
        numbers = join(map(self.words.label, offer.states[:12]))
        names = "".join(f", {name}" for name in offer.names)
        words = tip(f"{numbers}{names}: {self.words.state(offer.states[0])}")
        if offer.refused:
            missed = [points[dm] for dm in offer.refusers if dm in self.dms]
            return [
                Path_(d, "warn", 1.5, dash=REFUSED, tip=words),
                *(Path_(cross(*point), "warn", 2) for point in missed),
            ]
        paint, wide = STRONG if offer.strong else PALE
        return [Path_(d, paint, wide, dash="" if offer.holds else UNHELD, tip=words)]

    def _ends(self, top: float) -> tuple[list[Mark], int]:
        """Return the numbers at the right with their leaders, and how many had no room."""
        last, start = self.dms[-1], self._right - _LEAD
        high = top + sum(self._heights)
        wished = [top + self._y(last, offer.states[0]) for offer in self.offers]
        places = self._places(wished, top, high)
        marks: list[Mark] = []
        for k, y in sorted(places.items()):
            offer = self.offers[k]
            paint = "warn" if offer.refused else "accent" if offer.strong else "muted"
            marks.append(Line(start, wished[k], self._right - 3, y, "line"))
            marks.append(
                Text(self._right, y + 4, self._labels[k], _LABEL, paint=paint, bold=offer.strong)
            )
        return marks, len(self.offers) - len(places)

    def _places(self, wished: Sequence[float], low: float, high: float) -> dict[int, float]:
        """Return the heights of the numbers: of all strong lines, and of others close by."""
        keys = range(len(wished))
        first = sorted(keys, key=lambda k: (not self.offers[k].names, k))
        first = [k for k in first if self.offers[k].strong or self.offers[k].names]
        order = sorted(first[: int((high - low) // _ROW) + 1], key=lambda k: (wished[k], k))
        apart = [_ROW * k for k in range(len(order))]
        spread = spaced([wished[k] for k in order], apart, low, high).tolist()
        places = dict(zip(order, spread, strict=True))
        for k in keys:
            if k in places:
                continue
            taken = list(places.values())
            near = [wished[k], *(y + side for y in taken for side in (-_ROW, _ROW))]
            free = [
                y
                for y in near
                if low <= y <= high
                and abs(y - wished[k]) <= _ASIDE
                and all(abs(y - other) >= _ROW for other in taken)
            ]
            if free:
                places[k] = min(free, key=lambda y: abs(y - wished[k]))
        return places

    def named(self, y: float) -> tuple[list[Mark], float]:
        """Return the named deals in words, one a line."""
        marks: list[Mark] = []
        told = [offer for offer in self.offers if offer.names][:_NAMED]
        numbers = [fit(self.words.label(offer.states[0]), 11, 60, bold=True) for offer in told]
        column = _PAD + max([0.0, *(width_of(number, 11, bold=True) for number in numbers)])
        for offer, number in zip(told, numbers, strict=True):
            who = self.words.dms(offer.refusers) if offer.refused else "nobody"
            text = f"refused by {who}: {' / '.join(offer.names)}"
            paint = "warn" if offer.refused else "accent"
            marks.append(Text(column, y + 12, number, 11, "end", paint, bold=True))
            for line in wrapped(text, 11, self.width - column - 8 - _PAD, 2):
                marks.append(Text(column + 8, y + 12, line, 11, paint="muted", tip=tip(text)))
                y += 14
            y += 3
        return marks, y
