"""Quotations: their bounds, what stands inside what, who speaks, and how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.reading import Reading, read_article
from detente.reading.found import Quotation
from detente.reading.layout import Layout
from detente.reading.quotations import find_quotations

# text -> the words in marks, each with the words of the quotation it stands in
BOUNDS = {
    '"We came," he said.': [("We came,", None)],
    "“We came,” he said, “and saw.”": [("We came,", None), ("and saw.", None)],
    "“He told me ‘go home’ twice.”": [("He told me ‘go home’ twice.", None), ("go home", 0)],
    "‘I don’t know,’ said Bob. ‘The workers’ rights matter.’": [
        ("I don’t know,", None),
        ("The workers’ rights matter.", None),
    ],
    "'We won't go,' he said, 'unless the workers' rights are kept.'": [
        ("We won't go,", None),
        ("unless the workers' rights are kept.", None),
    ],
    "The ’90s and the workers’ party, rock ’n’ roll.": [],
    'He is 6\'2" tall, the pipe is 6" wide.': [],
    "«We came», he said.": [("We came", None)],
    "„We came“, he said.": [("We came", None)],
    "“A “B” c” he said.": [("A “B” c", None), ("B", 0)],
    "“word“, he said": [("word", None)],
}


def found_in(text: str) -> list[Quotation]:
    return find_quotations(Layout.of(text))


@pytest.mark.parametrize("text", BOUNDS, ids=range(len(BOUNDS)))
def test_marks_bound_the_words(text: str) -> None:
    assert [(one.text, one.inside) for one in found_in(text)] == BOUNDS[text]


def test_a_quotation_that_opens_again_in_the_next_paragraph_is_one_utterance() -> None:
    one, two, three = found_in("“One.\n\n“Two.\n\n“Three,” he said.")
    assert one.utterance == two.utterance == three.utterance
    assert one.closed
    assert two.closed
    assert three.closed


def test_a_quotation_that_no_mark_closes_ends_with_its_paragraph_and_says_so() -> None:
    text = "He said: “We came and saw.\n\nThe next day it rained."
    (one,) = found_in(text)
    assert (one.text, one.closed) == ("We came and saw.", False)
    (problem,) = read_article(text, name="a.txt").problems
    assert problem.code == "unclosed-quotation"
    assert str(problem.place) == "a.txt:1:11"


def test_a_quotation_opened_twice_ends_where_the_second_begins() -> None:
    first, second = found_in("He said: “We came. “They won’t,” he added.")
    assert (first.text, first.closed) == ("We came.", False)
    assert (second.text, second.closed) == ("They won’t,", True)


@pytest.mark.parametrize(
    ("words", "edited"),
    [
        ("We came", False),
        ("(H)ad a talk", True),
        ("We [the north] came", True),
        ("We came ... and saw", True),
        ("We came … and saw", True),
    ],
)
def test_brackets_and_omissions_are_told(words: str, edited: bool) -> None:
    (one,) = found_in(f"“{words}” he said.")
    assert one.edited is edited


# text -> speakers and confidence of the quotations
SPEAKERS = {
    "“We will go,” Ana Petrov said.": [("Ana Petrov", "certain")],
    "“We will go,” said Foreign Minister Ana Petrov.": [("Ana Petrov", "certain")],
    "Ana Petrov said: “We will go.”": [("Ana Petrov", "certain")],
    "Ana Petrov, the foreign minister, said “we will go”.": [("Ana Petrov", "certain")],
    "The foreign minister, Ana Petrov, told reporters: “We will go.”": [("Ana Petrov", "certain")],
    "Ana Petrov spoke to the press. “We will go,” the minister of trade, Jan Roth, said.": [
        ("Jan Roth", "certain")
    ],
    "“We will go,” said a senior official.": [("senior official", "certain")],
    "According to Ana Petrov, “nothing is signed”.": [("Ana Petrov", "certain")],
    "“We came,” Petrov said. “We saw.”": [("Petrov", "certain"), ("Petrov", "certain")],
    "Ana Petrov denied it. “We never came.”": [("Ana Petrov", "likely")],
    "On Monday Ana Petrov tweeted the following:\n\n“We came.”\n\n“We saw.”\n\n“We went.”": [
        ("Ana Petrov", "certain")
    ]
    * 3,
    "Ana Petrov met Jan Roth. “We came,” she said. “We did not,” he said.": [
        ("Ana Petrov", None),
        ("Jan Roth", None),
    ],
    "“We will go.”": [(None, "unknown")],
    "The book “A Long Winter Without Any Bread” was sold out.": [(None, "unknown")],
}


@pytest.mark.parametrize("text", SPEAKERS, ids=range(len(SPEAKERS)))
def test_speakers_are_found_or_left_open(text: str) -> None:
    found = read_article(text).quotations
    assert [one.speaker.name if one.speaker else None for one in found] == [
        name for name, _ in SPEAKERS[text]
    ]
    for one, (_, confidence) in zip(found, SPEAKERS[text], strict=True):
        assert confidence is None or one.confidence == confidence


@pytest.mark.parametrize(
    "text",
    [
        "Stefan “the Lion” Draga went home.",
        "The so-called “experts” left.",
        "The exhibition “Milk and Memory” opened.",
        "They met in the “Tower”.",
    ],
)
def test_titles_nicknames_and_words_at_arms_length_are_no_speech(text: str) -> None:
    (one,) = read_article(text).quotations
    assert not one.speech
    assert one.speaker is None


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("“We came,” Petrov tweeted.", "tweet"),
        ("“We came,” Petrov said in an interview with Radio Nova.", "interview"),
        ("“We came,” the ministry said in a statement.", "statement"),
        ("“We came,” Petrov told reporters.", "press conference"),
        ("“We came,” Petrov said.", ""),
    ],
)
def test_the_medium_is_told_where_the_text_tells_it(text: str, medium: str) -> None:
    (one,) = read_article(text).quotations
    assert one.medium == medium


def read_if_any(text: str) -> Reading | None:
    """Return what is found, or None for nothing but space and for what no text holds."""
    try:
        return read_article(text, published="2021-10-30")
    except DetenteError as error:
        codes = {one.code for one in error.problems}
    if codes <= {"empty-article", "not-an-article"}:
        return None
    raise AssertionError(codes)


MARKS = st.sampled_from([*"\"'“”‘’„«»…()[].,:;!?\n- ", "\n\n", "said", "Petrov", "He ", "a"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(MARKS, max_size=60).map("".join)))
def test_offsets_slice_back_to_the_words_whatever_the_text(text: str) -> None:
    found = read_if_any(text)
    if found is None:
        return
    whole = found.article.text
    for one in found.quotations:
        assert whole[one.span.start : one.span.end] == one.text
        assert one.text.strip() == one.text != ""
        if one.inside is not None:
            assert one.span.within(found.quotations[one.inside].span)
        if one.speaker is not None:
            assert whole[slice(*one.speaker.span)].endswith(one.speaker.words[-1:])
    for said in found.statements:
        assert 0 <= said.span.start < said.span.end <= len(whole)
        assert said.holder is None or said.holder.name
        assert all(0 <= k < len(found.quotations) for k in said.quotations)
        assert said.dating is None or 0 <= said.dating < len(found.dates)
    for dating in found.dates:
        assert whole[dating.span.start : dating.span.end] == dating.text
