"""The parts of a model file that name states: conflicts given as a graph, and rankings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from detente.document import Document, Scalar
from detente.errors import Place, Problems
from detente.model.conflict import (
    Conflict,
    DecisionMaker,
    Evidence,
    NamedDeal,
    Preference,
    Ranking,
    StateList,
    StateRef,
    View,
)
from detente.model.load_parts import condition_of, evidence_of, read_deal, read_holder
from detente.model.names import Names
from detente.model.schema import ModelFile, ViewEntry

__all__ = ["read_graph", "read_ranking", "title_of"]


def title_of(document: Document, shape: ModelFile) -> str:
    """Return the title of a model: its own, or the name of the file."""
    return shape.title or Path(document.name).stem


def read_ranking(document: Document, tiers: Sequence[Sequence[str]], *path: str) -> Ranking:
    """Return a ranking with the place of every state it names."""
    found = []
    for k, tier in enumerate(tiers):
        node = document.node(*path, k)
        alone = node is None or isinstance(node, Scalar)
        places = [
            document.place(*path, k) if alone else document.place(*path, k, n)
            for n in range(len(tier))
        ]
        found.append(tuple(map(StateRef, tier, places)))
    return Ranking(tuple(found), document.key_place(*path))


def read_graph(
    document: Document, shape: ModelFile, dms: Sequence[DecisionMaker], problems: Problems
) -> Conflict:
    """Build a conflict given as a graph; raise `DetenteError` if it cannot be one."""
    _check_form(document, shape, problems)
    problems.raise_if_any()
    assert shape.states is not None
    assert shape.moves is not None
    assert shape.ranking is not None
    reader = _States(document, problems, {id_: i for i, id_ in enumerate(shape.states)})
    moves = tuple(reader.moves(shape.moves.get(dm.id, {}), "moves", dm.id) for dm in dms)
    ranked = []
    for dm in dms:
        if dm.id not in shape.ranking:
            place = document.key_place("ranking")
            problems.add("no-preferences", f"{dm.id} has no ranking", place)
            continue
        ranking = read_ranking(document, shape.ranking[dm.id], "ranking", dm.id)
        ranked.append(replace(dm, preference=ranking))
    status_quo, evidence = None, Evidence()
    if shape.status_quo is not None:
        place = document.place("status_quo")
        if len(shape.status_quo) == 1:
            status_quo = reader.state(shape.status_quo[0].option, place)
            evidence = evidence_of(shape.status_quo[0])
        else:
            what = f"status_quo names {len(shape.status_quo)} states, not one"
            problems.add("status-quo-contradicts", what, place)
        for n, entry in enumerate(shape.status_quo):
            if condition_of(document, entry, "status_quo", n) is not None:
                what = "the state of a graph cannot hold only at times"
                problems.add("mixed-forms", what, place)
    holders = Names(document.name, problems, [dm.id for dm in dms])
    deals = tuple(_deals(document, shape, reader, holders))
    views = tuple(_views(document, shape, holders))
    names = tuple(name or id_ for id_, name in shape.states.items())
    return Conflict(
        title=title_of(document, shape),
        decision_makers=tuple(ranked),
        status_quo=status_quo,
        status_quo_evidence=() if evidence == Evidence() else ((None, evidence),),
        graph=StateList(tuple(shape.states), names, moves),
        deals=deals,
        views=views,
        note=shape.note,
        status_quo_place=document.key_place("status_quo"),
        place=Place(document.name),
    )


def _deals(
    document: Document, shape: ModelFile, reader: _States, names: Names
) -> Iterator[NamedDeal]:
    for id_, entry in shape.deals.items():
        place = document.place("deals", id_)
        found = [reader.state(text, place) for text in entry.deal]
        states = tuple(state for state in found if state is not None)
        yield read_deal(document, reader.problems, names, id_, entry, None, states)


def _views(document: Document, shape: ModelFile, names: Names) -> Iterator[View]:
    problems = names.problems
    for id_, entry in shape.as_seen_by.items():
        i = read_holder(document, problems, names, "as_seen_by", id_)
        for key in ("unknown", "infeasible"):
            if key in entry.model_fields_set:
                what = f"{key} stands under {id_}, beside states"
                problems.add("mixed-forms", what, document.key_place("as_seen_by", id_, key))
        preferences = list(_rankings(document, entry, names, "as_seen_by", id_, "decision_makers"))
        if i is not None:
            place = document.key_place("as_seen_by", id_)
            yield View(i, tuple(preferences), evidence=evidence_of(entry), place=place)


def _rankings(
    document: Document, entry: ViewEntry, names: Names, *path: str
) -> Iterator[tuple[int, Preference]]:
    for id_, item in entry.decision_makers.items():
        dm = read_holder(document, names.problems, names, *path, id_)
        if item.model_fields_set & {"priorities", "weights"} or not item.ranking:
            what = f"{id_} has no ranking, which a conflict given as a graph needs"
            names.problems.add("mixed-forms", what, document.key_place(*path, id_))
        elif dm is not None:
            yield dm, read_ranking(document, item.ranking, *path, id_, "ranking")


def _check_form(document: Document, shape: ModelFile, problems: Problems) -> None:
    """Note what a conflict given as a graph may not have, and what it lacks."""
    if shape.infeasible:
        what = "infeasible stands beside states and moves"
        problems.add("mixed-forms", what, document.key_place("infeasible"))
    for id_, entry in shape.decision_makers.items():
        for key in ("options", "priorities", "weights", "ranking"):
            if key in entry.model_fields_set:
                place = document.key_place("decision_makers", id_, key)
                problems.add("mixed-forms", f"{key} stands under {id_}, beside states", place)
    for key in ("states", "moves", "ranking"):
        if getattr(shape, key) is None:
            what = f"{key!r} is missing in a conflict given as a graph"
            problems.add("missing-key", what, document.root.place)
    if shape.states is not None and not shape.states:
        problems.add("no-feasible-state", "states is empty", document.key_place("states"))
    ids = list(shape.decision_makers)
    for key, mapping in (("moves", shape.moves), ("ranking", shape.ranking)):
        for name in mapping or {}:
            if name not in ids:
                what = f"{name!r} is no decision maker"
                place = document.key_place(key, name)
                near = problems.nearest(name, ids)
                problems.add("unknown-decision-maker", what, place, suggestion=near)


class _States:
    """The states of one graph by id."""

    def __init__(self, document: Document, problems: Problems, index: dict[str, int]) -> None:
        self.document = document
        self.problems = problems
        self.index = index

    def state(self, text: str, place: Place) -> int | None:
        found = self.index.get(text)
        if found is None:
            near = self.problems.nearest(text, list(self.index))
            what = f"{text[:60]!r} is no state"
            self.problems.add("unknown-state", what, place, suggestion=near)
        return found

    def moves(self, moves: dict[str, list[str]], *path: str) -> tuple[tuple[int, int], ...]:
        arcs = set()
        for start, ends in moves.items():
            source = self.state(start, self.document.key_place(*path, start))
            listed = not isinstance(self.document.node(*path, start), Scalar)
            for n, end in enumerate(ends):
                place = self.document.place(*path, start, *((n,) if listed else ()))
                target = self.state(end, place)
                if source is not None and source == target:
                    self.problems.add("self-move", f"{start!r} leads to itself", place)
                elif source is not None and target is not None:
                    arcs.add((source, target))
        return tuple(sorted(arcs))
