"""The dates that reading finds, against the table of the guide and an independent calendar."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pytest
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.dates import find_dates
from detente.reading.found import Dating, Span
from detente.reading.layout import Layout
from detente.record.dates import parse_when
from detente.record.durations import parse_duration

DAY = "2021-10-30"


def read(text: str, anchor: str | None = DAY, **more: object) -> list[Dating]:
    found = find_dates(text, Layout.of(text).sentences, anchor, **more)  # type: ignore[arg-type]
    for one in found:
        assert text[one.span.start : one.span.end] == one.text
        if one.edtf is not None:
            parse_when(one.edtf)
        if one.length:
            parse_duration(one.length)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    return found


def told(text: str, anchor: str | None = DAY) -> list[tuple[str, str | None]]:
    return [(one.text, one.edtf) for one in read(text, anchor)]


GUIDE = [
    ("They met @on Wednesday@.", "2021-10-27"),
    ("They met @on Saturday@.", "2021-10-30"),
    ("They met @last Saturday@.", "2021-10-23"),
    ("They will meet @on Wednesday@.", "2021-11-03"),
    ("They meet @next Wednesday@.", "2021-11-03"),
    ("They met @today@.", "2021-10-30"),
    ("They met @yesterday@.", "2021-10-29"),
    ("They meet @tomorrow@.", "2021-10-31"),
    ("They met @last week@.", "2021-10-18/2021-10-24"),
    ("They met @this week@.", "2021-10-25/2021-10-31"),
    ("They meet @next week@.", "2021-11-01/2021-11-07"),
    ("They meet @in the next week@.", "2021-11-01/2021-11-07"),
    ("They meet @in the course of the next week@.", "2021-11-01/2021-11-07"),
    ("They meet @in the coming week@.", "2021-11-01/2021-11-07"),
    ("It was @last month@.", "2021-09"),
    ("It is @next month@.", "2021-11"),
    ("It is @this month@.", "2021-10"),
    ("It was @last year@.", "2020"),
    ("It is @this year@.", "2021"),
    ("It was @in early October@.", "2021-10-01/2021-10-10~"),
    ("It was @in mid-October@.", "2021-10-11~/2021-10-20~"),
    ("It was @in late October@.", "2021-10-21~/2021-10-31"),
    ("It was @at the end of October@.", "2021-10-21~/2021-10-31"),
    ("It was @in early 2021@.", "2021-01/2021-04~"),
    ("It was @in mid-2021@.", "2021-05~/2021-08~"),
    ("It was @in late 2021@.", "2021-09~/2021-12"),
    ("It was @at the end of 2021@.", "2021-09~/2021-12"),
    ("It was @in the spring of 2020@.", "2020-03/2020-05"),
    ("It was @in summer 2020@.", "2020-06/2020-08"),
    ("It was @in the autumn of 2020@.", "2020-09/2020-11"),
    ("It was @in the fall of 2020@.", "2020-09/2020-11"),
    ("It was @in the winter of 2020@.", "2020-12/2021-02"),
    ("It is due @in the first half of 2022@.", "2022-01/2022-06"),
    ("It is due @in the second quarter of 2022@.", "2022-04/2022-06"),
    ("They met @over the weekend@.", "2021-10-23/2021-10-24"),
    ("They met @on June 18@.", "2021-06-18"),
    ("They met @on 18 June@.", "2021-06-18"),
    ("They met @in August@.", "2021-08"),
    ("They will meet @on June 18@.", "2022-06-18"),
    ("The summit is to open @on 18 June@.", "2022-06-18"),
    ("Talks are scheduled for a start @in August@.", "2022-08"),
    ("They must leave @by 18 June@.", "../2022-06-18"),
    ("They must leave @before June 18@.", "../2022-06-17"),
    ("They have @until August@.", "../2022-08"),
    ("They missed sleep over the @June 18@ deadline.", "2022-06-18"),
    ("It was @on July 14, 2015@.", "2015-07-14"),
    ("It was @on 14 July 2015@.", "2015-07-14"),
    ("It was @in May 2018@.", "2018-05"),
    ("It was @in 1979@.", "1979"),
    ("It ended with @the 1979 revolution@.", "1979"),
    ("It was @in the 1980s@.", "1980/1989"),
    ("Dated @2015-07-14@.", "2015-07-14"),
    ("Dated @14.07.2015@.", "2015-07-14"),
    ("Dated @14/07/2015@.", "2015-07-14"),
    ("Dated @03/04/2015@.", "[2015-03-04,2015-04-03]"),
    ("They met @from April to June@.", "2021-04/2021-06"),
    ("They met @between April and June@.", "2021-04/2021-06"),
    ("They met @on April 6-9@.", "2021-04-06/2021-04-09"),
    ("They met from time to time, @2019 to 2021@.", "2019/2021"),
    ("It must end @by Friday@.", "../2021-11-05"),
    ("It must end @by the end of November@.", "../2021-11-30"),
    ("It holds @until June 2022@.", "../2022-06"),
    ("Talks start @before the end of November@.", "../2021-11-30"),
    ("Talks start @before end of November@.", "../2021-11-30"),
    ("Talks start @before 1 May 2022@.", "../2022-04-30"),
    ("It has held @since 2018@.", "2018/.."),
    ("It has held @since Monday@.", "2021-10-25/.."),
    ("It grew @after 1 May 2020@.", "2020-05-01/.."),
    ("It grew @from 1 May 2020 on@.", "2020-05-01/.."),
    ("It was @three days ago@.", "2021-10-27"),
    ("It was @two weeks ago@.", "2021-10-16~"),
    ("It was @three months ago@.", "2021-07~"),
    ("It was @three years ago@.", "2018-10~"),
    ("So @for the past three and a half years@.", "2018-04~/2021-10-30"),
    ("So @for the past three-and-a half years@.", "2018-04~/2021-10-30"),
    ("So @in the last six months@.", "2021-04~/2021-10-30"),
    ("It ends @within 30 days@.", "2021-10-30/2021-11-29"),
    ("It ends @in the next 30 days@.", "2021-10-30/2021-11-29"),
    ("It ends @in two weeks@.", "2021-11-13~"),
    ("It ends @in three months@.", "2022-01~"),
    ("They rested @for three weeks@.", None),
    ("It has @a 30-day deadline@.", None),
    ("It ended @at 20:00 GMT on 19 September 2020@.", "2020-09-19T20:00Z"),
]

FURTHER = [
    ("It was @on the 14th of July 2015@.", "2015-07-14"),
    ("It was @on the 14th of July@.", "2021-07-14"),
    ("It was @on Oct. 27@.", "2021-10-27"),
    ("It was @on Sept 3@.", "2021-09-03"),
    ("It was @on Wed., Oct. 27@.", "2021-10-27"),
    ("It was @on Wednesday, July 14, 2015@.", "2015-07-14"),
    ("They met @April 6\u20139@.", "2021-04-06/2021-04-09"),
    ("They met @6-9 April@.", "2021-04-06/2021-04-09"),
    ("They met @from 30 March to 2 April@.", "2021-03-30/2021-04-02"),
    ("They met @from 30 March to 2 April 2015@.", "2015-03-30/2015-04-02"),
    ("It grew @2015-2018@.", "2015/2018"),
    ("They met @from Monday to Wednesday@.", "2021-10-25/2021-10-27"),
    ("It grew @between 2015 and 2018@.", "2015/2018"),
    ("It was @in the late 1990s@.", "1996~/1999"),
    ("It may end @later this month@.", "2021-10"),
    ("It was @earlier this month@.", "2021-10"),
    ("It was @this morning@.", "2021-10-30"),
    ("It was @half a year ago@.", "2021-04~"),
    ("It was @a decade ago@.", "2011-10~"),
    ("It was @a fortnight ago@.", "2021-10-16~"),
    ("It was @a dozen years ago@.", "2009-10~"),
    ("It was @on the 14th@.", "2021-10-14"),
    ("It held @since mid-2019@.", "2019-05/.."),
    ("It is due @by spring of 2023@.", "../2023-05"),
    ("It holds @until midnight next Thursday@.", "../2021-11-04"),
    ("Talks are expected @in early November@.", "2021-11-01/2021-11-10~"),
    ("He said @on Wednesday@ that it would be so.", "2021-10-27"),
    ("@On Wednesday@, he said the talks will go on.", "2021-10-27"),
    ("The sides agreed to resume work @on Wednesday@.", "2021-11-03"),
    ("The visit was @on Wednesday night@.", "2021-10-27"),
    ("The letter @of 2015@ is lost.", "2015"),
    ("It was signed @in \u201998@.", "1998"),
    ("It was @the day before yesterday@.", "2021-10-28"),
    ("The mandate ends @on 31 March@.", "2022-03-31"),
    ("The flow will go on, the minister assured them @on Friday@.", "2021-10-29"),
    ("The pact will be signed @on Friday@.", "2021-11-05"),
    ("The talks, which were held in a tent, will go on @in June@.", "2022-06"),
    ("It ended @in the first week of November@.", "2020-11-01/2020-11-07~"),
    ("It ended @at 8 p.m. on Friday@.", "2021-10-29"),
    ("Prices rose @over the past week@.", "2021-10-23~/2021-10-30"),
]

NONE = [
    "Resolution 1441 and Res. 2231 and Article 1990 of it and Flight 1979 were cited.",
    "It cost $2020 and 2,000 more, and 2000 troops of 2015 people left room 2019.",
    "Resolutions 1737, 1747, 1803 and 1929 were cited.",
    "They may go, and they march on; the march was long. May they rest.",
    "Theresa May spoke. Mrs May said so. It was the second round of talks.",
    "The Sun said so. He read it in the Sun. The Sunday Times and the Mail on Sunday did not.",
    "Black Friday was like the Good Friday Agreement and Bloody Sunday.",
    "The Twelfth of July parade and the 1st Army and the 30 March Brigade met.",
    "Now, recently, soon, still, for years, in recent months, he watched 24-hour news.",
    "A 30-year-old man, 12 years old, met P5+1 and E3 in the meantime, a dead end.",
    "Every Friday they pray, and twice a day, at $3 billion a year.",
]


@pytest.mark.parametrize(("marked", "edtf"), GUIDE + FURTHER)
def test_the_guide(marked: str, edtf: str | None) -> None:
    before, words, after = marked.split("@")
    assert told(before + words + after) == [(words, edtf)]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("for three weeks", "P3W"),
        ("for the past three and a half years", "P3Y6M"),
        ("in the last six months", "P6M"),
        ("within 30 days", "P30D"),
        ("a 30-day deadline", "P30D"),
        ("for one and a half years", "P1Y6M"),
        ("for a year and a half", "P1Y6M"),
        ("for half a year", "P6M"),
        ("two decades", "P20Y"),
        ("within 48 hours", "P2D"),
        ("over the next two weeks", "P2W"),
        ("for twenty-one days", "P21D"),
    ],
)
def test_lengths(words: str, length: str) -> None:
    assert [one.length for one in read(f"It went on {words}.")] == [length]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on 18 June. The following day they left.", "2021-06-19"),
        ("They met on 18 June. They left the same day.", "2021-06-18"),
        ("They met on 18 June and left a day later.", "2021-06-19"),
        ("They met on 18 June and left two days later.", "2021-06-20"),
        ("They met on 18 June and left a week later.", "2021-06-25~"),
        ("They met on 18 June. The day before, they spoke.", "2021-06-17"),
        ("They met on 18 June. They spoke two days earlier.", "2021-06-16"),
        ("They met in May 2018. A year later they left.", "2019-05~"),
        ("They met on 18 June and left on the 20th.", "2021-06-20"),
    ],
)
def test_counted_from_the_date_before(text: str, edtf: str) -> None:
    last = read(text)[-1]
    assert (last.edtf, last.anchor) == (edtf, None)


def test_lists_share_a_year_and_a_month() -> None:
    assert told("It met on 3 and 5 June 2016.") == [
        ("on 3", "2016-06-03"),
        ("5 June 2016", "2016-06-05"),
    ]
    assert told("It met on June 3 and 5.") == [("on June 3", "2021-06-03"), ("5", "2021-06-05")]
    assert [edtf for _, edtf in told("It met on 18 October and 16 January 2016.")] == [
        "2015-10-18",
        "2016-01-16",
    ]
    assert [edtf for _, edtf in told("It met in 2013, 2014 and 2015.")] == ["2013", "2014", "2015"]
    assert [edtf for _, edtf in told("Set on 18 October and done on 16 January 2016.")] == [
        "2021-10-18",
        "2016-01-16",
    ]


def test_without_an_anchor_only_absolute_dates_are_known() -> None:
    text = "On Friday, 18 June, in two weeks, and on 14 July 2015, until 2018."
    assert [edtf for _, edtf in told(text, None)][-2:] == ["2015-07-14", "../2018"]
    assert told("They met on Friday.", None) == [("on Friday", None)]
    assert told("They met the following day.", None) == [("the following day", None)]


def test_a_month_or_year_as_anchor() -> None:
    assert told("They met on Friday.", "2021-10") == [("on Friday", None)]
    assert told("They met on June 18.", "2021-10") == [("on June 18", "2021-06-18")]
    assert told("It was three years ago.", "2021") == [("three years ago", "2018~")]
    assert told("It was last year.", "2021") == [("last year", "2020")]
    assert told("So in the last six months.", "2021-10") == [
        ("in the last six months", "2021-04~/2021-10")
    ]


def test_names_hide_what_lies_in_them_alone() -> None:
    text = "April Jones came in April."
    assert [one.text for one in read(text, names=[Span(0, 11)])] == ["in April"]


def test_the_date_before_the_first_piece() -> None:
    before = Dating(Span(0, 1), "x", "2020-02-28")
    found = read("The following day they left.", before=before)
    assert found[0].edtf == "2020-02-29"


days = st.dates(date(1900, 1, 1), date(2090, 12, 31))
NAMES = {"Monday": MO, "Tuesday": TU, "Wednesday": WE, "Thursday": TH, "Friday": FR}
NAMES |= {"Saturday": SA, "Sunday": SU}


@given(days, st.integers(1, 60), st.sampled_from(["day", "week", "month", "year"]))
def test_counting_agrees_with_another_calendar(day: date, count: int, unit: str) -> None:
    words = f"{count} {unit}s"
    delta = relativedelta(**{f"{unit}s": count})
    size = 7 if unit in ("month", "year") else 10
    mark = "" if unit == "day" else "~"
    ago = read(f"It was {words} ago.", day.isoformat())[0].edtf
    ahead = read(f"It ends in {words}.", day.isoformat())[0].edtf
    assert ago == (day - delta).isoformat()[:size] + mark
    assert ahead == (day + delta).isoformat()[:size] + mark


@given(days, st.sampled_from(sorted(NAMES)))
def test_weekdays_agree_with_another_calendar(day: date, name: str) -> None:
    near = NAMES[name]
    one = timedelta(1)
    for text, expected in (
        (f"It was on {name}.", day + relativedelta(weekday=near(-1))),
        (f"It will be on {name}.", day + relativedelta(weekday=near(1))),
        (f"It was last {name}.", day - one + relativedelta(weekday=near(-1))),
        (f"It is next {name}.", day + one + relativedelta(weekday=near(1))),
    ):
        assert read(text, day.isoformat())[0].edtf == expected.isoformat()


@given(days, days)
def test_days_of_months_agree_with_another_calendar(day: date, named: date) -> None:
    words = f"{named.day} {named:%B}"
    found = read(f"It was on {words}.", day.isoformat())[0].edtf
    assert found is not None
    year = day.year
    while True:
        try:
            expected = named.replace(year=year)
        except ValueError:
            expected = date.max
        if expected <= day:
            break
        year -= 1
    assert found == expected.isoformat()


WORDS = (
    "May|in|2018|the|of|30|-|14|July|,|.|last|next|week|on|Friday|by|end|"
    "of|1980s|three|and a half|years|ago|later|a|day|from|to|between|since|"
    "early|mid-|20:00|GMT|03/04/2015|31 February|the|second|half|quarter|spring|"
    "weekend|0001|9999|following|same|before|Sun.|\u2013|(|)|decade|9999 years ago|"
    "30th|resolution|today|\u2019s"
)
PIECES = st.sampled_from(WORDS.split("|"))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), st.sampled_from([DAY, "2021", "0001", None]))
def test_any_words_give_sound_dates(text: str, anchor: str | None) -> None:
    read(text, anchor)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from([DAY, "9999-12-31", "0001-01-01", "[2020,2021]"]))
def test_any_text_gives_sound_dates(text: str, anchor: str) -> None:
    read(text, anchor)


@pytest.mark.parametrize(
    "text",
    [
        "7" * 10_000,
        "of " * 20_000,
        "the " * 20_000,
        "June 3, " * 5_000,
        "2015, " * 5_000,
        "3 and " * 5_000,
        "end of the " * 5_000,
        " " * 50_000 + "June",
        "two " * 10_000,
        "will be " * 5_000 + "on Friday",
    ],
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    find_dates(text, [Span(0, len(text))], DAY)
    assert time.perf_counter() - start < 4


def test_a_megabyte_of_news_is_read_in_time() -> None:
    text = (
        "The two delegations met in the capital on Wednesday and spoke for three hours, officials "
        "told reporters. A spokesman said that the talks, which were suspended in June, will "
        "resume before the end of November. The accord of 14 July 2015 is the base of both.\n\n"
    )
    text *= 1_000_000 // len(text)
    sentences = Layout.of(text).sentences
    start = time.perf_counter()
    assert len(find_dates(text, sentences, DAY)) > 10_000
    assert time.perf_counter() - start < 4
