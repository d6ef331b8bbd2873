"""`Conflict` -> the text of a model file, as a person would have written it.

The conflict becomes a tree of texts, lists and mappings, and the tree becomes YAML. Every scalar
that a YAML reader could take for something else than text is quoted, so that the text means the
same to any of them; reading it back gives the same conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Evidence,
    Option,
    Priorities,
    Ranking,
    StateList,
    Weights,
)
from detente.model.expressions import Expression, Taken, render

__all__ = ["model_text"]

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
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def model_text(conflict: Conflict) -> str:
    """Write a conflict as the text of a model file.

    Parameters
    ----------
    conflict : Conflict

    Returns
    -------
    str
        Reading it with `parse_model` gives the same conflict, evidence included.

    Notes
    -----
    What the format cannot hold changes: an empty name becomes the id, an empty title the name of
    the file, half of a surrogate pair U+FFFD. Weights that have no finite decimal are multiplied
    by a common number, which changes no ranking; a comment says so.

    Examples
    --------
    >>> from detente.model.load import parse_model
    >>> print(model_text(parse_model('''
    ... title: A shared lake
    ... decision_makers: {dm: {options: {stay: No}, weights: {dm.stay: 1.50}}}
    ... ''')), end="")
    title: A shared lake
    decision_makers:
      dm:
        options:
          stay: "No"
        weights:
          stay: 1.5
    """
    top: dict[str, Tree] = {}
    if conflict.title:
        top["title"] = conflict.title
    if conflict.note is not None:
        top["note"] = conflict.note
    top["decision_makers"] = {
        dm.id: _decision_maker(conflict, i, dm) for i, dm in enumerate(conflict.decision_makers)
    }
    top |= _graph(conflict, conflict.graph) if conflict.graph else _space(conflict)
    return "".join(f"{line}\n" for line in _mapping(top, 0))


# -- the conflict as a tree ----------------------------------------------------------------------


class _Written(str):
    """A scalar in its final form, quotes and all."""

    __slots__ = ()


@dataclass(frozen=True)
class _Short:
    """A list or mapping that is written in brackets: in one line, or a list over several."""

    tree: Tree


@dataclass(frozen=True)
class _Noted:
    """A tree with a comment above it."""

    comment: str
    tree: Tree


Tree: TypeAlias = "str | _Short | _Noted | Sequence[Tree] | Mapping[str, Tree]"


def _space(conflict: Conflict) -> dict[str, Tree]:
    top: dict[str, Tree] = {}
    if conflict.infeasible:
        top["infeasible"] = [
            _statement("expression", _expression(conflict, item.expression), item.evidence)
            for item in conflict.infeasible
        ]
    if isinstance(conflict.status_quo, tuple):
        evidence = _status_quo(conflict, conflict.status_quo)
        entries = [
            _statement("option", conflict.atom_name(atom), why) for atom, why in evidence.items()
        ]
        bare = all(isinstance(entry, str) for entry in entries)
        top["status_quo"] = _Short(entries) if bare else entries
    return top


def _graph(conflict: Conflict, graph: StateList) -> dict[str, Tree]:
    refs = [_ref(id_) for id_ in graph.ids]
    moves: dict[str, Tree] = {}
    ranking: dict[str, Tree] = {}
    for dm, arcs in zip(conflict.decision_makers, graph.moves, strict=True):
        targets: dict[str, list[str]] = {}
        for source, target in arcs:
            targets.setdefault(refs[source], []).append(refs[target])
        if targets:
            moves[dm.id] = _Short({source: _Short(ends) for source, ends in targets.items()})
        if isinstance(dm.preference, Ranking):
            ranking[dm.id] = _ranking(dm.preference, quoted=False)
    named = dict(zip(refs, graph.names, strict=True))
    states = _Short(refs) if graph.ids == graph.names else named
    top: dict[str, Tree] = {"states": states, "moves": moves, "ranking": ranking}
    if isinstance(conflict.status_quo, int):
        state = refs[conflict.status_quo]
        rest = [_evidence(why) for atom, why in conflict.status_quo_evidence if atom is None]
        top["status_quo"] = {"state": state, **rest[0]} if rest else state
    return top


def _decision_maker(conflict: Conflict, i: int, dm: DecisionMaker) -> Tree:
    entry: dict[str, Tree] = {"name": dm.name, **_evidence(dm.evidence)}
    if conflict.graph is not None:
        return entry if len(entry) > 1 else dm.name
    if dm.name == dm.id:
        del entry["name"]
    if dm.options:
        entry["options"] = {option.id: _option(option) for option in dm.options}
    match dm.preference:
        case Priorities(statements):
            entry["priorities"] = [
                _statement("priority", _expression(conflict, item.expression, i), item.evidence)
                for item in statements
            ]
        case Weights():
            entry["weights"] = _weights(conflict, i, dm.preference)
        case Ranking():
            entry["ranking"] = _ranking(dm.preference, quoted=True)
    return entry


def _option(option: Option) -> Tree:
    entry: dict[str, Tree] = {}
    if option.levels:
        plain = all(level.id == level.name for level in option.levels)
        entry["levels"] = _Short(
            [level.id for level in option.levels]
            if plain
            else {level.id: level.name for level in option.levels}
        )
    if option.change != "both":
        entry["change"] = option.change
    entry |= _evidence(option.evidence)
    if not entry:
        return option.name
    return _Short({"name": option.name, **entry} if option.name != option.id else entry)


def _weights(conflict: Conflict, i: int, weights: Weights) -> Tree:
    denominators = [weight.denominator for _, weight in weights.statements]
    finite = all(_decimals(denominator) is not None for denominator in denominators)
    common = 1 if finite else lcm(*denominators)
    entries: dict[str, Tree] = {}
    for item, weight in weights.statements:
        key = _expression(conflict, item.expression, i)
        while key in entries:  # the same expression again needs a key of its own
            key += " "
        number = _Written(_decimal(weight * common))
        evidence = _evidence(item.evidence)
        entries[key] = _Short({"weight": number, **evidence}) if evidence else number
    if finite:
        return entries
    return _Noted(f"multiplied by {common} to be exact decimals; this changes no ranking", entries)


def _decimals(denominator: int) -> int | None:
    """Return how many decimals a fraction with that denominator has, None where they never end."""
    places = range(denominator.bit_length())
    return next((k for k in places if 10**k % denominator == 0), None)


def _decimal(weight: Fraction) -> str:
    places = _decimals(weight.denominator)
    assert places is not None
    whole, rest = divmod(abs(weight.numerator) * 10**places // weight.denominator, 10**places)
    return "-" * (weight < 0) + str(whole) + (f".{rest:0{places}d}" if places else "")


def _ranking(ranking: Ranking, *, quoted: bool) -> _Short:
    tiers: list[Tree] = []
    for tier in ranking.tiers:
        refs = [_ref(ref.text, quoted=quoted) for ref in tier]
        tiers.append(refs[0] if len(refs) == 1 else refs)
    return _Short(tiers)


def _ref(text: str, *, quoted: bool = False) -> str:
    """Return a state as named: a number as it is, a pattern always in quotes."""
    if _NUMBER.fullmatch(text):
        return _Written(text)
    return _Written(_quoted(text)) if quoted else text


def _status_quo(conflict: Conflict, chosen: tuple[tuple[int, ...], ...]) -> dict[Taken, Evidence]:
    """Return what is taken in the status quo, in the order of its evidence, with the evidence."""
    taken = [atom for atom in conflict.columns() if chosen[atom.dm][atom.option] == atom.choice]
    known = {atom: why for atom, why in conflict.status_quo_evidence if atom and atom in taken}
    return known | {atom: Evidence() for atom in taken if atom not in known}


def _expression(conflict: Conflict, expression: Expression, dm: int | None = None) -> str:
    """Return an expression as text; `dm` is whose options need no prefix in it."""

    def name(atom: Taken) -> str:
        full = conflict.atom_name(atom)
        return full if atom.dm != dm else full.partition(".")[2]

    return render(expression, name)


def _statement(key: str, text: str, evidence: Evidence) -> Tree:
    # not left to the folding of long texts, so that a mistake in it can be shown by its column
    written = _Written(_scalar(text, _STRICT))
    rest = _evidence(evidence)
    return {key: written, **rest} if rest else written


def _evidence(evidence: Evidence) -> dict[str, Tree]:
    entry: dict[str, Tree] = {}
    if evidence.because:
        entry["because"] = _Short(evidence.because)
    if evidence.according_to is not None:
        entry["according_to"] = evidence.according_to
    if evidence.note is not None:
        entry["note"] = evidence.note
    return entry


# -- the tree as YAML ----------------------------------------------------------------------------


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
    if isinstance(value, _Noted):
        yield f"{pad}# {value.comment}"
        value = value.tree
    if isinstance(value, _Short):
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
    if isinstance(tree, _Short | _Noted):
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
    block = block and bool(lines[0]) and bool(lines[-1]) and not isinstance(text, _Written)
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
    if isinstance(text, _Written):
        return text
    plain = safe.fullmatch(text) and text.isprintable() and not _MISREAD.fullmatch(text)
    if plain and ": " not in text and " #" not in text:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
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
