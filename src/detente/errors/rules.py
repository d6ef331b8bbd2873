"""The one table of mistakes: code -> the rule that was broken, and what to do about it."""

from __future__ import annotations

__all__ = ["RULES"]

#: code -> (the rule that was broken, what to do about it)
RULES: dict[str, tuple[str, str]] = {
    # reading a file
    "no-such-path": (
        "a path names a file, a dossier folder or a catalog entry",
        "check the spelling, or list the catalog with `detente catalog`",
    ),
    "not-a-dossier": (
        "a dossier folder holds model.yaml",
        "give the model file itself, or add model.yaml to the folder",
    ),
    "unreadable": ("the file must be readable", "check its permissions"),
    "changed-while-read": (
        "a file stays as it is while it is read",
        "wait until the other program has written it, then run the command again",
    ),
    "file-too-large": (
        "a model file holds at most 4 MiB, a record file or an older program's file 16 MiB",
        "use priorities instead of listed rankings; split a record into several files",
    ),
    "not-text": ("a file is text in UTF-8", "save it again as UTF-8 text"),
    "empty-file": (
        "a model file has at least decision_makers",
        "start from a model that works: `detente catalog chicken --model`",
    ),
    "bad-yaml": ("a file is YAML", "mend the line; indent with spaces and quote odd characters"),
    "duplicate-key": ("a key stands once in its mapping", "remove or rename one of the two"),
    "nested-too-deep": ("a file nests at most 40 levels", "flatten it"),
    "alias-too-large": (
        "aliases may repeat at most 100,000 values",
        "write the values out once instead of by alias",
    ),
    # the shape of a model file
    "unknown-key": ("only the keys of the file format are read", "remove it or mend its spelling"),
    "missing-key": ("the key is required here", "add it"),
    "wrong-type": (
        "the value has another shape here",
        "compare with a model that works: `detente catalog chicken --model`",
    ),
    "bad-name": (
        "an id is letters, digits and _, no digit first except for a level, and not a word of the "
        "expressions",
        "choose another id; the `name` may be any text",
    ),
    "no-decision-makers": ("a conflict has at least one decision maker", "add one"),
    "no-options": (
        "a conflict has at least one option, or states and moves",
        "give some decision maker an option",
    ),
    "shared-option": (
        "an option has exactly one holder",
        "give it to one decision maker; for a move two can make, write the conflict as a graph",
    ),
    "no-preferences": (
        "a decision maker has priorities, weights or a ranking",
        "add `priorities:` (an empty list means indifferent), or in a graph its `ranking:`",
    ),
    "two-preferences": (
        "a decision maker has just one of priorities, weights and ranking",
        "keep one of them",
    ),
    "mixed-forms": (
        "a conflict is either in option form or a graph",
        "use options, or states with moves and ranking, not both",
    ),
    # expressions
    "bad-expression": (
        "expressions are made of options, not, and, or, if, iff, is, true, false and parentheses",
        "mend it at the place shown",
    ),
    "expression-too-deep": (
        "an expression nests at most 50 levels",
        "split it into several priorities, or drop needless parentheses",
    ),
    "unknown-option": ("an expression names options of the model", "mend the name or add it"),
    "unknown-level": ("`is` names a level of the option", "use one of its levels"),
    "needs-level": (
        "an option with levels is written `dm.option is level`",
        "say which level",
    ),
    "no-levels": ("`is` follows only options with levels", "write the option alone"),
    # status quo, rankings, graphs
    "status-quo-incomplete": (
        "the status quo names one level of every option with levels",
        "add the level",
    ),
    "status-quo-contradicts": (
        "the status quo names an option once and one level each",
        "keep one of them",
    ),
    "status-quo-infeasible": (
        "the status quo is a feasible state",
        "change status_quo, or the infeasible expression that forbids it",
    ),
    "no-feasible-state": (
        "at least one state is feasible",
        "relax one of the infeasible expressions",
    ),
    "bad-pattern": (
        "a pattern has one of Y, N and - for each option in order",
        "write as many characters as there are options",
    ),
    "pattern-fits-nothing": (
        "a pattern in a ranking fits at least one feasible state",
        "remove it or mend it",
    ),
    "unknown-state": ("a state is named by its id, number or pattern", "use one that exists"),
    "ranking-misses-states": (
        "a ranking covers every feasible state",
        "add the missing states; `-` in a pattern stands for either",
    ),
    "ranking-repeats-state": ("a ranking holds a state once", "remove one of the two"),
    "weights-too-large": (
        "weights add up to less than 2^62 when written as whole numbers",
        "use fewer digits",
    ),
    "unknown-decision-maker": (
        "only decision makers of the model are named here",
        "mend the id or add the decision maker",
    ),
    "self-move": ("a move leads to another state", "remove it"),
    "duplicate-name": ("a list of names holds each once", "remove one of the two"),
    # the record
    "bad-id": (
        "an id begins with a letter and goes on with letters, digits, _ and -",
        "choose another id; the name may be any text",
    ),
    "duplicate-id": ("an id stands once in a dossier", "rename one of the two"),
    "unknown-id": ("what an entry names is in the record", "mend the id or add the entry"),
    "wrong-kind": ("an entry names entries of the kinds that fit there", "name another entry"),
    "bad-date": (
        "a date is written in the subset of EDTF that the record reads",
        "mend it at the place shown; see the reference of the record file",
    ),
    "bad-amount": (
        "an amount is a number with a unit that is known",
        "write it as `174.1 kg U`, `<= 300 kg UF6`, `~ 10 kg` or `5060`",
    ),
    "unlike-units": (
        "only amounts of the same thing are compared",
        "mend the unit, or name another quantity",
    ),
    "not-equivalent": (
        "a limit and its equivalent are the same amount",
        "mend one of the two",
    ),
    "ends-before-start": ("what ends has begun before", "mend one of the two dates"),
    "out-of-order": (
        "nothing is reported before its day or answered before it is said",
        "mend one of the two dates",
    ),
    "overlapping-accounts": (
        "one holder has one account of a thing at a time",
        "end the first where the second begins, or say with `held` when each was held",
    ),
    "milestone-differs": (
        "a milestone is reached on the day that is counted",
        "mend the date or what it is counted from, if it is a slip",
    ),
    "quote-without-source": (
        "words in quotation have a source",
        "add `sources:`, or tell it in your own words under `what`",
    ),
    "circular-statements": (
        "a statement is about, or answers, earlier ones only",
        "take one of the links out",
    ),
    "not-in-office": (
        "who speaks for an actor holds an office of it on that day",
        "add the role to the person, or mend `for` or the date",
    ),
    "link-out-of-dossier": (
        "a dossier is read from its own folder only",
        "copy the file into the folder",
    ),
    "no-record": (
        "standing, timeline and conditions ask a record",
        "name a dossier folder with `record/`, or a record file",
    ),
    # reading an article
    "not-an-article": (
        "an article is plain text, a web page or a saved mail",
        "save its text in a file and read that; `pdftotext` does it for a PDF",
    ),
    "empty-article": ("an article has words", "check that the file is the one you mean"),
    "cut-short": (
        "of an article the first 4 MiB are read",
        "split the file to read the rest",
    ),
    "mixed-encodings": (
        "a text is UTF-8; other lines are read as Windows-1252",
        "compare the lines with the page, and save the text as UTF-8 if they are wrong",
    ),
    "other-language": (
        "statements, speakers and dates in words are read in English only",
        "use what is found without them: quotation marks, names of the dossier, dates in numbers",
    ),
    "unclosed-quotation": (
        "a quotation ends with a mark, or its next paragraph begins with one",
        "look at the passage: the quotation was taken to end with its paragraph",
    ),
    "other-article": (
        "a file of drafts belongs to one article, as it was when the drafts were made",
        "name another file with -o, or finish the review with the old text",
    ),
    "bad-draft": (
        "a file of drafts is written by `detente read`, and edited only where it says so",
        "mend it at the place shown, or write it anew with `detente read`",
    ),
    "cannot-insert": (
        "entries are inserted at the end of a section in block style",
        "write the section in block style, or name another file with --into",
    ),
    # framing: parts that hold only at times
    "bad-condition": (
        "`holds_when` asks how an entry of the record stood, in a word that fits its kind",
        "compare with the table of conditions in the reference of the model file",
    ),
    "not-framed": (
        "a model with conditions is framed for a date before it is analysed",
        "name the date: --on DATE",
    ),
    "not-timed": (
        "what is replayed changes with time",
        "give parts of the model `from:`, `to:` or `holds_when:`",
    ),
    "deal-infeasible": (
        "a deal that is asked about holds in at least one feasible state",
        "change the deal, or the infeasible expression that forbids it",
    ),
    # size
    "too-large": (
        "the work must fit into memory, and into the time one waits",
        "merge options, forbid impossible combinations of one decision maker's own options, "
        "or split the conflict",
    ),
    # asking
    "option-form-only": (
        "simultaneous stability is defined in option form",
        "leave out `sim` for a conflict given as a graph",
    ),
    "two-decision-makers-only": (
        "limited-move stability is defined for two decision makers",
        "use `maximin`, which looks ahead for any number of them",
    ),
    "strict-rankings-only": (
        "limited-move stability is defined for rankings without ties",
        "break the ties, or use `maximin`, which takes them",
    ),
    "unknown-concept": ("a concept is nash, gmr, smr, seq, sseq or sim", "use one of these"),
    "no-status-quo": (
        "the diagnosis starts from the status quo",
        "add `status_quo:`, or start from a state of your choice with --status-quo",
    ),
    "bad-gmcr": (
        "a .gmcr file is one JSON object with options and decisionMakers",
        "save it again with the program that made it",
    ),
    "left-behind": (
        "some parts of a .gmcr file have no place in a model file",
        "keep the old file if you need them",
    ),
    "would-overwrite": (
        "an existing file is never replaced unasked",
        "add --force or choose another name",
    ),
    "unwritable": ("the output must be writable", "choose another place"),
    "not-looked-at": (
        "a figure draws what the run looked at",
        'look at it: detente.analyze(path, also=["evolution"])',
    ),
    "unknown-format": (
        "a figure is written as SVG, PNG or PDF, by the ending of its name",
        "end the name in .svg, .png or .pdf",
    ),
    "library-missing": (
        "PNG and PDF need the extra `figures`, a web page the extra `text`, a data frame its own "
        "library",
        "install what is missing with pip",
    ),
    "unknown-table": (
        "a table of an answer is asked for by its name",
        "use one of those there are",
    ),
    "unknown-entry": ("a catalog entry is named by its slug", "list them with `detente catalog`"),
    "bad-usage": ("a command is used as its --help says", "see `detente --help`"),
    "out-of-memory": (
        "the work must fit into memory",
        "close other programs or make the model smaller",
    ),
    "internal": (
        "this is a mistake of detente, not yours",
        "set DETENTE_DEBUG=1 for the details and report it with the input",
    ),
}
