"""What a file seems to be, told by its first bytes; the ending of its name is a hint only."""

from __future__ import annotations

import re

from detente.errors import DetenteError, Place, Problem
from detente.reading.article import Format
from detente.reading.opening.decode import bom_of

__all__ = ["format_of", "refuse_binary"]

_SAVE = "open it and save its text as a .txt file"
#: first bytes -> what the file seems to be, and what to do
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "save its text first: `pdftotext FILE.pdf FILE.txt`"),
    (b"%!PS", "a PostScript file", "save its text first: `ps2ascii FILE.ps FILE.txt`"),
    (b"{\\rtf", "an RTF document", _SAVE),
    (b"\x89PNG", "a PNG image", "type its text out, or have a program for scanned pages read it"),
    (b"\xff\xd8\xff", "a JPEG image", "type its text out, or have a scan program read it"),
    (b"GIF8", "a GIF image", "type its text out, or have a scan program read it"),
    (b"II*\x00", "a TIFF image", "type its text out, or have a scan program read it"),
    (b"MM\x00*", "a TIFF image", "type its text out, or have a scan program read it"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word document", _SAVE),
    (b"\x1f\x8b", "a gzip archive", "unpack it first: `gunzip FILE.gz`"),
    (b"BZh", "a bzip2 archive", "unpack it first: `bunzip2 FILE.bz2`"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it first: `unxz FILE.xz`"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"\x7fELF", "a program", "give the article itself"),
    (b"SQLite format 3\x00", "a database", "give the article itself"),
    (b"OggS", "a recording", "write down what is said in it"),
    (b"ID3", "a recording", "write down what is said in it"),
    (b"bplist", "a web archive of Safari", "save the page as HTML or as text"),
)
#: what bytes of a text never hold; tabs, line ends and form feeds are none
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31}) + b"\x7f"
_ZIPPED = (
    (b"word/", "a Word document"),
    (b"opendocument.text", "an OpenDocument text"),
    (b"epub+zip", "an EPUB book"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint file"),
)

_HTML = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|a|br|h[1-6]|ul|li|table|tr|td|body|head|meta|script|article|section|img"
    r"|blockquote|em|strong|title|main|header|footer|nav)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?[^\r\n]*(?:(?:\r?\n|\r)[ \t][^\r\n]*)*")
_MBOX = re.compile(r"From \S+ [^\r\n]{0,80}\d{4}[^\r\n]{0,20}(?:\r?\n|\r)")
#: one of the first has to be there, and two of all, for headers to make a mail
_OF_MAIL = {"from", "mime-version", "message-id", "received", "return-path", "delivered-to"}
_WITH_MAIL = {"to", "cc", "date", "subject", "content-type", "reply-to", "sender", "in-reply-to"}


def refuse_binary(data: bytes, name: str) -> None:
    """Refuse what is no text.

    Raises
    ------
    DetenteError
        If it begins as a PDF, an image, an archive..., or holds many control characters.
    """
    seems = _seems(data)
    if seems:
        what, remedy = seems
        message = f"{name} seems to be {what}; {remedy}"
        raise DetenteError(Problem("not-an-article", message, Place(name)))


def _seems(data: bytes) -> tuple[str, str] | None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, what, remedy in _MAGIC:
        if head.startswith(magic) or data.startswith(magic):
            return what, remedy
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        inside = data[:65536]
        kind = next((what for mark, what in _ZIPPED if mark in inside), None)
        return (kind, _SAVE) if kind else ("a ZIP archive", "unpack it first: `unzip FILE.zip`")
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image or a recording", "type its text out"
    if data[4:8] == b"ftyp":
        return "a film or an image", "type its text out"
    sample, wide = data[:65536], bom_of(data)
    if wide and wide[1] != "utf-8":
        sample = sample[wide[0] :].decode(wide[1], "replace").encode("utf-8", "replace")
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > 2 and control > 0.03 * len(sample):
        return "a file that is no text", _SAVE
    return None


def format_of(text: str, name: str) -> Format:
    """Tell a web page and a saved mail from plain text, by what they begin with."""
    head = text[:8192].lstrip()
    if _is_mail(head):
        return "mail"
    if _HTML.search(head[:4096]):
        return "html"
    tags = len(_TAG.findall(head))
    named = name.lower().endswith((".html", ".htm", ".xhtml", ".mhtml"))
    if tags >= 8 or (head.startswith("<") and tags >= 2) or (named and tags):
        return "html"
    return "text"


def _is_mail(head: str) -> bool:
    mbox = _MBOX.match(head)
    at = mbox.end() if mbox else 0
    seen = set()
    while header := _HEADER.match(head, at):
        seen.add(header[1].lower())
        at = header.end()
        line_end = re.compile(r"\r?\n|\r").match(head, at)
        if not line_end:
            break
        at = line_end.end()
    ended = at >= len(head) or head[at] in "\r\n" or at > 4096
    known = seen & (_OF_MAIL | _WITH_MAIL)
    return ended and bool(seen & _OF_MAIL) and len(known) >= 2
