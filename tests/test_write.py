"""A conflict written as a model file reads back the same, whatever its names hold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import detente.model
from detente.document import Document, MapNode, Plain, Scalar
from detente.document.emit import WIDTH
from detente.graph import to_graph
from detente.model.conflict import (
    Change,
    Conflict,
    DecisionMaker,
    Evidence,
    Level,
    Option,
    Preference,
    Priorities,
    Ranking,
    StateList,
    Statement,
    StateRef,
    Weights,
)
from detente.model.expressions import And, Expression, If, Iff, Literal, Not, Or, Taken
from detente.model.grammar import WORDS
from detente.model.load import load_model, parse_model
from detente.model.write import model_text
from tests.random_conflicts import random_option_form

CATALOG = Path(detente.model.__file__).parents[1] / "catalog"
MODELS = sorted(CATALOG.glob("*/model.yaml"))

MISLEADING = (
    "null Null ~ yes NO n on true 1e3 0x1F 0o17 007 1_000 "
    "12:30:45 2021-10-30 .5 .inf &anchor *alias !tag %TAG @at `tick` | >- = << --- ... ' \" , ] }"
)
HOSTILE = (
    'She said "no"',
    "it's 'fine'",
    "key: value",
    "colon:",
    ": colon",
    "# no comment",
    "a # comment",
    "-",
    "- item",
    "-1",
    "? key",
    "two\nlines",
    "ends\n",
    "ends twice\n\n",
    "\nbegins",
    "a\n\n  b\nc ",
    "a\n\nb",
    "one\n- two: # three",
    "tab\there",
    "carriage\r\nreturn",
    " leads",
    "trails ",
    "two  spaces",
    *MISLEADING.split(),
    "2001-12-14 21:59:43.10 -5",
    "3.67 %",
    "{a: b}",
    "[a, b]",
    "a, b",
    "\\n \\",
    "☮ 🕊️ 👩‍👩‍👧",
    "\u200f\u05e2\u05d1\u05e8\u200e",  # Hebrew between marks of direction
    "\u0647\u0633\u062a\u0647\u200c\u0627\u06cc",  # Persian with a non-joiner
    "\x00\x07\x1b\x7f\x85\xa0\u2028\ufeff\uffff",
    "w" * 3000,
    "long words " * 200 + "end",
    "long  words " * 200 + "end",
    "long lines " * 40 + "\n" + "of words " * 40 + "\n",
)
IDS = ("a", "b2", "no", "null", "Yes", "on", "y", "n", "e3", "_", "NULL", "été", "имя", "x" * 1500)

texts = st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=30)
any_text = texts | st.just("")
ids = st.sampled_from(IDS) | st.from_regex(r"[a-z_][a-zA-Z0-9_]{0,9}", fullmatch=True).filter(
    lambda id_: id_ not in WORDS
)
level_ids = ids | st.sampled_from(("3", "007", "1e3", "0"))
changes: st.SearchStrategy[Change] = st.sampled_from(("both", "take", "drop"))
evidences = st.just(Evidence()) | st.builds(
    Evidence,
    st.lists(any_text, max_size=3).map(tuple),
    st.none() | any_text,
    st.none() | any_text,
)


@st.composite
def options(draw: st.DrawFn, id_: str) -> Option:
    found = draw(st.just([]) | st.lists(level_ids, min_size=2, max_size=4, unique=True))
    levels = tuple(Level(level, draw(texts | st.just(level))) for level in found)
    return Option(id_, draw(texts | st.just(id_)), levels, draw(changes), draw(evidences))


def expressions(atoms: list[Taken]) -> st.SearchStrategy[Expression]:
    leaves: st.SearchStrategy[Expression] = st.sampled_from(atoms) | st.builds(
        Literal, st.booleans()
    )

    def above(below: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(below, min_size=2, max_size=3).map(tuple)
        return (
            st.builds(Not, below)
            | st.builds(And, several)
            | st.builds(Or, several)
            | st.builds(If, below, below)
            | st.builds(Iff, below, below)
        )

    return st.recursive(leaves, above, max_leaves=8)


def rankings(refs: st.SearchStrategy[str]) -> st.SearchStrategy[Ranking]:
    tier = st.lists(refs.map(StateRef), max_size=4).map(tuple)
    return st.lists(tier, max_size=40).map(lambda tiers: Ranking(tuple(tiers)))


numbers = st.integers(min_value=1, max_value=10**20).map(str)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6).map(Fraction)


@st.composite
def option_forms(draw: st.DrawFn) -> Conflict:
    """Conflicts in option form with hostile names and every kind of preference."""
    dms = []
    for k, dm in enumerate(draw(st.lists(ids, min_size=1, max_size=3, unique=True))):
        own = draw(st.lists(ids, min_size=k == 0, max_size=3, unique=True))
        held = tuple(draw(options(id_)) for id_ in own)
        dms.append(DecisionMaker(dm, draw(texts | st.just(dm)), held, evidence=draw(evidences)))
    bare = Conflict(draw(texts), tuple(dms), note=draw(st.none() | any_text))
    atoms = list(bare.columns())
    statements = st.builds(Statement, expressions(atoms), evidences)
    preferences: st.SearchStrategy[Preference] = (
        st.lists(statements, max_size=4).map(lambda found: Priorities(tuple(found)))
        | st.lists(st.tuples(statements, decimals), max_size=4).map(lambda w: Weights(tuple(w)))
        | rankings(numbers | st.text("YN-", min_size=1, max_size=8) | any_text)
    )
    chosen = tuple(
        tuple(draw(st.integers(0, option.choices - 1)) for option in dm.options) for dm in dms
    )
    taken = [atom for atom in atoms if chosen[atom.dm][atom.option] == atom.choice]
    where = tuple((atom, draw(evidences)) for atom in draw(st.permutations(taken)))
    known = draw(st.booleans())
    return replace(
        bare,
        decision_makers=tuple(replace(dm, preference=draw(preferences)) for dm in dms),
        infeasible=tuple(draw(st.lists(statements, max_size=3))),
        status_quo=chosen if known else None,
        status_quo_evidence=where if known else (),
    )


@st.composite
def graph_forms(draw: st.DrawFn) -> Conflict:
    """Conflicts given as a graph, with any text as the id of a state."""
    states = draw(st.lists(any_text | numbers, min_size=1, max_size=5, unique=True))
    same = draw(st.booleans())
    names = [state if same else draw(texts) for state in states]
    indices = st.integers(0, len(states) - 1)
    arcs = st.sets(st.tuples(indices, indices).filter(lambda arc: arc[0] != arc[1]), max_size=8)
    if len(states) == 1:
        arcs = st.just(set())
    dms = tuple(
        DecisionMaker(
            id_, draw(texts), (), draw(rankings(st.sampled_from(states))), draw(evidences)
        )
        for id_ in draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    )
    moves = tuple(tuple(sorted(draw(arcs))) for _ in dms)
    return Conflict(
        draw(texts),
        dms,
        status_quo=draw(st.none() | indices),
        graph=StateList(tuple(states), tuple(names), moves),
        note=draw(st.none() | any_text),
    )


def all_evidence(conflict: Conflict) -> list[object]:
    """Everything that comparing two conflicts leaves out."""
    found: list[object] = [conflict.note, conflict.status_quo_evidence]
    found += [item.evidence for item in conflict.infeasible]
    for dm in conflict.decision_makers:
        found += [dm.evidence, *(option.evidence for option in dm.options)]
        match dm.preference:
            case Priorities(statements):
                found += [item.evidence for item in statements]
            case Weights():
                found += [item.evidence for item, _ in dm.preference.statements]
    return found


def leaves(ours: Plain, theirs: object, path: tuple[str, ...] = ()) -> Iterator[tuple[object, ...]]:
    """Pair what this package and what an ordinary YAML reader make of a text."""
    if isinstance(ours, dict):
        assert isinstance(theirs, dict)
        for (key, value), (other_key, other) in zip(ours.items(), theirs.items(), strict=True):
            yield (*path, "key"), key, other_key
            yield from leaves(value, other, (*path, key))
    elif isinstance(ours, list):
        assert isinstance(theirs, list)
        for value, other in zip(ours, theirs, strict=True):
            yield from leaves(value, other, path)
    else:
        yield path, ours, theirs


def check_round_trip(conflict: Conflict) -> None:
    text = model_text(conflict)
    again = parse_model(text)
    assert again == conflict
    assert all_evidence(again) == all_evidence(conflict)
    assert model_text(again) == text


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.parent.name)
def test_a_model_of_the_catalog_reads_back_the_same(path: Path) -> None:
    check_round_trip(load_model(path))


def test_the_catalog_was_found() -> None:
    assert len(MODELS) >= 5


@settings(deadline=None)
@given(option_forms())
def test_a_conflict_in_option_form_reads_back_the_same(conflict: Conflict) -> None:
    check_round_trip(conflict)


@settings(deadline=None)
@given(graph_forms())
def test_a_conflict_given_as_a_graph_reads_back_the_same(conflict: Conflict) -> None:
    check_round_trip(conflict)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_survives_wherever_a_text_may_stand(text: str) -> None:
    why = Evidence((text, text), text, text)
    option = Option("o", text, (Level("low", text), Level("high", "High")), "take", why)
    plain = Option("p", text)
    held = Statement(Taken(0, 1, 1), why)
    dm = DecisionMaker("dm", text, (option, plain), Priorities((held,)), why)
    weighing = DecisionMaker("weighing", text, (plain,), Weights(((held, Fraction(1)),)), why)
    ranking = DecisionMaker("ranking", text, (), Ranking(((StateRef(text),),)), why)
    conflict = Conflict(
        text,
        (dm, weighing, ranking),
        (held,),
        ((0, 1), (0,), ()),
        ((Taken(0, 1, 1), why), (Taken(0, 0, 0), Evidence())),
        note=text,
    )
    check_round_trip(conflict)


@settings(max_examples=60, deadline=None)
@given(option_forms() | graph_forms())
def test_any_yaml_reader_takes_texts_for_texts(conflict: Conflict) -> None:
    text = model_text(conflict)
    for path, ours, theirs in leaves(Document.parse(text).plain(), yaml.safe_load(text)):
        assert isinstance(ours, str)
        if isinstance(theirs, int) and not isinstance(theirs, bool):
            assert {"weights", "ranking", "moves", "states", "status_quo"} & set(path), path
            assert Fraction(ours) == theirs
        elif isinstance(theirs, float):
            assert "weights" in path
            assert float(ours) == theirs
        else:
            assert theirs == ours


@settings(max_examples=60, deadline=None)
@given(option_forms() | graph_forms())
def test_every_character_of_the_text_may_stand_in_a_file(conflict: Conflict) -> None:
    text = model_text(conflict)
    assert text.encode().decode() == text
    assert text.endswith("\n")
    assert all(line.isprintable() for line in text.split("\n"))


def test_a_model_without_a_title_is_written_with_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "2021: talks.yaml"
    path.write_text("decision_makers: {a: {options: {o: O}, priorities: []}}", encoding="utf-8")
    conflict = load_model(path)
    assert conflict.title == "2021: talks"
    assert parse_model(model_text(conflict)) == conflict


def one_dm(preference: Preference) -> Conflict:
    held = (Option("o", "O"), Option("p", "P"))
    other = DecisionMaker("b", "B", (Option("o", "O"),), Priorities((Statement(Taken(0, 0, 1)),)))
    return Conflict("t", (DecisionMaker("a", "A", held, preference), other))


def test_own_options_go_without_prefix_and_those_of_others_with_one() -> None:
    same = And((Taken(0, 0, 1), Not(Taken(1, 0, 1))))
    conflict = replace(one_dm(Priorities((Statement(same),))), infeasible=(Statement(same),))
    lines = model_text(conflict).splitlines()
    assert "      - o and not b.o" in lines
    assert "  - a.o and not b.o" in lines


def test_weights_are_written_as_exact_decimals() -> None:
    weights = ("1/8", "-5/2", "3", "-1/1000000", "0")
    held = Statement(Taken(0, 0, 1))
    conflict = one_dm(Weights(tuple((held, Fraction(weight)) for weight in weights)))
    text = model_text(conflict)
    keys = ("o", "o ", "o  ", "o   ", "o    ")
    numbers = ("0.125", "-2.5", "3", "-0.000001", "0")
    plain = Document.parse(text).node("decision_makers", "a", "weights")
    assert isinstance(plain, MapNode)
    assert tuple(plain.items) == keys
    assert tuple(node.text for node in plain.items.values() if isinstance(node, Scalar)) == numbers
    assert "#" not in text
    check_round_trip(conflict)


@settings(deadline=None)
@given(st.lists(st.fractions(-1000, 1000, max_denominator=60), min_size=2, max_size=2))
def test_endless_decimals_are_scaled_and_rank_the_same(found: list[Fraction]) -> None:
    third = Fraction(1, 3)
    statements = [Statement(Taken(*atom)) for atom in ((0, 0, 1), (0, 1, 1), (1, 0, 1))]
    weights = Weights(tuple(zip(statements, [third, *found], strict=True)))
    conflict = one_dm(weights)
    text = model_text(conflict)
    again = parse_model(text)
    assert "# multiplied by " in text
    scaled = again.decision_makers[0].preference
    assert isinstance(scaled, Weights)
    ratios = {
        b / a for (_, a), (_, b) in zip(weights.statements, scaled.statements, strict=True) if a
    }
    assert len(ratios) == 1
    assert ratios.pop() > 0
    before, after = to_graph(conflict), to_graph(again)
    assert [list(ranks) for ranks in before.ranks] == [list(ranks) for ranks in after.ranks]


def test_a_pattern_is_quoted_and_a_number_is_not() -> None:
    tiers = (("12",), ("YNN", "N-Y"), ("NO",), ("012",))
    ranking = Ranking(tuple(tuple(map(StateRef, tier)) for tier in tiers))
    line = '    ranking: [12, ["YNN", "N-Y"], "NO", "012"]'
    assert line in model_text(one_dm(ranking)).splitlines()


def test_a_long_ranking_is_wrapped_to_the_width() -> None:
    conflict = one_dm(Ranking(tuple((StateRef(str(k)),) for k in range(1, 500))))
    text = model_text(conflict)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert len(text.splitlines()) < 50
    check_round_trip(conflict)


def test_a_long_note_is_folded_to_the_width_and_reads_back_exactly() -> None:
    note = " ".join(f"word{k}" for k in range(200))
    conflict = replace(one_dm(Priorities(())), note=note)
    text = model_text(conflict)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert parse_model(text).note == note


def test_what_the_format_cannot_hold_becomes_what_it_can() -> None:
    dm = DecisionMaker("a", "", (Option("o", "half \ud83d"),), Priorities(()))
    again = parse_model(model_text(Conflict("", (dm,))), "river.yaml")
    assert again.title == "river"
    assert again.decision_makers[0].name == "a"
    assert again.decision_makers[0].options[0].name == "half \ufffd"


def test_random_conflicts_rank_and_move_the_same_after_reading_back() -> None:
    rng = random.Random(7)
    for _ in range(60):
        conflict = parse_model(random_option_form(rng).text())
        again = parse_model(model_text(conflict))
        assert again == conflict
        before, after = to_graph(conflict), to_graph(again)
        assert [list(ranks) for ranks in before.ranks] == [list(ranks) for ranks in after.ranks]
