"""Kinds of information in a news commentary, each found in the shipped dossier: R01 to R23.

A test is named for its kind: R15 is what a statement within a statement within a statement needs.
These are about the document, its dates, its wording, and what is charged, demanded and offered.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.parser import ParserError
from dateutil.parser import parse as dateutil_parse
from dateutil.relativedelta import relativedelta

from detente.record.comparison import at_odds
from detente.record.dates import ALWAYS, before, parse_when
from detente.record.durations import parse_duration
from detente.record.entries import (
    Actor,
    Event,
    Relation,
    Source,
    Statement,
)
from detente.record.load import load_record
from detente.record.timeline import timeline
from tests.flagship import (
    AUTHOR,
    DAY,
    RECORD,
    answers,
    chain,
    claimed,
    get,
    paragraphs,
    results,
    said,
    seconds,
    with_entry,
)

# -- the document and its dates --------------------------------------------------------------------

DATED = '    date: "2021-10-30"\n    known: {date: from-url}\n'
ARTICLE = """
actors: {someone: {name: Someone, kind: person}}
sources:
  article:
    title: An article
    known: {title: given}
"""
SAID = "statements: {S: {kind: assertion, speaker: someone, sources: article}}\n"


def test_r01_a_document_loads_without_its_date_and_with_it(tmp_path: Path) -> None:
    bare, dated = tmp_path / "bare.yaml", tmp_path / "dated.yaml"
    bare.write_text(ARTICLE + SAID, encoding="utf-8")
    known = ARTICLE.replace("    known: {title: given}\n", DATED)
    dated.write_text(known + SAID, encoding="utf-8")
    source = get(Source, "article", load_record(bare))
    assert (source.date, source.author, source.url, source.publisher) == (None,) * 4
    assert source.known == {"title": "given"}
    record = load_record(dated)
    assert str(get(Source, "article", record).date) == DAY
    # what an undated document says might have been known at any time
    assert load_record(bare).entry_from["S"] == ALWAYS
    assert record.entry_from["S"] == seconds(DAY)
    shipped = get(Source, "article")
    assert shipped.known == {"date": "from-url", "author": "given", "title": "given"}
    assert DAY.replace("-", "/") in (shipped.url or "")


def test_r02_nothing_in_the_record_rests_on_the_furniture_of_the_page() -> None:
    assert get(Source, "article").furniture == ("P57-P67",)
    read = set().union(*(paragraphs(entry) for entry in RECORD.entries.values()))
    assert read == set(range(1, 57))


@pytest.mark.parametrize(
    ("id_", "entry", "weekday"), [("A10", "T23", 2), ("A19", "T21", 2), ("A48", "E089", 4)]
)
def test_r03_a_weekday_is_the_last_one_before_the_document(
    id_: str, entry: str, weekday: int
) -> None:
    written = date.fromisoformat(str(get(Source, "article").date))
    day = next(
        written - timedelta(back)
        for back in range(7)
        if (written - timedelta(back)).weekday() == weekday
    )
    claim = next(one for one in said(id_).claims if one.about == entry)
    assert str(claim.date) == day.isoformat() == {2: "2021-10-27", 4: "2021-10-29"}[weekday]
    assert claim.dated is not None
    words, anchor = claim.dated.words, claim.dated.anchor
    assert (words, str(anchor)) == ({2: "On Wednesday", 4: "On Friday"}[weekday], str(written))
    # that "Wednesday" is a day late for what Price said stands beside it
    assert [one.what for one in at_odds(RECORD, said(id_))] == ["date"] * (id_ == "A19")


def test_r03_words_without_an_anchor_have_no_date_yet() -> None:
    keys = {"kind": "report", "speaker": "lendman", "dated": "On Wednesday"}
    open_ = Statement.model_validate(keys)
    assert open_.dated is not None
    assert (open_.dated.words, open_.dated.anchor, open_.date) == ("On Wednesday", None, None)


def test_r04_a_month_without_a_year_is_the_nearest_past_one_and_stays_a_month() -> None:
    dates = {str(one.date) for id_ in ("A07", "A08") for one in said(id_).claims if one.date}
    assert dates == {"2021-04", "2021-06", "2021-06-18", "2021-08"}
    august = next(one.date for one in said("A08").claims if one.about == "E082")
    assert august is not None
    assert (august.first_day, august.last_day) == ("2021-08-01", "2021-08-31")
    assert ("E082", "date", "agrees") in results("A08")
    assert claimed("E082", date="2021-08-30") == claimed("E082", date="2020-08") == ["differs"]


def test_r05_early_october_is_an_interval_that_is_only_about() -> None:
    early = said("A14a").date
    assert early is not None
    assert early == said("A18a").date
    assert (early.first_day, early.last_day) == ("2021-10-01", "2021-10-10")
    assert early.kind == "interval"
    assert early.approximate
    with pytest.raises(ParserError):
        dateutil_parse("early October")


def test_r06_a_restart_on_29_november_keeps_the_deadline_and_one_in_december_does_not() -> None:
    due = said("A10a").due
    assert due is not None
    assert (due.earliest, due.last_day) == (ALWAYS, "2021-11-30")
    begun = get(Event, "E093").date[0]
    assert begun.date.first_day == "2021-11-29"
    assert results("A10a") == [("E093", "date", "agrees")]
    later = begun.model_copy(update={"date": parse_when("2021-12-01/2021-12-17")})
    late = with_entry(get(Event, "E093").model_copy(update={"date": (later,)}))
    assert results("A10a", late) == [("E093", "date", "differs")]


def test_r07_the_next_week_is_counted_from_the_tweet() -> None:
    tweet, window = said("A10b"), said("A10b").due
    assert window is not None
    assert str(tweet.date) == "2021-10-27"
    assert str(said("A10").date) == DAY
    sent = date.fromisoformat(str(tweet.date))
    monday = sent + timedelta(7 - sent.weekday())
    assert window.first_day == monday.isoformat()
    assert window.last_day == (monday + timedelta(6)).isoformat()
    assert results("A10b") == [("E091", "date", "agrees")]
    assert str(get(Event, "E091").date[0].date) == "2021-11-03"


def test_r08_three_and_a_half_years_begin_with_the_exit() -> None:
    (claim,) = said("A21").claims
    assert (claim.about, str(claim.on)) == ("E025", DAY)
    start = get(Event, "E025").date[0].date
    apart = relativedelta(date.fromisoformat(DAY), date.fromisoformat(str(start)))
    assert (apart.years, apart.months, apart.days) == (3, 5, 22)
    assert parse_duration("P3Y5M22D").after(start).text == DAY
    assert results("A21") == [("E025", "length", "agrees")]
    assert claimed("E025", lasted="P2Y", on=DAY) == ["differs"]


def test_r09_a_bare_year_keeps_the_precision_of_a_year() -> None:
    year = get(Relation, "R_hostility").start
    assert year is not None
    assert (year.text, year.first_day, year.last_day) == ("1979", "1979-01-01", "1979-12-31")
    assert before(year, parse_when("1979-06")) is None
    assert before(year, parse_when("1980")) is True
    assert said("A44").about == ("R_hostility",)


# -- how words are given ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "words", "better"),
    [
        ("A10a", "(H)ad", None),
        ("A10a", "agree(d) to (re)start", "T23"),
        ("A10b", "w(ill)", "T23"),
        ("A18a", "(for resumption of talks and it’s)", "T16"),
        ("A19a", "(A) window (for talks)", "T21"),
        ("A29b", "(US)", None),
    ],
)
def test_r10_a_quote_altered_by_brackets_is_marked_and_leads_to_a_better_wording(
    id_: str, words: str, better: str | None
) -> None:
    (quote,) = (one for one in said(id_).quote if words in one.text)
    assert quote.edited
    assert quote.canonical == better
    if better is not None:
        assert said(better).speaker == said(id_).speaker
        assert said(better).quote
        assert not any(one.edited or "(" in one.text for one in said(better).quote)


def test_r11_one_tweet_over_three_paragraphs_has_one_speaker() -> None:
    parts = [said(id_) for id_ in said("A10").reports]
    assert [one.id for one in parts] == ["A10a", "A10b"]
    assert {(one.speaker, str(one.date), one.medium) for one in parts} == {
        (("bagheri_kani",), "2021-10-27", "tweet")
    }
    assert paragraphs(said("A10")) == set().union(*map(paragraphs, parts)) == {7, 8, 9, 10}
    assert [len(one.quote) for one in parts] == [3, 2]


def test_r12_a_whole_government_can_be_quoted_without_a_date() -> None:
    quoted = said("A29b")
    assert quoted.quote[0].text.startswith("building a stronger and longer deal")
    assert get(Actor, quoted.speaker[0]).kind == "state"
    assert quoted.date is None
    assert all(one.id != "A29b" for one in timeline(RECORD))


def test_r13_the_medium_and_the_handle_stay_as_printed() -> None:
    assert said("A10a").medium == "tweet"
    assert "@enriquemora" in said("A10a").quote[0].text
    named = [
        one.id
        for one in RECORD.of_kind(Actor)
        if "@enriquemora" in {alias.alias for alias in one.aliases}
    ]
    assert named == ["mora"]


@pytest.mark.parametrize(
    ("id_", "speaker"), [("A14a", "blinken"), ("A20a", "price"), ("A49a", "ofac")]
)
def test_r14_reported_speech_has_its_reporter_and_no_wording(id_: str, speaker: str) -> None:
    told = said(id_)
    assert (told.speaker, told.according_to, told.quote) == ((speaker,), (AUTHOR,), ())
    assert told.what


def test_r15_what_biden_vowed_can_be_asked_through_blinken_and_the_author() -> None:
    levels = list(chain("A16"))
    assert [(one.speaker[0], one.stance, one.kind) for one in levels] == [
        (AUTHOR, "doubts", "motive"),
        ("blinken", "asserts", "report"),
        ("biden", None, "promise"),
    ]
    # each level is the account of the one above it
    assert [one.according_to for one in levels[1:]] == [(AUTHOR,), ("blinken",)]
    assert "compliance" in (levels[-1].what or "")


@pytest.mark.parametrize(
    ("id_", "inner", "speaker", "words"),
    [
        ("A14", "A14a", "blinken", "falsely"),
        ("A20", "A20a", "price", "Big Lie"),
        ("A56", "A56a", "usa", "(sic)"),
    ],
)
def test_r16_a_denial_and_the_claim_that_it_denies_are_two_things(
    id_: str, inner: str, speaker: str, words: str
) -> None:
    denial, claim = chain(id_)
    assert (denial.kind, denial.stance, denial.speaker) == ("denial", "denies", (AUTHOR,))
    assert (claim.id, claim.kind, claim.speaker) == (inner, "accusation", (speaker,))
    assert any(words in one.text for one in denial.quote)


# -- what is charged, demanded, offered and refused ------------------------------------------------


def test_r17_charges_of_breach_in_both_directions_stand_side_by_side() -> None:
    there, back = said("A14a"), said("A15")
    assert (there.speaker, there.to, there.norm) == (("blinken",), ("iran",), ("jcpoa",))
    assert (back.speaker, back.to, back.norm) == ((AUTHOR,), ("usa",), ("jcpoa",))
    assert said("A05").norm == ("unscr2231",)
    views = answers(DAY, "X01")
    assert set(views) == {"iran", "e3", "usa", "iaea", AUTHOR}
    assert views["usa"].startswith("Iran has exceeded limits")
    assert views["iran"].startswith("The United States since May 2018")
    # another administration held another view
    assert "restoring the UN measures" in answers("2020-09-01", "X01")["usa"]
    assert {"A14a", "A15", "A20a", "A21"} <= {
        one.id for one in RECORD.of_kind(Statement) if "X01" in one.about
    }


def test_r18_what_iran_demands_is_justified_by_a_third_party_alone() -> None:
    demands = [said(id_) for id_ in ("A24a", "A24b", "A24c", "A24d")]
    assert {(one.kind, one.speaker, one.to) for one in demands} == {("demand", ("iran",), ("usa",))}
    about = [set(one.about) for one in demands]
    assert about == [{"C23", "S02", "S03"}, {"C23", "C26"}, {"jcpoa", "E025"}, {"unscr2231"}]
    praise = said("A24")
    assert (praise.kind, praise.speaker, praise.stance) == ("justification", (AUTHOR,), "approves")
    assert praise.reports == tuple(one.id for one in demands)


def test_r19_demands_told_by_an_adversary_are_never_put_into_their_holders_mouth() -> None:
    demands = {"A29a": "C29", "A29b": "jcpoa", "A29c": "R_support"}
    for id_, about in demands.items():
        assert (said(id_).speaker, said(id_).according_to) == (("usa",), (AUTHOR,))
        assert about in said(id_).about
    assert (said("A29").reports, said("A29").stance) == (tuple(demands), "rejects")
    seen = {
        view: {one.statement.id for one in RECORD.as_of(DAY, viewpoint=view).demands}
        for view in ("usa", AUTHOR)
    }
    assert not seen["usa"] & set(demands)
    assert seen[AUTHOR] >= set(demands)


def test_r20_an_offer_carries_the_right_that_it_reserves() -> None:
    offer = said("A27a")
    assert (offer.kind, offer.speaker, offer.to) == ("offer", ("usa",), ("iran",))
    assert offer.condition == "It keeps a right to impose new sanctions"
    assert {"C23", "S02", "S03"} == set(offer.about)
    offers = {one.statement.id: one.state for one in RECORD.as_of(DAY, viewpoint=AUTHOR).offers}
    assert offers["A27a"] == "open"


def test_r21_a_refusal_answers_the_demands_that_it_refuses() -> None:
    assert said("A13a").answers == ("A29a", "A29b", "A29c")
    assert said("A23a").answers == ("A24a", "A24b", "A24c", "A24d")
    demands = {one.statement.id: one for one in RECORD.as_of(DAY).demands}
    for id_ in ("A13a", "A23a"):
        for demand in said(id_).answers:
            assert demands[demand].state == "refused"
            assert [one.id for one in demands[demand].answers] == [id_]
            assert said(id_).speaker == said(demand).to
    assert said("A33").about == said("A13a").answers


def test_r22_what_one_calls_a_threat_is_a_warning_in_its_speakers_mouth() -> None:
    for id_, original, words in (("A18a", "T16", "limited"), ("A19a", "T21", "indefinitely")):
        assert said(id_).kind == said(original).kind == "warning"
        assert words in said(id_).quote[0].text
    called = {one.statement.id: one.kinds for one in RECORD.as_of(DAY).called}
    threat = [("threat", (AUTHOR,))]
    assert called == {"A18a": threat, "A19a": threat}
    assert not RECORD.as_of(DAY, viewpoint="usa").called


@pytest.mark.parametrize(("id_", "promise"), [("A32", "A32a"), ("A42", "A42a")])
def test_r23_a_promise_and_the_judgement_that_it_is_hollow_are_two_things(
    id_: str, promise: str
) -> None:
    judgement, made = chain(id_)
    assert (judgement.kind, judgement.stance) == ("evaluation", "doubts")
    assert "hollow" in judgement.quote[0].text
    assert (made.id, made.kind, made.speaker) == (promise, "promise", ("usa",))
    assert made.according_to == judgement.speaker == (AUTHOR,)
