"""Amounts: exact units, and comparisons against values tried one by one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.record.quantities import Amount, AmountError, compare, parse_amount, within

KNOWN = ["g U", "kg U", "t U", "kg UF6", "t UF6"]

#: quarter steps from -2 to 12 and what lies far out: every order of values near the bounds, which
#: are whole numbers from 0 to 10, is met
VALUES = [Fraction(k, 4) for k in range(-8, 49)] + [Fraction(-(10**9)), Fraction(10**9)]

NUMBERS = st.integers(0, 10)


def in_range(pair: tuple[int, int]) -> str:
    return f"{min(pair)} .. {max(pair)}"


TEXTS = st.builds(
    "{}{}".format, st.sampled_from(["", "~ ", "= ", "<= ", "< ", ">= ", "> "]), NUMBERS
) | st.tuples(NUMBERS, NUMBERS).map(in_range)


def meant(text: str) -> list[Fraction]:
    """The values tried that an amount can mean, told without the parser."""
    if ".." in text:
        low, high = map(int, text.split(".."))
        return [value for value in VALUES if low <= value <= high]
    sign, _, number = text.rpartition(" ")
    bound = int(number)
    tests = {
        "<=": lambda value: value <= bound,
        "<": lambda value: value < bound,
        ">=": lambda value: value >= bound,
        ">": lambda value: value > bound,
    }
    return [value for value in VALUES if tests.get(sign, lambda value: value == bound)(value)]


def within_by_trying(observed: str, limit: str) -> bool | None:
    allowed = set(meant(limit))
    answers = {value in allowed for value in meant(observed)}
    return answers.pop() if len(answers) == 1 else None


def compare_by_trying(a: str, b: str) -> int | None:
    orders = {(one > other) - (one < other) for one in meant(a) for other in meant(b)}
    return orders.pop() if len(orders) == 1 else None


def told(text: str) -> Amount:
    return parse_amount(text)


def test_300_kg_of_hexafluoride_are_exactly_202_8_kg_of_uranium() -> None:
    fluoride, uranium = told("300 kg UF6"), told("202.8 kg U")
    assert compare(fluoride, uranium) == 0
    assert fluoride.base == (Fraction(2028, 10), Fraction(2028, 10))
    assert compare(fluoride, told("202.80000000000001 kg U")) == -1
    assert compare(fluoride, told("202.79999999999999 kg U")) == 1
    assert compare(told("0.3 t UF6"), told("202800 g U")) == 0
    assert within(told("1021 kg U"), told("<= 300 kg UF6")) is False
    assert within(told("202.8 kg U"), told("<= 300 kg UF6")) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 t", "1000 kg"),
        ("1 kg", "1000 g"),
        ("3.67 %", "3.67 percent"),
        ("3.67%", "3.670 %"),
        ("1 day", "1 days"),
        ("10 billion USD", "10000 million USD"),
        ("2 trillion EUR", "2000 billion EUR"),
        ("5 thousand", "5000"),
        ("1.5 million barrels/day", "1500000 barrels/day"),
        ("+5", "5"),
        ("= 5060", "5060"),
        ("5 .. 5", "5"),
    ],
)
def test_the_same_amount_in_two_spellings_is_equal(one: str, other: str) -> None:
    assert compare(told(one), told(other)) == 0
    assert compare(told(other), told(one)) == 0


@pytest.mark.parametrize(
    ("text", "low", "high", "open_low", "open_high"),
    [
        ("174.1 kg U", "174.1", "174.1", False, False),
        ("<= 300 kg UF6", None, "300", False, False),
        ("< 300 kg UF6", None, "300", False, True),
        (">= 5 t", "5", None, False, False),
        (">5 t", "5", None, True, False),
        ("100 .. 120 t", "100", "120", False, False),
        ("-2..3.5 %", "-2", "3.5", False, False),
        ("~ 100 .. 120 t", "100", "120", False, False),
        ("5060", "5060", "5060", False, False),
    ],
)
def test_an_amount_keeps_its_bounds_as_written(
    text: str, low: str | None, high: str | None, open_low: bool, open_high: bool
) -> None:
    amount = told(text)
    assert amount.low == (low and Fraction(low))
    assert amount.high == (high and Fraction(high))
    assert (amount.open_low, amount.open_high) == (open_low, open_high)
    assert str(amount) == text


def test_only_a_single_number_is_a_figure() -> None:
    assert told("2441.3 kg U").figure == Fraction("2441.3")
    assert told("~ 2441.3 kg U").figure == Fraction("2441.3")
    for text in ("<= 300 kg UF6", "> 5", "100 .. 120 t"):
        assert told(text).figure is None


def test_only_a_tilde_makes_an_estimate() -> None:
    assert told("~ 2441.3 kg U").estimate
    assert told("~100 .. 120 t").estimate
    for text in ("2441.3 kg U", "<= 300 kg UF6", "100 .. 120 t", "5060"):
        assert not told(text).estimate


def test_a_number_without_a_unit_is_a_count() -> None:
    machines = told("5060")
    assert (machines.measures, machines.unit, machines.factor) == ("count", "", 1)
    assert within(told("5061"), told("<= 5060")) is False
    assert within(told("5060"), told("<= 5060")) is True
    assert within(told("5060"), told("< 5060")) is False


def test_did_not_exceed_keeps_to_the_same_limit_but_not_to_a_lower_one() -> None:
    observed = told("<= 300 kg UF6")
    assert within(observed, told("<= 202.8 kg U")) is True
    assert within(observed, told("< 202.8 kg U")) is None
    assert within(observed, told("<= 200 kg U")) is None
    assert within(told("< 300 kg UF6"), told("< 202.8 kg U")) is True
    assert within(told("> 300 kg UF6"), told("<= 202.8 kg U")) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 billion USD", "10 billion EUR"),
        ("1 kg", "1 kg U"),
        ("1 kg", "1 kg UF6"),
        ("5060", "5060 kg"),
        ("5 %", "5"),
        ("40 MWth", "40 MWe"),
        ("5 days", "5 km"),
    ],
)
def test_what_is_not_alike_is_never_compared(one: str, other: str) -> None:
    for ask in (compare, within):
        for a, b in ((one, other), (other, one)):
            with pytest.raises(DetenteError) as refused:
                ask(told(a), told(b))
            (problem,) = refused.value.problems
            assert problem.code == "unlike-units"
            assert a in problem.what
            assert b in problem.what


@settings(max_examples=1000, deadline=None)
@given(TEXTS, TEXTS)
@example("< 5", "5")
@example("5", "> 5")
@example("<= 5", ">= 5")
def test_an_observation_keeps_to_a_limit_when_all_its_values_do(observed: str, limit: str) -> None:
    assert within(told(observed), told(limit)) is within_by_trying(observed, limit)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, TEXTS)
@example("> 5", "<= 5")
@example("< 5", "5 .. 7")
def test_one_amount_is_more_than_another_when_all_their_values_are(a: str, b: str) -> None:
    assert compare(told(a), told(b)) == compare_by_trying(a, b)


@settings(max_examples=500, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(KNOWN), st.sampled_from(KNOWN))
def test_comparing_the_other_way_round_turns_the_answer_round(
    a: str, b: str, one: str, other: str
) -> None:
    left, right = told(f"{a} {one}"), told(f"{b} {other}")
    there, back = compare(left, right), compare(right, left)
    assert back == (None if there is None else -there)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(KNOWN), st.sampled_from([("kg U", 1000), ("t U", 10**6)]))
def test_an_answer_does_not_hang_on_the_unit_it_is_asked_in(
    a: str, b: str, unit: str, larger: tuple[str, int]
) -> None:
    name, grams = larger
    observed, limit = told(f"{a} {unit}"), told(f"{b} {name}")
    sign, _, figures = b.rpartition(" ") if ".." not in b else ("", "", b)
    numbers = [str(int(number) * grams) for number in figures.split("..")]
    same = told(f"{sign} {' .. '.join(numbers)} g U".strip())
    assert within(observed, limit) is within(observed, same)
    assert compare(observed, limit) == compare(observed, same)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is no amount"),
        ("much", "is no amount"),
        ("kg U", "is no amount"),
        ("<= ", "is no amount"),
        ("=> 5 kg", "is no amount"),
        ("5 " * 5000, "is no amount"),
        ("\u0665 kg", "is no amount"),
        ("5 kgs", "did you mean 'kg'"),
        ("5 millions USD", "did you mean 'million'"),
        ("1,000 kg", "is no unit"),
        ("5 million furlongs", "is no unit"),
        ("1e5 kg", "is no unit"),
        ("120 .. 100 t", "ends below where it begins"),
        ("<= 100 .. 120 t", "has a range and <="),
    ],
)
def test_what_is_no_amount_is_told_with_the_reason(text: str, what: str) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount(text)
    assert what in str(refused.value)
    assert len(str(refused.value)) < 400


@settings(max_examples=500, deadline=None)
@given(st.text("0159.<>=~ -+%kgtUF6USDmilion", max_size=25) | st.text(max_size=90))
def test_any_text_is_an_amount_or_an_amount_error(text: str) -> None:
    try:
        amount = parse_amount(text)
    except AmountError as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert amount.low is not None or amount.high is not None
        assert amount.factor > 0
