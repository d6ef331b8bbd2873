"""Statements in a text: what is said, demanded, offered, refused or foretold, by whom, to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from detente.reading.cast import Cast
from detente.reading.clauses import Cue
from detente.reading.cues.content import content_kind, content_parts, likelihood_in
from detente.reading.cues.verbs import kind_with
from detente.reading.found import AUTHOR, Kind, Quotation, Said, Span, Who
from detente.reading.sentences import Sentence
from detente.reading.words.patterns import pattern, word_set

__all__ = ["find_statements"]


def find_statements(
    sentences: Sequence[Sentence],
    cues: Sequence[Sequence[Cue]],
    cast: Cast,
    quotations: Sequence[Quotation],
    by_cue: Mapping[int, Cue],
) -> list[Said]:
    """Return the statements of a text, in its order.

    Parameters
    ----------
    sentences : sequence of Sentence
    cues : sequence of sequence of Cue
        The verbs of saying of each sentence.
    cast : Cast
    quotations : sequence of Quotation
        With their speakers.
    by_cue : mapping of int to Cue
        The cue that each quotation was attributed by.
    """
    finder = _Finder(cast, quotations, by_cue)
    found: list[Said] = []
    for sentence in sentences:
        found += finder.of(sentence, cues[sentence.index])
    author = Who(AUTHOR, Span(0, 0), "", kind="author")
    return [
        replace(one, reporter=author)
        if one.reporter is None and (one.holder is None or one.holder.kind != "author")
        else one
        for one in found
    ]


class _Finder:
    def __init__(
        self, cast: Cast, quotations: Sequence[Quotation], by_cue: Mapping[int, Cue]
    ) -> None:
        self.cast, self.quotations, self.by_cue = cast, quotations, by_cue
        #: the last statement, and the sentence that it stands in
        self.last: tuple[int, Said] | None = None

    def of(self, sentence: Sentence, cues: Sequence[Cue]) -> list[Said]:
        told = [self._from_cue(sentence, cues, number) for number in range(len(cues))]
        self._join(cues, told)
        found = [
            said
            for number, said in enumerate(told)
            if said is not None and not self._only_reports(cues, told, number)
        ]
        for said in list(found):
            found += self._further_parts(said)
        found += self._quoted_alone(sentence)
        if not found:
            found += self._listed(sentence) or self._foretold(sentence)
        if found:
            self.last = (sentence.index, found[-1])
        return found

    def _join(self, cues: Sequence[Cue], told: list[Said | None]) -> None:
        """Make one of "warned Karvania, saying ...", in place."""
        for number in range(len(cues) - 1, 0, -1):
            cue, first, second = cues[number], told[number - 1], told[number]
            says = cue.how == "shared" and cue.form.shape == "ing"
            if not says or cue.form.kind != "assertion" or first is None or second is None:
                continue
            told[number - 1] = replace(
                first,
                kind=second.kind if first.kind == "assertion" else first.kind,
                span=Span(first.span.start, second.span.end),
                about=second.about,
                cue=first.cue,
                quotations=(*first.quotations, *second.quotations),
            )
            told[number] = None

    def _further_parts(self, said: Said) -> Iterator[Said]:
        """Yield what else is said in a quotation of several sentences."""
        for number in said.quotations:
            quotation = self.quotations[number]
            if quotation.text.count(".") + quotation.text.count("!") < 2:
                continue
            own = _own_names(said.holder)
            parts = content_parts(quotation.text, quoted=True, own=own) or []
            yield from self._parts(quotation, number, parts[1:])

    def _only_reports(self, cues: Sequence[Cue], told: Sequence[Said | None], number: int) -> bool:
        """Tell whether a cue only leads to another: "said that Karvania had accepted"."""
        cue, said = cues[number], told[number]
        if cue.form.kind != "assertion" or said is None or said.quotations:
            return False
        if cue.how == "according":
            return any(
                one is not None and other is not cue for other, one in zip(cues, told, strict=True)
            )
        if cue.aside:
            return any(
                one is not None and other.how == "before" and other.at < cue.first
                for other, one in zip(cues[:number], told[:number], strict=True)
            )
        later = number + 1
        return (
            later < len(cues)
            and told[later] is not None
            and cues[later].how == "before"
            and cues[later].first - cue.last <= 3
        )

    def _listed(self, sentence: Sentence) -> list[Said]:
        """Return a demand that goes on with a list: "It must reinstate the drivers."."""
        if self.last is None or "Q" in sentence.tokens.tags:
            return []
        index, said = self.last
        if sentence.index - index > 1 or said.kind != "demand" or said.holder is None:
            return []
        found = pattern("must").search(sentence.text)
        if found is None:
            return []
        text = " ".join(sentence.text.split())
        return [
            Said(
                kind="demand",
                span=sentence.span,
                about=text,
                holder=said.holder,
                to=said.to,
                cue=found.group(),
                confidence="likely",
            )
        ]

    # -- a verb of saying ------------------------------------------------------------------------

    def _from_cue(self, sentence: Sentence, cues: Sequence[Cue], number: int) -> Said | None:
        cue = cues[number]
        clause = self._clause(sentence, cues, number)
        words = sentence.tokens.text[clause.start : clause.end]
        about = self._about(sentence, cue, clause)
        quoted = tuple(
            k for at, k in sentence.quotes.items()
            if clause.start <= sentence.tokens.spans[at].start < clause.end and self._is_its(k, cue)
        )  # fmt: skip
        if self._announces(sentence, cue, cues, number) or self._idle(cue, about, quoted):
            return None
        kind, told = self._kind(cue, about, quoted)
        if kind is None:
            return None
        holder = None if cue.subject is None else cue.subject.who
        words_said = [self.quotations[k].text for k in quoted]
        if words_said and not any(one in about for one in words_said):
            # “We will go,” Petrov told reporters on Wednesday
            about = " ".join(" ".join(words_said).split())
        outer = self._reporter(cues, number)
        return Said(
            kind=kind,
            span=clause,
            about=about,
            holder=holder,
            to=self._addressee(sentence, cue, clause, holder),
            reporter=outer,
            cue=told or sentence.tokens.word(cue.at),
            confidence="certain" if cue.subject and cue.subject.sure else "likely",
            quotations=quoted,
            likelihood=likelihood_in(words) if kind == "forecast" else "",
        )

    def _announces(self, sentence: Sentence, cue: Cue, cues: Sequence[Cue], number: int) -> bool:
        """Tell whether a cue only leads to words that are a statement of their own."""
        tags = sentence.tokens.tags
        if tags.endswith(":") and number == len(cues) - 1:
            return True
        # "repeated the threat, saying:" and "warned Karvania, saying ..." say one thing
        later = cues[number + 1 : number + 2]
        if later and later[0].form.shape == "ing" and later[0].form.kind == "assertion":
            return tags.endswith(":") and cue.form.kind == "assertion"
        return False

    def _idle(self, cue: Cue, about: str, quoted: Sequence[int]) -> bool:
        """Tell whether a verb that is mostly used otherwise tells of no speech here."""
        if not cue.form.weak or quoted or cue.aside or cue.how in ("inverted", "according"):
            return False
        return not pattern("clause").match(about)

    def _is_its(self, quotation: int, cue: Cue) -> bool:
        found = self.by_cue.get(quotation)
        return found is None or found.at == cue.at

    def _clause(self, sentence: Sentence, cues: Sequence[Cue], number: int) -> Span:
        """Return the clause of a cue: to the next cue of the same subject, or to the end."""
        cue = cues[number]
        tokens = sentence.tokens
        start = sentence.span.start if number == 0 else tokens.spans[cue.first].start
        if cue.how in ("inverted", "according") or cue.aside:
            start = sentence.span.start
        end = sentence.span.end
        for later in cues[number + 1 :]:
            apart = later.how == "shared" or later.subject is None or later.aside
            if apart or self._is_beside(sentence, later):
                end = tokens.spans[later.first].start
                break
        while end > start and tokens.text[end - 1] in " \t\r\n,":
            end -= 1
        return Span(start, end)

    def _is_beside(self, sentence: Sentence, cue: Cue) -> bool:
        """Tell whether a cue begins a clause beside the one before, not within it."""
        if cue.how != "before" or cue.aside or not cue.first:
            return False
        before = cue.first - 1
        while before and sentence.tokens.tags[before] in "dhxjJ'":
            if sentence.tokens.word(before).lower() in _BESIDE:
                return True
            before -= 1
        return sentence.tokens.word(before).lower() in _BESIDE

    def _about(self, sentence: Sentence, cue: Cue, clause: Span) -> str:
        tokens = sentence.tokens
        begin = tokens.spans[cue.last - 1].end if cue.how == "before" else tokens.spans[cue.at].end
        words = tokens.text[begin : clause.end].strip(" ,.:—–-")
        if cue.aside:
            before = tokens.text[clause.start : tokens.spans[cue.first].start].strip(" ,.:—–-")
            after = words.partition(",")[2] if "," in words else ""
            words = f"{before} {after}"
        elif cue.how in ("inverted", "according") or not words:
            words = tokens.text[clause.start : tokens.spans[cue.first].start].strip(" ,.:—–-")
        return " ".join(words.split())

    def _kind(self, cue: Cue, about: str, quoted: Sequence[int]) -> tuple[Kind | None, str]:
        lemma = cue.form.lemma
        words = about.lower()
        if cue.modal and not cue.negated and lemma not in ("welcome", "accept", "agree", "reject"):
            return None, ""
        plain = _MARKS.sub("", about)
        kind = cue.form.kind if cue.aside or cue.how == "inverted" else kind_with(cue.form, plain)
        if kind is None or cue.passive:
            return None, ""
        if kind == "assertion":
            own = _own_names(None if cue.subject is None else cue.subject.who)
            text = " ".join(self.quotations[k].text for k in quoted)
            found: Kind | None = "assertion"
            told = ""
            if text and 2 * len(text) > len(about):
                found, told = content_kind(text, quoted=True, own=own)
            if found == "assertion":
                found, told = content_kind(plain, own=own)
            return (None, "") if cue.negated else (found, told)
        if cue.negated:
            # not accepted is refused; not expected is still foretold
            return (
                "refusal" if kind == "acceptance" else "forecast" if kind == "forecast" else None
            ), ""
        return _by_object(cue, words, kind), ""

    def _reporter(self, cues: Sequence[Cue], number: int) -> Who | None:
        cue = cues[number]
        for outer in cues[number + 1 :]:
            # "Karvania wants its ships back, Petrov said"
            if outer.aside and outer.form.kind == "assertion" and outer.subject is not None:
                return outer.subject.who
        for outer in reversed(cues[:number]):
            if outer.subject is None or outer.how == "according":
                continue
            same = cue.subject is not None and outer.subject.who.name == cue.subject.who.name
            if cue.how == "before" and not same and outer.form.kind == "assertion":
                return outer.subject.who
            break
        return None

    def _addressee(
        self, sentence: Sentence, cue: Cue, clause: Span, holder: Who | None
    ) -> Who | None:
        """Return the first actor named behind the cue, who is not its subject."""
        if cue.how not in ("before", "shared"):
            return None
        if cue.form.kind != "demand" and cue.form.lemma not in _ADDRESSED:
            return None
        for phrase, named in zip(sentence.phrases, self.cast.named[sentence.index], strict=True):
            if phrase.first < cue.last or phrase.span.start >= clause.end or named is None:
                continue
            if phrase.first - cue.last > 3:
                return None
            if holder is None or named.who.name != holder.name:
                return named.who
        return None

    # -- no verb of saying -----------------------------------------------------------------------

    def _quoted_alone(self, sentence: Sentence) -> Iterator[Said]:
        """Yield what is said in quotations whose cue stands in another sentence."""
        for number in sentence.quotes.values():
            quotation = self.quotations[number]
            cue = self.by_cue.get(number)
            here = cue is not None and quotation.rule.startswith("cue")
            if not quotation.speech or quotation.speaker is None or here:
                continue
            own = _own_names(quotation.speaker)
            parts = content_parts(quotation.text, quoted=True, own=own) or []
            yield from self._parts(quotation, number, parts)

    def _parts(
        self, quotation: Quotation, number: int, parts: Sequence[tuple[int, Kind, str]]
    ) -> Iterator[Said]:
        """Yield a statement for every part of a quotation that has a kind of its own."""
        if not parts:
            return
        ends = [begin for begin, _, _ in parts[1:]] + [len(quotation.text)]
        for (begin, kind, told), end in zip(parts, ends, strict=True):
            words = quotation.text[begin:end].strip()
            start = quotation.span.start + quotation.text.index(words, begin)
            yield Said(
                kind=kind,
                span=Span(start, start + len(words)),
                about=" ".join(words.split()),
                holder=quotation.speaker,
                cue=told,
                confidence=quotation.confidence,
                quotations=(number,),
                likelihood=likelihood_in(words) if kind == "forecast" else "",
            )

    def _foretold(self, sentence: Sentence) -> Iterator[Said]:
        """Yield what the author holds to be likely or not."""
        if "Q" in sentence.tokens.tags:
            return
        text = sentence.text
        if text.rstrip(" ”\"'").endswith("?"):
            return
        found = pattern("foretells").search(text) or pattern("i foretell").search(text)
        if found is None and not pattern("planned").search(text):
            found = pattern("will").search(text)
        if found is not None:
            who = Who(AUTHOR, sentence.span, "", kind="author")
            yield Said(
                kind="forecast",
                span=sentence.span,
                about=" ".join(text.split()),
                holder=who,
                cue=found.group(),
                likelihood=likelihood_in(text),
            )


_MARKS = re.compile("[“”\"«»]|(?<!\\w)[‘'’]|['’](?!\\w)")


def _own_names(who: Who | None) -> list[str]:
    """Return the names of a holder, and of the side it speaks for."""
    if who is None:
        return []
    return [one for one in (who.name, who.of) if one and one[0].isupper()]


def _by_object(cue: Cue, words: str, kind: Kind) -> Kind:
    """Return what a verb tells together with what follows: dismissed a claim, vowed never to."""
    match cue.form.lemma:
        case "vow" | "swear" | "pledge" | "promise":
            if re.match(r"(?:\w+ )?(?:never|not) to\b|that \w+ would (?:never|not)\b", words):
                return "refusal"
            if content_kind("we will " + words.removeprefix("to "), quoted=True)[0] == "threat":
                return "threat"
        case "dismiss" | "reject" | "refute" | "dispute" | "rebut":
            charge = pattern("charged").search(words)
            if charge:
                return "denial"
            return "refusal" if cue.form.lemma in ("dismiss", "reject") else "denial"
        case "warn" | "caution" if cue.form.kind == "warning":
            own = _own_names(None if cue.subject is None else cue.subject.who)
            if content_kind(words, own=own)[0] == "threat":
                return "threat"
    return kind


#: verbs whose object is somebody
_ADDRESSED = word_set("addressed")
_BESIDE = word_set("beside")
#: the author looks ahead; with a day named, or of meetings and votes, it is a plan that is told
