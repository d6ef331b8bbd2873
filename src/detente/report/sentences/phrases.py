"""The smallest parts of sentences: names of concepts and verdicts, counts, lists, quotation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

__all__ = [
    "CONCEPT_LINES",
    "CONCEPT_NAMES",
    "KNOWN",
    "NO_STATUS_QUO",
    "REACH_WORDS",
    "VERDICT_NAMES",
    "count",
    "decimal",
    "join",
    "ordinal",
    "quoted",
]

#: what is said in place of a verdict
NO_STATUS_QUO = "The model names no status quo, so there is no verdict."

#: how the inputs of an entry are known
KNOWN: Mapping[str, str] = {
    "seen": "inputs read in the source named",
    "recalled": "recalled from the literature, not compared with the printed page",
    "textbook": "a standard game",
    "compiled": "compiled for this project from the public record",
}

CONCEPT_NAMES = {
    "nash": "Nash",
    "gmr": "GMR",
    "smr": "SMR",
    "seq": "SEQ",
    "sseq": "SSEQ",
    "sim": "SIM",
}

#: when a state is stable for a side, by concept
CONCEPT_LINES = {
    "nash": "it has no move that it gains by",
    "gmr": "each move that it gains by can be answered by the others so that it ends no better "
    "off, whatever the answer costs them",
    "smr": "as GMR, and no further move of its own helps it then",
    "seq": "as GMR, but in the answer every step betters the one who takes it",
    "sseq": "as SEQ, and no further move of its own helps it then",
    "sim": "each move that it gains by ends no better for it if others make moves that they gain "
    "by at the same time",
}

VERDICT_NAMES = {
    "drift": "drift",
    "no-bargaining-space": "no bargaining space",
    "commitment-problem": "commitment problem",
    "fear-of-countermove": "fear of a countermove",
    "sequencing-problem": "sequencing problem",
    "misperception": "misperception",
    "open": "open",
}

#: how a deal is reached, in a word: each step a gain for its mover; those who gain together; only
#: with steps that gain their mover nothing; not at all
REACH_WORDS = {
    "improvements": "steps",
    "joint": "together",
    "moves": "moves",
    "unreachable": "never",
}


def join(parts: Iterable[str], word: str = "and") -> str:
    """Return ``a, b and c``."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def decimal(number: Fraction) -> str:
    """Return a number as people write it: ``2``, ``-3.5``, and ``1/3`` where decimals never end."""
    rest = number.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return f"{float(number):.12g}" if rest == 1 else str(number)


def count(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 state`` or ``3 states``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quoted(text: str) -> str:
    """Return a name in quotation marks."""
    return f"“{text}”"


def ordinal(number: int) -> str:
    """Return ``1st``, ``22nd``."""
    teens = 10 <= number % 100 <= 20
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
