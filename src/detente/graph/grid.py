"""A conflict in option form: a box of strategies in which a move changes one axis.

Nothing of size states x states is built. Moves along an axis are folded by running minima over
the box. Improvements are folded by sorting each line of an axis once, best first: what improves
on a state is then a prefix of its line, and its fold one entry of a running minimum. One-way
options split an axis into a few classes of strategies with the same reach; each class has its
own sorted lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from detente.graph.graph import (
    UFUNC,
    Array,
    Graph,
    Indices,
    Over,
    Take,
    check_ranks,
    identity,
    turned,
)
from detente.graph.space import Space

__all__ = ["Grid"]


@dataclass(frozen=True)
class _Lines:
    """One axis with every line sorted by its holder's rank, best first.

    A running minimum lies in `rows` x `lines`: for each class of strategies one row of the
    identity element, then one row per strategy it reaches.

    Attributes
    ----------
    order : list of int array, each of shape (*batch, reached, lines)
        Per class: which state stands at each place. Infeasible cells come last and are never
        read back, whatever state they name.
    first : list of int
        Per class: its row of the identity element.
    back : int array, shape (*batch, states)
        For each state the flat place of the running minimum over what improves on it.
    """

    order: list[Indices]
    first: list[int]
    rows: int
    back: Indices


class Grid(Graph):
    """States as a box with one axis per decision maker, and a mask of what is feasible.

    Parameters
    ----------
    space : Space
        Strategies and feasible states.
    ranks : sequence of int array, each of shape (*batch, states)
    """

    transitive = True

    def __init__(self, space: Space, ranks: Sequence[Array]) -> None:
        self.space = space
        self.size = space.size
        self.ranks = check_ranks(ranks, len(space.axes), space.size)
        self._sorted: dict[int, _Lines] = {}

    def with_ranks(self, ranks: Sequence[Array]) -> Self:
        """Return the same states and moves with other ranks."""
        return type(self)(self.space, ranks)

    def changes(self, state: int, others: Indices) -> Indices:
        """Return how many options stand otherwise in other states."""
        here = self.space.choices(np.array([state]))
        there = self.space.choices(others)
        different = [(a != b).sum(axis=1) for a, b in zip(there, here, strict=True)]
        return np.asarray(np.sum(different, axis=0, dtype=np.intp))

    def reversed(self) -> Grid:
        """Return the graph in which every move and improvement runs backwards."""
        return Grid(self.space.reversed(), [turned(rank) for rank in self.ranks])

    def prepare(self, dm: int) -> None:
        """Sort the lines of a decision maker's axis."""
        self._lines(dm)

    def fold(self, dm: int, values: Array, over: Over, take: Take) -> Array:
        """Return the least or greatest value reached from each state; see `Graph.fold`."""
        if over == "moves":
            return self._fold_moves(dm, values, take)
        return self._fold_improvements(dm, values, take)

    # -- all moves -------------------------------------------------------------------------------

    def _fold_moves(self, dm: int, values: Array, take: Take) -> Array:
        space, ufunc = self.space, UFUNC[take]
        nothing = identity(values.dtype, take)
        batch, after = values.shape[:-1], space.stride(dm)
        length = len(space.axes[dm])
        if space.cell_of is None:
            box = values
        else:
            box = np.full((*batch, space.cells), nothing, dtype=values.dtype)
            box[..., space.cell_of] = values
        box = box.reshape(*batch, -1, length, after)
        groups = space.axes[dm].classes
        if len(groups) == 1:
            result = _all_but_own(box, ufunc, nothing)
        else:
            result = np.full_like(box, nothing)
            for group, reached in groups:
                inside = _all_but_own(box[..., group, :], ufunc, nothing)
                beyond = np.setdiff1d(reached, group)
                if beyond.size:
                    outside = ufunc.reduce(box[..., beyond, :], axis=-2, keepdims=True)
                    ufunc(inside, outside, out=inside)
                result[..., group, :] = inside
        flat = result.reshape(*batch, space.cells)
        return flat if space.cell_of is None else flat[..., space.cell_of]

    # -- improvements ----------------------------------------------------------------------------

    def _fold_improvements(self, dm: int, values: Array, take: Take) -> Array:
        lines = self._lines(dm)
        ufunc = UFUNC[take]
        batch = np.broadcast_shapes(values.shape[:-1], self.batch)
        if self.batch:
            values = np.broadcast_to(values, (*batch, self.size))
        width = self.space.cells // len(self.space.axes[dm])
        running = np.empty((*batch, lines.rows, width), dtype=values.dtype)
        for first, order in zip(lines.first, lines.order, strict=True):
            last = first + 1 + order.shape[-2]
            running[..., first, :] = identity(values.dtype, take)
            part = running[..., first + 1 : last, :]
            if batch:
                part[...] = _gather(values, order.reshape(*self.batch, -1)).reshape(part.shape)
            else:
                np.take(values, order, out=part, mode="clip")
            ufunc.accumulate(part, axis=-2, out=part)
        return _gather(running.reshape(*batch, -1), lines.back)

    def _lines(self, dm: int) -> _Lines:
        if dm not in self._sorted:
            self._sorted[dm] = self._sort(dm)
        return self._sorted[dm]

    def _sort(self, dm: int) -> _Lines:
        space = self.space
        axis, after, length = space.axes[dm], space.stride(dm), len(space.axes[dm])
        before = space.cells // (length * after)
        width = before * after
        # the first cell of every line, and the ranks as lines, 0 where infeasible
        base = (np.arange(before)[:, None] * (length * after) + np.arange(after)).reshape(-1)
        rank = self.ranks[dm]
        if space.cell_of is not None:
            cells = np.zeros((*self.batch, space.cells), dtype=rank.dtype)
            cells[..., space.cell_of] = rank
            rank = cells
        ranked = np.moveaxis(rank.reshape(*self.batch, before, length, after), -2, -1)
        ranked = ranked.reshape(*self.batch, width, length)
        orders, firsts, rows = [], [], 0
        back = np.zeros((*self.batch, space.cells), dtype=np.intp)
        for group, reached in axis.classes:
            strategies, place = _best_first(ranked[..., reached], reached)
            cell = strategies * after + base
            at = place * width + np.arange(width) + rows * width
            if len(group) == length:
                np.put_along_axis(back, *_flat(cell, at, self.batch), axis=-1)
            else:
                member = np.zeros(length, dtype=np.bool_)
                member[group] = True
                own = member[strategies]
                # each batch keeps the same number of own cells: group x lines
                shape = (*self.batch, len(group) * width)
                np.put_along_axis(back, cell[own].reshape(shape), at[own].reshape(shape), axis=-1)
            state_of = space.state_of
            orders.append(
                cell if state_of is None else np.maximum(state_of[cell], 0, dtype=np.intp)
            )
            firsts.append(rows)
            rows += 1 + len(reached)
        if space.cell_of is not None:
            back = back[..., space.cell_of]
        return _Lines(orders, firsts, rows, back)

    # -- single moves ----------------------------------------------------------------------------

    def arcs(self, dm: int, states: Indices, over: Over) -> tuple[Indices, Indices]:
        """Return the moves of a decision maker from some states; see `Graph.arcs`."""
        space = self.space
        axis, after = space.axes[dm], space.stride(dm)
        cells = states if space.cell_of is None else space.cell_of[states]
        own = cells // after % len(axis)
        targets = (cells - own * after)[:, None] + np.arange(len(axis)) * after
        if space.state_of is not None:
            targets = space.state_of[targets].astype(np.intp)
        allowed = (targets >= 0) & (targets != states[:, None])
        for floor in axis.floors.T:
            allowed &= floor >= floor[own][:, None]
        if over == "improvements":
            rank = self.ranks[dm]
            allowed &= rank[targets] > rank[states][:, None]
        row, column = np.nonzero(allowed)
        return states[row], targets[row, column]


def _all_but_own(box: Array, ufunc: np.ufunc, nothing: object) -> Array:
    """Return, along axis -2, the minimum (maximum) over all entries but one's own."""
    result = np.empty_like(box)
    result[..., 0, :] = nothing
    ufunc.accumulate(box[..., :-1, :], axis=-2, out=result[..., 1:, :])
    if box.shape[-2] > 1:
        later = box[..., -1, :].copy()
        for k in range(box.shape[-2] - 2, -1, -1):
            ufunc(result[..., k, :], later, out=result[..., k, :])
            ufunc(later, box[..., k, :], out=later)
    return result


def _best_first(ranked: Array, reached: Indices) -> tuple[Indices, Indices]:
    """Sort lines by rank, best first.

    Parameters
    ----------
    ranked : int array, shape (*batch, lines, reached)
    reached : int array, shape (reached,)
        The strategy each column stands for.

    Returns
    -------
    strategies, place : int array, each of shape (*batch, reached, lines)
        The strategies in order, and how many strictly better ones come before each.
    """
    bits = max(int(len(reached) - 1).bit_length(), 1)
    top = int(ranked.max(initial=0))
    dtype = np.int32 if (top + 1) << bits < 2**31 else np.int64
    keys = np.left_shift(top - ranked.astype(dtype), bits)
    keys |= np.arange(len(reached), dtype=dtype)
    keys.sort(axis=-1)
    keys = np.ascontiguousarray(np.swapaxes(keys, -1, -2))
    columns = keys & dtype((1 << bits) - 1)
    worse = keys >> bits
    place = np.zeros(worse.shape, dtype=np.intp)
    changes = worse[..., 1:, :] != worse[..., :-1, :]
    np.multiply(changes, np.arange(1, len(reached))[:, None], out=place[..., 1:, :])
    np.maximum.accumulate(place, axis=-2, out=place)
    return reached[columns], place


def _flat(cell: Indices, at: Indices, batch: tuple[int, ...]) -> tuple[Indices, Indices]:
    return cell.reshape(*batch, -1), at.reshape(*batch, -1)


def _gather(values: Array, index: Indices) -> Array:
    """Look values up along the last axis, by one index for all batches or one for each."""
    if index.ndim == 1:
        return values.take(index, axis=-1)
    if index.ndim < values.ndim:
        index = index.reshape((1,) * (values.ndim - index.ndim) + index.shape)
    return np.take_along_axis(values, index, axis=-1)
