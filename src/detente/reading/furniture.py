"""What of a text is no content: comment forms, share buttons, menus, notices, captions.

A paragraph is furniture as a whole or not at all, and only if a pattern fits all of it. A sentence
that mentions followers or an advertisement therefore stays content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from detente.reading.found import Span
from detente.reading.layout import Layout, Paragraph

__all__ = ["find_furniture", "joined"]

#: no furniture is longer
_LONG = 400
#: a paragraph of this length is prose
_PROSE = 200
#: so much prose in a row after a comment form shows that the article goes on
_GOES_ON = 3

_SITES = (
    r"(?:Twitter|X|Facebook|Google\+?|Google Plus|LinkedIn|Reddit|WhatsApp|Telegram|Pinterest"
    r"|Tumblr"
    r"|Pocket|Skype|Email|Print|Instagram|YouTube|WordPress(?:\.com)?|Mastodon|Threads|Bluesky"
    r"|Messenger|Flipboard|Digg|RSS|TikTok|Truth Social|Gab|VK|Parler|Link|Copy link)"
)
_NUMBER = r"(?:%d|\d[\d,. ]*[KMkm]?)"

#: what begins a comment form; nothing after it is content, unless much prose follows
_FORM = (
    r"(?:Leave|Write|Post|Add|Submit) (?:a|your) (?:reply|comment|response)(?: to .{1,150})?"
    r"(?: cancel reply)?\W{0,3}",
    r"Leave a Reply ?Cancel reply",
    r"Fill in your details below or click an icon to log in:?.{0,30}",
    r"(?:Join the|Start the) (?:discussion|conversation)\W{0,3}",
    rf"(?:{_NUMBER}|One) (?:thoughts?|comments?|responses?|replies) (?:on"
    rf"|to) [“\"\u2018'«].{{1,200}}",
)
#: what may begin one, if more furniture is near
_MAYBE_FORM = (
    r"(?:Reader |Readers.? |View |Show |All |User )?comments?(?: ?\(?\d+\)?)?:?",
    rf"{_NUMBER} (?:comments?|responses?|replies)",
    r"Have your say\W?",
)
_FURNITURE = (
    # comment forms
    r"You are commenting using your (?:\S+ )?account\b.{0,60}",
    r"\(? ?Log ?Out ?/ ?Change ?\)?",
    rf"{_SITES} (?:picture|photo|logo|icon|avatar)",
    r"Connecting to %s",
    r"(?:Please )?(?:Log|Sign)(?:ged)? ?in (?:to (?:leave|post|add|join|reply|comment).{0,60}"
    r"|with .{1,40}|or (?:register|sign up).{0,40}|as .{1,40}\. ?Log out\?.{0,20})",
    r"You must (?:be logged in|log in) to (?:post a comment|comment|reply)\W?",
    r"Notify me of (?:new|follow-?up) (?:posts|comments) (?:by|via) e-?mail\W?",
    r"Your e-?mail address will not be published\..{0,60}",
    r"\(?(?:Address never made public|Required fields are marked ?\*?|required)\)?\W?",
    r"(?:Name|E-?mail|E-?mail address|Website|Comment)(?: ?\(.{1,40}\)| ?\*| ?:){1,2}",
    r"Save my name, e-?mail,? and website in this browser.{0,60}",
    r"This site uses Akismet to reduce spam\..{0,80}",
    r"Learn how your comment data is processed\W?",
    r"(?:Enter your comment here|Type your comment|Comments are closed|Comments? "
    r"(?:are )?off).{0,20}",
    r"(?:Cancel )?reply|Post comment|Submit|Cancel|Change|Log ?(?:in|out)|Sign ?(?:in|up|out)"
    r"|Register",
    # shares, likes, followers
    r"Share(?: this| on| via)?(?: (?:article|story|post|page|entry|with.{0,30}))?\s?:?",
    rf"(?:Click to )?(?:share|e-?mail|print|send|pin)(?: (?:this|a link)(?: to a friend)?| it)?"
    rf"(?: (?:on|via|to|with|by) {_SITES})? ?\(opens in (?:a )?new window\).{{0,40}}",
    rf"(?:Click to )?(?:share|tweet|pin|post|save|send)(?: (?:this|it))? (?:on|via|to"
    rf"|with) {_SITES}",
    r"Click to (?:print|e-?mail (?:this|a link)(?: to a friend)?)",
    rf"(?:{_SITES}(?:[\s,|/·•]+|$)){{1,12}}",
    r"(?:Re)?tweet(?: this)?|Pin it|Copy link|Like this:?|Like|(?:Like )?Loading ?(?:\.{3}|…)",
    rf"Be the first to like this\W?|(?:Liked by )?{_NUMBER} (?:people )?likes? this\W?",
    rf"{_NUMBER} bloggers? likes? this\W?",
    rf"{_NUMBER} (?:followers?|subscribers?|likes?|shares?|views?|re-?tweets?|reads?|votes?)",
    rf"Join {_NUMBER} (?:other )?(?:subscribers|followers|readers|people)\b.{{0,80}}",
    rf"Follow (?:us|me|this blog|blog)?(?: ?(?:on|via) {_SITES}(?:(?:,"
    rf"| and|, and) {_SITES}){{0,4}})?\W?",
    rf"Follow [^.!?]{{1,50}} on {_SITES}(?: .{{0,30}})?",
    r"(?:Like|Find|Join) us on .{1,40}|(?:Un)?follow(?:ing)?",
    # newsletters
    r"(?:Sign up|Subscribe)(?: here| now| today)?(?: (?:for|to) (?:our|the|my|this) [^.!?]{0,80}?"
    r"(?:newsletters?|updates|channel|feed|podcast|mailing list|briefing|emails?|blog|site)\b"
    r".{0,150})?\W?",
    r"(?:Get|Receive) (?:our|the|all|notified|new)\b[^.!?]{0,80}"
    r"(?:newsletter|in your inbox|to your inbox|by email|via email)\b.{0,80}",
    r"Enter your e-?mail(?: address)? .{0,150}|(?:Your )?e-?mail address:?|Our newsletters?",
    r"(?:Thank you|Thanks) for (?:subscribing|signing up)\W?.{0,60}|Subscribed|Newsletters?:?",
    r"Already have a .{1,30} account\? ?Log in now\W?",
    # cookies and law
    r"(?:We|This (?:web)?site|Our (?:web)?site)(?: and our partners)? uses? cookies\b.*",
    r"Privacy ?& ?Cookies:.*|By continuing to (?:use|browse) (?:this|our) (?:web)?site\b.*",
    r"To find out more, including how to control cookies, see here:?.{0,40}",
    r"(?:Accept|Reject|Manage|Allow)(?: all)?(?: cookies| preferences)|Close and accept|Got it!?",
    r"(?:Cookies?|Privacy)(?: (?:policy|settings|preferences|notice|statement)){1,2}",
    r"(?:Terms(?: (?:of|and|&) [\w ]{1,30})?|Contact(?: us)?|About(?: us)?|Advertise(?: with us)?)",
    r"(?:Copyright )?(?:©|\(c\)|Copyright) ?(?:Copyright )?(?:19|20)\d\d.{0,200}",
    r"(?:.{0,120}[.,;|©] ?)?All rights reserved\W?(?:\. .{0,200})?",
    r"Copyright .{1,80}(?:19|20)\d\d\W?",
    r"(?:Proudly )?Powered by [\w.&+ -]{1,40}(?<![.])|Powered by WordPress(?:\.com)?\.?",
    r"Blog at(?: WordPress\.com)?\W?|Create a (?:free )?(?:website|blog).{0,40}|Theme: .{1,60}",
    r"(?:Report this|Why are you seeing this) ad\??.{0,20}|Privacy|Sitemap|Site map|Imprint",
    # getting about
    r"(?:Skip|Jump) to (?:main |the )?(?:content|navigation|search|footer|comments).{0,20}",
    r"(?:Back to |Scroll to )?top(?: ↑)?|↑ ?top|Up ?↑|↑|Menu|Search(?: for)?:?|Close|Home(?:page)?",
    r"(?:Older|Newer|Previous|Next|Prev)(?: (?:posts?|articles?|stor(?:y|ies)|pages?|entr(?:y"
    r"|ies)))?"
    r"|(?:Previous|Next)(?: (?:post|article|story))?: ?.{1,150}(?<![.!?”\"])",
    r"Posts? navigation|Navigation|[←«\u2039] ?.{1,120}(?<![.!?”\"])|.{1,120}(?<=[^.!?”\"]) ?→",
    r"(?:Read more|Also read|Read also|See also|Read next|More on this|Related(?: articles?"
    r"| stories)?"
    r"|Watch|Listen)(?:: ?.{1,180}(?<![.!?”\"]))",
    r"Continue reading(?: (?:the main story|[“\"]?[A-Z].{0,150}))?(?: ?→)?|Read (?:more|next|on)"
    r"(?: ?[.…→»]{1,3})?",
    r"(?:Story|Article) continues (?:below|after).{0,40}|View all posts by .{1,60}",
    r"(?:Listen to|Print|Email|Save|Share|Download|Bookmark) this (?:article|story|page|post)",
    r"\d{1,3}[ -]min(?:ute)?s? read|Play video|Watch now|Live|Toggle (?:navigation|menu)",
    r"Rate this:?|Rate this post|Report an error|Edit|Permalink|Bookmark the permalink\W?",
    # advertisements
    r"Advertise?ments?(?: ?[-\u2013—|:] ?.{0,60})?|Ad|Sponsored(?: content| by .{1,40})?"
    r"|Promoted|Ads by .{1,30}",
    r"(?:Paid|Partner) content|Scroll (?:down )?to continue(?: reading| with content)?|Remove ads",
    # tags
    r"(?:Tags?|Tagged(?: with| as)?|Filed (?:under|in)|Categor(?:y|ies)|Posted in|Topics?|Keywords?"
    r"|Categorized as|Tagged in)(?:: ?|(?<=under) |(?<=in) |(?<=with) |(?<=as) )"
    r"(?!.*[.!?]$)(?=[A-Z#\d]).{1,300}",
    r"#\w+(?:[\s,]+#\w+){0,15}",
)
#: these mean what they mean only as they are written
_CAPTION = (
    r"[\[(]?(?:File )?(?:Photo|Photograph|Picture|Image|Illustration|Video|Graphic)s?"
    r"(?: [Cc]redits?| [Cc]ourtesy(?: of)?| [Ss]ource)?:\s?[A-Z@©](?:(?! said\b"
    r"| told\b)[^.!?]){0,100}"
    r"\.?[\])]?",
    r"[\[(]?(?:Photo|Photograph|Picture|Image|Illustration|Video)s? by [A-Z](?:"
    r"(?! said\b)[^.!?]){1,80}"
    r"[\])]?",
    r"(?:Image|Photo|Picture|Video) (?:[Cc]redit|[Ss]ource|[Cc]aption)\b:?.{0,80}",
    r"[\[(]?(?:AFP|AP|Reuters|EPA|Getty)(?: |/)?(?:Images|Photo|File [Pp]hoto|via [A-Z]\w+"
    r"(?: Images)?)"
    r"(?:.{0,40}[^.!?])?[\])]?",
    r"(?:File|AP|AFP|EPA) [Pp]hoto\.?|Getty Images",
)
#: what stands above a list of other articles
_LINKS = (
    r"(?:Related|More)(?: (?:articles?|stories|posts?|news|coverage|topics|content|reading|links)"
    r"| on this (?:story|topic)| from .{1,40})?:?",
    r"Read (?:more|also|next):?|Also read:?|See also:?|You (?:may|might) also (?:like"
    r"|enjoy).{0,20}",
    r"(?:Most|Top|Latest|Recent|Popular|Trending|Editor.?s)"
    r"(?: (?:read|popular|viewed|shared|stories|news|posts|picks|articles|comments|now|this week)"
    r"){1,2}:?|Trending|Recommended(?: for you)?|Archives?|Categories|Recent posts|Blogroll|Meta",
)


def _all(patterns: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), flags)


_FORM_RE, _MAYBE_RE, _LINKS_RE = _all(_FORM), _all(_MAYBE_FORM), _all(_LINKS)
_CAPTION_RE, _FURNITURE_RE = _all(_CAPTION, 0), _all(_FURNITURE)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
#: a line of a menu: short names with strokes between
_BAR = re.compile(r" ?[|•·>»\u203a/] ?")
_MENU_ITEM = re.compile(r"[^\W_][^.!?;:\"“”]{0,30}")
_NO_MENU = re.compile(r"\b(?:By|by|BY) |\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
_HEADLINE_END = re.compile(r"[.;,:…\"”\u2019»)]$")


def find_furniture(text: str) -> tuple[Span, ...]:
    """Find what is no content in a plain text.

    Parameters
    ----------
    text : str

    Returns
    -------
    tuple of Span
        Whole paragraphs, neighbours joined; sorted, and without a character in common.
    """
    paragraphs = Layout.of(text).paragraphs
    lines = [_line(text, one) for one in paragraphs]
    apart = [_is_furniture(line) for line in lines]
    _headlines_under_links(lines, apart)
    _comments(paragraphs, lines, apart)
    found: list[Span] = []
    before = False
    for paragraph, is_one in zip(paragraphs, apart, strict=True):
        if is_one and before:
            found[-1] = Span(found[-1].start, paragraph.span.end)
        elif is_one:
            found.append(paragraph.span)
        before = is_one
    return tuple(found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans sorted, those that overlap or touch made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        elif span.end > span.start:
            found.append(span)
    return tuple(found)


def _line(text: str, paragraph: Paragraph) -> str:
    """Return a paragraph with single spaces; empty if it is too long to be furniture."""
    start, end = paragraph.span
    return "" if end - start > _LONG else _SPACE.sub(" ", text[start:end]).strip()


def _is_furniture(line: str) -> bool:
    return bool(line) and bool(
        _FURNITURE_RE.fullmatch(line)
        or _CAPTION_RE.fullmatch(line)
        or _FORM_RE.fullmatch(line)
        or _LINKS_RE.fullmatch(line)
        or _is_menu(line)
    )


def _is_menu(line: str) -> bool:
    """Tell whether a line is a menu: three short names or more, with strokes between."""
    if len(line) > _PROSE or not _BAR.search(line) or _NO_MENU.search(line):
        return False
    items = [one.strip() for one in _BAR.split(line) if one.strip()]
    return len(items) >= 3 and all(
        _MENU_ITEM.fullmatch(one) and one.count(" ") < 4 for one in items
    )


def _headlines_under_links(lines: Sequence[str], apart: list[bool]) -> None:
    """Mark the headlines under ``Related``, where nothing of the article comes after them."""
    # from the end, so that it is known whether what follows is furniture
    for k in range(len(lines) - 1, -1, -1):
        if not apart[k] or not _LINKS_RE.fullmatch(lines[k]):
            continue
        at = k + 1
        while at < len(lines) and not apart[at] and _is_headline(lines[at]):
            at += 1
        if at == len(lines) or apart[at]:
            apart[k + 1 : at] = [True] * (at - k - 1)


def _is_headline(line: str) -> bool:
    return 0 < len(line) <= 120 and not _HEADLINE_END.search(line)


def _comments(paragraphs: Sequence[Paragraph], lines: Sequence[str], apart: list[bool]) -> None:
    """Mark everything after the first comment form, unless the article goes on after it."""
    last_prose = _last_prose(paragraphs, apart)
    for k, line in enumerate(lines):
        if not line or k < last_prose:
            continue
        near = any(apart[k + 1 : k + 7])
        if _FORM_RE.fullmatch(line) or (near and _MAYBE_RE.fullmatch(line)):
            apart[k:] = [True] * (len(apart) - k)
            return


def _last_prose(paragraphs: Sequence[Paragraph], apart: Sequence[bool]) -> int:
    """Return the index after the last long prose without furniture in it; 0 if there is none."""
    run = last = 0
    for k, (paragraph, is_one) in enumerate(zip(paragraphs, apart, strict=True)):
        start, end = paragraph.span
        run = run + 1 if not is_one and end - start >= _PROSE else 0
        if run >= _GOES_ON:
            last = k + 1
    return last
