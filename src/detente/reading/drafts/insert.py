"""Draft entries into a record file, all else byte for byte.

The new text is made and checked in memory: the lines put in, taken out again, leave the old text;
the file says what it said, and the drafts; the dossier has no error. Only then it is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from detente.document import Document, write_whole
from detente.errors import DetenteError, Place, Problem
from detente.reading.drafts.draft import Draft
from detente.reading.drafts.ends import Ends
from detente.reading.drafts.entry import entry_lines
from detente.reading.drafts.target import BOM, OldFile, make_folders, plain_text, target_file
from detente.record.entries import SECTIONS
from detente.record.fields import ID
from detente.record.load import Loaded, read_record
from detente.record.references import kind_words

__all__ = ["Inserted", "insert"]


@dataclass(frozen=True)
class Inserted:
    """What was put into a record file.

    Attributes
    ----------
    file : Path
    created : bool
        Whether there was no such file.
    places : mapping of str to Place
        Where each new entry stands.
    warnings : tuple of Problem
        What `check` now warns of and did not before.
    """

    file: Path
    created: bool
    places: Mapping[str, Place]
    warnings: tuple[Problem, ...] = field(repr=False)


def insert(folder: Path | str, into: Path | str, drafts: Sequence[Draft]) -> Inserted:
    """Put entries at the end of their sections in a file of a dossier's record.

    Parameters
    ----------
    folder : Path or str
        The dossier.
    into : Path or str
        A file in its folder ``record/``, there or not.
    drafts : sequence of Draft
        With the entries as they should stand.

    Raises
    ------
    DetenteError
        If the record has errors or would have, an id is taken, a section cannot take entries as
        it is written, the file was changed meanwhile, or the place cannot be written. Nothing
        is written then.
    """
    folder = Path(folder)
    path = target_file(folder, into)
    shown = f"{folder}/{path.relative_to(folder.resolve()).as_posix()}"
    old = OldFile.read(path, shown)
    before = read_record(folder)
    if before.record is None:
        raise DetenteError([one for one in before.problems if one.severity == "error"])
    _no_id_twice(drafts, before)
    new = _New.of(old, drafts)
    after = read_record(folder, replaced={path: new.text})
    if after.record is None:
        errors = [one for one in after.problems if one.severity == "error"]
        raise DetenteError([new.as_seen(one) for one in errors])
    if old.now() != old.data:
        what = f"{shown} was changed while the entries were checked"
        raise DetenteError(Problem("changed-while-read", what, Place(shown)))
    make_folders(path, shown)
    write_whole(path, new.data, replace=old.data is not None)
    told = {(one.code, one.what) for one in before.problems}
    warnings = tuple(one for one in after.problems if (one.code, one.what) not in told)
    places = {one.id: after.record.places[one.id] for one in drafts}
    return Inserted(path, old.data is None, places, warnings)


def _no_id_twice(drafts: Sequence[Draft], before: Loaded) -> None:
    assert before.record is not None
    problems, seen = [], dict(before.record.places)
    for draft in drafts:
        place = Place(f"draft {draft.number}")
        if not ID.fullmatch(draft.id):
            problems.append(Problem("bad-id", f"{draft.id!r} is no id", place))
        first = seen.setdefault(draft.id, place)
        if first is not place:
            entry = before.record.entries.get(draft.id)
            kind = kind_words((type(entry).__name__.lower(),)) if entry else "there"
            problems.append(
                Problem("duplicate-id", f"{draft.id!r} is already {kind} at {first}", place)
            )
    if problems:
        raise DetenteError(problems)


# -- the new text --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _New:
    """A text with entries put in."""

    old: OldFile
    text: str
    data: bytes
    #: for each piece put in: the line of the old text before which it stands, and its lines
    pieces: Sequence[tuple[int, int]]
    #: line and column in the new text -> the draft whose entry begins there
    begins: Mapping[tuple[int, int], Draft]

    @classmethod
    def of(cls, old: OldFile, drafts: Sequence[Draft]) -> _New:
        pieces = _pieces(old, drafts)
        parts, at = [], 0
        for index, piece in pieces:
            parts += [old.text[at:index], piece]
            at = index
        text = "".join([*parts, old.text[at:]])
        data = text.encode()
        if old.data is not None and old.data.startswith(BOM):
            data = BOM + data
        _check(old, text, data, pieces=pieces, drafts=drafts)
        document = Document.parse(text, old.shown)
        begins = {}
        for draft in drafts:
            place = document.key_place(draft.section, draft.id)
            inner = document.node(draft.section, draft.id)
            column = inner.place.column if inner is not None else 1
            begins[place.line, column] = draft
        lines = [(old.text.count("\n", 0, at) + 1, one.count("\n")) for at, one in pieces]
        return cls(old, text, data, lines, begins)

    def as_seen(self, problem: Problem) -> Problem:
        """Return a problem with the place at which its reader can find it: draft or old file."""
        place = problem.place
        if place is None or place.file != self.old.shown:
            return problem
        before = 0
        for line, count in self.pieces:
            if place.line < line + before:
                break
            if place.line < line + before + count or line + before == place.line:
                owners = [at for at in self.begins if at[0] <= place.line]
                if owners:
                    begins = max(owners)
                    number = self.begins[begins].number
                    row = max(1, place.line - begins[0])
                    seen = Place(f"draft {number}", row, max(1, place.column - begins[1] + 1))
                    return Problem(problem.code, problem.what, seen, problem.suggestion)
            before += count
        seen = place._replace(line=place.line - before)
        return Problem(problem.code, problem.what, seen, problem.suggestion, problem.severity)


class _Piece(NamedTuple):
    """Lines to be put in: before which index, whether as a new section, after a blank line."""

    at: int
    section: bool
    apart: bool
    lines: list[str]


def _pieces(old: OldFile, drafts: Sequence[Draft]) -> list[tuple[int, str]]:
    """Return what is put in, and at which index of the old text, in the order of the text."""
    try:
        ends = Ends.of(old.text)
    except yaml.YAMLError as error:
        raise DetenteError(Problem("cannot-insert", str(error), Place(old.shown))) from None
    if ends.flow:
        what = f"{old.shown} is written in braces as a whole"
        raise DetenteError(Problem("cannot-insert", what, Place(old.shown)))
    by_section = {name: [d for d in drafts if d.section == name] for name in SECTIONS}
    found: list[_Piece] = []
    problems = []
    for section, its in by_section.items():
        if not its:
            continue
        if section in ends.refused:
            what = f"{section} is written as {ends.refused[section]}"
            place = Document.parse(old.text, old.shown).key_place(section)
            problems.append(Problem("cannot-insert", what, place))
        elif section in ends.sections:
            end = ends.sections[section]
            lines = _entries(its, end.indent, end.step)
            found.append(_Piece(end.at, False, end.apart, lines))
        else:
            head = f"{' ' * ends.indent}{section}:"
            lines = [head, "", *_entries(its, ends.indent + 2, 2)]
            found.append(_Piece(ends.at, True, ends.apart, lines))
    if problems:
        raise DetenteError(problems)
    # at the end of the file, entries of a section that is there come before new sections
    return _joined(old.text, sorted(found, key=lambda one: (one.at, one.section)))


def _entries(drafts: Sequence[Draft], indent: int, step: int) -> list[str]:
    """Return the lines of entries, a blank line between each and the next."""
    lines: list[str] = []
    for draft in drafts:
        lines += [*([""] if lines else []), *entry_lines(draft.id, draft.entry, indent, step)]
    return lines


def _joined(text: str, found: Sequence[_Piece]) -> list[tuple[int, str]]:
    pieces: list[tuple[int, str]] = []
    for at, _, apart, lines in found:
        newline = _newline(text, at)
        so_far = pieces[-1][1] if pieces and pieces[-1][0] == at else text[:at]
        # a file may end without the end of its line
        head = newline if so_far and so_far[-1] not in "\r\n" else ""
        if apart and so_far and not _ends_blank(so_far):
            head += newline
        pieces.append((at, head + "".join(f"{line}{newline}" for line in lines)))
    return pieces


def _ends_blank(text: str) -> bool:
    tail = text[-200:].replace("\r\n", "\n").replace("\r", "\n")
    return tail.endswith("\n") and not f"\n{tail}".split("\n")[-2].strip()


def _newline(text: str, index: int) -> str:
    """Return how the line before an index ends, or else the first line of the text."""
    for end in (text.rfind("\n", 0, index), text.find("\n")):
        if end >= 0:
            return "\r\n" if text[end - 1 : end] == "\r" else "\n"
    return "\r" if "\r" in text else "\n"


def _check(
    old: OldFile,
    text: str,
    data: bytes,
    *,
    pieces: Sequence[tuple[int, str]],
    drafts: Sequence[Draft],
) -> None:
    """Make sure that the new text is the old one with the drafts, in characters and in meaning."""
    kept, at, taken = [], 0, 0
    for index, piece in pieces:
        kept.append(text[at : index + taken])
        taken += len(piece)
        at = index + taken
    rest = "".join([*kept, text[at:]]).encode()
    bom = BOM if data.startswith(BOM) else b""
    if bom + rest != (old.data or b""):
        raise DetenteError(Problem("internal", "the old text is not kept as it was"))
    expected: dict[str, Any] = dict(old.plain)
    for draft in drafts:
        entries = {**(expected.get(draft.section) or {}), draft.id: draft.entry}
        expected[draft.section] = entries
    try:
        same = plain_text(text, old.shown) == expected
    except DetenteError:
        same = False
    if not same:
        what = f"with more entries {old.shown} would be read differently"
        if not old.text.endswith(("\n", "\r")):
            what += "; end its last line first"
        raise DetenteError(Problem("cannot-insert", what, Place(old.shown)))
