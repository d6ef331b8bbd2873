"""Catalog entries for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.report.sentences.phrases import CONCEPT_NAMES, KNOWN

__all__ = ["catalog_screen", "entry_screen"]


def catalog_screen(entries: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return the list of catalog entries, from their plain data."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("slug", no_wrap=True)
    table.add_column("known", no_wrap=True)
    table.add_column("title", ratio=1)
    for entry in entries:
        table.add_row(entry["slug"], entry["known"], entry["title"])
    return Group(
        table, Text("\nMore: detente catalog SLUG; run one: detente analyze SLUG", style="dim")
    )


def entry_screen(entry: Mapping[str, Any], computed: Mapping[str, list[int]]) -> RenderableType:
    """Return one catalog entry, its printed answers beside ours."""
    parts: list[RenderableType] = [
        Text(entry["title"], "bold"),
        Text(entry["summary"]),
        Text.assemble(("Source: ", "dim"), entry["citation"]),
        Text.assemble(("Known: ", "dim"), KNOWN[entry["known"]]),
    ]
    if entry["note"]:
        parts.append(Text.assemble(("Note: ", "dim"), entry["note"]))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("equilibria", no_wrap=True)
    for concept in computed:
        table.add_column(CONCEPT_NAMES[concept], overflow="fold")
    table.add_row("here", *(_listed(states) for states in computed.values()))
    for k, item in enumerate(entry["published"], 1):
        printed = item["equilibria"]
        cells = (_listed(printed[c]) if c in printed else "" for c in computed)
        table.add_row(f"printed [{k}]", *cells)
    parts.append(table)
    for k, item in enumerate(entry["published"], 1):
        parts.append(Text.assemble((f"[{k}] ", "dim"), f"{item['source']} ({item['known']})"))
        parts += [
            Text.assemble((f"{CONCEPT_NAMES[c]} differs: ", "dim"), why)
            for c, why in item["differs"].items()
        ]
    return Group(*(Padding(part, (0, 0, 1, 0)) for part in parts))


def _listed(states: Sequence[int]) -> str:
    if not states:
        return "none"
    if len(states) > 8:
        return f"{', '.join(map(str, states[:6]))}, … ({len(states):,})"
    return ", ".join(map(str, states))
