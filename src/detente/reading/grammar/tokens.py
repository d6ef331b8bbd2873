"""A sentence as tagged words: one letter a word, so that grammar is a pattern over a string.

=====  ==================================================================================
``d``  the, a, some, several ...            ``h``  his, her, its, their, our
``p``  he, she, it, they, we, I             ``#``  a number
``N``  a name: a capitalised word that is nothing of what follows
``S``  a state, its capital or its people   ``T``  Mr, Dr, Sheikh: before a name
``O``  an office: minister, spokesman       ``I``  a body: ministry, party, rebels
``J``  what stands before an office or a body: foreign, deputy, ruling
``'``  a possessive ending                  ``o``  of, for, to, at, in (may tie two phrases)
``&``  and, &, or                           ``a``  an adverb or auxiliary
``V``  said, rejected, calls                ``G``  saying, rejecting
``Q``  a whole quotation                    ``x``  any other word
``,`` ``:`` ``.`` ``-`` ``(`` ``)`` ``/`` ``"``  signs
=====  ==================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.reading.cues.verbs import form_of
from detente.reading.found import Span
from detente.reading.grammar import lexicon
from detente.reading.grammar.states import state_of, state_phrases
from detente.reading.words.patterns import word_set

__all__ = ["Tokens", "lower_words"]

_TOKEN = re.compile(
    r"(?P<dotted>(?:[^\W\d_]\.){2,})"
    r"|(?P<handle>@\w+)"
    r"|(?P<number>[$€£]?\d[\d.,:]*\d%?|\d%?)"
    r"|(?P<word>[^\W\d_][^\W_]*(?:[’'&.‑-][^\W_]+)*\+?\d*)"
    r"|(?P<sign>[^\w\s])",
)
_POSSESSIVE = re.compile(r"[’'](?:[sS]|re|ve|ll|d|m)?$")
_SIGNS = {
    ",": ",", ";": ",", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "/": "/", "&": "&",
    "–": "-", "—": "-", "-": "-", ".": ".", "!": ".", "?": ".", "…": ".", "‑": "-",
    "“": '"', "”": '"', '"': '"', "«": '"', "»": '"', "„": '"', "‘": '"', "’": '"', "'": '"',
}  # fmt: skip
_SURE = {"number": "#", "handle": "N"}
_TIES = frozenset({"of", "for", "to", "at", "in"})
_ANDS = frozenset({"and", "&", "or"})
#: firmly, won't
_ADVERB = re.compile(r"(?:..ly|n[’']t)$")
#: largest, regional, famous: may stand before an office
_ADJECTIVE = re.compile(r"...(?:[^so]al|ical|[^rl]ic|ive|ous|ary|ish|est|less|ful|ian)$")
_LOWER = re.compile(r"(?<![\w’'.@-])[a-z][a-z]+(?![\w@])")
_LONGEST_STATE = max(map(len, state_phrases()))
_STATES_BEGIN = frozenset(words[0] for words in state_phrases())


def lower_words(text: str) -> frozenset[str]:
    """Return the words that a text writes in lower case: capitalised they are no names."""
    return frozenset(_LOWER.findall(text))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a stretch of text, with a tag each.

    Attributes
    ----------
    text : str
        The whole text.
    spans : sequence of Span
        One for each word.
    tags : str
        One letter for each word.
    """

    text: str
    spans: list[Span]
    tags: str

    @classmethod
    def of(
        cls,
        text: str,
        span: Span,
        *,
        known: Collection[str] = (),
        whole: Sequence[Span] = (),
    ) -> Tokens:
        """Tag the words of a span.

        Parameters
        ----------
        text : str
        span : Span
        known : collection of str
            Words that the text writes in lower case as well; at the start of a sentence they are
            no names.
        whole : sequence of Span
            Quotations with their marks, in order; each is one word.
        """
        spans: list[Span] = []
        tags: list[str] = []
        at, starts = span.start, True
        for quotation in whole:
            _tag_all(text, Span(at, quotation.start), spans, tags, starts=starts, known=known)
            spans.append(quotation)
            tags.append("Q")
            at = quotation.end
            # after “We will.” a new sentence begins, after “We will,” the same goes on
            starts = text[max(quotation.start, at - 2) : at].strip("”’\"'»")[-1:] in (".", "!", "?")
        _tag_all(text, Span(at, span.end), spans, tags, starts=starts, known=known)
        return cls(text, spans, _with_states(text, spans, tags))

    def word(self, index: int) -> str:
        """Return the word at an index."""
        start, end = self.spans[index]
        return self.text[start:end]

    def words(self, start: int, end: int) -> str:
        """Return the text from one word up to but without another."""
        return self.text[self.spans[start].start : self.spans[end - 1].end] if end > start else ""


def _tag_all(
    text: str,
    span: Span,
    spans: list[Span],
    tags: list[str],
    *,
    starts: bool,
    known: Collection[str],
) -> None:
    """Add the words of a span, which holds no quotation, with their tags."""
    for found in _TOKEN.finditer(text, span.start, span.end):
        kind, start, end = found.lastgroup, found.start(), found.end()
        before = tags[-1] if tags else ""
        if kind == "sign":
            tag = _SIGNS.get(found.group(), "x")
            spans.append(Span(start, end))
            tags.append(tag)
            starts = starts or tag in '".:('
            continue
        tail = None
        if kind == "word":
            tail = _POSSESSIVE.search(found.group())
            if tail is None and end < span.end and text[end] in "’'" and text[end - 1] == "s":
                # the workers' union: an ending without s
                after = text[end + 1 : end + 3]
                if len(after) == 2 and after[0] == " " and after[1].isalnum():
                    spans += [Span(start, end), Span(end, end + 1)]
                    tags += [_tag(found.group(), starts=starts, known=known, before=before), "'"]
                    starts = False
                    continue
        if tail is not None:
            cut = start + tail.start()
            spans += [Span(start, cut), Span(cut, end)]
            word = text[start:cut]
            # he's, it's, that's are no possessives
            verb = word.lower() in _CONTRACTED or end - cut > 2
            tags += [_tag(word, starts=starts, known=known, before=before), "a" if verb else "'"]
        else:
            spans.append(Span(start, end))
            if kind in _SURE:
                tags.append(_SURE[kind])
            else:
                tags.append(_tag(found.group(), starts=starts, known=known, before=before))
        starts = False


_CONTRACTED = lexicon.PRONOUNS | frozenset(["that", "there", "what", "here", "where", "let", "how"])


def _tag(word: str, *, starts: bool, known: Collection[str], before: str) -> str:
    beside = before if before in ("N", "T", "O") else ""
    return _tag_of(word, starts, starts and word.lower() in known, beside)


@lru_cache(maxsize=65_536)
def _tag_of(word: str, starts: bool, known: bool, before: str) -> str:
    lower = word.lower()
    # "It" in the middle of a sentence is still "it", but "US" is never "us"
    if lower in _FUNCTION and not (word.isupper() and len(word) > 1 and state_of(word)):
        return _FUNCTION[lower]
    capital = word[0].isupper()
    if capital and state_of(word):
        return "S"
    if lower in lexicon.TITLES and capital:
        return "T"
    if lower in lexicon.OFFICES:
        return "O"
    if lower in lexicon.INSTITUTIONS:
        return "I"
    if lower in lexicon.MODIFIERS:
        return "J"
    if not capital:
        if lower in lexicon.ADVERBS or _ADVERB.search(lower):
            return "a"
        form = form_of(lower)
        if form is not None:
            return "G" if form.shape == "ing" else "V"
        if lower in lexicon.PARTICLES:
            return "n"
        # mid-level, then-president: made for the place before an office
        last = lower.rsplit("-", 1)[-1]
        if "-" in lower:
            return "O" if last in lexicon.OFFICES else "j"
        return "j" if _ADJECTIVE.search(lower) else "x"
    if starts and (form := form_of(lower)) is not None and form.shape == "ing":
        return "G"
    if starts and (lower in lexicon.COMMON or known or lower.endswith("ly")):
        return "a" if lower in lexicon.ADVERBS else "x"
    if lower in _NEVER_NAMES and not (before in ("O", "T") and not lower.endswith("day")):
        return "x"
    if lower == "may" and before not in ("N", "T", "O"):
        return "x"
    last = lower.rsplit("-", 1)[-1]
    return "O" if "-" in lower and last in lexicon.OFFICES else "N"


_FUNCTION: dict[str, str] = {
    **dict.fromkeys(lexicon.DETERMINERS, "d"),
    **dict.fromkeys(lexicon.POSSESSIVES, "h"),
    **dict.fromkeys(lexicon.PRONOUNS, "p"),
    **dict.fromkeys(lexicon.NUMBERS, "#"),
    **dict.fromkeys(_TIES, "o"),
    **dict.fromkeys(_ANDS, "&"),
}
_NEVER_NAMES = word_set("never names")


def _with_states(text: str, spans: list[Span], tags: list[str]) -> str:
    """Tag names of states of more than one word: the words get one tag each, all ``S``."""
    phrases = state_phrases()
    index, most = 0, len(spans)
    while index < most:
        if tags[index] in "NSJd" and text[slice(*spans[index])] in _STATES_BEGIN:
            for length in range(min(_LONGEST_STATE, most - index), 1, -1):
                here = tuple(text[slice(*spans[index + k])] for k in range(length))
                if here in phrases:
                    tags[index : index + length] = "S" * length
                    index += length - 1
                    break
        index += 1
    return "".join(tags)
