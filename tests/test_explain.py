"""Every reason is replayed, move by move, against the literal conflict."""

from __future__ import annotations

import random

import numpy as np
import pytest

from detente.graph import Graph, to_graph
from detente.model import parse_model
from detente.stability import CONCEPTS, Reason, explain, stability_table
from tests.oracle import Literal
from tests.random_conflicts import random_graph, random_option_form
from tests.test_stability_oracle import explicit_of


def replay(reason: Reason, literal: Literal) -> None:
    """Check that a reason proves what it says, with nothing but the literal definitions."""
    states, i = literal.states, reason.dm
    u = literal.utility[i]
    s = states[reason.state]
    improvements = literal.improvements(i, s)
    symmetric = reason.concept in ("smr", "sseq")
    credible = reason.concept in ("seq", "sseq")
    if not reason.stable:
        assert reason.breaks is not None
        assert reason.held == ()
        assert states[reason.breaks.source] == s
        s1 = states[reason.breaks.target]
        assert s1 in improvements
        if reason.concept == "sim":
            assert not literal._simultaneous_sanction(i, s, s1)
        elif reason.concept != "nash":
            for s2 in literal.joint(set(literal.everyone) - {i}, s1, credible):
                deterred = u[s2] <= u[s]
                if symmetric:
                    deterred = deterred and all(u[s3] <= u[s] for s3 in literal.reach(i, s2))
                assert not deterred
        return
    assert reason.breaks is None
    assert {states[h.improvement.target] for h in reason.held} == improvements
    for held in reason.held:
        end = states[held.sanction.state]
        assert held.sanction.moves, "a sanction is at least one move"
        assert u[end] <= u[s]
        if reason.concept == "sim":
            movers = [move.dm for move in held.sanction.moves]
            assert i not in movers
            assert len(set(movers)) == len(movers)
            made = list(states[held.improvement.target])
            for move in held.sanction.moves:
                assert states[move.source] == s
                assert states[move.target] in literal.improvements(move.dm, s)
                made[move.dm] = states[move.target][move.dm]
            assert tuple(made) == end
            continue
        here, last = states[held.improvement.target], None
        for move in held.sanction.moves:
            assert states[move.source] == here
            assert move.dm not in (i, last)
            step = literal.improvements if credible else literal.reach
            assert states[move.target] in step(move.dm, here)
            here, last = states[move.target], move.dm
        assert here == end
        replies = literal.reach(i, end)
        if symmetric and replies:
            assert held.sanction.reply is not None
            reply = states[held.sanction.reply.target]
            assert reply in replies
            assert u[reply] == max(u[r] for r in replies) <= u[s]
        else:
            assert held.sanction.reply is None


def check(graph: Graph, literal: Literal, concepts: list[str]) -> None:
    table = stability_table(graph, concepts)
    for concept in concepts:
        for dm in graph.dms:
            for state in range(graph.size):
                reason = explain(graph, state, dm, concept)
                assert reason.stable == table.stable[concept][dm, state]
                replay(reason, literal)


@pytest.mark.parametrize("batch", range(10))
def test_every_reason_on_a_grid_can_be_replayed(batch: int) -> None:
    for k in range(8):
        conflict = random_option_form(random.Random(f"why {batch} {k}"))
        check(to_graph(parse_model(conflict.text())), conflict.literal(), list(CONCEPTS))


@pytest.mark.parametrize("batch", range(10))
def test_every_reason_on_listed_arcs_can_be_replayed(batch: int) -> None:
    for k in range(15):
        literal = random_graph(random.Random(f"why listed {batch} {k}"))
        check(explicit_of(literal), literal, [c for c in CONCEPTS if c != "sim"])


def test_legal_sequences_pass_one_another_by_and_return_but_never_move_twice_in_a_row() -> None:
    """A chain 0 -a-> 1 -b-> 2 -a-> 3 that only alternating movers can walk."""
    from detente.graph import Explicit
    from detente.graph.paths import path_from, steps_from

    ranks = [np.array([1, 2, 3, 4])] * 2
    graph = Explicit(4, [[(0, 1), (2, 3)], [(1, 2)]], ranks)
    steps = steps_from(graph, [0, 1], 0, "improvements")
    path = path_from(steps, 3)
    assert path is not None
    assert [(m.dm, m.target) for m in path] == [(0, 1), (1, 2), (0, 3)]
    alone = steps_from(Explicit(4, [[(0, 1), (1, 2)], []], ranks), [0, 1], 0, "moves")
    assert alone.least.tolist()[:2] == [0, 1]
    assert path_from(alone, 2) is None
