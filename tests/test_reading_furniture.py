"""What of a text is no content, and what must stay content."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.found import Span
from detente.reading.furniture import find_furniture, joined
from detente.reading.language import language_of
from detente.reading.layout import Layout

PROSE = (
    "The two sides met in the capital on Monday and spoke for most of the day about the port, the "
    "fishing grounds and the prisoners, and the minister said that they would meet again when the "
    "rains were over."
)

FURNITURE = """\
Leave a Reply
Leave a Reply Cancel reply
Leave a comment
Fill in your details below or click an icon to log in:
Fill in your details below or click an icon to log in: Logo
You are commenting using your WordPress.com account. ( Log Out / Change )
You are commenting using your account. Log\u00a0Out\u00a0/ \u00a0Change\u00a0)
Twitter picture
Facebook photo
Connecting to %s
Post a comment
Notify me of new posts by email
Notify me of new comments via email.
Share this:
Share this article
Click to share on Twitter (Opens in new window)
Tweet
Like this:
Like Loading...
%d bloggers like this:
3 bloggers like this:
1,234 followers
Join 12,345 other subscribers
Follow us on Facebook and Twitter
Sign up for our daily newsletter and never miss a story.
Subscribe to our newsletter
We use cookies to improve your visit. Read our policy.
This website uses cookies.
Home | News | Sport
Home » World » Ruritania
Previous Post
Next article
← The harbour reopens
Related
Read more: Karvania closes its port
Continue reading →
Advertisement
ADVERTISEMENT
Skip to content
Up ↑
Blog at WordPress.com.
Blog at
Powered by WordPress
All rights reserved
© 2021 The Strait Times
Copyright © 2021 The Strait Times. All rights reserved.
Photo: AFP
Image credit: Ana Petrov/Reuters
Photo by Ana Petrov
Tags: Iran, JCPOA
Filed under World, Diplomacy
Required fields are marked *
Facebook Twitter WhatsApp Email
#talks #port""".splitlines()

CONTENT = """\
The minister has 12,345 followers on Twitter, he said.
Read more of this as a threat, he said.
They could not log in to the account of the embassy.
The advertisement was withdrawn.
Related parties were not invited.
The next article of the treaty speaks of prisoners.
Powered by anger, the crowd moved on.
Photo by photo, the inspectors made their case.
He asked them to share this: the blame for the war.
He insisted that all rights reserved to the islands remain.
Cookies were served.
We use force only when we must, the general said.
Follow the money, the judge told the court.
Home is where the talks are, she joked.
Comments by the minister angered the neighbours.
Sign up to the treaty or leave, the envoy told them.
Tags: they were worn by everyone, he said.
A Final Comment
Background
By Ana Petrov | October 30, 2021 | Vienna
Karvania and/or Ruritania may send either/or both.
“Leave a reply on my desk,” he said.
Copyright law was not discussed.
Search and rescue went on.
The 1,200 shares of the company were seized.""".splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_found_between_prose(line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{PROSE}\n\n{PROSE} It did.\n\n{PROSE} So it was."
    start = text.index(line, len(PROSE))
    assert find_furniture(text) == (Span(start, start + len(line)),)


@pytest.mark.parametrize("line", CONTENT)
def test_a_sentence_that_mentions_furniture_is_content(line: str) -> None:
    assert find_furniture(f"{PROSE}\n\n{line}\n\n{PROSE}") == ()


def test_everything_after_a_comment_form_at_the_end_is_furniture() -> None:
    readers = "Well said, and high time too.\n\nBob\n\nI do not agree with a word of it."
    text = f"{PROSE}\n\nLeave a Reply\n\n{readers}"
    assert find_furniture(text) == (Span(text.index("Leave"), len(text)),)


def test_an_article_that_goes_on_after_a_comment_form_is_content() -> None:
    text = f"{PROSE}\n\nLeave a Reply\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}"
    start = text.index("Leave")
    assert find_furniture(text) == (Span(start, start + len("Leave a Reply")),)


def test_a_heading_comments_begins_a_form_only_near_other_furniture() -> None:
    assert find_furniture(f"{PROSE}\n\nComments\n\nThe minister had none.") == ()
    text = f"{PROSE}\n\n2 comments\n\nBob says it is so.\n\nReply\n\nAnn disagrees."
    assert find_furniture(text) == (Span(text.index("2 comments"), len(text)),)


def test_headlines_under_related_are_furniture_at_the_end_only() -> None:
    links = "Related\n\nKarvania closes its port\n\nIslanders vote on Sunday"
    text = f"{PROSE}\n\n{links}"
    assert find_furniture(text) == (Span(text.index("Related"), len(text)),)
    text = f"{PROSE}\n\nRelated\n\nBackground\n\n{PROSE}"
    start = text.index("Related")
    assert find_furniture(text) == (Span(start, start + 7),)


_LINES = st.sampled_from([*FURNITURE, *CONTENT, PROSE, "", "Comments", "\x00", "\r"])


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=400), st.lists(_LINES, max_size=20).map("\n\n".join)))
def test_spans_are_sorted_apart_inside_and_whole_paragraphs(text: str) -> None:
    found = find_furniture(text)
    ends = [0, *(one.end for one in found)]
    assert all(before <= one.start < one.end for before, one in zip(ends, found, strict=False))
    assert ends[-1] <= len(text)
    paragraphs = Layout.of(text).paragraphs
    assert {one.start for one in found} <= {one.span.start for one in paragraphs}
    assert {one.end for one in found} <= {one.span.end for one in paragraphs}
    assert joined(found) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"),
        ("Talks resume", "unknown"),
        (
            "Die beiden Seiten trafen sich am Montag in der Hauptstadt und sprachen den ganzen Tag "
            "über den Hafen, die Fischgründe und die Gefangenen, und der Minister sagte, dass man "
            "sich nach dem Regen wieder treffen werde, wenn beide Seiten dies wollten.",
            "other",
        ),
        (
            "Las dos partes se reunieron el lunes en la capital y hablaron durante la mayor parte "
            "del día sobre el puerto, las zonas de pesca y los presos, y el ministro dijo que se "
            "volverían a reunir cuando terminaran las lluvias de este año.",
            "other",
        ),
        ("Стороны встретились вчера днём, говорили весь день про порт, про пленных. " * 3, "other"),
        ("双方星期一在首都会晤谈了一整天港口、渔场和俘虏的问题。" * 4, "other"),
        ("", "unknown"),
    ],
)
def test_a_language_is_told_by_letters_and_common_words(text: str, language: str) -> None:
    assert language_of(text) == language
