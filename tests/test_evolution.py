"""Evolution from the status quo against literal sets; every path is replayed."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest

from detente.analysis.evolution import absorbing, evolution, reached_in
from detente.catalog import load_entry
from detente.graph import Explicit, Graph, to_graph
from detente.model import parse_model
from tests.oracle import Literal, State
from tests.random_conflicts import random_graph, random_option_form
from tests.test_stability_oracle import explicit_of

OVERS = ("moves", "improvements")


def cases(seed: str, count: int) -> list[tuple[Graph, Literal]]:
    """Half in option form, half as listed arcs."""
    made: list[tuple[Graph, Literal]] = []
    for k in range(count):
        conflict = random_option_form(random.Random(f"grid {seed} {k}"))
        if len(conflict.states()) <= 24:
            made.append((to_graph(parse_model(conflict.text())), conflict.literal()))
        literal = random_graph(random.Random(f"graph {seed} {k}"))
        made.append((explicit_of(literal), literal))
    return made


def exactly(literal: Literal, q: State, over: str, steps: int) -> list[list[set[State]]]:
    """V_i^(h) for h = 1, 2, ..., by the recursion, until nothing is reached for the first time."""
    step = literal.reach if over == "moves" else literal.improvements
    rows = [[step(i, q) for i in literal.everyone]]
    seen: set[tuple[State, int]] = set()
    while len(rows) < steps or not seen.issuperset(
        (s, i) for i, v in enumerate(rows[-1]) for s in v
    ):
        seen |= {(s, i) for i, v in enumerate(rows[-1]) for s in v}
        row: list[set[State]] = []
        for i in literal.everyone:
            before = {s for j in literal.everyone if j != i for s in rows[-1][j]}
            row.append({r for s in before for r in step(i, s)})
        rows.append(row)
    return rows


def bottom(literal: Literal, q: State) -> list[list[State]]:
    """The sets of improvements without a way out that can be reached, as plain reach tells."""

    def forward(s: State) -> frozenset[State]:
        found, fresh = {s}, {s}
        while fresh:
            fresh = {
                r for p in fresh for i in literal.everyone for r in literal.improvements(i, p)
            } - found
            found |= fresh
        return frozenset(found)

    reach = {s: forward(s) for s in literal.states}
    components = {reach[s] for s in reach[q] if all(s in reach[r] for r in reach[s])}
    place = literal.states.index
    return sorted((sorted(c, key=place) for c in components), key=lambda c: place(c[0]))


CASES = cases("evolution", 130)


def test_there_are_a_hundred_cases_of_each_form() -> None:
    listed = sum(isinstance(graph, Explicit) for graph, _ in CASES)
    assert listed >= 100
    assert len(CASES) - listed >= 100


@pytest.mark.parametrize("over", OVERS)
def test_what_is_reached_when_and_by_whom_equals_the_recursion(over) -> None:
    for n, (graph, literal) in enumerate(CASES):
        start = n % graph.size
        q = literal.states[start]
        steps = min(2 + n % 7, 6)
        rows = exactly(literal, q, over, steps)
        told = reached_in(graph, start, over, steps)
        assert told.shape == (steps, len(graph.ranks), graph.size)
        for h in range(steps):
            for i in graph.dms:
                assert {literal.states[k] for k in np.flatnonzero(told[h, i])} == rows[h][i]
        found = evolution(graph, start, over)
        for k, s in enumerate(literal.states):
            when = next((h for h, row in enumerate(rows) if any(s in v for v in row)), None)
            last: set[int] = set()
            if s == q:
                fewest = 0
            elif when is None:
                fewest = -1
            else:
                fewest = when + 1
                last = {i for i in graph.dms if s in rows[when][i]}
            assert found.fewest[k] == fewest
            assert set(np.flatnonzero(found.last_movers[:, k])) == last
        counts = found.counts().tolist()
        assert counts == [(found.fewest == h).sum() for h in range(len(counts))]
        assert sum(counts) == (found.fewest >= 0).sum()


@pytest.mark.parametrize("over", OVERS)
def test_every_path_is_legal_and_as_short_as_said(over) -> None:
    for n, (graph, literal) in enumerate(CASES):
        start = n % graph.size
        found = evolution(graph, start, over)
        step = literal.reach if over == "moves" else literal.improvements
        for k in range(graph.size):
            path = found.path(k)
            if found.fewest[k] < 0:
                assert path is None
                continue
            assert path is not None
            assert len(path) == found.fewest[k]
            at, last = start, None
            for move in path:
                assert move.source == at
                assert move.dm != last
                assert literal.states[move.target] in step(move.dm, literal.states[at])
                at, last = move.target, move.dm
            assert at == k
            assert last is None or found.last_movers[last, k]


def test_absorbing_sets_are_the_bottom_components_of_all_improvements() -> None:
    large = several = 0
    for n, (graph, literal) in enumerate([*CASES, *cases("absorbing", 200)]):
        start = n % graph.size
        told = absorbing(graph, start)
        expected = bottom(literal, literal.states[start])
        assert [[literal.states[k] for k in states] for states in told] == expected
        large += any(len(states) > 1 for states in told)
        several += len(told) > 1
    assert min(large, several) > 10


def test_matching_pennies_goes_round_for_ever() -> None:
    text = "decision_makers: {a: {options: {x: X}, priorities: [x iff b.y]}, b: {options: {y: Y}, "
    graph = to_graph(parse_model(text + "priorities: [not (y iff a.x)]}}"))
    assert [states.tolist() for states in absorbing(graph, 2)] == [[0, 1, 2, 3]]


def test_one_who_can_improve_twice_in_a_row_does_not_stop_between() -> None:
    """The legal sequence 0, 1 ends there; the improvements do not."""
    graph = Explicit(3, [[(0, 1), (1, 2)], []], [np.array([1, 2, 3]), np.array([1, 1, 1])])
    assert evolution(graph, 0, "improvements").fewest.tolist() == [0, 1, -1]
    assert [states.tolist() for states in absorbing(graph, 0)] == [[2]]


def test_elmira_moves_on_as_its_guide_tells() -> None:
    """Improvements end at the deadlock; the modified and accepted order needs three moves."""
    graph = to_graph(load_entry("elmira").conflict)
    found = evolution(graph, 0, "improvements")
    assert found.counts().tolist() == [1, 1]
    assert found.last_movers[:, 4].tolist() == [False, False, True]
    assert [states.tolist() for states in absorbing(graph, 0)] == [[4]]
    moves = evolution(graph, 0, "moves")
    assert moves.fewest[7] == 3
    assert [move.target for move in moves.path(7) or ()][-1] == 7
    assert reached_in(graph, 0, "moves", 0).shape == (0, 3, 9)


def test_a_chain_of_thousands_of_improvements_is_no_trouble() -> None:
    size = 5001
    moves = [[(s, s + 1) for s in range(start, size - 1, 2)] for start in (0, 1)]
    graph = Explicit(size, moves, [np.arange(size) + 1] * 2)
    found = evolution(graph, 0, "improvements")
    assert found.fewest.tolist() == list(range(size))
    assert found.last_movers[0].tolist() == [s % 2 == 1 for s in range(size)]
    assert found.last_movers[1].tolist() == [s % 2 == 0 and s > 0 for s in range(size)]
    assert [states.tolist() for states in absorbing(graph, 0)] == [[size - 1]]


def test_two_to_the_sixteen_states_take_no_noticeable_time() -> None:
    options = "{" + ", ".join(f"o{k}: O" for k in range(4)) + "}"
    dms = ", ".join(f"d{i}: {{options: {options}, priorities: []}}" for i in range(4))
    graph = to_graph(parse_model(f"decision_makers: {{{dms}}}"))
    rng = np.random.default_rng(5)
    graph = graph.with_ranks([rng.integers(1, 4, graph.size, dtype=np.int32) for _ in range(4)])
    began = time.perf_counter()
    for over in OVERS:
        assert evolution(graph, 0, over).counts().sum() > 60_000
    assert absorbing(graph, 0)
    assert time.perf_counter() - began < 2
