"""How things stood, and a timeline, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.record import Standing
from detente.record.accounts import AccountView
from detente.record.said import Open
from detente.record.timeline import Item
from detente.report.listing.listed import Listed, text, written
from detente.report.tables import Cell, Column, Table

__all__ = ["standing_tables", "timeline_table"]


def standing_tables(standing: Standing) -> Iterator[Listed]:
    """Yield the tables of a standing."""
    yield Listed("agreements", lambda: _agreements(standing))
    yield Listed("parties", lambda: _parties(standing))
    yield Listed("milestones", lambda: _milestones(standing))
    yield Listed("measures", lambda: _measures(standing))
    yield Listed("commitments", lambda: _commitments(standing))
    yield Listed("demands", lambda: _open(standing, "demands", standing.demands))
    yield Listed("offers", lambda: _open(standing, "offers", standing.offers))
    yield Listed("clocks", lambda: _clocks(standing))
    yield Listed("due", lambda: _due(standing))
    yield Listed("offices", lambda: _offices(standing))
    yield Listed("contested", lambda: _contested(standing))
    yield Listed("accounts", lambda: _accounts(standing))


def _agreements(standing: Standing) -> Table:
    columns = (Column("id"), Column("state", "stands"), Column("parties"), Column("name"))
    rows = tuple(
        (
            one.agreement.id,
            one.state,
            tuple(party.actor for party in one.parties if party.state == "in"),
            one.agreement.name,
        )
        for one in standing.agreements
    )
    return Table("agreements", "Agreements", columns, rows)


def _parties(standing: Standing) -> Table:
    columns = (Column("agreement"), Column("actor"), Column("state", "takes part"))
    rows = tuple(
        (one.agreement.id, party.actor, party.state)
        for one in standing.agreements
        for party in one.parties
    )
    return Table("parties", "Parties", columns, rows)


def _milestones(standing: Standing) -> Table:
    columns = (Column("agreement"), Column("id"), Column("state", "stands"), Column("date"))
    rows = tuple(
        (one.agreement.id, stone.id, stone.state, text(stone.date))
        for one in standing.agreements
        for stone in one.milestones
    )
    return Table("milestones", "Milestones", columns, rows)


def _measures(standing: Standing) -> Table:
    columns = (
        Column("id"), Column("state", "stands"), Column("kind"), Column("by"), Column("against"),
        Column("what"),
    )  # fmt: skip
    rows = tuple(
        (
            one.measure.id, one.state, one.measure.kind, one.measure.by, one.measure.against,
            one.measure.what,
        )
        for one in standing.measures
    )  # fmt: skip
    return Table("measures", "Measures", columns, rows)


def _commitments(standing: Standing) -> Table:
    columns = (
        Column("id"), Column("state", "stands"), Column("agreement"), Column("debtors"),
        Column("start", "from"), Column("end", "until"), Column("limit"),
        Column("observation", "held against"), Column("value", "seen"), Column("as_of", "as of"),
        Column("supported"), Column("what"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in standing.commitments:
        owed, seen = one.commitment, one.observation
        value = None if seen is None else seen.value or seen.words
        rows.append(
            (
                owed.id,
                one.state,
                owed.agreement,
                owed.debtors,
                text(one.start),
                text(one.end),
                None if owed.limit is None else str(owed.limit.value),
                None if seen is None else seen.id,
                None if value is None else str(value),
                None if seen is None else text(seen.as_of),
                bool(standing.appeared(owed)),
                owed.what,
            )
        )
    return Table("commitments", "Commitments", columns, tuple(rows))


def _open(standing: Standing, name: str, statements: Sequence[Open]) -> Table:
    columns = (
        Column("id"), Column("state", "stands"), Column("date"), Column("speakers"),
        Column("on_behalf", "for"), Column("to"), Column("according_to", "according to"),
        Column("sources"), Column("answers"), Column("what"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for one in statements:
        said = one.statement
        rows.append(
            (
                said.id,
                one.state,
                text(said.date),
                said.speaker,
                said.on_behalf,
                said.to,
                said.according_to,
                standing.appeared(said),
                tuple(answer.id for answer in one.answers),
                said.what,
            )
        )
    return Table(name, f"Open {name}", columns, tuple(rows))


def _clocks(standing: Standing) -> Table:
    columns = (
        Column("id"), Column("state", "stands"), Column("started"), Column("by"),
        Column("step_ends", "step until"), Column("ends", "all until"), Column("mechanism"),
        Column("step"),
    )  # fmt: skip
    rows = tuple(
        (
            one.id, one.state, text(one.run.started), one.run.by, text(one.step.ends),
            text(one.ends), one.mechanism.name, one.step.step.what,
        )
        for one in standing.clocks
    )  # fmt: skip
    return Table("clocks", "Clocks", columns, rows)


def _due(standing: Standing) -> Table:
    columns = (Column("date"), Column("id"), Column("what"))
    rows = tuple((text(one.date), one.id, one.what) for one in standing.due)
    return Table("due", "Falls due", columns, rows)


def _offices(standing: Standing) -> Table:
    columns = (
        Column("person"), Column("of"), Column("since"), Column("supported"), Column("office"),
    )  # fmt: skip
    rows = tuple(
        (one.person, one.of, text(one.since), one.supported, one.office) for one in standing.offices
    )
    return Table("offices", "Offices", columns, rows)


def _contested(standing: Standing) -> Table:
    columns = (Column("id"), Column("about"), Column("views", "views", "right"), Column("question"))
    rows = tuple(
        (
            one.question.id,
            tuple(id_ for id_ in one.question.about if standing.sees(id_)),
            len(one.views),
            one.question.question,
        )
        for one in standing.contested
    )
    return Table("contested", "Contested", columns, rows)


def _accounts(standing: Standing) -> Table:
    """Return every account of everything, one row for each of its holders."""
    columns = (
        Column("kind"), Column("entry"), Column("holder"), Column("state", "holds"),
        Column("since"), Column("until"), Column("certain"), Column("sources"), Column("what"),
    )  # fmt: skip
    rows = tuple(
        (
            kind, entry, holder, None if kind == "question" else view.state, text(view.since),
            text(view.until), view.certain, view.sources, view.what,
        )
        for kind, entry, views in _views(standing)
        for view in views
        # what nobody disputes has no holder, and stands all the same
        for holder in view.holders or (None,)
    )  # fmt: skip
    return Table("accounts", "Accounts", columns, rows)


def _views(standing: Standing) -> Iterator[tuple[str, str, Sequence[AccountView]]]:
    """Yield the kind and the id of everything that has accounts, as conditions name it."""
    for agreement in standing.agreements:
        yield "agreement", agreement.agreement.id, agreement.accounts
        for party in agreement.parties:
            yield "party", f"{agreement.agreement.id}.{party.actor}", party.accounts
    for measure in standing.measures:
        yield "measure", measure.measure.id, measure.accounts
    for commitment in standing.commitments:
        yield "commitment", commitment.commitment.id, commitment.accounts
    for clock in standing.clocks:
        yield "clock", clock.id, clock.accounts
    for question in standing.contested:
        yield "question", question.question.id, question.views


def timeline_table(items: Sequence[Item]) -> Table:
    """Return a timeline, one row for each line."""
    columns = (
        Column("date"), Column("earliest"), Column("latest"), Column("kind"), Column("id"),
        Column("phase"), Column("by"), Column("actors"), Column("according_to", "according to"),
        Column("sources"), Column("contested"), Column("at_odds", "at odds with"), Column("what"),
    )  # fmt: skip
    rows = tuple(
        (
            str(item.date),
            item.date.first_day or None,
            item.date.last_day or None,
            item.kind,
            item.id,
            item.phase or None,
            item.by,
            item.actors,
            item.according_to,
            item.sources,
            tuple(question.id for question in item.contested),
            written(
                f"{one.entry}: {one.what} {one.said}, there {one.found}" for one in item.at_odds
            ),
            item.what or None,
        )
        for item in items
    )
    return Table("timeline", "Timeline", columns, rows)
