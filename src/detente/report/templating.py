"""Templates of pages and figures, and how text from a dossier gets into them unharmed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["clean", "environment"]

#: what no XML text may hold: control characters, halves of a pair, and noncharacters
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: what turns the direction of all text after it, beyond the words it was written for
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return a text that can stand in a page or picture without reaching beyond itself.

    Characters that no page may hold become U+FFFD. Marks that turn the direction of what follows
    (U+202A to U+202E, U+2066 to U+2069) are left out: without their end, which a name need not
    have, they would turn our words too. Marks that only say how they themselves read stay.
    """
    return _TURNING.sub("", _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))


@cache
def environment() -> Environment:
    """Return the environment of all templates; everything put into one is cleaned and escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 40 ms
    from markupsafe import Markup  # noqa: PLC0415 - comes with it

    def finalize(value: Any) -> Any:
        return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    made = Environment(
        loader=PackageLoader("detente.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
    made.filters["n"] = number
    return made


def number(value: float) -> str:
    """Return a coordinate as short as it can be: a tenth of a pixel is not seen."""
    return f"{value:.1f}".removesuffix(".0")
