"""Parts of a model out of force: dates, options that vanish, the status quo of a date."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from detente.analysis.named import states_of
from detente.errors import DetenteError
from detente.framing import Framed, frame, seen_by
from detente.graph import Grid, status_quo_of, to_graph
from detente.model import Conflict, parse_model
from detente.model.conflict import Priorities, statements_of
from detente.study import Question, Source, framed_for
from tests.random_expressions import (
    Seen,
    Written,
    atoms_of,
    holds,
    random_expression,
    random_wants,
    random_written,
)
from tests.test_framing import MODEL

# -- dates and viewpoints --------------------------------------------------------------------------


def columns(text: str, on: str, viewpoint: tuple[str, ...] = ()) -> tuple[str, ...]:
    return frame(parse_model(text), None, on, viewpoint=viewpoint).conflict.column_names


@pytest.mark.parametrize(
    ("when", "on", "in_force"),
    [
        ("from: 2017-01-20", "2017-01-19", False),
        ("from: 2017-01-20", "2017-01-20", True),
        ("to: 2021-01-20", "2021-01-19", True),
        ("to: 2021-01-20", "2021-01-20", False),
        ("from: 2017-01-20, to: 2021-01-20", "2019-01-01", True),
        ("from: 2017-01-20, to: 2017-01-21", "2017-01-20", True),
        ("from: 2017-01-20, to: 2017-01-21", "2017-01-21", False),
        # a month begins with its first day, and what lasts to a month ends before it
        ("from: 2017-02", "2017-01-31", False),
        ("from: 2017-02", "2017-02-01", True),
        ("to: 2017-02", "2017-01-31", True),
        ("to: 2017-02", "2017-02-01", False),
        # a time is reached when the day that is asked about is over
        ("from: 2017-01-20T17:00Z", "2017-01-20", True),
        ("from: 2017-01-20T23:00-05:00", "2017-01-20", False),
        ("to: 2017-01-20T17:00Z", "2017-01-20", False),
        # a month is asked about as it was when it was over
        ("from: 2017-02-28", "2017-02", True),
        ("to: 2017-02-28", "2017-02", False),
        # all that is said must hold
        ("from: 2017-01-20, viewpoint: north", "2018", False),
    ],
)
def test_a_part_is_in_force_from_its_first_day_until_before_its_last(
    when: str, on: str, in_force: bool
) -> None:
    text = MODEL.replace("holds_when: WHEN", when)
    assert columns(text, on) == (("north.stay",) if in_force else ())


def test_one_after_the_other_two_priorities_never_overlap_and_leave_no_gap() -> None:
    text = """
decision_makers:
  north:
    options: {stay: Stay}
    priorities:
      - {priority: stay, from: 2017-01-20, to: 2021-01-20}
      - {priority: not stay, from: 2021-01-20}
status_quo: []
"""
    for on, place in (("2017-01-20", 0), ("2021-01-19", 0), ("2021-01-20", 1), ("2030", 1)):
        found = frame(parse_model(text), None, on)
        assert [one.in_force for one in found.judged] == [place == 0, place == 1]
        (dm,) = found.conflict.decision_makers
        assert len(statements_of(dm.preference)) == 1
    assert frame(parse_model(text), None, "2017-01-19").conflict.decision_makers[
        0
    ].preference == Priorities(())


def test_a_viewpoint_is_one_of_those_named() -> None:
    for written, asked, in_force in (
        ("north", ("north",), True),
        ("[north, south]", ("south",), True),
        ("[north, south]", (), False),
        ("north", ("south",), False),
        ("north", ("south", "north"), True),
    ):
        text = MODEL.replace("holds_when: WHEN", f"viewpoint: {written}")
        assert bool(columns(text, "2020", asked)) == in_force, (written, asked)


def test_what_hangs_on_a_date_has_to_be_framed_first() -> None:
    text = MODEL.replace("holds_when: WHEN", "from: 2020-01-01")
    conflict = parse_model(text, "m.yaml")
    for ask in (
        lambda: to_graph(conflict),
        lambda: framed_for(Source(conflict, _made()), Question()),
    ):
        with pytest.raises(DetenteError) as caught:
            ask()
        (problem,) = caught.value.problems
        assert problem.code == "not-framed"
        assert problem.place is not None
        assert problem.place.file == "m.yaml"
    assert not frame(conflict, None, "2021").conflict.timed
    assert not frame(conflict, None, "2019").conflict.timed


def _made():
    from detente.analysis import Made

    return Made("m", "", "")


# -- options out of force --------------------------------------------------------------------------


def with_conditions(rng: random.Random) -> tuple[Written, Written]:
    """A random conflict with conditions, and what is left of it in 2020."""
    while True:
        model = random_written(rng)
        atoms = atoms_of(model)
        dead = set()
        for i, k, _ in atoms:
            if rng.random() < 0.4:
                gone = rng.random() < 0.6
                model.when[i, k] = "to: 2020-01-01" if gone else "from: 2020-01-01"
                dead |= {(i, k)} if gone else set()
        if not model.when or len(dead) == len(atoms):
            continue
        view = Seen(
            {0: random_wants(rng, atoms, rng.random() < 0.3)},
            {(i, k) for i, k, n in atoms if n == 2 and rng.random() < 0.2},
            [random_expression(rng, atoms, 1)] if rng.random() < 0.5 else [],
        )
        left = replace(model, dead=frozenset(dead), views={0: view})
        possible = left.put(model.status_quo) in left.states()
        seen = left.seen_by(0)
        if not possible or len(seen.dead) == len(atoms):
            continue
        if seen.put(model.status_quo) in seen.states():
            model.views = {0: view}
            return model, left


def check(conflict: Conflict, expected: Written) -> None:
    """The graph of a conflict is what literal sets make of the expressions as written."""
    graph = to_graph(conflict)
    assert isinstance(graph, Grid)
    literal = expected.literal()
    names = [
        f"d{i}.o{k}" if n == 2 else f"d{i}.o{k} is l{level}"
        for i, k, n in atoms_of(expected)
        if (i, k) not in expected.dead
        for level in (range(n) if n > 2 else [1])
    ]
    assert list(conflict.column_names) == names
    choices = graph.space.choices(np.arange(graph.size))
    for i, own in enumerate(expected.options):
        live = [k for k in range(len(own)) if (i, k) not in expected.dead]
        assert choices[i].tolist() == [[s[i][k] for k in live] for s in literal.states]
        assert graph.ranks[i].tolist() == [literal.utility[i][s] for s in literal.states]
        for n, s in enumerate(literal.states):
            targets = graph.arcs(i, np.array([n]), "moves")[1].tolist()
            assert {literal.states[t] for t in targets} == literal.reach(i, s)
    start = status_quo_of(conflict, graph)
    assert start is not None
    assert literal.states[start] == expected.put(expected.status_quo)
    assert [deal.id for deal in conflict.deals] == list(expected.deals)
    for deal in conflict.deals:
        truth = [holds(expected.deals[deal.id], s) for s in literal.states]
        assert states_of(graph, deal).tolist() == truth


@pytest.mark.parametrize("batch", range(5))
def test_atoms_of_options_out_of_force_are_false_and_nothing_else_changes(batch: int) -> None:
    for n in range(30):
        model, left = with_conditions(random.Random(f"dead {batch} {n}"))
        framed = frame(parse_model(model.text()), None, "2020-06-01")
        assert len(framed.judged) == len(model.when)
        check(framed.conflict, left)
        # and as the one with a view sees what is left
        check(seen_by(framed.conflict, 0), left.seen_by(0))


def test_what_is_said_of_an_option_goes_with_it() -> None:
    text = """
decision_makers:
  a:
    options: {x: {name: X, to: 2020-01-01}, y: Y}
    priorities: [x, x and y, y or x]
  b:
    options: {z: {levels: [low, high], to: 2020-01-01}}
    weights: {a.x: 2, a.y: 1, z is low: 5}
infeasible: [a.x and a.y, b.z is high and a.x]
status_quo:
  - a.y
  - {option: a.x, because: E1}
  - b.z is high
deals: {d: a.y and not b.z is low, e: b.z is low}
as_seen_by:
  b: {unknown: [a.x, a.y], infeasible: [a.x, not a.y and b.z is low]}
"""
    before = frame(parse_model(text), None, "2019").conflict
    after = frame(parse_model(text), None, "2020").conflict
    assert before.column_names == ("a.x", "a.y", "b.z is low", "b.z is high")
    assert after.column_names == ("a.y",)
    texts = [
        [after.expression_text(one.expression) for one in statements_of(dm.preference)]
        for dm in after.decision_makers
    ]
    assert texts == [["a.y"], ["a.y"]]
    assert after.infeasible == ()
    assert after.status_quo == ((1,), ())
    assert [atom and after.atom_name(atom) for atom, _ in after.status_quo_evidence] == ["a.y"]
    graph = to_graph(after)
    assert [states_of(graph, deal).tolist() for deal in after.deals] == [
        [False, True],
        [False, False],
    ]
    (view,) = after.views
    assert (view.unknown, view.infeasible) == (((0, 0),), ())


def test_a_conflict_without_any_option_left_has_one_state_and_nothing_to_do() -> None:
    text = MODEL.replace("holds_when: WHEN", "to: 2020-01-01")
    conflict = frame(parse_model(text), None, "2021").conflict
    graph = to_graph(conflict)
    assert (graph.size, status_quo_of(conflict, graph)) == (1, 0)


# -- the status quo of a date ----------------------------------------------------------------------

DATED = """
decision_makers:
  a:
    options:
      stock: {levels: [low, mid, high]}
      open: Open
    priorities: []
status_quo:
  - a.stock is low
  - {option: a.stock is mid, from: 2020-02-01, because: E2}
  - {option: a.stock is high, from: 2020-03-01, to: 2020-04-01}
  - {option: a.open, from: 2020-01-10, because: E1}
  - {option: not a.open, from: 2020-03-10, to: 2020-05-01}
"""


@pytest.mark.parametrize(
    ("on", "stock", "is_open"),
    [
        ("2020-01-01", 0, 0),
        ("2020-01-10", 0, 1),
        ("2020-02-01", 1, 1),
        ("2020-03-01", 2, 1),
        ("2020-03-10", 2, 0),
        ("2020-04-01", 1, 0),
        ("2020-05-01", 1, 1),
    ],
)
def test_of_the_entries_in_force_for_an_option_the_last_counts(
    on: str, stock: int, is_open: int
) -> None:
    conflict = frame(parse_model(DATED), None, on).conflict
    assert conflict.status_quo == ((stock, is_open),)
    assert conflict.given == ()
    cited = {
        conflict.atom_name(atom): why.because
        for atom, why in conflict.status_quo_evidence
        if atom is not None
    }
    level = ("low", "mid", "high")[stock]
    assert cited == {f"a.stock is {level}": ("E2",) if stock == 1 else ()} | (
        {"a.open": ("E1",)} if is_open else {}
    )


def test_the_last_entry_counts_even_where_one_without_a_condition_comes_after() -> None:
    entries = "[{option: a.x, from: 2020-01-01}, not a.x]"
    text = f"decision_makers: {{a: {{options: {{x: X}}, priorities: []}}}}\nstatus_quo: {entries}\n"
    assert frame(parse_model(text), None, "2021").conflict.status_quo == ((0,),)


def test_a_level_that_no_entry_names_on_the_date_is_told_unless_the_option_is_gone() -> None:
    text = DATED.replace("  - a.stock is low\n", "")
    with pytest.raises(DetenteError) as caught:
        frame(parse_model(text, "m.yaml"), None, "2020-01-31")
    (problem,) = caught.value.problems
    assert problem.code == "status-quo-incomplete"
    assert "a.stock" in problem.what
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("m.yaml", 8)
    assert frame(parse_model(text), None, "2020-02-01").conflict.status_quo == ((1, 1),)
    gone = text.replace("[low, mid, high]}", "[low, mid, high], from: 2020-02-01}")
    assert frame(parse_model(gone), None, "2020-01-31").conflict.status_quo == ((1,),)


def test_deals_come_and_go_with_their_dates() -> None:
    text = DATED + "deals: {d: {deal: a.open, from: 2020-02-01}, e: a.open}\n"

    def deals(on: str) -> list[str]:
        found: Framed = frame(parse_model(text), None, on)
        return [deal.id for deal in found.conflict.deals]

    assert deals("2020-01-31") == ["e"]
    assert deals("2020-02-01") == ["d", "e"]
