"""The older programs' files: what they say is kept, what is wrong in them is told."""

from __future__ import annotations

import copy
import json
import random
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError, Problem
from detente.graph import to_graph
from detente.graph.grid import Grid
from detente.model.conflict import Conflict, Priorities, Ranking
from detente.model.expressions import evaluate
from detente.model.gmcr import read_gmcr
from detente.model.load import parse_model
from detente.model.write import model_text
from tests.gmcr.literal import Literally, holds, random_file

SAMPLES = Path(__file__).parent / "gmcr"
QUARRY: dict[str, Any] = json.loads((SAMPLES / "quarry.gmcr").read_text(encoding="utf-8"))
BY_HAND: dict[str, Any] = json.loads((SAMPLES / "by_hand.gmcr").read_text(encoding="utf-8"))
MISTAKES = json.loads((SAMPLES / "mistakes.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gmcr")


def saved(folder: Path, tree: object, name: str = "saved.gmcr") -> Path:
    path = folder / name
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
    return path


def read(folder: Path, tree: object) -> Conflict:
    return read_gmcr(saved(folder, tree))[0]


def refused(folder: Path, tree: object) -> tuple[Problem, ...]:
    with pytest.raises(DetenteError) as caught:
        read_gmcr(saved(folder, tree))
    return caught.value.problems


def changed(tree: dict[str, Any], *path: str | int, **to: object) -> dict[str, Any]:
    """A copy of a tree with one value replaced, or removed where `to` is not given."""
    result = copy.deepcopy(tree)
    at: Any = result
    for step in path[:-1]:
        at = at[step]
    if to:
        at[path[-1]] = to["to"]
    else:
        del at[path[-1]]
    return result


def said(conflict: Conflict, dm: int) -> list[str]:
    preference = conflict.decision_makers[dm].preference
    assert isinstance(preference, Priorities)
    return [conflict.expression_text(one.expression) for one in preference.statements]


def without_repeats(statements: list[Any]) -> list[Any]:
    kept: dict[frozenset[Any], Any] = {}
    for one in statements:
        members = one["members"] if isinstance(one, dict) else [one]
        kept.setdefault(frozenset(frozenset(map(tuple, member)) for member in members), one)
    return list(kept.values())


def ranks_of(conflict: Conflict) -> list[list[int]]:
    return [[int(rank) for rank in ranks] for ranks in to_graph(conflict).ranks]


def patterns_of(conflict: Conflict) -> list[str]:
    graph = to_graph(conflict)
    assert isinstance(graph, Grid)
    return graph.space.patterns(list(range(graph.space.size)))


def test_options_are_grouped_by_decision_maker_and_conditions_follow_them() -> None:
    conflict, warnings = read_gmcr(SAMPLES / "quarry.gmcr")
    assert warnings == ()
    names = [[option.name for option in dm.options] for dm in conflict.decision_makers]
    assert names == [["Sue", "Permit: full"], ["Blast"], ["Sue"]]
    assert conflict.dm_ids == ("the_town", "quarry_ltd", "neighbours")
    assert said(conflict, 0) == [
        "not quarry_ltd.blast",
        "the_town.permit_full iff not neighbours.sue",
        "the_town.sue and not quarry_ltd.blast",
    ]
    assert said(conflict, 1) == ["the_town.permit_full if quarry_ltd.blast", "quarry_ltd.blast"]
    assert [conflict.expression_text(one.expression) for one in conflict.infeasible] == [
        "quarry_ltd.blast and neighbours.sue",
        "the_town.sue and the_town.permit_full",
    ]
    assert conflict.status_quo is None
    assert conflict.title == "quarry"


def test_directions_become_ways_to_change(folder: Path) -> None:
    changes = [
        (option.id, option.change)
        for dm in read(folder, QUARRY).decision_makers
        for option in dm.options
    ]
    assert changes == [("sue", "both"), ("permit_full", "drop"), ("blast", "take"), ("sue", "both")]


def test_a_stored_ranking_holds_for_the_states_as_they_are_numbered(folder: Path) -> None:
    conflict = read(folder, BY_HAND)
    assert conflict.column_names == ("a.halt", "a_2.halt", "a_2.lift")
    assert patterns_of(conflict) == ["NNN", "YNN", "NYN", "YYN", "NYY"]
    assert ranks_of(conflict) == [[3, 2, 1, 3, 4], [1, 1, 1, 1, 1]]


def test_the_flag_for_rankings_holds_for_every_decision_maker(folder: Path) -> None:
    new = changed(BY_HAND, "useManualPreferenceVectors")
    new["useManualPreferenceRanking"] = True
    for dm in new["decisionMakers"]:
        dm["preferenceRanking"] = dm.pop("preferenceVector")
    assert read(folder, new) == read(folder, BY_HAND)
    for dm in new["decisionMakers"]:
        dm["preferences"] = [[[0, "Y"]]]
    assert all(isinstance(dm.preference, Ranking) for dm in read(folder, new).decision_makers)
    new["useManualPreferenceRanking"] = False
    assert all(isinstance(dm.preference, Priorities) for dm in read(folder, new).decision_makers)


def test_what_a_model_file_has_no_place_for_is_a_warning(folder: Path) -> None:
    tree = copy.deepcopy(QUARRY)
    tree["misperceptions"] = [[[0, "Y"]]]
    tree["decisionMakers"][1]["misperceptions"] = [[[0, "Y"]]]
    tree["decisionMakers"][2]["misperceptions"] = []
    tree["coalitions"] = [[0, 2], 1]
    conflict, warnings = read_gmcr(saved(folder, tree))
    assert conflict == read(folder, QUARRY)
    assert {(one.code, one.severity) for one in warnings} == {("left-behind", "warning")}
    assert [problem.what for problem in warnings] == [
        "the misperceptions of 'Quarry Ltd.' are left out",
        "the misperceptions are left out",
        "the coalition of 'The Town' and 'neighbours' is left out",
    ]


@pytest.mark.parametrize("coalitions", [[], [0, 1, 2], [[0], [1], [2]], [[0, 77], 1], "none", 5])
def test_single_or_broken_coalitions_leave_nothing_behind(folder: Path, coalitions: object) -> None:
    path = saved(folder, {**QUARRY, "coalitions": coalitions})
    assert read_gmcr(path) == (read(folder, QUARRY), ())


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Release  Water!", "release_water"),
        ("50% cut", "option1"),
        ("", "option1"),
        ("☮", "option1"),
        ("Not", "option1"),
        ("IFF", "option1"),
        ("_x_", "x"),
        ("Été", "été"),
        ("NO", "no"),
        ("x" * 100, "x" * 60),
    ],
)
def test_an_id_is_made_from_the_name(folder: Path, name: str, id_: str) -> None:
    conflict = read(folder, changed(QUARRY, "options", 3, "name", to=name))
    option = conflict.decision_makers[0].options[0]
    assert (option.id, option.name) == (id_, name or id_)


def test_names_that_repeat_get_ids_that_do_not(folder: Path) -> None:
    names = ["Full", "full", "Full 2", "FULL!", "Option5", "!"]
    tree = {
        "options": [{"name": name, "permittedDirection": "both"} for name in names],
        "decisionMakers": [
            {"name": "or", "options": list(range(6)), "preferences": []},
            {"name": "", "options": [], "preferences": []},
        ],
    }
    conflict = read(folder, tree)
    ids = [option.id for option in conflict.decision_makers[0].options]
    assert ids == ["full", "full_2", "full_2_2", "full_3", "option5", "option6"]
    assert conflict.dm_ids == ("dm1", "dm2")


def pair(*members: str) -> dict[str, Any]:
    """A compound statement about options 3 and 2, "YN" for the first and not the second."""
    return {"compound": True, "members": [[[3, one[0]], [2, one[1]]] for one in members]}


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ([[3, "Y"], [2, "N"]], "x and not y"),
        ([[2, "N"], [3, "Y"], [2, "N"]], "x and not y"),
        ([], "true"),
        ({"members": []}, "false"),
        ({"compound": True, "members": [[[2, "Y"]]]}, "y"),
        (pair("YY", "NY", "NN"), "y if x"),
        (pair("NN", "YY", "YN"), "x if y"),
        (pair("YN", "NY", "NN"), "not y if x"),
        (pair("YN", "NY", "YY"), "x or y"),
        (pair("YY", "NN"), "x iff y"),
        (pair("NY", "YN"), "x iff not y"),
        (pair("YY", "YN"), "x and y or x and not y"),
        (pair("YY", "YY"), "x and y"),
        ({"compound": True, "members": [[[3, "Y"]], [[2, "Y"]]]}, "x or y"),
        ({"compound": True, "members": [[[3, "Y"], [3, "N"]], [[2, "Y"]]]}, "not x and x or y"),
    ],
)
def test_a_statement_is_said_in_words(folder: Path, statement: object, text: str) -> None:
    conflict = read(folder, changed(QUARRY, "decisionMakers", 0, "preferences", to=[statement]))
    found = said(conflict, 0)[0].replace("the_town.sue", "x").replace("the_town.permit_full", "y")
    assert found == text


def test_a_statement_means_the_same_in_every_combination(folder: Path) -> None:
    rng = random.Random(11)
    for _ in range(150):
        tree = random_file(rng)
        conflict = read(folder, tree)
        order = [index for dm in tree["decisionMakers"] for index in dm["options"]]
        atoms = dict(zip(conflict.columns(), order, strict=True))
        infeasible = [one.expression for one in conflict.infeasible]
        pairs = [(infeasible, tree["infeasibles"])]
        for dm, entry in zip(conflict.decision_makers, tree["decisionMakers"], strict=True):
            assert isinstance(dm.preference, Priorities)
            pairs.append(
                ([one.expression for one in dm.preference.statements], entry["preferences"])
            )
        for ours, theirs in pairs:
            for combination in product("YN", repeat=len(order)):
                state = dict(zip(order, combination, strict=True))
                truth = {atom: state[index] == "Y" for atom, index in atoms.items()}
                told = [evaluate(one, truth.__getitem__) for one in ours]
                assert told == [holds(one, state) for one in without_repeats(theirs)]


def test_states_and_ranks_are_those_of_the_file(folder: Path) -> None:
    rng = random.Random(5)
    for _ in range(150):
        tree = random_file(rng)
        literal = Literally(tree)
        conflict = read(folder, tree)
        assert patterns_of(conflict) == literal.patterns
        assert ranks_of(conflict) == literal.ranks()
        by_hand = {**tree, "useManualPreferenceRanking": True}
        for dm, ranking in zip(by_hand["decisionMakers"], literal.rankings(), strict=True):
            dm["preferenceRanking"] = [t[0] if len(t) == 1 else t for t in ranking]
        assert ranks_of(read(folder, by_hand)) == literal.ranks()


def test_any_file_converted_and_read_back_is_the_same_conflict(folder: Path) -> None:
    rng = random.Random(3)
    for tree in (QUARRY, BY_HAND, *(random_file(rng) for _ in range(100))):
        conflict = read(folder, tree)
        again = parse_model(model_text(conflict))
        assert again == conflict
        assert ranks_of(again) == ranks_of(conflict)


def test_a_name_with_half_a_surrogate_pair_can_still_be_written(folder: Path) -> None:
    conflict = read(folder, json.dumps(QUARRY).replace("Blast", "Blast \\ud83d"))
    assert conflict.decision_makers[1].options[0].name == "Blast \ufffd"
    assert parse_model(model_text(conflict)) == conflict


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["what"])
def test_a_mistake_in_the_tree_is_told_by_its_path(folder: Path, mistake: dict[str, Any]) -> None:
    sample = {"quarry": QUARRY, "by_hand": BY_HAND}[mistake["file"]]
    value = {"to": mistake["to"]} if "to" in mistake else {}
    (problem,) = refused(folder, changed(sample, *mistake["at"], **value))
    assert (problem.code, problem.what) == (mistake["code"], mistake["what"])
    assert str(problem.place) == f"{folder / 'saved.gmcr'}:1:1"


def test_a_file_that_holds_no_object_is_told(folder: Path) -> None:
    (other,) = refused(folder, [QUARRY])
    assert (other.code, other.what) == ("bad-gmcr", "the file is a list of 1")


def test_all_mistakes_of_a_file_are_told_at_once(folder: Path) -> None:
    tree = changed(QUARRY, "infeasibles", 0, 0, to=[0, "?"])
    tree["options"][0]["name"] = None
    tree["decisionMakers"][1]["preferences"][1] = 3
    assert [problem.what for problem in refused(folder, tree)] == [
        "options[0].name is null, not a text",
        "infeasibles[0][0][1] is '?', not Y or N",
        "decisionMakers[1].preferences[1] is 3, not a list of conditions",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("", 1, 1, "the file is empty"),
        ('{"options":\n  [1, 2}', 2, 8, "not JSON: Expecting ',' delimiter"),
        ('{"options": [],\n "NaN": "NaN",\n "x": NaN}', 3, 7, "not JSON: NaN is no number"),
        ('["Infinity", 1,\n-Infinity]', 2, 1, "not JSON: -Infinity is no number"),
        ("[" * 100_000, 1, 1, "the file nests too deep"),
        ('{"options": ' + "9" * 5000 + "}", 1, 1, "options is Infinity, not a list"),
    ],
)
def test_a_text_that_is_no_json_is_told_with_its_place(
    folder: Path, text: str, line: int, column: int, what: str
) -> None:
    first = refused(folder, text)[0]
    assert (first.code, first.what) == ("bad-gmcr", what)
    assert first.place is not None
    assert (first.place.line, first.place.column) == (line, column)


def test_a_file_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "binary.gmcr").write_bytes(b"\xff\xfe{}")
    with pytest.raises(DetenteError, match="not-text"):
        read_gmcr(folder / "binary.gmcr")
    with pytest.raises(DetenteError, match="no-such-path"):
        read_gmcr(folder / "missing.gmcr")


def test_a_large_file_by_hand_is_checked_without_counting_its_states(folder: Path) -> None:
    options = [{"name": f"o{k}", "permittedDirection": "both"} for k in range(64)]
    dm = {"name": "A", "options": list(range(64)), "preferenceRanking": [1, 2]}
    tree = {"useManualPreferenceRanking": True, "options": options, "decisionMakers": [dm]}
    conflict = read(folder, tree)
    assert (
        conflict.decision_makers[0].preference
        == parse_model("decision_makers: {a: {options: {o: O}, ranking: [1, 2]}}")
        .decision_makers[0]
        .preference
    )


JUNK = (None, True, 0, -1, 3, 10**30, 1.5, "", "Y", [], {}, [[]], [0, "Y"], {"members": [[]]})


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every value of a tree, as the container and the key or index it stands at."""
    found: list[tuple[Any, Any]] = []
    for key, value in list(tree.items() if isinstance(tree, dict) else enumerate(tree)):
        found += [(tree, key), *(places(value) if isinstance(value, dict | list) else [])]
    return found


def check_answer(path: Path) -> None:
    """A file gives a conflict that can be written and read back, or a refusal with places."""
    try:
        conflict, warnings = read_gmcr(path)
    except DetenteError as error:
        refusal = error.problems
    else:
        assert all(problem.severity == "warning" for problem in warnings)
        assert parse_model(model_text(conflict)) == conflict
        return
    assert any(problem.severity == "error" for problem in refusal)
    assert all(problem.place is not None for problem in refusal)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([QUARRY, BY_HAND]), st.data())
def test_a_spoilt_tree_gives_a_conflict_or_a_clear_refusal(
    folder: Path, tree: dict[str, Any], data: st.DataObject
) -> None:
    spoilt = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(spoilt)))
        how = data.draw(st.sampled_from(["replace", "remove", "repeat"]))
        if how == "remove":
            del container[key]
        elif how == "repeat" and isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
        else:
            container[key] = copy.deepcopy(data.draw(st.sampled_from(JUNK)))
    check_answer(saved(folder, spoilt))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_spoilt_text_gives_a_conflict_or_a_clear_refusal(
    folder: Path, data: st.DataObject
) -> None:
    text = json.dumps(QUARRY, indent=1)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 20, len(text))))
    middle = data.draw(st.sampled_from(["", "[", '"', "NaN", "-", "1e999", "\\ud800"]) | st.text())
    check_answer(saved(folder, text[:start] + middle + text[end:]))
