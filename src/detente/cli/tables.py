"""``--table`` and ``--csv``: one table of an answer, for the screen or for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente import report
from detente.cli.screen import show, show_csv, width
from detente.errors import DetenteError, Problem
from detente.report.screen.sections import long_table_screen

__all__ = ["refuse_together", "show_table", "table_asked"]


def table_asked(name: str | None, *, csv: bool, json: bool) -> bool:
    """Tell whether a table is asked for in place of the whole answer.

    Raises
    ------
    DetenteError
        ``bad-usage`` where JSON is asked for too.
    """
    asked = csv or name is not None
    if asked and json:
        what = f"{'--csv' if csv else '--table'} and --json ask for two forms; ask for one"
        raise DetenteError(Problem("bad-usage", what))
    return asked


def show_table(result: Any, name: str | None, *, csv: bool, all_states: bool = False) -> None:
    """Print one table of a result, by default the first."""
    found = report.table(result, name, all_states=all_states)
    if csv:
        show_csv(found)
    else:
        show(long_table_screen(found, width=width()))


def refuse_together(option: str, others: Mapping[str, bool]) -> None:
    """Refuse options that have no effect beside one that asks for something else.

    Raises
    ------
    DetenteError
        ``bad-usage``, naming those that were given.
    """
    given = [other for other, asked in others.items() if asked]
    if given:
        what = f"beside {option} nothing is told of {' and '.join(given)}; ask in two runs"
        raise DetenteError(Problem("bad-usage", what))
