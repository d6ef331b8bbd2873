"""Solution concepts, one file each, written once on top of `fold`."""

from detente.stability.table import CONCEPTS, StabilityTable, analyse, default_concepts

__all__ = ["CONCEPTS", "StabilityTable", "analyse", "default_concepts"]
