"""What stability analysis needs of a conflict: ranks, arcs, and one operation, `fold`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Array", "Graph", "Indices", "Mask", "Over", "Take", "identity", "turned"]

Array: TypeAlias = NDArray[Any]
Indices: TypeAlias = NDArray[np.intp]
Mask: TypeAlias = NDArray[np.bool_]
Over = Literal["moves", "improvements"]
Take = Literal["min", "max"]

UFUNC: dict[Take, np.ufunc] = {"min": np.minimum, "max": np.maximum}


def identity(dtype: np.dtype[Any], take: Take) -> Any:
    """Return the value that changes no minimum (or maximum) of that type."""
    if dtype == np.bool_:
        return take == "min"
    if np.issubdtype(dtype, np.integer):
        info = np.iinfo(dtype)
        return info.max if take == "min" else info.min
    return np.inf if take == "min" else -np.inf


class Graph(ABC):
    """States, moves and ranks of a conflict.

    Arrays over states have shape ``(*batch, states)``; state number `k` of the model is index
    ``k - 1``. Ranks are dense, 1 = worst, ties share a rank, larger = preferred.

    Attributes
    ----------
    ranks : tuple of int array, each of shape (*batch, states)
        One array per decision maker. The batch axes hold many rankings of one conflict.
    size : int
        Number of states.
    transitive : bool
        True when two moves in a row by one decision maker are always one move (or none), so that
        legal sequences need no memory of the last mover.
    """

    ranks: tuple[Array, ...]
    size: int
    transitive: bool

    @property
    def dms(self) -> range:
        """Return the indices of the decision makers."""
        return range(len(self.ranks))

    def others(self, dm: int) -> tuple[int, ...]:
        """Return the indices of all decision makers but one."""
        return tuple(j for j in self.dms if j != dm)

    @property
    def batch(self) -> tuple[int, ...]:
        """Return the shape of the leading batch axes, ``()`` for a single ranking."""
        return self.ranks[0].shape[:-1]

    @abstractmethod
    def with_ranks(self, ranks: Sequence[Array]) -> Self:
        """Return the same states and moves with other ranks.

        Parameters
        ----------
        ranks : sequence of int array, each of shape (*batch, states)
            One per decision maker, values >= 1, larger = preferred.
        """

    @abstractmethod
    def changes(self, state: int, others: Indices) -> Indices:
        """Return how many options stand otherwise in other states; 1 each in a graph."""

    def need_single(self) -> None:
        """Raise `ValueError` if there are batch axes, for what is asked of one ranking only."""
        if self.batch:
            raise ValueError(f"this takes a single ranking, not a batch of shape {self.batch}")

    @abstractmethod
    def reversed(self) -> Graph:
        """Return the graph in which every move, and every improvement, runs backwards.

        An improvement from p to q is there one from q to p, because the ranks are turned round.
        Needs a single ranking.
        """

    def prepare(self, dm: int) -> None:  # noqa: B027 - most graphs have nothing to prepare
        """Do ahead what the first fold over this decision maker's improvements would do."""

    @abstractmethod
    def fold(self, dm: int, values: Array, over: Over, take: Take) -> Array:
        r"""Return the least or greatest value a decision maker can reach from each state.

        .. math:: \mathrm{fold}(i, v, R, \min)[s] = \min_{q \in R_i(s)} v[q]

        with :math:`R_i` all moves of `dm`, or its improvements :math:`R_i^+` only. A state is
        never in its own reach; where the reach is empty the result is the identity element.

        Parameters
        ----------
        dm : int
            Whose moves.
        values : array, shape (*batch, states)
            What to look up at the states reached. Never changed.
        over : {"moves", "improvements"}
        take : {"min", "max"}

        Returns
        -------
        array, shape (*batch, states), of the type of `values`
        """

    @abstractmethod
    def arcs(self, dm: int, states: Indices, over: Over) -> tuple[Indices, Indices]:
        """Return the moves or improvements of a decision maker from some states.

        Returns
        -------
        sources, targets : int array, shape (arcs,)
            Pairs of state indices, sorted by source in the order of `states`. Needs a single
            ranking (no batch axes) for improvements.
        """


def turned(rank: Array) -> Array:
    """Return ranks with worst and best exchanged, still counting from 1."""
    wide = rank.astype(np.int64)
    backwards: Array = wide.max(initial=1) + 1 - wide
    return backwards.astype(np.min_scalar_type(int(wide.max(initial=1)) + 1))


def check_ranks(ranks: Sequence[Array], dms: int, size: int) -> tuple[Array, ...]:
    """Return ranks as a tuple after checking their shapes.

    Raises
    ------
    ValueError
        If there is not one array per decision maker, all of one shape ``(*batch, states)``.
    """
    checked = tuple(np.asarray(rank) for rank in ranks)
    shapes = {rank.shape for rank in checked}
    if len(checked) != dms or len(shapes) != 1 or shapes.pop()[-1:] != (size,):
        found = ", ".join(str(rank.shape) for rank in checked)
        raise ValueError(f"ranks must be {dms} arrays of shape (*batch, {size}), not {found}")
    if not all(np.issubdtype(rank.dtype, np.integer) for rank in checked):
        raise ValueError("ranks are whole numbers; make them so with detente.graph.ranks.dense")
    if any(rank.size and (rank.min() < 1 or rank.max() >= 2**31) for rank in checked):
        raise ValueError("ranks count from 1 and stay below 2^31")
    return checked
