"""Counting rankings against listing every one of them, and against published numbers."""

from __future__ import annotations

import random
from itertools import permutations
from math import factorial

import numpy as np
import pytest

from detente.analysis.inverse import INVERSE_CONCEPTS, count_rankings, rankings
from detente.catalog import load_entry
from detente.errors import DetenteError
from detente.graph import Graph, to_graph
from detente.model import parse_model
from tests.oracle import Literal
from tests.random_conflicts import random_graph, random_option_form
from tests.test_stability_oracle import explicit_of

#: Euphrates conflict of 1975: of the 720 rankings of Syria, Iraq's being as it is
EUPHRATES = {
    1: {"gmr": 384, "seq": 150, "nash": 0, "smr": 0, "sseq": 0},
    2: {"nash": 240, "gmr": 384, "smr": 300, "seq": 384, "sseq": 300},
    3: dict.fromkeys(INVERSE_CONCEPTS, 0),
    4: {"nash": 240, "gmr": 384, "smr": 300, "seq": 300, "sseq": 264},
    5: {"gmr": 384, "seq": 120, "nash": 0, "smr": 0, "sseq": 0},
    6: {"nash": 240, "gmr": 384, "smr": 300, "seq": 300, "sseq": 264},
}


def listed(literal: Literal, s: int, concept: str) -> tuple[int, int]:
    """Rankings of the first decision maker by listing: stable for it, and an equilibrium."""
    state, own, equilibria = literal.states[s], 0, 0
    for order in permutations(range(len(literal.states))):
        literal.utility[0] = dict(zip(literal.states, order, strict=True))
        stable = literal.stable(concept, 0, state)
        own += stable
        equilibria += stable and literal.stable(concept, 1, state)
    return own, equilibria


def small(seed: str) -> tuple[Graph, Literal]:
    rng = random.Random(seed)
    while True:
        if rng.random() < 0.5:
            literal = random_graph(rng)
            graph: Graph = explicit_of(literal)
        else:
            conflict = random_option_form(rng)
            literal, graph = conflict.literal(), to_graph(parse_model(conflict.text()))
        if 3 <= graph.size <= 6:
            return graph, literal


@pytest.mark.parametrize("batch", range(4))
def test_counts_conditions_and_lifts_equal_what_listing_every_ranking_gives(batch: int) -> None:
    for n in range(6):
        graph, literal = small(f"inverse {batch} {n}")
        rng = random.Random(f"{batch} {n}")
        dm, s = rng.randrange(len(graph.ranks)), rng.randrange(graph.size)
        state = literal.states[s]
        kept = literal.utility[dm]
        for concept in INVERSE_CONCEPTS:
            found = rankings(graph, dm, s, concept)
            count = 0
            for order in permutations(range(graph.size)):
                literal.utility[dm] = dict(zip(literal.states, order, strict=True))
                stable = literal.stable(concept, dm, state)
                count += stable
                below = {k for k in range(graph.size) if order[k] < order[s]}
                assert stable == any(one <= below for one in found.conditions)
            literal.utility[dm] = kept
            assert found.complete
            assert (found.count, found.total) == (count, factorial(graph.size))
            assert count_rankings(graph, dm, s, concept) == count
            check_lift(graph, literal, dm, s, concept)


def check_lift(graph: Graph, literal: Literal, dm: int, s: int, concept: str) -> None:
    found = rankings(graph, dm, s, concept)
    kept = literal.utility[dm]
    state, rank = literal.states[s], graph.ranks[dm].astype(int)
    first = None
    for lift in range(int(rank.max() - rank[s]) + 1):
        raised = {q: int(rank[k]) + lift * (k == s) for k, q in enumerate(literal.states)}
        literal.utility[dm] = raised
        if literal.stable(concept, dm, state):
            first = lift
            others = [i for i in literal.everyone if i != dm]
            assert found.others_stay == all(literal.stable(concept, i, state) for i in others)
            break
    literal.utility[dm] = kept
    assert found.lift == first


@pytest.mark.parametrize("state", EUPHRATES)
def test_the_euphrates_numbers(state: int) -> None:
    graph = to_graph(load_entry("syria-iraq-1975").conflict)
    literal = literal_of(graph)
    for concept, count in EUPHRATES[state].items():
        own, equilibria = listed(literal, state - 1, concept)
        # the numbers are of equilibria: Iraq must stay as well, and under SEQ and SSEQ that hangs
        # on Syria's ranking too
        assert equilibria == count, concept
        assert count_rankings(graph, 0, state - 1, concept) == own
    if state == 2:
        counts = [count_rankings(graph, 0, 1, concept) for concept in INVERSE_CONCEPTS]
        assert counts == [240, 384, 300, 384, 300]


def literal_of(graph: Graph) -> Literal:
    everywhere = np.arange(graph.size)
    moves = [set(zip(*map(np.ndarray.tolist, graph.arcs(dm, everywhere, "moves")), strict=True))
             for dm in graph.dms]  # fmt: skip
    utility = [dict(enumerate(rank.tolist())) for rank in graph.ranks]
    return Literal(everywhere.tolist(), moves, utility)


def test_a_larger_conflict_is_counted_without_listing() -> None:
    graph = to_graph(load_entry("milk-river").conflict)
    for concept in INVERSE_CONCEPTS:
        for state in range(0, graph.size, 7):
            found = rankings(graph, 0, state, concept)
            assert 0 <= found.count <= found.total == factorial(graph.size)
            # raised to the top everything is below it
            assert found.lift is not None


def test_what_cannot_be_counted_is_refused() -> None:
    graph = to_graph(load_entry("chicken").conflict)
    with pytest.raises(DetenteError, match="unknown-concept"):
        count_rankings(graph, 0, 0, "sim")
    options = ", ".join(f"o{k}: O" for k in range(10))
    text = f"decision_makers: {{a: {{options: {{{options}}}, priorities: []}}}}"
    with pytest.raises(DetenteError, match="too-large"):
        count_rankings(to_graph(parse_model(text)), 0, 0, "nash")
