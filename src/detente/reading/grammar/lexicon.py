"""Closed lists of words, in lower case."""

from __future__ import annotations

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
    "PEOPLE",
    "POSSESSIVES",
    "PRONOUNS",
    "TITLES",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words("the a an this that these those some any several many both all another each")
POSSESSIVES = _words("his her its their our my your whose")
PRONOUNS = _words("he she it they we i you who")
NUMBERS = _words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty "
    "forty fifty hundred dozen dozens hundreds"
)

#: before a name, with no office in them
TITLES = _words(
    "mr mrs ms miss dr prof sir dame lord lady mx mr. mrs. ms. dr. prof. sayyid sheikh sheik imam "
    "ayatollah hojatoleslam rabbi mullah emir prince princess king queen sultan pope archbishop "
    "bishop monsignor comrade comandante cardinal baroness baron father sister"
)
MALE = _words(
    "mr mr. sir lord sheikh sheik imam ayatollah rabbi mullah emir prince king sultan pope "
    "spokesman chairman businessman congressman statesman father he his him himself"
)
FEMALE = _words(
    "mrs mrs. ms ms. miss dame lady princess queen baroness spokeswoman chairwoman businesswoman "
    "congresswoman stateswoman sister she her hers herself"
)

#: given names of women that do not end in a, and of men that do
FEMALE_NAMES = _words(
    "ruth margaret mary elizabeth jane anne joan helen susan karen carol alice rose grace irene judith "
    "agnes edith ingrid astrid gudrun sigrid solveig siv birgit dagmar heidi marie sophie sylvie "
    "claire nicole isabelle michelle madeleine catherine katherine christine chantal carmen pilar "
    "beatriz ines inés raquel isabel mercedes dolores consuelo leonor noor nour hanan ellen vivian "
    "doris gladys emily lucy nancy amy kate katie janet julie louise simone yvonne denise brigitte "
    "hillary meg liz beth sarah hannah deborah miriam rachel esther leah naomi abigail harriet "
    "charlotte rosemary ivy hazel iris gail joyce kathleen maureen eileen sinead siobhan aoife niamh "
    "maeve bridget zeynep elif yasmin shirin parvin nasrin maryam mei ying keiko noriko michiko "
    "mette kirsten hanne gro merete aud liv randi tove inger"
)
MALE_NAMES = _words(
    "luca andrea nikita sasha misha kolya vanya mustafa abdullah joshua noah elijah jeremiah isaiah "
    "ezra hosea musa issa isa yahya zakaria costa kosta ilija ilya nikola aleksa sava luka matija "
    "juha pekka jukka ota akira kenta shota garcia mika mirza krishna shiva rama aditya rana raja "
    "sava stanka mihaila jura ja ossama usama osama moussa oba attila bela béla gyula geza géza toma "
    "seppa barnaba baba papa"
)

#: a person is named by what the person does
OFFICES = _words(
    "president vice-president premier minister chancellor secretary spokesman spokeswoman "
    "spokesperson spokespersons spokesmen chief leader head chairman chairwoman chair chairperson "
    "director director-general ambassador envoy negotiator mediator diplomat commander general "
    "colonel admiral major captain lieutenant sergeant brigadier marshal governor mayor senator "
    "congressman congresswoman representative deputy mp lawmaker legislator judge prosecutor "
    "lawyer attorney official officer officers adviser advisor aide analyst expert professor "
    "historian scholar author commissioner coordinator delegate rapporteur inspector monitor "
    "speaker whip politician statesman activist campaigner protester organiser organizer owner "
    "founder executive manager ceo president-elect prime-minister undersecretary under-secretary "
    "secretary-general intermediary facilitator witness resident fisherman farmer shipowner "
    "captain skipper archbishop bishop patriarch monarch emir regent consul attache attaché "
    "negotiators officials diplomats ministers leaders commanders mediators envoys lawmakers "
    "analysts experts senators deputies lawyers generals aides advisers advisors ambassadors "
    "delegates representatives inspectors monitors observers critics supporters opponents sources "
    "source sources farmers fishermen residents workers miners dockers strikers teachers "
    "economist economists editor reporter correspondent columnist trader traders chieftain warlord "
    "secretaries chiefs heads observer insider insiders chief-of-staff foreman steward organisers "
    "treasurer arbitrator umpire convenor convener moderator guarantor strategist pollster veteran "
    "grandfather grandmother mother father uncle aunt cousin son daughter sister monsignor predecessor "
    "successor postman lock-keeper keeper landlords landlord tenants anglers boatman foreman forewoman "
    "headmaster headmistress dean rector provost sheriff ranger harbourmaster harbor-master bargeman "
    "insurgent shipper shippers broker brokers banker bankers miller baker butcher smallholder peasants "
    "counterpart counterparts people villagers islanders men women families voters students nurses "
    "doctors soldiers fighters refugees survivors witnesses engineer engineers hydrologist scientist "
    "scientists captain pilot pilots gunman mother widow brother husband wife neighbour seamstress "
    "ferryman shopkeeper driver drivers sailor sailors skippers teacher nurse doctor priest student "
    "manufacturer importers exporters producers growers ranchers herders landlord tenant "
    "veterans organisers veteran policeman policewoman soldier fighter guard journalist journalists "
    "councillor alderman presidents premiers chancellors kings prosecutors judges activists"
)

#: a body that can speak or be spoken for
INSTITUTIONS = _words(
    "ministry government department administration cabinet council parliament senate congress "
    "assembly agency commission committee court tribunal army navy military forces force police "
    "party union league alliance bloc coalition federation confederation organisation organization "
    "movement front guard guards corps authority authorities office embassy mission delegation "
    "secretariat treasury bank company companies firm firms group groups house palace kremlin "
    "opposition rebels rebel militia militants insurgents separatists command bureau institute "
    "association chamber board directorate presidency politburo junta regime hardliners leadership "
    "kingdom republic state states nation nations country countries side sides camp faction "
    "factions parties tribe tribes council's ministries governments republics islands territory "
    "watchdog regulator consortium fleet workforce team panel conference summit troika quartet "
    "community fund programme foundation network newspaper daily broadcaster news agency times "
    "clique clan armies police families members unions negotiating staff congregation church diocese cooperative co-operative society "
    "association guild syndicate operator utility airline shipyard port executive judiciary "
    "legislature capital"
)
#: what is written speaks for whoever wrote it
DOCUMENTS = _words(
    "statement letter report communique communiqué declaration text leaflet document message note "
    "tweet post reply memo memorandum article editorial complaint petition pamphlet resolution "
    "manifesto dispatch cable notice banner placard"
)
#: of these, those that are several people: "they"
GROUPS = _words(
    "armies police members families rebels militants insurgents separatists forces hardliners groups companies firms states "
    "nations countries sides factions parties tribes guards unions governments"
)

#: people named by nothing but their number or side
PEOPLE = OFFICES

#: stand before an office or institution
MODIFIERS = _words(
    "foreign prime deputy vice acting interim former late outgoing incoming new senior junior top "
    "chief lead leading high high-ranking ranking first second western eastern northern southern "
    "central regional local national federal provincial state-run state government military naval "
    "presidential ministerial parliamentary congressional judicial royal imperial ruling opposition "
    "rebel separatist defence defense interior justice finance trade economy economic energy oil "
    "water fisheries agriculture agricultural transport health education labour labor environment "
    "security intelligence nuclear atomic special general political diplomatic humanitarian peace "
    "cease-fire ceasefire un u.n. us u.s. eu european american international supreme unnamed "
    "anonymous retired veteran conservative liberal socialist communist republican democratic "
    "revolutionary provisional transitional exiled self-declared self-proclaimed main principal "
    "long-serving hardline hard-line moderate permanent joint assistant associate public press "
    "media white-house party union company border army police armed air chief-of-staff treasury "
    "constitutional electoral regional islamic christian orthodox catholic muslim jewish protestant "
    "unionist nationalist loyalist republican business industry shipping maritime customs mining "
    "railway harbour harbor port dock steel fishing farm commercial cultural senior-most four-star "
    "visiting two-term long-time longtime well-placed well-informed top-level mid-level old own "
    "family legal technical scientific social independent respected influential controversial "
    "rival allied neighbouring neighboring host third outspoken newly appointed elected unelected "
    "overall day-to-day then-foreign then current same other fellow trusted close personal "
    "official state-owned regional-security anti-government pro-government pro-independence "
    "managing founding retired sitting honorary resident permanent opposite elder younger largest biggest "
    "land lands river rivers commerce planning information communications home internal external "
    "overseas colonial commonwealth territorial council cabinet parliament senate congress "
    "coastal coast upstream downstream lower upper"
)

#: after "minister of", "secretary for": they go on with the office
DEPARTMENTS = _words(
    "state staff defence defense foreign affairs external internal interior war trade finance "
    "justice energy oil transport health education labour labor environment agriculture fisheries "
    "commerce intelligence security police operations government mission delegation home relations "
    "planning information communications the and economy economic national public religious "
    "northern european legislative military naval water resources industry mines"
)

#: inside names: Ursula von der Leyen, Abdullah bin Zayed
PARTICLES = _words("de da di del della der den van von bin ibn bint al el la le ten ter dos du y")

#: stand between a subject and its verb
ADVERBS = _words(
    "also then later again however meanwhile earlier already further repeatedly reportedly "
    "immediately often always never still not now once simply merely only just even thus therefore "
    "instead nonetheless nevertheless too twice since recently soon subsequently both all each "
    "categorically has have had is are was were be been being will would could should may might "
    "must did does do long first reluctantly unacceptably justifiably falsely yesterday today "
    "tonight rightly wrongly wrongfully"
)

#: words that begin sentences without being names
COMMON = _words(
    "the a an this that these those some any several many both all another each no one two three "
    "four five six seven eight nine ten i he she it they we you who what which when where why how "
    "his her its their our my your and or but nor so yet for if unless until while although though "
    "because since as after before during following despite amid against among at by from in into "
    "of off on onto over per than through to toward towards under upon via with within without "
    "about above across along around behind below beneath beside besides between beyond down near "
    "up is are was were be been being am do does did has have had will would shall should can could "
    "may might must not never also then later again however meanwhile earlier already further "
    "indeed instead nonetheless nevertheless still now once here there today yesterday tomorrow "
    "tonight perhaps maybe asked speaking writing according talks negotiations sanctions officials "
    "diplomats critics supporters analysts sources rebels troops ministers leaders thousands "
    "hundreds dozens most more less few such other others every neither either whether whatever "
    "whoever yes well please let nothing nobody everyone everybody someone something anything only "
    "just even much asked responding replying addressing citing quoting claiming notably like "
    "unlike except given let's it's that's there's we're they're he's she's i'm don't can't won't "
    "back next last late early mid right wrong six-day long short new old under exact too yet "
    "accusing warning adding insisting calling demanding denying rejecting having knowing asked "
    "banners placards signs posters slogans students workers engineers farmers residents "
    "note photo read see reliable ones resumption our people peace war sunday monday tuesday "
    "wednesday thursday friday saturday january february march april june july august september "
    "october november december mr mrs ms"
)
