"""Results -> words, tables, figures, pages and data. The only room that builds sentences.

It reads results and runs nothing. ``sentences`` says what is so; ``screen``, ``page`` and
``notebook`` show it; ``listing`` puts it in tables, ``figures`` in pictures, ``data`` in JSON.

Figures, tables and notebook cards are loaded when they are first asked for: most commands need
none of them, and every command waits for what stands here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.analysis import Findings
from detente.analysis.replay import Replay
from detente.display import html_of
from detente.record import Standing
from detente.report.data.findings import findings_data
from detente.report.sentences.words import Words
from detente.report.tables import Table
from detente.stability import StabilityTable

if TYPE_CHECKING:
    from detente.report.figures import (
        Figure,
        plot_deals,
        plot_evolution,
        plot_quantity,
        plot_replay,
        plot_stability,
        plot_timeline,
    )
    from detente.report.listing import table, tables_of

__all__ = [
    "Figure",
    "Table",
    "Words",
    "findings_data",
    "plot_deals",
    "plot_evolution",
    "plot_quantity",
    "plot_replay",
    "plot_stability",
    "plot_timeline",
    "table",
    "tables_of",
]

#: name -> the room it is loaded from when it is first asked for
_LATER = {
    "Figure": "figures",
    "plot_deals": "figures",
    "plot_evolution": "figures",
    "plot_quantity": "figures",
    "plot_replay": "figures",
    "plot_stability": "figures",
    "plot_timeline": "figures",
    "table": "listing",
    "tables_of": "listing",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def _card(result: object) -> str:
    found: str = import_module(f"{__name__}.notebook.results").card_of(result)
    return found


for _kind in (Table, StabilityTable, Findings, Standing, Replay):
    html_of.register(_kind, _card)
