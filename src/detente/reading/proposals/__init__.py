"""What was read as draft entries of a record, which an analyst confirms one by one.

``people``   the actors that drafts name: those of the record, and new ones
``matches``  what the record holds already of a draft, or says otherwise
``entries``  statements, measures and the source as entries
"""

from detente.reading.proposals.entries import drafts_of

__all__ = ["drafts_of"]
