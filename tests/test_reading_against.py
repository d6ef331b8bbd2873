"""What an article says beside a record: days, numbers, offices and words, agreeing or not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from detente.reading import read
from detente.reading.against import Comparison, check, is_former, plain_words, source_of
from detente.reading.opening import article_of
from detente.record.load import read_record
from detente.record.record import Record
from detente.study import open_record

GROUND = """
actors:
  north: {name: Northland, kind: state, member_of: [league]}
  south: {name: Southland, kind: state}
  league: {name: Coastal League, kind: group}
  office: {name: Ports Office, kind: organisation, member_of: [north]}
  sorel:
    name: Ana Sorel
    kind: person
    roles:
      - {office: Foreign Minister, of: north, to: "2019"}
      - {office: Envoy to the talks, of: north, from: "2020"}
  brandt: {name: Ivo Brandt, kind: person, roles: [{office: Foreign Minister, of: south}]}
  lind: {name: Eva Lind, kind: person}
  olden: {name: Jan Olden, kind: person, roles: [{office: Admiral, of: south, to: "2010"}]}
sources:
  gazette: {title: Gazette of the north, date: 2020-03-02}
  daily: {title: "The talks: what now", url: "https://daily.example/talks"}
agreements:
  accord:
    name: Harbour Accord
    milestones:
      signed: {date: 2020-03-01}
      adoption: {date: 2020-05-05}
      implementation: {date: 2020-09-01}
  res777:
    name: Resolution 777 of the Council
    part_of: accord
    milestones: {adopted: {date: 2020-04-01}}
  old_treaty: {name: Treaty of 1975, milestones: {signed: {date: 1975-06-01}}}
  pledge: {name: Lake Pledge}
measures:
  listing:
    by: north
    what: Lists three
    kind: designation
    targets:
      - {name: A, kind: person}
      - {name: B, kind: person}
      - {name: C, kind: organisation}
    status: [{from: 2021-03-05}]
statements:
  vow:
    kind: promise
    speaker: brandt
    date: 2021-03-01
    quote: {text: "We [the ministers] will never give up the harbour of our fathers"}
    sources: gazette
  here:
    kind: promise
    speaker: sorel
    date: 2021-03-02
    quote: {text: Nobody who knows the lake would ask that of us again}
    sources: [{source: daily, at: P1}]
"""
SATURDAY = "2021-03-06"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return dossier(tmp_path_factory.mktemp("harbour"), GROUND)


def dossier(folder: Path, text: str) -> Record:
    (folder / "record").mkdir()
    (folder / "record/a.yaml").write_text(text, encoding="utf-8")
    loaded = read_record(folder)
    assert loaded.record is not None, loaded.problems
    return loaded.record


def compared(text: str, record: Record, published: str | None = SATURDAY) -> tuple[Comparison, ...]:
    article = article_of(text, "a.txt", published=published)
    return check(read(article, record=record), record)


def brief(found: tuple[Comparison, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(one.entry, one.what, one.said, one.found, one.result) for one in found]


# -- offices -------------------------------------------------------------------------------------

#: text -> whose office, what the record has, the result; None for no comparison
OFFICES: dict[str, tuple[str, str, str] | None] = {
    "Foreign Minister Ivo Brandt was late.": ("brandt", "Foreign Minister", "agrees"),
    "Ivo Brandt, the Southland foreign minister, left.": ("brandt", "Foreign Minister", "agrees"),
    "Ivo Brandt is foreign minister of Southland.": ("brandt", "Foreign Minister", "agrees"),
    "Ivo Brandt is defence minister.": ("brandt", "Foreign Minister", "differs"),
    "Defence Minister Ivo Brandt was late.": ("brandt", "Foreign Minister", "differs"),
    "Envoy Ana Sorel was late.": ("sorel", "Envoy to the talks", "agrees"),
    # "chief" is what a headline calls anybody
    "Ports chief Ivo Brandt was late.": ("brandt", "Foreign Minister", "open"),
    # held on the day is another office
    "Foreign Minister Ana Sorel was late.": ("sorel", "Envoy to the talks", "differs"),
    "Former foreign minister Ana Sorel was late.": ("sorel", "Foreign Minister", "agrees"),
    "Former trade minister Ana Sorel was late.": ("sorel", "Foreign Minister", "open"),
    # what she was on some day is not compared with what she is
    "Ana Sorel was foreign minister.": None,
    # no office is known, or none on the day
    "Defence Minister Eva Lind was late.": None,
    "Defence Minister Jan Olden was late.": None,
    "Former defence minister Ivo Brandt was late.": None,
    "Ivo Brandt was late.": None,
}


@pytest.mark.parametrize("text", OFFICES)
def test_an_office_is_held_against_those_of_the_day(text: str, record: Record) -> None:
    wanted = OFFICES[text]
    found = [(one.entry, one.found, one.result) for one in compared(text, record)]
    assert found == ([] if wanted is None else [wanted])


def test_an_office_held_once_agrees_for_an_article_of_that_day(record: Record) -> None:
    text = "Foreign Minister Ana Sorel was late."
    (then,) = compared(text, record, "2018-05-05")
    assert (then.found, then.result) == ("Foreign Minister", "agrees")
    (undated,) = compared(text, record, None)
    assert (undated.found, undated.result) == ("Foreign Minister, Envoy to the talks", "agrees")


def test_whose_office_it_is_is_told_with_the_passage(record: Record) -> None:
    text = "The talks are over.\n\nIvo Brandt is defence minister of Southland."
    (one,) = compared(text, record)
    assert (one.said, one.place) == ("defence minister of Southland", "P2")
    assert text[one.span.start : one.span.end] == one.words
    assert one.words == "Ivo Brandt is defence minister of Southland"


@pytest.mark.parametrize("office", ["former envoy", "Ex-minister", "Former Foreign Minister"])
def test_an_office_of_old_is_known_by_its_first_word(office: str) -> None:
    assert is_former(office)
    assert not is_former("Foreign Minister")
    assert not is_former("Minister for former soldiers")


# -- days of agreements --------------------------------------------------------------------------

DAYS: dict[str, tuple[str, str, str, str] | None] = {
    "The Harbour Accord was signed on 1 March 2020.": (
        "accord.signed", "2020-03-01", "2020-03-01", "agrees",
    ),
    "The Harbour Accord was signed on 2 March 2020.": (
        "accord.signed", "2020-03-02", "2020-03-01", "differs",
    ),
    "The Harbour Accord was signed in March 2020.": (
        "accord.signed", "2020-03", "2020-03-01", "agrees",
    ),
    "The Harbour Accord, implemented on 3 September 2020, held.": (
        "accord.implementation", "2020-09-03", "2020-09-01", "differs",
    ),
    # a resolution by its number
    "The Council's Resolution 777 was adopted on 1 April 2020.": (
        "res777.adopted", "2020-04-01", "2020-04-01", "agrees",
    ),
    "UNSCR 777, adopted on 6 May 2020, says so.": (
        "res777.adopted", "2020-05-06", "2020-04-01", "differs",
    ),
    # the day of what it endorses
    "The deal of Resolution 777 was adopted on 5 May 2020.": (
        "accord.adoption", "2020-05-05", "2020-05-05", "agrees",
    ),
    # the agreement named last is meant
    "The Harbour Accord came before Resolution 777, which was adopted on 2 April 2020.": (
        "res777.adopted", "2020-04-02", "2020-04-01", "differs",
    ),
    # a year in a name is no number: the accord stays the one that is meant
    "The Harbour Accord, wanted since 1975, was signed on 1 March 2020.": (
        "accord.signed", "2020-03-01", "2020-03-01", "agrees",
    ),
    "The Treaty of 1975 was signed on 2 June 1975.": (
        "old_treaty.signed", "1975-06-02", "1975-06-01", "differs",
    ),
    # no such milestone, no such agreement, no verb, a verb for something else
    "The Lake Pledge was signed on 6 May 2020.": None,
    "The Harbour Accord was ratified on 6 May 2020.": None,
    "Resolution 778 was adopted on 6 May 2020.": None,
    "The Harbour Accord failed on 6 May 2020.": None,
    "The Harbour Accord was signed. On 6 May 2020 it rained.": None,
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_the_day_of_an_agreement_is_held_against_its_milestones(text: str, record: Record) -> None:
    found = [one for one in brief(compared(text, record)) if one[1] == "date"]
    wanted = DAYS[text]
    assert [(one[0], *one[2:]) for one in found] == ([] if wanted is None else [wanted])


# -- numbers of targets --------------------------------------------------------------------------

NUMBERS = {
    "On Friday the Ports Office designated two persons and one company.": ["agrees"],
    "On Friday the Ports Office designated three persons and one company.": ["differs"],
    "Northland sanctioned two people on Friday.": ["agrees"],
    "Northland sanctioned three people on Friday.": ["differs"],
    # another day, another imposer, no number
    "On Thursday the Ports Office designated three persons and one company.": [],
    "On Friday Southland designated three persons and one company.": [],
    "Northland imposed sanctions on Friday.": [],
}


@pytest.mark.parametrize("text", NUMBERS)
def test_the_number_of_targets_is_held_against_the_measure_of_the_day(
    text: str, record: Record
) -> None:
    found = compared(text, record)
    assert [one.result for one in found] == NUMBERS[text]
    assert {(one.entry, one.what) for one in found} <= {("listing", "number")}


def test_a_measure_of_a_member_is_none_of_another_member(record: Record) -> None:
    # the league has imposed nothing itself; Northland's measures are not the league's
    assert compared("On Friday the Coastal League designated three persons.", record) == ()


SECOND = """
  second:
    by: north
    what: Lists one
    targets: [{name: D, kind: person}]
    status: [{from: 2021-03-05}]
  lifted:
    by: north
    what: Strikes four from the list
    kind: delisting
    targets: [{name: E, kind: person}]
    status: [{from: 2021-03-05}]
"""


def test_of_two_measures_of_a_day_the_one_that_agrees_is_meant(tmp_path: Path) -> None:
    record = dossier(tmp_path, GROUND.replace("statements:", SECOND.strip("\n") + "\nstatements:"))
    text = "Northland sanctioned {} on Friday."
    (one,) = compared(text.format("one person"), record)
    assert (one.entry, one.result) == ("second", "agrees")
    # where none agrees, nobody knows which of them is meant
    found = compared(text.format("seven people"), record)
    assert [(one.entry, one.result) for one in found] == [("listing", "open"), ("second", "open")]


# -- words that the record quotes ----------------------------------------------------------------

_VOW = "We will never give up the harbour of our fathers"


def test_other_speaker_and_other_day_of_the_same_words(record: Record) -> None:
    text = f"On Wednesday Ana Sorel said: “{_VOW}.”"
    assert brief(compared(text, record)) == [
        ("vow", "speaker", "sorel", "brandt", "differs"),
        ("vow", "day", "2021-03-03", "2021-03-01", "differs"),
    ]


def test_the_same_speaker_and_day_agree(record: Record) -> None:
    text = f"On Monday Ivo Brandt said: “{_VOW}.”"
    found = {one.what: one.result for one in compared(text, record)}
    assert found == {"speaker": "agrees", "day": "agrees"}


@pytest.mark.parametrize(
    "words",
    [
        _VOW,
        "We [of Southland] will never give up the harbour of our fathers",
        "We ... will never give up the “harbour” of our fathers",
        "WE WILL NEVER, never GIVE UP THE HARBOUR of our fathers",
        "Hear me: we will never give up the harbour of our fathers. Never",
        "will never give up the harbour of our fathers",
    ],
)
def test_brackets_marks_and_a_word_more_or_less_make_no_other_words(
    words: str, record: Record
) -> None:
    pytest.importorskip("rapidfuzz")
    found = compared(f"Ana Sorel said: “{words}.”", record)
    assert ("vow", "speaker", "differs") in [(one.entry, one.what, one.result) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Sorel said: “We will never.”",
        "Ana Sorel said: “We shall all meet at the harbour in the morning.”",
        f"“{_VOW},” was heard in the hall.",
        f"Ana Sorel said that {_VOW.lower()}.",
    ],
)
def test_few_or_other_words_or_no_speaker_are_not_compared(text: str, record: Record) -> None:
    assert [one for one in compared(text, record) if one.what == "speaker"] == []


def test_without_rapidfuzz_exact_words_still_match(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    text = "Ana Sorel said: “We will never give up the {} of our fathers.”"
    assert [one.entry for one in compared(text.format("[old] harbour"), record)] == ["vow"]
    assert compared(text.format("harbor"), record) == ()


def test_with_rapidfuzz_another_spelling_is_the_same(record: Record) -> None:
    pytest.importorskip("rapidfuzz")
    text = "Ana Sorel said: “We will never give up the harbor of our fathers.”"
    assert [one.entry for one in compared(text, record)] == ["vow"]


_HERE = "Ivo Brandt said: “Nobody who knows the lake would ask that of us again.”"


def test_words_that_the_record_has_from_this_article_are_no_odds(record: Record) -> None:
    (one,) = compared(_HERE, record)
    assert (one.entry, one.result) == ("here", "differs")
    long = "The ministers met at the lake for a day and a night, and parted without a word.\n\n"
    assert compared(f"The Talks - What Now\n\n{long}{_HERE}", record) == ()
    assert compared(f"https://daily.example/talks\n\n{long}{_HERE}", record) == ()


def test_the_source_of_an_article_is_known_by_title_or_address(record: Record) -> None:
    body = "\n\nThe ministers met at the lake for a day and a night, and parted without a word."

    def source(head: str) -> str | None:
        return source_of(read(article_of(head + body, "a.txt")), record)

    assert source("The Talks: What Now") == "daily"
    assert source("https://daily.example/talks") == "daily"
    assert source("The talks: and now") is None
    assert source("") is None


def test_plain_words_are_the_words_alone() -> None:
    assert plain_words("“We [all] go … (as it were), Friend(s)!”") == "we go friend s"
    assert plain_words("") == ""


# -- the whole -----------------------------------------------------------------------------------


def test_comparisons_stand_in_the_order_of_the_text(record: Record) -> None:
    text = (
        "Defence Minister Ivo Brandt was late.\n\n"
        "On Friday the Ports Office designated three persons and one company.\n\n"
        "The Harbour Accord was signed on 2 March 2020."
    )
    found = compared(text, record)
    assert [(one.what, one.place) for one in found] == [
        ("role", "P1"), ("number", "P2"), ("date", "P3"),
    ]  # fmt: skip
    assert all(" ".join(text[o.span.start : o.span.end].split()) == o.words for o in found)


def test_an_empty_record_says_nothing(tmp_path: Path) -> None:
    record = dossier(tmp_path, "actors: {a: A}")
    assert compared("Ana Sorel, the minister, signed the pact on 2 May 2020.", record) == ()


ARTICLE = """Envoys prepare another attempt in Vienna

Enrique Mora, chief of staff of Josep Borrell, told reporters that a date was near.

Six years on, the accord still has its defenders. The Security Council endorsed it in resolution
2231, which was adopted on July 14, 2015, and it was implemented on January 16, 2016.

Spokesman Ned Price of the State Department had no comment. On Friday, the Office of Foreign Assets
Control (OFAC) designated two persons and two firms.
"""


def test_the_shipped_dossier_finds_what_an_article_has_wrong_and_nothing_else() -> None:
    found = compared(ARTICLE, open_record("jcpoa-2021"), "2021-10-30")
    assert [
        (one.entry, one.what, one.said, one.place) for one in found if one.result == "differs"
    ] == [
        ("mora", "role", "chief of staff", "P2"),
        ("unscr2231.adopted", "date", "2015-07-14", "P3"),
        ("S07", "number", "2 person, 2 organisation", "P4"),
    ]
    agreeing = [one.entry for one in found if one.result == "agrees"]
    assert "jcpoa.implementation_day" in agreeing
