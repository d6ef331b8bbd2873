"""Model files: what is read, what is refused, and that every mistake is told at its place."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.document import MAX_BYTES, Document
from detente.errors import DetenteError
from detente.graph import Grid, to_graph
from detente.model import parse_model
from detente.model.expressions import (
    And,
    Expression,
    If,
    Iff,
    Literal,
    Not,
    Or,
    Taken,
    evaluate,
    render,
)
from detente.model.grammar import parse_expression
from detente.model.write import model_text

PD = """
title: Prisoner's dilemma
decision_makers:
  row:
    name: Row
    options:
      defect: Defect
    priorities:
      - not col.defect
      - defect
  col:
    name: Column
    options:
      defect: {name: Defect, change: both}
    priorities: [not row.defect, defect]
infeasible: []
status_quo: [row.defect, col.defect]
"""


def problems_of(text: str) -> list[tuple[str, int, int]]:
    """Every problem of a model, from reading it and from laying out its states."""
    with pytest.raises(DetenteError) as caught:
        to_graph(parse_model(text, "m.yaml"))
    found = []
    for problem in caught.value.problems:
        assert problem.place is not None, problem
        assert problem.place.file == "m.yaml"
        assert str(problem).startswith(f"{problem.place} {problem.code} ")
        found.append((problem.code, problem.place.line, problem.place.column))
    return found


def grid_of(text: str) -> Grid:
    graph = to_graph(parse_model(text))
    assert isinstance(graph, Grid)
    return graph


def two(extra: str = "", *, a: str = "priorities: []", b: str = "priorities: []") -> str:
    """A model with options a.x, a.y and b.z; line 1 is empty."""
    return f"""
decision_makers:
  a: {{options: {{x: X, y: Y}}, {a}}}
  b: {{options: {{z: Z}}, {b}}}
{extra}
"""


def test_the_prisoners_dilemma_is_read_and_numbered_first_option_least_significant() -> None:
    conflict = parse_model(PD)
    graph = to_graph(conflict)
    assert isinstance(graph, Grid)
    assert conflict.column_names == ("row.defect", "col.defect")
    assert graph.space.patterns(np.arange(4)) == ["NN", "YN", "NY", "YY"]
    assert [rank.tolist() for rank in graph.ranks] == [[3, 4, 1, 2], [3, 1, 4, 2]]


def test_scalars_follow_yaml_1_2_so_that_no_and_dates_stay_text() -> None:
    conflict = parse_model(
        "title: 2021-10-30\ndecision_makers: {NO: {name: off, options: {on: yes}, priorities: []}}"
    )
    assert conflict.title == "2021-10-30"
    assert conflict.dm_ids == ("NO",)
    assert conflict.decision_makers[0].name == "off"
    assert conflict.decision_makers[0].options[0].name == "yes"


def test_levels_hold_exactly_one_and_take_may_only_rise() -> None:
    graph = grid_of(
        """
decision_makers:
  iran:
    options:
      enrichment: {levels: {cap: 3.67 %, twenty: 20 %, sixty: 60 %}, change: take}
      talks: Talk
    priorities: [enrichment is sixty, talks]
status_quo: [iran.enrichment is twenty]
"""
    )
    assert graph.space.conflict.column_names[:2] == (
        "iran.enrichment is cap",
        "iran.enrichment is twenty",
    )
    assert graph.space.patterns(np.arange(6)) == ["YNNN", "NYNN", "NNYN", "YNNY", "NYNY", "NNYY"]
    _, targets = graph.arcs(0, np.array([1]), "moves")
    assert (targets + 1).tolist() == [3, 5, 6]


def test_a_drop_option_can_only_be_given_up() -> None:
    graph = grid_of("decision_makers: {a: {options: {x: {change: drop}}, priorities: []}}")
    assert graph.arcs(0, np.array([1]), "moves")[1].tolist() == [0]
    assert graph.arcs(0, np.array([0]), "moves")[1].tolist() == []


def test_priorities_are_lexicographic_far_beyond_53_statements() -> None:
    tail = ", ".join(["true"] * 70)
    graph = grid_of(two(a=f"priorities: [x, {tail}, y, {tail}, b.z]"))
    score = [(k & 1) * 4 + (k >> 1 & 1) * 2 + (k >> 2 & 1) for k in range(8)]
    assert np.argsort(np.argsort(score)).tolist() == (graph.ranks[0].astype(int) - 1).tolist()


def test_weights_may_be_negative_and_are_added_exactly() -> None:
    graph = grid_of(two(a="weights: {x: 0.1, y: 0.2, x and y: -0.3, b.z: '-1'}"))
    assert graph.ranks[0].tolist() == [4, 5, 6, 4, 1, 2, 3, 1]


def test_a_ranking_may_use_patterns_wildcards_numbers_and_ties() -> None:
    graph = grid_of(two(a='ranking: ["YY-", [1, "NNY"], "YN-", "NY-"]'))
    assert graph.ranks[0].tolist() == [3, 2, 1, 4, 3, 2, 1, 4]


def test_because_according_to_and_note_are_kept_with_what_they_support() -> None:
    conflict = parse_model(
        """
decision_makers:
  a:
    options: {x: {name: X, because: [C01, T02]}}
    priorities: [{priority: x, because: T05, according_to: a's minister}]
infeasible: [{expression: "false", because: [S01], note: never}]
status_quo: [{option: a.x, because: [E01]}]
"""
    )
    dm = conflict.decision_makers[0]
    assert dm.options[0].evidence.because == ("C01", "T02")
    statement = dm.preference.statements[0]  # type: ignore[union-attr]
    assert statement.evidence.because == ("T05",)
    assert statement.evidence.according_to == "a's minister"
    assert conflict.infeasible[0].evidence.note == "never"
    assert conflict.status_quo_evidence[0][1].because == ("E01",)


def test_a_conflict_given_as_a_graph_is_read() -> None:
    conflict = parse_model(
        """
decision_makers: {a: A, b: B}
states: {s: Start, t: Talk, e: End}
moves: {a: {s: [t, e]}, b: {t: e}}
ranking: {a: [t, [s, e]], b: [e, t, s]}
status_quo: s
"""
    )
    graph = to_graph(conflict)
    assert conflict.graph is not None
    assert conflict.graph.names == ("Start", "Talk", "End")
    assert conflict.graph.moves == (((0, 1), (0, 2)), ((1, 2),))
    assert [rank.tolist() for rank in graph.ranks] == [[1, 2, 1], [1, 2, 3]]
    assert conflict.status_quo == 0


def test_the_status_quo_of_a_graph_may_carry_its_evidence() -> None:
    text = "decision_makers: {a: A}\nstates: [s]\nmoves: {}\nranking: {a: [s]}\nstatus_quo: "
    conflict = parse_model(text + "{state: s, because: E01}")
    assert conflict.status_quo == 0
    assert [(atom, e.because) for atom, e in conflict.status_quo_evidence] == [(None, ("E01",))]
    again = parse_model(model_text(conflict))
    assert again.status_quo_evidence == conflict.status_quo_evidence


@pytest.mark.parametrize("name", ["a·b", "é\u0301", "2x", "not", ""])
def test_an_id_that_expressions_could_not_name_is_refused(name: str) -> None:
    text = f"decision_makers: {{a: {{options: {{'{name}': X}}, priorities: []}}}}"
    assert [code for code, *_ in problems_of(text)] == ["bad-name"]


def test_a_weight_of_five_thousand_digits_is_refused() -> None:
    assert problems_of(two(a=f"weights: {{x: {'9' * 5000}}}")) == [("wrong-type", 3, 43)]


def test_all_mistakes_of_a_file_are_told_at_once_with_line_and_column() -> None:
    text = """
title: [a list]
decision_makers:
  row: {option: {defect: D}, priorities: [not col.defekt, defect and, (defect]}
  col: {options: {defect: {nam: D, change: tak}}, weights: {defect: much}}
kolor: 1
"""
    assert problems_of(text) == [
        ("wrong-type", 2, 8),
        ("unknown-key", 4, 9),
        ("unknown-option", 4, 47),
        ("bad-expression", 4, 69),
        ("bad-expression", 4, 71),
        ("unknown-key", 5, 28),
        ("wrong-type", 5, 44),
        ("wrong-type", 5, 69),
        ("unknown-key", 6, 1),
    ]


#: one mistake each; the mark ¦ stands where the problem is told to be
ONE_MISTAKE = {
    "empty-file": "¦",
    "bad-yaml": "a: [1, 2\n¦",
    "duplicate-key": "decision_makers: {}\n¦decision_makers: {}",
    "nested-too-deep": "[" * 40 + "¦" + "[" * 5000,
    "alias-too-large": """a: &a [1,1,1,1,1,1,1,1,1,1]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: [*d,*d,*d,*d,*d,*d,*d,¦*d,*d,*d]""",
    "unknown-key": two("¦foo: 1"),
    "missing-key": "¦title: t",
    "wrong-type": "decision_makers: ¦[a]",
    "bad-name": "decision_makers: {¦a-b: {options: {x: X}, priorities: []}}",
    "no-decision-makers": "¦decision_makers: {}",
    "no-options": "¦decision_makers: {a: {priorities: []}}",
    "shared-option": """decision_makers:
  a: {options: {x: X}, priorities: []}
  b: {options: {¦a.x: X}, priorities: []}""",
    "no-preferences": "decision_makers: {¦a: {options: {x: X}}}",
    "two-preferences": ("decision_makers: {a: {options: {x: X}, priorities: [], ¦weights: {}}}"),
    "mixed-forms": two("¦ranking: {a: []}"),
    "bad-expression": two(a="priorities: [x and¦]"),
    "expression-too-deep": two(a=f"priorities: [{'(' * 50}¦{'(' * 9_950}x{')' * 10_000}]"),
    "unknown-option": two("infeasible: [¦a.q]"),
    "unknown-level": (
        "decision_makers: {a: {options: {x: {levels: [l, m]}}, priorities: [x is ¦n]}}"
    ),
    "needs-level": "decision_makers: {a: {options: {x: {levels: [l, m]}}, priorities: [¦x]}}",
    "no-levels": two(a="priorities: [¦x is y]"),
    "status-quo-incomplete": (
        "decision_makers: {a: {options: {x: {levels: [l, m]}}, priorities: []}}\n¦status_quo: []"
    ),
    "status-quo-contradicts": two("status_quo: [a.x, ¦a.x]"),
    "status-quo-infeasible": two("infeasible: [a.x]\n¦status_quo: [a.x]"),
    "no-feasible-state": two("infeasible: [a.x, not a.x or b.z, ¦not b.z]"),
    "bad-pattern": two(a='ranking: [¦"YY", "---"]'),
    "pattern-fits-nothing": two("infeasible: [a.x]", a='ranking: [¦"Y--", "---"]'),
    "unknown-state": two(a='ranking: [¦9, "---"]'),
    "ranking-misses-states": two(a='¦ranking: ["Y--", "NY-"]'),
    "ranking-repeats-state": two(a='ranking: ["---", ¦3]'),
    "weights-too-large": two(a="¦weights: {x: 1, y: 99999999999999999999}"),
    "unknown-decision-maker": (
        "decision_makers: {a: A}\nstates: [s]\nmoves: {¦b: {}}\nranking: {a: [s]}"
    ),
    "duplicate-name": ("decision_makers: {a: A}\nstates: [s, t, ¦s]\nmoves: {}\nranking: {a: [s]}"),
    "self-move": "decision_makers: {a: A}\nstates: [s]\nmoves: {a: {s: [¦s]}}\nranking: {a: [s]}",
}


@pytest.mark.parametrize("code", ONE_MISTAKE)
def test_each_mistake_has_its_code_and_place(code: str) -> None:
    before, after = ONE_MISTAKE[code].split("¦")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert problems_of(before + after) == [(code, line, column)]


@pytest.mark.parametrize(
    ("line", "place"),
    [("infeasible: ¦a.q", 13), ("status_quo: ¦a.q", 13)],
)
def test_a_short_form_keeps_its_place(line: str, place: int) -> None:
    assert problems_of(two(line.replace("¦", ""))) == [("unknown-option", 5, place)]


def test_the_nearest_name_is_suggested() -> None:
    with pytest.raises(DetenteError) as caught:
        parse_model(PD.replace("- not col.defect", "- not col.defekt"))
    assert "did you mean 'col.defect'?" in str(caught.value)
    with pytest.raises(DetenteError) as caught:
        parse_model(two("infeasible: [z]"))
    assert "did you mean 'b.z'?" in str(caught.value)


def test_what_is_missing_from_a_ranking_is_named() -> None:
    with pytest.raises(DetenteError) as caught:
        to_graph(parse_model(two(a='ranking: ["Y--", "NYN"]')))
    assert "NNN, NNY, NYY" in str(caught.value)


def test_forty_options_are_refused_with_the_size_they_would_need() -> None:
    options = ", ".join(f"o{k}: O" for k in range(10))
    dms = "\n".join(f"  d{i}: {{options: {{{options}}}, priorities: []}}" for i in range(4))
    with pytest.raises(DetenteError) as caught:
        to_graph(parse_model(f"decision_makers:\n{dms}"))
    (problem,) = caught.value.problems
    assert problem.code == "too-large"
    assert "2^40" in problem.what
    assert "TB" in problem.what


def test_forty_options_of_one_decision_maker_are_refused_too() -> None:
    options = ", ".join(f"o{k}: O" for k in range(40))
    with pytest.raises(DetenteError) as caught:
        to_graph(parse_model(f"decision_makers: {{a: {{options: {{{options}}}, priorities: []}}}}"))
    assert [problem.code for problem in caught.value.problems] == ["too-large"]


def test_a_model_is_refused_by_the_memory_there_is() -> None:
    conflict = parse_model(two())
    with pytest.raises(DetenteError, match="too-large"):
        to_graph(conflict, memory=100)
    assert to_graph(conflict, memory=10_000).size == 8


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(DetenteError, match="file-too-large"):
        Document.read(path)


def test_a_binary_file_is_refused_at_the_byte_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "binary.yaml"
    path.write_bytes(b"title: x\nab\xff\xfe")
    with pytest.raises(DetenteError) as caught:
        Document.read(path)
    (problem,) = caught.value.problems
    assert problem.code == "not-text"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (2, 3)


# -- expressions ---------------------------------------------------------------------------------

ATOMS = [Taken(0, k, 1) for k in range(3)]


def expressions() -> st.SearchStrategy[Expression]:
    leaves = st.sampled_from([*ATOMS, Literal(True), Literal(False)])

    def grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        many = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            inner.map(Not),
            many.map(And),
            many.map(Or),
            st.builds(If, inner, inner),
            st.builds(Iff, inner, inner),
        )

    return st.recursive(leaves, grow, max_leaves=8)


def resolve(name: str, level: str | None, offset: int, level_offset: int | None) -> Expression:
    return ATOMS["abc".index(name)]


def plain_truth(e: Expression, values: tuple[bool, bool, bool]) -> bool:
    """What the words mean, written with Python's own."""
    match e:
        case Taken():
            return values[e.option]
        case Literal():
            return e.value
        case Not():
            return not plain_truth(e.operand, values)
        case And():
            return all(plain_truth(part, values) for part in e.operands)
        case Or():
            return any(plain_truth(part, values) for part in e.operands)
        case If():
            return plain_truth(e.then, values) if plain_truth(e.condition, values) else True
        case Iff():
            return plain_truth(e.left, values) == plain_truth(e.right, values)


@given(expressions())
def test_what_is_written_reads_back_and_means_what_its_words_mean(e: Expression) -> None:
    text = render(e, lambda atom: "abc"[atom.option])
    again = parse_expression(text, resolve)
    for bits in range(8):
        values = (bool(bits & 1), bool(bits & 2), bool(bits & 4))
        expected = plain_truth(e, values)
        assert bool(evaluate(again, lambda atom, v=values: v[atom.option])) == expected
        array = np.array([values[0]]), np.array([values[1]]), np.array([values[2]])
        assert bool(np.all(evaluate(e, lambda atom, v=array: v[atom.option]))) == expected


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("not a and b", And((Not(ATOMS[0]), ATOMS[1]))),
        ("a or b and c", Or((ATOMS[0], And((ATOMS[1], ATOMS[2]))))),
        ("a or b if c", If(Or((ATOMS[0], ATOMS[1])), ATOMS[2])),
        ("a iff b or c", Iff(ATOMS[0], Or((ATOMS[1], ATOMS[2])))),
        ("not not a", Not(Not(ATOMS[0]))),
    ],
)
def test_not_binds_before_and_before_or_before_if(text: str, meaning: Expression) -> None:
    assert parse_expression(text, resolve) == meaning


def test_a_long_chain_needs_no_depth() -> None:
    assert isinstance(parse_expression(" and ".join(["a"] * 20_000), resolve), And)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abif notrde()&.\n\t-[]{}:#'\"é💥", max_size=60))
def test_no_text_makes_anything_but_a_clear_error(text: str) -> None:
    for whole in (text, f"decision_makers: {{a: {{options: {{x: X}}, priorities: [{text}]}}}}"):
        with contextlib.suppress(DetenteError):
            to_graph(parse_model(whole))
