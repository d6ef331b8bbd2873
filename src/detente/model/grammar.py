"""How expressions are written, and the parser.

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
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from detente.errors import shortened
from detente.model.expressions import And, Expression, If, Iff, Literal, Not, Or

__all__ = ["WORDS", "ExpressionError", "parse_expression"]

WORDS = frozenset({"not", "and", "or", "if", "iff", "is", "true", "false"})
MAX_DEPTH = 50
_TOKEN = re.compile(r"\s*(?:(?P<name>\w+(?:[.-]\w+)*)|(?P<mark>[()])|(?P<odd>\S))")


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
