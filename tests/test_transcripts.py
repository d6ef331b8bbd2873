"""Transcripts of a replay: what changed between two, why, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli import main
from tests.test_replay import END, MODEL, RECORD, START, written


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["replay", *arguments])
    out, err = capsys.readouterr()
    assert "internal" not in err
    return code, " ".join(out.split()), err


def changes(
    capsys: pytest.CaptureFixture[str], folder: Path, *more: str, start: str = START, end: str = END
) -> list[str]:
    """Replay with a transcript; what it tells to have changed."""
    kept = str(folder / "kept.json")
    arguments = [str(folder), "--from", start, "--to", end, "--write", kept, "--json", *more]
    code = main(["replay", *arguments])
    out, err = capsys.readouterr()
    assert code == 0, err
    found = json.loads(out)
    told = found.pop("changes", [])
    assert json.loads(Path(kept).read_text()) == found
    return told


def test_a_second_transcript_tells_what_changed_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path)
    assert changes(capsys, folder) == []
    assert changes(capsys, folder) == []
    written(tmp_path, RECORD.replace("storm: {what: x, date: 2020-04-10}", "storm: {what: x}"))
    told = changes(capsys, folder)
    assert told[0] == "The record has changed since."
    about = [line for line in told if line.startswith("2020-04-10: ")]
    assert any("status quo" not in line and "not south.go" in line for line in about)
    assert any("no longer in force (storm: happened then, not happened now)" in s for s in about)
    # nothing before the storm is told to have changed
    assert all(line[:10] >= "2020-04-10" for line in told[1:])
    # the transcript is now the new one
    assert changes(capsys, folder) == []


def test_the_screen_tells_steps_and_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, kept = written(tmp_path), str(tmp_path / "kept.json")
    arguments = [str(folder), "--from", START, "--to", END, "--write", kept]
    code, out, err = run(capsys, *arguments)
    assert code == 0
    assert "transcript written to" in err
    assert "changes" in out
    assert "Nothing has changed" not in out
    assert "Nothing has changed since" in run(capsys, *arguments)[1]
    (folder / "model.yaml").write_text(MODEL.replace("2020-02-20", "2020-02-25"))
    out = run(capsys, *arguments)[1]
    assert "What changed since" in out
    assert "The model has changed since." in out
    assert "because deal calm is no longer in force" in out


def test_a_period_without_a_change_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path)
    code, out, _ = run(capsys, str(folder), "--from", "2020-01-15", "--to", "2020-01-20")
    assert code == 0
    assert "the conflict stays the same all the time" in out


@pytest.mark.parametrize(
    "text",
    [
        "my notes\n",
        "[]",
        '{"kind": "analysis", "steps": []}',
        '{"kind": "replay"}',
        '{"kind": "replay", "steps": []}',
        '{"kind": "replay", "steps": 3, "made": {}, "from": "", "to": ""}',
        '{"kind": "replay", "steps": [{}], "made": {}, "from": "2020", "to": "2021"}',
    ],
)
def test_a_file_that_is_no_transcript_is_refused_and_stays_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    folder, kept = written(tmp_path), tmp_path / "kept.json"
    kept.write_text(text)
    code, out, err = run(capsys, str(folder), "--from", START, "--to", END, "--write", str(kept))
    assert (code, out) == (2, "")
    assert "would-overwrite" in err
    assert kept.read_text() == text


def test_mistakes_in_the_question_leave_the_transcript_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, kept = written(tmp_path), tmp_path / "kept.json"
    for more, code in (
        (["--from", END, "--to", START], "ends-before-start"),
        (["--from", "soon", "--to", END], "bad-date"),
        (["--from", START, "--to", END, "--viewpoint", "nroth"], "unknown-id"),
    ):
        status, out, err = run(capsys, str(folder), *more, "--write", str(kept))
        assert (status, out) == (2, "")
        assert err.startswith(code)
        assert not kept.exists()
    code, _, err = run(capsys, "chicken", "--from", START, "--to", END)
    assert code == 2
    assert "not-timed" in err


def test_days_that_the_earlier_run_did_not_look_at_are_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path)
    changes(capsys, folder, end="2020-03-31")
    told = changes(capsys, folder, end=END)
    assert told == ["The period is another: to 2020-03-31 then, 2020-12-31 now."]
    told = changes(capsys, folder, start="2019-01-01")
    assert told == ["The period is another: from 2020-01-01 then, 2019-01-01 now."]


@pytest.mark.parametrize("more", [["--viewpoint", "south"], ["--as-known-then"]])
def test_another_question_is_named_as_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    folder = written(tmp_path)
    changes(capsys, folder)
    told = changes(capsys, folder, *more)
    word = "viewpoint" if "--viewpoint" in more else "known"
    assert any(word in line.lower() and not line.startswith("2020") for line in told)


def test_of_two_parts_that_read_alike_both_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "  - {option: north.stay, from: 2020-01-10}\n"
    twice = "  - {option: south.go, holds_when: storm}\n  - {option: south.go, from: 2020-11-01}\n"
    model = MODEL.replace(first, first + twice)
    folder = written(tmp_path, model=model)
    changes(capsys, folder)
    written(
        tmp_path, RECORD.replace("storm: {what: x, date: 2020-04-10}", "storm: {what: x}"), model
    )
    told = changes(capsys, folder)
    assert any("because status quo: south.go" in line and "storm" in line for line in told)
