"""Amounts with their unit: exact numbers, bounds, ranges and estimates, compared only when alike.

Numbers are kept as exact fractions, so that 300 kg UF6 and 202.8 kg U are equal and not nearly
so. What is not of one kind is never compared: mass of uranium with mass of something else, dollars
with euros, machines with kilograms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from detente.errors import DetenteError, Problem, nearest

__all__ = [
    "UNITS",
    "Amount",
    "AmountError",
    "Operator",
    "compare",
    "parse_amount",
    "unit_of",
    "within",
]

Operator = Literal["=", "<", "<=", ">", ">="]

#: mass of uranium in one kilogram of uranium hexafluoride, as the JCPOA's 300 kg UF6 = 202.8 kg U
_URANIUM = Fraction(676, 1000)

#: unit -> (what it measures, how many base units it is)
UNITS: Mapping[str, tuple[str, Fraction]] = {
    "": ("count", Fraction(1)),
    "g": ("mass", Fraction(1, 1000)),
    "kg": ("mass", Fraction(1)),
    "t": ("mass", Fraction(1000)),
    "g U": ("mass of uranium", Fraction(1, 1000)),
    "kg U": ("mass of uranium", Fraction(1)),
    "t U": ("mass of uranium", Fraction(1000)),
    "kg UF6": ("mass of uranium", _URANIUM),
    "t UF6": ("mass of uranium", 1000 * _URANIUM),
    "%": ("share", Fraction(1)),
    "percent": ("share", Fraction(1)),
    "MWth": ("thermal power", Fraction(1)),
    "MWe": ("electric power", Fraction(1)),
    "days": ("time", Fraction(1)),
    "day": ("time", Fraction(1)),
    "barrels/day": ("oil flow", Fraction(1)),
    "km": ("length", Fraction(1)),
}

_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_AMOUNT = re.compile(
    rf"(?P<sign><=|>=|<|>|=|~)?\s*(?P<low>{_NUMBER})(?:\s*\.\.\s*(?P<high>{_NUMBER}))?"
    r"(?P<unit>\D.*)?"
)


class AmountError(ValueError):
    """A text is no amount."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What was measured or allowed.

    Attributes
    ----------
    text : str
        As it was written.
    low, high : Fraction or None
        Its bounds in the unit it was written in; None where there is none. Equal for a figure.
    open_low, open_high : bool
        Whether the bound itself is excluded (``<``, ``>``).
    unit : str
        As it was written, without a multiplier.
    measures : str
        What the unit measures: amounts are compared only when this is the same.
    factor : Fraction
        How many base units one unit is.
    estimate : bool
        Whether it is marked ``~``.
    base : tuple of Fraction or None
        `low` and `high` in base units; worked out.
    """

    text: str
    low: Fraction | None
    high: Fraction | None
    unit: str
    measures: str
    factor: Fraction
    open_low: bool = False
    open_high: bool = False
    estimate: bool = False
    base: tuple[Fraction | None, Fraction | None] = (None, None)

    def __post_init__(self) -> None:
        low, high, factor = self.low, self.high, self.factor
        bounds = None if low is None else low * factor, None if high is None else high * factor
        # a record compares its amounts again for every question
        object.__setattr__(self, "base", bounds)

    def __str__(self) -> str:
        return self.text

    @property
    def figure(self) -> Fraction | None:
        """Return the one number it gives, in its own unit, or None for a bound or a range."""
        return self.low if self.low == self.high else None


def parse_amount(text: str) -> Amount:
    """Return an amount.

    Parameters
    ----------
    text : str
        A number with its unit: ``174.1 kg U``, ``<= 300 kg UF6``, ``~ 2441.3 kg U`` (an
        estimate), ``100 .. 120 t``, ``10 billion USD``, ``5060`` (a count).

    Raises
    ------
    AmountError
        If the text is no amount, or its unit is not known.

    Examples
    --------
    >>> compare(parse_amount("300 kg UF6"), parse_amount("202.8 kg U"))
    0
    """
    found = _AMOUNT.fullmatch(text.strip()) if len(text) <= 80 else None
    if found is None:
        shown = text if len(text) <= 40 else text[:37] + "..."
        example = "174.1 kg U, <= 300 kg UF6, ~ 10 kg, 100 .. 120 t or 5060"
        raise AmountError(f"{shown!r} is no amount; it is written {example}")
    unit, measures, factor = unit_of((found["unit"] or "").strip())
    sign, low = found["sign"], Fraction(found["low"])
    high = Fraction(found["high"]) if found["high"] else low
    if found["high"] and sign not in (None, "~"):
        raise AmountError(f"{text!r} has a range and {sign}")
    if high < low:
        raise AmountError(f"{text!r} ends below where it begins")
    return Amount(
        text.strip(),
        None if sign in ("<", "<=") else low,
        None if sign in (">", ">=") else high,
        unit,
        measures,
        factor,
        sign == ">",
        sign == "<",
        sign == "~",
    )


def unit_of(text: str) -> tuple[str, str, Fraction]:
    """Return a unit as written, what it measures, and how many base units it is.

    Raises
    ------
    AmountError
        If it is not known.
    """
    if text in UNITS:
        return (text, *UNITS[text])
    first, _, rest = text.partition(" ")
    if first in _TIMES:
        _, measures, factor = unit_of(rest.strip())
        return text, measures, factor * _TIMES[first]
    if _CURRENCY.fullmatch(text):
        return text, f"money in {text}", Fraction(1)
    near = nearest(text, [*UNITS, *_TIMES])
    known = ", ".join(unit for unit in UNITS if unit)
    hint = f"; did you mean {near!r}?" if near else ""
    raise AmountError(f"{text[:40]!r} is no unit{hint}; units are {known}, a currency such as USD")


def alike(a: Amount, b: Amount) -> None:
    """Raise `DetenteError` (``unlike-units``) unless two amounts measure the same thing."""
    if a.measures != b.measures:
        what = f"{a.text!r} is {a.measures}, {b.text!r} is {b.measures}"
        raise DetenteError(Problem("unlike-units", what))


def compare(a: Amount, b: Amount) -> int | None:
    """Compare two amounts.

    Returns
    -------
    int or None
        -1, 0 or 1 where `a` is certainly less than, equal to or more than `b`; None where their
        bounds leave it open.

    Raises
    ------
    DetenteError
        ``unlike-units`` if they do not measure the same thing.
    """
    alike(a, b)
    (a_low, a_high), (b_low, b_high) = a.base, b.base
    if a_low is not None and a_low == a_high == b_low == b_high:
        return 0
    if a_high is not None and b_low is not None:
        apart = a.open_high or b.open_low
        if a_high < b_low or (apart and a_high == b_low):
            return -1
    if a_low is not None and b_high is not None:
        apart = a.open_low or b.open_high
        if a_low > b_high or (apart and a_low == b_high):
            return 1
    return None


def within(observed: Amount, limit: Amount) -> bool | None:
    """Tell whether what was observed keeps to a limit.

    Parameters
    ----------
    observed : Amount
    limit : Amount
        ``<= x``, ``< x``, ``>= x``, ``> x``, a range, or a figure that is to be met exactly.

    Returns
    -------
    bool or None
        None where the bounds of what was observed leave it open.

    Raises
    ------
    DetenteError
        ``unlike-units``.
    """
    alike(observed, limit)
    (low, high), (least, most) = observed.base, limit.base
    inside: list[bool | None] = []
    opens = observed.open_low, observed.open_high
    if most is not None:
        strict = limit.open_high
        inside.append(
            _side(high, low, most, worst_open=opens[1], best_open=opens[0], strict=strict)
        )
    if least is not None:
        # a lower bound is an upper bound on the other side of zero
        worst, best = None if low is None else -low, None if high is None else -high
        strict = limit.open_low
        inside.append(
            _side(worst, best, -least, worst_open=opens[0], best_open=opens[1], strict=strict)
        )
    if False in inside:
        return False
    return None if None in inside else True


def _side(
    worst: Fraction | None,
    best: Fraction | None,
    most: Fraction,
    *,
    worst_open: bool,
    best_open: bool,
    strict: bool,
) -> bool | None:
    """Tell whether a value between `best` and `worst` is at most (`strict`: below) `most`."""
    if worst is not None:
        order = _order(worst, most)
        if order < 0 or (order == 0 and (worst_open or not strict)):
            return True
    if best is not None:
        order = _order(best, most)
        if order > 0 or (order == 0 and (best_open or strict)):
            return False
    return None


def _order(a: Fraction, b: Fraction) -> int:
    """Return a number that is negative, zero or positive as `a` is less, equal or more.

    A record holds every limit against its observations for every question, and whole numbers are
    compared four times as fast as fractions.
    """
    return a.numerator * b.denominator - b.numerator * a.denominator
