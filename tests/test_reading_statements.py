"""Statements: kinds, holders, addressees and reporters; who is who; when it was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.reading import Reading, read_article
from detente.reading.cues.content import content_kind, content_parts
from detente.reading.grammar.states import state_of
from detente.reading.opening import article_of
from detente.reading.read import read
from detente.reading.words.patterns import pattern, sections
from detente.record import load_record

KINDS = {
    "Karvania accused Ostra of breaking the truce.": ("accusation", "Karvania"),
    "Ana Petrov denied the charge.": ("denial", "Ana Petrov"),
    "Karvania wants all sanctions removed.": ("demand", "Karvania"),
    "Ana Petrov called on Ostra to open the port.": ("demand", "Ana Petrov"),
    "Ana Petrov said Ostra must open the port.": ("demand", "Ana Petrov"),
    "Ana Petrov said Karvania was ready to reopen the port if Ostra left.": (
        "offer",
        "Ana Petrov",
    ),
    "The ministry accepted the terms.": ("acceptance", "ministry"),
    "The rebels rejected the plan.": ("refusal", "rebels"),
    "Ana Petrov turned the offer down.": ("refusal", "Ana Petrov"),
    "Ana Petrov said there could be no talks.": ("refusal", "Ana Petrov"),
    "“We will never sign,” Ana Petrov said.": ("refusal", "Ana Petrov"),
    "Ana Petrov threatened to close the strait.": ("threat", "Ana Petrov"),
    "“Unless they leave, we will strike back,” Ana Petrov said.": ("threat", "Ana Petrov"),
    "Ana Petrov warned that time was running out.": ("warning", "Ana Petrov"),
    "“The window will not be open indefinitely,” Ana Petrov said.": ("warning", "Ana Petrov"),
    "The company pledged to pay.": ("promise", "company"),
    "“We will publish the list,” Ana Petrov said.": ("promise", "Ana Petrov"),
    "Ana Petrov said a deal was unlikely.": ("forecast", "Ana Petrov"),
    "Ana Petrov condemned the raid.": ("reaction", "Ana Petrov"),
    "Ana Petrov said the talks had begun.": ("assertion", "Ana Petrov"),
    "“There is no truth in it,” Ana Petrov said.": ("denial", "Ana Petrov"),
    "There can be no talk of a patrol, Ana Petrov said on Friday.": ("refusal", "Ana Petrov"),
    "A deal is highly unlikely before spring.": ("forecast", "author"),
}


@pytest.mark.parametrize("text", KINDS, ids=range(len(KINDS)))
def test_kinds_and_holders(text: str) -> None:
    (said,) = read_article(text).statements
    kind, holder = KINDS[text]
    assert said.kind == kind
    assert said.holder is not None
    assert said.holder.name == holder


@pytest.mark.parametrize(
    "text",
    [
        "The two delegations met on Monday in the old town hall.",
        "Sanctions hurt the economy, and the price of bread rose.",
        "Karvania's demands were ignored.",
        "Its offers to help are forgotten.",
        "A spokeswoman declined to comment.",
        "Ana Petrov did not say when.",
        "Will they sign?",
        "The agreed text was printed.",
    ],
)
def test_plain_facts_nouns_and_questions_are_no_statements(text: str) -> None:
    assert read_article(text).statements == ()


def test_the_author_reports_what_others_say_and_nobody_reports_the_author() -> None:
    reading = read_article("Ana Petrov denied it. A deal is highly unlikely.")
    denial, forecast = reading.statements
    assert denial.reporter is not None
    assert denial.reporter.kind == "author"
    assert forecast.reporter is None
    assert forecast.likelihood == "highly unlikely"


def test_somebody_reported_by_somebody_is_the_holder() -> None:
    (said,) = read_article("Jan Roth said that Ana Petrov had vowed to pay.").statements
    assert said.holder is not None
    assert said.reporter is not None
    assert (said.kind, said.holder.name, said.reporter.name) == (
        "promise",
        "Ana Petrov",
        "Jan Roth",
    )


def test_a_list_of_demands_over_paragraphs_has_one_holder() -> None:
    text = "Karvania wants its ships back.\n\nIt wants the port opened.\n\nIt must be paid."
    found = read_article(text).statements
    assert [(one.kind, one.holder and one.holder.name) for one in found] == [
        ("demand", "Karvania")
    ] * 3


def test_a_warning_that_goes_on_with_saying_is_one_statement() -> None:
    (said,) = read_article("Ana Petrov warned Ostra, saying “time is running out”.").statements
    assert (said.kind, said.quotations) == ("warning", (0,))
    assert said.to is not None
    assert said.to.name == "Ostra"


def test_a_line_with_a_colon_is_no_statement_of_its_own() -> None:
    found = read_article("On Monday Ana Petrov said the following:\n\n“We will pay.”").statements
    assert [one.kind for one in found] == ["promise"]


def test_dates_in_a_quotation_count_from_the_day_of_the_utterance() -> None:
    text = "On Wednesday Ana Petrov tweeted:\n\n“The day will be named next week.”"
    reading = read_article(text, published="2021-10-31")
    assert [(one.text, one.edtf, one.anchor) for one in reading.dates] == [
        ("On Wednesday", "2021-10-27", "2021-10-31"),
        ("next week", "2021-11-01/2021-11-07", "2021-10-27"),
    ]
    assert reading.said == {0: 0}
    assert reading.statements[0].dating == 0


def test_without_a_day_of_publication_weekdays_stay_unresolved() -> None:
    reading = read_article("On Wednesday Ana Petrov denied it.")
    assert [(one.edtf, one.anchor) for one in reading.dates] == [(None, None)]


# -- who is who ------------------------------------------------------------------------------------


def holders(reading: Reading) -> list[str | None]:
    return [one.holder.name if one.holder else None for one in reading.statements]


def test_surnames_titles_and_pronouns_lead_back_to_the_full_name() -> None:
    text = (
        "Foreign Minister Ana Petrov rejected the plan. Petrov denied a report. She accused Ostra "
        "of delay. The minister said Ostra must wait."
    )
    assert holders(read_article(text)) == ["Ana Petrov"] * 4


def test_his_spokesman_is_a_person_with_an_office_and_its_owner() -> None:
    text = "Jan Roth rejected the plan. His spokesman Price denied a split."
    said = read_article(text).statements[-1]
    assert said.holder is not None
    assert (said.holder.name, said.holder.office, said.holder.of) == (
        "Price",
        "spokesman",
        "Jan Roth",
    )


def test_capitals_and_peoples_stand_for_their_states() -> None:
    assert holders(read_article("Tehran rejected the plan. The Iranian government denied it.")) == [
        "Iran",
        "Iranian government",
    ]
    assert state_of("Washington") == state_of("US") == "United States"


def test_a_name_that_judges_leads_to_a_neutral_one_and_the_wording_stays() -> None:
    (said,) = read_article("The Iranian regime rejected the plan.").statements
    assert said.holder is not None
    assert (said.holder.name, said.holder.words, said.holder.loaded) == (
        "Iran",
        "Iranian regime",
        True,
    )


def test_an_abbreviation_stands_for_what_it_is_given_with() -> None:
    text = "The National Grain Board (NGB) rejected the plan. The NGB denied a report."
    assert holders(read_article(text)) == ["National Grain Board"] * 2


DOSSIER = """
actors:
  karvania: {name: Karvania, aliases: [Lorn, {alias: Karvan regime, loaded: true}]}
  petrov:
    name: Anastasia Petrowa
    kind: person
    aliases: [Petrowa]
    roles: [{office: Foreign Minister, of: karvania, from: "2020"}]
agreements:
  accord: {name: Accord}
"""


def test_names_of_the_dossier_are_known_by_their_ids(tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    file.write_text(DOSSIER)
    record = load_record(file)
    text = (
        "Lorn rejected the plan. The Karvan regime denied it. Anastasia Petrova accused Ostra of "
        "delay. Karvania's foreign minister said Ostra must wait."
    )
    reading = read(article_of(text, "a.txt", published="2021-10-30"), record=record)
    actors = [one.holder and one.holder.actor for one in reading.statements]
    # the name in another spelling is known where a library tells spellings apart
    assert actors == ["karvania", "karvania", "petrov", "petrov"]
    assert reading.statements[1].holder is not None
    assert reading.statements[1].holder.loaded


# -- the lists -------------------------------------------------------------------------------------


def test_every_pattern_of_the_lists_compiles_and_finds_no_empty_word() -> None:
    for name in sections("content").keys() - {"lead", "clause"}:
        found = pattern(name).search("")
        assert found is None, name


def test_words_of_several_kinds_are_parted() -> None:
    words = "They broke the truce. We will not leave. Lunch was late."
    assert [(begin, kind) for begin, kind, _ in content_parts(words, quoted=True) or []] == [
        (0, "accusation"),
        (21, "refusal"),
    ]
    assert content_kind("Who pays?", quoted=True) == (None, "")
