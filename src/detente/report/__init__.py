"""Results -> words, tables and data. The only room that builds sentences; it runs nothing."""

from detente.report.data.findings import findings_data
from detente.report.sentences.words import Words

__all__ = ["Words", "findings_data"]
