"""Who said what stands in quotation marks, and how sure that is.

Rules are tried from the surest on. A cue in the same sentence, or a line with a colon, names the
speaker. Where only the sentence or the paragraph before does, the speaker is likely. Everything
else is left open: the analyst can see who speaks, and a wrong name is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.reading.cast import Cast, Named
from detente.reading.clauses import Cue
from detente.reading.found import Confidence, Quotation
from detente.reading.sentences import Sentence
from detente.reading.words.patterns import pattern

__all__ = ["attribute"]

_MEDIA = (
    "tweet",
    "post",
    "interview",
    "letter",
    "statement",
    "press conference",
    "speech",
    "broadcast",
    "article",
)
_ENDS = re.compile(r"[.!?,…;—-]$")
#: fewer words, with no cue, are more often held at arm's length than said
_FEW = 5


@dataclass(frozen=True, slots=True)
class _Told:
    named: Named | None
    confidence: Confidence
    rule: str
    cue: Cue | None = None
    medium: str = ""


_OPEN = _Told(None, "unknown", "")


def attribute(
    sentences: Sequence[Sentence],
    cues: Sequence[Sequence[Cue]],
    quotations: Sequence[Quotation],
    cast: Cast,
) -> tuple[list[Quotation], dict[int, Cue]]:
    """Return the quotations with their speakers, and the cue that each was found by.

    Parameters
    ----------
    sentences : sequence of Sentence
    cues : sequence of sequence of Cue
        The verbs of saying of each sentence.
    quotations : sequence of Quotation
    cast : Cast
    """
    return _Attribution(sentences, cues, quotations, cast).run()


class _Attribution:
    """One text: every quotation in turn, with what was found for those before it."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        cues: Sequence[Sequence[Cue]],
        quotations: Sequence[Quotation],
        cast: Cast,
    ) -> None:
        self.cast = cast
        self.sentences, self.cues, self.quotations = sentences, cues, quotations
        self.told: dict[int, _Told] = {}
        self.by_sentence: dict[int, list[int]] = {}
        #: paragraph -> who speaks where the line before it ended with a colon
        self.announced: dict[int, _Told] = {}

    def run(self) -> tuple[list[Quotation], dict[int, Cue]]:
        for sentence in self.sentences:
            for at, number in sentence.quotes.items():
                self.told[number] = self._speaker(sentence, at, number)
                self.by_sentence.setdefault(sentence.index, []).append(number)
        self._share_utterances()
        found: list[Quotation] = []
        for number, quotation in enumerate(self.quotations):
            if quotation.inside is not None:
                outer = found[quotation.inside]
                whole = _whole(quotation.text)
                found.append(replace(quotation, utterance=outer.utterance, speech=whole))
                continue
            told = self.told.get(number, _OPEN)
            utterance = self._joined_to(number, found) or quotation.utterance
            found.append(_finished(replace(quotation, utterance=utterance), told))
        return found, {k: told.cue for k, told in self.told.items() if told.cue is not None}

    def _joined_to(self, number: int, found: Sequence[Quotation]) -> int | None:
        """Return the utterance that a quotation goes on with: behind its cue, or after a colon."""
        told = self.told.get(number, _OPEN)
        before = next((k for k in range(number - 1, -1, -1) if found[k].inside is None), None)
        if before is None or told.cue is None:
            return None
        same_cue = self.told.get(before, _OPEN).cue is told.cue
        return found[before].utterance if same_cue else None

    # -- one quotation ---------------------------------------------------------------------------

    def _speaker(self, sentence: Sentence, at: int, number: int) -> _Told:
        text = sentence.tokens.text
        quotation = self.quotations[number]
        start = sentence.tokens.spans[at].start
        before = text[max(sentence.span.start, start - 40) : start]
        if pattern("title before").search(before) or self._is_nickname(sentence, at):
            return _Told(None, "unknown", "held")
        told = self._in_sentence(sentence, at)
        if told is not None and told.named is not None:
            return replace(told, medium=_medium(sentence))
        if at == self._first_quote(sentence):
            told = self._by_colon(sentence, at)
        if told is None and not _whole(quotation.text):
            return _Told(None, "unknown", "held")
        if told is None:
            told = self._from_before(sentence, at)
        elif told.named is None and sentence.index:
            # "its statement says": whoever the sentence before is about
            about = self._subject(self.sentences[sentence.index - 1], "subject-before")
            told = about or told
        return told or _OPEN

    def _is_nickname(self, sentence: Sentence, at: int) -> bool:
        """Tell whether words stand between the names of a person: Stefan “the Lion” Draga."""
        tags = sentence.tokens.tags
        around = tags[at - 1 : at] + tags[at + 1 : at + 2]
        return around in ("NN", "ON") and len(self.quotations[sentence.quotes[at]].text.split()) < 4

    def _first_quote(self, sentence: Sentence) -> int:
        return min(sentence.quotes)

    def _in_sentence(self, sentence: Sentence, at: int) -> _Told | None:
        tags, cues = sentence.tokens.tags, self.cues[sentence.index]
        cues = [
            one
            for one in cues
            if not one.passive and (one.form.speech or _close(tags, one.last, at))
        ]
        left = [one for one in cues if one.last <= at]
        adjacent = next((one for one in reversed(left) if _close(tags, one.last, at)), None)
        if adjacent is not None and adjacent.subject is not None:
            return _told(adjacent, "cue-before")
        after = at + 1
        while after < len(tags) and tags[after] in ",-a":
            after += 1
        for cue in (one for one in cues if one.first >= after or one.how == "according"):
            lead = tags[after : cue.first]
            that = (
                sentence.tokens.word(after).lower() in ("that", "which", "who") if lead else False
            )
            if (len(lead) <= 3 and not lead.strip("dhxjJ") and not that) or (
                cue.how == "according" and cue.at == after
            ):
                return _told(cue, "cue-after")
        plain = [one for one in left if not one.modal] or left
        for cue in reversed(plain):
            if "Q" not in tags[cue.last : at] or self._runs_on(sentence, cue, at):
                return _told(cue, "cue-before")
        return None

    def _runs_on(self, sentence: Sentence, cue: Cue, at: int) -> bool:
        """Tell whether quotations between a cue and this one are the same speaker's."""
        return set(sentence.tokens.tags[cue.last : at]) <= set("Q,-&xadohjJ'#")

    def _subject(self, sentence: Sentence, rule: str) -> _Told | None:
        """Return whom the first phrase of a sentence names, if it can speak."""
        subject = self.cast.subjects[sentence.index]
        named = None if subject is None else self.cast.named[sentence.index][subject]
        if named is None:
            return None
        return _Told(named, "likely", rule)

    def _by_colon(self, sentence: Sentence, at: int) -> _Told | None:
        """Return who was announced by the line before, which ended with a colon."""
        if at != 0:
            return None
        before = self.sentences[sentence.index - 1] if sentence.index else None
        if before is None:
            return None
        if before.tokens.tags.endswith(":"):
            told = self._announcer(before)
            if told is not None and sentence.tokens.tags.rstrip(".") == "Q":
                self.announced[sentence.paragraph] = told
            return told
        carried = self.announced.get(before.paragraph)
        alone = sentence.tokens.tags.rstrip(".") == "Q" and before.tokens.tags.rstrip(".") == "Q"
        if carried is not None and alone and sentence.paragraph - before.paragraph <= 1:
            self.announced[sentence.paragraph] = carried
            return carried
        return None

    def _announcer(self, line: Sentence) -> _Told | None:
        cues = [one for one in self.cues[line.index] if one.subject is not None]
        told = _told(cues[-1], "colon") if cues else self._subject(line, "colon")
        return None if told is None else replace(told, medium=_medium(line))

    def _from_before(self, sentence: Sentence, at: int) -> _Told | None:
        """Return who spoke in the sentence before, or in the paragraph before."""
        index = sentence.index - 1
        if index < 0:
            return None
        before = self.sentences[index]
        alone = sentence.tokens.tags.rstrip(".") == "Q"
        if before.paragraph == sentence.paragraph:
            said = [self.told[k] for k in self.by_sentence.get(index, ()) if k in self.told]
            said = [one for one in said if one.named is not None]
            if said:
                # “We came,” Petrov said. “We saw.”
                sure = alone and said[-1].confidence == "certain"
                return replace(said[-1], confidence="certain" if sure else "likely", rule="goes-on")
            cues = [one for one in self.cues[index] if one.subject and not one.passive]
            if cues and alone:
                return _told(cues[-1], "sentence-before", confidence="likely")
            return self._person_before(before) if alone else None
        if alone or at == 0:
            last = [self.told[k] for k in self.by_sentence.get(index, ()) if k in self.told]
            if last and last[-1].named is not None:
                return replace(last[-1], confidence="likely", rule="paragraph-before")
            return self._person_before(before) if alone else None
        return None

    def _person_before(self, sentence: Sentence) -> _Told | None:
        told = self._subject(sentence, "subject-before")
        return told if told and told.named and told.named.who.kind in ("person", "office") else None

    # -- utterances ------------------------------------------------------------------------------

    def _share_utterances(self) -> None:
        """Let all parts of an utterance have the speaker that one of them names."""
        groups: dict[int, list[int]] = {}
        for number, quotation in enumerate(self.quotations):
            if quotation.inside is None:
                groups.setdefault(quotation.utterance, []).append(number)
        rank = {"certain": 2, "likely": 1, "unknown": 0}
        for numbers in groups.values():
            if len(numbers) > 1:
                told = [self.told.get(k, _OPEN) for k in numbers]
                best = max(told, key=lambda one: rank[one.confidence] if one.named else -1)
                if best.named is not None:
                    for k in numbers:
                        if self.told.get(k, _OPEN).confidence != "certain":
                            self.told[k] = best


def _finished(quotation: Quotation, told: _Told) -> Quotation:
    who = None if told.named is None else told.named.who
    return replace(
        quotation,
        speaker=who,
        confidence=told.confidence if who is not None else "unknown",
        rule=told.rule if who is not None else "",
        medium=told.medium,
        speech=told.rule != "held",
    )


def _medium(sentence: Sentence) -> str:
    """Return by what means something was said, as far as the sentence around it tells."""
    spans, tags = sentence.tokens.spans, sentence.tokens.tags
    if len(tags) > 400:
        return ""
    outside = " ".join(
        sentence.tokens.text[slice(*span)]
        for span, tag in zip(spans, tags, strict=True) if tag != "Q"
    )  # fmt: skip
    return next((one for one in _MEDIA if pattern(f"medium {one}").search(outside)), "")


def _close(tags: str, cue_end: int, at: int) -> bool:
    """Tell whether a cue stands directly before a quotation, a colon or comma aside."""
    between = tags[cue_end:at]
    return between.strip(",:-") == "" or (between.endswith(":") and "Q" not in between)


def _told(cue: Cue, rule: str, confidence: Confidence = "certain") -> _Told:
    named = cue.subject
    if named is None:
        return _Told(None, "unknown", rule, cue)
    if confidence == "certain" and not named.sure:
        confidence = "likely"
    return _Told(named, confidence, rule, cue)


def _whole(words: str) -> bool:
    """Tell whether words in marks are said, rather than held at arm's length."""
    count = len(words.split())
    if count > _FEW:
        return True
    return (count > 1 and bool(_ENDS.search(words))) or (count == 1 and words[-1:] in ".!?,")
