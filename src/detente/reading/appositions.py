"""Names and offices that stand side by side: "the leader of the party, Viktor Hale, said"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.reading.grammar.phrases import Phrase
from detente.reading.sentences import Sentence

__all__ = ["Beside", "appositions"]


class Beside(NamedTuple):
    """An office and the name beside it: sentence, number of the office's phrase, both phrases."""

    sentence: int
    number: int
    office: Phrase
    person: Phrase


def appositions(sentences: Sequence[Sentence]) -> Iterator[Beside]:
    """Yield every office of a text with the name that stands beside it."""
    for sentence in sentences:
        for number, phrase in enumerate(sentence.phrases):
            if phrase.kind == "office":
                yield from _beside(sentence, number)


def _beside(sentence: Sentence, number: int) -> Iterator[Beside]:
    phrases, tags = sentence.phrases, sentence.tokens.tags
    office = phrases[number]
    before = phrases[number - 1] if number else None
    between = "" if before is None else tags[before.last : office.first]
    comma = _until_comma(tags, office.last)
    ended = comma is not None or tags[office.last : office.last + 1] in ("", ".")
    person_first = before is not None and before.kind == "person" and bool(before.name)
    if before is not None and person_first and between == "," and ended:
        yield Beside(sentence.index, number, office, before)
        return
    if sentence.tokens.word(min(office.last, len(tags) - 1)) in ("called", "named"):
        comma = office.last
    person = None if comma is None else _person_at(phrases[number + 1 :], comma + 1)
    if person is not None:
        yield Beside(sentence.index, number, office, person)
        if before is not None and between == "," and before.kind == "office":
            # "the mayor, a retired teacher called Piet Daan": both are his
            yield Beside(sentence.index, number - 1, before, person)


def _person_at(phrases: Sequence[Phrase], first: int) -> Phrase | None:
    for phrase in phrases:
        if phrase.first >= first:
            named = phrase.first == first and phrase.kind == "person" and phrase.name
            return phrase if named else None
    return None


def _until_comma(tags: str, begin: int) -> int | None:
    """Return where the comma is that ends a phrase and what is tied to it."""
    for at in range(begin, min(len(tags), begin + 9)):
        if tags[at] == ",":
            return at
        if tags[at] not in "odhxjJINS'#nG":
            return None
    return None
