"""Solution concepts, one file each, written once on top of `fold`."""

from detente.stability.explain import Held, Reason, Sanction, explain
from detente.stability.table import CONCEPTS, StabilityTable, default_concepts, stability_table

__all__ = [
    "CONCEPTS",
    "Held",
    "Reason",
    "Sanction",
    "StabilityTable",
    "default_concepts",
    "explain",
    "stability_table",
]
