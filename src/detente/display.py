"""How results show themselves in a notebook. Rooms further up say how; what is shown only asks."""

from __future__ import annotations

import html
from functools import singledispatch

__all__ = ["Shown", "html_of"]


@singledispatch
def html_of(result: object) -> str:
    """Return a result as HTML; `detente.report` registers how for each kind.

    Examples
    --------
    >>> html_of(["a", 1])
    '<pre>[&#x27;a&#x27;, 1]</pre>'
    """
    return f"<pre>{html.escape(repr(result))}</pre>"


class Shown:
    """What shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return html_of(self)
