"""Entries put into record files: what was there stays byte for byte, what is put in reads back."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.document import Document
from detente.document.emit import Short, Tree
from detente.errors import DetenteError, Problem
from detente.reading.drafts.draft import Draft
from detente.reading.drafts.insert import Inserted, insert
from detente.record.load import read_record

GROUND = """\
actors: {north: North, south: South}
sources:
  gazette: {title: Official gazette, date: 2020-03-02}
"""

ENTRY: Mapping[str, Tree] = {
    "kind": "assertion",
    "date": "2020-03-04",
    "speaker": "north",
    "what": "The north said that the crossing is open.",
    "sources": Short([{"source": "gazette", "at": "P3"}]),
}


def draft(number: int = 1, id_: str = "N1", section: str = "statements", **entry: Any) -> Draft:
    return Draft(number, section, id_, entry or ENTRY)


def dossier(folder: Path, text: str | bytes | None = None, name: str = "talks.yaml") -> Path:
    record = folder / "record"
    record.mkdir(parents=True, exist_ok=True)
    (record / "ground.yaml").write_text(GROUND)
    if text is not None:
        (record / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def put(folder: Path, *drafts: Draft, into: str = "record/talks.yaml") -> Inserted:
    return insert(folder, into, drafts or [draft()])


def result(folder: Path, text: str | bytes, *drafts: Draft) -> str:
    """What becomes of a file; that it is the old one with lines put in is made sure of."""
    old = text if isinstance(text, bytes) else text.encode()
    drafts = drafts or (draft(),)
    put(dossier(folder, old), *drafts)
    new = (folder / "record/talks.yaml").read_bytes()
    assert only_added(old, new)
    loaded = read_record(folder)
    assert loaded.record is not None, loaded.problems
    for one in drafts:
        assert one.id in loaded.record.entries
    return new.decode()


def only_added(old: bytes, new: bytes) -> bool:
    """Whether the old lines stand in the new ones, in order and whole."""
    waiting = iter(new.splitlines(keepends=True))
    lines = old.splitlines(keepends=True)
    if lines and not lines[-1].endswith((b"\n", b"\r")):
        last = lines.pop()
        kept = all(line in waiting for line in lines)
        return kept and any(line.rstrip(b"\r\n") == last for line in waiting)
    return all(line in waiting for line in lines)


def told(folder: Path, text: str | bytes, *drafts: Draft) -> list[Problem]:
    """Why nothing was put in; that nothing was is made sure of."""
    old = text if isinstance(text, bytes) else text.encode()
    path = dossier(folder, old) / "record/talks.yaml"
    with pytest.raises(DetenteError) as caught:
        put(folder, *drafts)
    assert path.read_bytes() == old
    assert sorted(one.name for one in path.parent.iterdir()) == ["ground.yaml", "talks.yaml"]
    return list(caught.value.problems)


STATEMENTS = """\
# What was said.
statements:

  # the first

  A1:
    kind: assertion
    speaker: south
    what: >-
      The south said so
      twice.
    sources: gazette
"""
NEW = """\
  N1:
    kind: assertion
    date: "2020-03-04"
    speaker: north
    what: The north said that the crossing is open.
    sources: [{source: gazette, at: P3}]
"""


# -- where entries go ----------------------------------------------------------------------------


def test_an_entry_goes_to_the_end_of_its_section(tmp_path: Path) -> None:
    assert result(tmp_path, STATEMENTS) == STATEMENTS + "\n" + NEW


def test_what_follows_the_section_stays_behind_the_new_entry(tmp_path: Path) -> None:
    rest = "\n\n# -- what happened\nevents:\n\n  E1: {what: It rained.}\n"
    assert result(tmp_path, STATEMENTS + rest) == STATEMENTS + "\n" + NEW + rest


def test_a_comment_of_the_section_itself_stays_before_the_new_entry(tmp_path: Path) -> None:
    text = (
        STATEMENTS + "    # of A1\n\n  # end of the talks\n\n# next\nevents:\n  E1: {what: Rain.}\n"
    )
    new = result(tmp_path, text)
    assert new.index("# end of the talks") < new.index("N1:") < new.index("# next")


def test_a_section_that_is_not_there_is_made_at_the_end(tmp_path: Path) -> None:
    text = "events:\n  E1: {what: Rain.}\n# the end\n"
    assert result(tmp_path, text) == text + "\nstatements:\n\n" + NEW


def test_a_file_that_is_not_there_is_made_and_its_folder_as_well(tmp_path: Path) -> None:
    made = put(dossier(tmp_path), into="record/read/talks.yaml")
    assert made.created
    assert made.file.read_text() == "statements:\n\n" + NEW
    assert str(made.places["N1"]) == f"{tmp_path}/record/read/talks.yaml:3:3"


def test_a_dossier_without_a_record_gets_one(tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").write_text(GROUND)
    assert put(tmp_path).created
    assert read_record(tmp_path).record is not None


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "# nothing yet", "\n\n# a\n\n"])
def test_a_file_that_holds_nothing_gets_its_first_section(tmp_path: Path, text: str) -> None:
    assert result(tmp_path, text).endswith("statements:\n\n" + NEW)


@pytest.mark.parametrize("after", ["", "events:\n  E1: {what: Rain.}\n", "\n# next\nevents:\n"])
@pytest.mark.parametrize(
    "head", ["statements:\n", "statements: # none\n", "statements:\n  # none\n"]
)
def test_an_empty_section_gets_its_first_entry(tmp_path: Path, head: str, after: str) -> None:
    new = result(tmp_path, head + after)
    assert new.startswith(head)
    assert NEW in new
    assert new.endswith(after)


def test_a_file_may_end_in_the_middle_of_its_last_line(tmp_path: Path) -> None:
    text = STATEMENTS.removesuffix("\n")
    assert result(tmp_path, text) == text + "\n\n" + NEW


def test_an_empty_section_at_the_end_without_a_line_break(tmp_path: Path) -> None:
    assert NEW in result(tmp_path, "statements:")


def test_lines_end_as_they_do_in_the_file(tmp_path: Path) -> None:
    text = STATEMENTS.replace("\n", "\r\n")
    assert result(tmp_path, text) == (STATEMENTS + "\n" + NEW).replace("\n", "\r\n")


def test_a_mark_of_the_byte_order_stays_where_it_is(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + STATEMENTS.encode()
    put(dossier(tmp_path, data))
    new = (tmp_path / "record/talks.yaml").read_bytes()
    assert new == data + ("\n" + NEW).encode()


def test_entries_are_indented_as_in_the_file(tmp_path: Path) -> None:
    text = (
        "statements:\n    A1:\n        kind: assertion\n        speaker: south\n        what: So.\n"
    )
    new = result(tmp_path, text)
    assert "\n    N1:\n        kind: assertion\n" in new


def test_an_odd_indent_is_kept_too(tmp_path: Path) -> None:
    text = "statements:\n A1:\n    kind: assertion\n    speaker: south\n    what: So.\n"
    assert "\n N1:\n    kind: assertion\n" in result(tmp_path, text)


def test_sections_may_be_indented(tmp_path: Path) -> None:
    text = "  statements:\n    A1: {kind: assertion, speaker: south}\n"
    new = result(tmp_path, text, draft(), draft(2, "E9", "events", what="Rain."))
    assert "\n    N1:\n      kind" in new
    assert "\n  events:\n\n    E9:\n      what: Rain.\n" in new


@pytest.mark.parametrize("end", ["...\n", "...", "...\n# after the end\n"])
def test_marks_of_a_document_are_kept_around(tmp_path: Path, end: str) -> None:
    text = "---\nstatements:\n  A1: {kind: assertion, speaker: south}\n" + end
    new = result(tmp_path, text, draft(), draft(2, "E9", "events", what="Rain."))
    assert new.startswith("---\n")
    assert new.endswith(end)


def test_anchors_and_aliases_mean_what_they_meant(tmp_path: Path) -> None:
    text = "statements: &s\n  A1: &a\n    kind: assertion\n    speaker: &who south\n  A2: *a\n"
    new = result(tmp_path, text + "\nevents:\n  E1: {what: Rain., who: *who}\n")
    assert new.index("A2") < new.index("N1") < new.index("events")


def test_a_file_whose_values_follow_tabs(tmp_path: Path) -> None:
    assert NEW in result(
        tmp_path, "statements:\t# said\n  A1:\t{kind: assertion,\tspeaker: south}\t\n"
    )


def test_quoted_keys_and_other_alphabets(tmp_path: Path) -> None:
    text = '"statements":\n  \'Ä1\':\n    "kind": assertion\n    speaker: south\n'
    text += "    what: «Да» — 好 😀\n"
    new = result(tmp_path, text, draft(1, "Ж2", kind="denial", speaker="north", what="«Нет» 😀"))
    assert new.endswith('\n  Ж2:\n    kind: denial\n    speaker: north\n    what: "«Нет» 😀"\n')


@pytest.mark.parametrize("mark", ["|", ">", "|-", ">-", "|+", ">+", "|2", "|+2"])
@pytest.mark.parametrize("below", ["", "\n", "\n\n", "\n  # said\n", "# next\n", "\n\n# next\n"])
def test_a_block_of_text_at_the_end_keeps_its_text(tmp_path: Path, mark: str, below: str) -> None:
    text = f"statements:\n  A1:\n    kind: assertion\n    speaker: south\n    what: {mark}\n"
    text += f"      One.\n\n      # no comment\n{below}"
    for k, after in enumerate(["", "events:\n  E1: {what: Rain.}\n"]):
        folder = tmp_path / str(k)
        dossier(folder, text + after)
        old = Document.parse(text + after).plain()
        new = Document.parse(result(folder, text + after)).plain()
        assert isinstance(new, dict)
        assert isinstance(old, dict)
        assert list(new["statements"])[-1] == "N1"  # type: ignore[arg-type]
        del new["statements"]["N1"]  # type: ignore[index, arg-type, call-overload]
        assert new == old


def test_a_block_of_text_that_ends_the_file_without_a_line_break_is_not_changed(
    tmp_path: Path,
) -> None:
    text = "statements:\n  A1:\n    kind: assertion\n    speaker: south\n    what: |\n      One."
    [problem] = told(tmp_path, text)
    assert problem.code == "cannot-insert"
    assert "end its last line first" in problem.what


def test_several_sections_at_once_each_in_its_order(tmp_path: Path) -> None:
    drafts = [
        draft(1, "paper", "sources", title="A paper", date="2020-03-05"),
        draft(
            2, "N1", kind="assertion", speaker="south", sources=[{"source": "paper", "at": "P1"}]
        ),
        draft(3, "E9", "events", what="Rain.", date="2020-03-04", sources="paper"),
        draft(4, "N2", kind="denial", speaker="north", answers="N1", sources="paper"),
    ]
    text = "statements:\n  A1: {kind: assertion, speaker: south}"
    new = result(tmp_path, text, *drafts)
    order = ["A1", "N1:", "N2:", "sources:\n\n  paper:", "events:\n\n  E9:"]
    assert sorted(order, key=new.index) == order


def test_an_id_that_is_called_like_a_section(tmp_path: Path) -> None:
    text = "statements:\n  A1: {kind: assertion, speaker: south}"
    drafts = [draft(1, "events"), draft(2, "E9", "events", what="Rain.")]
    result(tmp_path, text, *drafts)


def test_the_catalog_can_take_entries_when_it_was_copied(tmp_path: Path) -> None:
    shutil.copytree(Path(detente.__file__).parent / "catalog" / "jcpoa-2021", tmp_path / "d")
    for k, path in enumerate(sorted((tmp_path / "d/record").glob("*.yaml"))):
        old = path.read_bytes()
        drafts = [
            draft(
                1,
                f"N{k}",
                kind="assertion",
                date="2021-10-30",
                speaker="lendman",
                what="So: it is.",
            ),
            draft(2, f"M{k}", "events", what="A # b", date="2021-10-29", who=["iran", "eu"]),
        ]
        made = insert(tmp_path / "d", path, drafts)
        assert only_added(old, path.read_bytes())
        assert not made.warnings


# -- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("statements: {}\n", "in braces"),
        ("statements: {A: {kind: assertion, speaker: south}}\n", "in braces"),
        ("statements: &x {}\n", "in braces"),
        ("{statements: {}}\n", "in braces as a whole"),
        ("statements: ~\n", "a single value"),
        ("statements: null\n", "a single value"),
        ("events: &x\n  E1: {what: Rain.}\nactors: {}\nstatements: []\n", "a list"),
    ],
)
def test_a_section_in_braces_is_not_rewritten(tmp_path: Path, text: str, what: str) -> None:
    problems = told(tmp_path, text)
    if "[]" in text:
        assert {one.code for one in problems} == {"wrong-type"}
        return
    [problem] = problems
    assert problem.code == "cannot-insert"
    assert what in problem.what
    assert problem.place is not None
    assert "--into" in problem.remedy


def test_a_section_that_is_an_alias_is_not_rewritten(tmp_path: Path) -> None:
    text = "note: &n\nstatements: *n\n"
    [problem] = told(tmp_path, text)
    assert (problem.code, "alias" in problem.what) == ("cannot-insert", True)


def test_a_key_in_the_long_form_is_no_trap(tmp_path: Path) -> None:
    text = "? statements\n: A1: {kind: assertion, speaker: south}\n"
    assert "\n  N1:\n" in result(tmp_path / "a", text)
    [problem] = told(tmp_path / "b", "? statements\n")
    assert problem.code == "cannot-insert"


def test_ids_that_are_taken_are_told_all_at_once(tmp_path: Path) -> None:
    drafts = [draft(1, "A1"), draft(2, "north"), draft(3, "N"), draft(4, "N"), draft(5, "no id")]
    problems = told(tmp_path, STATEMENTS, *drafts)
    assert [one.code for one in problems] == ["duplicate-id"] * 3 + ["bad-id"]
    assert [str(one.place) for one in problems] == [f"draft {n}:1:1" for n in (1, 2, 4, 5)]
    assert f"{tmp_path}/record/talks.yaml:6:3" in problems[0].what


def test_a_record_with_errors_takes_nothing(tmp_path: Path) -> None:
    problems = told(tmp_path, STATEMENTS + "    speaker: north\n    to: nobody\n")
    assert {one.code for one in problems} == {"duplicate-key"}
    assert str(problems[0].place) == f"{tmp_path}/record/talks.yaml:13:5"


def test_a_file_that_is_no_yaml_takes_nothing(tmp_path: Path) -> None:
    assert [one.code for one in told(tmp_path, "statements: [\n")] == ["bad-yaml"]
    assert [one.code for one in told(tmp_path, b"statements: \xff\n")] == ["not-text"]


def test_what_a_draft_says_wrongly_is_told_at_its_place_in_the_draft(tmp_path: Path) -> None:
    bad = draft(7, "N7", kind="assertion", speaker="nroth", sources=["gazette", "nowhere"])
    worse = draft(8, "N8", kind="wrong", date="2020-13", speaker="north")
    problems = told(tmp_path, STATEMENTS, bad)
    assert [(one.code, str(one.place)) for one in problems] == [
        ("unknown-id", "draft 7:2:10"),
        ("unknown-id", "draft 7:3:20"),
    ]
    assert problems[0].suggestion == "north"
    problems = told(tmp_path, STATEMENTS, worse)
    assert {(one.code, str(one.place)) for one in problems} == {
        ("wrong-type", "draft 8:1:7"),
        ("bad-date", "draft 8:2:13"),
    }


def test_what_becomes_wrong_elsewhere_is_told_at_its_place_in_the_file(tmp_path: Path) -> None:
    text = STATEMENTS + "\nevents:\n  E1: {what: Rain., follows: E2}\n  E2: {what: Sun.}\n"
    loop = draft(3, "N3", kind="denial", speaker="north", date="2020", answers="A1", about="E2")
    put(dossier(tmp_path, text), loop)
    # a date that a later statement has makes an earlier answer impossible
    text = "statements:\n  Z1: {kind: demand, date: 2021, speaker: north}\n"
    early = draft(1, "N1", kind="refusal", date="2020", speaker="south", answers="Z1")
    [problem] = told(tmp_path / "b", text, early)
    assert (problem.code, str(problem.place)) == ("out-of-order", "draft 1:4:10")


def test_a_warning_is_told_and_the_entry_put_in(tmp_path: Path) -> None:
    text = "actors:\n  mira: {name: Mira, kind: person}\n"
    one = draft(1, "N1", kind="assertion", date="2020-03-04", speaker="mira", **{"for": "north"})
    made = put(dossier(tmp_path, text), one)
    assert [problem.code for problem in made.warnings] == ["not-in-office"]


def test_a_file_changed_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dossier(tmp_path, STATEMENTS) / "record/talks.yaml"
    calls = []

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        calls.append(args)
        loaded = read_record(*args, **kwargs)
        if len(calls) == 2:
            path.write_text(STATEMENTS + "# mine\n")
        return loaded

    monkeypatch.setattr(sys.modules[insert.__module__], "read_record", meanwhile)
    with pytest.raises(DetenteError) as caught:
        put(tmp_path)
    assert [one.code for one in caught.value.problems] == ["changed-while-read"]
    assert path.read_text() == STATEMENTS + "# mine\n"


def test_a_file_that_appears_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dossier(tmp_path) / "record/talks.yaml"

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        loaded = read_record(*args, **kwargs)
        path.write_text("# mine\n")
        return loaded

    monkeypatch.setattr(sys.modules[insert.__module__], "read_record", meanwhile)
    with pytest.raises(DetenteError):
        put(tmp_path)
    assert path.read_text() == "# mine\n"


def test_the_catalog_itself_is_never_written() -> None:
    folder = Path(detente.__file__).parent / "catalog" / "jcpoa-2021"
    with pytest.raises(DetenteError) as caught:
        put(folder, into="record/new.yaml")
    [problem] = caught.value.problems
    assert problem.code == "unwritable"
    assert "copy the folder first" in problem.what
    assert not (folder / "record/new.yaml").exists()


@pytest.mark.parametrize(
    "into", ["talks.yaml", "../talks.yaml", "record/../../x.yaml", "model.yaml"]
)
def test_only_files_of_the_record_are_written(tmp_path: Path, into: str) -> None:
    with pytest.raises(DetenteError) as caught:
        put(dossier(tmp_path / "d"), into=into)
    assert [one.code for one in caught.value.problems] == ["bad-usage"]
    assert sorted(one.name for one in tmp_path.rglob("*") if one.is_file()) == ["ground.yaml"]


@pytest.mark.parametrize("into", ["record/talks.txt", "record/.talks.yaml", "record/.yaml"])
def test_only_names_that_are_read_back_are_written(tmp_path: Path, into: str) -> None:
    with pytest.raises(DetenteError) as caught:
        put(dossier(tmp_path), into=into)
    assert [one.code for one in caught.value.problems] == ["bad-usage"]


def test_a_folder_or_what_is_no_file_is_not_written(tmp_path: Path) -> None:
    (dossier(tmp_path) / "record/sub.yaml").mkdir()
    with pytest.raises(DetenteError) as caught:
        put(tmp_path, into="record/sub.yaml")
    assert [one.code for one in caught.value.problems] == ["unwritable"]


def test_a_link_out_of_the_dossier_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "talks.yaml").write_text(STATEMENTS)
    folder = dossier(tmp_path / "d")
    (folder / "record/talks.yaml").symlink_to(outside / "talks.yaml")
    (folder / "record/sub").symlink_to(outside)
    for into in ("record/talks.yaml", "record/sub/new.yaml"):
        with pytest.raises(DetenteError) as caught:
            put(folder, into=into)
        assert [one.code for one in caught.value.problems] == ["link-out-of-dossier"]
    assert [one.name for one in outside.iterdir()] == ["talks.yaml"]
    assert (outside / "talks.yaml").read_text() == STATEMENTS


def test_a_link_inside_the_dossier_stays_a_link(tmp_path: Path) -> None:
    folder = dossier(tmp_path, STATEMENTS, name="real.yaml")
    (folder / "record/talks.yaml").symlink_to("real.yaml")
    put(folder)
    assert (folder / "record/talks.yaml").is_symlink()
    assert (folder / "record/real.yaml").read_text() == STATEMENTS + "\n" + NEW


def test_what_is_no_dossier_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name, code in (("file", "not-a-dossier"), ("nowhere", "no-such-path")):
        with pytest.raises(DetenteError) as caught:
            put(tmp_path / name)
        assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("name", ["record", "record/talks.yaml"])
def test_what_is_read_only_is_left_alone(tmp_path: Path, name: str) -> None:
    path = dossier(tmp_path, STATEMENTS) / name
    path.chmod(0o555)
    try:
        with pytest.raises(DetenteError) as caught:
            put(tmp_path)
    finally:
        path.chmod(0o755)
    assert [one.code for one in caught.value.problems] == ["unwritable"]
    assert (tmp_path / "record/talks.yaml").read_text() == STATEMENTS


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    dossier(tmp_path, STATEMENTS)
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(DetenteError) as caught:
        put(tmp_path)
    assert [one.code for one in caught.value.problems] == ["unwritable"]
    assert (tmp_path / "record/talks.yaml").read_text() == STATEMENTS


# -- the property --------------------------------------------------------------------------------

_TEXTS = st.sampled_from(
    [
        "so",
        "a: b",
        "# no comment",
        "«Да» 好",
        "two\nlines",
        "ends\n",
        " x ",
        "2020",
        "no",
        "~",
        "- a",
    ]
)
_GAPS = st.lists(
    st.sampled_from(["", "  ", "# at the edge", "  # of the section", "      # deep"]), max_size=3
)


@st.composite
def _section(draw: st.DrawFn, name: str, k: int) -> str:
    """A section as people write them, with comments and blank lines wherever they may stand."""
    indent, step = draw(st.sampled_from([(2, 2), (4, 4), (2, 4), (1, 3)]))
    pad, deep = " " * indent, " " * (indent + step)
    lines = [name + draw(st.sampled_from([":", ": # of it", ":  ", f": &a{k}"]))]
    if name.startswith('"'):
        lines = [f"{name}:"]
    n = draw(st.integers(0, 3))
    if n == 0 and "&" in lines[0]:
        lines = [f"{name}:"]
    for i in range(n):
        lines += draw(_GAPS)
        form = draw(st.sampled_from(["block", "flow", "folded", "literal", "keep", "quoted"]))
        head = f"{pad}X{k}{i}:"
        if form == "flow":
            lines.append(f"{head} {{what: a,\n{deep}  place: b}}  # flow")
        elif form == "quoted":
            lines += [head, f'{deep}what: "a \\', f'{deep}  b"']
        else:
            mark = {"block": "a b", "folded": ">-", "literal": "|", "keep": "|+"}[form]
            lines += [head, f"{deep}what: {mark}"]
            if form != "block":
                lines += [f"{deep}  one", "", f"{deep}  # two"]
    return "\n".join([*lines, *draw(_GAPS)])


@st.composite
def _files(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(["events", '"events"', "note", "sources"]), max_size=2))
    parts = []
    if draw(st.booleans()):
        parts.append("# A record.\n")
    if draw(st.booleans()):
        parts.append("---")
    taken: set[str] = set()
    for k, name in enumerate(names):
        if name.strip('"') in taken:
            continue
        taken.add(name.strip('"'))
        if name == "note":
            parts.append("note: >-\n  A remark\n  of two lines.")
        elif name == "sources":
            parts.append("sources:\n  paper: A paper")
        else:
            parts.append(draw(_section(name, k)))
    if draw(st.booleans()) and taken:
        parts.append("...")
    text = "\n".join(parts)
    text += draw(st.sampled_from(["", "\n", "\n\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=400, deadline=None)
@given(text=_files(), bom=st.booleans(), words=st.lists(_TEXTS, min_size=1, max_size=3))
def test_removing_what_was_put_in_gives_the_old_bytes(
    tmp_path_factory: pytest.TempPathFactory, text: str, bom: bool, words: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("d")
    old = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    path = dossier(folder, old) / "record/talks.yaml"
    before = read_record(folder)
    drafts = [draft(k, f"N{k}", "events", what=word) for k, word in enumerate(words, start=1)]
    drafts.append(draft(9, "S9", kind="report", speaker="north", what=words[0]))
    refused: set[str] = set()
    try:
        put(folder, *drafts)
    except DetenteError as error:
        refused = {one.code for one in error.problems}
    if refused:
        assert path.read_bytes() == old
        # a text in a block that the end of the file cuts off, or a record that had errors before
        cut = not text.endswith("\n") and refused == {"cannot-insert"}
        assert cut or before.record is None
        return
    new = path.read_bytes()
    assert _without(old, new)
    after = read_record(folder)
    assert before.record is not None
    assert after.record is not None
    entries = dict(after.record.entries)
    for one in drafts:
        assert getattr(entries.pop(one.id), "what") == one.entry["what"]  # noqa: B009
    assert entries == before.record.entries


def _without(old: bytes, new: bytes) -> bool:
    """Whether the new bytes are the old ones with at most two pieces put in, each whole lines."""
    start = 0
    while start < len(old) and start < len(new) and old[start] == new[start]:
        start += 1
    end = 0
    while end < len(old) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle, kept = new[start : len(new) - end], old[start : len(old) - end]
    return kept in middle if kept else len(new) > len(old)
