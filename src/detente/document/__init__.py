"""Texts the analyst wrote, with the place of every value, and texts written back whole.

``files``  reading a text whole or telling why not; writing one whole or not at all
``tree``   a YAML file as a tree of nodes that remember line and column
``shape``  holding a tree against a pydantic model, every problem told with its place
"""

from detente.document.files import MAX_BYTES, read_text, write_whole
from detente.document.tree import Document, ListNode, MapNode, Node, Plain, Scalar

__all__ = [
    "MAX_BYTES",
    "Document",
    "ListNode",
    "MapNode",
    "Node",
    "Plain",
    "Scalar",
    "read_text",
    "write_whole",
]
