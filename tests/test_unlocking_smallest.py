"""No smaller change does, and what is proposed does, as a model that is written and read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations, product

import pytest

from detente.analysis.changes import ModelChange, OneWay, Reorder, apply_all, structural_changes
from detente.analysis.unlocking import unlock
from detente.catalog import slugs
from detente.errors import Problems
from detente.graph import Grid, status_quo_of, to_graph
from detente.model import Conflict, parse_model, read_expression
from detente.model.conflict import Priorities, Statement
from detente.model.write import model_text
from detente.study import analyze
from tests.random_conflicts import random_option_form
from tests.test_diagnosis import literal_verdict
from tests.test_escrow import conflict_of
from tests.test_inverse import literal_of


@pytest.mark.parametrize("slug", slugs())
def test_what_is_proposed_for_a_published_conflict_does_as_a_model_file(
    slug: str, tmp_path
) -> None:
    conflict = conflict_of(slug)
    start = 4 if slug == "elmira" else None
    if conflict.status_quo is None and start is None:
        start = 0
    whole = slug in ("prisoners-dilemma", "assurance")
    found = unlock(replace(conflict, views=()), start, budget=None if whole else 400)
    assert bool(found.solutions) == (whole or slug == "milk-river")
    for one in found.solutions:
        again = apply_all(at(conflict, start), one.changes)
        file = tmp_path / "model.yaml"
        file.write_text(model_text(again), encoding="utf-8")
        findings = analyze(str(file), sim=False)
        assert findings.diagnosis is not None
        assert findings.diagnosis.verdict == one.verdict == "open"
        assert one.cost == sum(change.cost for change in one.changes)


def at(conflict: Conflict, state: int | None) -> Conflict:
    if state is None:
        return conflict
    if conflict.graph is not None:
        return replace(conflict, status_quo=state)
    graph = to_graph(conflict)
    assert isinstance(graph, Grid)
    return replace(conflict, status_quo=graph.space.choices_at(state))


def is_open(conflict: Conflict) -> bool:
    """By the literal definitions, of the model as it is written."""
    written = parse_model(model_text(conflict))
    graph = to_graph(written)
    start = status_quo_of(written, graph)
    assert start is not None
    return literal_verdict(literal_of(graph), start, "seq") == "open"


def kendall(order: tuple[int, ...]) -> int:
    return sum(a > b for a, b in combinations(order, 2))


def sets_of_cost(conflict: Conflict, cost: int) -> Iterator[tuple[ModelChange, ...]]:
    """Every set of changes of a cost, by plain enumeration."""
    orders: list[list[Reorder | None]] = []
    for dm, one in enumerate(conflict.decision_makers):
        assert isinstance(one.preference, Priorities)
        count = len(one.preference.statements)
        own: list[Reorder | None] = [None]
        for order in permutations(range(count)):
            distance = kendall(order)
            if 0 < distance <= cost:
                own.append(Reorder(dm, order, distance))
        orders.append(own)
    structural = structural_changes(conflict)
    for chosen in product(*orders):
        reordered = tuple(one for one in chosen if one is not None)
        left = cost - sum(one.cost for one in reordered)
        if left < 0:
            continue
        for added in combinations(structural, left):
            both = [(one.dm, one.option) for one in added if isinstance(one, OneWay)]
            if len(set(both)) == len(both):
                yield (*reordered, *added)


def small(rng: random.Random) -> Conflict:
    """A conflict of a few states with a blocked status quo, by priorities."""
    forms = ["{a}", "not ({a})", "({a}) if ({b})", "({a}) iff ({b})", "({a}) iff not ({b})"]
    while True:
        conflict = parse_model(random_option_form(rng).text())
        graph = to_graph(conflict)
        if not (2 <= len(conflict.decision_makers) <= 3 and 3 <= graph.size <= 8):
            continue
        names = conflict.column_names
        problems = Problems()
        dms = []
        for dm in conflict.decision_makers:
            texts = [
                rng.choice(forms).format(a=rng.choice(names), b=rng.choice(names))
                for _ in range(rng.choice([2, 3]))
            ]
            statements = [Statement(read_expression(conflict, t, "<t>", problems)) for t in texts]
            dms.append(replace(dm, preference=Priorities(tuple(statements))))
        conflict = at(replace(conflict, decision_makers=tuple(dms)), rng.randrange(graph.size))
        if not is_open(conflict):
            return conflict


@pytest.mark.parametrize("batch", range(5))
def test_all_smallest_sets_are_found_and_no_smaller_one_does(batch: int) -> None:
    settled = found_some = 0
    for n in range(8):
        conflict = small(random.Random(f"smallest {batch} {n}"))
        found = unlock(conflict, budget=300)
        for level in found.searched[:3]:
            if level.tried != level.all:
                break
            settled += 1
            opening = {
                frozenset(one) for one in sets_of_cost(conflict, level.cost) if opens(conflict, one)
            }
            proposed = {frozenset(one.changes) for one in found.solutions if one.cost == level.cost}
            assert proposed == opening
            found_some += bool(opening)
    assert settled > 10
    assert found_some


def opens(conflict: Conflict, changes: tuple[ModelChange, ...]) -> bool:
    try:
        return is_open(apply_all(conflict, changes))
    except ValueError:
        return False
