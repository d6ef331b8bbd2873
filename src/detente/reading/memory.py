"""Whom a pronoun stands for: whoever was named last and fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.found import Who
from detente.reading.grammar import lexicon

__all__ = ["Memory", "Met"]

#: after so many sentences nobody means an earlier one by a pronoun
_SPAN = 6

#: pronoun -> kinds of those it can stand for
_WANTED: dict[str, tuple[str, ...]] = {
    "he": ("person", "office"),
    "she": ("person", "office"),
    "it": ("state", "organisation", "group"),
    "they": ("group", "state", "organisation", "office"),
}


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody who was named, in which sentence, and whether as its subject."""

    who: Who
    sentence: int
    subject: bool


class Memory:
    """Those named in the last sentences.

    Attributes
    ----------
    recent : list of Met
    """

    def __init__(self) -> None:
        self.recent: list[Met] = []
        self._genders: dict[str, str] = {}

    def begin(self, sentence: int) -> None:
        """Forget those named too long before a sentence."""
        self.recent = [one for one in self.recent if sentence - one.sentence <= _SPAN]

    def people(self) -> list[Who]:
        """Return the persons named, the last one first."""
        return [one.who for one in reversed(self.recent) if one.who.kind == "person"]

    def latest(self, sentence: int, pronoun: str) -> tuple[Who, bool] | None:
        """Return whom a pronoun of a sentence stands for, and whether nobody else fits."""
        fits = [one for one in self.recent if self._fits(one.who, pronoun)]
        if not fits:
            return None
        told_by_name = False
        if pronoun in ("he", "she"):
            # a single name that nothing shows to be a person's may be that of a place
            fits = [one for one in fits if not _may_be_body(one.who)] or fits
            # of two, a given name may tell: Ana is no he
            named_so = [one for one in fits if _name_fits(one.who, pronoun)]
            told_by_name = bool(named_so) and named_so[-1].who.name != fits[-1].who.name
            fits = named_so or fits
        chosen, others = _choose(fits, sentence)
        if pronoun in ("he", "she") and not others:
            self._genders.setdefault(chosen.who.name, pronoun)
        of_before = chosen.subject and fits[-1].sentence <= chosen.sentence < sentence
        sure = (not others and not told_by_name) or (pronoun in ("it", "they") and of_before)
        return chosen.who, sure

    def _fits(self, who: Who, pronoun: str) -> bool:
        if pronoun == "it" and _may_be_body(who):
            return True
        if who.kind not in _WANTED.get(pronoun, ()):
            return False
        if pronoun not in ("he", "she"):
            return True
        return self._genders.get(who.name, pronoun) == pronoun and _gender_fits(who, pronoun)


def _choose(fits: Sequence[Met], sentence: int) -> tuple[Met, set[str]]:
    """Return who is meant, and the names of the others who might be.

    The subject of the sentence before is meant more often than whoever came after it.
    """
    nearest = fits[-1].sentence
    subjects = [one for one in fits if one.subject and one.sentence >= nearest - 1]
    here = [one for one in subjects if one.sentence == sentence]
    chosen = (here or subjects or fits)[-1]
    names = {one.who.name for one in fits if one.sentence >= chosen.sentence - 1}
    return chosen, names - {chosen.who.name}


def _may_be_body(who: Who) -> bool:
    """Tell whether a single name, with no office or title, may be that of a firm or a state."""
    return who.kind == "person" and " " not in who.name and not who.office


def _gender_fits(who: Who, pronoun: str) -> bool:
    words = {one.lower() for one in (*who.office.split(), *who.words.split())}
    if pronoun == "he":
        return not words & (lexicon.FEMALE - {"she", "her", "hers", "herself"})
    return not words & (lexicon.MALE - {"he", "his", "him", "himself", "father"})


def _name_fits(who: Who, pronoun: str) -> bool:
    """Tell whether a given name goes with a pronoun, where its ending or a list tells."""
    given, space, _ = who.name.partition(" ")
    if not space:
        return True
    lower = given.lower()
    ends_so = lower.endswith("a") and lower not in lexicon.MALE_NAMES
    return (ends_so or lower in lexicon.FEMALE_NAMES) == (pronoun == "she")
