"""Every mistake a user can make: its code, its place, what was found, the rule, the remedy.

A problem is printed as ``file:line:column CODE message``. The codes are stable and part of the
public interface; `RULES` is the one table of them, and `docs/reference/errors.md` explains each.
"""

from detente.errors.problems import (
    DetenteError,
    Place,
    Problem,
    Problems,
    Severity,
    nearest,
    shortened,
)
from detente.errors.rules import RULES

__all__ = [
    "RULES",
    "DetenteError",
    "Place",
    "Problem",
    "Problems",
    "Severity",
    "nearest",
    "shortened",
]

# tracebacks name the path by which it is imported
DetenteError.__module__ = __name__
