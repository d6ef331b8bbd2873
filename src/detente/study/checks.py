"""Every mistake of a dossier at once: its model, its record, and what the one asks of the other."""

from __future__ import annotations

from pathlib import Path

from detente.analysis.named import states_of
from detente.catalog import find_entry, load_entry
from detente.document import Document, ListNode, MapNode, Node, Scalar, read_text
from detente.errors import DetenteError, Problem, Problems, shortened
from detente.framing import check_conditions, frame, seen_by
from detente.graph import to_graph
from detente.model import Conflict
from detente.record import Record
from detente.study.sources import loaded_record, open_source

__all__ = ["check"]


def check(path: str) -> tuple[Problem, ...]:
    """Return every problem of what a path names, warnings included; empty when all is well.

    The record of a dossier is checked with its model; a file may be either.

    Raises
    ------
    DetenteError
        Only when there is nothing to check: no such path, or a folder that is no dossier.
    """
    # standard input can be read once, and is taken for a model
    loaded = None if path == "-" else loaded_record(path)
    if loaded is None:
        return _check_model(path, None).sorted()
    folder = Path(path)
    if folder.is_file() or (folder.is_dir() and not (folder / "model.yaml").exists()):
        return loaded.problems
    readable = loaded.record is not None
    model = _check_model(path, loaded.record, conditions=readable)
    problems = Problems([*loaded.problems, *model.found])
    if loaded.record is not None:
        _check_evidence(loaded.record, _model_of(path), problems)
    return problems.sorted()


def _check_evidence(record: Record, model: Document | None, problems: Problems) -> None:
    """Note every id under ``because`` in a model that names no entry of its record."""
    waiting: list[Node] = [] if model is None else [model.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ListNode):
            waiting += node.items
        elif isinstance(node, MapNode):
            waiting += [item for key, item in node.items.items() if key != "because"]
            cited = node.items.get("because")
            listed = cited.items if isinstance(cited, ListNode) else [cited]
            for one in listed:
                if isinstance(one, Scalar) and one.text not in record.entries:
                    what = f"{shortened(one.text)!r} is no entry of the record"
                    near = problems.nearest(one.text, list(record.entries))
                    problems.add("unknown-id", what, one.place, suggestion=near)


def _model_of(path: str) -> Document | None:
    """Return the model of a dossier as a tree, or None where it is no YAML."""
    slug = None if Path(path).exists() else find_entry(path)
    folder = Path(path) if slug is None else load_entry(slug).folder
    try:
        return Document.parse(read_text(folder / "model.yaml"), f"{slug or path}/model.yaml")
    except DetenteError:
        return None


def _check_model(path: str, record: Record | None, *, conditions: bool = True) -> Problems:
    """Return every problem of the model that a path names, with what it asks of its record.

    `conditions` is false where there is a record that cannot be read: what they ask is not known.
    """
    try:
        source = open_source(path)
    except DetenteError as error:
        if {problem.code for problem in error.problems} <= {"no-such-path", "not-a-dossier"}:
            raise
        return Problems(list(error.problems))
    problems = Problems(list(source.warnings))
    conflict = source.conflict
    if conflict.status_quo is None:
        what = "the model names no status quo"
        problems.add("no-status-quo", what, conflict.place, severity="warning")
    if conflict.timed:
        if conditions:
            problems.extend(check_conditions(conflict, record).found)
        day = None if record is None else record.as_of_default
        if problems.errors or record is None or day is None:
            return problems
        try:
            conflict = frame(conflict, record.as_of(day), day).conflict
        except DetenteError as error:
            problems.extend(error.problems)
            return problems
    _check_games(conflict, problems)
    return problems


def _check_games(conflict: Conflict, problems: Problems) -> None:
    """Note what keeps the conflict, or the game of one side, from being laid out."""
    try:
        graph = to_graph(conflict)
    except DetenteError as error:
        problems.extend(error.problems)
        return
    for deal in conflict.deals:
        if not states_of(graph, deal).any():
            what = f"{deal.id} holds in no feasible state"
            problems.add("deal-infeasible", what, deal.place, severity="warning")
    for view in conflict.views:
        try:
            to_graph(seen_by(conflict, view.dm))
        except DetenteError as error:
            problems.extend(error.problems)
