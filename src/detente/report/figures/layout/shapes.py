"""Shapes of marks, which tell apart without colour, and what a mark tells when it is pointed at."""

from __future__ import annotations

from typing import Literal

from detente.report.figures.figure import Dot, Mark, Path_, Rect

__all__ = ["ARROW", "SHAPES", "Shape", "arrow", "reach", "shape", "tip"]

Shape = Literal["dot", "square", "triangle", "diamond", "cross"]
#: in the order in which they are given away
SHAPES: tuple[Shape, ...] = ("dot", "square", "triangle", "diamond", "cross")

#: how long the arrow of a bound is
ARROW = 13
#: the most characters of a tip
_MOST = 300


def tip(text: str) -> str:
    """Return a text for a tip, cut with an ellipsis where it is long."""
    return text if len(text) <= _MOST else f"{text[: _MOST - 1].rstrip()}…"


def shape(
    kind: Shape, x: float, y: float, *, radius: float = 4, paint: str = "ink", hollow: bool = False,
    tip: str = "",
) -> list[Mark]:  # fmt: skip
    """Return a mark of a shape around a place; a hollow one hides what lies under it."""
    r = radius
    match kind:
        case "dot":
            return [Dot(x, y, r, "ground" if hollow else paint, paint, tip)]
        case "square":
            fill = "ground" if hollow else paint
            return [Rect(x - r, y - r, 2 * r, 2 * r, fill, paint, tip=tip)]
        case "cross":
            ways = f"M{x - r:.1f} {y - r:.1f}l{2 * r} {2 * r}m0 {-2 * r}l{-2 * r} {2 * r}"
            return [Path_(ways, paint, 1 if hollow else 2, tip=tip)]
        case "triangle":
            d = f"M{x:.1f} {y - 1.2 * r:.1f}l{1.2 * r:.1f} {2 * r}h{-2.4 * r:.1f}Z"
        case "diamond":
            far = 1.3 * r
            d = f"M{x - far:.1f} {y:.1f}l{far:.1f} {-far:.1f}l{far:.1f} {far:.1f}"
            d += f"l{-far:.1f} {far:.1f}Z"
    if not hollow:
        return [Path_(d, paint, filled=True, tip=tip)]
    return [Path_(d, "ground", filled=True), Path_(d, paint, 1.5, tip=tip)]


def arrow(
    x: float, y: float, paint: str, *, down: bool, long: float = ARROW, tip: str = ""
) -> Path_:
    """Return a bar at a bound with an arrow to the side on which the number lies."""
    way = 1 if down else -1
    d = f"M{x - 5:.1f} {y:.1f}h10m-5 0v{way * long:.1f}m-3 {-4 * way}l3 {4 * way}l3 {-4 * way}"
    return Path_(d, paint, 1.5, tip=tip)


def reach(x: float, low: float, high: float, paint: str, tip: str = "") -> Path_:
    """Return a bar from one number to another."""
    d = f"M{x - 5:.1f} {low:.1f}h10m-5 0V{high:.1f}m-5 0h10"
    return Path_(d, paint, 1.5, tip=tip)
