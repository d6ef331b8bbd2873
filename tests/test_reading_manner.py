"""The loaded and evaluative words of a source are counted, those of others are not."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.found import Span
from detente.reading.layout import Layout
from detente.reading.manner import manner_of
from detente.reading.words import word_list


def loaded(text: str) -> dict[str, int]:
    quotations = [Span(one.start(1), one.end(1)) for one in re.finditer("“([^”]*)”", text)]
    return dict(manner_of(Layout.of(text), quotations).loaded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Karvanian regime\u2019s hardliners met other regimes.",
            {"regime": 2, "hardliner": 1},
        ),
        ("Hard-liners and hard liners alike.", {"hardliner": 2}),
        ("It is hostile; its hostility is known.", {"hostile": 2}),
        ("ILLEGALLY imposed, illegal sanctions", {"illegal": 2}),
        ("an illegitimate claim, a legitimate one", {"illegitimate": 1, "legitimate": 1}),
        ("a bald-faced Big Lie, told falsely", {"bald-faced": 1, "big lie": 1, "falsely": 1}),
        ("a so-called election, so called", {"so-called": 2}),
        ("Zionist entity and terrorist state", {"terrorist state": 1, "zionist entity": 1}),
        ("the freedom  fighters, those martyrs", {"freedom fighter": 1, "martyr": 1}),
        ("a regime change", {"regime": 1}),
        ("pro-regime media", {"regime": 1}),
        ("Of course it was outrageous.", {"of course": 1, "outrageous": 1}),
        ("state-terrorism", {"state terrorism": 1}),
        ("their reckless provocations", {"provocation": 1, "reckless": 1}),
        ("a heroic stand by the invaders\u2019 lackeys", {"hero": 1, "lackey": 1}),
    ],
)
def test_loaded_words_are_counted_in_their_base_form(text: str, expected: dict[str, int]) -> None:
    assert loaded(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the sanctions regime, the inspection regime, a verification regime",
        "the safeguards regime and the tax regime of the non-proliferation regime",
        "arms control regimes, export-control regime, a treaty regime",
        "in the course of the talks; as a matter of course",
        "the end of hostilities",
        "a pension scheme and a hostile takeover",
        "a rogue wave",
        "regimen, regimental, puppetry, evildene",
        "The allies lie east; the problem lies in the text.",
        "The ministers met and signed the agreement. Prices rose by two percent.",
        "a designation of a foreign terrorist organization",
        "malicious software",
    ],
)
def test_plain_words_are_not(text: str) -> None:
    assert loaded(text) == {}


def test_words_in_quotations_are_not_the_sources_own() -> None:
    text = "The minister spoke of “a criminal regime” and of a “so-called” deal. A regime, though."
    assert loaded(text) == {"regime": 1}
    manner = manner_of(Layout.of("It was “shameful” to all."), [Span(8, 16)])
    assert (manner.words, manner.loaded, manner.per_1000) == (4, {}, 0)


def test_a_quotation_over_paragraphs_is_left_out_and_overlaps_do_no_harm() -> None:
    text = "Evil one.\n\nEvil two.\n\nEvil three."
    start, end = text.index("one"), text.index("three")
    layout = Layout.of(text)
    for spans in ([Span(start, end)], [Span(start, end), Span(start + 2, end - 9)]):
        assert manner_of(layout, spans).loaded == {"evil": 1}
        assert manner_of(layout, spans).words == 2
    both = [Span(0, 5), Span(3, end)]
    assert manner_of(layout, both).loaded == {}


def test_furniture_is_left_out() -> None:
    text = "A regime.\n\nLeave a heroic reply."
    manner = manner_of(Layout.of(text, [Span(11, len(text))]), [])
    assert (manner.loaded, manner.words) == ({"regime": 1}, 2)


def test_the_most_frequent_comes_first_then_the_alphabet() -> None:
    text = "A vile regime, a reckless regime, a brazen scheme."
    assert list(loaded(text)) == ["regime", "brazen", "reckless", "scheme", "vile"]


def test_an_empty_text_has_none() -> None:
    manner = manner_of(Layout.of(""), [])
    assert (manner.words, manner.loaded, manner.per_1000) == (0, {}, 0)


def test_the_list_is_long_enough_and_names_each_form_once() -> None:
    given = word_list("loaded")
    judging = {heading: under for heading, under in given.items() if heading != "no judgement"}
    assert set(judging) == {
        "names for parties", "legal judgement", "moral judgement", "motives", "certainty",
    }  # fmt: skip
    assert 200 <= sum(len(under) for under in judging.values()) <= 350
    forms = [form for under in given.values() for forms in under.values() for form in forms]
    assert sorted(forms) == sorted(set(forms))
    assert all(re.fullmatch(r"[\w\u2019' -]+\*?", form) for form in forms)


def test_each_form_is_found() -> None:
    for heading, under in word_list("loaded").items():
        for base, forms in under.items():
            for form in forms:
                text = f"It is {form.rstrip('*')}."
                # a longer expression may begin with it, none may hide it
                assert loaded(text) == ({} if heading == "no judgement" else {base: 1}), form


def chunks() -> st.SearchStrategy[str]:
    some = [
        "regime",
        "sanctions ",
        "so-",
        "called",
        " ",
        "\n\n",
        "“",
        "”",
        "İllegal",
        "evil",
        "\u2019",
    ]
    return st.lists(st.sampled_from(some), max_size=30).map("".join)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=200), chunks()),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=5),
)
def test_any_text_can_be_read(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(*sorted(pair)) for pair in pairs]
    manner = manner_of(Layout.of(text), spans)
    assert manner.words >= 0
    assert all(number > 0 for number in manner.loaded.values())


@pytest.mark.parametrize(
    "piece", ["The talks went on and of course no regime gave in. ", "a ", "ill"]
)
def test_a_long_text_is_read_quickly(piece: str) -> None:
    layout = Layout.of(piece * (1_000_000 // len(piece)))
    manner_of(layout, [])
    start = time.perf_counter()
    manner_of(layout, [])
    # a third of it where nothing else runs
    assert time.perf_counter() - start < 1
