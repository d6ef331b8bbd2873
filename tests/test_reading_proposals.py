"""A reading as draft entries: a record can hold every one of them, and each names what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.reading.gold import Passage, load_half
from detente.document.emit import Tree, yaml_text
from detente.reading import Reading, read
from detente.reading.against import check
from detente.reading.drafts import Draft
from detente.reading.drafts.entry import check_entry, named
from detente.reading.opening import article_of
from detente.reading.proposals import drafts_of
from detente.reading.proposals.people import free_id
from detente.record.comparison import compare_claim
from detente.record.entries import Actor, Measure, Source, Statement
from detente.record.load import read_record
from detente.record.record import Record

SMALL = """
actors:
  north: {name: Northland, kind: state}
  south: {name: Southland, kind: state}
  brandt: {name: Ivo Brandt, kind: person, roles: [{office: Foreign Minister, of: south}]}
  ministry: {name: Ministry of Dust, kind: organisation}
  sorel: {name: Ines Sorel, kind: person}
sources:
  gazette: {title: Gazette of the north, date: 2020-03-02}
  daily: {title: "The talks: what now", author: Jan Veldt, url: "https://daily.example/talks"}
agreements:
  accord: {name: Harbour Accord, milestones: {signed: {date: 2020-03-01}}}
  petrov: {name: A pact that is called petrov}
measures:
  listing:
    by: north
    what: Lists two
    kind: designation
    targets: [{name: A, kind: person}, {name: B, kind: person}]
    status: [{from: 2021-03-05}]
statements:
  vow:
    kind: refusal
    speaker: brandt
    date: 2021-03-01
    quote: We will never give up the harbour of our fathers
    sources: gazette
  told:
    kind: demand
    speaker: south
    what: That the port be opened
    sources: [{source: daily, at: P3}]
"""
SATURDAY = "2021-03-06"
PROSE = "The ministers met at the lake for a day and a night, and then they parted without a word."


@dataclass(frozen=True)
class Made:
    """Drafts, and the record as it would be with all of them in it."""

    reading: Reading
    before: Record | None
    drafts: tuple[Draft, ...]
    record: Record

    def of(self, section: str) -> list[Draft]:
        return [one for one in self.drafts if one.section == section]

    def entry(self, section: str, place: str = "") -> dict[str, Any]:
        (one,) = [one for one in self.of(section) if not place or one.place == place]
        return dict(one.entry)


@cache
def small() -> Record:
    with TemporaryDirectory() as folder:
        loaded = read_record(put(Path(folder), SMALL))
        assert loaded.record is not None, loaded.problems
        return loaded.record


def put(folder: Path, ground: str) -> Path:
    (folder / "record").mkdir()
    (folder / "record/ground.yaml").write_text(ground, encoding="utf-8")
    return folder


def filled(draft: Draft, drafts: tuple[Draft, ...], record: Record | None) -> dict[str, Tree]:
    """Return an entry as an analyst would complete it."""
    someone = "north" if record else next(one.id for one in drafts if one.section == "actors")
    return {**draft.entry, **dict.fromkeys(draft.needs, someone)}


def sections_of(drafts: tuple[Draft, ...], record: Record | None) -> dict[str, Tree]:
    sections: dict[str, dict[str, Tree]] = {}
    for one in drafts:
        sections.setdefault(one.section, {})[one.id] = filled(one, drafts, record)
    return dict(sections)


def made(text: str, *, published: str | None = SATURDAY, beside: bool = False) -> Made:
    """Read a text, put all drafts into a dossier, and hold them against what drafts have to be."""
    record = small() if beside else None
    reading = read(article_of(text, "a.txt", published=published), record=record)
    return put_in(reading, record)


def put_in(reading: Reading, record: Record | None) -> Made:
    drafts = drafts_of(reading, record)
    with TemporaryDirectory() as name:
        folder = put(Path(name), SMALL if record else "")
        (folder / "record/new.yaml").write_text(
            yaml_text(sections_of(drafts, record)), encoding="utf-8"
        )
        loaded = read_record(folder)
    assert [one for one in loaded.problems if one.severity == "error"] == []
    assert loaded.record is not None
    whole = Made(reading, record, drafts, loaded.record)
    sound(whole)
    return whole


def sound(whole: Made) -> None:
    """Hold drafts against what is true of all of them."""
    drafts, record = whole.drafts, whole.before
    taken = set() if record is None else set(record.entries)
    ids = [one.id for one in drafts]
    assert len(set(ids)) == len(ids)
    assert taken.isdisjoint(ids)
    assert [one.number for one in drafts] == list(range(1, len(drafts) + 1))
    order = [{"sources": 0, "actors": 1}.get(one.section, 2) for one in drafts]
    assert order == sorted(order)
    text = whole.reading.article.text
    for one in drafts:
        entry = filled(one, drafts, record)
        checked = check_entry(yaml_text(entry), one.section, one.id, name="draft")
        assert checked.problems == ()
        given_later = {str(entry[key]) for key in one.needs}
        names = {naming.id for naming in named(checked)}
        assert names <= {*ids, *taken}
        depends = set(one.depends)
        # the actor that stands for an open key may be named elsewhere in the entry too
        assert names & set(ids) - given_later <= depends <= names & set(ids) - {one.id}
        assert all(not one.entry.get(key) for key in one.needs)
        if one.span is not None:
            assert one.place == whole.reading.layout.place(one.span)
            assert 0 <= one.span.start < one.span.end <= len(text)


def claims_hold(whole: Made) -> None:
    """Tell that a claim, once in the record, says of it what the reading said."""
    assert whole.before is not None
    wanted = {
        (one.entry, one.result)
        for one in check(whole.reading, whole.before)
        if one.what in ("date", "number", "role") and one.result != "open"
    }
    found = {
        (one.entry, one.result)
        for draft in whole.of("statements")
        if isinstance(statement := whole.record.entries[draft.id], Statement)
        for claim in statement.claims
        for one in compare_claim(whole.record, draft.id, claim)
    }
    assert found <= wanted


# -- readings of anything ------------------------------------------------------------------------

_LEARN = load_half("learn")


@pytest.mark.parametrize("passage", _LEARN, ids=lambda one: one.id)
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a dossier"])
def test_drafts_of_a_passage_are_entries(passage: Passage, beside: bool) -> None:
    for published in dict.fromkeys((passage.published, None)):
        made(passage.text, published=published, beside=beside)


_WHO = st.sampled_from([
    "Ivo Brandt", "The foreign minister", "Northland", "Ana Petrov", "He", "The regime",
    "The Southland foreign ministry", "A senior official", "null", "The Ministry of Dust", "Sorel",
    "Östen Åkesson", "Accord", "State TV", "the minister’s office", "Nobody", "gazette", "yes",
])  # fmt: skip
_DOES = st.sampled_from([
    "said that", "demanded that", "denied", "will not accept", "warned on Wednesday that",
    "promised by Friday", "offered on 1 May 2020", "told Northland", "rejected", "was",
    "imposed sanctions on two persons on Friday", "designated three firms", "signed on 2 May 2020",
    "lifted sanctions on", "according to", "is foreign minister of", "will probably",
])  # fmt: skip
_WHAT = st.sampled_from([
    "“We will not go.”", "the Harbour Accord, signed on 3 March 2020.", "“It [is] over", "”", ": {",
    "the port be opened before the end of April.", "- # not: a comment", "’", "“”", "“ ”", "%s",
    "“We will never give up the harbour of our fathers,” he said.", "\x07\x1b[31m", "🙂👩‍👩‍👧",
    "\u202e\u2028", "x" * 1500, "since 2018", "for three weeks.", "north", "a_txt", "\ufffe",
    "Harbour Trading and Meridian Bank.", "unless others stop.", "---", "2020-02-30.", "\ud800",
])  # fmt: skip
_GAP = st.sampled_from([" ", "\n\n", "\n", "\r\n\r\n", ", ", "\t", "  "])
_PIECES = st.tuples(_WHO, _DOES, _WHAT, _GAP).map(lambda p: f"{p[0]} {p[1]} {p[2]}{p[3]}")


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(_PIECES, min_size=1, max_size=8),
    beside=st.booleans(),
    published=st.sampled_from([None, SATURDAY]),
)
def test_drafts_of_sentences_stitched_together_are_entries(
    pieces: list[str], beside: bool, published: str | None
) -> None:
    whole = made("".join(pieces), published=published, beside=beside)
    if beside:
        claims_hold(whole)


@settings(max_examples=100, deadline=None)
@given(words=st.text(min_size=1, max_size=60).filter(lambda one: bool(one.strip())))
def test_any_characters_at_all_are_written_so_that_they_are_read_again(words: str) -> None:
    text = f"Ana Petrov said: “{words}.”\n\n{words} said it would leave.\n\n{PROSE}"
    reading = read(article_of(text, "a.txt", published=SATURDAY))
    article = replace(reading.article, title=words, author=words, publisher=words, url=words)
    put_in(replace(reading, article=article), None)


@pytest.mark.parametrize(
    "words",
    [
        "\x1b[2J\x07", "🙂 👩‍👩‍👧 said", "x" * 5000, "a: b # c", "- {", "\\n \\", "\u202e\u200b",
        "\ufeffa", "!!python/name:os", "*x &y", "%YAML 1.2", "\t|", "2020-02-02", "null", "\u0085",
    ],
)  # fmt: skip
def test_no_sign_in_a_text_breaks_the_file(words: str) -> None:
    whole = made(f"Ana Petrov said: “Now {words} again.”\n\n{PROSE}")
    (statement,) = whole.of("statements")
    entry = whole.record.entries[statement.id]
    assert isinstance(entry, Statement)
    assert entry.quote[0].text == " ".join(f"Now {words} again.".split())


def test_an_article_of_menus_only_gives_a_source_and_its_author() -> None:
    whole = made("Leave a Reply Cancel reply\n\nYour email address will not be published.\n")
    assert [one.section for one in whole.drafts] == ["sources", "actors"]


# -- the source and its author -------------------------------------------------------------------

_ARTICLE = f"""Ministers see a truce

By Ana Petrov

{PROSE} It was the regime, and once more the regime.

Leave a Reply Cancel reply

Your email address will not be published.
"""


def test_a_new_source_says_what_is_known_of_it_and_how() -> None:
    whole = made(_ARTICLE)
    (draft,) = whole.of("sources")
    assert draft.id == "ministers_see_a_truce"
    source = whole.record.entries[draft.id]
    assert isinstance(source, Source)
    assert (source.title, source.author) == ("Ministers see a truce", "Ana Petrov")
    assert str(source.date) == SATURDAY
    assert source.known == {"title": "inferred", "author": "given", "date": "given"}
    assert source.wording == {"regime": 2}
    assert source.furniture == ("Leave a Reply Cancel reply",)
    assert whole.entry("actors") == {"name": "Ana Petrov", "kind": "person"}


def test_an_article_that_says_nothing_of_itself_is_called_by_its_file() -> None:
    whole = made("Ana Petrov said that it rained.", published=None)
    assert whole.entry("sources") == {"title": "a.txt"}
    author, speaker = whole.of("actors")
    assert (author.id, author.entry) == ("author", {"name": "Author of a.txt", "kind": "person"})
    assert author.place == ""
    assert speaker.id == "petrov"
    statement = whole.entry("statements")
    assert (statement["speaker"], statement["according_to"]) == ("petrov", "author")
    assert "date" not in statement


def test_an_outlet_stands_for_an_author_who_is_not_named() -> None:
    reading = read(article_of("Ana Petrov said that it rained.", "a.txt"))
    article = replace(reading.article, publisher="The Lake Herald")
    whole = put_in(replace(reading, article=article), None)
    assert whole.entry("sources")["publisher"] == "The Lake Herald"
    outlet = whole.of("actors")[0]
    assert outlet.entry == {"name": "The Lake Herald", "kind": "outlet"}
    assert whole.entry("statements")["according_to"] == outlet.id


def test_an_author_whom_the_record_knows_is_no_new_actor() -> None:
    whole = made(f"Talk of a truce\n\nBy Ines Sorel\n\n{PROSE} It will probably fail.", beside=True)
    assert whole.of("actors") == []
    assert whole.entry("statements")["speaker"] == "sorel"


def test_a_source_that_the_record_has_is_not_proposed_again() -> None:
    head = "The talks: what now\n\n"
    whole = made(f"{head}{PROSE}\n\nSouthland demanded an open port.", beside=True)
    assert whole.of("sources") == []
    (statement,) = whole.of("statements")
    assert statement.id == "daily_p3"
    assert statement.entry["sources"] == [{"source": "daily", "at": "P3"}]
    # the author is the one that the record has for the source
    author = whole.of("actors")[0]
    assert author.entry["name"] == "Jan Veldt"
    assert statement.entry["according_to"] == author.id
    assert statement.check == "there"
    assert re.fullmatch(r"demand of south: .*  \[told\] \S+:\d+:\d+", statement.beside[0])


@pytest.mark.parametrize(
    "text",
    [
        # another place, another kind at the same place
        f"The talks: what now\n\nSouthland demanded an open port.\n\n{PROSE}",
        f"The talks: what now\n\n{PROSE}\n\nSouthland denied that the port is closed.",
        # another article
        f"The talks and then\n\n{PROSE}\n\nSouthland demanded an open port.",
    ],
)
def test_what_is_said_elsewhere_or_otherwise_is_new(text: str) -> None:
    (statement,) = made(text, beside=True).of("statements")
    assert (statement.check, statement.beside) == ("new", ())


# -- actors --------------------------------------------------------------------------------------


def test_actors_of_the_record_are_named_by_their_ids() -> None:
    whole = made("Ivo Brandt told Northland to open the port.", beside=True)
    statement = whole.entry("statements")
    assert (statement["speaker"], statement.get("to", "north")) == ("brandt", "north")
    assert [one.entry["name"] for one in whole.of("actors")] == ["Author of a.txt"]


def test_a_name_that_is_an_id_of_the_record_gets_another_id() -> None:
    whole = made("Ana Petrov said that it rained. Ana Sorel denied it.", beside=True)
    ids = {one.entry["name"]: one.id for one in whole.of("actors")}
    assert (ids["Ana Petrov"], ids["Ana Sorel"]) == ("petrov_2", "sorel_2")
    actor = whole.record.entries["petrov_2"]
    assert isinstance(actor, Actor)
    assert actor.name == "Ana Petrov"


def test_a_text_that_equals_an_id_is_no_naming() -> None:
    reading = read(article_of("“Author,” Ana Petrov said. Sources denied it.", "a.txt"))
    article = replace(reading.article, title="petrov", name="petrov")
    whole = put_in(replace(reading, article=article), None)
    for one in whole.of("sources"):
        assert one.depends == ()
    for one in whole.of("actors"):
        assert one.depends == ()


@pytest.mark.parametrize(
    ("speaker", "office"),
    [
        ("Southland’s foreign ministry", "foreign ministry"),
        ("The Foreign Ministry of Southland", "Foreign Ministry of Southland"),
        ("A spokesman for Southland", "spokesman"),
        ("Southland’s ambassador", "ambassador"),
    ],
)
def test_an_office_speaks_for_whose_it_is(speaker: str, office: str) -> None:
    whole = made(f"{speaker} said that it rained.", beside=True)
    statement = whole.entry("statements")
    assert (statement["speaker"], statement["by_office"]) == ("south", office)
    assert len(whole.of("actors")) == 1


def test_an_office_of_nobody_known_is_an_unresolved_actor() -> None:
    whole = made("A senior official said that it rained.")
    speaker = whole.of("actors")[1]
    assert speaker.entry["kind"] == "unresolved"
    assert whole.entry("statements")["speaker"] == speaker.id
    assert "by_office" not in whole.entry("statements")


def test_a_new_person_has_the_office_that_the_text_gives() -> None:
    whole = made("Ana Petrov, the trade minister of Northland, said that it rained.", beside=True)
    petrov = next(one for one in whole.of("actors") if one.entry["name"] == "Ana Petrov")
    roles: Any = petrov.entry["roles"]
    (role,) = roles
    assert (role["of"], role["sources"]) == ("north", [{"source": "a_txt"}])
    assert "trade minister" in str(role["office"])
    assert petrov.depends == ("a_txt",)


def test_an_office_of_old_is_none_that_a_new_person_has() -> None:
    text = "Ana Petrov, the former trade minister of Northland, said that it rained."
    whole = made(text, beside=True)
    assert all("roles" not in one.entry for one in whole.of("actors"))


@pytest.mark.parametrize(
    ("words", "taken", "id_"),
    [
        ("Ana Petrov", (), "ana_petrov"),
        ("Östen Åkesson", (), "osten_akesson"),
        ("Petrov", ("petrov", "petrov_2"), "petrov_3"),
        ("中国", (), "actor"),
        ("中国", ("actor",), "actor_2"),
        ("", (), "actor"),
        ("_!?", (), "actor"),
        ("12 firms", (), "actor"),
        ("U.S.-led forces", (), "u_s_led_forces"),
        ("x" * 100, (), "x" * 40),
        (f"{'x' * 39} y", (), "x" * 39),
    ],
)
def test_an_id_is_made_of_words_and_free(words: str, taken: tuple[str, ...], id_: str) -> None:
    assert free_id(words, taken, otherwise="actor") == id_


# -- statements ----------------------------------------------------------------------------------


def test_who_is_not_named_is_left_to_the_analyst() -> None:
    whole = made(f"{PROSE}\n\n“We will never sign that paper,” was painted on a wall.")
    statements = whole.of("statements")
    for one in statements:
        assert ("speaker" in one.entry) == (one.needs == ())
    open_ones = [one for one in statements if one.needs]
    assert [one.needs for one in open_ones] == [("speaker",)] * len(open_ones)
    assert all(one.confidence == "unknown" for one in open_ones)


def test_a_statement_without_a_holder_needs_a_speaker() -> None:
    reading = read(article_of("Ana Petrov said that it rained.", "a.txt"))
    (said,) = reading.statements
    nobody = replace(reading, statements=(replace(said, holder=None, confidence="unknown"),))
    (statement,) = put_in(nobody, None).of("statements")
    assert statement.needs == ("speaker",)
    assert "speaker" not in statement.entry


def test_whose_account_it_is_stands_with_what_others_said_alone() -> None:
    text = "Ana Petrov said that it rained.\n\nThe talks will probably fail."
    whole = made(text)
    reported, own = whole.entry("statements", "P1"), whole.entry("statements", "P2")
    assert (reported["speaker"], reported["according_to"]) == ("petrov", "author")
    assert own["speaker"] == "author"
    assert "according_to" not in own
    assert own["likelihood"] == "probably"
    assert (own["date"], reported.get("date")) == (SATURDAY, None)


def test_the_day_of_a_statement_keeps_the_words_it_was_read_from() -> None:
    text = "On Wednesday Ana Petrov said that it rained. It was cold on 1 March 2021, she said."
    whole = made(text)
    first = next(dict(one.entry) for one in whole.of("statements"))
    assert first["date"] == "2021-03-03"
    assert first["dated"] == {"words": "On Wednesday", "anchor": SATURDAY}
    undated = made("On 3 March 2021 Ana Petrov said that it rained.", published=None)
    assert undated.entry("statements")["date"] == "2021-03-03"
    assert "dated" not in undated.entry("statements")


def test_nothing_is_said_after_it_was_reported() -> None:
    whole = made("Ana Petrov said that they will meet on 1 June 2021.")
    for one in whole.of("statements"):
        assert one.entry.get("date") in (None, SATURDAY)


def test_by_when_something_is_promised_is_due() -> None:
    whole = made("Northland promised to open the port by the end of April.")
    statement = whole.entry("statements")
    assert (statement["kind"], statement["due"]) == ("promise", "../2021-04-30")
    other = made("Northland said that the port had been open until the end of April 2020.")
    assert "due" not in other.entry("statements")


def test_words_are_quoted_as_printed_and_brackets_noted() -> None:
    whole = made("“We [will] wait,” Ana Petrov tweeted.\n\n“We come,” Ivo Brandt said.")
    edited, plain = (dict(one.entry) for one in whole.of("statements"))
    assert edited["quote"] == [{"text": "We [will] wait,", "edited": "true"}]
    assert edited["medium"] == "tweet"
    assert plain["quote"] == [{"text": "We come,"}]
    assert "medium" not in plain


def test_words_that_the_record_quotes_from_elsewhere_are_there() -> None:
    words = "We will never give up the harbour of our fathers"
    (same,) = made(f"“{words},” Ivo Brandt said on Monday.", beside=True).of("statements")
    assert (same.check, same.id in small().entries) == ("there", False)
    assert "[vow]" in same.beside[0]
    (other,) = made(f"“{words},” Ines Sorel said on Monday.", beside=True).of("statements")
    assert other.check == "at-odds"
    assert other.beside[0].startswith("speaker: here sorel, the record has brandt  [vow]")


def test_a_long_passage_is_cut() -> None:
    whole = made(f"Ana Petrov said that {'it rained and ' * 60}it snowed.")
    (statement,) = whole.of("statements")
    assert len(statement.words) == 400
    assert statement.words.endswith("...")


# -- claims --------------------------------------------------------------------------------------

#: text -> what is claimed of the record, and whether it is at odds with it
CLAIMS: dict[str, tuple[dict[str, Tree], str] | None] = {
    "The Harbour Accord was signed on 2 March 2020.": (
        {"about": "accord.signed", "date": "2020-03-02"}, "at-odds",
    ),
    "The Harbour Accord was signed on 1 March 2020.": (
        {"about": "accord.signed", "date": "2020-03-01"}, "new",
    ),
    "On Friday Northland designated three persons.": (
        {"about": "listing", "targets": {"person": "3"}}, "at-odds",
    ),
    "Ivo Brandt is defence minister.": (
        {"about": "brandt", "office": "defence minister", "on": SATURDAY}, "at-odds",
    ),
    # in the words of the record, or the record would find them different
    "The Southland foreign minister Ivo Brandt was late.": (
        {"about": "brandt", "office": "Foreign Minister", "on": SATURDAY}, "new",
    ),
    # what is open says nothing that could be held against the record
    "Ports chief Ivo Brandt was late.": None,
    "Former foreign minister Ivo Brandt was late.": None,
}  # fmt: skip


@pytest.mark.parametrize("text", CLAIMS)
def test_what_can_be_compared_is_a_claim_of_the_author(text: str) -> None:
    whole = made(text, beside=True)
    claims_hold(whole)
    wanted = CLAIMS[text]
    if wanted is None:
        assert whole.of("statements") == []
        return
    (draft,) = whole.of("statements")
    assert (draft.entry["claims"], draft.check) == ([wanted[0]], wanted[1])
    assert (draft.entry["speaker"], draft.entry["date"]) == ("author", SATURDAY)
    # what the record has differs stands with the claim, and is no second measure
    assert whole.of("measures") == []


# -- measures ------------------------------------------------------------------------------------


def test_a_measure_that_the_record_has_not_is_proposed() -> None:
    whole = made("On Thursday, Southland imposed sanctions on two people and Meridian Bank.",
                 beside=True)  # fmt: skip
    (draft,) = whole.of("measures")
    measure = whole.record.entries[draft.id]
    assert isinstance(measure, Measure)
    assert (measure.by, measure.kind) == (("south",), "sanctions")
    assert [(one.state, str(one.start.when)) for one in measure.status if one.start] == [
        ("in-force", "2021-03-04")
    ]
    assert draft.entry["sources"] == [{"source": "a_txt", "at": "P1"}]


def test_what_is_lifted_is_not_in_force() -> None:
    whole = made("On Friday, Northland lifted sanctions on two persons.", beside=True)
    measure = whole.entry("measures")
    assert measure["kind"] == "delisting"
    assert measure["status"] == [{"state": "not-in-force", "from": "2021-03-05"}]


def test_a_measure_of_nobody_named_needs_its_imposer() -> None:
    reading = read(article_of("On Friday, Northland designated two persons.", "a.txt"))
    (measure,) = reading.measures
    whole = put_in(replace(reading, measures=(replace(measure, imposer=None),)), None)
    (draft,) = whole.of("measures")
    assert draft.needs == ("by",)


def test_drafts_are_the_same_every_time() -> None:
    def again() -> Iterator[tuple[Draft, ...]]:
        for _ in range(2):
            yield made(_ARTICLE, beside=True).drafts

    first, second = again()
    assert first == second
