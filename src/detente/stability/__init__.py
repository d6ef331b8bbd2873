"""Solution concepts, one file each, written once on top of `fold`."""

from detente.stability.coalition import CoalitionTable, coalition_table, composite, jumps
from detente.stability.explain import Held, Reason, Sanction, explain
from detente.stability.farsight import limited_move, maximin, non_myopic
from detente.stability.table import CONCEPTS, StabilityTable, default_concepts, stability_table

__all__ = [
    "CONCEPTS",
    "CoalitionTable",
    "Held",
    "Reason",
    "Sanction",
    "StabilityTable",
    "coalition_table",
    "composite",
    "default_concepts",
    "explain",
    "jumps",
    "limited_move",
    "maximin",
    "non_myopic",
    "stability_table",
]
