"""Who appears in a text: short names, offices and pronouns led back to whom they stand for.

The text is gone through sentence by sentence. Whoever was named stays in mind; a surname, "the
minister", "the ministry" or "she" is taken for whoever was named last and fits. Where two fit, or
nobody does, the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.reading.appositions import appositions
from detente.reading.directory import Directory, office_words
from detente.reading.found import Span, Who
from detente.reading.grammar import lexicon
from detente.reading.grammar.phrases import Phrase
from detente.reading.grammar.states import state_of
from detente.reading.memory import Memory, Met
from detente.reading.sentences import Sentence
from detente.reading.words.patterns import word_set
from detente.record.actors import Actor

__all__ = ["Cast", "Named"]

_LOADED = word_set("loaded bodies")
#: in X, Foreign Minister Y of X: a place is named
_PLACE = re.compile(
    r"\b(?:in|across|into|inside|throughout|outside|near) (?:the )?([A-Z]\w+)"
    r"|\b[A-Z][\w-]+ of ([A-Z]\w+)"
)
_PLACE_ENDING = re.compile(
    r"(?:ia|land|stan|istan|ania|avia|onia|burg|grad|ville|isles?|islands?|mark|aria|esia|ora)$"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a phrase names, and how sure that is.

    Attributes
    ----------
    who : Who
    sure : bool
        Whether the text leaves no other choice.
    named : bool
        Whether a name was given here, or an office or body of its own.
    """

    who: Who
    sure: bool = True
    named: bool = True


class Cast:
    """Everybody whom the sentences of a text name.

    Attributes
    ----------
    named : list of list of (Named or None)
        For every sentence and every phrase of it.
    subjects : list of (int or None)
        For every sentence the number of the phrase that seems to be its subject.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], directory: Directory) -> None:
        self.text = text
        self.directory = directory
        self.surnames: dict[str, Who] = {}
        self.bodies: dict[str, Who] = {}
        self.short: dict[str, Who] = {}
        self.stems: dict[str, str] = {}
        self.memory = Memory()
        self._guesses: dict[str, str] = {}
        self._officers: dict[str, list[Who]] = {}
        self.named: list[list[Named | None]] = []
        self.subjects: list[int | None] = []
        #: sentence and phrase of an office -> the person whose it is, named beside it
        self.appositions: dict[tuple[int, int], Who] = {}
        self._places = frozenset(one for pair in _PLACE.findall(text) for one in pair if one)
        self._introduce(sentences)
        for beside in appositions(sentences):
            self.appositions[beside.sentence, beside.number] = self._person(
                beside.person, beside.person.name
            )
            self._give_office(beside.person, beside.office)
        for who in self.surnames.values():
            for word in office_words(who.office):
                self._officers.setdefault(word, []).append(who)
        for sentence in sentences:
            self.named.append(self._meet(sentence))

    # -- first reading: full names ---------------------------------------------------------------

    def _introduce(self, sentences: Sequence[Sentence]) -> None:
        """Note full names and abbreviations, so that a headline's surname is understood."""
        for sentence in sentences:
            for phrase in sentence.phrases:
                if phrase.kind == "person" and (" " in phrase.name or phrase.office):
                    last = _surname(phrase.name)
                    if " " in phrase.name or last not in self.surnames:
                        known = self.surnames.get(last)
                        if known is None or " " not in known.name:
                            who = self._person(phrase, phrase.name)
                            if known is not None and not who.office:
                                who = replace(who, office=known.office, of=known.of)
                            self.surnames[last] = who
                elif phrase.kind == "organisation" and phrase.name:
                    self._abbreviation(sentence, phrase)
                if phrase.kind in ("person", "state") and " " not in phrase.name:
                    self.stems.setdefault(phrase.name[:4].lower(), phrase.name)

    def _give_office(self, person: Phrase, office: Phrase) -> None:
        last = _surname(person.name)
        known = self.surnames.get(last) or self._person(person, person.name)
        if not known.office:
            of = office.of and (state_of(office.of) or office.of)
            known = replace(known, office=office.office, of=known.of or of)
        self.surnames[last] = known

    def _abbreviation(self, sentence: Sentence, phrase: Phrase) -> None:
        tags, after = sentence.tokens.tags, phrase.last
        if tags[after : after + 1] == "(" and tags[after + 2 : after + 3] == ")":
            short = sentence.tokens.word(after + 1)
            if short.isupper() and len(short) > 1:
                self.short[short] = self._body(phrase, phrase.name)

    # -- second reading: everybody in order ------------------------------------------------------

    def _meet(self, sentence: Sentence) -> list[Named | None]:
        self.memory.begin(sentence.index)
        found: list[Named | None] = []
        subject = _subject_phrase(sentence)
        self.subjects.append(subject)
        for number, phrase in enumerate(sentence.phrases):
            beside = self.appositions.get((sentence.index, number))
            if beside is not None:
                named: Named | None = Named(replace(beside, span=phrase.span, words=phrase.words))
            else:
                named = self._resolve(sentence, phrase)
            found.append(named)
            if named is not None:
                self.memory.recent.append(Met(named.who, sentence.index, number == subject))
        return found

    def _resolve(self, sentence: Sentence, phrase: Phrase) -> Named | None:
        if phrase.name and self.directory.is_thing(phrase.name):
            return None
        match phrase.kind:
            case "pronoun":
                return self._pronoun(sentence, phrase)
            case "office":
                return self._office(sentence, phrase)
            case "person":
                return self._someone(sentence, phrase)
            case "state":
                before = sentence.tokens.word(phrase.first - 1).lower() if phrase.first else ""
                # talks in a capital are not talks with its state
                return None if before in ("in", "at", "near") else Named(self._state(phrase))
            case _:
                return self._some_body(phrase)

    def _pronoun(self, sentence: Sentence, phrase: Phrase) -> Named | None:
        found = self.memory.latest(sentence.index, phrase.words.lower())
        if found is None:
            return None
        who, sure = found
        return Named(replace(who, span=phrase.span, words=phrase.words), sure, named=False)

    # -- persons ---------------------------------------------------------------------------------

    def _someone(self, sentence: Sentence, phrase: Phrase) -> Named:
        name = phrase.name
        known = self.directory.find(phrase.words) or self.directory.find(name)
        if known is not None and not phrase.office and known.actor.kind != "person":
            return Named(_as_who(known.actor, phrase, loaded=known.loaded))
        if name in self.short:
            return Named(replace(self.short[name], span=phrase.span, words=phrase.words))
        titled = self._titled(sentence, phrase)
        met = self.surnames.get(_surname(name))
        fits = met is not None and (" " not in name or met.name == name)
        if met is not None and fits:
            who = replace(
                met,
                span=phrase.span,
                words=phrase.words,
                office=phrase.office or met.office,
                of=self._of(phrase) or met.of,
            )
            return Named(self._known_person(who, phrase))
        if known is None and not phrase.office and not titled and " " not in name:
            kind = self._guess(name)
            if kind != "person":
                who = Who(self._state_name(name), phrase.span, phrase.words, kind=kind)
                return Named(who)
        who = self._person(phrase, name)
        self.surnames.setdefault(_surname(name), who)
        return Named(self._known_person(who, phrase))

    def _person(self, phrase: Phrase, name: str) -> Who:
        who = Who(
            name,
            phrase.span,
            phrase.words,
            kind="person",
            office=phrase.office,
            of=self._of(phrase),
        )
        return self._known_person(who, phrase)

    def _known_person(self, who: Who, phrase: Phrase) -> Who:
        known = self.directory.find(who.name) or self.directory.find(phrase.name)
        actor = known.actor if known else self.directory.find_alike(who.name)
        if actor is None:
            return who
        loaded = bool(known and known.loaded)
        kind = "person" if actor.kind == "person" else actor.kind
        return replace(who, name=actor.name, actor=actor.id, kind=kind, loaded=loaded)

    def _titled(self, sentence: Sentence, phrase: Phrase) -> bool:
        return "T" in sentence.tokens.tags[phrase.first : phrase.last]

    def _of(self, phrase: Phrase) -> str:
        if phrase.of:
            return state_of(phrase.of) or phrase.of
        if phrase.owner in ("his", "her"):
            people = self.memory.people()
            return people[0].name if people else ""
        return ""

    # -- offices ---------------------------------------------------------------------------------

    def _office(self, sentence: Sentence, phrase: Phrase) -> Named | None:
        words = sentence.tokens.word(phrase.first).lower()
        of = self._of(phrase)
        who = Who(
            phrase.words, phrase.span, phrase.words, kind="office", office=phrase.office, of=of
        )
        if phrase.office.rsplit(" ", 1)[-1].lower() in _PLURAL_OFFICES:
            return Named(replace(who, kind="group"))
        if words in ("a", "an", "one", "another", "some"):
            return Named(who)
        person = self._holder(phrase, of)
        if person is not None:
            return Named(
                replace(person, span=phrase.span, words=phrase.words), sure=True, named=False
            )
        state = self.directory.find(of) if of else None
        actor = self.directory.in_office(phrase.office, state.actor.id if state else None)
        if actor is not None:
            return Named(_as_who(actor, phrase, loaded=False, office=phrase.office), sure=False)
        return Named(who)

    def _holder(self, phrase: Phrase, of: str) -> Who | None:
        """Return the person whom the text gave this office, or an office of these words."""
        wanted = office_words(phrase.office)
        if not wanted:
            return None
        known: list[Who] = [*self.memory.people(), *self._officers.get(min(wanted), [])]
        for who in known:
            same = bool(who.office) and wanted <= office_words(who.office + " " + who.of)
            if same and (not of or not who.of or _alike(of, who.of)):
                return who
        return None

    # -- states and bodies -----------------------------------------------------------------------

    def _state(self, phrase: Phrase) -> Who:
        known = self.directory.find(phrase.name)
        if known is not None:
            return _as_who(known.actor, phrase, loaded=known.loaded)
        name = state_of(phrase.name) or phrase.name
        known = self.directory.find(name)
        if known is not None:
            return _as_who(known.actor, phrase, loaded=known.loaded)
        return Who(name, phrase.span, phrase.words, kind="state")

    def _some_body(self, phrase: Phrase) -> Named:
        known = self.directory.find(phrase.words) or self.directory.find(phrase.name)
        if known is not None:
            return Named(_as_who(known.actor, phrase, loaded=known.loaded))
        words = phrase.name.split()
        if len(words) > 1 and words[-1].lower() in _LOADED:
            return Named(self._loaded(phrase, words))
        if words and words[0].islower() and len(words) == 1:
            # the ministry: the last body of that kind
            met = self.bodies.get(words[0])
            if met is not None:
                who = replace(met, span=phrase.span, words=phrase.words)
                return Named(who, named=False)
        who = self._body(phrase, phrase.name or phrase.words)
        if words and not words[0].islower():
            self.bodies[words[-1].lower()] = who
        return Named(who)

    def _body(self, phrase: Phrase, name: str) -> Who:
        kind = phrase.kind if phrase.kind in ("organisation", "group") else "organisation"
        return Who(name, phrase.span, phrase.words, kind=kind, of=self._of(phrase))

    def _loaded(self, phrase: Phrase, words: Sequence[str]) -> Who:
        """Return whom a name that judges stands for: the state, or the government of a person."""
        base = [one for one in words if one.lower() not in _LOADED]
        name = " ".join(base)
        state = state_of(name) or self._state_name(name)
        known = self.directory.find(state) or self.directory.find(name)
        if known is not None and known.actor.kind != "person":
            return _as_who(known.actor, phrase, loaded=True)
        if state == name and name in self.surnames:
            state = f"government of {self.surnames[name].name}"
        return Who(state, phrase.span, phrase.words, kind="state", loaded=True)

    def _state_name(self, name: str) -> str:
        """Return the state whose people a word stands for, as far as the text shows one."""
        state = self.stems.get(name[:4].lower(), "")
        if state == name or min(len(name), len(state)) < 5:
            return name
        shorter = min(len(name), len(state)) - 2
        same = state[:shorter].lower() == name[:shorter].lower()
        return state if same and _PLACE_ENDING.search(state.lower()) else name

    def _guess(self, name: str) -> str:
        """Return what a single capitalised word stands for, by what stands around it."""
        known = self._guesses.get(name)
        if known is None:
            if name in self._places:
                known = "state"
            elif name.isupper() and len(name) > 1:
                known = "organisation"
            elif _PLACE_ENDING.search(name.lower()) and name not in self.surnames:
                known = "state"
            else:
                known = "person"
            self._guesses[name] = known
        return known

    def mentions(self) -> list[Who]:
        """Return everybody whom the text names, in its order, pronouns left out."""
        return [one.who for row in self.named for one in row if one is not None and one.named]


_PLURAL_OFFICES = frozenset(
    one
    for one in lexicon.OFFICES
    if (one.endswith("s") and one[:-1] in lexicon.OFFICES) or one.endswith("men")
)


def _surname(name: str) -> str:
    return name.rsplit(" ", 1)[-1]


def _alike(one: str, other: str) -> bool:
    return one == other or one[:4].lower() == other[:4].lower()


def _subject_phrase(sentence: Sentence) -> int | None:
    """Return the number of the phrase that seems to be the subject of a sentence."""
    tokens = sentence.tokens
    for number, phrase in enumerate(sentence.phrases):
        begin = max(tokens.tags.rfind(sign, 0, phrase.first) for sign in ",:-Q") + 1
        before = (tokens.word(k).lower() for k in range(begin, phrase.first))
        if all(word in _LEADS for word in before):
            return number
        if phrase.first - begin > 3 and begin == 0 and number > 1:
            return None
    return None


#: may stand before a subject
_LEADS = lexicon.ADVERBS | word_set("leads")


def _as_who(actor: Actor, phrase: Phrase, *, loaded: bool, office: str = "") -> Who:
    return Who(
        actor.name,
        Span(*phrase.span),
        phrase.words,
        actor=actor.id,
        kind=actor.kind,
        office=office or phrase.office,
        of=phrase.of,
        loaded=loaded,
    )
