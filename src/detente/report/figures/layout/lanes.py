"""Rows for labelled things that lie along a line, so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import TypeAlias

__all__ = ["Span", "choose", "lanes"]

#: where a thing begins and ends along the line, its label included
Span: TypeAlias = tuple[float, float]


def lanes(spans: Sequence[Span]) -> list[int]:
    """Return for each span the row it goes into; spans of a row share no more than an edge.

    From left to right each goes into the first row with room, which takes as few rows as there
    are spans at the place where most of them lie on one another.

    Parameters
    ----------
    spans : sequence of (float, float)

    Returns
    -------
    list of int
        Rows from 0, in the order of `spans`.

    Examples
    --------
    >>> lanes([(0, 10), (5, 15), (10, 20)])
    [0, 1, 0]
    """
    rows = [0] * len(spans)
    ends: list[float] = []
    for k in sorted(range(len(spans)), key=lambda k: spans[k]):
        left, right = spans[k]
        row = next((row for row, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(right)
        ends[row] = max(right, left)
        rows[k] = row
    return rows


def choose(spans: Sequence[Span], most: int) -> list[int]:
    """Return which spans go into so many rows, where those that come first have the first claim.

    Parameters
    ----------
    spans : sequence of (float, float)
        In the order in which they claim room; none of them left of 0.
    most : int
        How many rows there are.

    Returns
    -------
    list of int
        Indices into `spans`, in rising order; `lanes` of them needs at most `most` rows.
    """
    # how many of the chosen lie on each whole unit; rounding outwards never counts too few
    depth = [0] * (1 + max((ceil(right) for _, right in spans), default=0))
    chosen = []
    for k, (left, right) in enumerate(spans):
        taken = range(floor(left), max(ceil(right), floor(left) + 1))
        if all(depth[unit] < most for unit in taken):
            chosen.append(k)
            for unit in taken:
                depth[unit] += 1
    return chosen
