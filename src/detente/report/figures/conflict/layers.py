"""Where the states of a layered graph stand: few crossings, and no line through a box.

After Sugiyama, Tagawa and Toda (1981): a line over several layers gets a place of its own in each
layer between; the order in each layer follows the mean of the neighbours, swept down and up; then
places move towards their neighbours as far as those beside them let them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from detente.report.figures.layout.spacing import spaced

__all__ = ["Key", "Layered", "layered", "placed"]

#: a state, or the place of the k-th line in a layer between
Key: TypeAlias = int | tuple[int, int]

_SWEEPS = 12


@dataclass(frozen=True)
class Layered:
    """Layers in order, and the places each line passes, both its ends included."""

    order: tuple[tuple[Key, ...], ...]
    chains: tuple[tuple[Key, ...], ...]


def layered(layers: Sequence[Sequence[int]], lines: Sequence[tuple[int, int]]) -> Layered:
    """Order the states of every layer, and make way for lines over several layers."""
    layer_of = {state: k for k, layer in enumerate(layers) for state in layer}
    order: list[list[Key]] = [list(layer) for layer in layers]
    chains: list[tuple[Key, ...]] = []
    for k, (source, target) in enumerate(lines):
        first, last = layer_of[source], layer_of[target]
        step = 1 if last > first else -1
        between = [(k, layer) for layer in range(first + step, last, step) if first != last]
        for key in between:
            order[key[1]].append(key)
        chains.append((source, *between, target))
    return Layered(_untangled(order, chains), tuple(chains))


def _untangled(
    order: list[list[Key]], chains: Sequence[Sequence[Key]]
) -> tuple[tuple[Key, ...], ...]:
    layer_of = {key: k for k, layer in enumerate(order) for key in layer}
    pairs = [
        (a, b) if layer_of[a] < layer_of[b] else (b, a)
        for chain in chains
        for a, b in pairwise(chain)
        if layer_of[a] != layer_of[b]
    ]
    best = [list(layer) for layer in order]
    fewest = _crossings(best, layer_of, pairs)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        layers = range(1, len(order)) if down else range(len(order) - 2, -1, -1)
        for k in layers:
            fixed = {key: at for at, key in enumerate(order[k - 1 if down else k + 1])}
            near: dict[Key, list[int]] = {}
            for upper, lower in pairs:
                moved, held = (lower, upper) if down else (upper, lower)
                if layer_of[moved] == k and held in fixed:
                    near.setdefault(moved, []).append(fixed[held])
            own = {key: at for at, key in enumerate(order[k])}
            order[k].sort(key=lambda key: _mean(near.get(key, [own[key]])))
        found = _crossings(order, layer_of, pairs)
        if found < fewest:
            fewest, best = found, [list(layer) for layer in order]
    return tuple(map(tuple, best))


def _mean(places: Sequence[int]) -> float:
    return sum(places) / len(places)


def _crossings(
    order: Sequence[Sequence[Key]], layer_of: Mapping[Key, int], pairs: Sequence[tuple[Key, Key]]
) -> int:
    at = {key: k for layer in order for k, key in enumerate(layer)}
    found = 0
    for i, (a, b) in enumerate(pairs):
        for c, d in pairs[:i]:
            if layer_of[a] == layer_of[c] and (at[a] - at[c]) * (at[b] - at[d]) < 0:
                found += 1
    return found


def placed(
    graph: Layered, width: Callable[[Key], float], left: float, right: float, gap: float
) -> dict[Key, float]:
    """Return the middle of every place between two edges, `gap` apart where there is room."""
    x: dict[Key, float] = {}
    for layer in graph.order:
        offsets = _offsets(layer, width, gap)
        start = (left + right - max([0.0, *offsets])) / 2
        x |= {key: start + offset for key, offset in zip(layer, offsets, strict=True)}
    near: dict[Key, list[Key]] = {key: [] for key in x}
    for chain in graph.chains:
        for a, b in pairwise(chain):
            near[a].append(b)
            near[b].append(a)
    for sweep in range(_SWEEPS):
        layers = graph.order if sweep % 2 == 0 else graph.order[::-1]
        for layer in layers:
            if not layer:
                continue
            offsets = _offsets(layer, width, gap)
            wished = [sum(x[o] for o in near[k]) / len(near[k]) if near[k] else x[k] for k in layer]
            low, high = left + width(layer[0]) / 2, right - width(layer[-1]) / 2
            moved = spaced(wished, offsets, low, high)
            x |= dict(zip(layer, moved.tolist(), strict=True))
    return x


def _offsets(layer: Sequence[Key], width: Callable[[Key], float], gap: float) -> list[float]:
    """Return how far each middle is from the first one's, at least."""
    offsets = [0.0]
    for one, other in pairwise(layer):
        offsets.append(offsets[-1] + (width(one) + width(other)) / 2 + gap)
    return offsets[: len(layer)]
