"""Kinds of information in a news commentary, each found in the shipped dossier: R24 to R50.

These are about what is foretold and judged, agreements and offices, and the wider relation.
"""

from __future__ import annotations

import re

import pytest

from detente.record.comparison import at_odds
from detente.record.dates import parse_when
from detente.record.entries import (
    SECTIONS,
    Actor,
    Agreement,
    Event,
    Measure,
    Observation,
    Relation,
    Source,
    Statement,
)
from detente.record.timeline import timeline
from tests import test_record_kinds
from tests.flagship import (
    AUTHOR,
    DAY,
    RECORD,
    answers,
    by_kind,
    chain,
    claimed,
    get,
    measure_state,
    office,
    paragraphs,
    results,
    said,
    seconds,
    with_entry,
)

#: kinds that belong to reading an article and leave nothing behind in a record
WHY_NOT = {"R48": "A pointer such as 'see below' says nothing that a record could hold."}

# -- what is foretold, explained and judged --------------------------------------------------------


def test_r24_a_forecast_of_no_war_reads_otherwise_once_2025_is_known() -> None:
    likely = {id_: one.likelihood for id_, one in by_kind("forecast").items() if one.likelihood}
    assert likely["A12"] == likely["A35"] == "virtually sure"
    assert (likely["A38"], likely["A40"], likely["A45"]) == (
        "highly unlikely",
        "most likely",
        "may",
    )
    forecast = said("A38")
    assert (forecast.date, forecast.horizon) == (parse_when(DAY), None)

    def attacks(known_by: str) -> list[str]:
        standing = RECORD.as_of("2025-07", known_by=known_by)
        told = timeline(RECORD, start=DAY, kind="event")
        return [
            one.id
            for one in told
            if set(one.actors) >= set(forecast.about) and standing.sees(one.id)
        ]

    assert attacks(DAY) == []
    assert attacks("2025-07") == ["E101"]


@pytest.mark.parametrize(
    ("id_", "explained", "causes"),
    [
        ("A13", "A12", ("A29a", "A29b", "A29c")),
        ("A23", "A22", ("A23a",)),
        ("A34", "E075", ("A29a", "A29b", "A29c")),
        ("A39", "A38", ()),
    ],
)
def test_r25_an_explanation_links_what_it_explains_to_its_cause(
    id_: str, explained: str, causes: tuple[str, ...]
) -> None:
    assert (said(id_).kind, said(id_).speaker) == ("explanation", (AUTHOR,))
    assert explained in said(id_).about
    assert said(id_).because == causes


def test_r26_a_motive_is_somebodys_claim_and_nothing_rests_on_it() -> None:
    motives = by_kind("motive")
    assert {32, 37, 42, 53} <= set().union(*map(paragraphs, motives.values()))
    assert {one.speaker for one in motives.values()} == {(AUTHOR,)}
    assert not any(one.claims for one in motives.values())
    resting = {id_ for one in RECORD.entries.values() for id_ in getattr(one, "because", ())}
    assert not resting & set(motives)


def test_r27_a_legal_characterisation_names_its_holder_and_norm() -> None:
    legal = by_kind("legal-characterisation")
    assert set(legal) == {"A06", "A25", "A28", "A50", "A57"}
    assert {one.speaker for one in legal.values()} == {(AUTHOR,)}
    assert legal["A06"].norm == ("unscr2231",)
    assert said("A24d").norm == ("unscr2231",)
    views = answers(DAY, "X03")
    assert set(views) == {"state_dept", AUTHOR}
    assert views["state_dept"].startswith("No;")
    assert views[AUTHOR].startswith("Yes,")


def test_r28_loaded_names_lead_to_neutral_actors_and_are_never_adopted() -> None:
    loaded = {
        alias.alias: (one.id, alias)
        for one in RECORD.of_kind(Actor)
        for alias in one.aliases
        if alias.loaded
    }
    actor, trump = loaded["Trump regime"]
    assert (actor, str(trump.start), str(trump.end)) == ("usa", "2017-01-20", "2021-01-20")
    actor, biden = loaded["Biden regime"]
    assert (actor, str(biden.start), biden.end) == ("usa", "2021-01-20", None)
    assert {alias.used_by for _, alias in loaded.values()} == {(AUTHOR,)}
    counts = {"regime": 15, "illegal": 4, "hostil*": 6, "legitimate": 3, "illegitimately": 1}
    wording = get(Source, "article").wording
    assert counts.items() <= wording.items()
    assert wording["hardliners"] == 3
    words = re.compile("regime|hardliner|hegemon|illegal|impersonator|usurp", re.I)
    texts = [
        f"{getattr(one, 'name', '')} {getattr(one, 'what', '')}"
        for one in RECORD.entries.values()
        if not isinstance(one, Source)
    ]
    assert [text for text in texts if words.search(text)] == []


@pytest.mark.parametrize(
    ("words", "id_"),
    [("impersonator in the White House", "A16"), ("illegitimately in power", "A21")],
)
def test_r29_a_name_that_degrades_a_person_leads_to_the_person(words: str, id_: str) -> None:
    found = [
        (one.id, alias.used_by, alias.loaded)
        for one in RECORD.of_kind(Actor)
        for alias in one.aliases
        if words in alias.alias
    ]
    assert found == [("biden", (AUTHOR,), True)]
    assert get(Actor, "biden").name == "Joe Biden"
    assert words in said(id_).quote[0].text


def test_r30_a_charge_without_a_source_shows_as_unsupported() -> None:
    charge = said("A03")
    assert (charge.kind, charge.to) == ("accusation", ("biden",))
    assert "rigging" in charge.quote[0].text
    # it stands in the article, and nothing else bears it out
    assert [(ref.source, ref.at) for ref in charge.sources] == [("article", "P3")]
    assert charge.because == charge.about == charge.claims == ()
    for one in RECORD.entries.values():
        links = ("because", "about", "reports", "answers")
        assert not any("A03" in getattr(one, link, ()) for link in links)


# -- agreements, events and offices ----------------------------------------------------------------


def test_r31_an_agreement_and_the_resolution_that_endorses_it_have_their_own_dates() -> None:
    assert get(Agreement, "unscr2231").part_of == ("jcpoa",)
    days = {name: str(stone.date) for name, stone in RECORD.milestones.items()}
    assert days["jcpoa.finalisation_day"] == "2015-07-14"
    assert days["unscr2231.adopted"] == "2015-07-20"
    assert days["jcpoa.adoption_day"] == "2015-10-18"
    assert days["jcpoa.implementation_day"] == "2016-01-16"
    endorsed = {one.agreement.id: one.state for one in RECORD.as_of("2015-08-01").agreements}
    assert (endorsed["unscr2231"], endorsed["jcpoa"]) == ("in-force", "not-in-force")


def test_r32_a_milestone_that_the_article_dates_wrongly_is_told_with_the_one_it_has() -> None:
    (odd,) = at_odds(RECORD, said("A26"))
    assert (odd.entry, odd.said, odd.found) == ("unscr2231.adopted", "2015-07-14", "2015-07-20")
    assert results("A26")[1:] == [
        ("jcpoa.adoption_day", "date", "agrees"),
        ("jcpoa.implementation_day", "date", "agrees"),
    ]
    assert said("A26").speaker == (AUTHOR,)
    assert RECORD.milestones["unscr2231.adopted"].sources


def test_r33_a_withdrawal_ends_the_part_of_one_and_not_the_agreement() -> None:
    for on, usa in (("2018-05-07", "in"), ("2018-05-08", "out")):
        (jcpoa,) = (one for one in RECORD.as_of(on).agreements if one.agreement.id == "jcpoa")
        states = {one.actor: one.state for one in jcpoa.parties}
        assert states.pop("usa") == usa
        assert set(states.values()) == {"in"}
        assert jcpoa.state == "in-force"
    assert results("A02") == [("E025", "date", "agrees")]


def test_r34_six_rounds_in_vienna_with_the_united_states_in_another_room() -> None:
    ended = parse_when("2021-06-20")
    rounds = [
        one
        for one in RECORD.of_kind(Event)
        if one.series == "vienna" and one.date[0].date.latest <= ended.latest
    ]
    assert [one.ordinal for one in rounds] == [1, 2, 3, 4, 5, 6]
    assert str(rounds[0].date[0].date) == "2021-04-06/2021-04-09"
    assert str(rounds[-1].date[0].date) == "2021-06-12/2021-06-20"
    for one in rounds:
        assert (one.place, one.indirectly) == ("Vienna", ("usa",))
        assert set(one.who) == {"iran", "fra", "deu", "gbr", "rus", "chn", "eu"}
    assert set(said("A07").about) == {one.id for one in rounds} | {"X07"}
    views = answers(DAY, "X07")
    assert views["usa"].startswith("They made progress")
    assert views[AUTHOR].startswith("Nothing")


def test_r35_the_president_of_iran_changes_with_the_day_that_is_asked() -> None:
    assert office("2021-07-15", "President", "iran") == ["rouhani"]
    assert office("2021-07-15", "President-elect", "iran") == ["raisi"]
    assert office("2021-08-06", "President", "iran") == ["raisi"]
    phases = {one.phase: str(one.date) for one in get(Event, "E082").date}
    assert phases == {"endorsed": "2021-08-03", "sworn in": "2021-08-05"}
    assert str(get(Event, "E076").date[0].date) == "2021-06-18"
    assert {result for _, _, result in results("A08")} == {"agrees"}
    spelled = {alias.alias: one.id for one in RECORD.of_kind(Actor) for alias in one.aliases}
    assert spelled["Ebrahim Raeisi"] == spelled["Raisi"] == "raisi"
    assert spelled["Ali Baqeri-Kani"] == spelled["Bagheri Kani"] == "bagheri_kani"


def test_r36_a_role_that_a_text_gives_to_the_wrong_person_is_told() -> None:
    assert results("A11") == [("mora", "office", "differs")]
    assert office(DAY, "Political Director of the EEAS", "eu") == ["mora"]
    assert office(DAY, "Head of cabinet of the High Representative", "eu") == ["serrano"]
    for id_, person in (("A10", "bagheri_kani"), ("A19", "price"), ("A51", "khatibzadeh")):
        assert (person, "office", "agrees") in results(id_)


def test_r37_the_listings_of_29_october_name_four_persons_and_two_organisations() -> None:
    listed = get(Measure, "S07")
    kinds = [one.kind for one in listed.targets]
    assert (kinds.count("person"), kinds.count("organisation"), len(kinds)) == (4, 2, 6)
    assert (listed.by, listed.kind) == (("usa",), "designation")
    assert all(order in (listed.authority or "") for order in ("E.O. 13224", "E.O. 13382"))
    assert measure_state(RECORD.as_of("2021-10-28"), "S07") == "not-in-force"
    assert measure_state(RECORD.as_of("2021-10-29"), "S07") == "in-force"
    (odd,) = at_odds(RECORD, said("A49"))
    assert (odd.said, odd.found) == ("2 person, 2 organisation", "4 person, 2 organisation")
    doubt, link = chain("A49")
    assert (doubt.quote[0].text, doubt.stance) == ("allegedly linked", "doubts")
    assert link.speaker == ("ofac",)


def test_r38_a_designation_is_announced_on_one_day_and_takes_effect_on_another() -> None:
    (status,) = get(Measure, "S04").status
    assert status.start is not None
    assert (str(status.announced), str(status.start.when)) == ("2019-04-08", "2019-04-15")
    assert measure_state(RECORD.as_of("2019-04-14"), "S04") == "not-in-force"
    assert measure_state(RECORD.as_of("2019-04-15"), "S04") == "in-force"
    assert [one.actor for one in get(Measure, "S04").targets] == ["irgc"]
    # "in April" is true of both days
    assert results("A56") == [("S04", "date", "agrees")]


def test_r39_a_policy_has_a_name_and_a_time_and_its_failure_is_a_judgement() -> None:
    policy = get(Measure, "maximum_pressure")
    assert (policy.kind, policy.by, policy.against) == ("policy", ("usa",), ("iran",))
    assert measure_state(RECORD.as_of("2018-05-07"), policy.id) == "not-in-force"
    assert measure_state(RECORD.as_of(DAY), policy.id) == "in-force"
    assert measure_state(RECORD.as_of(DAY, viewpoint="usa"), policy.id) is None
    assert said("A54").kind == "evaluation"
    assert said("A54").about == (policy.id,)
    assert results("A54") == [(policy.id, "state", "agrees")]


# -- claims about the wider relation ---------------------------------------------------------------


def test_r40_covert_acts_without_a_date_are_charges_and_no_events() -> None:
    charge = said("A41")
    assert (charge.kind, charge.to) == ("accusation", ("usa", "isr"))
    assert "cyberattacks" in (charge.what or "")
    assert charge.claims == ()
    assert not [one.id for one in RECORD.of_kind(Event) if paragraphs(one)]


def test_r41_large_scale_exports_are_an_observation_until_somebody_has_a_figure() -> None:
    vague = get(Observation, "oil_exports_2021")
    assert (vague.words, vague.value, vague.verified) == ("large-scale", None, False)
    assert vague.observer == vague.according_to == (AUTHOR,)
    figure = {"about": vague.id, "value": "500000 barrels/day"}
    keys = {"kind": "assertion", "speaker": "usa", "claims": figure}
    made = SECTIONS["statements"].model_validate({"\0id": "made", **keys})
    measured = SECTIONS["observations"].model_validate(
        {"\0id": vague.id, "quantity": vague.quantity, "of": "iran", "as_of": "2021-10",
         "value": "600000 barrels/day"}
    )  # fmt: skip
    record = with_entry(made)
    assert results("made", record) == []
    assert results("made", with_entry(measured, record)) == [(vague.id, "value", "differs")]


def test_r42_support_has_a_direction_and_a_holder() -> None:
    support = get(Relation, "R_support")
    assert (support.who, support.kind) == (("iran",), "supports")
    assert support.to == ("syria", "hezbollah", "houthis")
    assert support.according_to == (AUTHOR,)
    allies = get(Relation, "R_allies")
    assert (allies.according_to, get(Actor, allies.to[0]).kind) == ((AUTHOR,), "unresolved")
    assert not [
        one
        for one in RECORD.of_kind(Relation)
        if "iran" in one.to and set(one.who) & set(support.to)
    ]


def test_r43_a_capability_is_a_claim_beside_the_views_of_others() -> None:
    assert (said("A30").kind, said("A30").speaker) == ("assertion", (AUTHOR,))
    assert said("A30").quote[0].text.startswith("solely for defense")
    views = answers(DAY, "X05")
    assert views[AUTHOR] != views["iran"] != views["usa"] == views["e3"]
    assert "strike back" in (said("A39").what or "")
    assert said("A39").claims == ()


def test_r44_a_generalisation_over_many_states_can_be_left_out_by_its_tag() -> None:
    outside = [one.id for one in RECORD.of_kind(Statement) if "outside" in one.scope]
    assert outside == ["A58"]
    assert "A58" in {one.id for one in timeline(RECORD, kind="statement")}


def test_r45_a_reaction_without_words_is_filled_in_later() -> None:
    (reaction,) = by_kind("reaction").values()
    assert (reaction.id, reaction.speaker, reaction.to) == ("A51a", ("khatibzadeh",), ("usa",))
    assert (reaction.what, reaction.quote, reaction.about) == (None, (), ("S07",))
    assert said("A51").reports == (reaction.id,)
    fuller = said("T25")
    assert "T25" in said("A51").about
    assert fuller.what
    assert (fuller.speaker, "S07" in fuller.about) == (reaction.speaker, True)
    assert ("T25", "speaker", "agrees") in results("A51")


def test_r46_what_came_before_what_is_a_claim_that_dates_can_decide() -> None:
    assert ("S07", "order", "agrees") in results("A52")
    assert claimed("S07", before="E088") == ["differs"]
    assert claimed("S07", after="E088") == ["agrees"]
    # the same day leaves it open
    assert ("T25", "order", "open") in results("A51")


def test_r47_a_slip_of_grammar_is_kept_as_printed() -> None:
    (quote,) = said("A12").quote
    assert (quote.text, quote.edited) == ("virtually sure to be no successful than", False)
    assert said("A24c").condition == "Return to compliance"
    # "it" after a plural is still the same side
    assert said("A28").quote[0].text.startswith("It maintains")
    assert said("A28").to == said("A27a").speaker == ("usa",)


def test_r49_membership_of_a_group_has_a_time_and_a_figure_of_speech_has_no_members() -> None:
    def members(group: str, on: str) -> set[str]:
        at = seconds(on)
        return {one for one, low, high in RECORD.members.get(group, ()) if low <= at < high}

    assert members("e3", DAY) == {"fra", "deu", "gbr"}
    assert members("p5plus1", DAY) == {"usa", "gbr", "fra", "deu", "rus", "chn"}
    assert members("p4plus1", "2018-05-08") == members("p5plus1", DAY) - {"usa"}
    assert members("p4plus1", "2018-05-07") == set()
    assert "gbr" in members("eu", "2020-01-30")
    assert "gbr" not in members("eu", "2020-01-31")
    assert {"usa", "gbr"} <= members("nato", DAY)
    (target,) = said("A36").to
    assert get(Actor, target).kind == "unresolved"
    assert members(target, DAY) == set()


def test_r50_the_headline_is_a_forecast_of_the_same_author() -> None:
    headline = said("A01")
    assert (headline.kind, headline.speaker) == ("forecast", said("A12").speaker)
    assert headline.quote[0].text in get(Source, "article").title
    assert paragraphs(headline) == {1}


def test_every_kind_has_a_test_or_a_reason() -> None:
    tested = {
        name[5:8].upper()
        for name in (*vars(test_record_kinds), *globals())
        if re.match(r"test_r\d\d_", name)
    }
    assert not tested & set(WHY_NOT)
    assert tested | set(WHY_NOT) == {f"R{number:02d}" for number in range(1, 51)}
