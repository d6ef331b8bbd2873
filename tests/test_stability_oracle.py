"""Every concept against the literal definitions, on thousands of random conflicts."""

from __future__ import annotations

import random

import numpy as np
import pytest

from detente.graph import Explicit, Graph, to_graph
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
