"""The file that entries are put into: which one it is, and how it was when it was read."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.document import Document
from detente.document.files import read_text
from detente.document.tree import plain_of
from detente.errors import DetenteError, Place, Problem
from detente.record.load import MAX_BYTES

__all__ = ["BOM", "OldFile", "make_folders", "plain_text", "target_file"]

BOM = b"\xef\xbb\xbf"
_PACKAGE = Path(__file__).resolve().parents[2]


def target_file(folder: Path | str, into: Path | str) -> Path:
    """Return the file of a dossier that a name means, links followed.

    Parameters
    ----------
    folder : Path or str
        The dossier.
    into : Path or str
        A path inside the dossier, or one that leads there from the current directory.

    Raises
    ------
    DetenteError
        If it is no file that the record of the dossier is, or could be, read from.
    """
    folder = Path(folder)
    if not folder.is_dir():
        code = "not-a-dossier" if folder.exists() else "no-such-path"
        what = f"{folder} is {'a file' if folder.exists() else 'not there'}, not a dossier folder"
        raise DetenteError(Problem(code, what, Place(str(folder))))
    root = folder.resolve()
    if root.is_relative_to(_PACKAGE):
        what = f"{folder} is a catalog entry, which stays as it is; copy the folder first"
        raise DetenteError(Problem("unwritable", what, Place(str(folder))))
    given = Path(into)
    # a path typed with the help of the shell begins at the current directory
    tried = [_lexical(given), _lexical(folder / given)]
    inside = next((p for p in tried if p.is_relative_to(_lexical(folder / "record"))), None)
    if inside is None:
        what = f"{into} lies outside of {folder}/record"
        raise DetenteError(Problem("bad-usage", what, Place(str(into))))
    try:
        path = inside.resolve()
    except (OSError, RuntimeError) as error:
        raise DetenteError(Problem("unwritable", f"{into}: {error}", Place(str(into)))) from None
    if not path.is_relative_to(root):
        what = f"{into} leads to {path}"
        raise DetenteError(Problem("link-out-of-dossier", what, Place(str(into))))
    if inside.suffix not in (".yaml", ".yml") or inside.name.startswith("."):
        what = f"{into} is no name of a record file; those end in .yaml"
        raise DetenteError(Problem("bad-usage", what, Place(str(into))))
    if path.exists() and not path.is_file():
        raise DetenteError(Problem("unwritable", f"{into} is no ordinary file", Place(str(into))))
    return path


def _lexical(path: Path) -> Path:
    # links are looked at afterwards
    return Path(os.path.abspath(path))  # noqa: PTH100


def make_folders(path: Path, shown: str) -> None:
    """Make the folders that a new file stands in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"{shown}: {error.strerror or error}"
        raise DetenteError(Problem("unwritable", what, Place(shown))) from None


@dataclass(frozen=True)
class OldFile:
    """A file as it was read: its bytes (None where there is no file), and its text."""

    path: Path
    shown: str
    data: bytes | None
    text: str
    plain: Mapping[str, Any]

    @classmethod
    def read(cls, path: Path, shown: str) -> OldFile:
        """Read a file that can be written; one that is not there says nothing."""
        if not path.exists():
            return cls(path, shown, None, "", {})
        try:
            text = read_text(path, limit=MAX_BYTES)
            data = path.read_bytes()
        except DetenteError as error:
            places = [
                one.place._replace(file=shown) if one.place else None for one in error.problems
            ]
            raise DetenteError(
                [Problem(p.code, p.what, at) for p, at in zip(error.problems, places, strict=True)]
            ) from None
        except OSError as error:
            what = f"{shown}: {error.strerror or error}"
            raise DetenteError(Problem("unreadable", what, Place(shown))) from None
        if not os.access(path, os.W_OK):
            raise DetenteError(Problem("unwritable", f"{shown} is read-only", Place(shown)))
        if data.removeprefix(BOM) != text.encode():
            what = f"{shown} was written to while it was read"
            raise DetenteError(Problem("changed-while-read", what, Place(shown)))
        return cls(path, shown, data, text, plain_text(text, shown))

    def now(self) -> bytes | None:
        """Return the bytes that the file has now."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            what = f"{self.shown}: {error.strerror or error}"
            raise DetenteError(Problem("unreadable", what, Place(self.shown))) from None


def plain_text(text: str, shown: str) -> Mapping[str, Any]:
    """Return what a file says; nothing but comments says nothing."""
    try:
        root = Document.parse(text, shown).root
    except DetenteError as error:
        if {one.code for one in error.problems} == {"empty-file"}:
            return {}
        raise
    plain = plain_of(root)
    if not isinstance(plain, dict):
        what = f"{shown} holds no sections"
        raise DetenteError(Problem("cannot-insert", what, root.place))
    return plain
