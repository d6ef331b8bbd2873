"""The drafts file: a review goes on from it as it was, and no mistake in it goes unnoticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.document import Document
from detente.document.emit import Noted, Short
from detente.errors import DetenteError
from detente.reading.drafts import Article, Decision, Draft, Session, Step, begin, load, save
from detente.reading.drafts.entry import check_entry, entry_lines, entry_text, merged
from detente.reading.drafts.file import drafts_text
from detente.reading.found import Span

ARTICLE = Article("talks.txt", "a" * 64, "2021-10-30", "Talks: again")
SOURCE = Draft(1, "sources", "paper", {"title": "A paper", "date": "2021-10-30"}, "P1")
SAID = Draft(
    2, "statements", "L01", {"kind": "forecast", "what": "They fail: again.", "sources": ["paper"]},
    "P2-P3", Span(12, 40), "They fail: again. # so\n\nHe said\x1b[2J \u202e so.", "at-odds",
    ("E1 is 2021 (record/e.yaml:3)",), "likely", ("speaker", "to"), ("paper",),
)  # fmt: skip


def session(**changes: Any) -> Session:
    return replace(Session(ARTICLE, "dossier", (SOURCE, SAID)), **changes)


DECIDED = session(
    decisions={
        1: Decision("written", at="d/record/paper.yaml:3"),
        2: Decision("accepted", {"kind": "denial", "speaker": "usa"}, "kind: [\n", ""),
    },
    steps=(
        Step("accept", 2, {2: "open", 1: "skipped"}),
        Step("edit", 2, {2: "open"}, {"kind": "assertion"}),
    ),
)


def codes(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(DetenteError) as caught:
        load(path)
    return [(one.code, str(one.place).removeprefix(f"{path}:")) for one in caught.value.problems]


# -- what is saved is read back ------------------------------------------------------------------


@pytest.mark.parametrize("one", [session(), DECIDED, session(drafts=())])
def test_a_review_is_read_back_as_it_was_saved(tmp_path: Path, one: Session) -> None:
    path = tmp_path / "drafts.yaml"
    saved = save(path, one)
    assert load(path) == one
    assert load(path).saved == saved.saved
    assert saved == one


_WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
_TREES = st.recursive(
    _WORDS.filter(bool),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(_WORDS, inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    entry=st.dictionaries(_WORDS, _TREES, max_size=4),
    words=_WORDS,
    tried=_WORDS,
    state=st.sampled_from(["open", "accepted", "skipped"]),
)
def test_any_words_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, entry: Any, words: str, tried: str, state: Any
) -> None:
    path = tmp_path_factory.mktemp("d") / "drafts.yaml"
    decision = Decision(state, entry, tried)
    one = session(drafts=(replace(SAID, words=words, entry=entry),), decisions={2: decision})
    save(path, one)
    assert load(path) == one


def test_forms_of_writing_are_left_out_so_that_a_review_that_goes_on_writes_the_same() -> None:
    tree: Any = {"a": Short(["x", Short({"b": "c"})]), "d": Noted("who?", "e"), "f": "\ud800"}
    assert Draft(1, "events", "E", tree).entry == {"a": ["x", {"b": "c"}], "d": "e", "f": "\ufffd"}


def test_the_file_can_be_read_and_says_what_it_is() -> None:
    text = drafts_text(session())
    assert text.startswith("# Draft entries")
    assert "      sources: [paper]\n    place: P2-P3\n    span: [12, 40]\n" in text
    assert "  - number: 1\n    decision: open\n    section: sources\n    id: paper\n" in text
    assert not {sign for sign in text if not sign.isprintable()} - {"\n"}
    assert all(len(line) <= 110 for line in text.splitlines())


def test_what_is_put_in_by_hand_counts(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    save(path, session())
    text = path.read_text().replace("decision: open", "decision: accepted", 1)
    path.write_text(text.replace("kind: forecast", "kind: promise  # it is").replace("P2-P3", ""))
    read = load(path)
    assert read.decision(1).state == "accepted"
    assert read.draft(2).entry["kind"] == "promise"  # type: ignore[union-attr]
    assert save(path, read) == read


def test_drafts_may_be_taken_out_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    save(path, DECIDED)
    lines = path.read_text().splitlines(keepends=True)
    begins = next(k for k, line in enumerate(lines) if "number: 2" in line)
    ends = lines.index("steps:\n")
    path.write_text("".join(lines[:begins] + lines[ends:]))
    read = load(path)
    assert [one.number for one in read.drafts] == [1]
    assert read.steps == ()


# -- mistakes ------------------------------------------------------------------------------------

GOOD = """\
article: {name: a.txt, sha256: aa}
dossier: d
drafts:
  - number: 1
    section: events
    id: E1
    entry: {what: Rain.}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD.replace("number: 1", "number: one"), [("wrong-type", "4:13")]),
        (GOOD.replace("number: 1", "number: 0"), [("wrong-type", "4:13")]),
        (GOOD + "    decision: acepted\n", [("wrong-type", "8:15")]),
        (GOOD + "    decision: written\n", [("bad-draft", "8:15")]),
        (GOOD + "    chek: new\n", [("unknown-key", "8:5")]),
        (GOOD.replace("events", "event"), [("bad-draft", "5:14")]),
        (GOOD.replace("id: E1", "id: 1 E"), [("bad-id", "6:9")]),
        (GOOD.replace("    id: E1\n", ""), [("missing-key", "4:5")]),
        (GOOD.replace("entry: {what: Rain.}", "entry: Rain"), [("wrong-type", "7:12")]),
        (GOOD + "    span: [1]\n", [("missing-key", "8:11")]),
        (GOOD + "    span: [3, 1]\n", [("bad-draft", "8:11")]),
        (GOOD + GOOD.partition("drafts:\n")[2], [("bad-draft", "8:13"), ("duplicate-id", "10:9")]),
        (GOOD + "    id: E2\n", [("duplicate-key", "8:5")]),
        (GOOD + "steps: [{did: jump, number: 1}]\n", [("wrong-type", "8:15")]),
        (GOOD + "  - [\n", [("bad-yaml", "9:1")]),
        ("events: {E1: {what: Rain.}}\n", [("bad-draft", "1:1")]),
        ("- 1\n", [("bad-draft", "1:1")]),
        ("", [("empty-file", "1:1")]),
        ("# all gone\n", [("empty-file", "1:1")]),
    ],
)
def test_every_mistake_is_told_at_its_place(
    tmp_path: Path, text: str, found: list[tuple[str, str]]
) -> None:
    path = tmp_path / "drafts.yaml"
    path.write_text(text)
    assert codes(path) == found


def test_several_mistakes_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    path.write_text(GOOD.replace("events", "evnts") + "    decision: x\n    chek: new\n")
    assert {code for code, _ in codes(path)} == {"bad-draft", "wrong-type", "unknown-key"}


def test_what_is_good_is_read() -> None:
    document = Document.parse(GOOD)
    assert isinstance(document.plain(), dict)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [code for code, _ in codes(tmp_path / "no.yaml")] == ["no-such-path"]


# -- what is never replaced ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["events:\n  E1: {what: Rain.}\n", "", "my notes", "a: [\n"])
def test_a_file_that_is_no_drafts_file_is_never_replaced(tmp_path: Path, text: str) -> None:
    path = tmp_path / "drafts.yaml"
    path.write_text(text)
    for way in (save, begin):
        with pytest.raises(DetenteError) as caught:
            way(path, session())
        assert [one.code for one in caught.value.problems] == ["would-overwrite"]
        assert path.read_text() == text


def test_a_file_changed_by_another_program_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    one = save(path, session())
    path.write_text(path.read_text().replace("decision: open", "decision: skipped"))
    with pytest.raises(DetenteError) as caught:
        save(path, one)
    assert [one.code for one in caught.value.problems] == ["changed-while-read"]
    assert load(path).decision(1).state == "skipped"


def test_a_file_that_was_taken_away_is_saved_again(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    one = save(path, DECIDED)
    path.unlink()
    assert save(path, one) == load(path) == DECIDED


def test_a_folder_is_no_drafts_file(tmp_path: Path) -> None:
    with pytest.raises(DetenteError) as caught:
        begin(tmp_path, session())
    assert [one.code for one in caught.value.problems] == ["unwritable"]


# -- beginning -----------------------------------------------------------------------------------


def test_a_file_without_decisions_gives_way_to_new_drafts(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    save(path, session())
    other = session(article=replace(ARTICLE, sha256="b" * 64), drafts=(SOURCE,))
    assert begin(path, other) == load(path) == other


def test_decisions_on_the_same_article_are_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    save(path, DECIDED)
    seen = replace(SAID, check="there", beside=("L9 has it",), words="other")
    going_on = begin(path, session(drafts=(replace(SOURCE, entry={"title": "B"}), seen)))
    assert going_on.decisions == DECIDED.decisions
    assert going_on.steps == DECIDED.steps
    assert going_on.drafts == (SOURCE, replace(SAID, check="there", beside=("L9 has it",)))


@pytest.mark.parametrize("name", ["talks.txt", "other.txt"])
def test_decisions_on_another_article_are_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / "drafts.yaml"
    save(path, DECIDED)
    old = path.read_bytes()
    other = session(article=Article(name, "b" * 64))
    for way in (begin, save):
        with pytest.raises(DetenteError) as caught:
            way(path, other)
        [problem] = caught.value.problems
        assert problem.code == "other-article"
        assert ("changed since" in problem.what) == (name == "talks.txt")
        assert "-o" in problem.remedy
    assert path.read_bytes() == old


# -- entries as text -----------------------------------------------------------------------------


def checked(text: str, section: str = "statements", *needs: str) -> list[tuple[str, str]]:
    found = check_entry(text, section, "X", name="x", needs=needs)
    assert bool(found.problems) == (found.model is None)
    return [(one.code, str(one.place)) for one in found.problems]


def test_an_entry_is_held_against_the_model_of_its_section() -> None:
    assert checked("kind: offer\nspeaker: usa\n") == []
    assert checked("A paper", "sources") == []
    assert checked("kind: offer\n") == [("missing-key", "x:1:1")]
    assert checked("kind: ofer\nspeaker: usa\ndate: 20-1\nspeker: x\n") == [
        ("wrong-type", "x:1:7"),
        ("bad-date", "x:3:7"),
        ("unknown-key", "x:4:1"),
    ]
    assert checked("kind: [\n")[0][0] == "bad-yaml"
    assert checked("- kind\n") == [("wrong-type", "x:1:1")]
    assert checked("some words") == [("wrong-type", "x:1:1")]
    assert checked("") == [("empty-file", "x:1:1")]


def test_a_key_that_was_left_open_is_no_value() -> None:
    assert checked("kind: offer\nspeaker:\n") == [("missing-key", "x:1:1")]
    assert checked("kind: offer\nspeaker: []\n", "statements", "speaker") == [
        ("missing-key", "x:2:1")
    ]
    found = check_entry("speaker: a\nkind: offer\nto: [~, b]\n", "statements", "X", name="x")
    assert found.entry == {"speaker": "a", "kind": "offer", "to": ["b"]}


def test_lines_are_put_into_an_entry() -> None:
    base: Any = {"kind": "offer", "to": ["a"], "what": "So."}
    new = merged(base, "to:\nspeaker: [b]\nwhat: 'No: yes'\n", name="x")
    assert new == {"kind": "offer", "what": "No: yes", "speaker": ["b"]}
    assert base["to"] == ["a"]
    with pytest.raises(DetenteError):
        merged(base, "some words", name="x")


def test_open_keys_stand_at_the_end_to_be_filled() -> None:
    assert entry_text({"kind": "offer"}, ("kind", "speaker")) == "kind: offer\nspeaker:\n"


@pytest.mark.parametrize(("indent", "step"), [(2, 2), (4, 4), (0, 2), (1, 2), (3, 4), (8, 8)])
def test_an_entry_is_written_at_any_depth(indent: int, step: int) -> None:
    entry: Any = {
        "what": "word " * 40,
        "quote": ["two\n\nlines", "- a"],
        "status": [{"from": "2020", "sources": [{"source": "a", "at": "b"}]}],
        "known": {"date": "given"},
    }
    lines = list(entry_lines("X-1", entry, indent, step))
    outer = "".join(f"{' ' * k}k:\n" for k in range(indent))
    plain: Any = Document.parse(outer + "\n".join(lines)).plain()
    for _ in range(indent):
        plain = plain["k"]
    assert plain == {"X-1": entry}
