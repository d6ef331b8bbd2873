"""What the words said tell of the kind of a statement, where the verb tells no more than said.

A clause is looked at for who it is about (the holder or another), whether it looks ahead or back,
whether it is negated, hangs on a condition, and does harm or good to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.reading.cues.harm import BAD_END, HARM_DONE, HARM_TO_COME, HELP, HELPED
from detente.reading.found import Kind

__all__ = ["content_kind", "content_parts", "likelihood_in"]

_FLAGS = re.IGNORECASE | re.VERBOSE


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, _FLAGS)


_SENTENCE = re.compile(r"[^.!?;]+[.!?;]?|[.!?;]")
_LEAD = r"^\W*(?:(?:that|and|but|so|then|now|yes|no|today|because|while|still|here)[,\s]+)*(?:(?:if|in|on|after|by|until|unless|with|from|for|as|when|first|second|third|within)\b[^,]{2,80},\s+)?"
#: "we" in a quotation, "he" and "it" in what follows "said that"
_SELF_QUOTED = _pattern(_LEAD + r"(?:we|I|our\s\w+(?:\s\w+)?|my\s\w+(?:\s\w+)?|all\ of\ us|both\ of\ us)\b")
_SELF_TOLD = _pattern(_LEAD + r"(?:he|she|it|they|we|his\s\w+|her\s\w+|its\s\w+(?:\s\w+)?|their\s\w+(?:\s\w+)?)\b")

_NOT = r"(?:not|never|n[’']t|no\ longer|neither|hardly)"
_CONDITION = _pattern(
    r"\b(?:if|unless|provided|providing|as\ soon\ as|once|on\ condition|in\ (?:return|exchange)|as\ long\ as|so\ long\ as|should\ the|should\ it|until|in\ case|when)\b"
)
_CONDITION_BAD = _pattern(r"^\W*should\b|\b(?:if|unless|otherwise|or\ else|should\ (?:the|it|they|any)|until|in\ case|without)\b")
_AHEAD = r"(?:will|would|shall|[’']ll|[’']d|(?:is|are|was|were|am)\ going\ to|could|might|may|can)"

_DENIAL = _pattern(rf"""
    \bno\ truth\b | \bthere\ (?:are|were|was)\ no\b(?!\ (?:question|room|winners?|need|reason|time)) | \b(?:an|pure|mere|sheer)\ invention\b | \bnot?\ (?:at\ all\ )?true\b | \buntrue\b | \bunfounded\b | \bbaseless\b | \bgroundless\b | \bfairy\ tales?\b
  | \bnonsense\b | \bfabricat\w+ | \b(?:pure|complete|total|utter|sheer|outright|simply|plain|entirely|completely|totally|are|is|was|were)\ (?:a\ )?(?:false|fiction|inventions?|lies?|fantasy|wrong|myth|hoax|rumou?rs?)\b
  | \bfalse\ (?:report|claim|allegation|accusation|story)s?\b | \bnothing\ to\ do\ with\b | \bnothing\ of\ the\ (?:sort|kind)\b | \bno\ such\b
  | \b(?:absurd|ridiculous|ludicrous|invented|made\ up|made-up|propaganda|smear|slander|libel)\b
  | \b(?:is|are|was|were)(?:\ not|n[’']t)\ (?:aimed|directed|about|a\ threat|against|behind|involved|responsible|seeking|building|in\ breach|at\ fault|to\ blame|guilty|preparing|planning|true|on\ our)\b
  | \bhad\ no\ (?:role|part|hand|knowledge|plans?|troops|intention\ of\ (?:attacking|invading|closing))\b | \bno\ (?:role|part|hand|involvement)\ in\b
  | ^\W*(?:no|not\ a\ single|not\ one|none\ of\ (?:our|its|the)|nobody)\b[^,]{{0,40}}?\ (?:was|were|has|have|had|left|crossed|fired|entered|took|came|went|did|\w+ed)\b
  | \b(?:have|has|had)\ (?:broken|violated|breached|hidden|signed|promised|made|sent|sold|given|received|done|taken)\ (?:no|nothing|none)\b
""")
_DENIAL_SELF = _pattern(rf"""
    \b(?:have|has|had|[’']ve)(?:\ {_NOT}|n[’']t)\ (?!(?:yet|decided|forgotten|changed|given\ up|ruled|finished|received\ an)\b)(?:\w+\ )?\w+(?:ed|en|own|old|ade|one|ent|un|ung|een|aken|ught|ost|ut|et)\b
  | \b(?:did\ not|didn[’']t)\ (?!(?:know|believe|expect|think|want|see|need|accept|agree|rule|come|get|understand|like|trust|mean)\b)
  | \bnever\ (?!(?:again|accept|agree|to|be|mind|allow|give|forget|surrender|sign|yield)\b)\w+(?:ed|oke|ent|old|ave|ook|ew|aid|ade|ought|ot|an|id)\b
  | \b(?:carr\w+|are|is|was|were|am)\b[^,]*,\ not\b | \bonly\ (?:defend|def\w+|carr\w+|transport\w+|for\ (?:peaceful|civilian|medical))\b
""")

_REFUSAL = _pattern(rf"""
    \bthere\ (?:is|was|are|were)\ (?:no\ (?:question|room|going|deal|compromise|place)|nothing\ to)\b
  | \bthere\ (?:can|will|could|would|shall)\ (?:\w+\ )?be\ (?:no|nothing\ to)\b(?!\ (?:doubt|evidence|need\ to\ (?:worry|panic|fear)|war|winners?|sign|truth|reason\ to\ (?:wait|panic|fear)))
  | \bout\ of\ the\ question\b | \bnot?(?:\ |-)negotiable\b | \bnon-negotiable\b | \bnot\ up\ for\b | \bnot\ for\ sale\b | \bno\ going\ back\b
  | \b(?:unacceptable|not\ acceptable|off\ the\ table|red\ lines?|a\ non-starter|over\ my\ dead|no\ intention\ of|no\ plans?\ to|no\ question\ of|no\ deal|nothing\ doing|not\ interested|no\ interest\ in|no\ need\ (?:of|for))\b
  | \bnot\ (?:a\ |one\ )(?:single\ )?(?:inch|step|metre|meter|drop|cent|penny|stone|word|man|soldier|ship)\b | \bunder\ no\ circumstances\b
  | ^\W*(?:nobody|no\ one|no\ \w+(?:\ \w+)?|none\ of\ us)\ (?:will|shall|can|could|may|would|is\ going\ to)\b
  | \b(?:will|would|shall|can|could)(?:\ not|\ never|not|n[’']t)\ be\ (?!(?:open|able|easy|enough|forgotten|the\ last|the\ end|surprised|long|safe|possible|there|better|worse|ready|known|war|peace)\b)(?:\w+\ )?\w+
  | \b(?:won[’']t|can[’']t|shan[’']t)\ be\ (?:bullied|blackmailed|dictated|traded|sold|moved|forced|drawn|lowered|shared|given)\b
  | \b(?:sooner|rather)\ \w+(?:\ \S+){{0,6}}\ than\b | \bbefore\ I\ sign\b | \bnot\ (?:us|me|now|ever|while|as\ long\ as|at\ gunpoint|under)\b
  | \btoo\ (?:much|little|late\ for\ talks)\ (?:to\ ask)?\b | \brul(?:e|ed|es|ing)\ (?:it|that|this)?\ ?out\b | \breject(?:s|ed)?\b | \bnever\ again\b | \bno\ thanks?\b
  | \bnever\ to\b | \bno,\ (?:never|thank) | \bwants?\ (?:none|nothing|no\ part)\b | \bno\ (?:talks|negotiations?|concessions?|compromise|surrender|retreat)\b
""")
_REFUSAL_SELF = _pattern(rf"""
    \b(?:will|would|shall|can|could|must)(?:\ not|\ never|not|\ no\ longer|n[’']t)\ (?!(?:hesitate|be\ (?:surprised|long|able|ready)|know|say|see|tell|rest\ until|forget|stand\ (?:idly|by)|let\ (?:this|it)\ (?:pass|stand)|comment|speculate)\b)\w+
  | \b(?:won[’']t|wouldn[’']t|can[’']t|cannot|couldn[’']t|shan[’']t|[’']ll\ never|[’']d\ never|will\ neither)\ (?!(?:hesitate|know|say|tell|comment|speculate|rest|believe|see)\b)\w+
  | \b(?:do|does|did|are|is|am|was|were)(?:\ not|n[’']t)\ (?:\w+\ )?(?:accept|want|recogni[sz]e|negotiat\w+|intend|intending|talk|take\ orders|bargain\w*|trade|give|giving|need\ (?:your|their|foreign|any|outside)|yield|bow|plan|planning|going|prepared|ready|willing|about\ to|interested|leaving|moving|backing|selling|signing|in\ the\ business)\b
  | \b(?:refuse[sd]?|reject(?:s|ed)?|decline[sd]?)\b | \bsee[s]?\ no\ (?:reason|point|need|basis)\b | \b(?:owe|owes)\ (?:nobody|nothing|them\ nothing)\b | \bstay(?:s|ing)?\ (?:where|put)\b
  | \b(?:will|would)\ (?:\w+\ )?(?:stand|hold)\ firm\b | \b(?:will|would)\ sail\ regardless\b | \bnot\ (?:\w+\ )?(?:move|budge|yield|sign|go|leave)\b
""")

_READY = _pattern(r"""
    (?<!not\ )(?<!n[’']t\ )(?<!never\ )\b(?:ready|prepared|willing|open|happy|glad|free)\ (?:\w+\ )?(?:to\b(?!\ (?:fight|die|defend|strike|respond|retaliate|use|war))|for\ (?:talks|dialogue|negotiations)|if\b)
  | \bwould\ (?:be\ )?(?:consider|welcome\ talks|settle\ for)\b | \bdoor\ (?:is|was|remains|remained|stays|stayed|stands)\ (?:\w+\ )?open\b
  | \bhand\ (?:is|was|remains)\ (?:out)?stretched\b | \b(?:our|his|her|their|an|the)\ offer\b | \b(?:offers?|offered|offering|propos(?:e|es|ed|ing))\b
  | \b(?:could|can)\ (?:live\ with|imagine|talk\ about|be\ discussed|discuss)\b | \bpossible\ if\b | \bat\ any\ time\b | \bwithout\ (?:pre)?conditions\b | \bwhat\ if\ we\b | \blet\ us\ (?:meet|talk|sit|share|agree|start|begin)\b | \bin\ (?:return|exchange)\ for\b
""")
_HELP = _pattern(rf"\b{_AHEAD}\ (?:\w+\ ){{0,2}}?{HELP}\b | \b(?:will|would|could|can|might)\ (?:\w+\ )?(?:be|get)\ (?:\w+\ )?{HELPED}\b")

_THREAT = _pattern(rf"""
    \b(?:grave|serious|severe|dire|heavy|terrible|swift|unbearable|bitter)\ (?:\w+\ )?(?:consequences|price|response|cost|blow)\b | \bface\ (?:the\ )?consequences\b
  | \b(?:will|would|shall)\ have\ consequences\b | \bpay\ (?:a\ (?:\w+\ )?price|the\ price|dearly|for\ (?:this|it))\b | \ball\ options\b | \ban\ eye\ for\b | \bown\ risk\b | \bact\ of\ war\b
  | \bforce\ (?:could|can)(?:\ ?not)\ be\ (?:excluded|ruled) | \bnot\ hesitate\ to\b | \bnot\ stand\ (?:idly\ )?by\b | \bnot\ let\ (?:this|it)\ (?:pass|stand)\b | \bin\ kind\b | \bgo\ to\ court\b | \b(?:will|shall)\ (?:not\ )?(?:ski|fish|fly|land|trade|sail|work)\ (?:in\ our|here)\b | \bsee\ (?:them|you|it)\ in\ court\b | \bbring\ (?:her|him|them|it|down)\ ?(?:down)?\b | \bnot\ go\ (?:unanswered|unpunished)\b
  | \bready\ to\ (?:fight|die|defend|strike|respond|retaliate|use\ force)\b | \bour\ patience\ (?:is|has)\b | \b(?:will|shall)\ (?:know\ where|find\ (?:you|them)|remember\ this)\b
  | \botherwise\b[^.]*\b(?:will|would|go|face)\b | \bor\ (?:else|we\ will|we\ shall|face)\b | \b(?:will|would)\ (?:live|come)\ to\ regret\b | \bday\ of\ reckoning\b
""")
_HARM_AHEAD = _pattern(rf"\b{_AHEAD}\ (?:\w+\ ){{0,3}}?{HARM_TO_COME}\b")

_DEMAND = _pattern(rf"""
    \b(?:must|should|ought\ to|shall\ (?:be|have)|(?:has|have|had|needs?|needed)\ to|(?:is|are|was|were)\ to\ be)\b(?!\ (?:n[’']t|be\ no))
  | \bdemand(?:s|ed|ing)?\b | \binsist(?:s|ed|ing)?\b | \bcall(?:s|ed|ing)?\ (?:on|upon)\b | \bcalls?\ for\b | \burg(?:e|es|ed|ing)\b | \b(?:is|was)\ (?:high\ )?time\b | \btime\ (?:for|has\ come)\b
  | \b(?:up\ to|expected\ of|incumbent\ on)\b | \b(?:wants?|asks?|needs?|requires?)\b(?!\ (?:peace|nothing|none|no\b|whom|this|it)) | \bfirst\ the\b | \bnothing\ (?:less|short)\b | \bonly\ (?:when|after|once|then)\b
  | \bmay\ (?:not\ )?be\ (?:put\ on|allowed|excluded)\b | \bdeserves?\b | \bwithout\ delay\b | \bat\ once\b | \bno\ more\ (?:\w+)\b | \bnobody\ \w+(?:\ \S+){{0,5}}\ may\b | \bimmediately\ (?:and|stop|withdraw|release)\b
""")
_IMPERATIVE = _pattern(r"""
    ^\W*(?:(?:please|now|just|so|then|first|again)[,\s]+)?(?:do\ not\ |don[’']t\ |never\ )?
    (?:go|stop|leave|release|let|open|give|withdraw|lift|return|pay|come|show|tell|bring|free|end|put|take|send|hand|pull|get|keep|honou?r|
    respect|listen|look|ask|drop|halt|cease|sign|talk|sit|wait|hold|respond|choose|answer|prove|free|fire|lay|clear|allow|accept|resign|remember|call|turn)\b(?!\ (?:is|was|are|were|will|has|have))
""")

_ACCUSED = _pattern(rf"\b(?:{HARM_DONE})\b")
_CHARGE = _pattern(r"""
    \b(?:violations?|breach(?:es)?|aggression|aggressors?|provocations?|bad\ faith|hostage|crimes?|terroris\w+|hypocri\w+|illegal\w*|unlawful\w*|
    responsible\ for|to\ blame|blames?|guilty|at\ fault|fault|double\ standards?|lip\ service|hostility|piracy|theft|robbery|treason|traitors?|liars?|cynic\w+|
    deliberate\w*|bad-faith|war\ crimes?|collective\ punishment|ethnic\ cleansing|in\ breach|behind\ (?:the|this)|arming|bullying|blackmail|ultimatums?|empty\ promises|broken\ promises|imperialis\w+|colonial\w*|propaganda)\b
""")

_WARNING = _pattern(rf"""
    \brunning\ (?:out|short)\b | \bruns?\ out\b | \brunway\b | \bwindow\ (?:is|was|for|will|of|\(|may|won[’']t|would) | \bopen\ (?:indefinitely|for\ ?ever)\b | \bnot\ (?:last|wait)\ (?:for\ ?ever|indefinitely|long)\b
  | \btime\ is\ (?:short|not\ on|against|almost)\b | \brisk(?:s|ed|ing|y)?\b | \bdanger(?:s|ous|ously)?\b | \bcatastroph\w+ | \bbrink\b | \bedge\ of\b | \blast\ (?:chance|opportunity|hope|moment)\b
  | \bbeware\b | \btoo\ late\b | \bpoint\ of\ no\ return\b | \bclock\b | \bpatience\b | \bplay\w*\ with\ fire\b | \bpowder\ keg\b | \bpatience\ (?:is|will|has)\b | \bthreat\ to\b | \bgetting\ shorter\b | \bcollision\ course\b
  | \b(?:could|may|might|would|can|will)\ (?:\w+\ ){{0,3}}?{BAD_END}\b | \bslid\w+\ (?:back\ )?(?:in)?to\b | \bspill\ over\b | \bcannot\ (?:last|go\ on|wait)\b | \bminutes?\ to\ midnight\b | \bone\ (?:spark|mistake|shot)\b
""")

_ACCEPTANCE = _pattern(r"""
    \b(?:accept(?:s|ed)?|agree[sd]?|consent(?:s|ed)?)\b(?!(?:\ (?:that|on\ that|with\b|to\ (?:nothing|none|finish|meet|sit|disagree|\(re\)))|;|\(d\))) | \bcan\ live\ with\b | \bsaid\ yes\b | \byes\ to\b | \bwill\ sign\b | \bsigned\ up\b
  | \bhas\ (?:our|his|her|its|my)\ (?:consent|agreement|approval|blessing)\b | \bgo\ along\b | \btake\ (?:the|this|up\ the)\ (?:offer|deal|proposal)\b | \bwill\ (?:attend|be\ there|take\ part)\b | \bin\ favou?r\b | \bgive\ our\ consent\b
""")

_FORECAST = _pattern(rf"""
    \b(?:un)?likely\b | \bexpect(?:s|ed|ing)?\b | \bprobabl[ey]\b | \bprospects?\b | \bbound\ to\b | \bsure\ to\b | \bodds\b | \bmay\ well\b | \bchances?\b | \bdoomed\b | \bcertain\ to\b | \bpredict\w*\b
  | \bforesee\w*\b | \bsooner\ or\ later\b | \bin\ all\ likelihood\b | \boptimis\w+\b | \bpessimis\w+\b | \bdoubt(?:s|ed|ful)?\b | \b(?-i:might|may)\ (?!\d)(?:even\ )?(?:\w+)\b | \bby\ (?:next|the\ end|spring|summer|autumn|winter|christmas)\b[^.]*\bwill\b
  | \b(?:will|would|won[’']t|[’']ll|(?:is|are|was|were)\ going\ to|shall)\b | \bmatter\ of\ (?:days|weeks|months|time)\b | \bhopes?\b | \bwithin\ (?:reach|weeks|months|days)\b
""")
_PROMISE = _pattern(rf"""
    \b(?:committed\ to|(?<!was\ )(?<!were\ )(?:pledge[sd]?|promise[sd]?)|vow(?:s|ed)?|guarantee[sd]?|my\ word|our\ word|undertak\w+|undertook|assur(?:e|es|ed|ances?)|commitments?)\b
  | \b(?:will|would|shall)\ (?:\w+\ )?(?:be\ )?(?:announced|published|opened|released|paid|withdrawn|returned|lifted|compensated|completed|respected|honou?red|kept|rebuilt|named|reopened|investigated|protected|allowed|free|safe|consulted|informed|evacuated|restored|delivered|doubled|built|there)\b
  | \b(?:will|would)\ (?:\w+\ )?(?:keep|receive|plant|continue|honou?r|respect|abide|stand\ by|comply|protect|cooperate|co-operate|ensure|rebuild|reopen|publish|inform|consult|pay|repay|return|remain\ (?:neutral|committed)|do\ (?:everything|all|its|our|whatever))\b
  | ^\W*(?:no|not\ one|not\ a\ single|nobody|none)\b[^.]*\b(?:will|would|shall)\ (?:\w+\ )?(?:lose|be\ (?:held\ back|harmed|hurt|punished|left|touched|forgotten|dismissed|sacked|cut|fired|turned\ away|forced)|suffer|go\ hungry|lie\ idle)\b
""")
_WILL_SELF = _pattern(r"\b(?:will|shall|would(?!\ have)|[’']ll)\b(?!\ (?:believe|see|know|be\ surprised))|\b(?:(?:are|am|is|were|was)\ going\ to)\b")
_REACTION = _pattern(r"""
    \b(?:welcom\w+|condemn\w*|regret\w*|deplor\w+|pleased|disappoint\w+|concern(?:s|ed)?|glad|grateful|appalled|outrag\w+|shame(?:ful)?|disgrace\w*|historic|good\ news|bad\ news|shock\w*|praise\w*|proud|
    sad(?:ly|dened)?|tragic|tragedy|setback|encourag\w+|relie(?:f|ved)|congratulat\w+|thank\w*|delighted|hail\w*|applaud\w*|milestone|breakthrough|victory|triumph|humiliation|insult|slap\ in|blow\ to|brave|courageous|wise|
    happy|sorry|apolog\w+|mourn\w*|dark\ day|great\ day|black\ day|step\ (?:forward|backwards?|back|in\ the\ right)|paper\ (?:bullets|tiger)|joke|farce|madness|folly|mistake|cowardly|barbaric|generous|pathetic|long\ overdue|a\ relief|sincerely)\b
""")

_LIKELIHOOD = _pattern(r"""
    \b(?:(?:virtually|almost|nearly|all\ but|most|highly|very|quite|more\ than|rather|far\ from)\ )?
    (?:sure|certain|certainly|likely|unlikely|bound|doomed|possible|impossible|inevitable|probable|probably|assured|no\ chance|little\ chance|every\ chance|
    expected|no\ prospect|little\ prospect|slim|remote|dead)\b
""")


def content_kind(words: str, *, quoted: bool = False, own: Iterable[str] = ()) -> tuple[Kind | None, str]:
    """Return the kind that the words of somebody tell, and the words that tell it.

    Parameters
    ----------
    words : str
        A quotation, or what follows "said that".
    quoted : bool
        Whether "we" is the holder; otherwise "he", "it" and "they" may be.
    own : iterable of str
        Names of the holder and of the side it speaks for.

    Returns
    -------
    kind : str or None
        None for nothing but questions.
    told : str
        Empty for an assertion.
    """
    parts = content_parts(words, quoted=quoted, own=own)
    if parts is None:
        return None, ""
    return next(((kind, told) for _, kind, told in parts if kind != "assertion"), ("assertion", ""))


def content_parts(
    words: str, *, quoted: bool = False, own: Iterable[str] = ()
) -> list[tuple[int, Kind, str]] | None:
    """Return where in somebody's words each kind of statement begins, and what tells it.

    A sentence that only goes on with the kind before it, or asserts something besides, begins
    none. None stands for words that are nothing but questions.
    """
    sentences = [one for one in _SENTENCE.finditer(words) if any(map(str.isalnum, one.group()))]
    stated = [one for one in sentences if not one.group().rstrip(" ”’\"'").endswith("?")]
    if sentences and not stated:
        return None
    names = [re.escape(name) for name in own if name]
    own_name = re.compile(_LEAD + rf"(?:the\ )?(?:{'|'.join(names)})\b", _FLAGS) if names else None
    found: list[tuple[int, Kind, str]] = []
    for sentence in stated:
        text = sentence.group()
        is_self = bool((_SELF_QUOTED if quoted else _SELF_TOLD).search(text))
        is_self = is_self or bool(own_name and own_name.search(text))
        kind, told = _kind(text, is_self=is_self, quoted=quoted)
        if not found or kind not in ("assertion", found[-1][1]):
            found.append((sentence.start(), kind, " ".join(told.split())))
    return found


def _kind(words: str, *, is_self: bool, quoted: bool) -> tuple[Kind, str]:
    """Return the kind of one sentence; the first rule that fits decides."""
    rules: list[tuple[Kind, re.Pattern[str], bool]] = [
        ("threat", _THREAT, True),
        ("denial", _DENIAL, True),
        ("denial", _DENIAL_SELF, is_self),
        ("promise", _NO_HARM, True),
        ("offer", _READY, not _NEGATED_READY.search(words)),
        ("refusal", _REFUSAL, True),
        ("refusal", _REFUSAL_SELF, is_self),
        ("refusal", _WILL_NOT, not quoted),
        ("threat", _HARM_AHEAD, is_self or bool(_CONDITION_BAD.search(words))),
        ("threat", _AHEAD_ALONE, bool(_UNMET.search(words)) and not _BETTER.search(words)),
        ("offer", _HELP, bool(_CONDITION.search(words)) and not _AFTER.search(words)),
        ("warning", _WARNING, True),
        ("demand", _IMPERATIVE, quoted),
        ("demand", _DEMAND, not _INVERTED_IF.search(words)),
        ("acceptance", _ACCEPTANCE, True),
        ("accusation", _CHARGE, True),
        ("accusation", _ACCUSED, not (is_self or _WILL_SELF.search(words) or _SUFFERED.search(words))),
        ("reaction", _REACTION, True),
        ("promise", _WILL_SELF, is_self),
        ("promise", _PROMISE, True),
        ("forecast", _FORECAST, True),
    ]
    for kind, pattern, holds in rules:
        if holds and (found := pattern.search(words)):
            return kind, found.group()
    return "assertion", ""


#: somebody was killed, and it is not said by whom
_SUFFERED = _pattern(r"\b(?:been|was|were|being|be)\ (?:\w+\ )?\w+(?:ed|en|ot|ut|nt)\b(?!.*\bby\b)")
_NO_HARM = _pattern(
    r"^\W*(?:no|not\ one|not\ a\ single|nobody|none)\b[^.]*\b(?:will|would|shall)\ (?:\w+\ )?(?:lose|be\ (?:held\ back|sent\ (?:back|home)|deported|evicted|expelled|threatened|harmed|hurt|punished|left|touched|"
    r"forgotten|dismissed|sacked|cut|fired|turned\ away|forced|arrested|prosecuted)|suffer|go\ hungry|lie\ idle)\b"
)
#: unless they do, if they do not
_UNMET = _pattern(
    r"\bunless\b|\bif\b[^,]*\b(?:not|n[’']t|never|fails?|refuses?|continues?|keeps?|persists?)\b|\botherwise\b"
)
_AHEAD_ALONE = _pattern(r"\b(?:will|would|shall|[’']ll|(?:is|are)\ going\ to)\b")
_BETTER = _pattern(r"\b(?:lost|collapse\w*|under\ water|starve|die|famine|risk|danger|war\ will|no\ winners?|hold|lift|release)\b")
#: somebody's side will not: "the President would not bargain"
_WILL_NOT = _pattern(
    r"\b(?:will|would|shall)\ (?:not|never)\ (?!be\b|have\b|last|hold|work|happen|know|see|end|come|help|change|matter|"
    r"affect|cause|mean|rain|fall|rise|survive|suffice|solve|hesitate|oppose|need|lose|suffer|bring|harm|hurt)\w+"
)
#: "Should it come to that, we would ..."
_INVERTED_IF = _pattern(r"^\W*should\b")
_NEGATED_READY = _pattern(r"\b(?:not|never|n[’']t|neither)\ (?:\w+\ )?(?:ready|prepared|willing|open|happy)\b")
_AFTER = _pattern(r"\b(?:when|until)\b")


def likelihood_in(words: str) -> str:
    """Return how likely something is said to be, in the words themselves; empty if not said."""
    found = _LIKELIHOOD.search(words)
    return found.group() if found else ""
