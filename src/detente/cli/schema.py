"""``detente schema``: the shape of a record file, for editors."""

from __future__ import annotations

from detente.cli.screen import show_json
from detente.record.schema import record_schema

__all__ = ["schema"]


def schema() -> int:
    """Print the JSON Schema of the files of a record, for editors that complete and check."""
    show_json(record_schema())
    return 0
