"""The words of dates: months, days, numbers, units, zones, and the patterns made of them."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = [
    "AND_HALF",
    "CLOCK",
    "COUNTED",
    "DASH",
    "DAY",
    "MONTH",
    "MONTHS",
    "NAMED",
    "NUMBER",
    "ORDINAL",
    "ORDINALS",
    "SEASON",
    "SEASONS",
    "TO",
    "TRIGGER",
    "UNIT",
    "WEEKDAY",
    "WEEKDAYS",
    "YEAR",
    "YEAR_NOUN",
    "ZONES",
    "S",
    "number",
]

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

#: number of a month by the first three letters of its name, in small letters
MONTHS = {name[:3].lower(): k for k, name in enumerate(_MONTHS, start=1)}
#: number of a day of the week, Monday 0, in the same way
WEEKDAYS = {name[:3].lower(): k for k, name in enumerate(_WEEKDAYS)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
#: hours ahead of UTC; zones of which there are several by one name are left out
ZONES = {
    "GMT": 0, "UTC": 0, "Z": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: k for k, word in enumerate(_ONES + _TEENS, start=1)}
_LARGE = {word: 20 + 10 * k for k, word in enumerate(_TENS)}

#: space between the words of a date; a line may break there
S = r"\s{1,3}"
DASH = r"\s?[-\u2013]\s?|—"
TO = rf"{S}(?:to|through|until|till){S}"

_ABBREVIATED = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
MONTH = (
    rf"(?:(?:{'|'.join(_MONTHS)}|{'|'.join(m.upper() for m in _MONTHS)})\b"
    rf"|(?:{_ABBREVIATED})(?:\.|\b(?={S}\d)))"
)
WEEKDAY = (
    rf"(?:(?:{'|'.join(_WEEKDAYS)}|{'|'.join(d.upper() for d in _WEEKDAYS)})\b"
    r"|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
ORDINAL = r"(?:st|nd|rd|th)\b"
SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)\b"

#: what makes the number before it an amount, not a year
COUNTED = (
    r"(?:people|persons?|troops|soldiers|men|women|children|civilians|fighters|refugees|migrants"
    r"|workers|dollars|euros|pounds|roubles|rubles|rials|barrels|tons|tonnes|kilomet\w+|km|miles"
    r"|met(?:re|er)s?|feet|acres|hectares|votes|cases|deaths|casualties|dead|wounded|injured"
    r"|prisoners|detainees|ships|vessels|aircraft|tanks|missiles|rockets|drones|centrifuges|kg"
    r"|kilo\w*|MW|GMT|UTC|hours|hrs|pages|words|homes|houses|families|students|protesters"
    r"|demonstrators|police|officers|others|more|units|points|times|jobs|per\s?cent|degrees|members"
    r"|weapons|warheads|villages|targets|square|cubic|million|billion|or\s(?:so|more))\b"
)
#: a year that is no more than that: not a part of a longer number, an amount or a code
YEAR = rf"(?:1\d|20|21)\d\d(?![\w%°]|[.,:/]\d)(?!{S}{COUNTED})"
#: what a bare year may stand before
YEAR_NOUN = (
    r"(?:[a-z]+-)?(?:wars?|revolution|deal|agreements?|accords?|treaty|pact|elections?|crisis"
    r"|summit|talks|laws?|resolutions?|coup|invasion|constitution|referendum|uprising|protests?"
    r"|cease-?fire|truce|attacks?|bombings?|conventions?|declaration|protocol|acts?|sanctions"
    r"|budget|census|peace|plan|report|vote|conference|negotiations|framework|memorandum|charter"
    r"|settlement|massacre|earthquake|conflict|partition|armistice|annexation|withdrawal|campaign"
    r"|decision|ruling|statement|roadmap|initiative|proposal|hostilities|offensive|intervention)\b"
)
#: nouns that make a date before them part of a proper name
NAMED = (
    r"(?:Army|Brigades?|Movement|Group|Front|Martyrs|Revolution|War|Uprising|Accords?|Agreements?"
    r"|Square|Street|Avenue|Road|Bridge|University|Stadium|Airport|Battalion|Division|Regiment"
    r"|Corps|Forces|Committee|Party|Coalition|Alliance|Surprise|Crisis|Days?|Intifada|Offensive"
    r"|Times|Telegraph|Mirror|Express|Mail|Post|Herald|Independent|World|Tribune|Sun|Massacre"
    r"|Foundation|Network|Club|Institute|Coup|Programme|Program|parades?|marches)\b"
)

_NUMERAL = r"\d{1,4}(?:\.5)?(?![\d%]|[.,:/]\d)"
_SPELLED = (
    rf"(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES)}))?\b"
    rf"|(?:{'|'.join(_TEENS)}|{'|'.join(_ONES)})(?!(?:{S}|-)(?:thousand|million|dozen|hundred))\b"
    r"|(?:an?|one|two|three)\s(?:dozen|hundred)\b"
)
NUMBER = rf"(?:{_NUMERAL}|(?i:{_SPELLED}))"
AND_HALF = r"[-\s]and[-\s](?:a|one)[-\s]half\b"
UNIT = r"(?:hour|day|week|fortnight|month|year|decade|centur(?=y|ies))(?:s|y|ies)?\b"
#: a time of day, with or without its zone
CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)|\.(?P<minute2>[0-5]\d)(?=\s?[ap]\.?m)"
    r"|(?=\s?[ap]\.?m\b)|(?=\s?o[\u2019']clock))|(?P<four>(?:[01]\d|2[0-3])[0-5]\d)(?=\s(?:GMT|UTC)))"
    r"(?!\d)(?:\s?(?:(?P<half>[ap])\.?m\b\.?|o[\u2019']clock))?"
    r"(?:\s?\(?(?P<zone>GMT|UTC|BST|CES?T|EES?T|MSK|E[SD]T|CDT|M[SD]T|P[SD]T|Z)\b"
    r"(?P<shift>[+-]\d{1,2}(?!\d))?\)?|\slocal\stime)?"
)

#: where a date may begin; everything else is passed over
TRIGGER = re.compile(
    r"(?<![\w$€£¥#№+/])(?<!\d[.,:])(?:\d+"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV"
    r"|DEC|Mon|Tue|Wed|Thu|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN"
    r"|[Tt](?:oday|omorrow|onight)\b|[Yy]esterday\b|[Qq][1-4]\b"
    r"|(?:[Ll]ast|[Pp]ast|[Nn]ext|[Tt]his|[Cc]oming|[Cc]urrent|[Pp]revious|[Pp]receding"
    r"|[Ff]ollowing|[Ss]ame|[Tt]hat)\b"
    r"|Christmas|(?:[Tt]he\s)?[Nn]ew\s[Yy]ear(?!\s[A-Z])"
    r"|[Ff](?:irst|ourth|inal)\b|[Ss]econd\b|[Tt]hird\b"
    r"|[Tt]he(?=\s{1,3}(?:day|week|month|year|spring|summer|autumn|fall|winter)\w*\b)"
    rf"|{SEASON}|[\u2019'](?=\d\d)"
    r"|[Aa]n?(?=\s{1,3}(?:day|week|fortnight|month|year|decade|century|dozen|hundred|quarter)\b)"
    r"|[Hh]alf\b"
    rf"|(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven"
    r"|[Tt]welve|[Tt]hirteen|[Ff]ourteen|[Ff]ifteen|[Ss]ixteen|[Ss]eventeen|[Ee]ighteen"
    r"|[Nn]ineteen|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty"
    r"|[Nn]inety)\b)"
)


def number(words: str) -> Fraction:
    """Return the number that words or digits matched by `NUMBER` name."""
    text = words.lower()
    if text[0].isdigit():
        return Fraction(text)
    parts = text.replace("-", " ").split()
    if parts[-1] in ("dozen", "hundred"):
        return Fraction(_SMALL.get(parts[0], 1) * (12 if parts[-1] == "dozen" else 100))
    return Fraction(sum(_SMALL.get(part, 0) + _LARGE.get(part, 0) for part in parts))
