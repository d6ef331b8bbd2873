"""Verbs that report what somebody says, with the kind of statement each tells."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from detente.reading.found import Kind

__all__ = ["Form", "form_of", "kind_with"]


class Form(NamedTuple):
    """One form of a verb.

    Attributes
    ----------
    lemma : str
    kind : str
        The kind of statement it tells; ``assertion`` where its content tells more.
    shape : str
        ``past`` (and participle), ``present``, ``base`` or ``ing``.
    noun : bool
        Whether the same word is a noun as well: demands, offers, claims.
    weak : bool
        Whether it tells of speech only before a quotation or a clause: continued that, put it.
    speech : bool
        Whether words in quotation marks may be said by its subject; not so of turned down.
    """

    lemma: str
    kind: Kind
    shape: str
    noun: bool
    weak: bool
    speech: bool


#: kind: verbs; a slash gives past and participle of irregular ones; * marks forms that are nouns too
_VERBS: dict[Kind, str] = {
    "assertion": """
        say/said tell/told add note* state* announce tweet* write/wrote/written post* declare remark*
        explain stress emphasise emphasize underline underscore comment* report* observe reply*
        respond answer* continue conclude recall confirm acknowledge admit concede argue maintain
        contend claim* suggest hint* signal* indicate reiterate repeat affirm assert testify reveal
        disclose speak/spoke/spoken quip joke* shout* whisper murmur cite quote* estimate* believe
        describe clarify elaborate point* describe put/put recount tell/told think/thought caution
        retort counter* muse read/read inform brief* call* insist hold/held object* protest*
        complain stipulate specify sum* intone sigh* snap growl chuckle ask profess proclaim
        feel/felt hope* characterise characterize term* label* brand* dub portray
    """,
    "accusation": "accuse blame* charge* allege castigate",
    "denial": "deny refute rebut dispute* disavow dismiss",
    "demand": """
        demand* urge* require want* request* implore beseech order* press appeal* seek/sought
        expect petition*
    """,
    "offer": "offer* propose",
    "acceptance": "accept agree consent* endorse assent*",
    "refusal": "reject refuse* decline* spurn rebuff* veto* rule*",
    "threat": "threaten",
    "warning": "warn caution* alert*",
    "promise": "promise* vow* pledge* undertake/undertook/undertaken commit guarantee* swear/swore/sworn assure",
    "forecast": "predict forecast*/forecast foresee/foresaw/foreseen anticipate foretell/foretold reckon",
    "reaction": """
        apologise apologize turn* shrug* wave* brush* give*/gave/given doubt* advise back* bow balk baulk
        leave/left walk stand/stood make/made lay/laid issue* raise* set/set stick/stuck drop* throw/threw
        come/came go/went say take/took talk grant boycott* capitulate relent yield stonewall snub* scorn
        denounce condemn welcome* praise* regret* deplore hail* criticise criticize applaud lament* commend
        decry slam* blast* celebrate mourn salute thank* congratulate rejoice voice* express
    """,
}  # fmt: skip

#: they tell a kind with the words behind them, and no speech of their own
_DEEDS = frozenset(
    "turn shrug wave brush give back bow balk baulk leave walk stand make lay issue raise set stick "
    "drop throw come go take boycott capitulate relent yield stonewall snub scorn seek want".split()
)
_WEAK = frozenset(
    "continue read hold maintain recall feel think observe describe brief label term brand dub "
    "report cite signal speak conclude answer respond reply state note post write quote comment hint "
    "characterise characterize portray profess remark charge sum believe counter mourn assure commit "
    "celebrate joke indicate reveal disclose acknowledge".split()
)
#: what a verb tells together with the words behind it; the first that fits counts, "" for none
_FRAMES: dict[str, tuple[tuple[str, Kind | None], ...]] = {
    "turn": ((r"(?:\w+ ){0,5}?down\b", "refusal"), ("", None)),
    "shrug": ((r"(?:\w+ ){0,4}?off\b", "refusal"), ("", None)),
    "wave": ((r"(?:\w+ ){0,5}?(?:aside|away|off)\b", "refusal"), ("", None)),
    "brush": ((r"(?:\w+ ){0,5}?(?:aside|away|off)\b", "refusal"), ("", None)),
    "rule": ((r"(?:\w+ ){0,4}?out\b", "refusal"), (r"that\b", "assertion"), ("", None)),
    "call": (
        (r"(?:\w+ ){0,3}?(?:on|for|upon)\b", "demand"),
        (r"off\b", None),
        (r".*\b(?:baseless|unfounded|untrue|false|absurd|nonsense|lies?|fabricat\w+|inventions?|groundless|fiction)\b", "denial"),
        (r".*\b(?:liars?|traitors?|thie(?:f|ves)|murderers?|terrorists?|aggressors?|criminals?|pirates?|illegal|breach|violation|crime|theft|treason|aggression|provocation|blackmail|piracy|act of (?:war|aggression|piracy|hostility))\b", "accusation"),
        (r".*\b(?:unacceptable|non-starter|out of the question|dead)\b", "refusal"),
        (r".*\b(?:fairy tales?|smear|slander|hoax|myth|rubbish)\b", "denial"),
        (r"an? (?:\w+ )?(?:strike|halt|meeting|vote|election|conference|truce|referendum|summit|general|cease-?fire|rally|session|poll|press|news)\b", None),
        (r".*\b(?:refusal|disgrace|farce|joke|insult|shame|milestone|breakthrough|victory|triumph|mistake|step|madness|folly|tragedy|disappoint\w+|historic|welcome|regrettable|outrag\w+|shameful|cynical|humiliat\w+|generous|brave|good|bad)\b", "reaction"),
        (r"(?:it |him |her |them |the |this |that |its |his |her |their |an? )", "assertion"),
        ("", None),
    ),
    "give": ((r"in\b", "acceptance"), (r"(?:\S+ ){1,7}?(?:days?|weeks?|months?|hours?|until|a year|an ultimatum|a deadline)\b", "demand"),
             (r"(?:\w+ )?(?:assurances?|guarantees?|a (?:pledge|promise|guarantee))\b", "promise"), ("", None)),
    "ask": ((r"(?:not to be named|to remain anonymous|not to be identified|(?:\w+ )?(?:politely|again)$|whether|if|how|why|who|what|when|where|about)\b", None), (r"(?:\S+ ){0,6}?(?:to|for|that)\b", "demand"), ("", None)),
    "tell": ((r"(?:\S+ ){1,4}?(?:not )?to (?!reporters|parliament|the)\w+", "demand"),),
    "advise": ((r"(?:\S+ ){0,5}?(?:to|against|not)\b", "demand"), ("", None)),
    "insist": ((r"(?:up)?on\b(?! saying)", "demand"),
               (r"that (?:\S+ ){1,6}?(?:be|pay|withdraw|return|release|leave|stop|lift|end|open|give|hand|sign|respect|remain|take|come|accept|apologi[sz]e|honou?r|dismantle|guarantee|recogni[sz]e)\b", "demand")),
    "seek": ((r"(?:an? |the |\w+ )?(?:guarantees?|assurances?|compensation|apology|return|release|withdrawal|lifting|removal|end|extradition|damages)\b", "demand"), ("", None)),
    "press": ((r"(?:\S+ ){0,5}?(?:for|to)\b", "demand"), ("", None)),
    "appeal": ((r"(?:\S+ ){0,6}?(?:for|to)\b", "demand"), ("", None)),
    "order": ((r"(?:\S+ ){1,5}?(?:to|out|off)\b", "demand"), ("", None)),
    "denounce": ((r".*\bfor \w+ing\b", "accusation"),),
    "doubt": ((r"it\b", "denial"), (r"(?:that|whether|if|the)\b", "forecast"), ("", None)),
    "refute": (("", "denial"),),
    "back": ((r"down\b", "acceptance"), ("", None)),
    "bow": ((r"to\b", "acceptance"), ("", None)),
    "yield": ((r"to\b", "acceptance"), ("", None)),
    "relent": (("", "acceptance"),),
    "capitulate": (("", "acceptance"),),
    "balk": (("", "refusal"),),
    "baulk": (("", "refusal"),),
    "snub": (("", "refusal"),),
    "scorn": (("", "refusal"),),
    "stonewall": (("", "refusal"),),
    "boycott": (("", "refusal"),),
    "walk": ((r"(?:out|away)\b", "refusal"), ("", None)),
    "stand": ((r"by its refusal|firm\b", "refusal"), ("", None)),
    "stick": ((r"to (?:its|his|her|their) (?:refusal|no)\b", "refusal"), ("", None)),
    "leave": ((r"(?:\w+ )?(?:the door|open the)\b", "offer"), ("", None)),
    "lay": ((r"(?:\w+ )?(?:down|out) (?:\w+ )?(?:conditions?|terms|demands)\b", "demand"),
            (r"(?:the |all )?blame\b", "accusation"), ("", None)),
    "put": ((r"(?:the |all |full )?blame\b", "accusation"), (r"the (?:odds|chances)\b", "forecast"),
            (r"forward\b", "offer"), (r"it\b", "assertion"), ("", None)),
    "set": ((r"(?:\w+ )?(?:conditions?|terms|an? deadline|an ultimatum)|out (?:\w+ )?(?:conditions?|terms|demands)", "demand"), ("", None)),
    "make": ((r"(?:an?|a new|its|his|her|their) (?:\w+ )?offer\b", "offer"),
             (r"(?:it |\w+ )?(?:clear|plain|known)\b", "assertion"),
             (r"(?:\w+ )?(?:no secret|no concession)", None), ("", None)),
    "issue": ((r"(?:an? )?(?:\w+ )?(?:ultimatum|demand)", "demand"), (r"(?:an? )?(?:\w+ )?denials?\b", "denial"),
              (r"(?:an? )?(?:\w+ )?warnings?\b", "warning"), (r"(?:an? )?(?:\w+ )?threats?\b", "threat"), ("", None)),
    "raise": ((r"(?:the )?(?:prospect|possibility|spectre|alarm)\b", "warning"), (r"(?:\w+ )?(?:concerns?|objections?)", "reaction"), ("", None)),
    "voice": ((r"(?:\w+ )?(?:\w+ )?(?:concern|regret|dismay|support|satisfaction|relief|hope|alarm|anger|outrage|doubt|unease)\w*", "reaction"), ("", None)),
    "express": ((r"(?:\w+ )?(?:\w+ )?(?:concern|regret|dismay|support|satisfaction|relief|alarm|anger|outrage|unease|condolences|gratitude|solidarity|shock)\w*", "reaction"),
                (r"(?:\w+ )?(?:hope|confidence|optimism|doubt)\w*", "forecast"), (r"(?:\w+ )?(?:readiness|willingness)", "offer"), ("", None)),
    "drop": ((r"(?:\w+ ){0,3}?(?:objections?|demands?|resistance|veto)", "acceptance"), ("", None)),
    "throw": ((r"(?:\w+ )?(?:out|cold water)", "refusal"), ("", None)),
    "come": ((r"out (?:\w+ )?(?:in favou?r|for)\b", "acceptance"), (r"out (?:\w+ )?against\b", "refusal"), ("", None)),
    "go": ((r"along with\b", "acceptance"), (r"on to \w+|on record", "assertion"), ("", None)),
    "take": ((r"(?:issue|exception|offen[cs]e)\b", "reaction"), (r"(?:back )?(?:\w+ )?(?:the|up the) offer", "acceptance"), ("", None)),
    "talk": (("", None),),
    "grant": ((r"that\b", "assertion"), ("", None)),
    "point": ((r"out\b", "assertion"), (r"(?:a|the) finger", "accusation"), ("", None)),
    "protest": ((r"that\b", "assertion"), ("", "reaction")),
    "object": ((r"that\b", "assertion"), ("", "reaction")),
    "complain": ((r"(?:that|of|about)\b", "accusation"), ("", "accusation")),
    "agree": ((r"with\b|to (?:nothing|none)\b", None), (r"(?:that|on that|with (?:him|her|them))\b", "assertion"), (r"(?:never|not) to\b", "promise")),
    "expect": ((r"(?:\S+ ){0,5}?(?:to|no|nothing|that|little|talks|an?|the|much)\b", "forecast"), ("", None),),
    "hope": ((r"(?:that|for|to)\b", "forecast"), ("", None)),
    "estimate": ((r"that\b", "assertion"), ("", None)),
    "speak": ((r"of (?:an? |the )?(?:\w+ )?(?:breach|betrayal|aggression|provocation|violation)", "accusation"), ("", None)),
    "want": ((r"(?:nothing|none|no)\b", "refusal"),),
    "decline": ((r"(?:\w+ )?to (?:comment|speculate|say|elaborate|answer|be named|give|discuss details)", None), (r"(?:to|the|an|any)\b", "refusal"), ("", None)),
    "refuse": ((r"(?:\w+ )?to (?:comment|speculate|say|elaborate|answer|be named)", None),),
    "propose": ((r"(?:\w+ )?(?:that|a|an|to|the|talks|joint)\b", "offer"),),
    "confirm": ((r"(?:that|the|a|an|it|he|she|they|\d)\b", "assertion"), ("", None)),
}  # fmt: skip

_DOUBLED = frozenset("commit admit quip dub snap rebut slam shrug drop snub".split())


@cache
def _forms() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for kind, verbs in _VERBS.items():
        for entry in verbs.split():
            noun = "*" in entry
            lemma, *irregular = entry.replace("*", "").split("/")
            past = irregular or [_past(lemma)]
            shapes = [(lemma, "base"), (_third(lemma), "present"), (_ing(lemma), "ing")]
            # put and set are their own past
            shapes = [(one, "past") for one in past if one == lemma] + shapes
            shapes += [(one, "past") for one in past]
            for word, shape in shapes:
                # the first kind that names a verb keeps it: caution is an assertion by content
                forms.setdefault(word, Form(lemma, kind, shape, noun, lemma in _WEAK, lemma not in _DEEDS))
    return forms


@cache
def _frames() -> dict[str, tuple[tuple[re.Pattern[str], Kind | None], ...]]:
    return {
        lemma: tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in frames)
        for lemma, frames in _FRAMES.items()
    }


def kind_with(form: Form, following: str) -> Kind | None:
    """Return the kind that a verb tells together with the words behind it; None for none."""
    for pattern, kind in _frames().get(form.lemma, ()):
        if pattern.match(following):
            return kind
    return form.kind


def form_of(word: str) -> Form | None:
    """Return which form of which verb of saying a word in lower case is, if it is one."""
    return _forms().get(word)


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if lemma in _DOUBLED else "") + "ed"


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if lemma in _DOUBLED | {"put"} else "") + "ing"
