"""Every concept against the literal definitions, on thousands of random conflicts."""

from __future__ import annotations

import random

import numpy as np
import pytest

from detente.graph import Explicit, Graph, to_graph
from detente.graph.paths import steps_to
from detente.graph.ranks import dense
from detente.model import parse_model
from detente.stability import CONCEPTS, stability_table
from tests.oracle import Literal
from tests.random_conflicts import random_graph, random_option_form

BATCHES = 30
PER_BATCH = 50  # 30 x 50 in option form and 30 x 50 as graphs: 3,000 conflicts


def explicit_of(literal: Literal) -> Explicit:
    index = {s: k for k, s in enumerate(literal.states)}
    moves = [[(index[p], index[q]) for p, q in pairs] for pairs in literal.moves]
    ranks = [dense(np.array([u[s] for s in literal.states])) for u in literal.utility]
    return Explicit(len(literal.states), moves, ranks)


def assert_equal(graph: Graph, literal: Literal, concepts: list[str], hint: object) -> None:
    table = stability_table(graph, concepts)
    for concept in concepts:
        assert table.stable[concept].tolist() == literal.table(concept), (concept, hint)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_all_six_concepts_on_a_grid_equal_the_literal_definitions(batch: int) -> None:
    for k in range(PER_BATCH):
        conflict = random_option_form(random.Random(f"grid {batch} {k}"))
        graph = to_graph(parse_model(conflict.text()))
        assert_equal(graph, conflict.literal(), list(CONCEPTS), conflict)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_five_concepts_on_listed_arcs_equal_the_literal_definitions(batch: int) -> None:
    for k in range(PER_BATCH):
        literal = random_graph(random.Random(f"graph {batch} {k}"))
        concepts = [c for c in CONCEPTS if c != "sim"]
        assert_equal(explicit_of(literal), literal, concepts, literal)


@pytest.mark.parametrize("batch", range(10))
def test_a_grid_and_its_arcs_listed_one_by_one_give_the_same_table(batch: int) -> None:
    concepts = [c for c in CONCEPTS if c != "sim"]
    for k in range(20):
        conflict = random_option_form(random.Random(f"same {batch} {k}"))
        grid = to_graph(parse_model(conflict.text()))
        listed = explicit_of(conflict.literal())
        for dm in grid.dms:
            everywhere = np.arange(grid.size)
            for over in ("moves", "improvements"):
                left = set(zip(*map(list, grid.arcs(dm, everywhere, over)), strict=True))
                right = set(zip(*map(list, listed.arcs(dm, everywhere, over)), strict=True))
                assert left == right
        one, other = stability_table(grid, concepts), stability_table(listed, concepts)
        for concept in concepts:
            np.testing.assert_array_equal(one.stable[concept], other.stable[concept])


@pytest.mark.parametrize("batch", range(10))
def test_walking_back_state_by_state_gives_what_folding_gives(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no round of folding allowed, sanctions, reasons and steps all come from walking."""
    concepts = [c for c in CONCEPTS if c != "sim"]
    for k in range(30):
        literal = random_graph(random.Random(f"walk {batch} {k}"))
        graph = explicit_of(literal)
        inside = np.array([rng_bit(k, s) for s in range(graph.size)])
        target = np.array([rng_bit(k + 1, s) for s in range(graph.size)])
        folded = stability_table(graph, concepts)
        steps = [
            steps_to(graph, graph.dms, target, over, within=within)
            for over in ("moves", "improvements")
            for within in (None, inside)
        ]
        with monkeypatch.context() as patch:
            patch.setattr("detente.graph.walk.MANY_ROUNDS", 0)
            walked = stability_table(graph, concepts)
            again = [
                steps_to(graph, graph.dms, target, over, within=within)
                for over in ("moves", "improvements")
                for within in (None, inside)
            ]
        for concept in concepts:
            np.testing.assert_array_equal(walked.stable[concept], folded.stable[concept])
        for one, other in zip(steps, again, strict=True):
            np.testing.assert_array_equal(one.least, other.least)
            np.testing.assert_array_equal(one.after, other.after)


def rng_bit(seed: int, state: int) -> bool:
    return random.Random(f"{seed} {state}").random() < 0.6


def test_a_chain_of_thousands_of_moves_is_no_trouble() -> None:
    """Two decision makers take turns along a chain; the last state is bad for the first."""
    size = 5001
    moves = [[(s, s + 1) for s in range(start, size - 1, 2)] for start in (0, 1)]
    ranks = [np.arange(size) + 2, np.arange(size) + 2]
    ranks[0][-1] = 1
    graph = Explicit(size, moves, ranks)
    table = stability_table(graph)
    # the first gains by every step but the one after which the second ends the chain
    assert table.stable["seq"][0, 1::2].all()
    assert steps_to(graph, graph.dms, np.arange(size) == size - 1, "moves").least[0] == size - 1
