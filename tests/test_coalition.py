"""Coalitions against literal sets: stability, class improvements, jumps and composites."""

from __future__ import annotations

import random
from functools import cache
from itertools import chain, combinations, count

import numpy as np
import pytest

from detente.catalog import load_entry
from detente.errors import DetenteError
from detente.graph import Explicit, Graph, Grid, to_graph
from detente.model import parse_model
from detente.stability import stability_table
from detente.stability.coalition import (
    COALITION_CONCEPTS,
    coalition_improvements,
    coalition_stable,
    coalition_table,
    composite,
    jumps,
)
from tests.oracle import Literal, State
from tests.random_conflicts import random_graph, random_option_form
from tests.test_stability_oracle import explicit_of

Group = frozenset[int]


def groups(dms: set[int]) -> list[Group]:
    sizes = range(1, len(dms) + 1)
    return [frozenset(g) for g in chain.from_iterable(combinations(sorted(dms), k) for k in sizes)]


class Sets:
    """The definitions of coalitions as sets, each found once."""

    def __init__(self, literal: Literal) -> None:
        self.states, self.utility = literal.states, literal.utility
        self.everyone = set(literal.everyone)
        moves = [{s: literal.reach(i, s) for s in literal.states} for i in literal.everyone]
        self.reach = lambda i, s: moves[i][s]
        self.joint = cache(self._joint)
        self.gains = cache(self._gains)
        self.class_improvements = cache(self._class_improvements)

    def sequences(self, movers, step, s: State) -> set[State]:
        """What legal sequences reach: any number of steps, no mover twice in a row."""
        found: set[tuple[State, object]] = set()
        fresh = {(q, m) for m in movers for q in step(m, s)}
        while fresh:
            found |= fresh
            fresh = {
                (r, m) for q, last in fresh for m in movers if m != last for r in step(m, q)
            } - found
        return {q for q, _ in found}

    def better(self, i: int, q: State, s: State) -> bool:
        return self.utility[i][q] > self.utility[i][s]

    def _joint(self, group: Group, s: State) -> set[State]:
        """R_H(s)."""
        return self.sequences(group, self.reach, s)

    def _gains(self, group: Group, s: State) -> set[State]:
        """R_H^++(s)."""
        return {q for q in self.joint(group, s) if all(self.better(i, q, s) for i in group)}

    def displeasing(self, group: Group, s: State) -> set[State]:
        """Phi_H(s): what is no better than s for some member."""
        return {q for q in self.states if any(not self.better(i, q, s) for i in group)}

    def _class_improvements(self, others: Group, s: State) -> set[State]:
        return self.sequences(groups(set(others)), self.gains, s)

    def stable(self, group: Group, concept: str, s: State) -> bool:
        others = frozenset(self.everyone - group)
        phi = self.displeasing(group, s)
        for s1 in self.gains(group, s):
            if concept == "nash":
                return False
            if concept == "seq":
                answers = self.class_improvements(others, s1) & phi
            else:
                answers = self.joint(others, s1) & phi
            if concept == "smr":
                answers = {s2 for s2 in answers if self.joint(group, s2) <= phi}
            if not answers:
                return False
        return True

    # -- the coalition as one decision maker -----------------------------------------------------

    def composite_stable(self, group: Group, mover: Group, concept: str, s: State) -> bool:
        """Section 2 with the members of a group replaced by one: a mover is `group` or {j}."""
        movers = [group, *(frozenset({j}) for j in sorted(self.everyone - group))]
        others = [m for m in movers if m != mover]

        def moves(m: Group, p: State) -> set[State]:
            if m == group:
                return self.joint(m, p) - {p}
            (j,) = m
            return set(self.reach(j, p))

        def improvements(m: Group, p: State) -> set[State]:
            return {q for q in moves(m, p) if all(self.better(i, q, p) for i in m)}

        def held(q: State) -> bool:
            return any(not self.better(i, q, s) for i in mover)

        step = improvements if concept == "seq" else moves
        for s1 in improvements(mover, s):
            if concept == "nash":
                return False
            answers = {s2 for s2 in self.sequences(others, step, s1) if held(s2)}
            if concept == "smr":
                answers = {s2 for s2 in answers if all(held(s3) for s3 in moves(mover, s2))}
            if not answers:
                return False
        return True


def cases(seed: str, number: int, most: int = 12) -> list[tuple[Graph, Sets]]:
    """So many conflicts in option form and as many as listed arcs."""
    grids, graphs = [], []
    for k in count():
        rng = random.Random(f"{seed} {k}")
        conflict = random_option_form(rng)
        if len(conflict.states()) <= most and len(grids) < number:
            grids.append((to_graph(parse_model(conflict.text())), Sets(conflict.literal())))
        literal = random_graph(rng)
        if len(graphs) < number:
            graphs.append((explicit_of(literal), Sets(literal)))
        if len(grids) == len(graphs) == number:
            return [*grids, *graphs]
    raise AssertionError


CASES = cases("coalition", 110)


def test_every_coalition_in_every_concept_equals_the_literal_sets() -> None:
    for graph, sets in CASES:
        table = coalition_table(graph)
        every = groups(sets.everyone)
        for concept in COALITION_CONCEPTS:
            assert set(table.stable[concept]) == {tuple(sorted(g)) for g in every}
            literal = {g: [sets.stable(g, concept, s) for s in sets.states] for g in every}
            for group in every:
                assert table.stable[concept][tuple(sorted(group))].tolist() == literal[group]
            assert table.universal(concept).tolist() == [
                all(literal[g][k] for g in every) for k in range(graph.size)
            ]
            assert table.stable_for(concept).tolist() == [
                [all(literal[g][k] for g in every if i in g) for k in range(graph.size)]
                for i in graph.dms
            ]


def test_one_coalition_and_one_concept_alone_give_what_the_table_gives() -> None:
    for n, (graph, sets) in enumerate(CASES):
        group = groups(sets.everyone)[n % (2 ** len(sets.everyone) - 1)]
        concept = COALITION_CONCEPTS[n % 4]
        expected = [sets.stable(group, concept, s) for s in sets.states]
        assert coalition_stable(graph, sorted(group, reverse=True), concept).tolist() == expected


def test_coalition_improvements_are_reached_together_and_better_for_all() -> None:
    for graph, sets in CASES:
        for group in groups(sets.everyone):
            sources, targets = coalition_improvements(graph, group)
            told = list(zip(sources.tolist(), targets.tolist(), strict=True))
            place = sets.states.index
            expected = [(place(s), place(q)) for s in sets.states for q in sets.gains(group, s)]
            assert told == sorted(expected)


def test_a_composite_is_one_decision_maker_among_the_others() -> None:
    for graph, sets in CASES:
        for group in groups(sets.everyone):
            movers = [group, *(frozenset({j}) for j in sorted(sets.everyone - group))]
            for concept in COALITION_CONCEPTS:
                assert composite(graph, group, concept).tolist() == [
                    [sets.composite_stable(group, mover, concept, s) for s in sets.states]
                    for mover in movers
                ]


@pytest.mark.parametrize("concept", ["nash", "gmr"])
def test_jumps_lead_between_equilibria_by_no_more_members_than_needed(concept: str) -> None:
    seen = 0
    for graph, sets in CASES:
        equilibria = stability_table(graph, [concept]).equilibria(concept)
        kept = [s for s, good in zip(sets.states, equilibria, strict=True) if good]
        expected = set()
        for group in groups(sets.everyone):
            for s in kept:
                for q in kept:
                    if q in sets.gains(group, s) and not any(
                        q in sets.gains(smaller, s)
                        for smaller in groups(set(group))
                        if smaller < group
                    ):
                        where = sets.states.index
                        expected.add((tuple(sorted(group)), where(s), where(q)))
        told = jumps(graph, equilibria)
        assert len(told) == len(set(told))
        assert set(told) == expected
        seen += len(told)
        if concept == "nash":
            assert all(len(jump.members) > 1 for jump in told)
    assert seen > 20


def test_what_is_contained_in_what() -> None:
    strict = 0
    for graph, _ in [*CASES[::2], *cases("inclusions", 40, most=24)]:
        table = coalition_table(graph)
        plain = stability_table(graph, COALITION_CONCEPTS)
        for members, nash in table.stable["nash"].items():
            gmr, smr, seq = (table.stable[c][members] for c in ("gmr", "smr", "seq"))
            assert not (nash & ~smr).any()
            assert not (smr & ~gmr).any()
            assert not (nash & ~seq).any()
            if isinstance(graph, Grid):
                assert not (seq & ~gmr).any()
            one = composite(graph, members, "seq")[0]
            assert not (one & ~seq).any()
        for dm in graph.dms:
            for concept in ("nash", "gmr", "smr"):
                np.testing.assert_array_equal(table.stable[concept][dm,], plain.stable[concept][dm])
            assert not (plain.stable["seq"][dm] & ~table.stable["seq"][dm,]).any()
            strict += (table.stable["seq"][dm,] & ~plain.stable["seq"][dm]).sum()
            for concept in COALITION_CONCEPTS:
                rows = [dm, *graph.others(dm)]
                np.testing.assert_array_equal(
                    composite(graph, [dm], concept), plain.stable[concept][rows]
                )
    assert strict > 0, "coalitions of the others never held what single answers did not"


def test_blocks_of_states_give_what_all_at_once_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    for graph, _ in CASES[::5]:
        whole = coalition_table(graph)
        with monkeypatch.context() as patch:
            patch.setattr("detente.stability.joint.BLOCK", 3 * graph.size)
            parts = coalition_table(graph)
        for concept in COALITION_CONCEPTS:
            for members, mask in whole.stable[concept].items():
                np.testing.assert_array_equal(parts.stable[concept][members], mask)


# -- published -----------------------------------------------------------------------------------

ELMIRA_12 = """
decision_makers:
  moe:
    options: {modify: {name: Modify, change: take}}
    ranking: [9, 3, 4, 10, 7, 1, 2, 8, [5, 6, 11, 12]]
  uniroyal:
    options: {plant: {name: Plant, levels: [delay, accept, abandon], change: take}}
    ranking: [1, 4, 10, 7, [5, 6, 11, 12], 2, 3, 9, 8]
  local:
    options: {insist: Insist}
    ranking: [9, 3, 7, 1, 10, 8, 4, 2, [5, 6, 11, 12]]
"""


def numbers(mask: np.ndarray) -> list[int]:
    return (np.flatnonzero(mask) + 1).tolist()


def test_the_ministry_and_uniroyal_as_one_are_as_figure_30_of_the_guide_shows() -> None:
    """Elmira with all four states of abandonment, among which nobody distinguishes."""
    graph = to_graph(parse_model(ELMIRA_12))
    nash = composite(graph, [0, 1], "nash").all(axis=0)
    gmr = composite(graph, [0, 1], "gmr").all(axis=0)
    assert numbers(nash) == [5, 6, 9, 10, 11, 12]
    assert numbers(gmr & ~nash) == [1, 3, 4]


def test_the_deadlock_of_elmira_is_left_by_one_jump() -> None:
    graph = to_graph(load_entry("elmira").conflict)
    table = coalition_table(graph)
    assert numbers(stability_table(graph).equilibria("nash")) == [5, 8, 9]
    assert numbers(table.universal("nash")) == [8, 9]
    assert jumps(graph, stability_table(graph).equilibria("nash")) == (((0, 1), 4, 7),)


def test_coalitions_can_answer_by_what_is_no_legal_sequence_where_moves_are_not_transitive() -> (
    None
):
    """The second moves alone and then together with the third: twice in a row."""
    moves = [[(0, 1)], [(1, 2), (2, 3)], [(3, 4)]]
    ranks = [np.array([2, 3, 4, 4, 1]), np.array([1, 1, 2, 1, 3]), np.array([1, 1, 1, 1, 2])]
    graph = Explicit(5, moves, ranks)
    assert coalition_stable(graph, [0], "seq")[0]
    assert not coalition_stable(graph, [0], "gmr")[0]


# -- refused -------------------------------------------------------------------------------------


def test_what_cannot_be_asked_is_refused() -> None:
    graph = to_graph(load_entry("elmira").conflict)
    with pytest.raises(DetenteError, match="unknown-concept 'sseq' is not defined for coalitions"):
        coalition_table(graph, ["sseq"])
    with pytest.raises(DetenteError, match="unknown-concept"):
        composite(graph, [0], "sim")
    for members in ([], [0, 0], [3], [-1]):
        with pytest.raises(ValueError, match="members from 0 to 2"):
            coalition_stable(graph, members, "nash")
    with pytest.raises(ValueError, match="single ranking"):
        coalition_table(graph.with_ranks([rank[None] for rank in graph.ranks]))


def test_too_many_states_or_coalitions_are_refused_before_the_work() -> None:
    def idle(dms: int, states: int) -> Explicit:
        return Explicit(states, [[]] * dms, [np.ones(states, dtype=np.uint8)] * dms)

    with pytest.raises(DetenteError, match="too-large 4,097 states"):
        coalition_improvements(idle(2, 4097), [0])
    assert coalition_stable(idle(2, 4096), [0], "smr").all()
    for dms, states in ((13, 2), (10, 4000)):
        with pytest.raises(DetenteError, match=f"too-large {dms} decision makers"):
            coalition_table(idle(dms, states))
        with pytest.raises(DetenteError, match=f"too-large {dms} decision makers"):
            jumps(idle(dms, states), np.ones(states, dtype=np.bool_))
