"""Named deals, exposure, exploits and coalition deals against literal brute force."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest

from detente.analysis import Made
from detente.analysis.case import Case
from detente.analysis.deals import exploits
from detente.analysis.named import DealAnswer, answers
from detente.analysis.zone import coalition_deals
from detente.graph import Graph, status_quo_of, to_graph
from detente.graph.paths import FAR, Move, bottleneck_from
from detente.model import parse_model
from detente.report.sentences.named import deal_sentences, short_of
from detente.report.sentences.words import Words
from detente.stability import stability_table
from detente.study import Source, analyze
from tests.oracle import Literal, State
from tests.random_conflicts import random_graph
from tests.random_expressions import Expr, Written, holds, random_written
from tests.test_diagnosis import below, cases, follow, safe_reach
from tests.test_explain import replay


def ranked(literal: Literal) -> list[dict[State, int]]:
    """The places of the states in each ranking, 1 for the worst."""
    places = []
    for u in literal.utility:
        order = sorted(set(u.values()))
        places.append({s: order.index(u[s]) + 1 for s in literal.states})
    return places


def drop_of(literal: Literal, q: State) -> dict[State, int]:
    return {s: max(0, *(r[q] - r[s] for r in ranked(literal))) for s in literal.states}


def bottleneck(literal: Literal, q: State, cost: dict[State, int]) -> dict[State, int]:
    """The least bound for which a legal sequence leads to a state with all between within it."""
    found = {q: 0}
    for bound in sorted({0, *cost.values()}):
        seen: set[tuple[State, int]] = set()
        fresh = {(s, j) for j in literal.everyone for s in literal.reach(j, q)}
        while fresh:
            seen |= fresh
            fresh = {
                (r, j)
                for s, last in fresh
                if s == q or cost[s] <= bound
                for j in literal.everyone
                if j != last
                for r in literal.reach(j, s)
            } - seen
        for s, _ in seen:
            found.setdefault(s, bound)
    return found


def costliest(literal: Literal, way: tuple[Move, ...], cost: dict[State, int]) -> int:
    return max([0, *(cost[literal.states[move.target]] for move in way[:-1])])


# -- exposure ------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", range(4))
def test_exposures_are_the_bottlenecks_over_states_and_last_movers(batch: int) -> None:
    for graph, literal in cases(f"exposure {batch}", 16):
        table = stability_table(graph)
        for q in range(0, graph.size, 4):
            case, start = Case(graph, table, q), literal.states[q]
            drop = drop_of(literal, start)
            assert case.drop.tolist() == [drop[s] for s in literal.states]
            expected = bottleneck(literal, start, drop)
            for k, s in enumerate(literal.states):
                assert case.exposures[k] == expected.get(s, FAR)
                if k != q and s in expected:
                    way = case.least_exposed(k)
                    assert follow(literal, way, start, "reach") == s
                    assert costliest(literal, way, drop) == expected[s]
                    passed = [literal.states[move.target] for move in way]
                    assert case.drops(way) == tuple(
                        max(0, *(r[start] - r[t] for t in passed)) for r in ranked(literal)
                    )
                    assert set(case.exposed(way)) == {
                        i for t in passed for i in below(literal, start, t)
                    }
                    assert case.always_exposed(k, (0, 1)) == tuple(
                        i for i in (0, 1) if s not in safe_reach(literal, start, {i})
                    )
                elif k != q:
                    assert case.least_exposed(k) == ()


@pytest.mark.parametrize("batch", range(4))
def test_a_bottleneck_of_any_costs_is_the_literal_one(batch: int) -> None:
    rng = random.Random(f"bottleneck {batch}")
    for graph, literal in cases(f"bottleneck {batch}", 20):
        q = rng.randrange(graph.size)
        cost = {s: rng.randint(0, 5) for s in literal.states}
        found = bottleneck_from(graph, q, np.array([cost[s] for s in literal.states]))
        expected = bottleneck(literal, literal.states[q], cost)
        assert found.tolist() == [expected.get(s, FAR) for s in literal.states]


# -- breaking a deal, and deals of some ------------------------------------------------------------


def test_exploits_are_the_best_improvements_that_put_somebody_else_below_the_status_quo() -> None:
    seen = 0
    for graph, literal in cases("exploits", 60):
        rng = random.Random(f"exploits {graph.size}")
        for _ in range(6):
            q, k = rng.randrange(graph.size), rng.randrange(graph.size)
            start, s = literal.states[q], literal.states[k]
            found = {one.move.dm: one for one in exploits(graph, q, k)}
            for i in literal.everyone:
                u = literal.utility[i]
                harm = {
                    t: victims
                    for t in literal.improvements(i, s)
                    if (victims := below(literal, start, t) - {i})
                }
                assert (i in found) == bool(harm)
                if harm:
                    one = found[i]
                    seen += 1
                    assert literal.states[one.move.source] == s
                    target = literal.states[one.move.target]
                    assert u[target] == max(u[t] for t in harm)
                    assert set(one.victims) == harm[target]
    assert seen > 50


def test_coalition_deals_are_the_joint_improvements_that_hurt_the_fewest() -> None:
    seen = 0
    for graph, literal in cases("coalitions", 60):
        places = ranked(literal)
        for q in range(0, graph.size, 4):
            start = literal.states[q]
            found = {one.members: one for one in coalition_deals(graph, q)}
            expected = set()
            for size in range(2, len(literal.moves)):
                for members in combinations(literal.everyone, size):
                    gains = {
                        s
                        for s in literal.joint(set(members), start, improving=False)
                        if all(literal.utility[i][s] > literal.utility[i][start] for i in members)
                    }
                    if not gains:
                        continue
                    seen += 1
                    expected.add(members)
                    hurt = {s: below(literal, start, s) - set(members) for s in gains}
                    least = min(map(len, hurt.values()))
                    one = found[members]
                    s = literal.states[one.state]
                    assert one.states == len(gains)
                    assert s in gains
                    assert set(one.hurt) == hurt[s]
                    assert len(one.hurt) == least
                    good = {t: sum(places[i][t] for i in members) for t in gains}
                    assert good[s] == max(good[t] for t in gains if len(hurt[t]) == least)
            assert set(found) == expected
    assert seen > 50


# -- named deals -----------------------------------------------------------------------------------


def narrowed_verdict(literal: Literal, q: State, among: set[State]) -> str:
    def equilibrium(s: State) -> bool:
        return all(literal.stable("seq", i, s) for i in literal.everyone)

    everyone = set(literal.everyone)
    if not equilibrium(q):
        return "drift"
    reachable = literal.zone(q) & among & literal.joint(everyone, q, improving=False)
    holding = {s for s in reachable if equilibrium(s)}
    if not reachable:
        return "no-bargaining-space"
    if not holding:
        return "commitment-problem"
    if holding & literal.joint(everyone, q, improving=True):
        return "fear-of-countermove"
    return "open" if holding & safe_reach(literal, q) else "sequencing-problem"


def check(found: DealAnswer, literal: Literal, q: State, among: set[State]) -> None:
    """Everything that is told of one deal, but for the priority that decides."""
    u = literal.utility
    among = among - {q}
    agreed = among & literal.zone(q)
    reach = literal.joint(set(literal.everyone), q, improving=False)
    assert (found.states, found.agreed) == (len(among), len(agreed))
    assert found.reachable == len(agreed & reach)
    if not among:
        assert (found.state, found.verdict, found.refusals) == (None, None, ())
        assert (found.way, found.drops, found.deal, found.leaves) == ((), (), None, None)
        return
    assert found.verdict == narrowed_verdict(literal, q, among)
    assert found.state is not None
    s = literal.states[found.state]
    assert s in among
    if agreed:
        assert s in agreed
        assert found.refusals == ()
        assert found.deal is not None
        assert found.deal.state == found.state
        assert (s in reach) or not agreed & reach
        check_leaves(found, literal, s)
    else:
        refusers = {t: below(literal, q, t) for t in among}
        assert found.deal is None
        assert found.leaves is None
        assert [one.dm for one in found.refusals] == sorted(refusers[s])
        assert all(
            one.accepts == sum(u[one.dm][t] >= u[one.dm][q] for t in among)
            for one in found.refusals
        )
    if s in reach:
        drop = drop_of(literal, q)
        assert follow(literal, found.way, q, "reach") == s
        assert costliest(literal, found.way, drop) == bottleneck(literal, q, drop)[s]
    else:
        assert found.way == ()
    assert len(found.drops) == len(u)


def check_leaves(found: DealAnswer, literal: Literal, s: State) -> None:
    """The reason is about somebody who gains by leaving, and nobody has better cause to leave."""
    if found.leaves is None:
        assert all(literal.stable("nash", i, s) for i in literal.everyone)
        return
    replay(found.leaves, literal)
    assert literal.states[found.leaves.state] == s
    assert not literal.stable("nash", found.leaves.dm, s)
    if found.leaves.stable:
        assert all(literal.stable("gmr", i, s) for i in literal.everyone)


def literal_deciding(own: list[tuple[Expr, int]], better: State, worse: State) -> int | None:
    """The first priority that differs; the first of the heaviest weights for the better state."""
    differs = [k for k, (e, _) in enumerate(own) if holds(e, better) != holds(e, worse)]
    if not own or not own[0][1]:
        return differs[0] if differs else None
    for_it = [k for k in differs if (own[k][1] > 0) == holds(own[k][0], better)]
    return min(for_it, key=lambda k: (-abs(own[k][1]), k)) if for_it else None


def asked(model: Written) -> tuple[Graph, Case, tuple[DealAnswer, ...]]:
    conflict = parse_model(model.text())
    graph = to_graph(conflict)
    start = status_quo_of(conflict, graph)
    assert start is not None
    case = Case(graph, stability_table(graph), start)
    return graph, case, answers(conflict, case)


@pytest.mark.parametrize("batch", range(6))
def test_named_deals_over_options_are_answered_as_by_brute_force(batch: int) -> None:
    told = set()
    for n in range(40):
        model = random_written(random.Random(f"deals {batch} {n}"))
        literal, q = model.literal(), model.status_quo
        graph, case, found = asked(model)
        assert literal.states[case.q] == q
        assert [r.tolist() for r in graph.ranks] == [
            [u[s] for s in literal.states] for u in literal.utility
        ]
        for one in found:
            among = {s for s in literal.states if holds(model.deals[one.named.id], s)}
            check(one, literal, q, among)
            for refusal in one.refusals:
                assert one.state is not None
                worse = literal.states[one.state]
                decides = literal_deciding(model.wants[refusal.dm], q, worse)
                assert refusal.decides == decides
                told.add((model.wants[refusal.dm][0][1] != 0, decides))
    assert {(False, 0), (True, 0)} <= told


@pytest.mark.parametrize("batch", range(4))
def test_deals_named_by_states_of_a_graph_are_answered_as_by_brute_force(batch: int) -> None:
    for n in range(30):
        rng = random.Random(f"graph deals {batch} {n}")
        literal = random_graph(rng)
        q = rng.choice(literal.states)
        named = {
            f"x{k}": rng.sample(literal.states, rng.randint(1, min(3, len(literal.states))))
            for k in range(3)
        }
        conflict = parse_model(graph_text(literal, q, named))
        graph = to_graph(conflict)
        case = Case(graph, stability_table(graph), literal.states.index(q))
        for one in answers(conflict, case):
            check(one, literal, q, set(named[one.named.id]))
            assert all(refusal.decides is None for refusal in one.refusals)


def graph_text(literal: Literal, q: State, deals: dict[str, list[State]], more: str = "") -> str:
    """The text of a model given as a graph; states are called s0, s1, ..."""
    lines = ["title: random graph", "decision_makers:"]
    lines += [f"  d{i}: D" for i in literal.everyone]
    lines.append(f"states: [{', '.join(f's{s}' for s in literal.states)}]")
    lines.append("moves:")
    for i in literal.everyone:
        ends = {s: sorted(literal.reach(i, s)) for s in literal.states}  # type: ignore[type-var]
        some = [f"s{s}: [{', '.join(f's{t}' for t in to)}]" for s, to in ends.items() if to]
        lines.append(f"  d{i}: {{{', '.join(some)}}}")
    lines.append("ranking:")
    lines += [f"  d{i}: {tiers(literal.utility[i])}" for i in literal.everyone]
    lines.append(f"status_quo: s{q}")
    if deals:
        lines.append("deals:")
        lines += [f"  {k}: {{deal: [{', '.join(f's{s}' for s in v)}]}}" for k, v in deals.items()]
    return "\n".join(lines) + "\n" + more


def tiers(utility: dict[State, int]) -> str:
    found = [
        f"[{', '.join(f's{s}' for s in utility if utility[s] == level)}]"
        for level in sorted(set(utility.values()), reverse=True)
    ]
    return f"[{', '.join(found)}]"


def test_the_state_shown_for_a_refused_deal_is_one_that_the_fewest_refuse() -> None:
    for n in range(60):
        model = random_written(random.Random(f"deals 0 {n}"))
        literal, q = model.literal(), model.status_quo
        for one in asked(model)[2]:
            if one.refusals:
                among = {s for s in literal.states if holds(model.deals[one.named.id], s)} - {q}
                assert one.state is not None
                refused = len(below(literal, q, literal.states[one.state]))
                assert refused == min(len(below(literal, q, s)) for s in among)


def test_a_deal_that_changes_nothing_for_anybody_is_answered() -> None:
    """Nobody gains, so it lies outside the zone; nobody loses, so nobody refuses it."""
    conflict = parse_model(
        "decision_makers:\n"
        "  a: {options: {x: X}, priorities: []}\n"
        "  b: {priorities: []}\n"
        "status_quo: []\n"
        "deals: {d: a.x}\n"
    )
    findings = analyze(Source(conflict, Made("small", "", "")))
    (found,) = findings.answers
    assert (found.states, found.agreed, found.state, found.refusals) == (1, 0, 1, ())
    sentences = " ".join(deal_sentences(Words.of(findings), found))
    assert "prefers the status quo" not in sentences
    assert short_of(found) not in ("refused", "out of reach")
