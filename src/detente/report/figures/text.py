"""How wide a text is, and what of it fits: figures are laid out without a browser at hand.

Widths are those of DejaVu Sans, the widest of the fonts in the palette's stack, so that what fits
here fits with any of them.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from detente.report.templating import clean

__all__ = ["Box", "fit", "overlap", "width_of", "wrapped"]

#: thousandths of the size, from U+0020 to U+007E
_WIDTHS = (
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
)  # fmt: skip
#: the same for what is beyond: most letters, and what fills a square
_LETTER, _WIDE = 760, 1380
#: how much wider bold is at most, in narrow letters
_BOLD = 1.2

#: how much of a text is ever looked at: no figure has room for more
_MOST = 400


class Box(NamedTuple):
    """The space that a label takes: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at most, in the units of the figure."""
    total = 0
    for mark in text:
        code = ord(mark)
        if 32 <= code < 127:
            total += _WIDTHS[code - 32]
        elif unicodedata.combining(mark) or unicodedata.category(mark) == "Cf":
            continue
        elif unicodedata.east_asian_width(mark) in "WF" or code > 0xFFFF:
            total += _WIDE
        else:
            total += 1000 if unicodedata.category(mark)[0] in "SP" else _LETTER
    return total * size / 1000 * (_BOLD if bold else 1)


def fit(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """Return a text on one line, cut with an ellipsis where it is wider than the room it has."""
    line = " ".join(clean(text[: 4 * _MOST]).split())[:_MOST]
    if len(text) <= 4 * _MOST and width_of(line, size, bold=bold) <= room:
        return line
    left = room - width_of("…", size, bold=bold)
    kept = 0
    while kept < len(line):
        left -= width_of(line[kept], size, bold=bold)
        if left < 0:
            break
        kept += 1
    return f"{line[:kept].rstrip()}…" if kept else ""


def wrapped(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """Return a text broken between words into lines, the last of at most so many cut by `fit`."""
    words = fit(text, size, room * most, bold=bold).split()
    lines: list[str] = []
    while words and len(lines) < most - 1:
        kept = 1
        while kept < len(words) and width_of(" ".join(words[: kept + 1]), size, bold=bold) <= room:
            kept += 1
        lines.append(fit(" ".join(words[:kept]), size, room, bold=bold))
        words = words[kept:]
    if words:
        lines.append(fit(" ".join(words), size, room, bold=bold))
    return [line for line in lines if line]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than an edge."""
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
