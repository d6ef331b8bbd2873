"""Conditions, deals and views in a file: written and read back, and mistakes at their place."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from detente.errors import Problem
from detente.model import parse_model
from detente.model.conflict import Condition, Conflict, Evidence
from detente.model.write import model_text
from detente.study import check
from tests.random_conflicts import random_graph
from tests.random_expressions import (
    Seen,
    atoms_of,
    random_expression,
    random_wants,
    random_written,
)
from tests.test_deals import graph_text, tiers
from tests.test_framing import RECORD
from tests.test_record_file import dossier

# -- written and read back -------------------------------------------------------------------------

EVERYWHERE = """
title: A condition in every place
decision_makers:
  north:
    options:
      stay: {name: Stay, from: "2020-01-01", because: [E1], note: a remark}
      toll: {levels: {low: Low, high: High}, change: take, holds_when: not (S1 and S2 is open)}
    priorities:
      - stay
      - {priority: not south.go, to: "2021", because: [E1, E2], according_to: north}
      - {priority: toll is high if stay, from: "2020-03-01/2020-03-05", viewpoint: north}
  south:
    name: The south
    options:
      go: {viewpoint: [north, south]}
    weights:
      go: {weight: 1.5, holds_when: "S1 iff pact.north is out", because: E3}
      north.stay or go: {weight: -2, from: 2020-01-01T10:00+02:00, to: 2020-02~}
      "north.stay or go ": 3
infeasible:
  - {expression: north.stay and south.go, from: 2020-02-01, note: "yes: no"}
  - not (north.toll is low or south.go)
status_quo:
  - north.toll is low
  - {option: north.toll is high, holds_when: S1 is contested, because: [E4]}
  - {option: not north.stay, to: 2020-05-01, viewpoint: south}
  - south.go
deals:
  calm: north.stay and not south.go
  full: {name: Full return, deal: north.stay iff south.go, by: [south, north], because: [T1],
         from: 2020-06-01, according_to: Somebody}
as_seen_by:
  north:
    decision_makers:
      south: {priorities: [{priority: go, holds_when: S1}, not north.stay]}
      north: {weights: {stay: {weight: 1, to: 2020-01-01}}}
    unknown: [south.go]
    infeasible: [{expression: south.go and north.stay, viewpoint: north}]
    because: [T2]
    note: as it says
  south:
    unknown: [north.stay, south.go]
"""


def parts(conflict: Conflict) -> list[tuple[Evidence, Condition | None]]:
    """What equality of conflicts leaves out: the evidence of every part, with its condition."""
    found = [
        (part.evidence, part.when)
        for dm in conflict.decision_makers
        for part in (*dm.options, *statements(dm.preference))
    ]
    found += [(part.evidence, part.when) for part in (*conflict.infeasible, *conflict.given)]
    found += [(deal.evidence, deal.when) for deal in conflict.deals]
    for view in conflict.views:
        found.append((view.evidence, None))
        for _, preference in view.preferences:
            found += [(part.evidence, part.when) for part in statements(preference)]
        found += [(part.evidence, part.when) for part in view.infeasible]
    return found


def statements(preference):
    from detente.model.conflict import statements_of

    return statements_of(preference)


def same(conflict: Conflict) -> None:
    text = model_text(conflict)
    again = parse_model(text)
    assert again == conflict, text
    assert parts(again) == parts(conflict)
    assert again.status_quo_evidence == conflict.status_quo_evidence
    assert model_text(again) == text


def test_conditions_deals_and_views_in_every_place_are_read_back_as_written() -> None:
    conflict = parse_model(EVERYWHERE)
    same(conflict)
    whens = [when for when in conflict.conditions() if when is not None]
    assert len(whens) == 14
    (deal,) = (one for one in conflict.deals if one.id == "full")
    assert (deal.name, deal.by, deal.evidence.because) == (
        "Full return",
        ("south", "north"),
        ("T1",),
    )
    assert deal.when is not None
    assert (deal.when.start, deal.when.end) == ("2020-06-01", None)
    assert [view.dm for view in conflict.views] == [0, 1]
    assert conflict.views[1].unknown == ((0, 0), (1, 0))


def test_random_conflicts_with_conditions_deals_and_views_are_read_back() -> None:
    whens = (
        "from: 2020-01-01",
        "to: 2021",
        'holds_when: "not a or b.c is in-force"',
        "viewpoint: [d0, d1]",
        "from: 2020, to: 2021, holds_when: a",
    )
    for n in range(60):
        rng = random.Random(f"written {n}")
        model = random_written(rng)
        atoms = atoms_of(model)
        model.when = {(i, k): rng.choice(whens) for i, k, _ in atoms if rng.random() < 0.5}
        for i in range(len(model.options)):
            if rng.random() < 0.6:
                wants = {j: random_wants(rng, atoms, j == 1) for j in (0, 1) if rng.random() < 0.5}
                unknown = {(j, k) for j, k, m in atoms if m == 2 and rng.random() < 0.3}
                model.views[i] = Seen(wants, unknown, [random_expression(rng, atoms, 2)])
        same(parse_model(model.text()))


def test_a_graph_with_deals_of_one_state_and_rankings_as_seen_is_read_back() -> None:
    for n in range(20):
        rng = random.Random(f"written graph {n}")
        literal = random_graph(rng)
        seen = f"{{decision_makers: {{d1: {{ranking: {tiers(literal.utility[0])}}}}}}}"
        views = f"as_seen_by: {{d0: {seen}}}"
        same(parse_model(graph_text(literal, 0, {"x": [1], "y": [0]}, views)))


def test_a_deal_of_several_states_of_a_graph_is_read_back() -> None:
    literal = random_graph(random.Random("written graph"))
    conflict = parse_model(graph_text(literal, 0, {"x": [0, 1]}))
    assert conflict.deals[0].states == (0, 1)
    same(conflict)


# -- mistakes --------------------------------------------------------------------------------------

#: line 1 is empty; the mistakes begin on line 5, or 8
GOOD = """
decision_makers:
  north:
    options:
      stay: {name: Stay, PART}
      toll: {levels: [low, high]}
    priorities: []
  south: {options: {go: Go}, priorities: []}
status_quo: [north.toll is low]
"""
VIEW = GOOD.replace(", PART", "") + "as_seen_by:\n"
DEAL = GOOD.replace(", PART", "") + "deals:\n"

#: the part of line 5, its code, the word at whose first letter it is told, words of the message
PARTS = [
    # ids
    ("holds_when: stormy", "unknown-id", "stormy", "did you mean 'storm'"),
    ("holds_when: storm and not (bann or draft)", "unknown-id", "bann", "did you mean 'ban'"),
    ('holds_when: "storm or ban or xx"', "unknown-id", "xx", "'xx'"),
    ("holds_when: pact.sighned", "unknown-id", "pact.sighned", "pact.signed"),
    ("holds_when: pact.nobody", "unknown-id", "pact.nobody", "'pact.nobody'"),
    # states
    ("holds_when: storm is hapened", "bad-condition", "storm", "happened"),
    ("holds_when: storm is announced", "bad-condition", "storm", "happened"),
    ("holds_when: storm and ban is kept", "bad-condition", "ban", "in-force"),
    ("holds_when: pact.signed is in", "bad-condition", "pact.signed", "reached"),
    ("holds_when: pact.north is in-force", "bad-condition", "pact.north", "contested"),
    ("holds_when: snap is void", "bad-condition", "snap", "idle"),
    ("holds_when: talks is begum", "bad-condition", "talks", "did you mean 'begun'"),
    ("holds_when: storm or cap", "bad-condition", "cap", "cap is kept"),
    ("holds_when: late", "bad-condition", "late", "source"),
    ("holds_when: north is in", "bad-condition", "north is", "actor"),
    # dates
    ("from: 2020-02-30", "bad-date", "2020-02-30", "29 days"),
    ("to: soon", "bad-date", "soon", "soon"),
    ("from: 2020-02-01, to: 2020-01-01", "ends-before-start", "2020-01-01", "never"),
    ("from: 2020-02-01, to: 2020-02-01", "ends-before-start", "2020-02-01}", "never"),
    # viewpoints
    ("viewpoint: nroth", "unknown-id", "nroth", "nroth"),
    # the grammar
    ("holds_when: storm and", "bad-expression", "}", "too early"),
    ("holds_when: storm ban", "bad-expression", "ban", "two names"),
    ('holds_when: "storm & ban"', "bad-expression", "&", "not, and, or"),
    ("holds_when: storm and (ban or talks", "bad-expression", "(ban", "never closed"),
    ("holds_when: storm AND ban", "bad-expression", "AND", "lower-case"),
    ("holds_when: ban is", "bad-expression", "}", "too early"),
]


def told(tmp_path: Path, text: str, *, record: str | None = RECORD) -> list[Problem]:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "model.yaml").write_text(text)
    if record is not None:
        dossier(folder, a=record)
    return [one for one in check(str(folder)) if one.severity == "error"]


def at(problem: Problem, text: str, word: str, line: int) -> None:
    """The problem is told where a word stands."""
    assert problem.place is not None
    assert problem.place.file.endswith("model.yaml")
    found = text.splitlines()[line - 1]
    assert (problem.place.line, problem.place.column) == (line, found.index(word) + 1)


@pytest.mark.parametrize(("part", "code", "word", "words"), PARTS)
def test_a_mistake_in_a_condition_is_told_at_its_place(
    tmp_path: Path, part: str, code: str, word: str, words: str
) -> None:
    text = GOOD.replace("PART", part)
    (problem,) = told(tmp_path, text)
    assert problem.code == code
    assert words in str(problem)
    at(problem, text, word, 5)


def test_an_actor_is_meant_by_a_viewpoint_and_nothing_else(tmp_path: Path) -> None:
    text = GOOD.replace("PART", "viewpoint: [north, storm]")
    (problem,) = told(tmp_path, text)
    assert problem.code == "unknown-id"
    assert "storm" in problem.what


@pytest.mark.parametrize("key", ["holds_when", "from", "to"])
def test_an_empty_condition_is_a_mistake_and_not_always(tmp_path: Path, key: str) -> None:
    text = GOOD.replace("PART", f'{key}: ""')
    (problem,) = told(tmp_path, text)
    at(problem, text, '""', 5)


def test_the_good_model_has_no_mistake_and_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert told(tmp_path / "a", GOOD.replace("PART", "holds_when: storm")) == []
    text = GOOD.replace("PART", "from: never, holds_when: stormy or bann, viewpoint: [nroth]")
    codes = [problem.code for problem in told(tmp_path, text)]
    assert sorted(codes) == ["bad-date", "unknown-id", "unknown-id", "unknown-id"]


def test_a_condition_asks_a_record_and_there_is_none(tmp_path: Path) -> None:
    text = GOOD.replace("PART", "from: 2020-01-01, holds_when: storm")
    (problem,) = told(tmp_path, text, record=None)
    assert problem.code == "no-record"
    at(problem, text, "storm", 5)


def test_without_a_record_dates_are_enough(tmp_path: Path) -> None:
    assert told(tmp_path, GOOD.replace("PART", "from: 2020-01-01"), record=None) == []


@pytest.mark.parametrize(
    ("text", "line", "word", "code"),
    [
        (VIEW + "  sotuh: {unknown: [north.stay]}\n", 11, "sotuh", "unknown-decision-maker"),
        (
            VIEW + "  south: {decision_makers: {norht: {priorities: []}}}\n",
            11,
            "norht",
            "unknown-decision-maker",
        ),
        (VIEW + "  south: {unknown: [north.stya]}\n", 11, "north.stya", "unknown-option"),
        (
            VIEW + "  south:\n    unknown:\n    - north.stay\n    - x.y\n",
            14,
            "x.y",
            "unknown-option",
        ),
        (
            VIEW + "  south:\n    unknown:\n    - north.stay\n    - north.toll is low\n",
            14,
            "north.toll",
            "bad-expression",
        ),
        (VIEW + "  south: {unknown: [north.toll]}\n", 11, "north.toll", "needs-level"),
        (VIEW + "  south: {unknown: [not north.stay]}\n", 11, "not north.stay", "bad-expression"),
        (
            VIEW + "  south: {unknown: [north.stay or south.go]}\n",
            11,
            "north.stay or",
            "bad-expression",
        ),
        (VIEW + "  south: {infeasible: [north.stya]}\n", 11, "north.stya", "unknown-option"),
        (
            VIEW + "  south: {decision_makers: {north: {priorities: [stya]}}}\n",
            11,
            "stya",
            "unknown-option",
        ),
        (DEAL + "  d: {deal: north.stay, by: norht}\n", 11, "norht", "unknown-decision-maker"),
        (
            DEAL + "  d:\n    deal: north.stay\n    by:\n    - north\n    - souht\n",
            15,
            "souht",
            "unknown-decision-maker",
        ),
        (DEAL + "  d: north.stay and south.gogo\n", 11, "south.gogo", "unknown-option"),
        (DEAL + "  d: {name: D, deal: north.toll}\n", 11, "north.toll", "needs-level"),
    ],
)
def test_a_mistake_in_a_deal_or_a_view_is_told_at_its_place(
    tmp_path: Path, text: str, line: int, word: str, code: str
) -> None:
    (problem,) = told(tmp_path, text)
    assert problem.code == code
    at(problem, text, word, line)


def test_a_deal_that_is_no_feasible_state_is_warned_of(tmp_path: Path) -> None:
    text = DEAL + "  d: north.toll is low and north.toll is high\n"
    (tmp_path / "model.yaml").write_text(text)
    (problem,) = check(str(tmp_path))
    assert (problem.code, problem.severity) == ("deal-infeasible", "warning")
    at(problem, text, "d:", 11)


GRAPH = """
decision_makers: {a: A}
states: [s, t]
moves: {a: {s: t}}
ranking: {a: [t, s]}
"""


def test_the_state_of_a_graph_cannot_hold_only_at_times(tmp_path: Path) -> None:
    text = GRAPH + "status_quo: {state: s, from: 2020-01-01}\n"
    (problem,) = told(tmp_path, text)
    assert problem.code == "mixed-forms"


def test_a_graph_whose_status_quo_names_no_state_is_told(tmp_path: Path) -> None:
    text = GRAPH + "status_quo: []\n"
    (problem,) = told(tmp_path, text)
    assert problem.code == "status-quo-contradicts"
    at(problem, text, "[]", 6)
