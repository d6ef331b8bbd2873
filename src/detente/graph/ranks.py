"""Preferences -> dense ranks: 1 = worst, ties share a rank, larger = preferred.

Priorities are compared lexicographically, never through floats: truth values are packed into
whole numbers and made dense again before they could overflow.
"""

from __future__ import annotations

from collections.abc import Callable
from math import lcm

import numpy as np

from detente.errors import Problems
from detente.graph.graph import Array, Indices
from detente.graph.space import Space
from detente.model.conflict import Conflict, Preference, Priorities, Ranking, StateRef, Weights

__all__ = ["dense", "listed_ranks", "ranks_of", "state_number"]

_SHOWN = 5


def dense(scores: Array) -> Array:
    """Return dense ranks of scores, in the smallest integer type with room for an identity.

    Parameters
    ----------
    scores : int array, shape (states,)
        Larger = preferred.

    Returns
    -------
    unsigned int array, shape (states,)

    Examples
    --------
    >>> dense(np.array([30, 10, 10, 20])).tolist()
    [3, 1, 1, 2]
    """
    if not scores.size:
        return np.zeros(0, dtype=np.uint8)
    low = scores.min()
    span = int(scores.max()) - int(low) + 1
    if span <= 4 * scores.size + 1024:
        place = (scores - low).astype(np.intp)
        present = np.zeros(span, dtype=np.bool_)
        present[place] = True
        table = np.cumsum(present)
        return np.asarray(table.astype(_type_for(int(table[-1])))[place])
    values, inverse = np.unique(scores, return_inverse=True)
    ranks: Array = inverse.reshape(-1).astype(_type_for(len(values)))
    ranks += 1
    return ranks


def _type_for(highest: int) -> type[np.unsignedinteger]:
    """Return the smallest type that holds the ranks and one value above them."""
    for kind in (np.uint8, np.uint16, np.uint32):
        if highest < np.iinfo(kind).max:
            return kind
    return np.uint64


def ranks_of(space: Space, preference: Preference, problems: Problems) -> Array:
    """Return one decision maker's ranks over the states of a space; note what is wrong."""
    match preference:
        case Priorities():
            return _priority_ranks(space, preference)
        case Weights():
            return _weight_ranks(space, preference, problems)
        case Ranking():
            return listed_ranks(
                preference, space.size, _finder(space, problems), _shown(space), problems
            )


def _priority_ranks(space: Space, preference: Priorities) -> Array:
    # statements are packed 30 at a time: rank * 2^30 stays far from the end of int64
    scores = np.zeros(space.size, dtype=np.int64)
    packed = 0
    for statement in preference.statements:
        if packed == 30:
            scores = dense(scores).astype(np.int64)
            packed = 0
        scores <<= 1
        scores |= space.over_states(space.truth(statement.expression))
        packed += 1
    return dense(scores)


def _weight_ranks(space: Space, preference: Weights, problems: Problems) -> Array:
    common = lcm(*(weight.denominator for _, weight in preference.statements))
    whole = [int(weight * common) for _, weight in preference.statements]
    if sum(map(abs, whole)) >= 2**62:
        what = f"the weights span {sum(map(abs, whole)):.3g} steps"
        problems.add("weights-too-large", what, preference.place)
        return np.ones(space.size, dtype=np.uint8)
    scores = np.zeros(space.size, dtype=np.int64)
    for (statement, _), weight in zip(preference.statements, whole, strict=True):
        scores += space.over_states(space.truth(statement.expression)) * np.int64(weight)
    return dense(scores)


def _shown(space: Space) -> Callable[[Indices], list[str]]:
    return space.patterns


def state_number(text: str, size: int) -> int | None:
    """Return the index of the state with that number, or None if the text is no such number."""
    digits = text.lstrip("0")
    if not (text.isascii() and text.isdigit()) or not 0 < len(digits) <= 18:
        return None
    return int(digits) - 1 if int(digits) <= size else None


def _finder(space: Space, problems: Problems) -> Callable[[StateRef], Indices]:
    """Return what finds the states a ranking names by number or pattern."""
    width = len(space.conflict.column_names)

    def find(ref: StateRef) -> Indices:
        text = ref.text.strip()
        if text.isascii() and text.isdigit():
            state = state_number(text, space.size)
            if state is not None:
                return np.array([state])
            what = f"there is no state {text[:20]}; they are numbered 1 to {space.size}"
            problems.add("unknown-state", what, ref.place)
        elif set(text) - set("YN-") or len(text) != width:
            what = f"{text[:60]!r} is no pattern of length {width}"
            problems.add("bad-pattern", what, ref.place)
        else:
            states = space.matching(text)
            if not states.size:
                problems.add("pattern-fits-nothing", f"{text!r} fits no feasible state", ref.place)
            return states
        return np.array([], dtype=np.intp)

    return find


def graph_finder(conflict: Conflict, problems: Problems) -> Callable[[StateRef], Indices]:
    """Return what finds the states a ranking names by id, in a conflict given as a graph."""
    assert conflict.graph is not None
    index = {id_: i for i, id_ in enumerate(conflict.graph.ids)}

    def find(ref: StateRef) -> Indices:
        if ref.text in index:
            return np.array([index[ref.text]])
        near = problems.nearest(ref.text, list(index))
        problems.add("unknown-state", f"{ref.text[:60]!r} is no state", ref.place, suggestion=near)
        return np.array([], dtype=np.intp)

    return find


def listed_ranks(
    ranking: Ranking,
    size: int,
    find: Callable[[StateRef], Indices],
    shown: Callable[[Indices], list[str]],
    problems: Problems,
) -> Array:
    """Return the ranks of a ranking given tier by tier; note states it misses or repeats.

    Parameters
    ----------
    ranking : Ranking
        Tiers from best to worst.
    size : int
        Number of states.
    find : callable
        From a state as named to the indices of the states meant.
    shown : callable
        From state indices to how they are called in messages.
    """
    before = len(problems.found)
    tier_of = np.full(size, -1, dtype=np.int64)
    for tier, refs in enumerate(ranking.tiers):
        for ref in refs:
            states = find(ref)
            again = states[tier_of[states] >= 0]
            if again.size:
                names = _some(shown(again[:_SHOWN]), again.size)
                problems.add(
                    "ranking-repeats-state", f"{ref.text!r} ranks {names} again", ref.place
                )
            tier_of[states] = tier
    missed = np.flatnonzero(tier_of < 0)
    if missed.size and len(problems.found) == before:
        names = _some(shown(missed[:_SHOWN]), missed.size)
        problems.add("ranking-misses-states", f"the ranking leaves out {names}", ranking.place)
    return dense(len(ranking.tiers) - tier_of)


def _some(names: list[str], count: int) -> str:
    more = count - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")
