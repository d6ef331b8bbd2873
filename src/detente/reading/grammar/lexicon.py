"""Closed lists of words, from the list of that name."""

from __future__ import annotations

from detente.reading.words.patterns import word_set

__all__ = [
    "ADVERBS",
    "COMMON",
    "DEPARTMENTS",
    "DETERMINERS",
    "DOCUMENTS",
    "FEMALE",
    "FEMALE_NAMES",
    "GROUPS",
    "INSTITUTIONS",
    "MALE",
    "MALE_NAMES",
    "MODIFIERS",
    "NUMBERS",
    "OFFICES",
    "PARTICLES",
    "POSSESSIVES",
    "PRONOUNS",
    "TITLES",
]

ADVERBS = word_set("adverbs")
COMMON = word_set("common")
DEPARTMENTS = word_set("departments")
DETERMINERS = word_set("determiners")
DOCUMENTS = word_set("documents")
FEMALE = word_set("female")
FEMALE_NAMES = word_set("female names")
GROUPS = word_set("groups")
INSTITUTIONS = word_set("institutions")
MALE = word_set("male")
MALE_NAMES = word_set("male names")
MODIFIERS = word_set("modifiers")
NUMBERS = word_set("numbers")
OFFICES = word_set("offices")
PARTICLES = word_set("particles")
POSSESSIVES = word_set("possessives")
PRONOUNS = word_set("pronouns")
TITLES = word_set("titles")
