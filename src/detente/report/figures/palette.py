"""The one palette of pages and figures, for light and dark grounds.

The colours of decision makers come from those of Okabe and Ito, which people who see colours
differently can tell apart, made darker until names can be written in them; nothing is told by
colour alone. Grades of stability go from dark to light, the
order that survives a print in grey. Text has a contrast of at least 4.5 with its ground (WCAG AA).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["DARK", "FONT", "LIGHT", "dm_paint", "grade_paint", "style"]

#: the same stack in pages and figures; the widths in `text` are those of its widest member
FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

LIGHT: Mapping[str, str] = {
    "ground": "#ffffff",
    "ink": "#1b1e23",
    "muted": "#575d66",
    "line": "#c9ced6",
    "soft": "#eef1f5",
    "accent": "#005a9c",
    "zone": "#d8ebde",
    "warn": "#8a4b00",
    "dm0": "#0068a5",
    "dm1": "#b84a00",
    "dm2": "#00785a",
    "dm3": "#9b3a8c",
    "dm4": "#7d6400",
    "dm5": "#4a5a8a",
    "grade-nash": "#08306b",
    "grade-sseq": "#1f5a9c",
    "grade-seq": "#3f82bd",
    "grade-smr": "#86b4d9",
    "grade-gmr": "#c2d9ec",
    "grade-none": "#ffffff",
    "on-dark": "#ffffff",
    "on-light": "#1b1e23",
}

DARK: Mapping[str, str] = {
    "ground": "#14171b",
    "ink": "#e8eaed",
    "muted": "#a9b0ba",
    "line": "#3f4650",
    "soft": "#1f242b",
    "accent": "#7cc0f5",
    "zone": "#1d3a2a",
    "warn": "#f0b429",
    "dm0": "#56b4e9",
    "dm1": "#f58a3c",
    "dm2": "#2fc79a",
    "dm3": "#dd8acb",
    "dm4": "#e0b93a",
    "dm5": "#9fd3f3",
    "grade-nash": "#c6dcf0",
    "grade-sseq": "#95bfe3",
    "grade-seq": "#669fd0",
    "grade-smr": "#34679a",
    "grade-gmr": "#23435f",
    "grade-none": "#14171b",
    "on-dark": "#14171b",
    "on-light": "#e8eaed",
}

#: from this decision maker on, colours come again
_DMS = 6


def dm_paint(index: int) -> str:
    """Return the name of the colour of a decision maker."""
    return f"dm{index % _DMS}"


def grade_paint(grade: str | None) -> str:
    """Return the name of the colour of a solution concept, or of none."""
    return f"grade-{grade or 'none'}"


def style(paints: Collection[str]) -> str:
    """Return the rules that colour a figure, and turn it dark where the reader's screen is.

    Parameters
    ----------
    paints : collection of str
        The names of the colours that it uses; others are left out.
    """

    def rules(palette: Mapping[str, str]) -> str:
        return "".join(
            f".f-{name}{{fill:{colour}}}.s-{name}{{stroke:{colour}}}"
            for name, colour in palette.items()
            if name in paints
        )

    return f"{rules(LIGHT)}@media screen and (prefers-color-scheme:dark){{{rules(DARK)}}}"
