"""What parts of a model file have in common: evidence, conditions, and whose they are."""

from __future__ import annotations

from detente.document import Document, Node, Scalar
from detente.errors import Place, Problems
from detente.model.conflict import Condition, Evidence, NamedDeal
from detente.model.expressions import Expression
from detente.model.names import Names
from detente.model.schema import ConditionalEntry, DealEntry, EvidenceEntry

__all__ = ["condition_of", "evidence_of", "item_place", "read_deal", "read_holder"]

_KEYS = ("from", "to", "holds_when", "viewpoint")
_FIELDS = {"start", "end", "holds_when", "viewpoint"}


def evidence_of(entry: EvidenceEntry) -> Evidence:
    """Return what an entry says it rests on."""
    return Evidence(tuple(entry.because), entry.according_to, entry.note)


def condition_of(document: Document, entry: ConditionalEntry, *path: str | int) -> Condition | None:
    """Return when an entry says it is in force, with the places; None for always."""
    if entry.model_fields_set.isdisjoint(_FIELDS):
        return None
    if not entry.viewpoint and entry.model_fields_set.isdisjoint(_FIELDS - {"viewpoint"}):
        # an empty list of viewpoints leaves out nobody
        return None
    nodes: dict[str, Node] = {}
    for key in _KEYS:
        node = document.node(*path, key)
        if node is not None:
            nodes[key] = node
    return Condition(entry.start, entry.end, entry.holds_when, tuple(entry.viewpoint), nodes)


def read_holder(document: Document, problems: Problems, names: Names, *path: str) -> int | None:
    """Return the index of the decision maker that a key names; note it when there is none."""
    name = path[-1]
    if name in names.dm_ids:
        return list(names.dm_ids).index(name)
    near = problems.nearest(name, list(names.dm_ids))
    what = f"{name!r} is no decision maker"
    problems.add("unknown-decision-maker", what, document.key_place(*path), suggestion=near)
    return None


def item_place(document: Document, k: int, *path: str) -> Place:
    """Return the place of an item of a list that may be written as a single value."""
    alone = isinstance(document.node(*path), Scalar)
    return document.place(*path) if alone else document.place(*path, k)


def read_deal(  # noqa: PLR0917
    document: Document,
    problems: Problems,
    names: Names,
    id_: str,
    entry: DealEntry,
    expression: Expression | None,
    states: tuple[int, ...] = (),
) -> NamedDeal:
    """Return a named deal; note who is no decision maker among those who put it forward."""
    for by in entry.by:
        if by not in names.dm_ids:
            near = problems.nearest(by, list(names.dm_ids))
            place = item_place(document, entry.by.index(by), "deals", id_, "by")
            problems.add(
                "unknown-decision-maker", f"{by!r} is no decision maker", place, suggestion=near
            )
    return NamedDeal(
        id_,
        entry.name or id_,
        expression,
        states,
        tuple(entry.by),
        evidence_of(entry),
        document.key_place("deals", id_),
        condition_of(document, entry, "deals", id_),
    )
