"""A tree of texts, lists and mappings -> the text of a YAML file, as a person would write it.

Every scalar that a YAML reader could take for something else than text is quoted, so that the text
means the same to any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Noted", "Short", "Tree", "Written", "bare", "quoted", "yaml_text"]

WIDTH = 100
#: YAML allows a key 1,024 characters unless it is announced by "?"
_LONGEST_KEY = 1000

#: what a YAML reader, of version 1.1 or 1.2, takes for nothing, a truth value, a number or a date
_MISREAD = re.compile(
    r"null|true|false|yes|no|on|off|y|n|0[xob][\da-f_]+|[\d_.,:]+(e[-+]?\d+)?|\d{4}-\d.*",
    re.IGNORECASE,
)
#: safe without quotes as a key and between brackets
_STRICT = re.compile(r"[\w(](?:[\w ().%/-]*[\w)%])?")
#: safe without quotes after "key: " and "- ", if neither ": " nor " #" occurs
_LENIENT = re.compile(r"[\w(](?:.*[^ :])?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


class Written(str):
    """A scalar in its final form, quotes and all."""

    __slots__ = ()


@dataclass(frozen=True)
class Short:
    """A list or mapping that is written in brackets: in one line, or a list over several."""

    tree: Tree


@dataclass(frozen=True)
class Noted:
    """A tree with a comment above it."""

    comment: str
    tree: Tree


Tree: TypeAlias = "str | Short | Noted | Sequence[Tree] | Mapping[str, Tree]"


def yaml_text(tree: Mapping[str, Tree]) -> str:
    """Return a mapping as the text of a YAML file."""
    return "".join(f"{line}\n" for line in _mapping(tree, 0))


def bare(text: str) -> Written:
    """Return a text that is never folded, so that a mistake in it can be shown by its column."""
    return Written(_scalar(text, _STRICT))


def _mapping(tree: Mapping[str, Tree], indent: int) -> Iterator[str]:
    for key, value in tree.items():
        written = _scalar(key, _STRICT)
        if len(written) > _LONGEST_KEY:
            yield f"{' ' * indent}? {written}"
            yield from _entry(":", value, indent)
        else:
            yield from _entry(f"{written}:", value, indent)


def _entry(head: str, value: Tree, indent: int) -> Iterator[str]:
    """Yield the lines of a value; `head` is what stands before it: ``name:``, ``-`` or ``:``."""
    pad = " " * indent
    if isinstance(value, Noted):
        yield f"{pad}# {value.comment}"
        value = value.tree
    if isinstance(value, Short):
        value = value.tree
        pieces = _pieces(value)
        line = f"{pad}{head} {' '.join(pieces)}"
        if len(line) <= WIDTH:
            yield line
            return
        if not isinstance(value, Mapping):
            yield f"{pad}{head}"
            yield from _wrapped(pieces, f"{pad}  ", f"{pad}   ")
            return
    if isinstance(value, str):
        yield from _text(head, value, indent)
    elif not value:
        yield f"{pad}{head} {'{}' if isinstance(value, Mapping) else '[]'}"
    elif isinstance(value, Mapping):
        inner = _mapping(value, indent + 2)
        yield f"{pad}- {next(inner).lstrip()}" if head == "-" else f"{pad}{head}"
        yield from inner
    elif isinstance(value, Sequence):
        yield f"{pad}{head}"
        for item in value:
            yield from _entry("-", item, indent + 2)


def _pieces(tree: Tree) -> list[str]:
    """Return a tree in brackets, in pieces between which a line may end."""
    if isinstance(tree, Short | Noted):
        return _pieces(tree.tree)
    if isinstance(tree, str):
        return [_scalar(tree, _STRICT)]
    parts = []
    if isinstance(tree, Mapping):
        opening, closing = "{}"
        for key, value in tree.items():
            first, *rest = _pieces(value)
            parts.append([f"{_scalar(key, _STRICT)}: {first}", *rest])
    else:
        opening, closing = "[]"
        parts = [_pieces(item) for item in tree]
    if not parts:
        return [opening + closing]
    parts[0][0] = opening + parts[0][0]
    for part in parts[:-1]:
        part[-1] += ","
    parts[-1][-1] += closing
    return [piece for part in parts for piece in part]


def _wrapped(pieces: Sequence[str], first: str, others: str) -> Iterator[str]:
    """Yield lines of pieces separated by single spaces, filled up to the width."""
    line = first + pieces[0]
    for piece in pieces[1:]:
        if len(line) + 1 + len(piece) <= WIDTH:
            line += f" {piece}"
        else:
            yield line
            line = others + piece
    yield line


def _text(head: str, text: str, indent: int) -> Iterator[str]:
    """Yield a text after `head`: in its line, folded if it is long, as a block if it has lines."""
    pad = " " * indent
    body, chomp = (text[:-1], "") if text.endswith("\n") else (text, "-")
    lines = body.split("\n")
    # a block keeps every character only where no line starts or ends with a space
    block = all(line.isprintable() and line.strip(" ") == line for line in lines)
    block = block and bool(lines[0]) and bool(lines[-1]) and not isinstance(text, Written)
    if block and len(lines) == 1 and "  " not in body and len(f"{pad}{head} {body}") > WIDTH:
        yield f"{pad}{head} >{chomp}"
        yield from _wrapped(body.split(" "), f"{pad}  ", f"{pad}  ")
    elif block and "\n" in text:
        yield f"{pad}{head} |{chomp}"
        yield from (f"{pad}  {line}" if line else "" for line in lines)
    else:
        yield f"{pad}{head} {_scalar(text, _LENIENT)}"


def _scalar(text: str, safe: re.Pattern[str]) -> str:
    """Return a text as a YAML scalar, in quotes unless `safe` and what it looks like allow none."""
    if isinstance(text, Written):
        return text
    plain = safe.fullmatch(text) and text.isprintable() and not _MISREAD.fullmatch(text)
    if plain and ": " not in text and " #" not in text:
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """Return a text in quotes."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"  # half a pair: no text in UTF-8 holds it
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
