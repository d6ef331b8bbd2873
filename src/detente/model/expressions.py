"""Expressions over options: a small language, its parser and its meaning.

::

    iff-expression := or-expression [("if" | "iff") or-expression]
    or-expression  := and-expression ("or" and-expression)*
    and-expression := negation ("and" negation)*
    negation       := "not" negation | "(" iff-expression ")" | "true" | "false" | option
    option         := [dm "."] name ["is" level]

``A if B`` is false only where B holds and A does not. ``if`` and ``iff`` are not chained without
parentheses, because readers do not agree on what a chain means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from detente.errors import shortened

__all__ = [
    "WORDS",
    "And",
    "Expression",
    "ExpressionError",
    "If",
    "Iff",
    "Literal",
    "Not",
    "Or",
    "Taken",
    "atoms",
    "evaluate",
    "parse_expression",
    "render",
]

WORDS = frozenset({"not", "and", "or", "if", "iff", "is", "true", "false"})
MAX_DEPTH = 50
_TOKEN = re.compile(r"\s*(?:(?P<name>\w+(?:\.\w+)*)|(?P<mark>[()])|(?P<odd>\S))")


class Taken(NamedTuple):
    """The atom: a decision maker's option stands at a choice (1 = taken, or the level's index)."""

    dm: int
    option: int
    choice: int


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


Expression: TypeAlias = "Taken | Literal | Not | And | Or | If | Iff"


def evaluate(expression: Expression, value: Callable[[Taken], Any]) -> Any:
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
        case Taken():
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
    """Yield every atom of an expression, left to right, repeats included."""
    match expression:
        case Taken():
            yield expression
        case Literal():
            return
        case Not():
            yield from atoms(expression.operand)
        case And() | Or():
            for operand in expression.operands:
                yield from atoms(operand)
        case If():
            yield from atoms(expression.then)
            yield from atoms(expression.condition)
        case Iff():
            yield from atoms(expression.left)
            yield from atoms(expression.right)


_BINDING = {Iff: 0, If: 0, Or: 1, And: 2, Not: 3, Literal: 4, Taken: 4}


def render(expression: Expression, name: Callable[[Taken], str]) -> str:
    """Write an expression so that parsing it gives the same one; parentheses only where needed."""

    def inner(part: Expression, above: int) -> str:
        text = write(part)
        return f"({text})" if _BINDING[type(part)] <= above else text

    def write(part: Expression) -> str:
        match part:
            case Taken():
                return name(part)
            case Literal():
                return "true" if part.value else "false"
            case Not():
                return f"not {inner(part.operand, 2)}"
            case And():
                return " and ".join(inner(operand, 2) for operand in part.operands)
            case Or():
                return " or ".join(inner(operand, 1) for operand in part.operands)
            case If():
                return f"{inner(part.then, 0)} if {inner(part.condition, 0)}"
            case Iff():
                return f"{inner(part.left, 0)} iff {inner(part.right, 0)}"

    return write(expression)


class ExpressionError(Exception):
    """An expression that cannot be read: code, what was found, and the offset of the place."""

    def __init__(self, code: str, what: str, offset: int) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.offset = offset


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    offset: int
    kind: str


Resolve: TypeAlias = Callable[[str, "str | None", int, "int | None"], Expression]


def parse_expression(text: str, resolve: Resolve) -> Expression:
    """Parse an expression.

    Parameters
    ----------
    text : str
        The expression as written.
    resolve : callable
        ``resolve(name, level, offset, level_offset)`` gives what an option name stands for; it
        may note an unknown name and return any expression, so that all unknown names are told.

    Raises
    ------
    ExpressionError
        At the first place where the grammar does not go on.
    """
    return _Parser(text, resolve).parse()


class _Parser:
    def __init__(self, text: str, resolve: Resolve) -> None:
        self.resolve = resolve
        self.end = len(text)
        self.tokens: list[_Token] = []
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup or "odd"
            self.tokens.append(_Token(match.group(kind), match.start(kind), kind))
        self.at = 0
        self.depth = 0

    def parse(self) -> Expression:
        if not self.tokens:
            raise ExpressionError("bad-expression", "the expression is empty", 0)
        expression = self.conditional()
        token = self.peek()
        if token is not None:
            self.fail_at(token)
        return expression

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def accept(self, text: str) -> _Token | None:
        token = self.peek()
        if token is not None and token.text == text:
            self.at += 1
            return token
        return None

    def fail_at(self, token: _Token | None) -> None:
        if token is None:
            raise ExpressionError("bad-expression", "the expression ends too early", self.end)
        what = f"{shortened(token.text, 40)!r} does not fit here"
        if token.text.lower() in WORDS and token.text not in WORDS:
            what += f" (the words are lower-case: {token.text.lower()})"
        elif token.text in "&|!~":
            what += " (write not, and, or)"
        elif token.text in ("if", "iff"):
            what += " (a second if or iff needs parentheses)"
        elif token.kind == "name" and token.text not in WORDS:
            what += " (two names need and, or, if or iff between them)"
        raise ExpressionError("bad-expression", what, token.offset)

    def deeper(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            what = f"level {self.depth} opens here"
            raise ExpressionError("expression-too-deep", what, token.offset)

    def conditional(self) -> Expression:
        left = self.disjunction()
        if self.accept("if"):
            return If(left, self.disjunction())
        if self.accept("iff"):
            return Iff(left, self.disjunction())
        return left

    def disjunction(self) -> Expression:
        operands = [self.conjunction()]
        while self.accept("or"):
            operands.append(self.conjunction())
        return operands[0] if len(operands) == 1 else Or(tuple(operands))

    def conjunction(self) -> Expression:
        operands = [self.negation()]
        while self.accept("and"):
            operands.append(self.negation())
        return operands[0] if len(operands) == 1 else And(tuple(operands))

    def negation(self) -> Expression:
        token = self.peek()
        if token is None:
            self.fail_at(token)
        assert token is not None
        if self.accept("not"):
            self.deeper(token)
            operand = self.negation()
            self.depth -= 1
            return Not(operand)
        if self.accept("("):
            self.deeper(token)
            expression = self.conditional()
            closing = self.peek()
            if not self.accept(")"):
                if closing is None:
                    raise ExpressionError("bad-expression", "this ( is never closed", token.offset)
                self.fail_at(closing)
            self.depth -= 1
            return expression
        if self.accept("true"):
            return Literal(True)
        if self.accept("false"):
            return Literal(False)
        if token.kind != "name" or token.text in WORDS:
            self.fail_at(token)
        self.at += 1
        if self.accept("is"):
            level = self.peek()
            if level is None or level.kind != "name" or level.text in WORDS:
                self.fail_at(level)
            assert level is not None
            self.at += 1
            return self.resolve(token.text, level.text, token.offset, level.offset)
        return self.resolve(token.text, None, token.offset, None)
