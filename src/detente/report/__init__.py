"""Results -> words, tables, figures, pages and data. The only room that builds sentences.

It reads results and runs nothing. ``sentences`` says what is so; ``screen``, ``page`` and
``notebook`` show it; ``listing`` puts it in tables, ``figures`` in pictures, ``data`` in JSON.
"""

import detente.report.notebook.results  # noqa: F401 - tells how results show themselves
from detente.report.data.findings import findings_data
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
from detente.report.sentences.words import Words
from detente.report.tables import Table

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
