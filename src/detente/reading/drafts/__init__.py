"""Drafts confirmed: the analyst walks them, and those accepted are put into the record.

``draft``   a draft entry, a decision, a review in the making
``entry``   an entry as text and back, every problem at its place
``file``    the drafts file, by which a review goes on where it stopped
``ends``    where in the text of a record file a new entry goes
``target``  which file that is, and how it was when it was read
``insert``  entries put into a record file, all else byte for byte
``review``  the steps of a review, with no terminal in it
"""

from detente.reading.drafts.draft import Article, Decision, Draft, Session, Step
from detente.reading.drafts.file import begin, load, save
from detente.reading.drafts.insert import Inserted, insert
from detente.reading.drafts.review import Outcome, Review, default_target

__all__ = [
    "Article",
    "Decision",
    "Draft",
    "Inserted",
    "Outcome",
    "Review",
    "Session",
    "Step",
    "begin",
    "default_target",
    "insert",
    "load",
    "save",
]
