"""Places on a line, as near as can be to those wished for, that keep their distance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.graph.graph import Array

__all__ = ["spaced"]


def spaced(wished: Sequence[float], offsets: Sequence[float], low: float, high: float) -> Array:
    """Return places in the order given with the least squares from those wished for.

    Parameters
    ----------
    wished : sequence of float
    offsets : sequence of float
        How far each is from the first one, at least.
    low, high : float
        Where the first and the last may be; too little room is overrun at the high end.

    Returns
    -------
    float array, shape (len(wished),)

    Examples
    --------
    >>> spaced([10, 11, 40], [0, 10, 20], 0, 100).tolist()
    [5.5, 15.5, 40.0]
    """
    if not len(wished):
        return np.zeros(0)
    apart = np.asarray(offsets, dtype=np.float64)
    # without the distances this is the nearest rising sequence: neighbours in the wrong order
    # meet at their mean
    blocks: list[tuple[float, int]] = []
    for value in (np.asarray(wished, dtype=np.float64) - apart).tolist():
        mean, size = value, 1
        while blocks and blocks[-1][0] > mean:
            other, many = blocks.pop()
            mean, size = (mean * size + other * many) / (size + many), size + many
        blocks.append((mean, size))
    rising = np.repeat([mean for mean, _ in blocks], [size for _, size in blocks])
    return np.asarray(np.clip(rising, low, max(low, high - apart[-1])) + apart)
