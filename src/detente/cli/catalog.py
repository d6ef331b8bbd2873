"""``detente catalog``: published conflicts and their published answers."""

from __future__ import annotations

import sys

import numpy as np

from detente.catalog import entries, load_entry
from detente.cli.screen import Flag, show, show_json
from detente.errors import DetenteError, Problem
from detente.report.screen.catalog import catalog_screen, entry_screen
from detente.study import analyze

__all__ = ["catalog"]


def catalog(
    slug: str | None = None,
    /,
    *,
    model: Flag = False,
    json: Flag = False,
) -> int:
    """List the catalog, or show one entry: its source, its printed answers, and ours.

    Parameters
    ----------
    slug
        The entry.
    model
        Print the text of its model file, to start a model of your own from.
    json
        Print JSON.
    """
    if model and (slug is None or json):
        what = "--model goes with a slug and without --json"
        raise DetenteError(Problem("bad-usage", what))
    if slug is None:
        found = [entry.data() for entry in entries()]
        if json:
            show_json(found)
        else:
            show(catalog_screen(found))
        return 0
    entry = load_entry(slug)
    if model:
        sys.stdout.write(entry.model_text)
        return 0
    table = analyze(entry.slug).table
    computed = {c: (np.flatnonzero(table.equilibria(c)) + 1).tolist() for c in table.concepts}
    if json:
        show_json({**entry.data(), "equilibria": computed})
    else:
        show(entry_screen(entry.data(), computed))
    return 0
