"""What must hold for every conflict, whatever the numbers: inclusions, invariances, batches."""

from __future__ import annotations

import random

import numpy as np
import pytest

from detente.analysis import zone
from detente.graph import Explicit, Graph, Grid, to_graph
from detente.graph.paths import steps_to
from detente.graph.ranks import dense
from detente.model import parse_model
from detente.stability import CONCEPTS, StabilityTable, explain, stability_table
from tests.random_conflicts import OptionForm, random_graph, random_option_form
from tests.test_stability_oracle import explicit_of

#: X is contained in Y: definitions, section 2
INCLUSIONS = [
    ("nash", "sseq"),
    ("sseq", "seq"),
    ("seq", "gmr"),
    ("sseq", "smr"),
    ("smr", "gmr"),
    ("nash", "sim"),
]


def some_graphs(seed: str, count: int = 60) -> list[Graph]:
    graphs: list[Graph] = []
    for k in range(count):
        rng = random.Random(f"{seed} {k}")
        if k % 2:
            graphs.append(explicit_of(random_graph(rng)))
        else:
            graphs.append(to_graph(parse_model(random_option_form(rng).text())))
    return graphs


def permuted(graph: Explicit, states: np.ndarray, dms: list[int]) -> Explicit:
    """The same conflict with states renumbered (old -> new) and decision makers reordered."""
    moves = []
    for dm in dms:
        sources, targets = graph.arcs(dm, np.arange(graph.size), "moves")
        moves.append(list(zip(states[sources].tolist(), states[targets].tolist(), strict=True)))
    back = np.argsort(states)
    return Explicit(graph.size, moves, [graph.ranks[dm][back] for dm in dms])


@pytest.mark.parametrize(("inner", "outer"), INCLUSIONS)
def test_every_state_stable_under_the_stricter_concept_is_stable_under_the_looser(
    inner: str, outer: str
) -> None:
    seen = 0
    for graph in some_graphs("inclusion", 120):
        if "sim" in (inner, outer) and not isinstance(graph, Grid):
            continue
        table = stability_table(graph, [inner, outer])
        assert not (table.stable[inner] & ~table.stable[outer]).any()
        seen += int(table.stable[inner].sum())
    assert seen > 100, "the inclusion was never put to the test"


@pytest.mark.parametrize(("one", "other"), [("seq", "smr"), ("smr", "seq")])
def test_seq_and_smr_do_not_contain_one_another(one: str, other: str) -> None:
    apart = 0
    for graph in some_graphs("apart", 120):
        table = stability_table(graph, [one, other])
        apart += int((table.stable[one] & ~table.stable[other]).sum())
    assert apart > 0


def test_seq_and_smr_together_are_not_sseq() -> None:
    apart = 0
    for graph in some_graphs("together", 300):
        table = stability_table(graph, ["seq", "smr", "sseq"])
        both = table.stable["seq"] & table.stable["smr"]
        apart += int((both & ~table.stable["sseq"]).sum())
    assert apart > 0


def test_renaming_states_and_decision_makers_renames_the_answers() -> None:
    for k in range(60):
        rng = random.Random(f"rename {k}")
        graph = explicit_of(random_graph(rng))
        states = np.array(rng.sample(range(graph.size), graph.size))
        dms = rng.sample(list(graph.dms), len(graph.ranks))
        renamed = permuted(graph, states, dms)
        before, after = stability_table(graph), stability_table(renamed)
        for concept in before.concepts:
            np.testing.assert_array_equal(
                after.stable[concept][:, states], before.stable[concept][dms]
            )


def test_only_the_order_of_ranks_counts() -> None:
    for graph in some_graphs("relabel"):
        stretched = [dense(rank.astype(np.int64) ** 3 + 7 * rank) for rank in graph.ranks]
        wide = [rank.astype(np.uint32) * 1000 + 5 for rank in graph.ranks]
        before = stability_table(graph)
        for ranks in (stretched, wide):
            after = stability_table(graph.with_ranks(ranks))
            for concept in before.concepts:
                np.testing.assert_array_equal(after.stable[concept], before.stable[concept])


def test_a_decision_maker_without_moves_changes_nothing_for_the_others() -> None:
    for k in range(60):
        rng = random.Random(f"idle {k}")
        graph = explicit_of(random_graph(rng))
        moves = [
            list(zip(*map(list, graph.arcs(dm, np.arange(graph.size), "moves")), strict=True))
            for dm in graph.dms
        ]
        idle = dense(np.array([rng.randint(1, 5) for _ in range(graph.size)]))
        larger = Explicit(graph.size, [*moves, []], [*graph.ranks, idle])
        before, after = stability_table(graph), stability_table(larger)
        for concept in before.concepts:
            np.testing.assert_array_equal(after.stable[concept][:-1], before.stable[concept])
            assert after.stable[concept][-1].all()


def test_an_option_that_may_never_be_taken_changes_nothing() -> None:
    for k in range(40):
        conflict = random_option_form(random.Random(f"unused {k}"))
        options = [list(own) for own in conflict.options]
        options[0].append((2, "both"))
        unused = OptionForm(
            options,
            [*conflict.infeasible, [(0, len(options[0]) - 1, 1, True)]],
            conflict.ranks,
        )
        before = stability_table(to_graph(parse_model(conflict.text())))
        after = stability_table(to_graph(parse_model(unused.text())))
        for concept in CONCEPTS:
            np.testing.assert_array_equal(after.stable[concept], before.stable[concept])


def test_a_new_move_of_an_opponent_only_adds_gmr_states_and_an_own_one_only_takes_away() -> None:
    for k in range(120):
        rng = random.Random(f"more moves {k}")
        literal = random_graph(rng)
        absent = [
            (dm, (s, q))
            for dm in literal.everyone
            for s in literal.states
            for q in literal.states
            if s != q and (s, q) not in literal.moves[dm]
        ]
        if not absent:
            continue
        mover, arc = rng.choice(absent)
        before = stability_table(explicit_of(literal))
        literal.moves[mover].add(arc)
        after = stability_table(explicit_of(literal))
        for dm in literal.everyone:
            if dm == mover:
                for concept in ("nash", "smr"):
                    assert not (after.stable[concept][dm] & ~before.stable[concept][dm]).any()
            else:
                assert not (before.stable["gmr"][dm] & ~after.stable["gmr"][dm]).any()


@pytest.mark.parametrize("shape", [(3,), (2, 3)])
def test_many_rankings_at_once_give_what_each_gives_alone(shape: tuple[int, ...]) -> None:
    for k, graph in enumerate(some_graphs("batch", 40)):
        rng = np.random.default_rng(k)
        ranks = [rng.integers(1, 6, size=(*shape, graph.size)).astype(np.uint8) for _ in graph.dms]
        together = stability_table(graph.with_ranks(ranks))
        assert "sim" not in together.concepts
        for index in np.ndindex(*shape):
            alone = stability_table(graph.with_ranks([rank[index] for rank in ranks]))
            for concept in together.concepts:
                found = together.stable[concept]
                assert found.shape == (*shape, len(ranks), graph.size)
                np.testing.assert_array_equal(found[index], alone.stable[concept])


def test_what_needs_one_ranking_refuses_a_batch_by_name() -> None:
    graph = some_graphs("single", 2)[0]
    batch = graph.with_ranks([np.stack([rank, rank]) for rank in graph.ranks])
    for asked in (
        lambda: zone(batch, 0),
        lambda: explain(batch, 0, 0, "seq"),
        lambda: steps_to(batch, [0], np.ones(batch.size, bool), "moves"),
        lambda: stability_table(batch, ["sim"]),
    ):
        with pytest.raises(ValueError, match="takes a single ranking, not a batch"):
            asked()


@pytest.mark.parametrize("take", ["min", "max"])
@pytest.mark.parametrize("over", ["moves", "improvements"])
@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.float64, np.bool_])
def test_fold_takes_the_least_or_greatest_value_within_one_move(
    take: str, over: str, dtype: type
) -> None:
    for k, graph in enumerate(some_graphs("fold", 30)):
        values = np.random.default_rng(k).integers(0, 9, size=graph.size).astype(dtype)
        kept = values.copy()
        for dm in graph.dms:
            folded = graph.fold(dm, values, over, take)
            assert folded.dtype == values.dtype
            for s in range(graph.size):
                _, targets = graph.arcs(dm, np.array([s]), over)
                if targets.size:
                    assert folded[s] == getattr(values[targets], take)()
                elif dtype is np.float64:
                    assert folded[s] == (np.inf if take == "min" else -np.inf)
                elif dtype is np.bool_:
                    assert folded[s] == (take == "min")
                else:
                    info = np.iinfo(dtype)
                    assert folded[s] == (info.max if take == "min" else info.min)
        np.testing.assert_array_equal(values, kept)


@pytest.mark.parametrize("over", ["moves", "improvements"])
def test_in_the_reversed_graph_every_arc_runs_backwards(over: str) -> None:
    for graph in some_graphs("reversed", 40):
        everywhere = np.arange(graph.size)
        for dm in graph.dms:
            forwards = set(zip(*map(list, graph.arcs(dm, everywhere, over)), strict=True))
            backwards = graph.reversed().arcs(dm, everywhere, over)
            assert {(q, s) for s, q in zip(*map(list, backwards), strict=True)} == forwards


def test_with_three_decision_makers_there_need_be_no_seq_equilibrium() -> None:
    """Found by random search for this project; strict preferences throughout."""
    moves = [
        [(0, 1), (1, 4), (4, 0), (4, 3)],
        [(0, 4), (2, 0), (2, 1)],
        [(1, 0), (1, 4), (2, 1), (3, 2), (4, 3)],
    ]
    best_first = [[3, 2, 4, 0, 1], [2, 1, 4, 3, 0], [4, 1, 2, 0, 3]]
    ranks = [np.array([5 - order.index(s) for s in range(5)]) for order in best_first]
    table: StabilityTable = stability_table(Explicit(5, moves, ranks))
    found = {c: np.flatnonzero(table.equilibria(c)).tolist() for c in table.concepts}
    assert found == {"nash": [], "gmr": [0, 4], "smr": [4], "seq": [], "sseq": []}
