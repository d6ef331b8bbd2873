"""Offices that a text says persons hold: "Petrov, the foreign minister", "Petrov is minister"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.reading.cast import Cast
from detente.reading.found import Span, Who
from detente.reading.sentences import Sentence

__all__ = ["roles_in"]

#: of whom it is said that they were, nobody knows whether they still are
_BE = frozenset(["is", "are"])


def roles_in(sentences: Sequence[Sentence], cast: Cast) -> list[Who]:
    """Return the persons to whom the text gives an office, each with it, in order."""
    found: dict[tuple[str, str], Who] = {}
    for sentence in sentences:
        for who in (*_beside_names(sentence, cast), *_after_is(sentence, cast)):
            found.setdefault((who.name, who.office), who)
    return list(found.values())


def _beside_names(sentence: Sentence, cast: Cast) -> Iterator[Who]:
    """Yield those named with an office in one phrase or beside it."""
    named = cast.named[sentence.index]
    for number, phrase in enumerate(sentence.phrases):
        one = named[number]
        if one is None or not one.named or one.who.kind != "person" or not phrase.office:
            continue
        if phrase.name or (sentence.index, number) in cast.appositions:
            yield replace(one.who, office=phrase.office, of=phrase.of or one.who.of)


def _after_is(sentence: Sentence, cast: Cast) -> Iterator[Who]:
    """Yield those of whom a sentence says that they are something: Mora is chief of staff."""
    named, tokens = cast.named[sentence.index], sentence.tokens
    for number in range(len(sentence.phrases) - 1):
        first, second = sentence.phrases[number], sentence.phrases[number + 1]
        one = named[number]
        between = [tokens.word(k).lower() for k in range(first.last, second.first)]
        said = len(between) == 1 and between[0] in _BE and second.office and not second.name
        if not said or one is None or one.who.kind != "person" or first.kind == "office":
            continue
        span = Span(first.span.start, second.span.end)
        yield replace(one.who, span=span, office=second.office, of=second.of)
