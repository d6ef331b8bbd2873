"""A mistake with its place, and a list of them in the making."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from detente.errors.rules import RULES

__all__ = ["DetenteError", "Place", "Problem", "Problems", "Severity", "nearest", "shortened"]

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A position in a text of the user's: file, line and column, both counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def right(self, characters: int) -> Place:
        """Return the place that many characters further on the same line."""
        return Place(self.file, self.line, self.column + characters)


@dataclass(frozen=True)
class Problem:
    """One mistake: a stable code, what was found, and where."""

    code: str
    what: str
    place: Place | None = None
    suggestion: str | None = None
    severity: Severity = "error"

    def __post_init__(self) -> None:
        if self.code not in RULES:
            raise ValueError(f"unknown problem code {self.code!r}")

    @property
    def rule(self) -> str:
        """Return the rule that was broken."""
        return RULES[self.code][0]

    @property
    def remedy(self) -> str:
        """Return what to do about it; a near name if there is one."""
        if self.suggestion is not None:
            return f"did you mean {self.suggestion!r}?"
        return RULES[self.code][1]

    def __str__(self) -> str:
        where = f"{self.place} " if self.place else ""
        return f"{where}{self.code} {self.what}; {self.rule}; {self.remedy}"


class DetenteError(Exception):
    """One or more problems that keep an answer from being given.

    Attributes
    ----------
    problems : tuple of Problem
        All of them, in the order of the text.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(problems)
        self.problems: tuple[Problem, ...] = found
        super().__init__("\n".join(str(problem) for problem in found))


@dataclass
class Problems:
    """A list of problems in the making, so that a file's mistakes are told all at once."""

    found: list[Problem] = field(default_factory=list)

    def add(
        self,
        code: str,
        what: str,
        place: Place | None = None,
        *,
        suggestion: str | None = None,
        severity: Severity = "error",
    ) -> None:
        """Note one problem and go on."""
        self.found.append(Problem(code, what, place, suggestion, severity))

    def nearest(self, name: str, names: Sequence[str]) -> str | None:
        """Return what a name was probably meant to be, for the first fifty problems only."""
        return nearest(name, names) if len(self.found) < 50 else None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were collected elsewhere."""
        self.found.extend(problems)

    @property
    def codes(self) -> set[str]:
        """Return the codes of all problems noted."""
        return {problem.code for problem in self.found}

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return the errors in the order of the text."""
        return tuple(problem for problem in self.sorted() if problem.severity == "error")

    def sorted(self) -> tuple[Problem, ...]:
        """Return all problems in the order of the text."""
        first = Place("")
        return tuple(sorted(self.found, key=lambda problem: problem.place or first))

    def raise_if_any(self) -> None:
        """Raise `DetenteError` with everything noted if there is at least one error."""
        if self.errors:
            raise DetenteError(self.sorted())


def shortened(text: str, most: int = 60) -> str:
    """Return a text for a message, cut with three dots where it is longer than `most`."""
    return text if len(text) <= most else text[: most - 3] + "..."


def nearest(name: str, names: Sequence[str]) -> str | None:
    """Return the one of `names` that `name` was probably meant to be, or None."""
    close = difflib.get_close_matches(name[:200], names, n=1, cutoff=0.6)
    return close[0] if close else None
