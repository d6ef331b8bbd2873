"""What must hold of every record: later entries change nothing earlier, and nobody's view leaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.record import Record, load_record
from detente.record.dates import day_text, parse_when
from detente.record.entries import SECTIONS, Measure
from detente.report.data.standing import standing_data

RECORD = load_record(Path(detente.__file__).parent / "catalog" / "jcpoa-2021")
DAYS = [f"{year}-{month:02d}-15" for year in range(2015, 2022) for month in (2, 5, 8, 11)]
LATER = st.integers(1, 4000)
VIEWPOINTS = st.sampled_from([None, "usa", "iran", "e3", "iaea", "usa,iran"])


def later(day: str, days: int) -> str:
    return day_text(parse_when(day).latest + days * 86_400)


def entry(section: str, id_: str, **keys: Any) -> Any:
    return SECTIONS[section].model_validate({"\0id": id_, **keys})


@st.composite
def additions(draw: st.DrawFn, day: str) -> list[Any]:
    """Draw entries that were first said after a day, some of them about days before it."""
    found: list[Any] = []
    for k in range(draw(st.integers(1, 6))):
        when, id_ = later(day, draw(LATER)), f"later{k}"
        actor = draw(st.sampled_from(["usa", "iran", "e3", "iaea"]))
        kind = draw(
            st.sampled_from(["event", "seen", "said", "answer", "measure", "asked", "debt"])
        )
        match kind:
            case "event":
                found.append(entry("events", id_, what="x", date=when, who=actor, about=["C02"]))
            case "seen":
                amount = f"{draw(st.integers(0, 9000))} kg U"
                found.append(
                    entry("observations", id_, quantity="enriched_uranium", of="iran", value=amount,
                          as_of=later(day, -draw(st.integers(0, 300))), reported=when,
                          observer=actor)
                )  # fmt: skip
            case "said":
                said = draw(st.sampled_from(["demand", "offer", "accusation"]))
                found.append(
                    entry(
                        "statements", id_, kind=said, date=when, speaker=actor, due=later(when, 9)
                    )
                )
            case "answer":
                link = draw(st.sampled_from(["answers", "replaces", "withdraws"]))
                kind_ = draw(st.sampled_from(["acceptance", "refusal"]))
                keys = {link: ["T05"], "called": {"kind": "threat", "according_to": actor}}
                found.append(entry("statements", id_, kind=kind_, date=when, speaker=actor, **keys))
            case "measure":
                status = {"state": "in-force", "from": "2015-01-01", "reported": when}
                found.append(entry("measures", id_, by=actor, what="x", status=status))
            case "asked":
                view = {"view": "x", "according_to": actor}
                found.append(entry("questions", id_, question="x", raised=when, views=view))
            case "debt":
                found.append(
                    entry("commitments", id_, debtors=actor, what="x", reported=when, lasts="P9Y",
                          starts="jcpoa.implementation_day")
                )  # fmt: skip
    return found


def extended(more: list[Any], day: str, days: int) -> Record:
    """Return the record with more entries, and with an account told later in an old entry."""
    entries = dict(RECORD.entries)
    old = entries["S02"]
    assert isinstance(old, Measure)
    told = {"state": "not-in-force", "from": "2014-01-01", "according_to": "iran"}
    account = type(old.status[0]).model_validate({**told, "reported": later(day, days)})
    entries["S02"] = old.model_copy(update={"status": (*old.status, account)})
    entries |= {one.id: one for one in more}
    return replace(RECORD, entries=entries)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(DAYS), VIEWPOINTS, LATER)
def test_what_is_said_later_never_changes_an_earlier_standing(
    data: st.DataObject, day: str, viewpoint: str | None, days: int
) -> None:
    more = extended(data.draw(additions(day)), day, days)
    for on in (day, "2025-12-31"):
        earlier = standing_data(RECORD.as_of(on, known_by=day, viewpoint=viewpoint))
        assert standing_data(more.as_of(on, known_by=day, viewpoint=viewpoint)) == earlier


def test_the_additions_do_change_a_later_standing() -> None:
    """The test above would hold of a program that ignores all additions."""
    seen = entry(
        "observations", "later", quantity="enriched_uranium", of="iran", value="1 kg U",
        as_of="2021-10-29", reported="2021-11-02", observer="iaea",
    )  # fmt: skip
    more = extended([seen], "2021-10-30", 5)
    for known_by, state in (("2021-10-30", "exceeded"), ("2021-11-02", "kept")):
        standing = more.as_of("2021-10-30", known_by=known_by)
        found = next(one for one in standing.commitments if one.commitment.id == "C02")
        assert found.state == state
    found_measure = next(
        one for one in more.as_of("2021-10-30").measures if one.measure.id == "S02"
    )
    assert found_measure.state == "contested"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DAYS), st.sampled_from(["usa", "iran", "e3", "rus"]))
def test_a_state_from_a_viewpoint_is_one_of_its_own_accounts_or_the_state_without_it(
    day: str, viewpoint: str
) -> None:
    alone = {one.measure.id: one for one in RECORD.as_of(day).measures}
    for one in RECORD.as_of(day, viewpoint=viewpoint).measures:
        members = {"e3": {"e3", "fra", "deu", "gbr"}}.get(viewpoint, {viewpoint})
        own = {view.state for view in one.accounts if members & set(view.holders)}
        assert one.state in (own or {alone[one.measure.id].state})
        assert one.accounts == alone[one.measure.id].accounts
