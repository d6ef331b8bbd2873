"""An article in, draft record entries out. Reading proposes; the analyst confirms."""

from __future__ import annotations

__all__ = ["read_article"]


def read_article(
    text: bytes | str, *, name: str = "<text>", published: str | None = None
) -> "Reading":
    """Read an article given as text or as the bytes of a file."""
    from detente.reading.opening import article_of
    from detente.reading.read import read
    return read(article_of(text, name, published=published))
