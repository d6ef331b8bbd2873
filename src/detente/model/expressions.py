"""Expressions over options: what they are made of and what they mean.

``A if B`` is false only where B holds and A does not. `detente.model.grammar` says how they are
written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

__all__ = [
    "And",
    "Expression",
    "Fact",
    "If",
    "Iff",
    "Literal",
    "Not",
    "Or",
    "Taken",
    "atoms",
    "evaluate",
    "render",
    "substitute",
]


class Taken(NamedTuple):
    """The atom: a decision maker's option stands at a choice (1 = taken, or the level's index)."""

    dm: int
    option: int
    choice: int


class Fact(NamedTuple):
    """The atom of a condition: how an entry of the record stands; None is what its kind implies."""

    entry: str
    state: str | None


@dataclass(frozen=True, slots=True)
class Literal:
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class And:
    """Conjunction of two or more."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Disjunction of two or more."""

    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class If:
    """``then if condition``: false only where the condition holds and `then` does not."""

    then: Expression
    condition: Expression


@dataclass(frozen=True, slots=True)
class Iff:
    """Both or neither."""

    left: Expression
    right: Expression


Expression: TypeAlias = "Taken | Fact | Literal | Not | And | Or | If | Iff"


def evaluate(expression: Expression, value: Callable[[Any], Any]) -> Any:
    """Evaluate an expression, given the truth of each atom.

    Parameters
    ----------
    expression : Expression
        What to evaluate.
    value : callable
        From an atom to a bool or a boolean array; arrays broadcast.

    Returns
    -------
    bool or bool array
    """
    match expression:
        case Taken() | Fact():
            return value(expression)
        case Literal():
            return expression.value
        case Not():
            return evaluate(expression.operand, value) ^ True
        case And():
            result = evaluate(expression.operands[0], value)
            for operand in expression.operands[1:]:
                result = result & evaluate(operand, value)
            return result
        case Or():
            result = evaluate(expression.operands[0], value)
            for operand in expression.operands[1:]:
                result = result | evaluate(operand, value)
            return result
        case If():
            return evaluate(expression.then, value) | (evaluate(expression.condition, value) ^ True)
        case Iff():
            return evaluate(expression.left, value) ^ evaluate(expression.right, value) ^ True


def atoms(expression: Expression) -> Iterator[Taken]:
    """Yield every option an expression speaks of, left to right, repeats included."""
    return (leaf for leaf in _leaves(expression) if isinstance(leaf, Taken))


def _leaves(expression: Expression) -> Iterator[Taken | Fact]:
    match expression:
        case Taken() | Fact():
            yield expression
        case Literal():
            return
        case Not():
            yield from _leaves(expression.operand)
        case And() | Or():
            for operand in expression.operands:
                yield from _leaves(operand)
        case If():
            yield from _leaves(expression.then)
            yield from _leaves(expression.condition)
        case Iff():
            yield from _leaves(expression.left)
            yield from _leaves(expression.right)


def substitute(expression: Expression, put: Callable[[Taken], Expression]) -> Expression:
    """Return an expression with something put for every option, and what that decides worked out.

    Examples
    --------
    >>> substitute(Or((Taken(0, 0, 1), Taken(0, 1, 1))), lambda atom: Literal(atom.option == 1))
    Literal(value=True)
    """
    match expression:
        case Taken():
            return put(expression)
        case Fact() | Literal():
            return expression
        case Not():
            inner = substitute(expression.operand, put)
            return Literal(not inner.value) if isinstance(inner, Literal) else Not(inner)
        case And():
            return _joined(And, [substitute(part, put) for part in expression.operands])
        case Or():
            return _joined(Or, [substitute(part, put) for part in expression.operands])
        case If():
            then, condition = (
                substitute(expression.then, put),
                substitute(expression.condition, put),
            )
            if isinstance(condition, Literal):
                return then if condition.value else Literal(True)
            if isinstance(then, Literal):
                return Literal(True) if then.value else Not(condition)
            return If(then, condition)
        case Iff():
            left, right = substitute(expression.left, put), substitute(expression.right, put)
            if isinstance(left, Literal):
                left, right = right, left
            if not isinstance(right, Literal):
                return Iff(left, right)
            if isinstance(left, Literal):
                return Literal(left.value == right.value)
            return left if right.value else Not(left)


def _joined(kind: type[And] | type[Or], parts: Sequence[Expression]) -> Expression:
    """Return a conjunction or disjunction without what is decided in it."""
    decisive = kind is Or
    if any(isinstance(part, Literal) and part.value == decisive for part in parts):
        return Literal(decisive)
    left = tuple(part for part in parts if not isinstance(part, Literal))
    if not left:
        return Literal(not decisive)
    return left[0] if len(left) == 1 else kind(left)


_BINDING = {Iff: 0, If: 0, Or: 1, And: 2, Not: 3, Literal: 4, Taken: 4, Fact: 4}


def render(expression: Expression, name: Callable[[Taken], str]) -> str:
    """Write an expression so that parsing it gives the same one.

    Parentheses stand where they are needed, and around `and` and `or` beside `if` and `iff`.
    """

    def inner(part: Expression, above: int) -> str:
        text = write(part)
        return f"({text})" if _BINDING[type(part)] <= above else text

    def write(part: Expression) -> str:
        match part:
            case Taken():
                return name(part)
            case Fact():
                return part.entry if part.state is None else f"{part.entry} is {part.state}"
            case Literal():
                return "true" if part.value else "false"
            case Not():
                return f"not {inner(part.operand, 2)}"
            case And():
                return " and ".join(inner(operand, 2) for operand in part.operands)
            case Or():
                return " or ".join(inner(operand, 1) for operand in part.operands)
            case If():
                # not needed to be read right, but by people
                return f"{inner(part.then, 2)} if {inner(part.condition, 2)}"
            case Iff():
                return f"{inner(part.left, 2)} iff {inner(part.right, 2)}"

    return write(expression)
