"""Offices in other words: when two are one, when they differ, and when that stays open."""

from __future__ import annotations

import pytest

from detente.reading.offices import is_former, same_role


@pytest.mark.parametrize(
    ("said", "held", "same"),
    [
        ("spokesman", "Spokesperson of the Department of State", True),
        ("Foreign Ministry spokesman", "Spokesperson of the Foreign Ministry", True),
        ("White House spokeswoman", "White House Press Secretary", True),
        ("chief of staff", "Head of cabinet of the High Representative", True),
        ("ambassador", "Permanent Representative to the organisations in Vienna", True),
        ("Deputy Foreign Minister/chief negotiator", "Deputy Foreign Minister", True),
        (
            "Deputy Foreign Minister/chief JCPOA negotiator",
            "Deputy Foreign Minister and chief negotiator",
            True,
        ),
        ("chief of staff", "Political Director of the EEAS", False),
        ("Foreign Minister", "Deputy Foreign Minister and chief negotiator", False),
        ("Secretary of State", "Nominee for Secretary of State", False),
        ("political chief", "High Representative for Foreign Affairs", None),
        ("top diplomat", "Foreign Minister", None),
    ],
)
def test_offices_in_other_words(said: str, held: str, same: bool | None) -> None:
    assert same_role(said, held) is same


def test_an_office_held_no_more_says_so() -> None:
    assert is_former("former foreign minister")
    assert not is_former("foreign minister")
