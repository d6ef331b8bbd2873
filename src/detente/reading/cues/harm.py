"""Verbs by what they do to the other side: harm it, help it, bring it bad luck."""

from __future__ import annotations

__all__ = ["BAD_END", "HARM_DONE", "HARM_TO_COME", "HELP", "HELPED"]

#: done to another, in the past or now
HARM_DONE = r"""
(?:kill|murder|shell|bomb|shot|shoot|attack|invad|seiz|jail|arrest|tortur|expel|smuggl|cheat|
sabotag|violat|breach|betray|blackmail|bull|brib|stall|block|obstruct|delay|ignor|abandon|renege?|
provok|threaten|spy|steal|hid|conceal|fabricat|occup|annex|exploit|starv|poison|loot|plunder|kidnap|abduct|
burn|destroy|undermin|escalat|mislead|deceiv|flout|tramp(?:el|le|l)|humiliat|insult|interfer|meddl|repress|
persecut|massacr|ambush|harass|intimidat|manipulat|silenc|evad|dump|pollut|drag|dodg)(?:l?ed|ied|e?s|ing|e|t)?
| arm(?:ed|ing|s\ (?:the|our|its|his|their)) | ram(?:s|med|ming)? | broke | broken | breaking | lied | lying | lies\ to | stole | stolen | cut\ off | walked\ (?:away|out) | walking\ out
| used\ (?:\w+\ ){1,6}?against | come\ (?:after|at|by)\ (?:dark|night) | sold\ us | did\ nothing | done\ nothing | a\ trick | brought\ down | pays?\ for\ the | kept\ two\ sets | fired\ (?:on|at|first) | firing\ (?:on|at) | shut\ (?:off|down|us) | took\ (?:\w+\ )?hostages? | turned\ (?:down|off) | backed\ out | backtracked
| went\ back\ on | gone\ back\ on | refus(?:ed|es)\ to | fail(?:ed|s|ing)?\ to | misled | hidden | took\ bribes | closed | tore\ up
| tear(?:s|ing)?\ up | torn\ up | played?\ for\ time | playing\ for\ time | bought | set\ fire | drove\ (?:out|us) | stood\ by | made\ a\ mockery | mock(?:ed|s|ing)
"""

#: announced to another
HARM_TO_COME = r"""
(?:respond|retaliate|strike|regret|suffer|pay|crush|destroy|punish|hit\ back|fight|remove|shut|close|cut\ off|cut|block|
blockade|bomb|shell|attack|invade|seize|expel|arrest|sink|shoot|fire|impose|suspend|freeze|withhold|walk\ (?:out|away)|
quit|abandon|sue|strike|boycott|escalate|abrogate|annul|terminate|scrap|tear\ up|turn\ off|stop\ (?:supplying|pumping|paying|
delivering)|halt\ (?:supplies|deliveries|payments|exports)|resume\ (?:enrichment|bombing|shelling|attacks|fighting|testing|the\ strike)|
dismiss|sack|go\ after|take\ (?:\w+\ ){1,3}?to\ court|pay\ for\ every|take\ (?:the\ (?:case|matter)|matters|all|any|every|further|tough|whatever|other|additional|legal|countermeasures?|counter-measures?|action|steps|measures)|
go\ to\ (?:war|court|the)|use\ (?:force|every|all|any)|answer\ (?:in|with|fire|force|every)|act\ (?:alone|accordingly)|bear|reap|face|
recall\ (?:its|our|the)|reconsider|review\ (?:its|our)|pull\ out|leave\ the|hand\ (?:its|over)|down\ tools|occupy|
(?:be|is|are)\ (?:met|answered|crushed|destroyed|punished|expelled|sunk|shot|treated|seized|fired\ (?:up)?on|held|arrested|cut|closed|
suspended|impounded|targeted|boarded|prosecuted|jailed|confiscated|turned\ back|stopped\ by\ force|blown\ up|on\ fire|blocked|frozen))
"""

#: offered to another
HELP = r"""
(?:lift|eas|releas|free|return|reopen|open|halt|stop|end|suspend|pull\ back|pull\ out|withdraw|withdrew|sign|pay|restor|resum|hand\ (?:over|back)|
giv|shar|allow|let|join|come\ back|go\ back|send|grant|recogni[sz]|talk|meet|receiv|sit\ down|negotiat|discuss|compromis|consider|accept|agree|
compensat|lay\ down|down\ its|disarm|dismantl|call\ off|drop|relax|guarantee|invit|provid|supply|rebuild|help|support|cooperat|co-operat|
extend|renew|freez|reduc|cut|limit|cap|ship|mov|transfer|publish|vot|be\ silent|cease|stand\ down|go\ home|work|lower|rais|scrap|forgo|
forego|renounc|abandon|relinquish|cede|host|hold)(?:d|ed|es|s|ing|e|t)?
"""

#: what is done for another, in the passive
HELPED = r"""
(?:lifted|eased|released|freed|returned|reopened|opened|halted|stopped|ended|suspended|withdrawn|signed|paid|restored|resumed|handed|
given|shared|allowed|granted|recogni[sz]ed|compensated|dismantled|dropped|relaxed|extended|renewed|reduced|published|
raised|doubled|built|rebuilt|evacuated|exchanged|delivered|honou?red|respected|announced|completed|safe|welcome|possible|silent)
"""

#: what nobody wants
BAD_END = r"""
(?:lead\ to|spark|trigger|collaps\w*|spiral|escalat\w*|unravel|ignite|spread|plunge|derail|undo|undermin\w*|starv\w*|drag|set\ off|provoke|
end\ in|tip|slide|worsen|destroy|cost|die|drown|burn|break\ (?:down|apart|out)|fall\ apart|run\ (?:out|dry)|lost|lose|war|bloodshed|
famine|catastroph\w+|disaster|chaos|flood\w*|under\ water|flames|anarchy|violence|crisis|ruin|go\ dark|bankrupt\w*|poison\w*|explode|explosion|
innocent|suffer|pay\ the\ price|freez\w*|hungry|hunger|too\ late|irreversibl\w+|point\ of\ no\ return|shortages?|blackouts?)
"""
