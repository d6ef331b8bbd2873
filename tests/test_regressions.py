"""Mistakes that were once made, each kept from coming back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from detente.cli import main
from detente.errors import DetenteError
from detente.graph import Explicit, to_graph
from detente.model import parse_model
from detente.stability import stability_table

ONE = "decision_makers: {a: {options: {x: X}, priorities: []}}\n"


def codes_of(text: str) -> list[str]:
    with pytest.raises(DetenteError) as caught:
        to_graph(parse_model(text))
    return [problem.code for problem in caught.value.problems]


def test_an_option_may_have_more_than_256_levels() -> None:
    levels = ", ".join(f"l{k}" for k in range(300))
    option = f"{{x: {{levels: [{levels}]}}}}"
    text = f"decision_makers: {{a: {{options: {option}, priorities: [x is l299]}}}}"
    graph = to_graph(parse_model(text + "\nstatus_quo: [a.x is l270]"))
    table = stability_table(graph, ["nash"])
    assert np.flatnonzero(table.equilibria("nash")).tolist() == [299]


@pytest.mark.parametrize("given", ["{a.x: true}", "[[a.x]]", "{option: [a.x]}", "3"])
def test_a_status_quo_of_an_odd_shape_is_told_not_crashed_on(given: str) -> None:
    assert codes_of(ONE + f"status_quo: {given}")


def test_an_empty_status_quo_is_none_and_an_empty_list_is_nothing_taken() -> None:
    assert parse_model(ONE + "status_quo:").status_quo is None
    assert parse_model(ONE + "status_quo: []").status_quo == ((0,),)


def test_a_mistake_that_an_alias_repeats_is_told_not_crashed_on() -> None:
    text = "decision_makers:\n  a: &d {options: {x: X}, priorities: [], foo: 1}\n  b: *d"
    assert set(codes_of(text)) == {"unknown-key"}


@pytest.mark.parametrize("text", ["0" * 30 + "9", "00000000000000000001999"])
def test_a_number_with_leading_zeros_is_read_whole(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", "chicken", "--why", text]) == 2
    assert "unknown-state" in capsys.readouterr().err
    ranking = f'decision_makers: {{a: {{options: {{x: X}}, ranking: ["{text}", "-"]}}}}'
    assert "unknown-state" in codes_of(ranking)


def test_ranks_that_are_no_whole_numbers_and_moves_that_lead_nowhere_are_refused() -> None:
    graph = to_graph(parse_model(ONE))
    for bad in (np.array([1.5, 2.0]), np.array([0, 1]), np.array([1, 2**40])):
        with pytest.raises(ValueError, match="ranks"):
            graph.with_ranks([bad])
    for moves in ([(0, 0)], [(-1, 0)], [(0, 2)]):
        with pytest.raises(ValueError, match=r"^a? ?move"):
            Explicit(2, [moves], [np.array([1, 2])])


def test_sixty_five_decision_makers_and_twenty_thousand_options_are_refused() -> None:
    dms = ", ".join(f"d{k}: {{options: {{x: X}}, priorities: []}}" for k in range(65))
    assert codes_of(f"decision_makers: {{{dms}}}") == ["too-large"]
    options = ", ".join(f"o{k}" for k in range(20_000))
    many = f"decision_makers: {{a: {{options: [{options}], priorities: []}}}}"
    assert codes_of(many) == ["too-large"]


def test_many_mistakes_are_told_in_short(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "many.yaml"
    wrong = ", ".join(["q"] * 5000)
    path.write_text(f"decision_makers: {{a: {{options: {{x: X}}, priorities: [{wrong}]}}}}")
    assert main(["check", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out.count("\n") == 100
    assert "... and 4,900 more" in err
    assert main(["check", str(path), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 5000


def test_convert_does_not_write_over_what_it_reads(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("# a comment worth keeping\n" + ONE)
    before = path.read_bytes()
    assert main(["convert", str(path), str(path), "--force"]) == 2
    assert path.read_bytes() == before
    assert "comments would be lost" in capsys.readouterr().err


def test_what_no_move_reaches_is_told_as_such_and_nobody_is_said_to_block(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "unreachable.yaml"
    path.write_text(
        "decision_makers: {a: Ann, b: Bob}\nstates: {s: Stay, d: Deal}\nmoves: {a: {d: s}}\n"
        "ranking: {a: [d, s], b: [d, s]}\nstatus_quo: s\n"
    )
    assert main(["analyze", str(path)]) == 0
    out = capsys.readouterr().out
    assert "no sequence of moves leads there" in out
    assert "State d would be agreed to: Deal." in out
    assert "Without" not in out
    assert main(["analyze", str(path), "--json"]) == 0
    diagnosis = json.loads(capsys.readouterr().out)["diagnosis"]
    assert diagnosis["blockers"] == {}
    assert diagnosis["witness"] == {"unreachable": [2]}


def test_a_text_cannot_command_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "escape.yaml"
    path.write_text(
        'title: "\\e[31mred\\a\\x9b2J"\n'
        'decision_makers: {a: {name: "\\e]0;x", options: {x: "\\e[2J"}, priorities: [x]}}\n'
        "status_quo: []\n"
    )
    assert main(["analyze", str(path)]) == 0
    assert main(["analyze", str(path), "--why", "1"]) == 0
    path.write_text('decision_makers: {a: {options: {"\\e[2J": X}, priorities: []}}')
    assert main(["check", str(path)]) == 1
    out, err = capsys.readouterr()
    assert not set(out + err) & {chr(code) for code in (*range(10), *range(11, 32), 127, 0x9B)}
    assert "�[31mred" in out
