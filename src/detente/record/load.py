"""A dossier folder, or one file of a record -> `Record`, with every problem told at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field, ValidationError

from detente.document import Document, MapNode, Node, read_text
from detente.document.shape import Shape, kind_of, note_problems
from detente.document.tree import plain_of
from detente.errors import DetenteError, Place, Problem, Problems, shortened
from detente.record.check import check_record
from detente.record.entries import SECTIONS, AnyEntry
from detente.record.fields import ID, Date
from detente.record.memory import set_apart, without_collector
from detente.record.record import Record
from detente.record.references import Finding, kind_words

__all__ = ["MAX_BYTES", "SHORT", "DossierHead", "Loaded", "Scope", "load_record", "read_record"]

#: a file of a record; a dossier has as many as it needs
MAX_BYTES = 16 * 1024 * 1024

#: what a bare text stands for in an entry of the section
SHORT = {"actors": "name", "sources": "title", "quantities": "name"}


class Scope(Shape):
    """The time a dossier covers."""

    start: Date | None = Field(None, validation_alias="from")
    end: Date | None = Field(None, validation_alias="to")


class DossierHead(Shape):
    """What ``dossier.yaml`` says of the dossier itself, beside sections like any record file."""

    title: str | None = None
    summary: str | None = None
    scope: Scope | None = None
    as_of: Date | None = Field(None, description="The day its model is for")
    note: str | None = None
    known: str | None = Field(None, description="How a catalog entry's inputs are known")
    citation: str | None = None
    published: list[Any] | None = Field(None, description="Answers that others printed")


class _File(NamedTuple):
    """A file that was read: what it is called, its path, and how it was when it was read."""

    name: str
    path: Path | None
    text: str
    stamp: tuple[int, int] | None


@dataclass(frozen=True)
class Loaded:
    """What came of reading a record: the record if it could be built, and every problem."""

    record: Record | None
    problems: tuple[Problem, ...] = field(repr=False)


def load_record(path: Path | str) -> Record:
    """Read a record.

    Parameters
    ----------
    path : Path or str
        A dossier folder, one file of a record, or ``-`` for standard input.

    Raises
    ------
    DetenteError
        With every error of all its files, each with its place.
    """
    loaded = read_record(path)
    if loaded.record is None:
        raise DetenteError(loaded.problems)
    return loaded.record


def read_record(
    path: Path | str, *, name: str | None = None, replaced: Mapping[Path, str] | None = None
) -> Loaded:
    """Read and check a record; tell every problem, warnings included.

    Parameters
    ----------
    path : Path or str
        A dossier folder, one file of a record, or ``-`` for standard input.
    name : str, optional
        What to call the folder in messages.
    replaced : mapping of Path to str, optional
        Texts to read in place of files of the folder, there or not: what a record would be.

    Raises
    ------
    DetenteError
        If there is nothing of that name.
    """
    reader = _Reader(replaced or {})
    with without_collector():
        if str(path) != "-" and Path(path).is_dir():
            reader.folder(Path(path), name or str(path))
        else:
            shown = "<stdin>" if str(path) == "-" else str(path)
            reader.file(path, shown, head=True, alone=True)
        return reader.finish(str(name or path))


class _Reader:
    """Reads the files of one record; holds what was found so far."""

    def __init__(self, replaced: Mapping[Path, str]) -> None:
        self.replaced = {path.resolve(): text for path, text in replaced.items()}
        self.problems = Problems()
        self.entries: dict[str, AnyEntry] = {}
        self.places: dict[str, Place] = {}
        self.sections: dict[str, str] = {}
        self.files: list[_File] = []
        self.head = DossierHead.model_validate({})
        #: True when something was not read, so that an id not found may stand there
        self.gaps = False

    # -- files -----------------------------------------------------------------------------------

    def folder(self, folder: Path, name: str) -> None:
        found: list[tuple[Path, str]] = []
        if (folder / "dossier.yaml").exists() or (folder / "dossier.yaml").is_symlink():
            found.append((folder / "dossier.yaml", f"{name}/dossier.yaml"))

        def shown(path: Path) -> str:
            return f"{name}/{path.relative_to(folder).as_posix()}"

        def unreadable(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):
                where = shown(Path(error.filename))
                self.problems.add("unreadable", f"{where}: {error.strerror}", Place(where))
                self.gaps = True

        top = folder / "record"
        # a folder or a file that links lead to as well is read once
        seen = {top.resolve()} if self.inside(top, folder, shown(top)) else set()
        for base, folders, files in os.walk(top, onerror=unreadable, followlinks=True):
            if not seen:
                break
            at = Path(base)
            wanted = [
                one for one in sorted(folders) if self.inside(at / one, folder, shown(at / one))
            ]
            folders[:] = [one for one in wanted if (at / one).resolve() not in seen]
            seen.update((at / one).resolve() for one in folders)
            found += [
                (at / one, shown(at / one))
                for one in sorted(files)
                if one.endswith((".yaml", ".yml")) and not one.startswith(".")
            ]
        root = folder.resolve()
        found += [(root / one, shown(folder / one.relative_to(root))) for one in self.replaced]
        for path, called in found:
            if self.inside(path, folder, called) and path.resolve() not in seen:
                seen.add(path.resolve())
                self.file(path, called, head=path == folder / "dossier.yaml")

    def inside(self, path: Path, folder: Path, name: str) -> bool:
        """Note a link that leads out of the dossier."""
        if not path.is_symlink():
            return True
        try:
            target = path.resolve()
        except (OSError, RuntimeError):
            target = path
        if target.is_relative_to(folder.resolve()) and target != path:
            return True
        what = f"{name} is a link to {shortened(str(target), 120)}"
        self.problems.add("link-out-of-dossier", what, Place(name))
        self.gaps = True
        return False

    def file(self, path: Path | str, name: str, *, head: bool, alone: bool = False) -> None:
        file = None if str(path) == "-" else Path(path)
        try:
            stamp = _stamp(file)
            text = self.replaced.get(file.resolve()) if file and self.replaced else None
            text = read_text(path, limit=MAX_BYTES) if text is None else text
            self.files.append(_File(name, file, text, stamp))
            if not text.strip():
                return
            before = len(self.problems.found)
            document = Document.parse(text, name, problems=self.problems)
            # what stood under a key for the second time was not read
            self.gaps = self.gaps or len(self.problems.found) > before
        except DetenteError as error:
            if alone and file and not file.exists():
                raise
            if {one.code for one in error.problems} == {"empty-file"}:
                # nothing but comments
                return
            # messages call the file as the user does
            for one in error.problems:
                place = one.place and one.place._replace(file=name)
                self.problems.add(one.code, one.what, place, suggestion=one.suggestion)
            self.gaps = True
            return
        if not isinstance(document.root, MapNode):
            what = f"the file holds {kind_of(document.root)}, not sections"
            self.problems.add("wrong-type", what, document.root.place)
            self.gaps = True
            return
        self.sections_of(document, document.root, head=head)

    # -- entries ---------------------------------------------------------------------------------

    def sections_of(self, document: Document, root: MapNode, *, head: bool) -> None:
        about: dict[str, Node] = {}
        for key, node in root.items.items():
            if key in SECTIONS:
                self.section(document, key, node)
            elif key in DossierHead.model_fields and (head or key == "note"):
                about[key] = node
            else:
                keys = [*SECTIONS, *(DossierHead.model_fields if head else ("note",))]
                what = f"{shortened(key)!r} is no section; the sections are {', '.join(SECTIONS)}"
                near = self.problems.nearest(key, keys)
                place = root.keys[key]
                self.problems.add("unknown-key", what, place, suggestion=near)
                self.gaps = True
        if head and about:
            value = {key: plain_of(node) for key, node in about.items()}
            try:
                self.head = DossierHead.model_validate(value)
            except ValidationError as error:
                note_problems(document, DossierHead, error, self.problems)

    def section(self, document: Document, section: str, node: Node) -> None:
        if not isinstance(node, MapNode):
            if plain_of(node) is not None:
                what = f"{section} holds {kind_of(node)}, not ids and entries"
                self.problems.add("wrong-type", what, node.place)
                self.gaps = True
            return
        for id_, item in node.items.items():
            place = node.keys[id_]
            if not ID.fullmatch(id_):
                self.problems.add("bad-id", f"{shortened(id_)!r} is no id", place)
                self.gaps = True
                continue
            first = self.places.get(id_)
            if first is not None:
                kind = SECTIONS[self.sections[id_]].__name__.lower()
                what = f"{id_!r} is already {kind_words((kind,))} at {first}"
                self.problems.add("duplicate-id", what, place)
                self.gaps = True
                continue
            self.places[id_] = place
            self.sections[id_] = section
            entry = self.entry(document, section, id_, item)
            if entry is None:
                self.gaps = True
            else:
                self.entries[id_] = entry

    def entry(self, document: Document, section: str, id_: str, node: Node) -> AnyEntry | None:
        model = SECTIONS[section]
        for last in (False, True):
            value = plain_of(node)
            if isinstance(value, str) and section in SHORT:
                value = {SHORT[section]: value}
            if not isinstance(value, dict):
                what = f"{section}.{id_} is {kind_of(node)}, not keys and values"
                self.problems.add("wrong-type", what, self.places[id_])
                return None
            value["\0id"] = id_
            try:
                return model.model_validate(value)
            except ValidationError as error:
                path = (section, id_)
                if last or not note_problems(document, model, error, self.problems, at=path):
                    return None
        return None

    # -- the whole -------------------------------------------------------------------------------

    def finish(self, name: str) -> Loaded:
        for file in self.files:
            if file.path is not None and _stamp(file.path) != file.stamp:
                what = f"{file.name} was written to while the dossier was read"
                self.problems.add("changed-while-read", what, Place(file.name))
        digest = hashlib.sha256()
        for file in self.files:
            digest.update(
                f"{file.name}\0{len(file.text)}\0{file.text}".encode(errors="surrogateescape")
            )
        record = Record(
            name=name,
            title=self.head.title or Path(name).stem,
            entries=self.entries,
            places=self.places,
            as_of_default=self.head.as_of,
            sha256=digest.hexdigest(),
        )
        known = set(self.places)
        self.locate(list(check_record(record, known, gaps=self.gaps)))
        problems = self.problems.sorted()
        failed = any(problem.severity == "error" for problem in problems)
        if not failed:
            record.prepare()
            set_apart(len(self.entries))
        return Loaded(None if failed else record, problems)

    def locate(self, findings: list[Finding]) -> None:
        """Note what was found in entries, with its place.

        The trees of the files were let go of as soon as their entries were read. Those of files
        with findings are built once more, one after the other.
        """
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(self.places[finding.entry].file, []).append(finding)
        texts = {file.name: file.text for file in self.files}
        for name, found in by_file.items():
            document = Document.parse(texts[name], name, problems=Problems())
            for one in found:
                path = (self.sections[one.entry], one.entry, *one.path)
                at = document.key_place(*path) if one.key else document.place(*path)
                near = self.problems.nearest(one.wrong, one.names) if one.names else None
                self.problems.add(one.code, one.what, at, suggestion=near, severity=one.severity)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
