"""What a path names: a model, its record, and how they were read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from detente.analysis import Made
from detente.catalog import find_entry, load_entry, slugs
from detente.document import Document, MapNode, read_text
from detente.errors import DetenteError, Place, Problem, nearest, shortened
from detente.model import Conflict, gmcr, read_model
from detente.record import Record, read_record
from detente.record.entries import SECTIONS
from detente.record.load import MAX_BYTES as RECORD_BYTES
from detente.record.load import Loaded

__all__ = ["Source", "loaded_record", "open_record", "open_source"]


@dataclass(frozen=True)
class Source:
    """What was read for a run: the conflict, how it was named, its hash, and warnings.

    Attributes
    ----------
    dossier : str or None
        The folder or slug of the dossier that the model is part of, if it is.
    """

    conflict: Conflict
    made: Made
    warnings: tuple[Problem, ...] = ()
    dossier: str | None = None

    @cached_property
    def record(self) -> Record | None:
        """Return the record of the dossier, read when it is first asked for; None without one.

        Raises
        ------
        DetenteError
            With every error of the record.
        """
        loaded = None if self.dossier is None else loaded_record(self.dossier)
        if loaded is not None and loaded.record is None:
            raise DetenteError(loaded.problems)
        return None if loaded is None else loaded.record


def open_source(path: str) -> Source:
    """Read the conflict that a path names.

    Parameters
    ----------
    path : str
        A model file, a ``.gmcr`` file, a dossier folder, ``-`` for standard input, or the slug of
        a catalog entry. A file or folder of that name comes before a catalog entry.

    Raises
    ------
    DetenteError
        With every problem found.
    """
    if path == "-":
        text = read_text("-", limit=gmcr.MAX_BYTES)
        if text.lstrip().startswith("{") and '"decisionMakers"' in text:
            return _read_gmcr(text, "<stdin>")
        return _read(text, "<stdin>", "<stdin>")
    file = Path(path)
    try:
        is_folder, exists = path != "" and file.is_dir(), path != "" and file.exists()
    except ValueError:
        is_folder = exists = False
    except OSError as error:
        raise DetenteError(Problem("unreadable", f"{path[:200]}: {error.strerror}")) from None
    if is_folder:
        model = file / "model.yaml"
        if not _is_there(model):
            what = f"{path} holds no model.yaml"
            raise DetenteError(Problem("not-a-dossier", what, Place(path)))
        return _read(read_text(model), str(model), path, dossier=path)
    if not exists:
        slug = find_entry(path)
        if slug is not None:
            entry = load_entry(slug)
            return _read(entry.model_text, f"{slug}/model.yaml", slug, dossier=slug)
        near = nearest(path, slugs())
        raise DetenteError(
            Problem("no-such-path", f"there is no {shortened(path, 200)!r}", None, near)
        )
    if file.suffix.lower() == ".gmcr":
        return _read_gmcr(read_text(file, limit=gmcr.MAX_BYTES), path)
    return _read(read_text(file), path, path)


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        # reading it will tell why not
        return True


def _read(text: str, name: str, source: str, *, dossier: str | None = None) -> Source:
    conflict = read_model(Document.parse(text, name))
    return Source(conflict, _made(text, source), dossier=dossier)


def _read_gmcr(text: str, name: str) -> Source:
    conflict, warnings = gmcr.parse_gmcr(text, name)
    return Source(conflict, _made(text, name), warnings)


def _made(text: str, source: str) -> Made:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Made(source, digest, version("detente"))


def open_record(path: str) -> Record:
    """Read the record that a path names.

    Parameters
    ----------
    path : str
        A dossier folder, a record file, ``-`` for standard input, or the slug of a catalog entry.

    Raises
    ------
    DetenteError
        With every error of the record, or ``no-record`` if there is none.
    """
    loaded = loaded_record(path)
    if loaded is None:
        raise DetenteError(Problem("no-record", f"{path} holds no record"))
    if loaded.record is None:
        raise DetenteError(loaded.problems)
    return loaded.record


def loaded_record(path: str) -> Loaded | None:
    """Return the record that a path names with its problems, or None where it names none."""
    file = Path(path)
    if path == "-":
        return read_record("-")
    if not file.exists():
        slug = find_entry(path)
        if slug is None:
            near = nearest(path, slugs())
            what = f"there is no {shortened(path, 200)!r}"
            raise DetenteError(Problem("no-such-path", what, None, near))
        folder = load_entry(slug).folder
        return read_record(folder, name=slug) if (folder / "record").is_dir() else None
    if file.is_dir():
        return read_record(file, name=path) if (file / "record").is_dir() else None
    return read_record(file) if _is_record(file) else None


def _is_record(file: Path) -> bool:
    """Tell whether a file is one of a record: its first key outside comments is a section."""
    try:
        root = Document.read(file, limit=RECORD_BYTES).root
    except DetenteError:
        return False
    return isinstance(root, MapNode) and not set(root.items).isdisjoint(SECTIONS)
