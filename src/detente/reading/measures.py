"""Sanctions, designations, bans and listings that a text announces as done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from detente.reading.done import Verb, verb_at
from detente.reading.found import Dating, MeasureFound, Span, Who
from detente.reading.layout import Layout
from detente.reading.passage import Passage
from detente.reading.targets import Targets, Token, tokens_of
from detente.reading.words import words_under

__all__ = ["find_measures"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TERROR = re.compile(
    r"\b(?:a|an|as|being)\s+(?:[\w-]+\s+){0,3}terrorist\s+(?:organi[sz]ations?|groups?|entit\w+)"
)
_LIST = re.compile(
    r"\b(?:to|on|onto|in|from|off)\s+(?:[\w\u2019'-]+\s+){0,5}?(?:black-?list|(?P<bare>list|register))\b"
    r"|\bunder\s+(?:[\w-]+\s+){0,3}?(?:sanctions|embargo|asset freeze|travel ban)\b"
)
_LISTS = re.compile(r"sanction|black-?list|designat|embargo|terror|export|trade|entity list|sdn")
_OTHER_LIST = re.compile(r"heritage|guest|wish|waiting|short|white|reading|shopping|to-do|mailing")
_TASK = re.compile(
    r"\bto\s+(?:lead|head|represent|negotiate|serve|act|be|handle|oversee|attend|speak|succeed|run"
    r"|chair|host|take|replace|help|work|carry|draft|hold|mediate)\b|\bas\b(?!.{0,40}(?:terror|block"
    r"|sponsor|support|foreign))|^\s*an?\b(?!.{0,40}terror)"
)
_ENTRY = re.compile(
    r"\bfrom\s+(?:entering|travel\w*|entry|doing business|the country|visiting)|\bentry"
)
_WITH = re.compile(r"\bwith\s+(?:[\w-]+\s+){0,5}?(?:sanctions|travel bans?|asset freezes?)\b")
_NOMINAL = re.compile(
    r"\s+(?:the\s+|a\s+|an\s+)?(?:(?P<impose>imposition)|(?P<lift>lifting|easing|suspension|removal)"
    r"|(?P<list>designation|listing|blacklisting|sanctioning)|(?P<delist>delisting))\s+of\s"
)
#: what may stand between a verb and its sanctions with "of": a package of sanctions
_LOTS = frozenset("round package set series wave batch raft slew tranche".split())  # noqa: SIM905
_AFTER_NOUN = words_under("phrases", "after sanctions")
_SANCTIONS = words_under("measures", "sanctions")
_RESTRICTION = words_under("measures", "restriction")
_TRADE = words_under("measures", "trade")
_ASSETS = words_under("measures", "assets")
_UNREAL = words_under("measures", "hypothesis")
#: a verb and its sanctions are not parted by these
_BREAKING = words_under("phrases", "phrase ends") - {"and", "as", "well"}
_ON = frozenset(["on", "against", "upon", "targeting"])
#: a phrase that says on whom does not go on past these
_STOPS = frozenset(["over", "after", "because", "who", "said", "until", "unless", "while", "when"])


def find_measures(
    layout: Layout,
    *,
    mentions: Sequence[Who],
    dates: Sequence[Dating],
    quotations: Sequence[Span],
) -> list[MeasureFound]:
    """Find the sanctions, designations and bans that the text announces as done.

    Threats, demands and plans are none, nor are questions, conditions, denials, or sanctions of
    which no verb tells that they were imposed or lifted. What stands inside a quotation is not
    read.

    Parameters
    ----------
    layout : Layout
    mentions : sequence of Who
        The actors that the text names, each at its place.
    dates : sequence of Dating
        A measure's `dating` is an index into them.
    quotations : sequence of Span
        The words without their marks.

    Returns
    -------
    list of MeasureFound
        In the order of the text.
    """
    reader = _Reader(layout, mentions, dates, quotations)
    found: list[MeasureFound] = []
    for verb in reader.verbs():
        one = reader.measure(verb)
        if one is None:
            continue
        last = found[-1] if found else None
        if last and layout.sentence_at(last.span.start) == verb.sentence:
            if verb.joined and not (last.targets and one.targets):
                # "expanded its sanctions, blacklisting two banks" tells one measure
                if one.targets:
                    span = Span(last.span.start, max(last.span.end, one.span.end))
                    found[-1] = replace(last, span=span, targets=one.targets, named=one.named,
                                        against=last.against or one.against)  # fmt: skip
                continue
            if one.span.overlaps(last.span) and not one.targets:
                continue
        found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """What a verb tells: the kind, the phrase of the targets, and who imposed it."""

    kind: str
    targets: Targets
    imposer: Who | None
    end: int
    start: int


class _Reader(Passage):
    """A passage read verb by verb."""

    def verbs(self) -> Iterator[Verb]:
        """Yield the verbs of measures that were done."""
        known = _classes()
        for word in _WORD.finditer(self.low):
            if word.group() not in known:
                continue
            index = self.layout.sentence_at(word.start())
            if index < 0 or word.end() > self.layout.sentences[index].end:
                continue
            sentence = self.layout.sentences[index]
            span = Span(*word.span())
            if verb := verb_at(self.low, span, sentence, index):
                yield verb

    def measure(self, verb: Verb) -> MeasureFound | None:
        """Return the measure that a verb tells, if it tells one."""
        told = None
        for one in _classes()[verb.word]:
            told = self._told(one, verb)
            if told:
                break
        if told is None:
            return None
        start = min(verb.span.start, told.start)
        end = max(told.end, verb.span.end)
        while self.layout.text[end - 1].isspace() or self.layout.text[end - 1] in ",;.":
            end -= 1
        end = max(end, verb.span.end)
        return MeasureFound(
            Span(start, end), told.kind, told.imposer, told.targets.against,
            told.targets.counts or None, tuple(who.name for who in told.targets.named),
            self.dating(verb),
        )  # fmt: skip

    def _told(self, kind: str, verb: Verb) -> _Found | None:
        match kind:
            case "impose" | "lift":
                return self._noun(verb, lifts=kind == "lift") or (
                    self._announced(verb) if kind == "impose" else self._listed(verb, adds=False)
                )
            case "list" | "delist":
                return self._direct(verb, "delisting" if kind == "delist" else _listing(verb.word))
            case "add" | "strike":
                return self._listed(verb, adds=kind == "add")
            case "freeze":
                return self._owned(verb)
            case "ban":
                return self._banned(verb)
            case "hit":
                return self._hit(verb)
            case _:
                return self._declared(verb)

    # -- the forms that a measure takes ---------------------------------------------------------

    def _noun(self, verb: Verb, *, lifts: bool, at: int | None = None) -> _Found | None:
        """Read "imposed sanctions on ..." and "sanctions on ... were imposed"."""
        after = self.tail(verb) if at is None else Span(at, self.tail(verb).end)
        active = not verb.passive or at is not None
        words = tokens_of(self.low, after if active else self.subject(verb))
        k = _sanctions(words, active=active)
        if k is None:
            return None
        on = _next_on(words, k + 1)
        phrase = None
        if not active:
            tail = tokens_of(self.low, after)
            first = next((one for one in tail[:6] if one.word in _ON), None)
            phrase = Span(first.end, after.end) if first else None
        if phrase is None and on is not None:
            phrase = Span(words[on].end, after.end if active else verb.group)
        targets = self.targets(phrase or Span(words[k].end, words[k].end))
        kind = _noun_kind(words, k)
        if kind == "restriction" and not (
            targets.counts or targets.against or {one.word for one in words[k:]} & _TRADE
            or {one.word for one in words[:k]} & _TRADE
        ):  # fmt: skip
            return None
        imposer = self.imposer(verb) or (None if active else self.owner(words[k].start))
        return self._make(verb, "delisting" if lifts else kind, targets, imposer)

    def _announced(self, verb: Verb) -> _Found | None:
        """Read "announced the designation of ..."."""
        after = self.tail(verb)
        found = _NOMINAL.match(self.low, after.start, after.end)
        if not found or verb.passive or not verb.word.startswith(("announc", "order", "approv")):
            return None
        kind = found.lastgroup or ""
        if kind in {"impose", "lift"}:
            return self._noun(verb, lifts=kind == "lift", at=found.end())
        return self._counted(verb, "delisting" if kind == "delist" else "designation",
                             Span(found.end(), after.end))  # fmt: skip

    def _direct(self, verb: Verb, kind: str) -> _Found | None:
        """Read "sanctioned two firms" and "two firms were sanctioned"."""
        after = self.tail(verb)
        tail = self.low[after.start : after.end]
        terror = _TERROR.search(tail)
        if verb.word.startswith("design") and not terror and _TASK.search(tail[:120]):
            return None
        sentence = self.sentence(verb)
        if verb.word.startswith("listed"):
            around = self.low[max(sentence.start, after.start - 200) : after.end]
            if not _LISTS.search(around):
                return None
        if terror and not verb.passive:
            after = Span(after.start, after.start + terror.start())
        return self._counted(verb, kind, self.subject(verb) if verb.passive else after,
                             states=kind == "sanctions")  # fmt: skip

    def _listed(self, verb: Verb, *, adds: bool) -> _Found | None:
        """Read "added two firms to its list" and "removed two firms from its list"."""
        after = self.tail(verb)
        found = _LIST.search(self.low, after.start, after.end)
        if not found or (found.group().split()[0] in {"from", "off"}) is adds:
            return None
        words = found.group()
        phrase = self.subject(verb) if verb.passive else Span(after.start, found.start())
        kind = "sanctions" if words.startswith("under") else "designation"
        told = self._counted(verb, kind if adds else "delisting", phrase)
        if told is None or _OTHER_LIST.search(words):
            return None
        sentence = self.sentence(verb)
        near = self.low[max(sentence.start, after.start - 200) : after.end]
        public = told.imposer and told.imposer.kind in {"state", "organisation", "office"}
        if found["bare"] and not _LISTS.search(near) and (
            not public or set(told.targets.counts) <= {"other"}
        ):  # fmt: skip
            return None
        return replace(told, end=max(told.end, found.end()))

    def _owned(self, verb: Verb) -> _Found | None:
        """Read "froze the assets of ..." and "the assets of ... were frozen"."""
        window = self.subject(verb) if verb.passive else self.tail(verb)
        words = tokens_of(self.low, window)
        for k, one in enumerate(words[:30]):
            if one.word in _ASSETS:
                then = words[k + 1 : k + 4]
                of = next((t for t in then if t.word in {"of", "to", "by", "held"}), None)
                phrase = Span(of.end if of else window.start, window.end if of else one.start)
                return self._make(verb, "sanctions", self.targets(phrase), self.imposer(verb))
        return None

    def _banned(self, verb: Verb) -> _Found | None:
        """Read "banned imports of ..." and "banned two officials from entering"."""
        after = self.tail(verb)
        window = self.subject(verb) if verb.passive else after
        targets = self.targets(window)
        head = {one.word for one in tokens_of(self.low, window)[: 4 if not verb.passive else 60]}
        counts = {k: n for k, n in targets.counts.items() if k != "person"}
        people = "person" in targets.counts and _ENTRY.search(self.low, after.start, after.end)
        if not (head & _TRADE or counts or people):
            return None
        return self._make(verb, "restriction", targets, self.imposer(verb))

    def _hit(self, verb: Verb) -> _Found | None:
        """Read "hit two firms with sanctions"."""
        after = self.tail(verb)
        found = _WITH.search(self.low, after.start, after.end)
        if not found:
            return None
        phrase = self.subject(verb) if verb.passive else Span(after.start, found.start())
        return self._counted(verb, "sanctions", phrase, states=True)

    def _declared(self, verb: Verb) -> _Found | None:
        """Read "declared the party a terrorist organisation"."""
        after = self.tail(verb)
        found = _TERROR.search(self.low, after.start, after.end)
        if not found or found.start() - after.start > 120:
            return None
        phrase = self.subject(verb) if verb.passive else Span(after.start, found.start())
        told = self._counted(verb, "designation", phrase)
        return replace(told, end=max(told.end, found.end())) if told else None

    # -- parts of them --------------------------------------------------------------------------

    def _counted(
        self, verb: Verb, kind: str, phrase: Span, *, states: bool = False
    ) -> _Found | None:
        """Return a measure whose targets stand in a phrase; None where it tells of none."""
        targets = self.targets(phrase)
        whole = states and targets.first is not None and targets.first.kind == "state"
        if not targets.counts and not (whole and self._whole(targets)):
            return None
        return self._make(verb, kind, targets, self.imposer(verb))

    def _whole(self, targets: Targets) -> bool:
        """Tell whether a phrase is about a state itself, not about something of it."""
        assert targets.first is not None
        after = self.low[targets.first.span.end : targets.first.span.end + 30]
        return not re.match(
            r"['\u2019]|-|\s+(?!over|for|after|in|on|with|and|again|to|by)\w", after
        )

    def _make(self, verb: Verb, kind: str, targets: Targets, imposer: Who | None) -> _Found:
        start = verb.group
        if imposer and self.sentence(verb).start <= imposer.span.start < start:
            start = imposer.span.start
        if verb.passive:
            start = min(start, self._first_word(self.subject(verb)))
        end = targets.end if targets.counts or targets.against else verb.span.end
        end = max(end, verb.span.end)
        if imposer and verb.passive:
            end = max(end, imposer.span.end)
        return _Found(kind, targets, imposer, min(end, self.sentence(verb).end), start)

    def _first_word(self, window: Span) -> int:
        at = window.start
        while at < window.end and not self.text[at].isalnum():
            at += 1
        return at


@cache
def _classes() -> Mapping[str, Sequence[str]]:
    """Return the classes of each form of a verb of measures."""
    found: dict[str, list[str]] = {}
    for kind in (
        "impose",
        "lift",
        "list",
        "delist",
        "add",
        "strike",
        "freeze",
        "ban",
        "hit",
        "declare",
    ):
        for form in words_under("measures", kind):
            found.setdefault(form, []).append(kind)
    for form in ("placed", "places", "placing", "put", "puts", "putting"):
        found[form].append("add")
    for form in ("slapped", "slaps", "slapping"):
        found[form].append("hit")
    for form in ("designated", "designates", "designating", "listed"):
        found[form].append("declare")
    return found


def _listing(word: str) -> str:
    return "sanctions" if word.startswith("sanction") else "designation"


def _sanctions(words: Sequence[Token], *, active: bool) -> int | None:
    """Return the token of the sanctions that a verb imposes or lifts."""
    nouns = _SANCTIONS | _RESTRICTION
    for k, one in enumerate(words[: 14 if active else 80]):
        if one.word in nouns:
            after = words[k + 1].word if k + 1 < len(words) else ""
            # "a sanctions bill" is none
            return k if not after[:1].isalpha() or after in _AFTER_NOUN | nouns else None
        lot = one.word == "of" and words[k - 1].word in _LOTS
        if one.word in _UNREAL or (active and not lot and one.word in _BREAKING):
            return None
    return None


def _next_on(words: Sequence[Token], start: int) -> int | None:
    """Return the token of the preposition that says on whom."""
    for k in range(start, min(start + 16, len(words))):
        if words[k].word in _ON:
            return k
        if words[k].word in _STOPS:
            return None
    return None


def _noun_kind(words: Sequence[Token], k: int) -> str:
    named = {one.word for one in words[max(0, k - 1) : k]}
    if words[k].word in _SANCTIONS or named & {"travel", "visa", "asset", "entry"}:
        return "sanctions"
    after = {one.word for one in words[k + 1 : k + 4]}
    return "sanctions" if after & _SANCTIONS else "restriction"
