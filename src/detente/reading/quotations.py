"""Quotations by their marks: where each begins and ends, what stands inside what.

A quotation ends with its paragraph at the latest. When the next paragraph opens with a mark, the
same quotation goes on, as printers do it; otherwise it was never closed. An apostrophe is told from
a single mark by what stands around it, and where both are possible by whether a closing mark can
still come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from detente.reading.found import Quotation, Span
from detente.reading.layout import Layout, Paragraph

__all__ = ["find_quotations"]

_MARK = re.compile("[\"“”„«»‹›‘’'‚]")
_DOUBLE_OPEN, _SINGLE_OPEN = frozenset("“„«"), frozenset("‘‹‚")
#: which marks close what one opened
_CLOSES = {
    "“": "”“\"", "„": "“”\"", "«": "»", "»": "«", '"': '"”', "”": '”"',
    "‘": "’", "‚": "‘’", "‹": "›", "'": "'’",
}  # fmt: skip
_BRACKETS = re.compile(r"[\[\]]|\(|\.\.\.|…|\. \. \.")
_ELISION = re.compile(r"[‘’'](?:\d0s|em|til|tis|twas|cause|n|bout|round)\b", re.IGNORECASE)
#: nothing is nested deeper in print; more marks than this are noise
_DEEPEST = 4


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    index: int


def find_quotations(layout: Layout) -> list[Quotation]:
    """Return all quotations of the content of a text, in the order of their opening marks.

    Returns
    -------
    list of Quotation
        With `span`, `text`, `edited`, `inside`, `closed`, and `utterance` for quotations that go
        on over paragraphs; speakers are found later.
    """
    found: list[Quotation] = []
    utterance = 0
    going_on = ""
    for paragraph in layout.content:
        part = _Scan(layout.text, paragraph, len(found))
        part.run()
        goes_on = bool(going_on) and bool(part.done) and part.first_mark == going_on
        if going_on and not goes_on:
            # the last one of the paragraph before was never closed
            _leave_open(found)
        for quotation in part.done:
            new = quotation.inside is None and not (goes_on and quotation is part.done[0])
            if new:
                utterance += 1
            found.append(replace(quotation, utterance=utterance))
        going_on = part.left_open
    if going_on:
        _leave_open(found)
    return found


def _leave_open(found: list[Quotation]) -> None:
    """Note that the last quotation, those inside it aside, was never closed."""
    at = len(found) - 1
    while found[at].inside is not None:
        at -= 1
    found[at] = replace(found[at], closed=False)


class _Scan:
    """One paragraph, mark by mark."""

    def __init__(self, text: str, paragraph: Paragraph, base: int) -> None:
        self.text, self.start, self.end = text, *paragraph.span
        self.base = base
        self.stack: list[_Open] = []
        self.slots: list[Quotation | None] = []
        self.inside: list[int | None] = []
        #: the mark of a quotation that may go on in the next paragraph
        self.left_open = ""
        self.first_mark = ""

    @property
    def done(self) -> list[Quotation]:
        return [one for one in self.slots if one is not None]

    def run(self) -> None:
        first = True
        for found in _MARK.finditer(self.text, self.start, self.end):
            mark, at = found.group(), found.start()
            if first and at == self.start:
                self.first_mark = mark
            first = False
            self._meet(mark, at)
        self._finish()

    # -- one mark --------------------------------------------------------------------------------

    def _meet(self, mark: str, at: int) -> None:
        if mark in "'’‘" and self._apostrophe(mark, at):
            return
        if self.stack and mark in _CLOSES[self.stack[-1].mark] and self._can_close(at):
            self._close(at)
        elif self._closes_outer(mark, at):
            # an inner one was never closed
            while mark not in _CLOSES[self.stack[-1].mark]:
                self._drop()
            self._close(at)
        elif self._can_open(mark, at):
            if self.stack and self.stack[-1].mark == mark and not self._room_for_two(mark, at):
                self._end_unclosed(at)
            if len(self.stack) < _DEEPEST:
                self.stack.append(_Open(mark, at + 1, len(self.slots)))
                self.inside.append(self.stack[-2].index if len(self.stack) > 1 else None)
                self.slots.append(None)

    def _apostrophe(self, mark: str, at: int) -> bool:
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        if before.isalnum() and after.isalnum():
            return True
        if mark == "‘" and after.isalnum():
            return bool(_ELISION.match(self.text, at)) and not self._closing_later(at)
        single_open = any(one.mark in "'‘" for one in self.stack)
        if before.isalnum() or before in ".,!?…)—-;:":
            # a closing mark, or the ending of workers'
            if not single_open:
                return True
            plural = before in "sSzx" and after == " "
            return plural and self._closing_later(at)
        if after.isalnum() and mark in "'’":
            if _ELISION.match(self.text, at):
                return True
            return mark == "’" or not self._closing_later(at)
        return not single_open

    def _closing_later(self, at: int) -> bool:
        """Tell whether a single mark that closes comes later, before another opens."""
        ahead = re.compile("[‘’']")
        for found in ahead.finditer(self.text, at + 1, min(self.end, at + 2_000)):
            here = found.start()
            before = self.text[here - 1]
            after = self.text[here + 1] if here + 1 < self.end else " "
            if found.group() == "‘":
                return False
            if not after.isalnum() and not before.isspace():
                return True
            if before.isspace() and after.isalnum():
                return False
        return False

    def _can_close(self, at: int) -> bool:
        mark = self.text[at]
        if mark not in "\"“'":
            return True
        # a mark that may open as well: it opens where a word begins after a space
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        opening = (before.isspace() or before in "([—–") and not after.isspace()
        if mark == "“" and self.stack[-1].mark == "“":
            return not opening and not after.isalnum()
        return not opening or self._count_later(mark, at) == 0

    def _count_later(self, mark: str, at: int) -> int:
        return self.text.count(mark, at + 1, self.end)

    def _closes_outer(self, mark: str, at: int) -> bool:
        return any(mark in _CLOSES[one.mark] for one in self.stack[:-1]) and self._can_close(at)

    def _can_open(self, mark: str, at: int) -> bool:
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        if after.isspace():
            return False
        if mark in _DOUBLE_OPEN or mark in _SINGLE_OPEN:
            return True
        free = not before.isalnum()
        return free and (mark in "\"'" or (mark in "”»" and self._count_later(mark, at) > 0))

    def _room_for_two(self, mark: str, at: int) -> bool:
        """Tell whether enough closing marks follow for a quotation inside one of the same mark."""
        if mark not in "“«":
            return False
        closing = "”" if mark == "“" else "»"
        text, end = self.text, self.end
        later = text.find(mark, at + 1, end)
        closings = text.count(closing, at + 1, end)
        openings = 0 if later < 0 else text.count(mark, at + 1, end)
        return closings - openings > 1

    # -- quotations ------------------------------------------------------------------------------

    def _close(self, at: int) -> None:
        one = self.stack.pop()
        self._put(one, at, closed=True)

    def _put(self, one: _Open, end: int, *, closed: bool) -> None:
        start = one.start
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return
        words = self.text[start:end]
        self.slots[one.index] = Quotation(
            Span(start, end),
            words,
            edited=bool(_BRACKETS.search(words)),
            inside=self.inside[one.index],
            closed=closed,
        )

    def _drop(self) -> None:
        self.stack.pop()

    def _end_unclosed(self, at: int) -> None:
        """End a quotation before the mark that opens the next one."""
        one = self.stack.pop()
        if one.mark in "'‘":
            return
        self._put(one, at, closed=False)

    def _finish(self) -> None:
        """End what is open with the paragraph; a single mark left open was an apostrophe."""
        while self.stack:
            one = self.stack.pop()
            if one.mark in "'‘‚" or (one.mark == '"' and self._inches(one.start)):
                continue
            outer = not self.stack
            self._put(one, self.end, closed=outer)
            if outer and self.slots[one.index] is not None:
                self.left_open = one.mark
        self._renumber()

    def _inches(self, start: int) -> bool:
        before = start - 2
        return before >= self.start and self.text[before].isdigit()

    def _renumber(self) -> None:
        """Let `inside` name places in the whole list, and nothing that was dropped."""
        places: dict[int, int] = {}
        for index, one in enumerate(self.slots):
            if one is not None:
                places[index] = self.base + len(places)
        for index, one in enumerate(self.slots):
            if one is None:
                continue
            outer = one.inside
            while outer is not None and outer not in places:
                outer = self.inside[outer]
            at = None if outer is None else places[outer]
            self.slots[index] = replace(one, inside=at)
