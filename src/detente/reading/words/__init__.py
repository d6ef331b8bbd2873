"""Lists of words that the rules of reading know, one text file for each use.

A line is ``base: form, form``, or a base alone, which then is its only form; ``*`` at the end of a
form stands for any ending. Lines stand under a heading in brackets; ``#`` begins a remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["word_list", "words_under"]


@cache
def word_list(name: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return a list of words: heading, then base form, then the forms that stand for it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    under: dict[str, tuple[str, ...]] = {}
    for line in files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        words = line.partition("#")[0].strip()
        if words.startswith("["):
            under = found.setdefault(words.strip("[] "), {})
        elif words:
            base, _, forms = words.partition(":")
            given = tuple(form.strip() for form in forms.split(",") if form.strip())
            under[base.strip().removesuffix("*")] = given or (base.strip(),)
    return found


@cache
def words_under(name: str, *headings: str) -> frozenset[str]:
    """Return all the forms that stand under some headings of a list."""
    found = word_list(name)
    return frozenset(form for one in headings for forms in found[one].values() for form in forms)
