"""Results -> words, tables and data. The only room that builds sentences; it runs nothing."""

from detente.report.findings_data import findings_data
from detente.report.words import Words

__all__ = ["Words", "findings_data"]
