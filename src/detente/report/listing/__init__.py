"""Tables of results: what a run, a standing, a timeline or a replay lists, by name."""

from detente.report.listing.results import table, tables_of

__all__ = ["table", "tables_of"]
