"""The older programs' ``.gmcr`` file (JSON) -> `Conflict`.

The JSON is checked first, with every mistake told at once; only what passed becomes a conflict.
Options, numbered through the whole file, are grouped by decision maker as the older programs do
themselves on loading, so that both number the states alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from detente.document import read_text
from detente.errors import Place, Problem
from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Option,
    Preference,
    Priorities,
    Ranking,
    Statement,
    StateRef,
)
from detente.model.expressions import And, Expression, If, Iff, Literal, Not, Or, Taken
from detente.model.gmcr_file import Disjunction, GmcrFile, clean, read_file
from detente.model.grammar import WORDS

__all__ = ["MAX_BYTES", "parse_gmcr", "read_gmcr"]

#: payoffs and rankings are stored state by state, hence the room
MAX_BYTES = 16 * 1024 * 1024

#: one of the conjunctions holds; about the options of the conflict, in their order
Said: TypeAlias = tuple[tuple[tuple[Taken, bool], ...], ...]


def read_gmcr(path: Path | str) -> tuple[Conflict, tuple[Problem, ...]]:
    """Read a conflict from a ``.gmcr`` file; see `parse_gmcr`."""
    return parse_gmcr(read_text(path, limit=MAX_BYTES), str(path))


def parse_gmcr(text: str, name: str) -> tuple[Conflict, tuple[Problem, ...]]:
    """Read a conflict from the text of a ``.gmcr`` file.

    Parameters
    ----------
    text : str
    name : str
        What the file is called; its stem becomes the title, for the file holds none.

    Returns
    -------
    conflict : Conflict
        Without a status quo; the file holds none.
    warnings : tuple of Problem
        What the file holds but a model file has no place for: misperceptions and coalitions.

    Raises
    ------
    DetenteError
        With every problem of the file. Where the text is no JSON, its place is told; otherwise
        what is wrong is named by its path, such as ``decisionMakers[1].preferences[0][2]``.
    """
    file = read_file(text, name)
    return _conflict(file, clean(Path(name).stem), Place(name)), file.warnings


def _conflict(file: GmcrFile, title: str, place: Place) -> Conflict:
    atoms = {
        index: Taken(i, k, 1) for i, dm in enumerate(file.dms) for k, index in enumerate(dm.options)
    }

    def statements(found: Iterable[Disjunction]) -> tuple[Statement, ...]:
        kept: dict[frozenset[object], Statement] = {}
        for members in found:
            ordered = (sorted({(atoms[index], taken) for index, taken in one}) for one in members)
            said = tuple(dict.fromkeys(map(tuple, ordered)))
            # what has been said decides no more when it is said again
            kept.setdefault(frozenset(said), Statement(_expression(said), place=place))
        return tuple(kept.values())

    dms = []
    for id_, dm in zip(_ids([dm.name for dm in file.dms], "dm"), file.dms, strict=True):
        held = [file.options[index] for index in dm.options]
        option_ids = _ids([name for name, _ in held], "option")
        options = tuple(
            Option(own, name or own, change=change)
            for own, (name, change) in zip(option_ids, held, strict=True)
        )
        preference: Preference = Priorities(statements(dm.preferences))
        if dm.ranking is not None:
            tiers = [tuple(StateRef(str(n), place) for n in tier) for tier in dm.ranking if tier]
            preference = Ranking(tuple(tiers), place)
        dms.append(DecisionMaker(id_, dm.name or id_, options, preference))
    infeasible = statements([conjunction] for conjunction in file.infeasibles)
    return Conflict(title, tuple(dms), infeasible, place=place)


def _ids(names: Sequence[str], fallback: str) -> list[str]:
    """Make an id of every name: lower-case words joined by _, no two the same."""
    found: dict[str, int] = {}  # each id, and how often it was asked for
    for k, name in enumerate(names, start=1):
        plain = unicodedata.normalize("NFKC", name).lower()
        base = re.sub(r"\W+", "_", plain).strip("_")[:60].rstrip("_")
        if not base.isidentifier() or base in WORDS:
            base = f"{fallback}{k}"
        id_ = base
        while id_ in found:
            found[base] += 1
            id_ = f"{base}_{found[base]}"
        found[id_] = 1
    return list(found)


def _expression(said: Said) -> Expression:
    """Say a statement of the file in the words of a person."""
    parts = [_joined(And, [atom if taken else Not(atom) for atom, taken in one]) for one in said]
    return _about_two(said) or _joined(Or, parts)


def _joined(kind: type[And] | type[Or], parts: Sequence[Expression]) -> Expression:
    several = kind(tuple(parts)) if parts else Literal(kind is And)
    return parts[0] if len(parts) == 1 else several


def _about_two(said: Said) -> Expression | None:
    """Return the ``if`` or ``iff`` that was stored as the combinations of two options it allows."""
    pairs = {tuple(atom for atom, _ in one) for one in said}
    pair = next(iter(pairs), ())
    if len(pairs) != 1 or len(set(pair)) != 2 or len(pair) != 2:
        return None
    x, y = pair
    allowed = {tuple(taken for _, taken in one) for one in said}
    combinations = ((True, True), (True, False), (False, True), (False, False))
    readings: dict[object, Expression] = {
        ((True, False), (False, True)): Iff(x, y),
        ((True, True), (False, False)): Iff(x, Not(y)),
        ((True, False),): If(y, x),
        ((False, True),): If(x, y),
        ((True, True),): If(Not(y), x),
        ((False, False),): Or((x, y)),
    }
    return readings.get(tuple(one for one in combinations if one not in allowed))
