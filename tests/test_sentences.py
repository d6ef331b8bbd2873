"""Sentences are made in one place: tested as text, and the same on a screen and on a page."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.catalog import slugs
from detente.report.sentences.changes import unlock_sentences
from detente.report.sentences.findings import judged_by, sections_of
from detente.report.sentences.links import Links, MarkedLinks, pieces, unmarked, upper_first
from detente.report.sentences.named import deal_sentences, short_of
from detente.report.sentences.standing import Names, standing_line, standing_sections
from detente.report.sentences.words import Words
from detente.study import analyze, open_record
from detente.study.page import QUICK

# -- marks ---------------------------------------------------------------------------------------


def test_without_links_a_sentence_is_plain_text() -> None:
    links = Links()
    assert links.state(4, "state 5") == "state 5"
    assert links.entry("T02") == "T02"
    assert links.cited(("T02", "E057")) == " [T02, E057]"
    assert links.cited(()) == ""


def test_marks_are_found_again_in_order_and_remembered() -> None:
    links = MarkedLinks()
    sentence = f"From {links.state(3, 'state 4')}{links.cited(('T02',))} to {links.state(0, '1')}."
    assert [tuple(piece) for piece in pieces(sentence)] == [
        ("From ", "", ""),
        ("state 4", "state", "3"),
        (" [", "", ""),
        ("T02", "entry", "T02"),
        ("] to ", "", ""),
        ("1", "state", "0"),
        (".", "", ""),
    ]
    assert unmarked(sentence) == "From state 4 [T02] to 1."
    assert list(links.states) == [3, 0]
    assert list(links.entries) == ["T02"]


@given(st.text())
def test_what_is_no_mark_is_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == unmarked(text)
    if not re.search("[\ufdd0-\ufdd2]", text):
        assert unmarked(text) == text


def test_a_sentence_begins_with_a_capital_letter_behind_a_mark_too() -> None:
    assert upper_first("state 4 and TEN") == "State 4 and TEN"
    marked = MarkedLinks().state(3, "state 4")
    assert unmarked(upper_first(f"{marked} and TEN")) == "State 4 and TEN"
    assert upper_first("") == ""


# -- sentences as text ---------------------------------------------------------------------------

WEIGHTS = """
title: Weights
decision_makers:
  a:
    name: A
    options: {x: Give}
    weights: {not a.x: 3, b.y: 2}
  b:
    name: B
    options: {y: Pay}
    weights: {a.x: 0.5, not b.y: 0.25}
status_quo: []
deals:
  both: {name: Both, deal: a.x and b.y}
"""

TAKE = """
title: Both give
decision_makers:
  a: {name: A, options: {x: Give}, priorities: [b.y, not a.x]}
  b: {name: B, options: {y: Pay}, priorities: [a.x, not b.y]}
status_quo: []
deals:
  both: {name: Both, deal: a.x and b.y}
"""


def run(text: str, folder: Path, **options):
    (folder / "model.yaml").write_text(text, encoding="utf-8")
    return analyze(str(folder / "model.yaml"), **options)


def test_a_refusal_by_weights_names_the_weight_and_no_priority(tmp_path: Path) -> None:
    findings = run(WEIGHTS, tmp_path)
    (answer,) = findings.answers
    assert short_of(answer) == "refused"
    assert deal_sentences(Words.of(findings), answer) == [
        "A prefers the status quo; of what tells the two apart, “not a.x” weighs most with it "
        "(weight 3)."
    ]


def test_a_deal_that_is_held_says_by_what(tmp_path: Path) -> None:
    findings = run(TAKE, tmp_path)
    (answer,) = findings.answers
    assert deal_sentences(Words.of(findings), answer) == [
        "It is state 4; nobody would refuse it.",
        "It would hold by SSEQ: A has the most reason to leave, and would gain by giving up “Give” "
        "(state 3), but then B gives up “Pay” (state 1); its best reply, to state 2, does not "
        "help.",
        "A could leave B below the status quo by giving up “Give” (state 3).",
        "B could leave A below the status quo by giving up “Pay” (state 2).",
        "Step by step, even on the least exposed way (2 steps) somebody falls below the status "
        "quo: B by 1 rank.",
    ]


def test_the_verdict_says_what_stands_in_the_way(tmp_path: Path) -> None:
    findings = run(TAKE, tmp_path)
    words = Words.of(findings)
    assert words.verdict(findings.diagnosis) == (
        "A deal is there and would hold, but no safe way leads to it: step by step, somebody first "
        "falls below the status quo."
    )
    assert words.witness(findings.diagnosis) == [
        "Everybody could make it together: state 4.",
        "Step by step, the least exposed way: B takes “Pay” (state 3), then A takes “Give” "
        "(state 4).",
        "On that way somebody at times falls below the status quo: B by 1 rank.",
        "Another way spares B, but no way spares everybody.",
    ]
    assert judged_by(findings.diagnosis) == "SEQ; under Nash: commitment problem"


def test_how_far_was_looked_names_only_the_kinds_of_changes_that_there_are(tmp_path: Path) -> None:
    findings = run(WEIGHTS, tmp_path, also=["unlock"])
    # weights are not reordered, and nothing is infeasible
    assert unlock_sentences(Words.of(findings), findings) == [
        "Of one-way options and guarantees by a third party, no set of any size would do."
    ]
    ranked = detente.analyze("prisoners-dilemma", also=["unlock"])
    assert unlock_sentences(Words.of(ranked), ranked)[-1] == (
        "Of other rankings, one-way options and guarantees by a third party, 6 changes would do; "
        "no smaller set does."
    )


def test_a_target_that_stands_already_needs_no_change(tmp_path: Path) -> None:
    findings = run(TAKE, tmp_path, target="not a.x", also=["unlock"])
    words = Words.of(findings)
    assert unlock_sentences(words, findings) == ["The status quo is such a deal already."]


# -- one wording ---------------------------------------------------------------------------------


def text_of_page(page: str) -> str:
    body = re.sub(r"<(style|svg|title|desc)\b.*?</\1>", " ", page, flags=re.S)
    told = html.unescape(re.sub(r"<[^>]+>", "", body))
    return " ".join(told.split())


@pytest.mark.parametrize("slug", slugs())
def test_the_page_says_what_the_screen_says_in_the_same_words(slug: str) -> None:
    findings = detente.analyze(slug)
    also = [] if findings.diagnosis is None else ["evolution", "unlock"]
    if slug == "jcpoa-2021":
        also.append("views")
    findings = detente.analyze(slug, also=also, effort=QUICK)
    words, told = Words.of(findings), text_of_page(detente.page(slug).html)
    lines = []
    for section in sections_of(words, findings, details=True):
        lines.append(section.title)
        for one in section.told:
            lines += [one.head, *one.lines]
    if findings.diagnosis is not None:
        lines += [words.verdict(findings.diagnosis), judged_by(findings.diagnosis)]
        lines += words.witness(findings.diagnosis)[:8]
    for line in lines:
        assert " ".join(line.split()) in told, line


def test_the_page_says_how_things_stood_in_the_words_of_the_screen() -> None:
    told = text_of_page(detente.page("jcpoa-2021").html)
    record = open_record("jcpoa-2021")
    standing = record.as_of("2021-10-30")
    names = Names(record)
    assert standing_line(names, standing) in told
    number = 0
    for section in standing_sections(names, standing):
        assert section.title in told
        for entry in section.entries:
            who = f"{entry.who}: " if entry.who else ""
            for line in (f"{who}{entry.what}", *(note.text for note in entry.notes)):
                assert " ".join(line.split()) in told, line
                number += 1
    assert number > 100
