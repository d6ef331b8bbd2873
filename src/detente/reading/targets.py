"""Who is put under sanctions: the numbers and names in the phrase that tells of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from detente.reading.found import Span, Who
from detente.reading.words import word_list, words_under

__all__ = ["OWNS", "Targets", "Token", "targets_in", "tokens_of"]

_TOKEN = re.compile(
    r"\([^()]{0,80}\)|[$€£]\s?\d[\d,.]*|\d(?:[\d,.]*\d)?(?:%|-?[^\W\d_]+)*"
    r"|[^\W\d_]+(?:[\u2019'.&-]\w+)*[\u2019']?|[^\s\w]"
)
#: how a word ends that owns what follows
OWNS = ("\u2019s", "'s", "s\u2019", "s'")

_ONES = tuple(word_list("numbers")["ones"])
_TENS = tuple(word_list("numbers")["tens"])
_NUMBERS = {word: k for k, word in enumerate(_ONES, start=1)}
_NUMBERS |= {word: 10 * k for k, word in enumerate(_TENS, start=2)}
_NUMBERS |= {f"{ten}-{one}": _NUMBERS[ten] + _NUMBERS[one] for ten in _TENS for one in _ONES[:9]}
_NUMBERS |= {"a": 1, "an": 1, "another": 1, "both": 2, "hundred": 100}
#: words before a number that change nothing about what is counted
_LEAD = words_under("phrases", "before numbers")
_DEFINITE = frozenset(["the", "its", "their", "his", "her"])
#: a phrase that names somebody ends before these
_ENDS = words_under("phrases", "phrase ends")
_MARKS = frozenset(",;:?!\u2013\u2014")
#: from here on the phrase tells why, and names others than the targets
_WHY = words_under("phrases", "why")
#: here the clause is over
_OVER = words_under("phrases", "clause over") | {";", "\u2013", "\u2014"}
#: who speaks is no target: "..., a minister said"
_SPEECH = words_under("phrases", "speech")
_TRAILING = words_under("phrases", "after heads")


class Token(NamedTuple):
    """A word, a number, a bracket with what is in it, or a mark."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets that a phrase tells.

    Attributes
    ----------
    counts : mapping of str to int
    named : tuple of Who
        Those told by name, counted where no number counts them.
    against : Who or None
        The state, or else the group or organisation, that they belong to.
    first : Who or None
        The mention with which the phrase begins.
    end : int
        Where the phrase ends.
    """

    counts: Mapping[str, int]
    named: tuple[Who, ...]
    against: Who | None
    first: Who | None
    end: int


@cache
def _nouns() -> Mapping[str, str]:
    given = word_list("targets").items()
    return {form: kind for kind, under in given for forms in under.values() for form in forms}


def tokens_of(text: str, window: Span) -> list[Token]:
    """Return what a window of the text is made of, in lower case."""
    found = _TOKEN.finditer(text, window.start, window.end)
    return [Token(one.group().lower(), one.start(), one.end()) for one in found]


class _Item(NamedTuple):
    """One part of a list of targets: how many of a kind, who if named, and the token after it."""

    kind: str
    number: int
    who: Who | None
    after: int
    the: bool = False


def targets_in(text: str, window: Span, mentions: Sequence[Who]) -> Targets:
    """Count the targets in a phrase.

    Parameters
    ----------
    text : str
    window : Span
        Where the phrase begins, and the last place where it may end.
    mentions : sequence of Who
        Those of the window, in the order of the text.
    """
    return _Phrase(text, tokens_of(text, window), window, mentions).read()


class _Phrase:
    def __init__(
        self, text: str, tokens: Sequence[Token], window: Span, mentions: Sequence[Who]
    ) -> None:
        self.text, self.tokens, self.window = text, tokens, window
        self.mentions = mentions
        self.starts = [one.span.start for one in mentions]
        self.counts: Counter[str] = Counter()
        self.named: list[Who] = []
        #: how many of the last number, and of which kind, may still be named; what came last
        self.unnamed, self.last = ("", 0), ""

    def read(self) -> Targets:
        """Read the phrase from its beginning."""
        counts, named = self.counts, self.named
        k, mark, is_open, numbered = 0, "", True, False
        why, end = self.window.end, self.window.end
        while k < len(self.tokens):
            word, start, _ = self.tokens[k]
            item = self._item(k) if is_open else None
            is_open = False
            if item and (start < why or (item.number > 1 and item.kind not in counts)):
                self._take(item, mark)
                k, numbered = item.after, False
                continue
            if word in {",", ":", "and", "&", "plus", "well", "along"}:
                # a number passed over since the last target counts something else: what is joined
                # to it belongs to it
                is_open, mark = not numbered, word
                if word in {"well", "along"}:
                    k += 1
            elif word in {"including", "among", "notably"}:
                k = self._examples(k + 1)
                is_open, mark = True, "and"
            elif word in _OVER:
                end = start
                break
            elif word in _WHY and (counts or named):
                why = min(why, start)
            elif self._number(k)[0] > 1:
                numbered = True
            k += 1
        against = self._against(min(why, end), named)
        return Targets(dict(counts), tuple(named), against, self._mention(0, 0), end)

    def _take(self, item: _Item, mark: str) -> None:
        """Count an item, unless it tells again who was counted: "two officials, X and Y"."""
        aside = mark in {",", ":"}
        kind, room = self.unnamed
        if item.who is not None:
            self.named.append(item.who)
            repeats = item.kind == kind and room > 0 and (aside or self.last == "repeated")
            self.unnamed = (kind, room - 1) if repeats else ("", 0)
            self.last = "repeated" if repeats else "name"
        else:
            repeats = aside and item.number == 1 and (self.last == "name" or item.the)
            self.unnamed = ("", 0) if repeats else (item.kind, item.number)
            self.last = "repeated" if repeats else "number"
        if not repeats:
            self.counts[item.kind] += item.number

    def _examples(self, k: int) -> int:
        """Pass over examples up to the comma that ends them; take their names."""
        while k < len(self.tokens) and self.tokens[k].word not in {",", ";"}:
            who = self._mention(k, k)
            if who and who.kind in {"person", "organisation", "group"}:
                self.named.append(who)
            k += 1
        return k

    def _item(self, first: int) -> _Item | None:
        k = first
        while k < len(self.tokens) and (
            self.tokens[k].word in _LEAD or (self._word(k) == "a" and self._word(k + 1) == "total")
        ):
            k += 1
        number, head = self._number(k)
        definite = any(one.word in _DEFINITE for one in self.tokens[first:k])
        the = number == 0 and self._word(first) == "the"
        owned = self._word(k).endswith(OWNS)
        who = self._mention(first, k)
        if number <= 1 and (inner := self._members(k)):
            return self._item(inner)
        if number > 1 and self._word(head) == "of" and self._word(head + 1) in _DEFINITE:
            # "six of the town's trawlers"
            head += 2
        noun, after = self._head(head)
        if self._word(after) in _SPEECH:
            return None
        if noun is not None and (number or (self._single(noun) and (definite or owned))):
            return _Item(_nouns()[self._word(noun)], number or 1, None, after, the)
        if who and number == 0 and who.kind in {"person", "organisation", "group"}:
            after = bisect_left([one.start for one in self.tokens], who.span.end)
            if self._word(after) not in _nouns() and self._word(after) not in _SPEECH:
                kind = "person" if who.kind == "person" else "organisation"
                return _Item(kind, 1, who, max(after, k + 1))
        return None

    def _members(self, k: int) -> int | None:
        """Return where those begin of whom a network, a group... is made up, if a number does."""
        for at in range(k + 1, min(k + 5, len(self.tokens) - 1)):
            if self._word(at) == "of" and self._number(at + 1)[0] > 1:
                return None if _nouns().get(self._word(at - 1)) == "person" else at + 1
            if self._word(at) in _ENDS:
                break
        return None

    def _number(self, k: int) -> tuple[int, int]:
        """Return the number at a token, 0 if it is none, and the token after it."""
        word = self._word(k)
        if word.isdecimal() or (word.replace(",", "").isdecimal() and word[:1].isdecimal()):
            digits = word.replace(",", "")
            return (int(digits) if len(digits) < 7 else 0), k + 1
        number = _NUMBERS.get(word, 0)
        if number and self._word(k + 1) == "dozen":
            return 12 * number, k + 2
        if number and self._word(k + 1) == "hundred":
            return 100 * number, k + 2
        return number, k + 1 if number else k

    def _head(self, k: int) -> tuple[int | None, int]:
        """Return the token of the noun that a phrase is about, and the token after the phrase."""
        noun = None
        at = k
        while at < min(k + 14, len(self.tokens)):
            word = self.tokens[at].word
            if word in _ENDS or word in _MARKS:
                break
            if word in _nouns():
                noun = at
            elif noun is not None and self._plain(at):
                # "a bank loan" is about the loan
                noun = None
            at += 1
        return noun, at if noun is None else noun + 1

    def _plain(self, k: int) -> bool:
        """Tell whether a token is a word that can only go on with the phrase."""
        word, start, _ = self.tokens[k]
        letter = self.text[start]
        plain = letter.isalpha() and letter.islower() and word not in _TRAILING
        return plain and not word.endswith(("ly", "ed", "ing", *OWNS))

    def _single(self, k: int) -> bool:
        word = self._word(k)
        return not word.endswith("s") and word not in {"people", "men", "women"}

    def _word(self, k: int) -> str:
        return self.tokens[k].word if 0 <= k < len(self.tokens) else ""

    def _mention(self, first: int, last: int) -> Who | None:
        """Return the mention that begins at one of some tokens."""
        for token in self.tokens[first : last + 1]:
            at = bisect_left(self.starts, token.start)
            if at < len(self.starts) and self.starts[at] == token.start:
                return self.mentions[at]
        return None

    def _against(self, end: int, named: Sequence[Who]) -> Who | None:
        near = [one for one in self.mentions if one.span.start < end]
        for one in near:
            if one.kind == "state":
                return one
        sides = [one for one in near if one.actor or one.name[:1].isupper()]
        return next((one for one in sides if one.kind == "group"
                     or (one.kind == "organisation" and one not in named)), None)  # fmt: skip
