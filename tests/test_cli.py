"""The command line as a user meets it: streams, exit codes, JSON, and no traceback, ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.catalog import load_entry, slugs
from detente.cli import main
from detente.cli.demo import FLAGSHIP
from detente.errors import Problem

PD = Path(__file__).parent / "models" / "prisoners-dilemma.yaml"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = run(capsys, *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_the_promised_json_of_the_prisoners_dilemma(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "analyze", str(PD))
    assert found["decision_makers"] == ["row", "col"]
    assert found["options"] == ["row.defect", "col.defect"]
    assert found["states"] == [
        {"number": 1, "taken": [], "pattern": "NN", "ranks": {"row": 3, "col": 3}},
        {"number": 2, "taken": ["row.defect"], "pattern": "YN", "ranks": {"row": 4, "col": 1}},
        {"number": 3, "taken": ["col.defect"], "pattern": "NY", "ranks": {"row": 1, "col": 4}},
        {
            "number": 4,
            "taken": ["row.defect", "col.defect"],
            "pattern": "YY",
            "ranks": {"row": 2, "col": 2},
        },
    ]
    assert found["stable"]["nash"] == {"row": [2, 4], "col": [3, 4]}
    assert list(found["stable"]) == ["nash", "gmr", "smr", "seq", "sseq", "sim"]
    assert found["equilibria"]["nash"] == [4]
    assert found["equilibria"]["gmr"] == [1, 4]
    assert found["status_quo"] == 4
    diagnosis = found["diagnosis"]
    assert diagnosis["verdict"] == "sequencing-problem"
    assert diagnosis["zone"] == [1]
    assert diagnosis["blockers"] == {}
    (deal,) = diagnosis["deals"]
    assert deal["state"] == 1
    assert deal["holds"] == {"row": "sseq", "col": "sseq"}
    assert deal["reach"] == "joint"
    assert diagnosis["witness"]["exposed"] == ["col"] or diagnosis["witness"]["exposed"] == ["row"]


def test_blockers_of_elmira_at_its_deadlock(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "analyze", "elmira", "--status-quo", "5")
    assert found["options"] == []
    assert found["states"][4]["name"] == "Delay, insist"
    assert found["stable"]["sim"] == {}
    assert found["diagnosis"]["blockers"] == {"uniroyal": 2, "local": 2}
    assert found["diagnosis"]["witness"]["blocking_sets"] == [["uniroyal"], ["local"]]


def test_a_model_without_a_status_quo_has_no_diagnosis(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "analyze", "milk-river")
    assert found["status_quo"] is None
    assert found["diagnosis"] is None
    code, out, _ = run(capsys, "analyze", "milk-river")
    assert code == 0
    assert "names no status quo" in out


@pytest.mark.parametrize("slug", slugs())
def test_every_entry_is_analysed_on_one_screen(
    slug: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "analyze", slug)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    # named deals are told besides, each in a few lines
    deals = load_entry(slug).conflict.deals
    assert len(lines) <= 48 + 4 * len(deals)
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)
    assert lines[-1].startswith(f"Ask why: detente analyze {slug} --why ")
    code, out, err = run(capsys, *lines[-1].split(": detente ")[1].split())
    assert (code, err) == (0, "")
    assert "stable under" in out


def test_why_names_states_by_number_pattern_or_id(capsys: pytest.CaptureFixture[str]) -> None:
    by_number = run(capsys, "analyze", str(PD), "--why", "1")
    assert by_number == run(capsys, "analyze", str(PD), "--why", "NN")
    assert "Row would gain by taking “Defect” (state 2), but then Column takes" in by_number[1]
    code, _, err = run(capsys, "analyze", str(PD), "--why", "7")
    assert code == 2
    assert err.startswith("unknown-state '7' is no state; they are numbered 1 to 4")
    why = answer(capsys, "analyze", str(PD), "--why", "1")
    assert why["state"] == 1
    assert {item["concept"] for item in why["why"]} == {"nash", "gmr", "smr", "seq", "sseq", "sim"}


def test_demo_ends_with_the_verdict_on_the_flagship(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "demo")
    assert code == 0
    assert "[sequencing problem]" in out
    assert answer(capsys, "demo")["diagnosis"]["verdict"] == "sequencing-problem"


def test_check_tells_problems_on_standard_output_and_exits_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(capsys, "check", str(PD))[:2] == (0, "")
    bad = tmp_path / "bad.yaml"
    bad.write_text(PD.read_text().replace("not col.defect", "not col.defekt"))
    code, out, err = run(capsys, "check", str(bad))
    assert code == 1
    assert out.startswith(f"{bad}:8:13 unknown-option 'col.defekt' is no option")
    assert out.count("\n") == 1
    assert "1 error" in err
    code, out, _ = run(capsys, "check", str(bad), "--json")
    assert code == 1
    (problem,) = json.loads(out)["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("unknown-option", 8, 13)
    assert run(capsys, "check", str(tmp_path / "absent.yaml"))[0] == 2
    code, out, _ = run(capsys, "check", "milk-river")
    assert code == 0
    assert "warning: the model names no status quo" in out


def test_the_catalog_lists_entries_and_shows_printed_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "catalog")
    assert code == 0
    assert all(slug in out for slug in slugs())
    code, out, _ = run(capsys, "catalog", "syria_iraq_1975")
    assert code == 0
    assert "printed [1]" in out
    assert answer(capsys, "catalog", "syria-iraq-1975")["equilibria"]["seq"] == [6]
    assert {entry["slug"] for entry in answer(capsys, "catalog")} == set(slugs())
    code, out, _ = run(capsys, "catalog", "chicken", "--model")
    assert out.startswith("title: Chicken")
    code, _, err = run(capsys, "catalog", "chiken")
    assert code == 2
    assert "did you mean 'chicken'?" in err


def test_a_dossier_folder_and_standard_input_are_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "model.yaml").write_text(PD.read_text())
    assert answer(capsys, "analyze", str(tmp_path))["status_quo"] == 4
    process = subprocess.run(
        [sys.executable, "-m", "detente", "analyze", "-", "--json"],
        input=PD.read_bytes(),
        capture_output=True,
        check=True,
    )
    assert json.loads(process.stdout)["made"]["source"] == "<stdin>"


BAD_USAGE = [
    ["nonsense"],
    ["analyze"],
    ["analyze", "x", "--nonsense"],
    ["analyze", "no-such-model"],
    ["analyze", str(PD), "--status-quo", "9"],
    ["analyze", "elmira", "--sim"],
    ["convert", str(PD)],
]


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=" ".join)
def test_bad_usage_is_told_in_one_line_on_standard_error_and_exits_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def bad_files(folder: Path) -> dict[str, Path | str]:
    """The inputs a user may well give by mistake, or to see what happens."""
    options = ", ".join(f"o{k}: O" for k in range(10))
    dms = "\n".join(f"  d{i}: {{options: {{{options}}}, priorities: []}}" for i in range(4))
    texts: dict[str, bytes] = {
        "unknown-option": PD.read_bytes().replace(b"- defect", b"- deflect", 1),
        "ranking-misses-states": (
            b'decision_makers: {a: {options: {x: X, y: Y}, ranking: ["YN", "NY"]}}'
        ),
        "no-feasible-state": b"decision_makers: {a: {options: {x: X}, priorities: []}}\n"
        b"infeasible: ['true']",
        "status-quo-infeasible": b"decision_makers: {a: {options: {x: X}, priorities: []}}\n"
        b"infeasible: [a.x]\nstatus_quo: [a.x]",
        "shared-option": b"decision_makers:\n  a: {options: {x: X}, priorities: []}\n"
        b"  b: {options: {a.x: X}, priorities: []}",
        "empty-file": b"",
        "file-too-large": b"title: " + b"x" * 10_000_000,
        "not-text": bytes(range(256)) * 40,
        "expression-too-deep": b"decision_makers: {a: {options: {x: X}, priorities: ["
        + b"(" * 10_000
        + b"x"
        + b")" * 10_000
        + b"]}}",
        "too-large": f"decision_makers:\n{dms}".encode(),
    }
    files: dict[str, Path | str] = {}
    for code, data in texts.items():
        files[code] = folder / f"{code}.yaml"
        Path(files[code]).write_bytes(data)
    (folder / "folder").mkdir()
    files["not-a-dossier"] = folder / "folder"
    files["no-such-path"] = folder / "absent.yaml"
    return files


def test_every_bad_input_is_a_clear_error_with_nothing_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for expected, path in bad_files(tmp_path).items():
        before = sorted(tmp_path.rglob("*"))
        for command in ("analyze", "check", "convert"):
            extra = [str(tmp_path / "out.yaml")] if command == "convert" else []
            code, out, err = run(capsys, command, str(path), *extra)
            told = out + err
            assert f"{expected} " in told, (command, told)
            usage = expected in ("not-a-dossier", "no-such-path")
            assert code == (1 if command == "check" and not usage else 2)
        assert sorted(tmp_path.rglob("*")) == before


def test_convert_writes_a_model_that_says_the_same_and_never_replaces_unasked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "out.yaml"
    for slug in slugs():
        out.unlink(missing_ok=True)
        # a model with conditions is written as it is on a date, and needs no record then
        when = ["--on", "2021-10-30"] if slug == FLAGSHIP else []
        code, _, err = run(capsys, "convert", slug, str(out), *when)
        assert code == 0, err
        first, second = answer(capsys, "analyze", slug), answer(capsys, "analyze", str(out))
        for key in ("decision_makers", "options", "states", "stable", "diagnosis"):
            assert first[key] == second[key]
    kept = out.read_bytes()
    code, _, err = run(capsys, "convert", "chicken", str(out))
    assert code == 2
    assert "would-overwrite" in err
    assert out.read_bytes() == kept
    assert run(capsys, "convert", "chicken", str(out), "--force")[0] == 0
    code, text, _ = run(capsys, "convert", "chicken", "-")
    assert text == out.read_text()
    assert run(capsys, "convert", "chicken", str(tmp_path))[0] == 2
    assert run(capsys, "convert", "chicken", str(tmp_path / "no" / "such.yaml"))[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.yaml"]


def test_convert_writes_through_a_link_and_never_in_place_of_a_device(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    real, link, loop, pipe = (tmp_path / name for name in ("real", "link", "loop", "pipe"))
    real.write_text("old")
    link.symlink_to(real)
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    assert run(capsys, "convert", "chicken", str(link), "--force")[0] == 0
    assert link.is_symlink()
    assert real.read_text().startswith("title: Chicken")
    for odd in (loop, pipe):
        code, _, err = run(capsys, "convert", "chicken", str(odd), "--force")
        assert code == 2
        assert "unwritable" in err
    assert pipe.is_fifo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "loop", "pipe", "real"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("analyze chicken >&-", b"unwritable standard output is closed"),
        ("analyze chicken > /dev/full", b"unwritable standard output: No space left on device"),
        ("analyze - <&-", b"empty-file"),
    ],
)
def test_closed_and_full_streams_are_told(command: str, told: bytes) -> None:
    shell = f"exec {sys.executable} -m detente {command}"
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_error_of_ours_is_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr("detente.study.analyze", broken)
    code, out, err = run(capsys, "analyze", str(PD))
    assert (code, out) == (2, "")
    assert err.startswith("internal RuntimeError: a wheel came off")
    monkeypatch.setenv("DETENTE_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["analyze", str(PD)])


def test_a_reader_that_stops_reading_is_no_error() -> None:
    command = [sys.executable, "-m", "detente", "analyze", "jcpoa-2021", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(100).startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_names_a_terminal_cannot_show_do_not_end_the_run(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text("title: Ψ 💥\n" + PD.read_text(encoding="utf-8"), encoding="utf-8")
    path.write_text(path.read_text().replace("title: Prisoner's dilemma\n", ""))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    process = subprocess.run(
        [sys.executable, "-m", "detente", "analyze", str(path)],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert b"Traceback" not in process.stderr


def test_every_problem_names_code_finding_rule_and_remedy() -> None:
    problem = Problem("unknown-option", "'x' is no option", None, "y")
    assert str(problem) == (
        "unknown-option 'x' is no option; an expression names options of the model; "
        "did you mean 'y'?"
    )
    with pytest.raises(ValueError, match="unknown problem code"):
        Problem("nonsense", "")
