"""Every sentence the program says, in German and English. Keys are stable; facts are filled in by name."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping
from typing import Final

LANGUAGES: Final = ("de", "en")

_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # --- small words
    "warning": ("Warnung", "warning"),
    "meant": (" – gemeint: {nearest}?", " – did you mean {nearest}?"),
    "or-meant": (", oder gemeint: {nearest}?", ", or did you mean {nearest}?"),
    # --- files
    "unreadable": ("{path} ist nicht lesbar: {reason}", "{path} cannot be read: {reason}"),
    "unwritable": (
        "{path} ist nicht beschreibbar: {reason} – anderes Ziel mit -o angeben",
        "{path} cannot be written: {reason} – give another target with -o",
    ),
    "no-folder": (
        "den Ordner {folder} gibt es nicht – zuerst anlegen",
        "the folder {folder} does not exist – create it first",
    ),
    "no-project": (
        "{path} ist kein Projekt: {missing} fehlt – mit „itasgraph init {path}“ eines anlegen",
        "{path} is not a project: {missing} is missing – create one with: itasgraph init {path}",
    ),
    "no-data": (
        "{path} enthält keine Datei *.yaml – die erste anlegen, wie data/README.md zeigt",
        "{path} holds no *.yaml file – add the first one as data/README.md shows",
    ),
    "unknown-ending": (
        "{path}: Endung unbekannt – erlaubt sind {known}",
        "{path}: unknown ending – known are {known}",
    ),
    "not-rdf": ("{path} ist kein gültiges RDF: {reason}", "{path} is not valid RDF: {reason}"),
    "cannot-create": (
        "{path} lässt sich nicht anlegen: {reason} – einen anderen Ordner nennen",
        "{path} cannot be created: {reason} – name another folder",
    ),
    "exists": (
        "{path} gibt es schon und ist nicht leer – einen neuen Ordner nennen",
        "{path} exists and is not empty – name a new folder",
    ),
    "using-bundled": (
        "Kein Projekt im aktuellen Ordner: es antwortet das mitgelieferte in {path}",
        "No project in the current folder: the bundled one in {path} answers",
    ),
    # --- project files
    "project-faults": (
        "Das Projekt ist so nicht lesbar ({count} Fehler).",
        "The project cannot be read like this (faults: {count}).",
    ),
    "yaml": ("kein gültiges YAML: {reason}", "not valid YAML: {reason}"),
    "not-utf8": ("kein gültiges UTF-8 – die Datei als UTF-8 speichern", "not valid UTF-8 – save the file as UTF-8"),
    "json": ("kein gültiges JSON: {reason}", "not valid JSON: {reason}"),
    "context": (
        "ontology/context.jsonld braucht ein Objekt „@context“ mit „@base“",
        'ontology/context.jsonld needs an object "@context" with "@base"',
    ),
    "turtle": ("kein gültiges Turtle: {reason}", "not valid Turtle: {reason}"),
    "rule": ("keine gültige Regel (SPARQL CONSTRUCT): {reason}", "not a valid rule (SPARQL CONSTRUCT): {reason}"),
    "endless-rule": (
        "diese Regel kommt zu keinem Ende – sie darf keine immer neuen Namen oder Werte erzeugen",
        "this rule never ends – it must not keep creating new names or values",
    ),
    "term": (
        "der Begriff „{term}“ bedeutet nichts: {reason}",
        'the term "{term}" means nothing: {reason}',
    ),
    "header": ("die Kopfzeilen „#+“ sind kein gültiges YAML: {reason}", 'the "#+" lines are not valid YAML: {reason}'),
    "no-mapping": (
        "hier wird eine Zuordnung „Schlüssel: Wert“ erwartet",
        'a mapping "key: value" is expected here',
    ),
    "empty-file": (
        "die Datei ist leer – mit „id:“, „type:“ und „says:“ beginnen",
        'the file is empty – begin with "id:", "type:" and "says:"',
    ),
    "no-id": (
        "„id:“ fehlt – jedes Ding braucht eine, etwa person/erika-muster",
        '"id:" is missing – each thing needs one, such as person/jane-doe',
    ),
    "no-says": (
        "„says:“ fehlt – darunter stehen die Aussagen der Datei",
        '"says:" is missing – the statements go below it',
    ),
    "duplicate-key": (
        "der Schlüssel „{key}“ steht doppelt (zuerst in Zeile {first}) – einen streichen, beide zu einer Liste vereinen, oder fehlt davor der Strich „- “ des nächsten Eintrags?",
        'the key "{key}" appears twice (first on line {first}) – delete one, join both into a list, or is the "- " of the next entry missing?',
    ),
    "duplicate-id": (
        "„{id}“ ist in dieser Datei schon in Zeile {first} beschrieben – beide Einträge vereinen",
        '"{id}" is described in this file already, on line {first} – join the two entries',
    ),
    "unknown-key": (
        "unbekannter Schlüssel „{key}“{meant} Alle stehen in data/README.md",
        'unknown key "{key}"{meant} data/README.md lists them all',
    ),
    "unknown-type": (
        "unbekannte Art „{key}“{meant} Möglich sind: {known}",
        'unknown type "{key}"{meant} Possible types: {known}',
    ),
    "unknown-tag": (
        "YAML-Marke {tag} wird nicht verstanden – sie weglassen",
        "YAML tag {tag} is not understood – leave it out",
    ),
    "own-context": (
        "„@context“ gehört nicht in Datendateien – Begriffe stehen in ontology/context.jsonld; es wird nie etwas geladen",
        '"@context" does not belong into data files – terms go to ontology/context.jsonld; nothing is ever fetched',
    ),
    "lines-of-many": (
        "„line:“ gilt für genau ein Zitat – ein Zitat behalten oder die Zitate so verlängern, dass jedes nur einmal vorkommt",
        '"line:" goes with exactly one quote – keep one quote, or lengthen them until each occurs only once',
    ),
    "no-value": (
        "„{key}“ hat keinen Wert – einen angeben oder die Zeile streichen",
        '"{key}" has no value – give one or delete the line',
    ),
    "not-a-relation-map": (
        '„{key}“ erwartet Ziele mit Beleg, etwa „{key}: {{{target}: {{quote: "…"}}}}“',
        '"{key}" expects targets with evidence, such as "{key}: {{{target}: {{quote: \'…\'}}}}"',
    ),
    "told-by-key": (
        "„{key}“ sagt hier schon der Name der Beziehung – die Zeile streichen",
        'the name of the relation already says "{key}" – delete the line',
    ),
    "not-a-thing": (
        "„{key}“ kann hier kein verschachteltes Ding halten – es als eigenen Eintrag mit „id:“ schreiben und hier seine id nennen",
        '"{key}" cannot hold a nested thing here – write it as an entry of its own with "id:" and name that id here',
    ),
    "not-a-text": (
        "„{key}“ erwartet Text; YAML liest hier {found} – den Text in Anführungszeichen setzen",
        '"{key}" expects text; YAML reads {found} here – put the text in quotation marks',
    ),
    "not-a-reference": (
        "„{key}“ erwartet die id eines Dings, nicht {found}",
        '"{key}" expects the id of a thing, not {found}',
    ),
    "language": (
        "„{key}“ ist kein Sprachkürzel wie de oder en",
        '"{key}" is not a language tag such as de or en',
    ),
    "cut": (
        "„{key}“ steht hier als eigener Schlüssel: ein Komma hat den Text davor zerschnitten – den ganzen Text in Anführungszeichen setzen",
        '"{key}" stands here as a key of its own: a comma cut the text before it – put the whole text in quotation marks',
    ),
    "cut-hash": (
        "hinter „#“ gilt der Text als Bemerkung und fehlt hier – das Ganze in Anführungszeichen setzen",
        'text after "#" is read as a comment and is missing here – put the whole text in quotation marks',
    ),
    "bad-iri": (
        "„{iri}“ ist als id oder Adresse nicht erlaubt: {reason}",
        '"{iri}" is not allowed as an id or address: {reason}',
    ),
    "too-deep": ("zu tief verschachtelt (mehr als {limit} Ebenen)", "nested too deeply (more than {limit} levels)"),
    "too-many-aliases": (
        "die Verweise (*name) blähen die Datei auf – sie ausschreiben",
        "the aliases (*name) blow the file up – write them out",
    ),
    "lost": (
        "diese Datei lässt sich nicht in Tripel übersetzen: {reason}",
        "this file cannot be turned into triples: {reason}",
    ),
    # --- check
    "dangling": (
        "„{id}“ ist nirgends beschrieben – als eigenen Eintrag anlegen{or_meant}",
        '"{id}" is described nowhere – add an entry for it{or_meant}',
    ),
    "same-graph": (
        "„{id}“ ist schon die id von {file} – jede Datei braucht ihre eigene",
        '"{id}" is already the id of {file} – each file needs its own',
    ),
    "no-type": (
        "„type:“ fehlt – die Arten stehen in data/README.md",
        '"type:" is missing – data/README.md lists the types',
    ),
    "other-ending": (
        "diese Datei wird nicht gelesen – ihre Endung in .yaml ändern",
        "this file is not read – rename it to end in .yaml",
    ),
    "no-topic": (
        "das Wort „{word}“ führt zu keinem Thema – in data/topics.yaml unter „hiddenLabel“ eines Themas aufnehmen{or_meant}",
        'the word "{word}" leads to no topic – add it to the "hiddenLabel" of a topic in data/topics.yaml{or_meant}',
    ),
    "date": ("„{value}“ ist kein Datum wie {example}", '"{value}" is not a date such as {example}'),
    "number": ("„{value}“ ist keine ganze Zahl", '"{value}" is not a whole number'),
    "bad-check": (
        "diese Prüffrage ist nicht anwendbar (SPARQL SELECT mit ?thing): {reason}",
        "this check cannot be applied (SPARQL SELECT with ?thing): {reason}",
    ),
    "bad-shapes": (
        "die Prüfregeln in ontology/shapes.ttl sind nicht anwendbar: {reason}",
        "the shapes in ontology/shapes.ttl cannot be applied: {reason}",
    ),
    "shape": ("{message_de} – betrifft {thing}", "{message_en} – concerns {thing}"),
    "sound": (
        "In Ordnung: {things} Dinge, {triples} Tripel, {files} Datendateien.",
        "Sound: {things} things, {triples} triples, {files} data files.",
    ),
    "found": ("Fehler: {faults}, Warnungen: {warnings}.", "Faults: {faults}, warnings: {warnings}."),
    # --- coverage
    "no-text": (
        "{path} ist kein Text in UTF-8 – den Text des Dokuments als UTF-8 speichern",
        "{path} is not UTF-8 text – save the text of the document as UTF-8",
    ),
    "no-sources": (
        "Das Projekt hat keine Quelle (type: Source), mit der sich ein Dokument vergleichen ließe",
        "The project has no source (type: Source) to compare a document with",
    ),
    "changed": (
        "{path} ist nicht mehr das Dokument, aus dem die Zitate stammen – sie prüfen, dann sha256: {sha256} eintragen",
        "{path} is no longer the document the quotes were taken from – check them, then enter sha256: {sha256}",
    ),
    "no-checksum": (
        "die Quelle nennt keine Prüfsumme ihres Dokuments – sha256: {sha256} eintragen",
        "the source states no checksum of its document – enter sha256: {sha256}",
    ),
    "misquoted": (
        "„{quote}“ steht nicht im Dokument – am nächsten kommt Zeile {line}: „{passage}“",
        '"{quote}" is not in the document – the nearest is line {line}: "{passage}"',
    ),
    "other-line": (
        "„{quote}“ steht nicht in Zeile {lines}, sondern in Zeile {found} – „line:“ anpassen",
        '"{quote}" is not on line {lines} but on line {found} – correct "line:"',
    ),
    "forgotten": (
        "vergessen: „{text}“ – zitieren oder in data/omissions.yaml mit Grund auslassen",
        'forgotten: "{text}" – quote it, or leave it out with a reason in data/omissions.yaml',
    ),
    "omitted": (
        "Zeile {line} mit Absicht ausgelassen: „{text}“ – {reason}",
        'line {line} left out on purpose: "{text}" – {reason}',
    ),
    "covered": (
        "Zeilen: {carried} erfasst, {left_out} mit Absicht ausgelassen, {forgotten} vergessen, {blank} leer.",
        "Lines: {carried} covered, {left_out} left out on purpose, {forgotten} forgotten, {blank} blank.",
    ),
    "supported": ("Was die Worte tragen", "What the words support"),
    # --- asking
    "unknown-query": (
        "Eine Frage „{name}“ gibt es nicht{meant} Alle zeigt: itasgraph queries",
        'There is no question "{name}"{meant} See them all with: itasgraph queries',
    ),
    "unknown-network": (
        "Ein Netz „{name}“ gibt es nicht{meant} Es gibt: {known}",
        'There is no network "{name}"{meant} There are: {known}',
    ),
    "unknown-name": (
        "„{name}“ kennt der Graph nicht{meant} Was er kennt, zeigt: itasgraph query things",
        'The graph does not know "{name}"{meant} What it knows: itasgraph query things',
    ),
    "ambiguous-name": (
        "„{name}“ kann mehreres meinen – eines davon nennen: {candidates}",
        '"{name}" may mean several things – name one of: {candidates}',
    ),
    "other-kind": (
        "„{name}“ ist von der Art {found}, gefragt ist: {kind}",
        '"{name}" is of the kind {found}; asked for is: {kind}',
    ),
    "unknown-parameter": (
        "die Frage „{query}“ kennt keine Angabe „{name}“{meant} Möglich: {known}",
        'the question "{query}" has no parameter "{name}"{meant} Possible: {known}',
    ),
    "no-default": (
        "die Frage „{query}“ braucht eine Angabe: -p {name}=… (die Vorgabe „{default}“ gibt es in diesem Projekt nicht)",
        'the question "{query}" needs: -p {name}=… (its default "{default}" does not exist in this project)',
    ),
    "missing-parameter": (
        "die Frage „{query}“ braucht noch: -p {name}=…",
        'the question "{query}" still needs: -p {name}=…',
    ),
    "bad-parameter": (
        "„{given}“ ist keine Angabe – erwartet wird NAME=WERT, etwa -p topic=Kreislaufwirtschaft",
        '"{given}" is not a parameter – expected NAME=VALUE, such as -p topic=Kreislaufwirtschaft',
    ),
    "query-failed": (
        "die Anfrage ließ sich nicht ausführen: {reason}",
        "the query could not be carried out: {reason}",
    ),
    "empty-query": ("Die Anfrage ist leer.", "The query is empty."),
    "bad-sparql": (
        "Die SPARQL-Anfrage ist nicht gültig: Zeile {line}, Spalte {column}, bei „{near}“",
        'The SPARQL query is not valid: line {line}, column {column}, near "{near}"',
    ),
    "invalid-sparql": ("Die SPARQL-Anfrage ist nicht gültig: {reason}", "The SPARQL query is not valid: {reason}"),
    "unknown-prefix": (
        "Zeile {line}, Spalte {column}: das Präfix „{prefix}:“ ist nicht erklärt – PREFIX {prefix}: <…> voranstellen; ohne Erklärung gelten {known}",
        'line {line}, column {column}: the prefix "{prefix}:" is not declared – put PREFIX {prefix}: <…> first; already declared: {known}',
    ),
    "bad-results": (
        "-f {format} passt nicht zu dieser Anfrage – möglich sind hier {known}",
        "-f {format} does not fit this query – possible here: {known}",
    ),
    "timeout": (
        "Die Anfrage lief länger als {seconds} s und wurde beendet – mehr Zeit gibt --timeout",
        "The query ran longer than {seconds} s and was stopped – allow more with --timeout",
    ),
    "network-columns": (
        "{path}: einer Netzanfrage fehlt die Spalte ?{column}",
        "{path}: a network query lacks the column ?{column}",
    ),
    "empty-network": (
        "Das Netz {name} ist leer: seine Anfrage findet hier nichts, das ein itas:kind hat.",
        "The network {name} is empty: its query finds nothing here that has an itas:kind.",
    ),
    "network-row": (
        "{path}: eine Zeile des Netzes hat ein Ziel, aber nicht ?source und ?relation: {row}",
        "{path}: a row of the network has a target, but not ?source and ?relation: {row}",
    ),
    "network-line": (
        "{path}: ?line ist keine Zeilennummer: {line}",
        "{path}: ?line is not a line number: {line}",
    ),
    "bad-value": (
        "„{value}“ ist kein Wert für -p {name}=… – erwartet wird {example}",
        '"{value}" is not a value for -p {name}=… – expected something like {example}',
    ),
    "bad-stdin": ("die Eingabe ist kein gültiges UTF-8", "the input is not valid UTF-8"),
    "failed": ("{path}: {reason}", "{path}: {reason}"),
    "bad-bytes": (
        "ein Wort auf der Befehlszeile ist kein gültiges UTF-8",
        "a word on the command line is not valid UTF-8",
    ),
    "no-rows": ("Keine Zeilen.", "No rows."),
    "yes": ("ja", "yes"),
    "no": ("nein", "no"),
    "written": ("geschrieben: {path}", "written: {path}"),
    "created": (
        "{path} angelegt. Weiter mit: itasgraph check --project {path}",
        "{path} created. Next: itasgraph check --project {path}",
    ),
    "interrupted": ("abgebrochen", "interrupted"),
    # --- what libyaml says, in our words
    "yaml-indent": (
        "die Einrückung stimmt nicht, oder kurz davor fehlt ein Anführungszeichen",
        "the indentation is wrong, or a quotation mark is missing shortly before",
    ),
    "yaml-colon-inside": (
        "ein Doppelpunkt im Text – den Text in Anführungszeichen setzen; oder die Zeile ist zu weit eingerückt",
        "a colon inside the text – put it in quotation marks; or the line is indented too far",
    ),
    "yaml-tab": ("ein Tabulator – durch Leerzeichen ersetzen", "a tab – replace it with spaces"),
    "yaml-no-colon": (
        "hinter einem Schlüssel fehlt „: “ (Doppelpunkt, Leerzeichen)",
        '": " (colon, space) is missing after a key',
    ),
    "yaml-start": (
        "ein Text beginnt mit „{start}“ – ihn in Anführungszeichen setzen",
        'a text begins with "{start}" – put it in quotation marks',
    ),
    "yaml-second": (
        "hier beginnt mit „---“ ein zweites Dokument – es in eine eigene Datei schreiben",
        'a second document begins here with "---" – put it in a file of its own',
    ),
    "yaml-control": (
        "das Steuerzeichen {char} ist nicht erlaubt – es löschen",
        "the control character {char} is not allowed – delete it",
    ),
    "yaml-bracket": ("eine Klammer ist nicht geschlossen", "a bracket is not closed"),
    "yaml-quote": ("ein Anführungszeichen ist nicht geschlossen", "a quotation mark is not closed"),
    # --- show
    "also-called": ("auch", "also"),
    "according-to": ("laut", "according to"),
    "line": ("Zeile", "line"),
    "editorial": ("Redaktion", "editorial"),
    "derived": ("abgeleitet", "derived"),
    # --- the picture
    "licence": ("Lizenz der Daten: {licence}", "Licence of the data: {licence}"),
    "picture-foot": (
        "Gemeinsam in einem Programmabschnitt zu stehen heißt nicht zusammenzuarbeiten; "
        "ein Vorhaben vorzustellen heißt nicht, dass es einem gehört. Zugehörigkeiten gelten für den Tag der Veranstaltung.",
        "Sharing a programme section is not cooperating; presenting a project is not owning it. "
        "Affiliations hold on the day of the event.",
    ),
}

# Headings of the tables that ready questions give, by the name of the variable.
_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "audience": ("Zielgruppe", "target group"),
    "contribution": ("Beitrag", "contribution"),
    "contributions": ("Beiträge", "contributions"),
    "count": ("Anzahl", "count"),
    "date": ("Datum", "date"),
    "document": ("Dokument", "document"),
    "end": ("bis", "until"),
    "event": ("Veranstaltung", "event"),
    "form": ("Form", "form"),
    "goal": ("Ziel", "goal"),
    "group": ("Gruppe", "group"),
    "kind": ("Art", "kind"),
    "line": ("Zeile", "line"),
    "message": ("Aussage", "message"),
    "object": ("Objekt", "object"),
    "occasion": ("Wobei", "at"),
    "offer": ("Angebot", "offer"),
    "organisation": ("Organisation", "organisation"),
    "owner": ("Wer", "who"),
    "people": ("Personen", "people"),
    "person": ("Person", "person"),
    "plan": ("Planung", "plan"),
    "position": ("Nr.", "no."),
    "presented": ("Vorgestellt", "presented"),
    "projects": ("Vorhaben", "projects"),
    "quote": ("Worte der Quelle", "words of the source"),
    "reason": ("Grund", "reason"),
    "relation": ("Beziehung", "relation"),
    "role": ("Rolle", "role"),
    "section": ("Abschnitt", "section"),
    "source": ("Quelle", "source"),
    "speaker": ("Wer spricht", "speaker"),
    "status": ("Status", "status"),
    "subject": ("Subjekt", "subject"),
    "thing": ("Ding", "thing"),
    "title": ("Titel", "title"),
    "topic": ("Thema", "topic"),
    "word": ("Wort", "word"),
}


def column(name: str, lang: str) -> str:
    """The heading of a column, or the name of the variable where we have none."""
    headings = _COLUMNS.get(name)
    return (headings[0] if lang == "de" else headings[1]) if headings else name


def render(code: str, lang: str, /, **facts: object) -> str:
    """Fill the sentence `code` in `lang` ("de", anything else reads English) with `facts`.

    A fact `nearest` (a string, empty for none) is turned into the end of the sentence, "did you mean …?" or a full stop,
    where `{meant}` stands, or to ", or did you mean …?" where `{or_meant}` does. A fact `error` (an OSError) becomes the `reason`, in our words.
    """
    column = 0 if lang == "de" else 1
    if isinstance(facts.get("error"), OSError):
        facts["reason"] = _reason(facts["error"], column)
    if "nearest" in facts:
        nearest = facts["nearest"]
        facts["meant"] = _SENTENCES["meant"][column].format(nearest=nearest) if nearest else "."
        facts["or_meant"] = _SENTENCES["or-meant"][column].format(nearest=nearest) if nearest else ""
    return _SENTENCES[code][column].format(**facts)


# What the system says of files, in our words; the numbers are POSIX's.
_SYSTEM: Final[Mapping[int, tuple[str, str]]] = {
    errno.ENOENT: ("gibt es nicht", "it does not exist"),
    errno.EACCES: ("keine Berechtigung", "permission denied"),
    errno.EPERM: ("keine Berechtigung", "permission denied"),
    errno.EISDIR: ("ist ein Ordner", "it is a folder"),
    errno.ENOTDIR: ("der Pfad führt durch eine Datei", "the path leads through a file"),
    errno.ENOSPC: ("der Datenträger ist voll", "the disk is full"),
    errno.EROFS: ("der Datenträger ist schreibgeschützt", "the disk is read-only"),
    errno.ENAMETOOLONG: ("der Name ist zu lang", "the name is too long"),
}


def _reason(error: object, column: int) -> str:
    assert isinstance(error, OSError)
    known = _SYSTEM.get(error.errno or 0)
    return known[column] if known else error.strerror or str(error)


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate most like `word`, or an empty string where none is near."""
    import difflib

    by_folded: dict[str, str] = {}
    for candidate in candidates:
        by_folded.setdefault(candidate.casefold(), candidate)
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def system_language() -> str:
    """The language of the locale (POSIX: LC_ALL, LC_MESSAGES, LANG in this order) where we speak it, else English."""
    names = (os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((name[:2] for name in names if name), "en")
    return code if code in LANGUAGES else "en"
