"""Zone, blocking, reach, grades and verdicts against literal sets; every witness is replayed."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from detente.analysis import blocking, diagnose, efficient, zone
from detente.analysis.deals import GRADES
from detente.analysis.diagnosis import VERDICT_CONCEPTS, Diagnosis
from detente.graph import Graph, to_graph
from detente.graph.paths import Move
from detente.model import parse_model
from detente.stability import stability_table
from detente.study import analyze
from tests.oracle import Literal, State
from tests.random_conflicts import random_graph, random_option_form
from tests.test_explain import replay
from tests.test_stability_oracle import explicit_of


def cases(seed: str, count: int) -> list[tuple[Graph, Literal]]:
    found: list[tuple[Graph, Literal]] = []
    for k in range(count):
        rng = random.Random(f"{seed} {k}")
        if k % 2:
            literal = random_graph(rng)
            found.append((explicit_of(literal), literal))
        else:
            conflict = random_option_form(rng)
            found.append((to_graph(parse_model(conflict.text())), conflict.literal()))
    return found


def below(literal: Literal, q: State, s: State) -> set[int]:
    return {i for i in literal.everyone if literal.utility[i][s] < literal.utility[i][q]}


def safe_reach(literal: Literal, q: State, spared: set[int] | None = None) -> set[State]:
    """States reached by legal sequences that never put anybody (of the spared) below q."""

    def hurt(s: State) -> bool:
        return bool(below(literal, q, s) & (set(literal.everyone) if spared is None else spared))

    found: set[tuple[State, int]] = set()
    fresh = {(s, j) for j in literal.everyone for s in literal.reach(j, q) if not hurt(s)}
    while fresh:
        found |= fresh
        fresh = {
            (r, j)
            for s, last in fresh
            for j in literal.everyone
            if j != last
            for r in literal.reach(j, s)
            if not hurt(r)
        } - found
    return {s for s, _ in found}


def literal_verdict(literal: Literal, q: State, concept: str) -> str:
    def equilibrium(s: State) -> bool:
        return all(literal.stable(concept, i, s) for i in literal.everyone)

    if not equilibrium(q):
        return "drift"
    everyone = set(literal.everyone)
    reachable = literal.zone(q) & literal.joint(everyone, q, improving=False)
    if not reachable:
        return "no-bargaining-space"
    holding = {s for s in reachable if equilibrium(s)}
    if not holding:
        return "commitment-problem"
    if holding & literal.joint(everyone, q, improving=True):
        return "fear-of-countermove"
    if holding & safe_reach(literal, q):
        return "open"
    return "sequencing-problem"


def follow(literal: Literal, path: tuple[Move, ...], start: State, step: str) -> State:
    """Follow a path and check that every step is legal."""
    here, last = start, None
    for move in path:
        assert literal.states[move.source] == here
        assert move.dm != last
        here, last = literal.states[move.target], move.dm
        reached = getattr(literal, step)(move.dm, literal.states[move.source])
        assert here in reached
    return here


@pytest.mark.parametrize("batch", range(8))
def test_verdicts_zones_and_deals_equal_literal_sets_and_every_witness_holds(batch: int) -> None:
    for graph, literal in cases(f"diagnosis {batch}", 30):
        table = stability_table(graph)
        for q in range(graph.size):
            check(diagnose(graph, table, q), graph, literal)


def check(found: Diagnosis, graph: Graph, literal: Literal) -> None:
    q = literal.states[found.status_quo]
    everyone = set(literal.everyone)
    for concept in VERDICT_CONCEPTS:
        assert found.by_concept[concept] == literal_verdict(literal, q, concept)
        assert set(found.stable_for[concept]) == {
            i for i in everyone if literal.stable(concept, i, q)
        }
    assert {literal.states[s] for s in found.zone} == literal.zone(q)
    assert len(found.deals) == len(found.zone)
    by_improvements = literal.joint(everyone, q, improving=True)
    by_moves = literal.joint(everyone, q, improving=False)
    for deal in found.deals:
        s = literal.states[deal.state]
        for i, grade in enumerate(deal.holds):
            best = next((c for c in GRADES if literal.stable(c, i, s)), None)
            assert grade == best
        gainers = {i for i in everyone if literal.utility[i][s] > literal.utility[i][q]}
        together = literal.joint(gainers, q, improving=False)
        expected = (
            "improvements"
            if s in by_improvements
            else "unreachable"
            if s not in by_moves
            else "joint"
            if s in together
            else "moves"
        )
        assert deal.reach == expected
        if deal.reach != "unreachable":
            step = "improvements" if deal.reach == "improvements" else "reach"
            assert follow(literal, deal.path, q, step) == s
            if deal.reach == "joint":
                assert {move.dm for move in deal.path} <= gainers
        exposed = {i for m in deal.path for i in below(literal, q, literal.states[m.target])}
        assert set(deal.exposed) == exposed
        better = {
            t
            for t in literal.states
            if all(literal.utility[i][t] >= literal.utility[i][s] for i in everyone)
            and any(literal.utility[i][t] > literal.utility[i][s] for i in everyone)
        }
        assert deal.efficient == (not better)
    check_witness(found, literal, q)


def check_witness(found: Diagnosis, literal: Literal, q: State) -> None:
    witness = found.witness
    first = VERDICT_CONCEPTS[0]
    if witness.reason is not None:
        assert witness.reason.concept == first
        replay(witness.reason, literal)
    match found.verdict:
        case "drift":
            assert witness.reason is not None
            assert witness.reason.state == found.status_quo
            assert not witness.reason.stable
            for end in witness.leads_to:
                s = literal.states[end]
                assert s in literal.joint(set(literal.everyone), q, True)
                assert all(literal.stable(first, i, s) for i in literal.everyone)
        case "no-bargaining-space":
            assert {literal.states[s] for s in witness.unreachable} == literal.zone(q)
            if not literal.zone(q):
                check_blocking(found, literal, q)
            else:
                # nobody blocks what nobody would refuse
                assert witness.blocking is None
        case "commitment-problem":
            assert witness.reason is not None
            assert literal.states[witness.reason.state] in literal.zone(q)
            assert not witness.reason.stable
        case "fear-of-countermove":
            end = follow(literal, witness.path, q, "improvements")
            assert end in literal.zone(q)
            assert witness.reason is not None
            assert witness.reason.stable
            assert witness.reason.held
            assert witness.reason.dm == witness.path[0].dm
        case "open":
            end = follow(literal, witness.path, q, "reach")
            assert end in literal.zone(q)
            assert not witness.exposed
            assert not any(below(literal, q, literal.states[m.target]) for m in witness.path)
        case "sequencing-problem":
            end = follow(literal, witness.path, q, "reach")
            assert end in literal.zone(q)
            assert witness.exposed
            assert set(witness.always_exposed) <= set(witness.exposed)
            assert set(witness.always_exposed) == {
                i for i in literal.everyone if end not in safe_reach(literal, q, {i})
            }


def check_blocking(found: Diagnosis, literal: Literal, q: State) -> None:
    blocks = found.witness.blocking
    assert blocks is not None
    everyone = set(literal.everyone)
    for i in everyone:
        assert blocks.alone.get(i, 0) == len(literal.zone(q, everyone - {i}))
    opening: list[set[int]] = []
    for size in range(1, len(everyone) + 1):
        for group in map(set, combinations(sorted(everyone), size)):
            if literal.zone(q, everyone - group) and not any(known <= group for known in opening):
                opening.append(group)
    # leaving out everybody who is hurt opens the zone, as long as somebody else gains
    assert [set(group) for group in blocks.sets] == opening


def test_all_six_verdicts_occur_among_the_random_conflicts() -> None:
    seen = set()
    for graph, _ in cases("verdicts", 200):
        table = stability_table(graph)
        seen |= {diagnose(graph, table, q).verdict for q in range(graph.size)}
    assert seen == {
        "drift",
        "no-bargaining-space",
        "commitment-problem",
        "fear-of-countermove",
        "sequencing-problem",
        "open",
    }


@pytest.mark.parametrize(
    ("slug", "start", "verdict"),
    [
        ("prisoners-dilemma", None, "sequencing-problem"),
        ("assurance", None, "sequencing-problem"),
        ("chicken", None, "drift"),
        ("syria-iraq-1975", None, "drift"),
        ("cuban-missile-crisis", None, "drift"),
        ("elmira", "5", "no-bargaining-space"),
    ],
)
def test_known_conflicts_get_the_verdict_of_the_definitions(
    slug: str, start: str | None, verdict: str
) -> None:
    diagnosis = analyze(slug, status_quo=start).diagnosis
    assert diagnosis is not None
    assert diagnosis.verdict == verdict


def test_at_its_deadlock_elmira_is_blocked_by_uniroyal_or_the_local_government() -> None:
    graph = analyze("elmira").graph
    blocks = blocking(graph, 4)
    assert blocks.alone == {1: 2, 2: 2}
    assert blocks.sets == ((1,), (2,))
    assert not zone(graph, 4).any()


def test_the_same_number_of_states_stays_efficient_however_they_are_listed() -> None:
    rng = np.random.default_rng(7)
    for graph, literal in cases("efficient", 40):
        states = rng.permutation(graph.size)[: max(1, graph.size // 2)]
        found = efficient(graph, states)
        for k, s in enumerate(states):
            mine = [u[literal.states[s]] for u in literal.utility]
            theirs = [[u[literal.states[t]] for u in literal.utility] for t in states]
            bettered = any(
                all(a >= b for a, b in zip(other, mine, strict=True)) and other != mine
                for other in theirs
            )
            assert found[k] == (not bettered)
