"""How a source words what it says: its loaded and evaluative words, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from detente.reading.found import Manner, Span
from detente.reading.layout import Layout
from detente.reading.words import word_list

__all__ = ["manner_of"]

#: the heading under which expressions stand that judge nobody, such as a sanctions regime
_NEUTRAL = "no judgement"
#: what may stand between the words of an expression
_GAP = r"[\s\-\u2010\u2011]{1,4}"


def manner_of(layout: Layout, quotations: Iterable[Span]) -> Manner:
    """Count the loaded and evaluative words that are the source's own.

    Furniture and what stands inside a quotation are left out. A judgement that the text reports
    without quoting it counts as well: rules cannot tell it from the source's own.

    Parameters
    ----------
    layout : Layout
    quotations : iterable of Span
        The words without their marks; they may overlap.

    Returns
    -------
    Manner
        Base forms in the order of their counts, then of the alphabet.
    """
    pattern, bases = _expressions()
    counts: Counter[str] = Counter()
    words = 0
    for part in _own(layout, quotations):
        words += sum(1 for _ in layout.words(part))
        # lowered part by part: a pattern that ignores case takes several times as long
        for found in pattern.finditer(layout.text[part.start : part.end].lower()):
            assert found.lastindex is not None
            counts[bases[found.lastindex - 1]] += 1
    counts.pop("", None)
    return Manner(words, dict(sorted(counts.items(), key=lambda one: (-one[1], one[0]))))


def _own(layout: Layout, quotations: Iterable[Span]) -> Iterator[Span]:
    """Yield the parts of the content that stand outside quotations."""
    apart = sorted(quotations)
    at = 0
    for paragraph in layout.content:
        start, end = paragraph.span
        # what begins before the paragraph and reaches into it was seen with an earlier one
        while at < len(apart) and apart[at].start < end:
            if apart[at].start > start:
                yield Span(start, apart[at].start)
            start = max(start, min(end, apart[at].end))
            if apart[at].end > end:
                break
            at += 1
        if start < end:
            yield Span(start, end)


@cache
def _expressions() -> tuple[re.Pattern[str], Sequence[str]]:
    """Return one pattern of all expressions, and the base form of each of its groups."""
    forms = [
        (form.lower(), "" if heading == _NEUTRAL else base)
        for heading, under in word_list("loaded").items()
        for base, given in under.items()
        for form in given
    ]
    # the longest comes first, so that it is found before its parts; one branch for each first
    # letter keeps the search short, and so does a group that is empty and stands last: the letters
    # then are seen before it
    forms.sort(key=lambda one: (one[0][0], -len(one[0]), one[0]))
    branches: dict[str, list[str]] = {}
    for form, _ in forms:
        inner = _GAP.join(re.escape(word) for word in re.split(r"[ -]", form[1:].rstrip("*")))
        ending = r"\w*" if form.endswith("*") else ""
        branches.setdefault(form[0], []).append(f"{inner}{ending}()")
    joined = "|".join(re.escape(first) + f"(?:{'|'.join(b)})" for first, b in branches.items())
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)"), [base for _, base in forms]
