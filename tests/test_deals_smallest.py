"""The smallest conflict that shows each verdict, and the search that found nothing smaller."""

from __future__ import annotations

from itertools import product

import pytest

from detente.analysis import Made, diagnose
from detente.analysis.case import Case
from detente.analysis.named import answers
from detente.graph import status_quo_of, to_graph
from detente.model import parse_model
from detente.stability import stability_table
from detente.study import Source, analyze
from tests.random_conflicts import OptionForm
from tests.test_diagnosis import check_witness, literal_verdict

#: verdict -> the text; who holds how many options; what everybody ranks the states, from state 1
SMALL: dict[str, tuple[str, list[int], list[list[int]]]] = {
    "drift": (
        "decision_makers: {a: {options: {x: X}, priorities: [x]}}\nstatus_quo: []\n",
        [1],
        [[1, 2]],
    ),
    "no-bargaining-space": (
        "decision_makers: {a: {options: {x: X}, priorities: []}}\nstatus_quo: []\n",
        [1],
        [[1, 1]],
    ),
    "open": (
        "decision_makers:\n"
        "  a: {options: {x: X}, priorities: []}\n"
        "  b: {priorities: [a.x]}\n"
        "status_quo: []\n",
        [1, 0],
        [[1, 1], [1, 2]],
    ),
    "commitment-problem": (
        "decision_makers:\n"
        "  a: {options: {x: X}, priorities: [x and b.y]}\n"
        "  b: {options: {y: Y}, priorities: [y and not a.x, not a.x and not y]}\n"
        "status_quo: []\n",
        [1, 1],
        [[1, 1, 1, 2], [2, 1, 3, 1]],
    ),
    "fear-of-countermove": (
        "decision_makers:\n"
        "  a: {options: {x: X}, priorities: [x and b.y]}\n"
        "  b: {options: {y: Y}, priorities: [y and not a.x]}\n"
        "status_quo: []\n",
        [1, 1],
        [[1, 1, 1, 2], [1, 1, 2, 1]],
    ),
    "sequencing-problem": (
        "decision_makers:\n"
        "  a: {options: {x: X}, priorities: []}\n"
        "  b: {options: {y: Y}, priorities: [y and not a.x, a.x and not y]}\n"
        "status_quo: [a.x]\n",
        [1, 1],
        [[1, 1, 1, 1], [1, 2, 3, 1]],
    ),
}


@pytest.mark.parametrize("verdict", SMALL)
def test_the_smallest_case_of_a_verdict_has_it_and_its_witness_holds(verdict: str) -> None:
    """None has fewer options or decision makers; the test below looks at all that do."""
    text, holders, ranks = SMALL[verdict]
    conflict = parse_model(text)
    graph = to_graph(conflict)
    assert [rank.tolist() for rank in graph.ranks] == ranks
    start = status_quo_of(conflict, graph)
    assert start is not None
    literal = OptionForm([[(2, "both")] * own for own in holders], [], ranks).literal()
    diagnosis = diagnose(graph, stability_table(graph), start)
    assert diagnosis.verdict == verdict == literal_verdict(literal, literal.states[start], "seq")
    check_witness(diagnosis, literal, literal.states[start])


def test_a_misperception_needs_but_one_view_of_the_smallest_open_case() -> None:
    """Nothing is smaller: only where the model itself is open can it be a misperception."""
    text = SMALL["open"][0] + "as_seen_by: {a: {decision_makers: {b: {priorities: []}}}}\n"
    found = analyze(Source(parse_model(text), Made("small", "", "")))
    assert found.diagnosis is not None
    assert found.diagnosis.verdict == "misperception"
    assert found.diagnosis.witness.misled == ((0, "no-bargaining-space"),)
    assert found.diagnosis.by_concept["seq"] == "misperception"


def weak_orders(size: int) -> set[tuple[int, ...]]:
    found = set()
    for given in product(range(size), repeat=size):
        order = sorted(set(given))
        found.add(tuple(order.index(one) + 1 for one in given))
    return found


def verdicts_of(options: list[list[tuple[int, str]]], size: int) -> set[str]:
    found = set()
    for ranks in product(weak_orders(size), repeat=len(options)):
        literal = OptionForm(options, [], [list(rank) for rank in ranks]).literal()
        found |= {literal_verdict(literal, q, "seq") for q in literal.states}
    return found


def test_one_decision_maker_alone_drifts_or_has_nothing_to_agree_on() -> None:
    for levels in (2, 3):
        for change in ("both", "take", "drop"):
            found = verdicts_of([[(levels, change)]], levels)
            assert found == {"drift", "no-bargaining-space"}


def test_where_only_one_can_move_there_is_no_problem_of_trust_or_order() -> None:
    for levels in (2, 3):
        for change in ("both", "take", "drop"):
            found = verdicts_of([[(levels, change)], []], levels)
            assert found == {"drift", "no-bargaining-space", "open"}


def test_deals_that_somebody_put_forward_are_told_first_in_the_order_of_the_file() -> None:
    deals = "{w: a.x, y: {deal: a.x, by: b}, v: not a.x, z: {deal: a.x, by: [a, b]}}"
    conflict = parse_model(SMALL["open"][0] + f"deals: {deals}\n")
    graph = to_graph(conflict)
    case = Case(graph, stability_table(graph), 0)
    found = answers(conflict, case)
    assert [one.named.id for one in found] == ["y", "z", "w", "v"]
    assert [one.states for one in found] == [1, 1, 1, 0]
