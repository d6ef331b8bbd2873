"""Maximin and limited-move stability against their literal recursions."""

from __future__ import annotations

import random
from functools import cache
from itertools import count

import numpy as np
import pytest

from detente.catalog import load_entry
from detente.errors import DetenteError
from detente.graph import Explicit, Graph, to_graph
from detente.graph.ranks import dense
from detente.model import parse_model
from detente.stability import stability_table
from detente.stability.farsight import limited_move, maximin, non_myopic
from tests.oracle import Literal, State
from tests.random_conflicts import random_graph, random_option_form
from tests.test_stability_oracle import explicit_of


def cases(seed: str, number: int, *, two_strict: bool = False) -> list[tuple[Graph, Literal]]:
    """So many in option form and as many as listed arcs, with the literal sets of each."""
    made: list[tuple[Graph, Literal]] = []
    grids = graphs = 0
    for k in count():
        rng = random.Random(f"{seed} {k}")
        conflict = random_option_form(rng)
        size = len(conflict.states())
        if size <= 20 and grids < number and (len(conflict.options) == 2 or not two_strict):
            if two_strict:
                conflict.ranks = [rng.sample(range(1, size + 1), size) for _ in conflict.options]
            made.append((to_graph(parse_model(conflict.text())), conflict.literal()))
            grids += 1
        literal = random_graph(rng)
        if graphs < number and (len(literal.moves) == 2 or not two_strict):
            if two_strict:
                for u in literal.utility:
                    values = rng.sample(range(len(u)), len(u))
                    u.update(zip(u, values, strict=True))
            made.append((explicit_of(literal), literal))
            graphs += 1
        if grids == graphs == number:
            return made
    raise AssertionError


def literal_maximin(literal: Literal, i: int, horizon: int) -> list[bool]:
    """m and n as written, every value from scratch but kept once found."""
    u = literal.utility[i]
    others = set(literal.everyone) - {i}

    @cache
    def reach(s: State) -> frozenset[State]:
        return frozenset(literal.reach(i, s))

    @cache
    def answers(s: State) -> frozenset[State]:
        return frozenset(literal.joint(others, s, improving=False))

    @cache
    def m(h: int, s: State) -> int:
        return u[s] if h == 0 else max([u[s], *(n(h - 1, t) for t in reach(s))])

    @cache
    def n(h: int, t: State) -> int:
        return u[t] if h == 0 else min([u[t], *(m(h - 1, r) for r in answers(t))])

    return [not any(n(horizon - 1, t) > u[s] for t in reach(s)) for s in literal.states]


def literal_foresight(literal: Literal, horizon: int) -> list[list[dict[State, State]]]:
    """G_i(h, s) for h = 0, 1, ..., as [h][i][s]."""
    table = [[{s: s for s in literal.states} for _ in literal.everyone]]
    reach = [{s: literal.reach(i, s) for s in literal.states} for i in literal.everyone]
    for h in range(1, horizon + 1):
        row: list[dict[State, State]] = []
        for i in literal.everyone:
            u, after = literal.utility[i], table[h - 1][1 - i]
            final: dict[State, State] = {}
            for s in literal.states:
                final[s] = s
                if reach[i][s]:
                    best = max(reach[i][s], key=lambda t: u[after[t]])
                    if u[after[best]] > u[s]:
                        final[s] = after[best]
            row.append(final)
        table.append(row)
    return table


MAXIMIN = cases("maximin", 110)
LIMITED = cases("limited", 120, two_strict=True)


@pytest.mark.parametrize("horizon", [1, 2, 3, 4, 5])
def test_maximin_equals_the_literal_recursion(horizon: int) -> None:
    for graph, literal in MAXIMIN:
        for i in graph.dms:
            expected = literal_maximin(literal, i, horizon)
            assert maximin(graph, i, horizon).tolist() == expected


def test_maximin_of_horizon_one_two_and_three_is_nash_gmr_and_smr() -> None:
    for graph, _ in MAXIMIN:
        table = stability_table(graph, ["nash", "gmr", "smr"])
        for horizon, concept in enumerate(table.concepts, 1):
            for dm in graph.dms:
                told = maximin(graph, dm, horizon)
                np.testing.assert_array_equal(told, table.stable[concept][dm])


def test_maximin_takes_a_batch_of_rankings() -> None:
    for graph, _ in MAXIMIN[:60]:
        rng = random.Random(graph.size)
        rankings = [
            [dense(np.array([rng.randint(1, 4) for _ in range(graph.size)])) for _ in range(3)]
            for _ in graph.dms
        ]
        batch = graph.with_ranks([np.stack(rows) for rows in rankings])
        for dm in graph.dms:
            told = maximin(batch, dm, 4)
            assert told.shape == (3, graph.size)
            for k in range(3):
                one = graph.with_ranks([rows[k] for rows in rankings])
                np.testing.assert_array_equal(told[k], maximin(one, dm, 4))


def test_limited_moves_equal_the_literal_recursion() -> None:
    for graph, literal in LIMITED:
        table = literal_foresight(literal, 8)
        for h in range(1, 9):
            for i in graph.dms:
                expected = [table[h][i][s] == s for s in literal.states]
                assert limited_move(graph, i, h).tolist() == expected


def test_one_move_of_foresight_is_nash() -> None:
    for graph, _ in LIMITED:
        table = stability_table(graph, ["nash"])
        for dm in graph.dms:
            np.testing.assert_array_equal(limited_move(graph, dm, 1), table.stable["nash"][dm])


def period(literal: Literal) -> tuple[int, int]:
    """The first two horizons at which everything foreseen is the same."""
    table = literal_foresight(literal, 60)
    # what comes again brings everything after it again
    return next((k, h) for h in range(61) for k in range(h) if table[k] == table[h])


def test_non_myopic_states_are_those_stable_from_some_horizon_on() -> None:
    for graph, literal in LIMITED:
        again = range(*period(literal))
        table = literal_foresight(literal, 60)
        for i in graph.dms:
            expected = [all(table[h][i][s] == s for h in again) for s in literal.states]
            assert non_myopic(graph, i).tolist() == expected


def test_foresight_that_never_settles_is_followed_for_its_whole_period() -> None:
    """Conflicts of different periods side by side have the least common multiple of them."""
    drawn = (random_graph(random.Random(f"period {k}")) for k in range(3000))
    parts: dict[int, Literal] = {}
    for literal in drawn:
        if len(literal.moves) == 2:
            for k, u in enumerate(literal.utility):
                rng = random.Random(f"{k} {sorted(u.items())}")
                u.update(zip(u, rng.sample(range(len(u)), len(u)), strict=True))
            first, again = period(literal)
            parts.setdefault(again - first, literal)
    assert max(parts) > 2
    offsets = np.cumsum([0, *(len(part.states) for part in parts.values())]).tolist()
    apart = list(zip(offsets, parts.values(), strict=False))
    moves = [[(s + at, q + at) for at, part in apart for s, q in part.moves[i]] for i in (0, 1)]
    ranks = [
        np.array([part.utility[i][s] + at + 1 for at, part in apart for s in part.states])
        for i in (0, 1)
    ]
    union = Explicit(offsets[-1], moves, ranks)
    for i in union.dms:
        alone = [non_myopic(explicit_of(part), i) for part in parts.values()]
        np.testing.assert_array_equal(non_myopic(union, i), np.concatenate(alone))


def joint(graph: Graph, horizon: int) -> list[int]:
    both = limited_move(graph, 0, horizon) & limited_move(graph, 1, horizon)
    return np.flatnonzero(both).tolist()


def test_the_prisoners_dilemma_and_chicken_are_as_published() -> None:
    dilemma = to_graph(load_entry("prisoners-dilemma").conflict)
    assert joint(dilemma, 1) == [0]
    assert all(joint(dilemma, h) == [0, 3] for h in range(2, 12))
    chicken = to_graph(load_entry("chicken").conflict)
    assert joint(chicken, 1) == [1, 2]
    assert joint(chicken, 2) == []
    assert all(joint(chicken, h) == [3] for h in range(3, 12))
    for graph, expected in ((dilemma, [0, 3]), (chicken, [3])):
        both = non_myopic(graph, 0) & non_myopic(graph, 1)
        assert np.flatnonzero(both).tolist() == expected


@pytest.mark.parametrize("concept", [lambda g: limited_move(g, 0, 2), lambda g: non_myopic(g, 1)])
def test_what_has_no_limited_moves_is_refused(concept) -> None:
    three = to_graph(load_entry("elmira").conflict)
    with pytest.raises(DetenteError, match=r"two-decision-makers-only .*has 3"):
        concept(three)
    tied = Explicit(3, [[(0, 1)], [(1, 2)]], [np.array([1, 2, 3]), np.array([2, 1, 2])])
    with pytest.raises(
        DetenteError, match=r"strict-rankings-only decision maker 2 .* 1 and 3 alike"
    ):
        concept(tied)
    strict = tied.with_ranks([np.array([[1, 2, 3]])] * 2)
    with pytest.raises(ValueError, match="single ranking"):
        concept(strict)


@pytest.mark.parametrize("concept", [maximin, limited_move])
def test_a_horizon_is_at_least_one(concept) -> None:
    with pytest.raises(ValueError, match="at least 1, not 0"):
        concept(to_graph(load_entry("chicken").conflict), 0, 0)
