"""The subject of a verb: the phrase before it, past commas, prepositions and adverbs."""

from __future__ import annotations

from detente.reading.cast import Cast
from detente.reading.grammar import lexicon
from detente.reading.sentences import Sentence
from detente.reading.words.patterns import word_set

__all__ = ["Subjects"]

_PREPOSITIONS = word_set("prepositions")
#: what may begin the words between a subject and its verb
_LATER = _PREPOSITIONS | word_set("later")
#: what may stand between a subject and its verb: "the minister late on Monday accused"
_BETWEEN = "xo#da"
_FARTHEST = 9
_WHEN = word_set("when")


class Subjects:
    """The phrases of one sentence, to be looked up by where they begin and end."""

    def __init__(self, sentence: Sentence, cast: Cast) -> None:
        self.sentence, self.tokens = sentence, sentence.tokens
        self.tags = sentence.tokens.tags
        self.named = cast.named[sentence.index]
        self.ends = {phrase.last: k for k, phrase in enumerate(sentence.phrases)}
        self.begins = {phrase.first: k for k, phrase in enumerate(sentence.phrases)}

    def phrase_left(self, left: int) -> int | None:
        """Return the phrase that ends at a word, or that a few words part from it."""
        tags = self.tags
        if left >= 0 and tags[left] == ")":
            left = tags.rfind("(", 0, left) - 1
        if left >= 0 and tags[left] in ",-":
            number = self.before_parenthesis(left)
            if number is not None:
                return number
            return None
        if left >= 0 and self.tokens.word(left).lower() == "which":
            return self.antecedent(left)
        steps = 0
        while left >= 0 and left + 1 not in self.ends:
            if tags[left] not in _BETWEEN or steps >= _FARTHEST:
                return None
            left, steps = left - 1, steps + 1
        if left < 0:
            return None
        number = self.ends[left + 1]
        phrase = self.sentence.phrases[number]
        if steps and self.tokens.word(phrase.last).lower() not in _LATER:
            # "the Karvan case suggests": the name only tells which case
            return None
        if phrase.kind == "pronoun" and phrase.words.lower() == "who":
            return self.antecedent(phrase.first)
        return self.out_of_preposition(number)

    def out_of_preposition(self, number: int) -> int | None:
        """Go from "the capital" in "a group from the capital said" to "a group"."""
        phrase = self.sentence.phrases[number]
        while phrase.first and self.tokens.word(phrase.first - 1).lower() in _PREPOSITIONS:
            left = phrase.first - 1
            steps = 0
            while left >= 0 and left not in self.ends:
                left, steps = left - 1, steps + 1
                if left < 0 or steps > _FARTHEST or self.tags[left] not in _BETWEEN:
                    return None
            if left < 0:
                return None
            number = self.ends[left]
            phrase = self.sentence.phrases[number]
        return number

    def before_parenthesis(self, left: int) -> int | None:
        """Return the phrase before the other comma of "Petrov, who led the talks, said"."""
        sign = self.tags[left]
        for comma in range(left - 1, max(-1, left - 30), -1):
            if self.tags[comma] in "Q.:":
                return None
            if self.tags[comma] == sign and comma in self.ends:
                number = self.out_of_preposition(self.ends[comma])
                if number is None:
                    return None
                phrase = self.sentence.phrases[number]
                inside = phrase.first and self.tags[phrase.first - 1] == sign
                # of "X, a general, said" the general is the apposition, not the subject
                outer = self.before_parenthesis(comma) if inside and not phrase.name else None
                return number if outer is None else outer
        return None

    def antecedent(self, before: int) -> int | None:
        """Return the phrase that who or which stands for."""
        if before and self.tags[before - 1] == ",":
            before -= 1
        return self.ends.get(before)

    def plural_before(self, left: int) -> bool:
        """Tell whether the phrase that ends at a word is several people, or we or I."""
        number = self.ends.get(left + 1)
        if number is None:
            return False
        phrase = self.sentence.phrases[number]
        word = phrase.words.rsplit(" ", 1)[-1].lower()
        if phrase.kind == "pronoun":
            return word in ("they", "we", "i", "who", "you")
        head = phrase.office.rsplit(" ", 1)[-1].lower() or word
        return (
            head.endswith(("s", "men"))
            or head in ("police", "people")
            or head in lexicon.GROUPS
            or phrase.kind == "group"
        )

    def is_aside(self, first: int, at: int) -> bool:
        """Tell whether subject and verb stand between commas, or at the end, of what is said."""
        tags = self.tags
        while first and tags[first - 1] in "dhxj" and tags[first - 1 : first + 1] != "xV":
            first -= 1
            if tags[first] in "dh":
                break
        begin = tags.rfind("Q", 0, first) + 1
        if first - begin < 3 or tags[first - 1] != ",":
            return False
        if tags[begin] in "oG" and "," not in tags[begin : first - 1]:
            # "In the capital on Monday, the minister said ..."
            return False
        stop = at + 1
        while stop < len(tags) and tags[stop] not in ",.:Q;-" and stop - at < 12:
            word = self.tokens.word(stop).lower()
            if word in ("that", "it", "there", "they", "he", "she") or tags[stop] == "V":
                return False
            stop += 1
        ended = stop >= len(tags) or tags[stop] in ",.;"
        return ended and (stop == at + 1 or self.is_circumstance(at + 1))

    def is_circumstance(self, at: int) -> bool:
        """Tell whether words behind a verb say when, where or to whom: "on Friday", "reporters"."""
        word = self.tokens.word(at).lower()
        told = self.tokens.word(at - 1).lower() == "told"
        return told or word in _PREPOSITIONS or word in _WHEN or self.tags[at] == "O"

    def is_title(self, at: int) -> bool:
        """Tell whether the quotation before a comma is a few words without a stop of their own."""
        if self.tags[at - 1] != ",":
            return False
        words = self.tokens.word(at - 2).strip("“”\"'‘’")
        return len(words.split()) < 5 and words[-1:] not in ",.!?"
