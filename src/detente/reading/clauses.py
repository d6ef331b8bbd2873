"""Verbs of saying in a sentence, each with its subject: who says, demands, refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.reading.cast import Cast, Named
from detente.reading.cues.verbs import Form, form_of
from detente.reading.found import Span, Who
from detente.reading.grammar import lexicon
from detente.reading.grammar.states import is_adjective
from detente.reading.sentences import Sentence
from detente.reading.subjects import Subjects
from detente.reading.words.patterns import word_set

__all__ = ["Cue", "cues_of"]

_BE = word_set("be")
_DENY = word_set("deny")
_MODAL = word_set("modal")
_PREPOSITIONS = word_set("prepositions")
#: nouns that can be said to say something, and are nobody
_THINGS = word_set("things")


def _until(tags: str, begin: int) -> int | None:
    """Return where the comma is that ends a few words, if nothing but words stands before it."""
    for at in range(begin, min(len(tags), begin + 7)):
        if tags[at] == ",":
            return at
        if tags[at] not in "odhxjJINSO'#na":
            return None
    return None


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying with its subject.

    Attributes
    ----------
    at : int
        Index of the verb among the words of the sentence.
    form : Form
    subject : Named or None
    first : int
        Index of the first word of the subject, or of the verb where that stands before it.
    last : int
        Index behind the last word of cue and subject.
    how : str
        ``before`` (subject, verb), ``inverted`` (said X), ``according`` or ``shared`` (a second
        verb of the same subject).
    negated : bool
    passive : bool
    modal : bool
        Whether it would, could or will be said.
    aside : bool
        Whether what is said stands around it: "The port, he said, is closed".
    place : int
        Offset of the verb in the text.
    """

    at: int
    form: Form
    subject: Named | None
    first: int
    last: int
    how: str
    negated: bool = False
    passive: bool = False
    modal: bool = False
    aside: bool = False
    place: int = -1


def cues_of(sentence: Sentence, cast: Cast) -> list[Cue]:
    """Return the verbs of saying of a sentence, from left to right."""
    return list(_Finder(sentence, cast).run())


class _Finder(Subjects):
    """The cues of one sentence in turn, with those found before."""

    def __init__(self, sentence: Sentence, cast: Cast) -> None:
        super().__init__(sentence, cast)
        self.done: list[Cue] = []

    def run(self) -> Iterator[Cue]:
        for at, tag in enumerate(self.tags):
            cue = None
            if tag in "VG":
                form = form_of(self.tokens.word(at).lower())
                assert form is not None
                cue = self._gerund(at, form) if tag == "G" else self._finite(at, form)
            elif tag == "x" and self.tokens.word(at).lower() == "according":
                cue = self._according(at)
            if cue is not None:
                cue = replace(cue, place=self.tokens.spans[at].start)
                self.done.append(cue)
                yield cue

    # -- the subject -----------------------------------------------------------------------------

    def _finite(self, at: int, form: Form) -> Cue | None:
        if self._is_noun(at, form):
            return None
        if self._after_quotation(at):
            inverted = self._inverted(at, form)
            if inverted is not None:
                return inverted
        elif at and self.tags[at - 1] == ",":
            between = self._inverted(at, form)
            if between is not None and _until(self.tags, between.last) is not None:
                # "That, say bankers in the capital, is ..."
                return replace(between, aside=True)
        left = at - 1
        skipped = []
        while left >= 0 and self.tags[left] == "a":
            skipped.append(self.tokens.word(left).lower())
            left -= 1
        negated = any(word in _DENY or word.endswith(("n't", "n’t")) for word in skipped)
        passive = form.shape == "past" and any(word in _BE for word in skipped)
        modal = any(word in _MODAL for word in skipped)
        if form.shape == "base" and not modal and not self.plural_before(left):
            return None
        if left < 0 and form.shape == "past":
            # "Asked what had gone wrong, ..."
            return None
        if left >= 0 and (self.tags[left] == "&" or self.tokens.word(left).lower() == "but"):
            return self._shared(at, form, negated=negated, modal=modal, passive=passive)
        number = self.phrase_left(left)
        if number is None:
            return self._unlisted(at, left, form)
        phrase = self.sentence.phrases[number]
        subject = self._with_apposition(number, left)
        if passive and form.lemma in ("quote", "cite"):
            passive = False
        aside = self.is_aside(phrase.first, at)
        return Cue(
            at, form, subject, phrase.first, at + 1, "before", negated, passive, modal, aside
        )

    def _unlisted(self, at: int, left: int, form: Form) -> Cue | None:
        """Return a cue whose subject is a noun of no list: "the ferryman told me"."""
        begin = left
        while begin >= 0 and self.tags[begin] in "xJjnOSN" and left - begin < 4:
            begin -= 1
        led = begin >= 0 and self.tags[begin] in "dh'"
        starts = begin < 0 or self.tags[begin] in ',&"Q:.'
        plural = left >= 0 and self.tokens.word(left).lower().endswith(("s", "men"))
        if begin == left or not (led or (starts and plural)) or self.tags[left] != "x":
            return None
        if (form.weak or not form.speech) and not self.is_aside(max(begin, 0), at):
            return None
        if form.kind != "assertion" and not plural:
            return None
        noun = self.tokens.word(left).lower()
        subject: Named | None = None
        if noun in lexicon.DOCUMENTS:
            owner = self.ends.get(begin)
            subject = self.named[owner] if self.tags[begin] == "'" and owner is not None else None
        elif noun not in _THINGS:
            words = self.tokens.words(begin + 1, left + 1)
            span = Span(self.tokens.spans[begin + 1].start, self.tokens.spans[left].end)
            subject = Named(Who(words, span, words, kind="office", office=words))
        else:
            return None
        aside = self.is_aside(begin, at)
        return Cue(at, form, subject, begin, at + 1, "before", aside=aside)

    def _is_noun(self, at: int, form: Form) -> bool:
        before = self.tags[at - 1] if at else ""
        if before in ("d", "h", "'", "#", "J", "j") and form.shape != "past":
            return True
        if before == "d" or (before == "h" and form.noun):
            return True
        word = self.tokens.word(at - 1).lower() if at else ""
        if word in _PREPOSITIONS and form.shape == "past":
            return True
        if not form.noun or at == 0:
            return False
        if word in _PREPOSITIONS and form.shape in ("base", "present"):
            return True
        after = self.tokens.word(at + 1).lower() if at + 1 < len(self.tags) else ""
        if form.shape in ("base", "present") and is_adjective(self.tokens.word(at - 1)):
            # "Iranian demands": whose they are
            return True
        # "US demands are": a noun, since another verb follows
        follows = after in _BE | {"of", "has", "have", "had", "will", "would"}
        if after == "to":
            # "its offers to help were ignored": a noun, since another verb follows
            follows = any(self.tokens.word(k).lower() in _BE for k in range(at + 2, len(self.tags)))
        return form.shape in ("base", "present") and follows and before in "SNIOx"

    def _after_quotation(self, at: int) -> bool:
        left = at - 1
        if left >= 0 and self.tags[left] in ",-":
            left -= 1
        return left >= 0 and self.tags[left] == "Q"

    def _inverted(self, at: int, form: Form) -> Cue | None:
        right = at + 1
        while right < len(self.tags) and self.tags[right] == "a":
            right += 1
        number = self.begins.get(right)
        if number is None:
            return None
        phrase = self.sentence.phrases[number]
        if phrase.kind == "pronoun" and phrase.words.lower() == "it":
            return None
        if self.is_title(at) and self.before_parenthesis(at - 1) is not None:
            # Petrov, who wrote “Milk and Memory”, said Karvania would not go
            return None
        return Cue(at, form, self._with_following(number), at, phrase.last, "inverted")

    def _with_apposition(self, number: int, left: int) -> Named | None:
        """Return a subject; of "the minister, Ana Petrov, said" the one that has the name."""
        named = self.named[number]
        phrase = self.sentence.phrases[number]
        if phrase.last + 1 <= left and self.tags[phrase.last : phrase.last + 1] == ",":
            other = self.begins.get(phrase.last + 1)
            if other is not None and phrase.kind in ("office", "group"):
                inner = self.sentence.phrases[other]
                if inner.kind == "person" and inner.name:
                    return self.named[other]
        return named

    def _with_following(self, number: int) -> Named | None:
        """Return an inverted subject; of "said the minister, Ana Petrov" the name."""
        phrase = self.sentence.phrases[number]
        if phrase.kind == "office" and self.tags[phrase.last : phrase.last + 1] == ",":
            other = self.begins.get(phrase.last + 1)
            if other is not None and self.sentence.phrases[other].kind == "person":
                return self.named[other]
        return self.named[number]

    # -- further verbs ---------------------------------------------------------------------------

    def _shared(
        self, at: int, form: Form, *, negated: bool, modal: bool, passive: bool
    ) -> Cue | None:
        """Return a second verb of the same subject: rejected the plan and accused Karvania."""
        if form.shape == "base" and not modal:
            return None
        for cue in reversed(self.done):
            if cue.form.shape != "ing" and not cue.modal:
                return Cue(at, form, cue.subject, at, at + 1, "shared", negated, passive, modal)
        number = self._main_subject(at)
        if number is None:
            return None
        return Cue(at, form, self.named[number], at, at + 1, "shared", negated, passive, modal)

    def _gerund(self, at: int, form: Form) -> Cue | None:
        before = self.tags[at - 1] if at else ""
        word = self.tokens.word(at - 1).lower() if at else ""
        if before in ("d", "h", "'", "J", "S", "I") or word in ("of", "for", "in", "on", "from"):
            return None
        if word in _BE:
            number = self.phrase_left(at - 2)
            if number is None:
                return None
            first = self.sentence.phrases[number].first
            return Cue(at, form, self.named[number], first, at + 1, "before")
        last = next((cue for cue in reversed(self.done)), None)
        if last is not None:
            return Cue(at, form, last.subject, at, at + 1, "shared")
        number = self._main_subject(at) if at else self._later_subject(at)
        if number is None:
            return None
        return Cue(at, form, self.named[number], at, at + 1, "shared")

    def _main_subject(self, at: int) -> int | None:
        """Return the first phrase of the sentence that stands before a word and is no object."""
        for number, phrase in enumerate(self.sentence.phrases):
            if phrase.last > at:
                return None
            before = self.tokens.word(phrase.first - 1).lower() if phrase.first else ""
            if before not in _PREPOSITIONS:
                return number
        return None

    def _later_subject(self, at: int) -> int | None:
        """Return the subject behind "Accusing Karvania of theft, Petrov ..."."""
        comma = self.tags.find(",", at)
        return None if comma < 0 else self.begins.get(comma + 1)

    def _according(self, at: int) -> Cue | None:
        if self.tokens.word(min(at + 1, len(self.tags) - 1)).lower() != "to":
            return None
        number = self.begins.get(at + 2)
        if number is None:
            return None
        form = form_of("said")
        assert form is not None
        phrase = self.sentence.phrases[number]
        named = self._with_following(number)
        return Cue(at, form, named, at, phrase.last, "according")
