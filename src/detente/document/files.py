"""A text read whole, or the reason why not; what is written whole, or not at all."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

from detente.errors import DetenteError, Place, Problem

__all__ = ["MAX_BYTES", "read_text", "write_whole"]

MAX_BYTES = 4 * 1024 * 1024

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_text(path: Path | str, *, limit: int = MAX_BYTES) -> str:
    """Read a file, or standard input for ``-``, as UTF-8 text.

    Raises
    ------
    DetenteError
        If there is no such file, or it cannot be read, is larger than `limit` bytes, or no text.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    place = Place(name)
    try:
        if str(path) == "-":
            # when the shell closed standard input, Python has none
            data = b"" if sys.stdin is None else sys.stdin.buffer.read(limit + 1)
        else:
            file = Path(path)
            if file.is_dir():
                raise DetenteError(Problem("not-a-dossier", f"{name} is a directory", place))
            with file.open("rb") as stream:
                data = _read_unchanged(stream, name, limit)
    except FileNotFoundError:
        raise DetenteError(Problem("no-such-path", f"there is no {name}", place)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DetenteError(Problem("unreadable", f"{name}: {reason}", place)) from None
    if len(data) > limit:
        size = f"more than {limit // (1024 * 1024)} MiB"
        raise DetenteError(Problem("file-too-large", f"{name} holds {size}", place))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong, what = error.start, f"byte 0x{data[error.start]:02x} is not UTF-8"
    else:
        wrong, what = len(data), ""
    control = _CONTROL.search(data)
    if control and control.start() < wrong:
        wrong, what = control.start(), f"control character 0x{control.group()[0]:02x} found"
    if what:
        before = data[:wrong]
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        place = Place(name, before.count(b"\n") + 1, column)
        raise DetenteError(Problem("not-text", what, place))
    return text


def _read_unchanged(stream: BinaryIO, name: str, limit: int) -> bytes:
    """Read a file that nobody writes to meanwhile; half of two versions is neither."""
    before = os.fstat(stream.fileno())
    data = stream.read(limit + 1)
    after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        what = f"{name} was written to while it was read"
        raise DetenteError(Problem("changed-while-read", what, Place(name)))
    return data


def write_whole(path: Path | str, content: str | bytes, *, replace: bool = False) -> None:
    """Write a file whole or not at all: to a temporary file beside it, then rename.

    Raises
    ------
    DetenteError
        If the file exists and `replace` is false, or the place cannot be written.
    """
    name = str(path)
    place = Place(name)
    data = content.encode() if isinstance(content, str) else content
    try:
        # through a link the file it points to is written, and the link stays
        path = Path(path).resolve()
        odd = path.exists() and not path.is_file()
    except (OSError, RuntimeError, ValueError) as error:
        raise DetenteError(Problem("unwritable", f"{name}: {error}", place)) from None
    if odd:
        raise DetenteError(Problem("unwritable", f"{name} is no ordinary file", place))
    if path.exists() and not replace:
        raise DetenteError(Problem("would-overwrite", f"{name} exists", place))
    temporary: Path | None = None
    try:
        handle, beside = tempfile.mkstemp(prefix=".detente-", dir=path.parent)
        temporary = Path(beside)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes the file private; give it what an ordinary new file, or the old one, has
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise DetenteError(Problem("unwritable", f"{name}: {reason}", place)) from None
