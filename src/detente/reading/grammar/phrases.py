"""Noun phrases that can name somebody, and whom one names.

"Karvania's deputy foreign minister Ana Petrov" names a person, her office and whose office it is;
"the ministry", "a senior official" and "the rebels" name somebody as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.reading.found import Span
from detente.reading.grammar import lexicon
from detente.reading.grammar.states import state_of
from detente.reading.grammar.tokens import Tokens

__all__ = ["Phrase", "phrases_of"]

#: what may stand in a phrase before and around its head
_IN = "NSTOIJjn#"
_RUN = rf"(?:[{_IN}/]+')*[{_IN}/]*[NSOI]"
#: minister of | trade: what is tied to an office may end with its field
_TIED = rf"(?:[{_IN}/]+')*[{_IN}/]*[NSOIJ]"
_PHRASE = re.compile(
    rf"(?P<lead>[dh]*#?)(?P<head>{_RUN})(?:(?<=[OI])(?P<ties>(?:o[dh]?{_TIED}(?!['])){{1,3}}))?"
)
_ALONE = re.compile(r"p")
_OFFICE_TIES = frozenset({"of", "for", "to", "at", "in"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: which words it takes, and what they say of whom.

    Attributes
    ----------
    first, last : int
        Indices of its words: from `first` up to but without `last`.
    span : Span
    words : str
        As printed, without a leading article.
    name : str
        The proper name in it, or empty.
    office : str
        The office in it, or empty.
    of : str
        Whose office: what stands before it with a possessive ending, as its first adjective, or
        after of, for, to; empty where nothing does.
    kind : str
        ``person``, ``state``, ``organisation``, ``group``, ``office`` or ``pronoun``.
    owner : str
        ``his``, ``her``, ``its`` or ``their`` where it begins with that.
    """

    first: int
    last: int
    span: Span
    words: str
    name: str
    office: str
    of: str
    kind: str
    owner: str = ""


def phrases_of(tokens: Tokens) -> Iterator[Phrase]:
    """Yield the noun phrases of a stretch of text that can name somebody, pronouns included."""
    tags, at = tokens.tags, 0
    while at < len(tags):
        if tags[at] == "p":
            span = tokens.spans[at]
            word = tokens.word(at)
            yield Phrase(at, at + 1, span, word, "", "", "", "pronoun")
            at += 1
            continue
        found = _PHRASE.match(tags, at)
        if found is None:
            at += 1
            continue
        phrase = _read(tokens, found)
        if phrase is not None:
            yield phrase
        at = found.end()


def _read(tokens: Tokens, found: re.Match[str]) -> Phrase | None:
    lead, (start, end) = found["lead"], found.span("head")
    owner = ""
    if "h" in lead:
        owner = tokens.word(found.start() + lead.index("h")).lower()
    tags = tokens.tags
    # what stands before the last possessive ending is the owner: Karvania's | minister
    cut = tags.rfind("'", start, end)
    of = _owner_words(tokens, start, cut) if cut >= 0 else ""
    begin = cut + 1 if cut >= 0 else start
    name, office, rest_of = _name_and_office(tokens, begin, end)
    of = of or rest_of
    if found["ties"] and not name and office:
        more, name, rest_of = _tied(tokens, end, found.end("ties"))
        office, of = office + more, of or rest_of
    elif found["ties"] and tags[end - 1] == "I":
        of = of or _strip(tokens.words(end + 1, found.end("ties")))
    if name and found["ties"] and not office:
        # "Union of Miners": of a body the whole is its name
        name = tokens.words(begin, found.end("ties"))
    kind = _kind(tokens, begin, end, name=name, office=office)
    first, last = found.start(), found.end()
    span = Span(tokens.spans[first].start, tokens.spans[last - 1].end)
    words = _strip(tokens.words(first, last))
    return Phrase(first, last, span, words, name, office, of, kind, owner)


def _name_and_office(tokens: Tokens, begin: int, end: int) -> tuple[str, str, str]:
    """Return the proper name, the office, and whose office it is, of a run of words."""
    tags = tokens.tags
    last_office = tags.rfind("O", begin, end)
    if last_office >= 0:
        office_start, of = begin, ""
        # an adjective of a state before the office says whose it is: Iranian | foreign minister
        if tags[begin] == "S":
            stop = begin
            while stop < last_office and tags[stop] == "S":
                stop += 1
            of, office_start = tokens.words(begin, stop), stop
        office = tokens.words(office_start, last_office + 1)
        return _proper(tokens, last_office + 1, end), office, of
    title = tags.rfind("T", begin, end)
    if title >= 0 and title + 1 < end:
        return _proper(tokens, title + 1, end), "", ""
    if tags[end - 1] == "I" or "I" in tags[begin:end]:
        # a body is called by all of its words
        return tokens.words(begin, end), "", ""
    return _proper(tokens, begin, end), "", ""


def _tied(tokens: Tokens, end: int, last: int) -> tuple[str, str, str]:
    """Return what follows an office with of or for: more of the office, a name, whose it is.

    Of "Secretary | of State | Ana Petrov" the tied words go on with the office and a name follows;
    of "head | of the Grain Board" they say whose office it is.
    """
    begin = end + 1
    while begin < last and tokens.tags[begin] in "dh":
        begin += 1
    stop = begin
    while stop < last and tokens.word(stop).lower() in lexicon.DEPARTMENTS:
        stop += 1
    if stop == begin:
        return "", "", _strip(tokens.words(begin, last))
    more = " " + tokens.words(end, stop)
    if stop < last and tokens.tags[stop] == "N":
        return more, tokens.words(stop, last), ""
    return more, "", ""


def _proper(tokens: Tokens, begin: int, end: int) -> str:
    while begin < end and tokens.tags[begin] in "/#Jj":
        begin += 1
    return tokens.words(begin, end)


def _kind(tokens: Tokens, begin: int, end: int, *, name: str, office: str) -> str:
    tags = tokens.tags[begin:end]
    if office:
        return "person" if name else "office"
    if "T" in tags:
        return "person"
    if "I" in tags:
        last = tokens.word(end - 1).lower()
        return "group" if last in lexicon.GROUPS else "organisation"
    if "S" in tags and set(tags) <= set("SJ#/"):
        return "state"
    if tags.startswith("S") and state_of(tokens.word(begin)) and "N" in tags:
        return "organisation"
    return "person"


def _owner_words(tokens: Tokens, start: int, cut: int) -> str:
    # of a chain, Iran's Foreign Ministry's spokesman, all of it says whose
    return _strip(tokens.words(start, cut))


def _strip(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in lexicon.DETERMINERS else words
