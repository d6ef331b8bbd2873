"""Dates and durations of the record against EDTF, dateutil and brute force."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from edtf import parse_edtf
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from detente.record.dates import ALWAYS, DAY, NEVER, DateError, When, before, parse_when
from detente.record.durations import parse_duration

SIGNS = st.sampled_from(["", "", "?", "~", "%"])
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))


def at_precision(day: date, precision: int) -> str:
    return day.isoformat()[: (4, 7, 10)[precision]]


def span(text: str) -> tuple[date, date]:
    """The first and the last day of 2021, 2021-10 or 2021-10-29, told without the parser."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    low, high = (month, month) if month else (1, 12)
    return date(year, low, 1), date(year, high, calendar.monthrange(year, high)[1])


PLAIN = st.builds(at_precision, DAYS, st.integers(0, 2))
MARKED = st.builds(str.__add__, PLAIN, SIGNS)


@st.composite
def pairs(draw: st.DrawFn, parts: st.SearchStrategy[str], joint: str) -> str:
    """Two dates in order with a joint between them."""
    one, other = draw(parts), draw(parts)
    start, end = sorted((one, other), key=lambda text: span(text.rstrip("?~%")))
    return f"{start}{joint}{end}"


#: edtf reads no set of a single date, and a range in a set only between dates of one precision
RANGES = st.integers(0, 2).flatmap(
    lambda precision: pairs(st.builds(at_precision, DAYS, st.just(precision)), "..")
)
SETS = st.builds("[{}]".format, RANGES) | st.lists(PLAIN | RANGES, min_size=2, max_size=4).map(
    lambda parts: f"[{','.join(parts)}]"
)
TEXTS = MARKED | pairs(MARKED, "/") | SETS


def bounds_by_edtf(text: str) -> tuple[date, date]:
    meant = parse_edtf(text)
    return date(*meant.lower_strict()[:3]), date(*meant.upper_strict()[:3])


def second_of(day: date) -> int:
    return (day - date(1, 1, 1)).days * DAY


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_every_text_has_the_bounds_that_edtf_gives_it(text: str) -> None:
    first, last = bounds_by_edtf(text)
    when = parse_when(text)
    assert (when.first_day, when.last_day) == (first.isoformat(), last.isoformat())
    assert when.earliest == second_of(first)
    assert when.latest == second_of(last) + DAY - 1
    assert str(when) == text
    assert when.floating


@settings(max_examples=100, deadline=None)
@given(PLAIN, st.sampled_from(["?", "~", "%"]))
def test_a_mark_says_the_same_as_in_edtf(text: str, sign: str) -> None:
    marked, meant = parse_when(text + sign), parse_edtf(text + sign)
    both = meant.is_uncertain_and_approximate
    assert marked.uncertain == (meant.is_uncertain or both)
    assert marked.approximate == (meant.is_approximate or both)
    assert marked.uncertain == (sign in "?%")
    assert marked.approximate == (sign in "~%")


@settings(deadline=None)
@given(pairs(MARKED, "/"))
def test_an_interval_is_marked_where_a_part_of_it_is(text: str) -> None:
    when = parse_when(text)
    assert when.kind == "interval"
    assert when.uncertain == ("?" in text or "%" in text)
    assert when.approximate == ("~" in text or "%" in text)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2021-10/..", "interval", "2021-10-01", ""),
        ("2021-10-05~/", "interval", "2021-10-05", ""),
        ("../2021-11-30", "interval", "", "2021-11-30"),
        ("/2021?", "interval", "", "2021-12-31"),
        ("[2021-10..]", "one-of", "2021-10-01", ""),
        ("[..2021-10]", "one-of", "", "2021-10-31"),
        ("[2021-10]", "one-of", "2021-10-01", "2021-10-31"),
        ("[2021-10..2022]", "one-of", "2021-10-01", "2022-12-31"),
        ("[2019, 2021-10..]", "one-of", "2019-01-01", ""),
        ("[2021-10-05~..2021-10-07]", "one-of", "2021-10-05", "2021-10-07"),
    ],
)
def test_what_is_open_has_no_day_on_that_side(text: str, kind: str, first: str, last: str) -> None:
    when = parse_when(text)
    assert (when.kind, when.first_day, when.last_day) == (kind, first, last)
    assert (when.earliest == ALWAYS) == (not first)
    assert (when.latest == NEVER) == (not last)


def test_what_is_open_to_the_past_is_not_known_to_follow_anything() -> None:
    day = parse_when("2021-10-05")
    assert before(parse_when("../2021-09"), day) is True
    assert before(day, parse_when("2021-10-06/..")) is True
    assert before(parse_when("2021-10-06/.."), day) is False
    assert before(day, parse_when("../2021-09")) is False
    assert before(parse_when("2021-10-06/.."), parse_when("2022")) is False
    assert before(parse_when("[2021-10-04..]"), day) is None
    assert before(parse_when("[..2021-10-06]"), day) is None


# before


def halves(low: date, high: date) -> list[int]:
    """The mornings and the evenings of the days from one to another."""
    first = second_of(low) // DAY
    return list(range(2 * first, 2 * (first + (high - low).days) + 2))


def meanings(text: str) -> set[tuple[int, int]]:
    """Every start and end that a text can mean, in halves of a day."""
    if "/" in text:
        start, end = (halves(*span(part)) for part in text.split("/"))
        return {(one, other) for one in start for other in end if one <= other}
    found: set[tuple[int, int]] = set()
    for part in text.strip("[]").split(","):
        low, _, high = part.partition("..")
        found |= {(half, half) for half in halves(span(low)[0], span(high or low)[1])}
    return found


def before_by_trying(a: str, b: str) -> bool | None:
    """Whether `a` ends before `b` starts, tried with everything the two can mean."""
    ends = {end for _, end in meanings(a)}
    starts = {start for start, _ in meanings(b)}
    answers = {end < start for end in ends for start in starts}
    return answers.pop() if len(answers) == 1 else None


NEAR = st.builds(
    at_precision,
    st.dates(date(2020, 12, 25), date(2021, 3, 5)),
    st.sampled_from([1, 2, 2, 2]),
)
NEAR_TEXTS = (
    NEAR
    | pairs(NEAR, "/")
    | st.lists(NEAR | pairs(NEAR, ".."), min_size=1, max_size=3).map(
        lambda parts: f"[{','.join(parts)}]"
    )
)


@settings(max_examples=500, deadline=None)
@given(NEAR_TEXTS, NEAR_TEXTS)
@example("2021-01-29/2021-01", "2021-01-20")
@example("2021-02-20", "2021-02/2021-02-03")
@example("2021-01-05", "2021-01-05")
@example("2021-01-05", "2021-01-06")
def test_one_date_is_before_another_when_all_their_days_say_so(a: str, b: str) -> None:
    assert before(parse_when(a), parse_when(b)) is before_by_trying(a, b)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_two_dates_are_never_each_before_the_other(a: str, b: str) -> None:
    one, other = parse_when(a), parse_when(b)
    if before(one, other):
        assert before(other, one) is False


# zones


def test_the_same_second_in_two_zones_is_one_time() -> None:
    york, utc = parse_when("2020-09-19T20:00-04:00"), parse_when("2020-09-20T00:00Z")
    assert (york.earliest, york.latest) == (utc.earliest, utc.latest)
    assert york.first_day == "2020-09-20"
    assert not york.floating
    assert before(york, utc) is None
    exact = parse_when("2020-09-20T00:00:00Z")
    assert before(exact, parse_when("2020-09-19T20:00:00-0400")) is False
    assert before(exact, parse_when("2020-09-19T20:00:01-04")) is True


def test_a_night_in_baghdad_is_the_evening_before_in_washington() -> None:
    baghdad = parse_when("2020-01-03T00:47+03:00")
    washington = parse_when("2020-01-02T16:47-05:00")
    assert (baghdad.earliest, baghdad.latest) == (washington.earliest, washington.latest)
    assert baghdad.first_day == "2020-01-02"
    for day in ("2020-01-02", "2020-01-03"):
        # both days are right somewhere, so neither is before or after
        assert before(baghdad, parse_when(day)) is None
        assert before(parse_when(day), baghdad) is None
    assert before(parse_when("2020-01-01"), baghdad) is True
    assert before(baghdad, parse_when("2020-01-04")) is True
    assert before(parse_when("2020-01-04"), baghdad) is False


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(1000, 1, 1), datetime(8000, 1, 1)),
    st.integers(-48, 56),
    st.integers(-3, 3),
)
def test_a_day_is_before_a_time_when_it_is_in_every_zone(
    moment: datetime, quarters: int, away: int
) -> None:
    sign, (hours, quarter) = "-" if quarters < 0 else "+", divmod(abs(quarters), 4)
    time = parse_when(f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{quarter * 15:02}")
    at = second_of(moment.date()) + moment.hour * 3600 + moment.minute * 60 + moment.second
    at -= quarters * 900
    assert (time.earliest, time.latest) == (at, at)
    day = moment.date() + timedelta(days=away)
    answers: set[bool] = set()
    for zone in range(-12, 15):
        start = second_of(day) - zone * 3600
        answers |= {start < at, start + DAY - 1 < at}
    expected = answers.pop() if len(answers) == 1 else None
    assert before(parse_when(day.isoformat()), time) is expected


# what is no date


@pytest.mark.parametrize(
    ("text", "what", "offset"),
    [
        ("2021-02-30", "February 2021 has 28 days", 8),
        ("2024-02-30~", "February 2024 has 29 days", 8),
        ("2021-13", "there is no month 13", 5),
        ("2021-00-10", "there is no month 00", 5),
        ("2021-10-29T25:00Z", "there is no time 25:00", 11),
        ("2021-10-29T20:60Z", "there is no time 20:60", 11),
        ("2021-10-29T20:00+15:00", "there is no zone +15:00", 16),
        ("2021-10-29T20:00", "is no date", 0),
        ("0000-01-01", "years begin with 0001", 0),
        ("0001-01-01T00:00+01:00", "outside the years 0001 to 9999", 0),
        ("9999-12-31T23:59-01:00", "outside the years 0001 to 9999", 0),
        ("2021-11/2021-10", "ends before it begins", 8),
        ("2021-11/2021-02-30", "February 2021 has 28 days", 16),
        ("2021/2022/2023", "more than one /", 9),
        ("../..", "open on both sides", 0),
        ("[2021-10-05,2021-10-07", "no closing bracket", 22),
        ("[2021-10-05, 2021-02-30]", "February 2021 has 28 days", 21),
        ("[2021..2021-13]", "there is no month 13", 12),
        ("[2019, 2022..2021]", "ends before it begins", 7),
        ("[..]", "is no date", 1),
        ("[]", "is no date", 1),
        ("[2021,]", "is no date", 6),
        ("October 2021", "is no date", 0),
        ("\u0662\u0660\u0662\u0661", "is no date", 0),
        ("2021\n", "is no date", 0),
        ("", "is no date", 0),
        ("9" * 10_000, "10,000 characters", 0),
        ("[" * 10_000, "10,000 characters", 0),
    ],
)
def test_what_is_no_date_is_told_with_its_place(text: str, what: str, offset: int) -> None:
    with pytest.raises(DateError) as told:
        parse_when(text)
    assert what in told.value.what
    assert told.value.offset == offset
    assert len(told.value.what) < 300


@settings(max_examples=500, deadline=None)
@given(st.text("0129-/.[],~?%TZ+: P", max_size=30) | st.text(max_size=30))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        when = parse_when(text)
    except DateError as told:
        assert 0 <= told.offset <= len(text)  # noqa: PT017
    else:
        assert when.earliest <= when.latest
        assert len(when.first_day) in (0, 10)
        assert len(when.last_day) in (0, 10)


# durations


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2016-01-16", "P15Y", "2031-01-16"),
        ("2016-01-16", "P8Y6M", "2024-07-16"),
        ("2016-01-16", "P10Y", "2026-01-16"),
        ("2015-10-18", "P10Y", "2025-10-18"),
        ("2015-10-18", "P8Y", "2023-10-18"),
        ("2020-08-20", "P30D", "2020-09-19"),
        ("2021-01-31", "P1M", "2021-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2021-12-20", "P2W", "2022-01-03"),
        ("2016", "P15Y", "2031"),
        ("2016-01~", "P8Y6M", "2024-07~"),
        ("2016-01-16%", "P1Y", "2017-01-16%"),
        ("2016-01-16?", "P0D", "2016-01-16?"),
        ("2021-02", "P1M", "[2021-03-01..2021-03-28]"),
        ("[2021-10-05,2021-10-07]", "P1D", "[2021-10-06..2021-10-08]"),
        ("[2021-10-05..]", "P1D", "[2021-10-06..]"),
        ("2020-09-19T20:00-04:00", "P30D", "2020-10-19T20:00-04:00"),
        ("2020-09-19T20:00:30Z~", "P1Y", "2021-09-19T20:00:30Z~"),
    ],
)
def test_a_duration_after_a_date_is_the_day_a_calendar_shows(
    start: str, length: str, end: str
) -> None:
    assert parse_duration(length).after(parse_when(start)) == parse_when(end)


@settings(max_examples=500, deadline=None)
@given(
    st.dates(date(1000, 1, 1), date(8000, 1, 1)),
    st.tuples(*[st.integers(0, most) for most in (300, 40, 60, 400)]),
)
def test_a_duration_counts_as_dateutil_counts(start: date, parts: tuple[int, ...]) -> None:
    assume(any(parts))
    text = "P" + "".join(f"{n}{unit}" for n, unit in zip(parts, "YMWD", strict=True) if n)
    years, months, weeks, days = parts
    expected = start + relativedelta(years=years, months=months, weeks=weeks, days=days)
    end = parse_duration(text).after(parse_when(start.isoformat()))
    assert (end.text, end.first_day, end.last_day) == (expected.isoformat(),) * 3


@settings(deadline=None)
@given(
    st.dates(date(1000, 1, 1), date(8000, 1, 1)),
    st.integers(0, 2),
    st.integers(0, 200),
    st.integers(0, 90),
)
def test_a_duration_after_a_month_or_year_spans_what_it_gives_for_each_day(
    start: date, precision: int, months: int, days: int
) -> None:
    text = at_precision(start, precision)
    first, last = span(text)
    step = relativedelta(months=months, days=days)
    every = [first + timedelta(days=k) + step for k in range((last - first).days + 1)]
    end = parse_duration(f"P{months}M{days}D").after(parse_when(text))
    assert (end.first_day, end.last_day) == (min(every).isoformat(), max(every).isoformat())
    assert parse_when(end.text) == end


@settings(deadline=None)
@given(
    st.datetimes(datetime(1000, 1, 1), datetime(8000, 1, 1)),
    st.integers(-12, 14),
    st.integers(0, 40),
)
def test_a_duration_after_a_time_counts_the_days_where_the_clock_is(
    moment: datetime, zone: int, months: int
) -> None:
    text = f"{moment:%Y-%m-%dT%H:%M}{zone:+03}:00"
    end = parse_duration(f"P{months}M").after(parse_when(text))
    local = moment + relativedelta(months=months)
    assert end.text == f"{local:%Y-%m-%dT%H:%M}{zone:+03}:00"
    assert parse_when(end.text) == end


@pytest.mark.parametrize(
    "text", ["", "P", "15Y", "P15", "P1.5Y", "PT5H", "P-1Y", "P6M8Y", "p1y", "P" + "9" * 30 + "Y"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="is no duration"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["P8000Y", "P99999999999999999D", "P9999999999999999M"])
def test_a_duration_that_leads_past_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="past 9999"):
        parse_duration(text).after(parse_when("2016-01-16"))


def test_a_moment_can_begin_and_end_at_any_second_it_can_mean() -> None:
    when = When("2021", 10, 20)
    assert (when.begun, when.ended) == (20, 10)
