"""Sanctions, designations and bans are found where a text says that they were done."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.found import Dating, MeasureFound, Span, Who
from detente.reading.layout import Layout
from detente.reading.measures import find_measures

KINDS = {
    "Ruritania": "state",
    "Karvania": "state",
    "Karvanian": "state",
    "Ruritanian": "state",
    "Washington": "state",
    "European Union": "organisation",
    "Treasury": "organisation",
    "Office of Assets Control": "organisation",
    "OAC": "organisation",
    "Shore Guard": "organisation",
    "Meridian Bank": "organisation",
    "Harbour Trading": "organisation",
    "Dawn Front": "group",
    "Petrov": "person",
    "Ana Sorel": "person",
    "Ivo Brandt": "person",
}
_NAMES = re.compile("|".join(sorted(map(re.escape, KINDS), key=len, reverse=True)))
_DATES = {
    "on Friday": "2024-03-15",
    "On Friday": "2024-03-15",
    "Late on Friday": "2024-03-15",
    "on Monday": "2024-03-11",
    "On Monday": "2024-03-11",
    "in 2018": "2018",
    "In April 2019": "2019-04",
    "in May 2020": "2020-05",
    "last week": "2024-03-04/2024-03-10",
    "This week": "2024-03-11/2024-03-17",
}
_DATED = re.compile("|".join(sorted(_DATES, key=len, reverse=True)))


def who(found: re.Match[str]) -> Who:
    return Who(found.group(), Span(*found.span()), found.group(), kind=KINDS[found.group()])


def dated(found: re.Match[str]) -> Dating:
    return Dating(Span(*found.span()), found.group(), _DATES[found.group()])


def read(text: str) -> tuple[list[MeasureFound], list[Dating]]:
    mentions = [who(one) for one in _NAMES.finditer(text)]
    dates = [dated(one) for one in _DATED.finditer(text)]
    quotations = [Span(one.start(1), one.end(1)) for one in re.finditer("“([^”]*)”", text)]
    found = find_measures(Layout.of(text), mentions=mentions, dates=dates, quotations=quotations)
    return found, dates


def told(text: str) -> list[tuple[object, ...]]:
    found, dates = read(text)
    return [
        (
            one.kind,
            one.imposer.name if one.imposer else None,
            one.against.name if one.against else None,
            dict(one.targets or {}),
            None if one.dating is None else dates[one.dating].edtf,
        )
        for one in found
    ]


R, K, T = "Ruritania", "Karvania", "Treasury"
S, D, L, B = "sanctions", "designation", "delisting", "restriction"


def n(person: int = 0, organisation: int = 0, **further: int) -> dict[str, int]:
    given = {"person": person, "organisation": organisation, **further}
    return {kind: number for kind, number in given.items() if number}


DONE = [
    (
        "Ruritania imposed new sanctions on two senior Shore Guard members and two "
        "Karvanian firms.",
        (S, R, "Karvanian", n(2, 2), None),
    ),
    (
        "Its Treasury\u2019s Office of Assets Control (OAC) imposed new unjust sanctions on two "
        "senior Shore Guard Corps (SGC) members and two firms allegedly linked to Karvania.",
        (S, "OAC", "Shore Guard", n(2, 2), None),
    ),
    ("The Treasury designated four people and two companies.", (D, T, None, n(4, 2), None)),
    ("Sanctions were imposed on 12 officials.", (S, None, None, n(12), None)),
    (
        "Sanctions were imposed on 12 officials by Ruritania on Friday.",
        (S, R, None, n(12), "2024-03-15"),
    ),
    ("Ruritanian sanctions were imposed on a bank.", (S, "Ruritanian", None, n(0, 1), None)),
    ("Ruritania blacklisted three banks and a ship.", (D, R, None, n(0, 3, vessel=1), None)),
    ("On Monday the Treasury added 12 entities to its list.", (D, T, None, n(0, 12), "2024-03-11")),
    (
        "Ruritania has added nine Karvanian companies to its trade blacklist.",
        (D, R, "Karvanian", n(0, 9), None),
    ),
    ("Ruritania froze the assets of six officials.", (S, R, None, n(6), None)),
    ("The assets of two banks were frozen by the Treasury.", (S, T, None, n(0, 2), None)),
    ("Ruritania banned imports of oil from Karvania on Friday.", (B, R, K, n(), "2024-03-15")),
    ("Ruritania barred 15 officials from entering the country.", (B, R, None, n(15), None)),
    ("Ruritania lifted sanctions on three banks.", (L, R, None, n(0, 3), None)),
    ("The European Union delisted three banks.", (L, "European Union", None, n(0, 3), None)),
    ("Two officials were removed from the sanctions list.", (L, None, None, n(2), None)),
    (
        "In 2020 sanctions on five tankers were lifted by Washington.",
        (L, "Washington", None, n(vessel=5), None),
    ),
    ("Washington sanctioned Karvania in 2018.", (S, "Washington", K, n(), "2018")),
    ("Ruritania sanctioned Ana Sorel and Ivo Brandt.", (S, R, None, n(2), None)),
    ("Ruritania sanctioned Ana Sorel, a general, and two firms.", (S, R, None, n(1, 2), None)),
    ("Two firms and four people were sanctioned by Washington.",
     (S, "Washington", None, n(4, 2), None)),
    ("The ministry said two firms and a man had been blacklisted.", (D, None, None, n(1, 2), None)),
    ("Washington hit two dozen companies with sanctions on Friday.",
     (S, "Washington", None, n(0, 24), "2024-03-15")),
    ("Ruritania slapped sanctions on Karvania over the raid of two ships.", (S, R, K, n(), None)),
    ("The Treasury announced sanctions against a network of six companies and two individuals.",
     (S, T, None, n(2, 6), None)),
    ("Ruritania announced the designation of four Karvanian generals.",
     (D, R, "Karvanian", n(4), None)),
    ("Ruritania on Friday unveiled a package of sanctions targeting twenty-five aircraft.",
     (S, R, None, n(aircraft=25), "2024-03-15")),
    ("In April 2019, Washington declared the Shore Guard a terrorist organisation.",
     (D, "Washington", None, n(0, 1), "2019-04")),
    ("The Dawn Front was designated a foreign terrorist organization by Washington.",
     (D, "Washington", "Dawn Front", n(0, 1), None)),
    ("Karvania condemned the move and imposed sanctions on three lawmakers.",
     (S, K, None, n(3), None)),
    ("Ruritania widened its campaign on Monday, blacklisting two banks and four ships.",
     (D, R, None, n(0, 2, vessel=4), "2024-03-11")),
    ("Karvania said that Ruritania had imposed sanctions on a minister.",
     (S, R, None, n(1), None)),
    ("Ruritania, angered by the refusal of Karvania, imposed sanctions on two ministers.",
     (S, R, None, n(2), None)),
    ("After warnings from Karvania, Ruritania imposed sanctions on Friday on two judges.",
     (S, R, None, n(2), "2024-03-15")),
    ("Ruritania imposes sanctions on 1,200 firms", (S, R, None, n(0, 1200), None)),
    ("Ruritania imposed sanctions on dozens of officials from Karvania.", (S, R, K, n(), None)),
    ("Ruritania put four men under sanctions.", (S, R, None, n(4), None)),
    ("Ruritania imposed travel bans and asset freezes on eight people, including two generals, "
     "and a charity.", (S, R, None, n(8, 1), None)),
    ("Ruritania imposed sanctions on four people accused of smuggling and two companies.",
     (S, R, None, n(4, 2), None)),
    ("Ruritania imposed sanctions on two officials accused of killing 12 people and "
     "three soldiers.",
     (S, R, None, n(2), None)),
    ("Ruritania imposed an arms embargo on Karvania in May 2020.", (B, R, K, n(), "2020-05")),
    ("Ruritania imposed sanctions on the central bank and three ports.",
     (S, R, None, n(0, 1, other=3), None)),
    ("Ruritania was imposing sanctions on two banks, Petrov said.", (S, R, None, n(0, 2), None)),
    ("Ruritania responded by sanctioning five judges.", (S, R, None, n(5), None)),
    ("Ruritania imposed export restrictions on Karvania.", (B, R, K, n(), None)),
]  # fmt: skip

MORE = [
    ("Ruritania blacklisted five tankers and a cargo plane of the Dawn Line, the only company that "
     "sails.", (D, R, None, n(vessel=5, aircraft=1), None)),
    ("Ruritania placed eleven officials of Karvania under a travel ban and an asset freeze.",
     (S, R, K, n(11), None)),
    ("Ruritania took two Karvanian banks off its sanctions list.",
     (L, R, "Karvanian", n(0, 2), None)),
    ("Ruritania put four of the front's commanders, Petrov among them, on its list of terrorists.",
     (D, R, None, n(4), None)),
    ("Ruritania sanctioned its head, Petrov, his deputy and one firm.",
     (S, R, None, n(2, 1), None)),
    ("Ruritania sanctioned two generals and Ana Sorel.", (S, R, None, n(3), None)),
    ("Ruritania watched the port. It has now blacklisted three ships.",
     (D, R, None, n(vessel=3), None)),
]  # fmt: skip

NOT_DONE = [
    "Ruritania will impose sanctions on two firms.",
    "Ruritania threatened to impose sanctions on two firms.",
    "Sanctions could be imposed on 12 officials.",
    "Ruritania may sanction four people.",
    "Petrov called for sanctions on Karvania.",
    "Petrov demanded that sanctions be lifted on three banks.",
    "Karvania wants all unjustly imposed Ruritanian sanctions removed.",
    "Ruritania plans to blacklist three banks.",
    "Ruritania would have imposed sanctions on two firms.",
    "Ruritania is considering imposing sanctions on two firms.",
    "Ruritania proposed sanctions on two firms.",
    "Ruritania refused to lift sanctions on three banks.",
    "If Ruritania imposed sanctions on two firms, Karvania would leave.",
    "Ruritania has not imposed sanctions on two firms.",
    "Ruritania never sanctioned two firms.",
    "No sanctions were imposed on Karvania.",
    "Ruritania denied that it had imposed sanctions on two firms.",
    "Sanctions hurt the economy of Karvania.",
    "Illegal sanctions on Karvania go on.",
    "Existing sanctions imposed on Karvania stay in force.",
    "Ruritania agreed to lift some sanctions.",
    "It maintains the right to illegally impose new ones.",
    "Ruritania sanctioned the use of force.",
    "The raid was sanctioned by Petrov.",
    "Ruritania designated two envoys and two officials to lead the talks.",
    "The area was designated a national park.",
    "Petrov said: “Ruritania imposed sanctions on two firms.”",
    "Has Ruritania imposed sanctions on two firms?",
    "Ruritania imposed a curfew on two cities.",
    "Ruritania imposed restrictions on gatherings.",
    "Ruritania announced plans for sanctions on two firms.",
    "Ruritania approved a sanctions bill.",
    "Ruritania suspended sanctions relief.",
    "The newly imposed sanctions on two firms were criticised.",
    "Ruritania has yet to sanction two firms.",
    "Ruritania stopped short of blacklisting three banks.",
    "Ruritania warned it would respond, imposing sanctions on two firms.",
    "The bill imposes sanctions on three banks.",
    "UN-sanctioned talks with two officials began.",
    "The club added two members to its guest list.",
    "The report listed 12 companies.",
    "The ministry banned him from driving.",
    "Ruritania routinely imposes sanctions on firms.",
    "Ruritania sanctioned a bank loan to two farmers.",
    "Ruritania wants curbs imposed on the missiles of Karvania.",
    "The hostile and unlawful designation came in contrast to that.",
]


@pytest.mark.parametrize(
    ("text", "expected"), DONE + MORE, ids=[text[:60] for text, _ in DONE + MORE]
)
def test_a_measure_that_was_done_is_found(text: str, expected: tuple[object, ...]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize("text", NOT_DONE)
def test_what_was_not_done_is_no_measure(text: str) -> None:
    assert told(text) == []


def test_there_are_enough_examples() -> None:
    assert len(DONE) >= 30
    assert len(NOT_DONE) >= 20


def test_a_measure_has_the_date_of_the_passage_that_a_day_opens() -> None:
    text = "On Friday, all was on display.\n\nThe Treasury imposed sanctions on two members."
    assert told(text) == [(S, T, None, n(2), "2024-03-15")]
    assert told(text.replace("On Friday", "This week"))[0][-1] is None
    far = text.replace("\n\n", "\n\nNothing else happened there.\n\n")
    assert told(far)[0][-1] is None


def test_a_measure_has_the_date_of_the_sentence_before_unless_it_is_told_as_older() -> None:
    text = "Petrov resigned on Friday. The Treasury {} sanctions on two members."
    assert told(text.format("imposed"))[0][-1] == "2024-03-15"
    assert told(text.format("had earlier imposed"))[0][-1] is None
    assert told(text.replace(" The", "\n\nThe").format("imposed"))[0][-1] is None


def test_of_two_dates_the_nearer_to_the_verb_counts() -> None:
    text = "On Friday Ruritania imposed sanctions on two men over a raid in May 2020."
    assert told(text)[0][-1] == "2024-03-15"


def test_a_deadline_and_a_length_of_time_date_nothing() -> None:
    text = "Ruritania imposed sanctions on two men for six months."
    span = Span(text.index("for six"), len(text) - 1)
    length = Dating(span, "for six months", None, length="P6M")
    found = find_measures(Layout.of(text), mentions=[], dates=[length], quotations=[])
    assert [one.dating for one in found] == [None]


def test_two_measures_of_a_sentence_are_two() -> None:
    text = "Ruritania imposed sanctions on two officials and blacklisted three firms."
    assert told(text) == [(S, R, None, n(2), None), (D, R, None, n(0, 3), None)]


def test_a_measure_and_its_details_are_one() -> None:
    text = "Ruritania expanded its sanctions on Karvania on Friday, blacklisting three banks."
    assert told(text) == [(S, R, K, n(0, 3), "2024-03-15")]
    text = "Ruritania imposed sanctions on two officials, freezing their assets."
    assert told(text) == [(S, R, None, n(2), None)]


def test_names_are_told() -> None:
    for text, named, counts in [
        ("Washington sanctioned Meridian Bank.", ("Meridian Bank",), n(0, 1)),
        ("Washington sanctioned Meridian Bank and two ships.", ("Meridian Bank",),
         n(0, 1, vessel=2)),
        ("Washington sanctioned two officials, Ana Sorel and Ivo Brandt.",
         ("Ana Sorel", "Ivo Brandt"), n(2)),
        ("Washington sanctioned three officials, including Ana Sorel.", ("Ana Sorel",), n(3)),
        ("Ana Sorel was blacklisted by Washington.", ("Ana Sorel",), n(1)),
    ]:  # fmt: skip
        (found,) = read(text)[0]
        assert found.named == named, text
        assert found.targets == counts, text


def test_the_span_is_the_clause() -> None:
    text = "It was late. Yet Ruritania imposed sanctions on two firms, Petrov said. So it went."
    (found,) = read(text)[0]
    assert text[slice(*found.span)].startswith("Ruritania imposed sanctions on two firms")
    assert "It was" not in text[slice(*found.span)]


def test_furniture_is_not_read() -> None:
    text = "Read more.\n\nRuritania imposed sanctions on two firms."
    layout = Layout.of(text, [Span(12, len(text))])
    assert find_measures(layout, mentions=[], dates=[], quotations=[]) == []


PIECES = (  # noqa: SIM905
    "Ruritania|Karvania| imposed | sanctions |on |two |firms| and |, |were |designated |“|”|. |\n\n"
    "|blacklisted |(|)|on Friday|12 |a |of |its list|to |\u2019s |including |Ana Sorel|İ|by "
    "|lifting |freezing |assets |terrorist group|network of |?|took |off |it "
).split("|")


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
)
def test_any_text_can_be_read_and_spans_are_of_it(text: str) -> None:
    found, dates = read(text)
    for one in found:
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert text[slice(*one.span)].strip()
        assert one.dating is None or 0 <= one.dating < len(dates)
        assert all(number > 0 for number in (one.targets or {}).values())
    starts = [one.span.start for one in found]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "piece",
    [
        "Ruritania imposed sanctions on two firms. ",
        "Ruritania imposed sanctions on two firms and ",
        "imposed ",
        "a ",
        "imposed sanctions on a network of a network of ",
        "“imposed ",
    ],
)
def test_the_time_grows_with_the_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        layout = Layout.of(text)
        assert len(layout.sentences) >= 0
        mentions = [who(one) for one in _NAMES.finditer(text)]
        start = time.perf_counter()
        find_measures(layout, mentions=mentions, dates=[], quotations=[])
        return time.perf_counter() - start

    seconds(1_000)
    assert seconds(80_000) < 8 * seconds(20_000) + 0.2
