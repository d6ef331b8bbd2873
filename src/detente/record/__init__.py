"""The sourced record: what was promised, done, said and demanded, according to whom.

``dates``, ``durations``, ``quantities``  what a date and an amount mean, and how they compare
``entries``, ``actors``, ``claims``       the kinds of entries; their shape is the file format
``load``, ``references``, ``check``       a dossier folder in, every problem of it told
``record``                                all entries by id
``accounts``                              the one rule by which no side is taken
``stand`` -> ``standing``                 how things stood on a date, from a viewpoint
``comparison``, ``timeline``              claims held against the record; the record in time
"""

from detente.record.load import load_record, read_record
from detente.record.record import Record
from detente.record.standing import Standing
from detente.record.timeline import timeline
from detente.record.viewpoint import Viewpoint

__all__ = ["Record", "Standing", "Viewpoint", "load_record", "read_record", "timeline"]
