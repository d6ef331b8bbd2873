"""One reproducible run: from what the analyst names to findings. The only door for the fronts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from detente.analysis import Findings, Made, diagnose
from detente.catalog import find_entry, load_entry, slugs
from detente.document import Document, ListNode, MapNode, Node, Scalar, read_text
from detente.errors import DetenteError, Place, Problem, Problems, nearest, shortened
from detente.graph import Graph, Grid, status_quo_of, to_graph
from detente.graph.ranks import state_number
from detente.model import Conflict, gmcr, read_model
from detente.record import Record, read_record
from detente.record.entries import SECTIONS
from detente.record.load import MAX_BYTES as RECORD_BYTES
from detente.record.load import Loaded
from detente.stability import default_concepts, stability_table

__all__ = ["Source", "analyze", "check", "find_state", "open_record", "open_source"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Source:
    """What was read for a run: the conflict, how it was named, its hash, and warnings."""

    conflict: Conflict
    made: Made
    warnings: tuple[Problem, ...] = ()


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
        return _read(read_text(model), str(model), path)
    if not exists:
        slug = find_entry(path)
        if slug is not None:
            entry = load_entry(slug)
            return _read(entry.model_text, f"{slug}/model.yaml", slug)
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


def _read(text: str, name: str, source: str) -> Source:
    return Source(read_model(Document.parse(text, name)), _made(text, source))


def _read_gmcr(text: str, name: str) -> Source:
    conflict, warnings = gmcr.parse_gmcr(text, name)
    return Source(conflict, _made(text, name), warnings)


def _made(text: str, source: str) -> Made:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Made(source, digest, version("detente"))


def analyze(
    source: Source | str,
    *,
    sim: bool | None = None,
    status_quo: str | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Run the whole analysis of one conflict.

    Parameters
    ----------
    source : Source or str
        What `open_source` read, or a path for it.
    sim : bool, optional
        Whether simultaneous stability is computed; default: in option form up to 4,096 states.
    status_quo : str, optional
        A state to start from instead of the model's own; see `find_state`.
    progress : callable, optional
        Called with (steps of the stability analysis done, steps in all).

    Raises
    ------
    DetenteError
        With every problem found.
    """
    if isinstance(source, str):
        source = open_source(source)
    conflict = source.conflict
    graph = to_graph(conflict)
    concepts = [name for name in default_concepts(graph) if sim is not False or name != "sim"]
    if sim and "sim" not in concepts:
        concepts.append("sim")
    start = (
        status_quo_of(conflict, graph)
        if status_quo is None
        else find_state(conflict, graph, status_quo)
    )
    table = stability_table(graph, concepts, progress=progress)
    diagnosis = None if start is None else diagnose(graph, table, start)
    made = replace(source.made, status_quo=status_quo, concepts=table.concepts)
    return Findings(conflict, graph, table, diagnosis, made)


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
    loaded = _loaded(path)
    if loaded is None:
        raise DetenteError(Problem("no-record", f"{path} holds no record"))
    if loaded.record is None:
        raise DetenteError(loaded.problems)
    return loaded.record


def _loaded(path: str) -> Loaded | None:
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


def check(path: str) -> tuple[Problem, ...]:
    """Return every problem of what a path names, warnings included; empty when all is well.

    The record of a dossier is checked with its model; a file may be either.

    Raises
    ------
    DetenteError
        Only when there is nothing to check: no such path, or a folder that is no dossier.
    """
    # standard input can be read once, and is taken for a model
    loaded = None if path == "-" else _loaded(path)
    if loaded is None:
        return check_model(path)
    folder = Path(path)
    if folder.is_file() or (folder.is_dir() and not (folder / "model.yaml").exists()):
        return loaded.problems
    problems = Problems([*loaded.problems, *check_model(path)])
    if loaded.record is not None:
        _check_evidence(loaded.record, open_model(path), problems)
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


def open_model(path: str) -> Document | None:
    """Return the model of a dossier as a tree, or None where it is no YAML."""
    slug = None if Path(path).exists() else find_entry(path)
    folder = Path(path) if slug is None else load_entry(slug).folder
    try:
        return Document.parse(read_text(folder / "model.yaml"), f"{slug or path}/model.yaml")
    except DetenteError:
        return None


def check_model(path: str) -> tuple[Problem, ...]:
    """Return every problem of the model that a path names; see `check`."""
    try:
        source = open_source(path)
        to_graph(source.conflict)
    except DetenteError as error:
        if {problem.code for problem in error.problems} <= {"no-such-path", "not-a-dossier"}:
            raise
        return error.problems
    problems = Problems(list(source.warnings))
    if source.conflict.status_quo is None:
        problems.add(
            "no-status-quo",
            "the model names no status quo",
            source.conflict.place,
            severity="warning",
        )
    return problems.sorted()


def find_state(conflict: Conflict, graph: Graph, text: str) -> int:
    """Return the index of the state an analyst names.

    Parameters
    ----------
    text : str
        Its number (from 1), its pattern of Y and N, or its id in a conflict given as a graph;
        an id comes before a number.

    Raises
    ------
    DetenteError
        ``unknown-state``.
    """
    text = text.strip()
    if conflict.graph is not None and text in conflict.graph.ids:
        return conflict.graph.ids.index(text)
    number = state_number(text, graph.size)
    if number is not None:
        return number
    pattern = text.upper()
    if (
        isinstance(graph, Grid)
        and len(text) == len(conflict.column_names)
        and set(pattern) <= set("YN-")
    ):
        found = graph.space.matching(pattern)
        if len(found) == 1:
            return int(found[0])
    what = f"{text[:60]!r} is no state; they are numbered 1 to {graph.size:,}"
    raise DetenteError(Problem("unknown-state", what))
