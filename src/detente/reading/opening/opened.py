"""What opening a page, a mail or a plain text yields, whichever it was."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.errors import Problem
from detente.reading.article import Format, Known
from detente.reading.found import Span

__all__ = ["Opened"]


@dataclass
class Opened:
    """A text in the making, with what is known about it.

    Attributes
    ----------
    text : str
    format : str
        What it turned out to be; a page that a browser saved as a mail is a page.
    facts : dict of str to str
        ``title``, ``author``, ``published``, ``publisher``, ``url``, as far as they are known.
    known : dict of str to str
        How each of the facts is known.
    furniture : tuple of Span
    problems : list of Problem
    """

    text: str = ""
    format: Format = "text"
    facts: dict[str, str] = field(default_factory=dict)
    known: dict[str, Known] = field(default_factory=dict)
    furniture: tuple[Span, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    def note(self, what: str, value: str | None, known: Known) -> None:
        """Note a fact, unless it is known already or there is nothing to note."""
        value = " ".join((value or "").split())[:500]
        if value and what not in self.facts:
            self.facts[what] = value
            self.known[what] = known
