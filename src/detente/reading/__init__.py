"""An article in, draft record entries out. Reading proposes; the analyst confirms.

``opening``      a file -> an article: its text, what it says of itself, what of it is no content
``layout``       paragraphs and sentences, ``quotations`` words in marks
``grammar``      words with tags, phrases that can name somebody; ``words`` the lists behind it
``cast``         whom each phrase names, ``memory`` whom a pronoun stands for
``clauses``      verbs of saying with their subjects, ``cues`` what kind of statement they tell
``speakers``     who said what stands in quotation marks, and how sure that is
``statements``   what is demanded, denied, foretold; ``dates``, ``measures``, ``manner``
``read``         all of it together
``claims``       what the text says of things that a record holds, ``against`` the two compared
``proposals``    draft entries, ``drafts`` their way into a record
"""

from __future__ import annotations

from detente.reading.opening import article_of
from detente.reading.read import Reading, read

__all__ = ["Reading", "read", "read_article"]


def read_article(
    text: bytes | str, *, name: str = "<text>", published: str | None = None
) -> Reading:
    """Read an article given as text or as the bytes of a file.

    Parameters
    ----------
    text : bytes or str
    name : str
        What to call it in messages.
    published : str, optional
        The day it was published, ``2021-10-30``.

    Raises
    ------
    DetenteError
        If it is no article.

    Examples
    --------
    >>> found = read_article("“We will not sign,” Ana Petrov said.")
    >>> [(one.kind, one.holder.name) for one in found.statements]
    [('refusal', 'Ana Petrov')]
    """
    return read(article_of(text, name, published=published))
