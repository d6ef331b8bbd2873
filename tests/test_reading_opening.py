"""Articles of every kind are opened, and what is none is refused with a reason."""

from __future__ import annotations

import hashlib
import io
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.reading.article import Article
from detente.reading.opening import article_of, open_article
from detente.reading.opening.days import day_in_url, is_day

PROSE = (
    "The two sides met in the capital on Monday and spoke for most of the day about the port, the "
    "fishing grounds and the prisoners, and the minister said that they would meet again."
)
PLAIN = f"Talks on the Port Resume\n\nBy Ana Petrov\n\nOctober 30, 2021\n\n{PROSE}\n\n{PROSE}\n"


def _refused(data: bytes | str, name: str = "a.txt", **further: str) -> tuple[str, str, str]:
    with pytest.raises(DetenteError) as caught:
        article_of(data, name, **further)
    (problem,) = caught.value.problems
    return problem.code, str(problem.place), problem.what


def _opened(data: bytes | str, name: str) -> Article | set[str]:
    """Return the article, or the codes of what keeps it from being opened."""
    try:
        return article_of(data, name)
    except DetenteError as error:
        return {one.code for one in error.problems}


def _codes(data: bytes | str) -> list[str]:
    return [one.code for one in article_of(data, "a.txt").problems]


# plain text


def test_a_plain_text_says_who_wrote_it_and_when() -> None:
    article = article_of(PLAIN.encode(), "a.txt")
    assert (article.format, article.text, article.language) == ("text", PLAIN, "en")
    assert article.title == "Talks on the Port Resume"
    assert (article.author, article.published) == ("Ana Petrov", "2021-10-30")
    assert article.known == {"title": "inferred", "author": "given", "published": "given"}
    assert article.sha256 == hashlib.sha256(PLAIN.encode()).hexdigest()
    assert (article.furniture, article.problems) == ((), ())


def test_the_day_that_the_user_gives_goes_first() -> None:
    article = article_of(PLAIN, "a.txt", published="2021-10-29")
    assert (article.published, article.known["published"]) == ("2021-10-29", "given")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 2021-10-30", "2021-10-30"),
        ("Saturday, 30 October 2021, 9:30 am", "2021-10-30"),
        ("By Ana Petrov | Oct. 30, 2021", "2021-10-30"),
        ("VIENNA, October 30, 2021 (Agency) \u2013 The two sides met and talked.", "2021-10-30"),
        ("October 30", None),
        ("31 February 2021", None),
        ("The two sides met on October 30, 2021, and talked.", None),
        ("https://site.example/2021/10/30/talks-resume", "2021-10-30"),
        ("Source: https://site.example/talks", None),
    ],
)
def test_only_a_full_date_that_stands_apart_is_the_day(line: str, day: str | None) -> None:
    assert article_of(f"Talks Resume\n\n{line}\n\n{PROSE}", "a.txt").published == day


def test_an_address_at_the_end_gives_address_and_day() -> None:
    url = "https://site.example/2021/10/30/talks-resume"
    article = article_of(f"{PROSE}\n\n" * 80 + f"Source: {url}\n", "a.txt")
    assert (article.url, article.published) == (url, "2021-10-30")
    assert article.known == {"url": "given", "published": "from-url"}


@pytest.mark.parametrize("line", ["By Friday Morning", "By the end", "By car", "By Ana"])
def test_not_every_by_has_an_author(line: str) -> None:
    assert article_of(f"Talks Resume\n\n{line}\n\n{PROSE}", "a.txt").author is None


@pytest.mark.parametrize("first", [PROSE, "He said so.", "By Ana Petrov", "“Never”"])
def test_not_every_first_paragraph_is_a_title(first: str) -> None:
    assert article_of(f"{first}\n\n{PROSE}", "a.txt").title is None


def test_days_in_addresses() -> None:
    assert day_in_url("https://a.example/20211030/talks") == "2021-10-30"
    assert day_in_url("https://a.example/2021/oct/30/talks") == "2021-10-30"
    assert day_in_url("https://a.example/2021-10-30-talks") == "2021-10-30"
    assert day_in_url("https://a.example/2021/13/40/talks") is None
    assert day_in_url("https://2021-10-30.example/talks") is None
    assert day_in_url("https://a.example/story-120211030") is None
    assert not is_day("2021-02-29")


# encodings


def test_line_ends_are_kept_and_a_mark_of_byte_order_is_not_part_of_the_text() -> None:
    text = f"Talks\r\n\r\n{PROSE}\r\n"
    for data in (text, "\ufeff" + text, text.encode("utf-8-sig"), text.encode("utf-16")):
        article = article_of(data, "a.txt")
        assert article.text == text
        assert not article.problems
    assert article_of(text.encode("utf-16-le"), "a.txt").text == text


def test_lines_in_another_encoding_are_read_with_one_warning() -> None:
    lines = [f"“{PROSE}”".encode(), "“No”, he said.".encode("cp1252"), b"\x81 \x93yes\x94", b"end"]
    article = article_of(b"\n".join(lines), "a.txt")
    assert article.text.split("\n")[1:] == ["“No”, he said.", "\ufffd “yes”", "end"]
    (problem,) = article.problems
    assert (problem.code, problem.severity, str(problem.place)) == (
        "mixed-encodings", "warning", "a.txt:2:1",
    )  # fmt: skip
    assert "2 lines, the first 2" in problem.what


def test_control_characters_are_kept_with_a_warning() -> None:
    text = f"Talks\n\n{PROSE}\nHe\x00 left."
    for data in (text, text.encode()):
        article = article_of(data, "a.txt")
        assert article.text == text
        (problem,) = article.problems
        assert (problem.code, str(problem.place)) == ("not-text", "a.txt:4:3")


def test_another_language_is_warned_about() -> None:
    text = "Die beiden Seiten trafen sich am Montag und sprachen über den Hafen. " * 4
    assert _codes(text) == ["other-language"]


# size


def test_of_a_long_text_the_first_paragraphs_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.write((f"{PROSE} é\n\n" * 25_000).encode())
        file.truncate(100 * 1024 * 1024)
    began = time.perf_counter()
    article = open_article(str(path))
    assert time.perf_counter() - began < 10
    assert article.text.endswith(f"{PROSE} é")
    assert 4_190_000 < len(article.text.encode()) <= 4 * 1024 * 1024
    assert article.problems[0].code == "cut-short"
    assert "96.0 of 100.0 MiB" in article.problems[0].what
    assert not [one for one in article.problems if one.code == "mixed-encodings"]


def test_a_megabyte_is_opened_quickly() -> None:
    data = (f"{PROSE}\n\n" * 6_000).encode()[:1_000_000]
    began = time.perf_counter()
    article_of(data, "a.txt")
    assert time.perf_counter() - began < 2


# what is no article


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b"", "empty-article", "is empty"),
        (b" \r\n\t\n", "empty-article", "white space"),
        ("\ufeff\n", "empty-article", "white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "not-an-article", "pdftotext"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-an-article", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not-an-article", "JPEG"),
        (b"GIF89a\x01\x00", "not-an-article", "GIF"),
        (b"PK\x03\x04\x14\x00word/document.xml", "not-an-article", "Word document"),
        (b"PK\x03\x04\x14\x00a.txt", "not-an-article", "ZIP"),
        (b"{\\rtf1\\ansi Talks}", "not-an-article", "RTF"),
        (b"\x1f\x8b\x08\x00\x00", "not-an-article", "gzip"),
        (bytes(range(256)) * 8, "not-an-article", "no text"),
    ],
)
def test_what_is_no_article_is_refused(data: bytes | str, code: str, told: str) -> None:
    found, place, what = _refused(data)
    assert (found, place) == (code, "a.txt:1:1")
    assert told in what


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "no.txt", "no-such-path"), (tmp_path, "not-an-article"),
                       ("a\0b", "unreadable")]:  # fmt: skip
        with pytest.raises(DetenteError) as caught:
            open_article(str(path))
        assert caught.value.problems[0].code == code
        assert str(caught.value.problems[0].place) == f"{path}:1:1"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode())))
    assert open_article("-").name == "<stdin>"
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(DetenteError, match="empty-article"):
        open_article("-")


@pytest.mark.parametrize("day", ["30 October 2021", "2021-02-30", "2021-10", "20211030", ""])
def test_a_day_that_is_none(day: str) -> None:
    assert _refused(PLAIN, published=day)[:2] == ("bad-date", "--published:1:1")


# web pages

_LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "name": "x"}, '
    '{"@type": "NewsArticle", "headline": "Talks on the port resume", '
    '"datePublished": "2021-10-30T23:30:00+02:00", "dateModified": "2021-11-05", '
    '"author": [{"@type": "Person", "name": "Ana Petrov"}, {"name": "Jon Doe"}], '
    '"publisher": {"name": "The Strait Times"}}]}</script>'
)
_BODY = f"""<body><nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ul></nav>
<article><h1>Talks on the port resume</h1><p>{PROSE} It was the first time in years.</p>
<p>The minister said <q>we will be <q>there</q> again</q> and left the hall for the airport.</p>
<p>He then told the reporters who waited for him at the gates of the palace:</p>
<blockquote><p>We want the port opened at once.</p><p>We shall wait for it.</p></blockquote>
<p>“We are ready,” his colleague said on Tuesday, when the talks went on in the old palace.</p>
<p>Both sides said afterwards that they were content with what had been reached so far.</p>
</article>
<div class="sharedaddy">Share this: <a href="#">Click to share on Twitter (Opens in new window)</a>
</div><div id="comments" class="comments"><h3>Leave a Reply</h3><ol><li><p>Bob: what a lot of
words for nothing, as always with these people.</p></li></ol></div>
<footer>© 2021 The Strait Times</footer></body></html>"""


def _page(head: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Talks | Site</title>{head}</head>{_BODY}"


def _needs_trafilatura() -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)


def test_a_page_is_opened_without_what_surrounds_the_article() -> None:
    _needs_trafilatura()
    article = article_of(_page(_LD).encode(), "a.html")
    assert article.format == "html"
    assert (article.title, article.author) == ("Talks on the port resume", "Ana Petrov, Jon Doe")
    assert (article.published, article.publisher) == ("2021-10-30", "The Strait Times")
    assert set(article.known.values()) == {"given"}
    assert "said “we will be \u2018there\u2019 again” and left" in article.text
    assert "“We want the port opened at once.\n\n“We shall wait for it.”\n\n" in article.text
    assert "“We are ready,” his colleague" in article.text
    for gone in ("Home", "Click to share", "Bob", "©"):
        assert gone not in article.text


@pytest.mark.parametrize(
    ("head", "day", "known"),
    [
        ('<meta property="article:published_time" content="2021-10-30T01:00Z">', "2021-10-30",
         "given"),
        ('<meta name="date" content="20211030">', "2021-10-30", "given"),
        ('<link rel="canonical" href="https://a.example/2021/10/29/talks">', "2021-10-29",
         "from-url"),
        ("", None, None),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": [</script>',
         None, None),
    ],
)  # fmt: skip
def test_how_the_day_of_a_page_is_known(head: str, day: str | None, known: str | None) -> None:
    _needs_trafilatura()
    article = article_of(_page(head), "a")
    assert (article.published, article.known.get("published")) == (day, known)


def test_a_marked_time_is_given_and_a_printed_one_inferred() -> None:
    _needs_trafilatura()
    page = _page("")
    marked = page.replace("</h1>", '</h1><time datetime="2021-10-30T09:00">Saturday</time>')
    article = article_of(marked, "a.html")
    assert (article.published, article.known["published"]) == ("2021-10-30", "given")
    printed = page.replace("</h1>", '</h1><div class="post-date">October 30, 2021</div>')
    article = article_of(printed, "a.html")
    assert (article.published, article.known["published"]) == ("2021-10-30", "inferred")


def test_the_encoding_that_a_page_declares_is_used_where_it_is_not_utf8() -> None:
    _needs_trafilatura()
    page = _page('<meta charset="iso-8859-2">').replace("his colleague", "Václav Říha")
    page = page.replace("“", '"').replace("”", '"').replace("©", "")
    article = article_of(page.encode("iso-8859-2"), "a.html")
    assert "Václav Říha" in article.text
    assert not article.problems


def test_a_page_without_an_article_is_refused() -> None:
    _needs_trafilatura()
    page = (
        '<html><head><script>let a = "x";</script></head><body><div id="app"></div></body></html>'
    )
    assert _refused(page, "a.html")[:2] == ("not-an-article", "a.html:1:1")


def test_without_trafilatura_a_page_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    code, _, what = _refused(_page(_LD), "a.html")
    assert code == "library-missing"
    assert "pip install 'detente[text]'" in what


@pytest.mark.parametrize(
    "piece", ["<p>", "<div>", "<", "<a href=x>Home</a>", "<tr><td>x", "<br>text", "<q>a", "<b>x "]
)
def test_hostile_pages_take_no_time(piece: str) -> None:
    _needs_trafilatura()
    page = f"<html><body><p>{PROSE}</p>" + piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    article = _opened(page, "a.html")
    assert isinstance(article, Article) or article == {"not-an-article"}
    assert time.perf_counter() - began < 15


# mails

_HEADERS = (
    "From: Ana Petrov <ana@site.example>\nTo: desk@site.example\n"
    "Date: Sat, 30 Oct 2021 23:30:00 -0500\nSubject: =?utf-8?q?Talks_=E2=80=93_again?=\n"
    "MIME-Version: 1.0\n"
)


def _furniture_of(data: bytes | str) -> tuple[str, list[str]]:
    article = article_of(data, "a.eml")
    assert article.format == "mail"
    return article.text, [article.text[s:e].strip() for s, e in article.furniture]


def test_a_mail_says_who_wrote_it_and_when() -> None:
    article = article_of(f"{_HEADERS}Content-Type: text/plain; charset=utf-8\n\n{PROSE}\n", "a")
    assert (article.format, article.text.strip()) == ("mail", PROSE)
    assert (article.title, article.author) == ("Talks \u2013 again", "Ana Petrov")
    # the day in the zone of the mail
    assert article.published == "2021-10-30"
    assert set(article.known.values()) == {"given"}


def test_earlier_mails_and_signatures_are_furniture() -> None:
    body = (
        f"{PROSE}\nOn Fri, 29 Oct 2021 at 10:00, Jon Doe\n<jon@site.example> wrote:\n"
        f"> Is it true?\n> Tell me.\n\nIt is true.\n-- \nAna Petrov\nDesk\n"
    )
    text, furniture = _furniture_of(f"{_HEADERS}\n{body}")
    assert furniture == [
        "On Fri, 29 Oct 2021 at 10:00, Jon Doe\n<jon@site.example> wrote:\n> Is it true?\n"
        "> Tell me.",
        "-- \nAna Petrov\nDesk",
    ]
    assert "It is true." in text
    original = f"{PROSE}\n\n-----Original Message-----\nFrom: Jon Doe\n\nIs it true?\n"
    _, furniture = _furniture_of(f"{_HEADERS}\n{original}")
    assert furniture == ["-----Original Message-----\nFrom: Jon Doe\n\nIs it true?"]


def test_an_mbox_is_read_up_to_its_second_mail() -> None:
    one = f"From ana@site.example Sat Oct 30 23:30:00 2021\n{_HEADERS}\n{PROSE}\n\n"
    article = article_of(one * 2, "a.mbox")
    assert (article.text.strip(), article.author) == (PROSE, "Ana Petrov")
    assert [problem.code for problem in article.problems] == ["cut-short"]


def test_a_mail_prefers_plain_text_and_reads_a_page_otherwise() -> None:
    parts = (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n"
        f"{_page('')}\n--b\nContent-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n\n=93Yes,=94 he said.\n--b--\n"
    )
    text, _ = _furniture_of((_HEADERS + parts).encode())
    assert text.strip() == "“Yes,” he said."
    _needs_trafilatura()
    article = article_of(f"{_HEADERS}Content-Type: text/html\n\n{_page(_LD)}".encode(), "a.eml")
    assert (article.format, article.title) == ("mail", "Talks \u2013 again")
    assert "we will be" in article.text


def test_a_page_saved_as_mail_is_a_page() -> None:
    _needs_trafilatura()
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/talks\n"
        "Subject: Talks\nDate: Mon, 1 Jan 2024 10:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
        f"Content-Type: text/html\nContent-Location: https://a.example/talks\n\n{_page(_LD)}\n--b--"
    )
    article = article_of(saved.encode(), "a.mht")
    assert (article.format, article.url) == ("html", "https://a.example/talks")
    # not the day on which it was saved
    assert (article.published, article.author) == ("2021-10-30", "Ana Petrov, Jon Doe")


@pytest.mark.parametrize(
    "rest",
    [
        "Content-Type: multipart/mixed; boundary=b\n\nno boundary at all, but words\n",
        "Content-Transfer-Encoding: base64\n\n!!!! no base64 !!!!\n",
        "Content-Type: text/plain; charset=punycode\n\nHe said so.\n",
        "Date: the day before yesterday\n\nHe said so.\n",
        "Content-Type: text/plain; charset*=x'y'%\n\nHe said so.\n",
        "Content-Type: multipart/mixed;" + " a=b;" * 100_000 + "\n\nHe said so.\n",
        "Content-Type: text/plain;" + " a*0=b;\n" * 50_000 + "\n\nHe said so.\n",
        "Content-Type: application/pdf\n\nHe said so.\n",
    ],
)
def test_a_broken_mail_never_crashes(rest: str) -> None:
    for headers in (_HEADERS, "From: <<@,;\nSubject: =?x?q?\nMessage-ID: <\n"):
        began = time.perf_counter()
        article = _opened(headers + rest, "a.eml")
        assert isinstance(article, Article) or article == {"not-an-article"}
        assert time.perf_counter() - began < 5


# anything at all

_STARTS = st.sampled_from(
    [b"", b"<html><body><p>", _HEADERS.encode(), b"From a Sat Oct 30 2021\n", b"\xff\xfe",
     b"\xef\xbb\xbf", b"\x00\x00\xfe\xff", PLAIN.encode(), b"<!doctype html><q>"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(_STARTS, st.binary(max_size=300))
@example(b"<!doctype html><q>", b"!\x0c&#12;&#1;&#xffff;&#xd800;")
@example(b"<!doctype html><blockquote>", b"&#1;two words<cite>&#2;</cite>")
@example(b"<html>", b"<p>\x00\xed\xa0\x80")
def test_bytes_open_or_are_refused(start: bytes, rest: bytes) -> None:
    article = _opened(start + rest, "a.txt")
    if not isinstance(article, Article):
        assert article <= {"not-an-article", "empty-article", "library-missing"}
        return
    assert all(0 <= s < e <= len(article.text) for s, e in article.furniture)
    assert set(article.known) <= {"title", "author", "published", "publisher", "url"}


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300) | st.text("\ud800\ufeff a<>", max_size=20))
def test_text_opens_or_is_refused(text: str) -> None:
    article = _opened(text, "a.txt")
    if isinstance(article, Article) and article.format == "text":
        assert article.text == text.removeprefix("\ufeff")
