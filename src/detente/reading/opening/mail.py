"""A saved mail, or a page saved as one (.mht): its text, and what its headers say."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import Message
from email.utils import parsedate_to_datetime

from detente.errors import DetenteError, Place, Problem
from detente.reading.found import Span
from detente.reading.furniture import find_furniture, joined
from detente.reading.opening.decode import Decoded, codec, decode
from detente.reading.opening.html import open_page
from detente.reading.opening.opened import Opened

__all__ = ["open_mail"]

#: more parts than this are no mail that anybody sent
_PARTS = 200
_HEADER = 2_000
_NEXT = re.compile(rb"\r?\n\r?\nFrom \S+ [^\r\n]{0,80}\d{4}[^\r\n]{0,20}\r?\n(?=[A-Z][\w-]*:)")
#: what is more than a header of a part holds; to take it apart would take long
_ENDLESS = re.compile(
    rb"^(Content-[A-Z-]{1,30}:(?:[^\r\n]{0,1000}\r?\n[ \t]){0,20}[^\r\n]{0,1000})"
    rb"(?:[^\r\n]|\r?\n[ \t])*",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"[ \t]*>")
_WROTE = re.compile(r"(?:On|Am|Le) .{6,200}\b(?:wrote|schrieb|a écrit) ?:")
_ORIGINAL = re.compile(
    r"-{2,}\s?(?:Original Message|Forwarded message|Original Appointment)\s?-{2,}|_{20,}",
    re.IGNORECASE,
)


def open_mail(data: bytes, name: str) -> Opened | None:
    """Read a mail; of several in one file the first.

    Returns
    -------
    Opened or None
        None for what only looks like a mail: it is read as plain text then.

    Raises
    ------
    DetenteError
        If it has no text.
    """
    if data.lower().count(b"boundary=") > _PARTS:
        return None
    later = list(_NEXT.finditer(data)) if data.startswith(b"From ") else []
    first = _ENDLESS.sub(rb"\1", (data[: later[0].start()] if later else data).lstrip())
    try:
        message: Message = email.message_from_bytes(first, policy=policy.compat32)
        parts = [one for one in message.walk() if not one.is_multipart()]
    except Exception:  # the parser of mails is known to trip over broken ones in many ways
        return None
    plain = _part(parts, "text/plain")
    page = _part(parts, "text/html")
    saved = _saved_from(message, page)
    if saved is not None and page is not None:
        opened = open_page(_text(page, name).text, name)
        opened.note("url", saved, "given")
        return opened
    if plain is not None and (read := _text(plain, name)).text.strip():
        text, earlier = _apart(read.text)
        opened = Opened(text, "mail", problems=list(read.problems))
        opened.furniture = joined((*find_furniture(text), *earlier))
    elif page is not None:
        inner = open_page(_text(page, name).text, name)
        opened = Opened(inner.text, "mail", furniture=inner.furniture, problems=inner.problems)
        for fact in ("publisher", "url"):
            opened.note(fact, inner.facts.get(fact), inner.known.get(fact, "inferred"))
    else:
        what = f"the mail {name} has no text of its own"
        raise DetenteError(Problem("not-an-article", what, Place(name)))
    _headers(opened, message)
    if later:
        what = f"{name} holds {len(later) + 1} mails or more, and only the first was read"
        opened.problems.append(Problem("cut-short", what, Place(name), severity="warning"))
    return opened


def _part(parts: list[Message], kind: str) -> Message | None:
    return next(
        (one for one in parts if one.get_content_type() == kind and not one.get_filename()), None
    )


def _saved_from(message: Message, page: Message | None) -> str | None:
    """Return the address of a page that a browser saved as a mail; empty if it is not told."""
    url = str(message.get("Snapshot-Content-Location") or "")
    by_browser = "saved by" in str(message.get("From") or "").lower()
    if page is None or not (url or by_browser):
        return None
    url = url or str(page.get("Content-Location") or "")
    return url if url.startswith(("http://", "https://")) else ""


def _text(part: Message, name: str) -> Decoded:
    try:
        payload = part.get_payload(decode=True)
        declared = part.get_content_charset()
    except Exception:  # a broken transfer encoding or header
        payload, declared = str(part.get_payload()).encode("utf-8", "replace"), None
    data = payload if isinstance(payload, bytes) else b""
    known = codec(declared)
    # seven-bit encodings of Asia are valid UTF-8 by accident
    if known and known.startswith("iso2022"):
        return Decoded(data.decode(known, "replace"))
    return decode(data, name, declared)


def _headers(opened: Opened, message: Message) -> None:
    subject, sender = _header(message, "Subject"), _header(message, "From")
    opened.note("title", subject, "given")
    try:
        addresses = policy.default.header_factory("From", sender).addresses
        opened.note("author", addresses[0].display_name if addresses else None, "given")
    except Exception:  # as above
        opened.note(
            "author", sender.partition("<")[0].strip(' "') if "<" in sender else None, "given"
        )
    try:
        day = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return
    opened.note("published", day, "given")


def _header(message: Message, name: str) -> str:
    """Return a header in letters, words in other encodings decoded."""
    raw = " ".join(str(message.get(name) or "")[:_HEADER].split())
    try:
        return str(policy.default.header_factory(name, raw))
    except Exception:  # as above
        return raw


def _apart(text: str) -> tuple[str, list[Span]]:
    """Set what is quoted from earlier mails apart from what is new, by blank lines.

    Returns
    -------
    tuple of str and list of Span
        The text, and what of it is an earlier mail, its introduction, or a signature.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kinds, old, signed = [], False, False
    for line in lines:
        if not old and line.startswith("-- ") and not line[3:].strip():
            signed = True
        old = old or bool(_ORIGINAL.fullmatch(line.strip()))
        quoted = bool(_QUOTED.match(line))
        kinds.append(old or quoted or signed)
    for k in range(len(lines)):
        # an introduction may be broken over two lines
        for size in (1, 2):
            intro = " ".join(one.strip() for one in lines[k : k + size])
            if len(intro) < 300 and _WROTE.fullmatch(intro) and any(kinds[k + size : k + size + 3]):
                kinds[k : k + size] = [True] * len(kinds[k : k + size])
    made: list[str] = []
    spans: list[Span] = []
    at, start, before = 0, 0, False
    for line, apart in zip((*lines, ""), (*kinds, False), strict=True):
        blank = not line.strip()
        if apart != before and not (blank and before and at < len(text)):
            if before:
                spans.append(Span(start, at))
            if made and made[-1].strip():
                made.append("")
                at += 1
            start, before = at, apart
        made.append(line)
        at += len(line) + 1
    if before:
        spans.append(Span(start, at))
    whole = "\n".join(made[:-1])
    ends = ((s, min(e, len(whole))) for s, e in spans)
    return whole, [Span(s, e) for s, e in ends if whole[s:e].strip()]
