"""Can these talks go anywhere? If not, why not, and what would have to change?

The way through the package, in the order of the data:

``detente.model``      a conflict in option form or as a graph; files in and out
``detente.graph``      states, moves and ranks as arrays; one operation on them, ``fold``
``detente.stability``  the solution concepts, one file each, and the reason for every answer
``detente.framing``    how things stood on a date makes the conflict of that date
``detente.analysis``   diagnosis, deals, unlocking, coalitions, evolution, misperception
``detente.report``     sentences, tables, figures (``plot_*``), pages, JSON
``detente.record``     the sourced record: files in, how things stood on a date and to whom
``detente.catalog``    published conflicts with their published answers
``detente.study``      one run from a path to findings, to a page, or for every turn of a record

>>> import detente
>>> findings = detente.analyze("prisoners-dilemma")
>>> findings.diagnosis.verdict
'sequencing-problem'
"""

from __future__ import annotations

from detente.analysis import Diagnosis, Findings, diagnose, evolution, unlock, zone
from detente.catalog import load_entry
from detente.errors import DetenteError, Problem
from detente.graph import Explicit, Graph, Grid, to_graph
from detente.model import Conflict, load_model, parse_model
from detente.record import Record, Standing, Viewpoint, load_record, timeline
from detente.report import Words, findings_data
from detente.stability import CONCEPTS, StabilityTable, explain, stability_table
from detente.study import analyze, page, replay

__all__ = [
    "CONCEPTS",
    "Conflict",
    "DetenteError",
    "Diagnosis",
    "Explicit",
    "Findings",
    "Graph",
    "Grid",
    "Problem",
    "Record",
    "StabilityTable",
    "Standing",
    "Viewpoint",
    "Words",
    "analyze",
    "diagnose",
    "evolution",
    "explain",
    "findings_data",
    "load_entry",
    "load_model",
    "load_record",
    "page",
    "parse_model",
    "replay",
    "stability_table",
    "timeline",
    "to_graph",
    "unlock",
    "zone",
]
