"""The scorer counts what it should, the passages are in order, and reading comes close enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.reading import figures, gold, score
from benchmarks.reading.gold import GoldError, Passage, Place, load, load_half
from benchmarks.reading.names import same_name
from detente.reading import read_article
from detente.reading.found import (
    AUTHOR,
    Dating,
    MeasureFound,
    Quotation,
    Said,
    Span,
    Who,
)

#: figure -> its lower limit, by half. A limit says what must not be lost again: it stands a little
#: below what is measured. The limits of `measure` are the promise that the documentation makes.
LIMITS: dict[str, dict[str, float]] = {
    "learn": {
        "quotation F1": 0.95,
        "certain speakers right": 0.95,
        "certain speakers, share": 0.60,
        "date precision": 0.93,
        "date recall": 0.93,
        "kinds macro-F1": 0.75,
    },
    # for kinds 0.75 is wanted and not reached: on words that no rule was written for it is two
    # in three, and the reference of reading says so
    "measure": {
        "quotation F1": 0.95,
        "certain speakers right": 0.95,
        "certain speakers, share": 0.60,
        "date precision": 0.95,
        "date recall": 0.95,
        "kinds macro-F1": 0.65,
    },
}

# -- the passages --------------------------------------------------------------------------------


def _problems_of(half: str) -> int:
    """Load a half; how many problems it has, and none of their words."""
    try:
        load_half(half)
    except GoldError as error:
        return len(error.problems)
    return 0


@cache
def passages(half: str) -> tuple[Passage, ...]:
    problems = _problems_of(half)
    if problems:
        pytest.fail(f"{half} has {problems} problems", pytrace=False)
    return tuple(load_half(half))


@pytest.mark.parametrize("half", gold.HALVES)
def test_the_passages_are_annotated_as_the_guide_says(half: str) -> None:
    assert _problems_of(half) == 0


def test_there_are_enough_passages_and_each_has_its_id() -> None:
    ids = Counter(one.id for half in gold.HALVES for one in passages(half))
    assert sum(n > 1 for n in ids.values()) == 0
    assert len(ids) >= 40
    assert len(passages("measure")) >= 20


@pytest.mark.parametrize("half", gold.HALVES)
def test_every_kind_of_statement_is_there_to_be_found(half: str) -> None:
    kinds = {one.kind for passage in passages(half) for one in passage.statements}
    assert kinds == set(gold.KINDS)


_FINE = """
passages:
  - id: one
    published: "2024-03-16"
    text: |
      “We will go,” Ana Petrov said on Friday.
    actors: {petrov: [Ana Petrov]}
    quotations: [{words: "We will go,", speaker: petrov}]
    statements: [{kind: promise, holder: petrov, in: We will go}]
    dates: [{text: on Friday, edtf: "2024-03-15"}]
"""


def test_a_file_in_order_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(_FINE, encoding="utf-8")
    (passage,) = load([file])
    assert passage.quotations[0].place.find(passage.text) == Span(1, 12)
    assert gold.counts([passage])[:2] == ["1 passages", "1 quotations, 1 of them speech"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('words: "We will go,"', 'words: "We shall go"', "not in the text"),
        ('words: "We will go,"', "words: Ana Petrov", "no marks around it"),
        ('words: "We will go,"', "from: We will", "has no end"),
        ("speaker: petrov", "speaker: sorel", "none of the actors"),
        (", speaker: petrov", "", "has no speaker"),
        ("speaker: petrov", "speeker: petrov", "unknown speeker"),
        ("kind: promise", "kind: vow", "no kind of statement"),
        ("in: We will go", "on: x", "has no in"),
        ('edtf: "2024-03-15"', 'edtf: "2024-02-30"', "29 days"),
        ('edtf: "2024-03-15"', "edtf: 2024-03-15", "needs quotation marks"),
        ('edtf: "2024-03-15"', "edtf: null, length: 3 weeks", "no length of time"),
        ("[Ana Petrov]", "[Ana Sorel]", "a name of petrov"),
        ("[Ana Petrov]", "[]", "no list of names"),
        ("id: one", "idd: one", "has no id"),
        ("passages:", "passages: [", "no YAML"),
        ("passages:", "- passages:", "no `passages:`"),
        ("    dates:", "    measures: [{imposer: petrov, targets: {men: 2}, date: null}]\n"
         "    dates:", "targets are counts"),
        ("[{text: on Friday,", '[{text: on Friday, edtf: null}, {text: on Friday,', "2 times"),
        ("text: on Friday,", "text: on Friday, nth: 2,", "a 2. time"),
    ],
)  # fmt: skip
def test_what_is_not_as_the_guide_says_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(_FINE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GoldError) as caught:
        load([file])
    assert told in str(caught.value)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(_FINE, encoding="utf-8")
    with pytest.raises(GoldError, match="the id one is given 2 times"):
        load(sorted(tmp_path.glob("*.yaml")))


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (Place("port"), "port|"),
        (Place("port", nth=2), "port |"),
        (Place("the", to="port"), "the port|"),
        (Place("the port"), "the port|"),
        (Place("por"), None),
        (Place("port", nth=3), None),
        (Place("port", to="lake"), None),
    ],
)
def test_a_place_is_found_by_whole_words(place: Place, found: str | None) -> None:
    text = "airport the\n port| and port |"
    span = place.find(text)
    if found is None:
        assert span is None
    else:
        assert span is not None
        after = text[span.end : span.end + 2].replace(" ", " ")
        words = " ".join(text[span.start : span.end].split())
        assert found in (f"{words}{after[:1]}", f"{words}{after}")


# -- the scorer ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Text:
    text: str


@dataclass(frozen=True)
class Told:
    """A reading that was made up."""

    article: _Text
    quotations: tuple[Quotation, ...] = ()
    statements: tuple[Said, ...] = ()
    dates: tuple[Dating, ...] = ()
    measures: tuple[MeasureFound, ...] = ()


def _perfect(passage: Passage) -> Told:
    """Return what is annotated as a reading."""
    text = passage.text

    def span(place: Place | None) -> Span:
        found = place.find(text) if place else Span(0, 1)
        assert found is not None
        return found

    def who(actor: str | None) -> Who | None:
        if actor is None:
            return None
        if actor == AUTHOR:
            return Who(AUTHOR, Span(0, 0), "", kind=AUTHOR)
        name = passage.actors[actor][0]
        return Who(name, Span(0, 1), name)

    def dates() -> Iterator[Dating]:
        for one in passage.dates:
            yield Dating(span(one.place), one.place.words, one.edtf, length=one.length)
        # those of measures come after, where nothing is annotated that they could be taken for
        for measure in passage.measures:
            yield Dating(Span(0, 0), "", measure.date)

    return Told(
        _Text(text),
        tuple(
            Quotation(
                span(one.place), "", speaker=who(one.speaker), speech=one.speech,
                confidence="certain",
            )
            for one in passage.quotations
        ),
        tuple(
            Said(one.kind, span(one.place), "", who(one.holder))  # type: ignore[arg-type]
            for one in passage.statements
        ),
        tuple(dates()),
        tuple(
            MeasureFound(
                span(one.place), "sanctions", who(one.imposer), targets=one.targets,
                dating=len(passage.dates) + number,
            )
            for number, one in enumerate(passage.measures)
        ),
    )  # fmt: skip


#: what changes a perfect reading into another
Change = Callable[[Told, Passage], Told]


def reader(known: Sequence[Passage], change: Change) -> Callable[..., Told]:
    """Return a fake of reading that knows the passages."""
    by_id = {one.id: one for one in known}

    def read(text: str, *, name: str, published: str | None) -> Told:
        passage = by_id[name]
        assert (text, published) == (passage.text, passage.published)
        return change(_perfect(passage), passage)

    return read


def scored(change: Change) -> figures.Score:
    known = passages("learn")
    return score.score(known, reader(known, change))


def _without_extra(told: Told, passage: Passage) -> Told:
    return replace(told, dates=told.dates[: len(passage.dates)], measures=())


def test_the_annotation_itself_scores_full_marks() -> None:
    figure = scored(lambda told, _: told)
    assert figure.passages == len(passages("learn"))
    assert figure.bounds.f1 == 1
    assert figure.macro_f1 == 1
    assert all(pair.f1 == 1 for pair in figure.kinds.values())
    assert set(figure.kinds) == set(gold.KINDS)
    assert all(one == other for one, other in figure.confusion)
    assert figure.holders.value == 1
    assert figure.dates.recall.value == figure.date_places.recall.value == 1
    assert scored(_without_extra).dates.precision.value == 1
    told = figure.measures
    assert told.gold == told.found == told.paired == told.targets == told.date == told.right > 0
    certain = figure.speakers[0]
    assert (certain.confidence, certain.right.value) == ("certain", 1)


def test_speakers_of_what_is_annotated_are_all_right() -> None:
    # only names of two persons in one could be judged wrong
    figure = scored(lambda told, _: told)
    assert figure.speakers_right.value == 1
    missed = score.misses(passages("learn"), reader(passages("learn"), _without_extra))
    assert [one for one in missed if ": measure " not in one] == []


def test_nothing_found_scores_nothing() -> None:
    figure = scored(lambda told, _: Told(told.article))
    assert figure.bounds.f1 == figure.macro_f1 == figure.dates.f1 == figure.holders.value == 0
    assert figure.bounds.gold == sum(len(one.quotations) for one in passages("learn"))
    assert figure.speakers_right.value == 0
    assert all(one.share.part == 0 for one in figure.speakers)
    assert {found for _, found in figure.confusion} == {figures.NOTHING}
    assert (figure.measures.found, figure.measures.paired, figure.measures.right) == (0, 0, 0)


def test_no_passages_score_nothing() -> None:
    figure = score.score([], read_article)
    assert (figure.passages, figure.macro_f1, figure.bounds.f1) == (0, 0, 0)
    assert figures.lines(figure)
    assert figures.table(figure)


def _moved(span: Span, text: str) -> Span:
    """Move the beginning by three characters, or what there is, which is more than a mark."""
    return Span(min(span.start + 3, span.end - 1), min(span.end + 3, len(text)))


def _shifted(told: Told, passage: Passage) -> Told:
    text = passage.text
    return replace(
        told,
        quotations=tuple(replace(one, span=_moved(one.span, text)) for one in told.quotations),
        statements=tuple(replace(one, span=_moved(one.span, text)) for one in told.statements),
        dates=tuple(replace(one, span=_moved(one.span, text)) for one in told.dates),
    )


def test_bounds_count_exactly_and_places_of_the_rest_by_what_they_share() -> None:
    figure = scored(_shifted)
    assert figure.bounds.f1 < 0.05
    assert figure.macro_f1 > 0.99
    assert figure.date_places.recall.value == 1


def test_marks_and_space_at_the_ends_of_a_quotation_do_not_count() -> None:
    def wider(told: Told, passage: Passage) -> Told:
        text, loose = passage.text, "\"'“”‘’ ,.\n"

        def grown(span: Span) -> Span:
            start, end = span
            start -= start > 0 and text[start - 1] in loose
            end += end < len(text) and text[end] in loose
            return Span(start, end)

        return replace(
            told,
            quotations=tuple(replace(one, span=grown(one.span)) for one in told.quotations),
        )

    assert scored(wider).bounds.f1 == 1


def test_a_wrong_day_a_wrong_kind_and_a_wrong_holder_are_told_apart() -> None:
    def wrong(told: Told, passage: Passage) -> Told:
        return replace(
            _without_extra(told, passage),
            dates=tuple(replace(one, edtf="1900-01-01") for one in told.dates),
            statements=tuple(
                replace(one, kind="denial", holder=Who("Zebulon Quux", one.span, "Zebulon Quux"))
                for one in told.statements
            ),
        )

    figure = scored(wrong)
    assert figure.date_places.recall.value == 1
    assert figure.dates.right == 0
    assert {found for one, found in figure.confusion if one != figures.NOTHING} == {"denial"}
    assert figure.kinds["denial"].recall.value == 1
    assert figure.kinds["demand"].f1 == 0
    assert figure.holders.value < 0.05


def test_what_is_found_twice_is_found_too_often() -> None:
    def twice(told: Told, passage: Passage) -> Told:
        told = _without_extra(told, passage)
        return replace(told, statements=told.statements * 2, dates=told.dates * 2)

    figure = scored(twice)
    assert (figure.dates.recall.value, figure.dates.precision.value) == (1, 0.5)
    demand = figure.kinds["demand"]
    assert (demand.recall.value, demand.precision.value) == (1, 0.5)


def test_a_sure_speaker_of_words_that_are_no_speech_is_wrong() -> None:
    (passage,) = [one for one in passages("learn") if not all(q.speech for q in one.quotations)][:1]
    somebody = Who("Ana Petrov", Span(0, 1), "Ana Petrov")

    def sure(told: Told, _: Passage) -> Told:
        spoken = tuple(
            one if one.speech else replace(one, speech=True, speaker=somebody)
            for one in told.quotations
        )
        return replace(told, quotations=spoken)

    right = score.score([passage], reader([passage], lambda told, _: told)).speakers[0]
    wrong = score.score([passage], reader([passage], sure)).speakers[0]
    assert right.right.part == right.right.whole == wrong.right.part
    assert wrong.right.whole > right.right.whole


def test_figures_are_printed_without_text_of_the_passages(
    capsys: pytest.CaptureFixture[str],
) -> None:
    figure = scored(lambda told, _: told)
    assert figures.lines(figure)[0] == f"{len(passages('learn'))} passages"
    shown = "\n".join(figures.lines(figure)) + figures.table(figure)
    for passage in passages("learn"):
        # five words in a row of a passage would be text of it
        words = passage.text.split()
        assert " ".join(words[:5]) not in shown
    assert gold.main([]) == 0
    assert "passages" in capsys.readouterr().out


# -- names ---------------------------------------------------------------------------------------

ACTORS = {
    "petrov": ("Ana Petrov", "Petrov", "the foreign minister"),
    "ivan": ("Ivan Petrov",),
    "sorel": ("Ines Sorel", "Sorel", "the envoy"),
    "karvania": ("Karvania", "Karvanian"),
    "ministry": ("the Karvanian foreign ministry", "the ministry"),
    "official": ("a senior official", "the official"),
}


def who(name: str, *, words: str = "", office: str = "", kind: str = "person") -> Who:
    return Who(name, Span(0, 1), words or name, kind=kind, office=office)


@pytest.mark.parametrize(
    ("found", "actor", "same"),
    [
        (None, None, True),
        (who("Ana Petrov"), None, False),
        (None, "petrov", False),
        (who("author", kind=AUTHOR), AUTHOR, True),
        (who("author", kind=AUTHOR), "petrov", False),
        (who("Ana Petrov"), AUTHOR, False),
        (who("Ana Petrov"), "petrov", True),
        (who("ANA PETROV"), "petrov", True),
        (who("Petrov"), "petrov", True),
        (who("Petrov’s"), "petrov", True),
        (who("Dr. Ana Petrov"), "petrov", True),
        (who("Foreign Minister Ana Petrov"), "petrov", True),
        (who("Ana Petrov, the foreign minister of Karvania"), "petrov", True),
        (who("foreign minister", office="foreign minister", kind="office"), "petrov", True),
        (who("Ines Sorel"), "petrov", False),
        (who("Sorel"), "sorel", True),
        (who("Sorelson"), "sorel", False),
        (who("Ines Sorel", words="the envoy"), "sorel", True),
        # somebody else of that surname, and words that name another person
        (who("Ivan Petrov"), "petrov", False),
        (who("Ivan Petrov"), "ivan", True),
        (who("Ana Petrov"), "ivan", False),
        (who("Ines Sorel", words="Petrov’s envoy Ines Sorel"), "petrov", False),
        (who("Ines Sorel", words="Petrov’s envoy Ines Sorel"), "sorel", True),
        (who("Karvania", kind="state"), "karvania", True),
        (who("Ruritania", kind="state"), "karvania", False),
        (who("Karvanian foreign ministry", kind="organisation"), "ministry", True),
        (who("the ministry", kind="organisation"), "ministry", True),
        (who("the official", kind="unresolved"), "official", True),
        (who("senior official", kind="office"), "official", True),
        (who("an official in Karvania", kind="office"), "ministry", False),
    ],
)
def test_a_name_is_that_of_an_actor(found: Who | None, actor: str | None, same: bool) -> None:
    assert same_name(found, actor, ACTORS) is same


# -- how close reading comes ---------------------------------------------------------------------


def _figures_of(half: str) -> figures.Score:
    """Score reading; of what goes wrong its kind is told, for a traceback would show passages."""
    known = passages(half)
    try:
        return score.score(known, read_article)
    except Exception as error:
        what = type(error).__name__
    return pytest.fail(f"reading the passages of {half} raised {what}", pytrace=False)


@cache
def measured(half: str) -> dict[str, float]:
    figure = _figures_of(half)
    certain = figure.speakers[0]
    assert certain.confidence == "certain"
    return {
        "quotation F1": figure.bounds.f1,
        "certain speakers right": certain.right.value,
        "certain speakers, share": certain.share.value,
        "date precision": figure.dates.precision.value,
        "date recall": figure.dates.recall.value,
        "kinds macro-F1": figure.macro_f1,
    }


@pytest.mark.parametrize(
    ("half", "figure"), [(half, figure) for half, limits in LIMITS.items() for figure in limits]
)
def test_reading_comes_close_enough(half: str, figure: str) -> None:
    assert round(measured(half)[figure], 3) >= LIMITS[half][figure]
