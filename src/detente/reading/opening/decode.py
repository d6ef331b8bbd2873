"""Bytes as text: UTF-8, UTF-16, and old files that mix encodings; never an exception."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from detente.errors import Place, Problem

__all__ = ["MAX_BYTES", "Decoded", "bom_of", "codec", "control_warning", "decode"]

#: of a longer text no more than this is read
MAX_BYTES = 4 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: encodings that a page or mail may declare; others of Python's are slow, or none of text
_DECLARED = re.compile(
    r"utf-?(?:8|16|32)|iso(?:8859|2022)|cp\d|mac|koi8|big5|gb|euc|shift|johab|hz$|tis"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


@dataclass(frozen=True)
class Decoded:
    """A text, and what was wrong with its bytes."""

    text: str
    problems: tuple[Problem, ...] = ()


def codec(declared: str | None) -> str | None:
    """Return the encoding a page or mail declares, as browsers understand it; None if unknown."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859-1"}:
        # what calls itself so has the quotation marks of Windows all too often
        return "cp1252"
    return name if _DECLARED.match(name) else None


def bom_of(data: bytes) -> tuple[int, str] | None:
    """Return the length of a byte order mark and its encoding; a guess for UTF-16 without one."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return len(mark), name
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.2 * len(sample) and not even:
        return 0, "utf-16-le"
    if even > 0.2 * len(sample) and not odd:
        return 0, "utf-16-be"
    return None


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode a text.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file, for the messages.
    declared : str or None
        The encoding a page or mail declares; used where the bytes are not UTF-8.
    """
    found = bom_of(data)
    if found and found[1] != "utf-8":
        size, encoding = found
        text = data[size:].decode(encoding, "replace")
        lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
        what = f"{lost} characters are no {encoding.upper()} and were read as U+FFFD"
        return Decoded(text, _warnings(name, text, what if lost > 0 else "", 1))
    rest = data[found[0] :] if found else data
    try:
        text = rest.decode("utf-8")
    except UnicodeDecodeError:
        known = codec(declared)
        if known and known != "utf-8":
            text = rest.decode(known, "replace")
            return Decoded(text, _warnings(name, text, "", 1))
        text, first, count = _line_by_line(rest)
        lines = f"line {first} is" if count == 1 else f"{count} lines, the first {first}, are"
        what = f"{lines} not UTF-8 and read as Windows-1252"
        return Decoded(text, _warnings(name, text, what, first))
    return Decoded(text, _warnings(name, text, "", 1))


def _line_by_line(data: bytes) -> tuple[str, int, int]:
    """Decode line by line, as UTF-8 or else as Windows-1252.

    Returns
    -------
    tuple of str, int, int
        The text, the first line that is not UTF-8, and how many are not; 0 and 0 where all are.
    """
    lines, first, count = [], 0, 0
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", "replace"))
            first, count = first or number, count + 1
    return "".join(lines), first, count


def _warnings(name: str, text: str, mixed: str, line: int) -> tuple[Problem, ...]:
    found = []
    if mixed:
        found.append(Problem("mixed-encodings", mixed, Place(name, line), severity="warning"))
    control = _CONTROL.search(text)
    if control:
        found.append(_control_problem(text, name, control))
    return tuple(found)


def _control_problem(text: str, name: str, control: re.Match[str]) -> Problem:
    """Return the warning about control characters in a text."""
    at = control.start()
    many = len(_CONTROL.findall(text))
    more = f" and {many - 1} more" if many > 1 else ""
    what = f"control character U+{ord(control[0]):04X} found{more}; it is kept"
    before = text.rfind("\n", 0, at)
    place = Place(name, text.count("\n", 0, at) + 1, at - before)
    return Problem("not-text", what, place, severity="warning")


def control_warning(text: str, name: str) -> tuple[Problem, ...]:
    """Return what is to be said about a text that was given decoded."""
    control = _CONTROL.search(text)
    return (_control_problem(text, name, control),) if control else ()
