"""A review, step by step and by a pipe: what is decided is saved, and nothing else is written."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.cli.review import review
from detente.errors import DetenteError
from detente.reading.drafts import Article, Draft, Review, Session, begin, default_target, load
from detente.reading.drafts import file as drafts_file
from detente.record.load import load_record, read_record

GROUND = """\
actors:
  north: North
  south: South
sources:
  gazette: Official gazette
events:
  E1: {what: Rain.}
"""

DRAFTS = (
    Draft(1, "sources", "paper", {"title": "A paper", "date": "2021-10-30"}, "P1"),
    Draft(2, "actors", "mira", {"name": "Mira", "kind": "person"}, "P2", words="Mira said no."),
    Draft(
        3, "statements", "L01",
        {"kind": "refusal", "speaker": "mira", "quote": "no", "sources": [{"source": "paper"}]},
        "P2", words="Mira said no.", confidence="certain", depends=("paper", "mira"),
    ),
    Draft(
        4, "statements", "L02", {"kind": "denial", "what": "It rained not.", "sources": "paper"},
        "P3", words="It was denied \x1b[2J\u202e that it rained.", check="at-odds",
        beside=("E1: Rain. (record/ground.yaml:7)",), needs=("speaker", "to"), depends=("paper",),
    ),
    Draft(5, "events", "E5", {"what": "Sun.", "date": "2021-10-29"}, "P4"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "d/record").mkdir(parents=True)
    (tmp_path / "d/record/ground.yaml").write_text(GROUND)
    return tmp_path / "d"


def begun(folder: Path, drafts: Sequence[Draft] = DRAFTS, **options: Any) -> Review:
    path = folder.parent / "drafts.yaml"
    session = Session(Article("a.txt", "a" * 64), str(folder), tuple(drafts))
    return Review(begin(path, session), path, folder, **options)


def resumed(walk: Review) -> Review:
    return Review(load(walk.path), walk.path, walk.folder, into=walk.into)


def states(walk: Review) -> list[str]:
    found = [walk.session.decision(one.number).state for one in walk.session.drafts]
    # what counts is what is saved
    saved = load(walk.path)
    assert found == [saved.decision(one.number).state for one in saved.drafts]
    return [state[0] for state in found]


def at(walk: Review, number: int) -> Review:
    assert walk.go(number)
    return walk


def codes(problems: Sequence[Any]) -> list[tuple[str, str]]:
    return [(one.code, str(one.place)) for one in problems]


# -- deciding ------------------------------------------------------------------------------------


def test_each_decision_leads_to_the_next_open_draft(folder: Path) -> None:
    walk = begun(folder)
    seen = []
    for step in (walk.accept, walk.skip, walk.skip, walk.skip, walk.skip):
        assert walk.current is not None
        seen.append(walk.current.number)
        assert step().done
    assert seen == [1, 2, 3, 4, 5]
    assert walk.done
    assert walk.current is None
    assert states(walk) == ["a", "s", "s", "s", "s"]
    assert not walk.accept().done
    assert not walk.skip().done
    assert not walk.edit("what: x").done


def test_accepting_a_draft_accepts_those_it_names(folder: Path) -> None:
    walk = at(begun(folder), 3)
    assert sorted(walk.also) == [1, 2]
    outcome = walk.accept()
    assert (outcome.done, sorted(outcome.also)) == (True, [1, 2])
    assert states(walk) == ["a", "a", "a", "o", "o"]
    assert walk.undo().number == 3
    assert states(walk) == ["o"] * 5
    assert walk.current == DRAFTS[2]


def test_a_draft_that_names_a_skipped_one_is_not_accepted(folder: Path) -> None:
    walk = at(begun(folder), 2)
    walk.skip()
    outcome = at(walk, 3).accept()
    assert codes(outcome.problems) == [("unknown-id", "draft 3:2:10")]
    assert "is draft 2, which was skipped" in outcome.problems[0].what
    assert states(walk) == ["o", "s", "o", "o", "o"]


def test_a_draft_that_an_accepted_one_names_is_not_skipped(folder: Path) -> None:
    walk = at(begun(folder), 3)
    walk.accept()
    outcome = at(walk, 1).skip()
    assert (outcome.done, outcome.needed_by) == (False, (3,))
    at(walk, 3).skip()
    assert at(walk, 1).skip().done
    assert states(walk) == ["s", "a", "s", "o", "o"]


def test_a_key_that_the_record_requires_must_be_filled(folder: Path) -> None:
    walk = at(begun(folder), 4)
    outcome = walk.accept()
    assert codes(outcome.problems) == [("missing-key", "draft 4:1:1")]
    assert "'speaker'" in outcome.problems[0].what
    assert walk.merge("speaker: north").done
    assert walk.session.needs(DRAFTS[3]) == ("to",)
    assert walk.accept().also == (1,)


def test_what_names_nothing_is_told_when_it_is_accepted(folder: Path) -> None:
    walk = at(begun(folder), 4)
    walk.merge("speaker: nroth\nto: E1")
    outcome = walk.accept()
    assert codes(outcome.problems) == [
        ("unknown-id", "draft 4:4:10"),
        ("wrong-kind", "draft 4:5:5"),
    ]
    assert outcome.problems[0].suggestion == "north"


def test_an_id_that_is_taken_is_told_when_it_is_accepted(folder: Path) -> None:
    walk = begun(folder, [replace(DRAFTS[4], number=1, id="E1")])
    assert [one.code for one in walk.accept().problems] == ["duplicate-id"]


def test_going_to_a_draft_that_is_not_there(folder: Path) -> None:
    walk = begun(folder)
    assert not walk.go(6)
    assert walk.current == DRAFTS[0]


# -- editing -------------------------------------------------------------------------------------


def test_a_text_that_is_no_entry_is_kept_until_it_is_mended(folder: Path) -> None:
    walk = at(begun(folder), 5)
    outcome = walk.edit("what: Sun.\ndaet: 2021\n")
    assert codes(outcome.problems) == [("unknown-key", "draft 5:2:1")]
    assert walk.session.entry(DRAFTS[4]) == DRAFTS[4].entry
    later = at(resumed(walk), 5)
    assert later.text == "what: Sun.\ndaet: 2021\n"
    assert later.edit("what: Sun.\ndate: 2021\n").done
    assert later.session.entry(DRAFTS[4]) == {"what": "Sun.", "date": "2021"}
    assert later.session.decision(5).tried == ""


def test_lines_mend_a_text_that_was_tried(folder: Path) -> None:
    walk = at(begun(folder), 5)
    assert not walk.merge("date: 2021-13\nplace: Vienna").done
    assert walk.merge("date: 2021-12").done
    assert walk.session.entry(DRAFTS[4]) == {"what": "Sun.", "date": "2021-12", "place": "Vienna"}
    assert not walk.merge("date: [").done
    assert not walk.merge("words").done


def test_an_edit_of_what_was_accepted_asks_for_it_again(folder: Path) -> None:
    walk = at(begun(folder), 5)
    walk.accept()
    assert at(walk, 5).edit("what: Snow.").done
    assert states(walk)[4] == "o"
    walk.undo()
    assert states(walk)[4] == "a"
    assert walk.session.entry(DRAFTS[4]) == DRAFTS[4].entry


def test_edits_are_taken_back_one_by_one(folder: Path) -> None:
    walk = at(begun(folder), 5)
    for text in ("what: A.", "what: B."):
        walk.edit(text)
    walk.accept()
    later = resumed(walk)
    for entry in ({"what": "B."}, {"what": "A."}, DRAFTS[4].entry):
        later.undo()
        assert later.session.entry(DRAFTS[4]) == entry
        later = resumed(later)
    assert not later.undo().done


# -- going on ------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.sampled_from(["a", "s", "e", "x", "u", *range(1, 6)]), max_size=12))
def test_a_review_cut_off_after_any_step_goes_on_and_can_be_taken_back_to_its_beginning(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str | int]
) -> None:
    folder = tmp_path_factory.mktemp("d") / "d"
    (folder / "record").mkdir(parents=True)
    (folder / "record/ground.yaml").write_text(GROUND)
    walk = begun(folder)
    for step in steps:
        match step:
            case int():
                walk.go(step)
            case "a":
                walk.accept()
            case "s":
                walk.skip()
            case "u":
                walk.undo()
            case "e":
                walk.merge("note: n")
            case _:
                walk.edit("no: [")
        assert load(walk.path) == walk.session
        number = 0 if walk.current is None else walk.current.number
        walk = resumed(walk)
        walk.go(number)
        accepted = [
            d for d in walk.session.drafts if walk.session.decision(d.number).state == "accepted"
        ]
        if "e" not in steps:
            named = {id_ for one in accepted for id_ in one.depends}
            assert named <= {one.id for one in accepted}
    while walk.undo().done:
        pass
    assert {one.state for one in walk.session.decisions.values()} <= {"open"}
    assert all(walk.session.entry(one) == one.entry for one in walk.session.drafts)
    assert (folder / "record/ground.yaml").read_text() == GROUND


def test_a_step_that_cannot_be_saved_is_not_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begun(folder)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drafts_file, "write_whole", fail)
    with pytest.raises(KeyboardInterrupt):
        walk.accept()
    monkeypatch.undo()
    assert states(walk) == ["o"] * 5


# -- writing -------------------------------------------------------------------------------------


def test_accepted_drafts_are_written_all_at_once(folder: Path) -> None:
    walk = at(begun(folder), 3)
    walk.accept()
    at(walk, 4).skip()
    at(walk, 5).accept()
    outcome = walk.write()
    assert (outcome.done, outcome.written) == (True, (1, 2, 3, 5))
    assert states(walk) == ["w", "w", "w", "s", "w"]
    record = load_record(folder)
    assert record.places["L01"].file == f"{folder}/record/paper.yaml"
    assert walk.session.decision(3).at == f"{folder}/record/paper.yaml:{record.places['L01'].line}"
    assert (folder / "record/ground.yaml").read_text() == GROUND


def test_what_is_written_cannot_be_taken_back_here(folder: Path) -> None:
    walk = at(begun(folder), 5)
    walk.accept()
    walk.write()
    at(walk, 4).skip()
    assert walk.undo().done
    outcome = walk.undo()
    assert (outcome.done, outcome.written) == (False, (5,))
    for step in (
        walk.accept,
        walk.skip,
        lambda: walk.edit("what: x"),
        lambda: walk.merge("what: x"),
    ):
        assert at(walk, 5)
        assert step().written == (5,)
    assert states(walk) == ["o", "o", "o", "o", "w"]


def test_nothing_is_written_where_one_draft_is_wrong(folder: Path) -> None:
    walk = at(begun(folder), 3)
    walk.accept()
    at(walk, 5).merge("date: 2021\nfollows: E5")
    walk.accept()
    (folder / "record/ground.yaml").write_text(GROUND.replace("south: South", "paper: South"))
    outcome = walk.write()
    assert not outcome.done
    assert {one.code for one in outcome.problems} == {"duplicate-id", "wrong-kind"}
    assert states(walk) == ["a", "a", "a", "o", "a"]
    assert [one.name for one in (folder / "record").iterdir()] == ["ground.yaml"]


def test_a_record_with_errors_is_told_when_it_is_written_to(folder: Path) -> None:
    walk = at(begun(folder), 5)
    (folder / "record/ground.yaml").write_text(GROUND + "evnts: {}\n")
    assert walk.accept().done
    outcome = walk.write()
    assert codes(outcome.problems) == [("unknown-key", f"{folder}/record/ground.yaml:8:1")]
    (folder / "record/ground.yaml").write_text(GROUND)
    assert walk.write().written == (5,)


def test_a_review_cut_off_between_record_and_drafts_file_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = at(begun(folder), 3)
    walk.accept()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drafts_file, "write_whole", fail)
    with pytest.raises(KeyboardInterrupt):
        walk.write()
    monkeypatch.undo()
    written = (folder / "record/paper.yaml").read_bytes()
    later = resumed(walk)
    assert states(later)[:3] == ["a", "a", "a"]
    at(later, 5).accept()
    outcome = later.write()
    assert outcome.written == (1, 2, 3, 5)
    assert (folder / "record/paper.yaml").read_bytes().startswith(written)
    assert read_record(folder).record is not None


def test_a_decision_put_in_by_hand_takes_with_it_what_it_names(folder: Path) -> None:
    walk = begun(folder)
    text = walk.path.read_text()
    begins = text.index("number: 3")
    walk.path.write_text(text[:begins] + text[begins:].replace("open", "accepted", 1))
    later = resumed(walk)
    outcome = later.write()
    assert outcome.written == (1, 2, 3)
    assert sorted(outcome.also) == [1, 2]


def test_the_record_file_is_called_like_the_source(folder: Path) -> None:
    assert default_target(begun(folder).session) == "record/paper.yaml"
    only = [replace(DRAFTS[3], entry={"sources": [{"source": "gazette", "at": "P1"}]})]
    assert default_target(begun(folder, only).session) == "record/gazette.yaml"
    assert default_target(begun(folder, [DRAFTS[4]]).session) == "record/read.yaml"


def test_another_record_file_may_be_named(folder: Path) -> None:
    walk = at(begun(folder, into="record/ground.yaml"), 5)
    walk.accept()
    assert walk.write().done
    assert (folder / "record/ground.yaml").read_text().startswith(GROUND)


# -- the dialogue --------------------------------------------------------------------------------


def talked(
    folder: Path, answers: str | Any, monkeypatch: pytest.MonkeyPatch, **options: Any
) -> Session:
    path = folder.parent / "drafts.yaml"
    session = Session(Article("a.txt", "a" * 64), str(folder), DRAFTS)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers) if isinstance(answers, str) else answers)
    assert review(begin(path, session), path, folder, **options) == 0
    return load(path)


def decided(session: Session) -> str:
    return "".join(session.decision(one.number).state[0] for one in session.drafts)


def test_answers_come_from_a_pipe(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert decided(talked(folder, "a\ns\nq\n", monkeypatch)) == "asooo"
    out, err = capsys.readouterr()
    assert "1 of 5  draft 1  P1  new" in out
    assert "[a]ccept [e]dit [s]kip [u]ndo [w]rite [q]uit [?]" in out
    assert "1 accepted, 1 skipped" in out
    assert "detente read --review" in err


def test_a_whole_review(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = "?\nx\n3\na\na\ne\nspeaker: north\n\na\nu\na\n99\ns\ny\n"
    assert decided(talked(folder, answers, monkeypatch)) == "wwwws"
    out, err = capsys.readouterr()
    assert "accepting it accepts draft 1 (sources paper), draft 2 (actors mira)" in out
    assert "beside it the record holds" in out
    assert "left open: speaker, to" in out
    assert "Write 4 accepted entries to record/paper.yaml?" in out
    assert "'x' is none of the answers" in err
    assert "there is no draft 99" in err
    assert "missing-key 'speaker' is missing" in err
    assert f"draft 3 written: {folder}/record/paper.yaml:" in err
    assert load_record(folder).entries["L02"]


@pytest.mark.parametrize("answers", ["", "\n", "a", "a\ne\n", "a\ne\nnote: x", "a\ns\ns\ns\ns\n"])
def test_the_end_of_the_input_stops_and_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, answers: str
) -> None:
    found = talked(folder, answers, monkeypatch)
    assert (found.decision(1).state == "accepted") == answers.startswith("a")
    assert [one.name for one in (folder / "record").iterdir()] == ["ground.yaml"]
    if "note" in answers:
        assert found.entry(DRAFTS[1])["note"] == "x"


def test_an_interrupt_stops_and_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard(io.StringIO):
        def readline(self, size: int = -1, /) -> str:
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    assert decided(talked(folder, Keyboard("a\na\n"), monkeypatch)) == "aaooo"


def test_no_standard_input_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder.parent / "drafts.yaml"
    monkeypatch.setattr(sys, "stdin", None)
    session = Session(Article("a.txt", "a" * 64), str(folder), DRAFTS)
    assert review(begin(path, session), path, folder) == 0


def test_lines_that_make_no_entry_can_be_mended_or_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = talked(folder, "5\ne\ndate: 20\n\ndate: 2022\n\n5\ne\ndate: 21\n\n\nq\n", monkeypatch)
    assert found.entry(DRAFTS[4])["date"] == "2022"
    assert 'date: "21"' in found.decision(5).tried
    out, err = capsys.readouterr()
    assert err.count("bad-date") == 2
    assert "an edit that is no entry yet is kept" in out


def test_what_a_step_would_break_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talked(folder, "u\n3\na\n1\ns\nw\nu\n1\na\ns\nw\nq\n", monkeypatch)
    _, err = capsys.readouterr()
    assert "there is nothing to take back" in err
    assert "draft 1 is named by draft 3 (statements L01); skip that first" in err
    assert f"changed in the record file: draft 3 at {folder}/record/paper.yaml:" in err
    assert "no draft is accepted" in err


def test_no_control_character_of_the_article_is_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    talked(folder, "4\nq\n", monkeypatch)
    out, err = capsys.readouterr()
    assert "\N{REPLACEMENT CHARACTER}" in out
    assert not {sign for sign in out + err if not sign.isprintable()} - {"\n"}


def test_lines_are_as_wide_as_the_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long = replace(DRAFTS[4], number=1, words="word " * 60, entry={"what": "word " * 60})
    path = folder.parent / "drafts.yaml"
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    session = Session(Article("a.txt", "a" * 64), str(folder), (long,))
    review(begin(path, session), path, folder)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "case",
    [
        ("sed -i s/Sun/Snow/", "5\ne\na\nq\n", "Snow.", "draft 5 edited"),
        ("true", "5\ne\nq\n", "Sun.", "nothing was changed"),
        ("false", "5\ne\nq\n", "Sun.", "ended with 1"),
        ("no-such-editor-here", "5\ne\nq\n", "Sun.", "no-such-editor-here"),
        ("sed -i s/date/daet/", "5\ne\nx\nq\n", "Sun.", "unknown-key"),
        (
            "sed -i -e s/daet/date/ -e t -e s/date/daet/",
            "5\ne\ne\na\nq\n",
            "Sun.",
            "draft 5 accepted",
        ),
        ("truncate -s 0", "5\ne\nq\n", "Sun.", "nothing was changed"),
    ],
)
def test_an_editor_is_used_at_a_terminal(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[str, str, str, str],
) -> None:
    command, answers, entry, said = case
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    found = talked(folder, Terminal(answers), monkeypatch)
    assert found.entry(DRAFTS[4])["what"] == entry
    assert said in capsys.readouterr().err


def test_a_drafts_file_that_another_program_changed_ends_the_review(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = begun(folder)
    changed = walk.path.read_text().replace("open", "skipped", 1)
    walk.path.write_text(changed)
    with pytest.raises(DetenteError) as caught:
        walk.accept()
    assert [one.code for one in caught.value.problems] == ["changed-while-read"]
    assert walk.path.read_text() == changed
