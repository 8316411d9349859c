"""Every sentence the program says, in German and English. Keys are stable; facts are filled in by name."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Mapping
from typing import Final

from itasgraph.messages.control_characters import one_line

LANGUAGES: Final = ("de", "en")
_DAY: Final = re.compile(r"^(\d{4})-(\d\d)-(\d\d)(?:$|(T)(?=\d))")
_MONTH: Final = re.compile(r"^(\d{4})-(\d\d)$")

_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    # --- small words
    "warning": ("Warnung", "warning"),
    "meant": (" – gemeint: {nearest}?", " – did you mean {nearest}?"),
    "or-meant": (", oder gemeint: {nearest}?", ", or did you mean {nearest}?"),
    # --- files
    "unreadable": ("{path} ist nicht lesbar: {reason}", "{path} cannot be read: {reason}"),
    "leads-out": (
        "{path} führt aus dem Projekt hinaus – den Inhalt hineinkopieren",
        "{path} leads out of the project – copy it in",
    ),
    "no-file": (
        "{path} ist keine gewöhnliche Datei – durch eine solche ersetzen",
        "{path} is not an ordinary file – put one in its place",
    ),
    "unwritable": (
        "{path} ist nicht beschreibbar: {reason} – anderes Ziel mit -o angeben",
        "{path} cannot be written: {reason} – give another target with -o",
    ),
    "temporary": (
        "in {path}, dem Ordner für Zwischendateien, lässt sich nicht schreiben: {reason} – in TMPDIR einen anderen nennen",
        "nothing can be written to {path}, the folder for temporary files: {reason} – name another one in TMPDIR",
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
        "{path} enthält keine Datei *.yaml – die erste anlegen, wie data/README.md zeigt; heißt eine *.yaml.txt oder *.yml, sie in *.yaml umbenennen",
        "{path} holds no *.yaml file – add the first one as data/README.md shows; if one is called *.yaml.txt or *.yml, rename it to *.yaml",
    ),
    "unknown-ending": (
        "{path}: Endung unbekannt – erlaubt sind {known}",
        "{path}: unknown ending – known are {known}",
    ),
    "damaged": (
        "{path} ist keine gültige gzip-Datei: abgeschnitten oder beschädigt – die Datei noch einmal holen",
        "{path} is not a valid gzip file: it is cut off or damaged – fetch it again",
    ),
    "grows": (
        "{path} ist entpackt größer als {limit}, weit größer als Daten sonst – wenn das so sein soll, sie mit gunzip entpacken und die entpackte Datei nennen",
        "{path} is larger than {limit} once unpacked, far larger than data usually are – if that is intended, unpack it with gunzip and name the unpacked file",
    ),
    "file-too-deep": (
        "{path}: zu tief verschachtelt (mehr als {limit} Ebenen) – flacher schreiben",
        "{path}: nested too deeply (more than {limit} levels) – write it with fewer levels",
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
    "bad-context": (
        "kein gültiger JSON-LD-Kontext: {reason} – jede Datendatei wird mit ihm gelesen",
        "not a valid JSON-LD context: {reason} – each data file is read with it",
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
    "no-entries": (
        "unter „says:“ steht keine Liste von Einträgen – darunter je Eintrag eine Zeile beginnen: „- id: …“; gibt es noch keinen, „says: []“ schreiben",
        'there is no list of entries below "says:" – begin each entry on a line below it: "- id: …"; if there is none yet, write "says: []"',
    ),
    "duplicate-key": (
        "der Schlüssel „{key}“ steht doppelt (zuerst in Zeile {first}) und darf nur einen Wert haben – einen streichen, oder fehlt davor der Strich „- “ des nächsten Eintrags?",
        'the key "{key}" appears twice (first on line {first}) and may have one value only – delete one, or is the "- " of the next entry missing?',
    ),
    "duplicate-list": (
        "der Schlüssel „{key}“ steht doppelt (zuerst in Zeile {first}) – beide zu einer Liste vereinen: „{key}: [eins, zwei]“",
        'the key "{key}" appears twice (first on line {first}) – join both into a list: "{key}: [one, two]"',
    ),
    "duplicate-map": (
        "der Schlüssel „{key}“ steht doppelt (zuerst in Zeile {first}) – was unter beiden steht, unter einem vereinen",
        'the key "{key}" appears twice (first on line {first}) – put the contents of both below one of them',
    ),
    "duplicate-target": (
        '„{key}“ steht hier doppelt (zuerst in Zeile {first}) – beide vereinen; mehrere Zitate stehen in einer Liste: „quote: ["…", "…"]“',
        "\"{key}\" stands here twice (first on line {first}) – join both; several quotes go into a list: \"quote: ['…', '…']\"",
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
        "„{key}“ ist kein Sprachkürzel – eines wie de oder en angeben",
        '"{key}" is not a language tag – give one such as de or en',
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
        "„{iri}“ ist als id oder Adresse nicht erlaubt ({reason}) – in einer id nur Buchstaben, Ziffern, „-“ und „/“ verwenden; eine Adresse beginnt mit https://",
        '"{iri}" is not allowed as an id or address ({reason}) – in an id use only letters, digits, "-" and "/"; an address begins with https://',
    ),
    "long-iri": (
        "„{iri}“ ist als id oder Adresse zu lang (mehr als {limit} Zeichen) – kürzen",
        '"{iri}" is too long for an id or address (more than {limit} characters) – shorten it',
    ),
    "too-large": (
        "die Datei ist zu groß ({size}, höchstens {limit}) – sie auf mehrere verteilen",
        "the file is too large ({size}, at most {limit}) – split it into several",
    ),
    "too-many-faults": (
        "mehr als {limit} Fehler – hier hört die Prüfung der Datei auf; zuerst die bisherigen beheben",
        "more than {limit} faults – the file is not checked beyond this point; mend the ones so far first",
    ),
    "too-deep": (
        "zu tief verschachtelt (mehr als {limit} Ebenen) – Klammern und Einrückungen davor prüfen",
        "nested too deeply (more than {limit} levels) – check the brackets and the indentation before this place",
    ),
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
    "remote-context": (
        "„{term}“ verweist auf weitere Begriffe – sie hier ausschreiben; es wird nie etwas geladen",
        '"{term}" points to further terms – write them out here; nothing is ever fetched',
    ),
    "same-id": (
        "„{id}“ ist schon in {first} beschrieben – zwei Dinge brauchen zwei ids; wer ein Ding nur ergänzt, lässt „type:“ weg",
        '"{id}" is already described in {first} – two things need two ids; to add to a thing, leave out "type:"',
    ),
    "term-as-id": (
        "„{id}“ ist ein Begriff eines Vokabulars und kann keine id eines Eintrags sein – dem Eintrag eine eigene geben, etwa person/erika-muster; Begriffe beschreibt ontology/",
        '"{id}" is a term of a vocabulary and cannot be the id of an entry – give the entry one of its own, such as person/jane-doe; terms are described in ontology/',
    ),
    "no-type": (
        "„type:“ fehlt – die Arten stehen in data/README.md",
        '"type:" is missing – data/README.md lists the types',
    ),
    "other-ending": (
        "diese Datei wird nicht gelesen – sie in „{name}“ umbenennen (Windows zeigt Endungen erst, wenn im Explorer „Dateinamenerweiterungen“ eingeschaltet ist)",
        'this file is not read – rename it to "{name}" (Windows shows endings only if "File name extensions" is switched on in File Explorer)',
    ),
    "unread-data": (
        "diese Datei wird nicht gelesen, das Programm liest in {folder} nur {known} – ihren Inhalt als Einträge in eine Datei *.yaml schreiben (data/README.md zeigt, wie) und die Datei selbst in einen anderen Ordner legen",
        "this file is not read, the program reads only {known} in {folder} – write its content as entries into a *.yaml file (data/README.md shows how) and move the file itself to another folder",
    ),
    "unread-file": (
        "diese Datei wird nicht gelesen, das Programm liest in {folder} nur {known} – sie so benennen oder in einen anderen Ordner legen",
        "this file is not read, the program reads only {known} in {folder} – name it like that or move it to another folder",
    ),
    "unread-folder": (
        "was in diesem Ordner liegt, wird nicht gelesen – die Dateien nach {folder} verschieben oder den Ordner aus dem Projekt nehmen",
        "what lies in this folder is not read – move the files to {folder} or take the folder out of the project",
    ),
    "no-address": (
        "„{key}“ erwartet eine Adresse im Netz wie https://example.org/programm.pdf, nicht „{value}“ – für ein Dokument ohne Adresse die der Seite angeben, von der es stammt",
        '"{key}" expects an address on the web such as https://example.org/programme.pdf, not "{value}" – for a document without an address give that of the page it comes from',
    ),
    "no-topic": (
        "das Wort „{word}“ führt zu keinem Thema – in data/topics.yaml unter „hiddenLabel“ eines Themas aufnehmen{or_meant}",
        'the word "{word}" leads to no topic – add it to the "hiddenLabel" of a topic in data/topics.yaml{or_meant}',
    ),
    "date": ("„{value}“ ist kein Datum wie {example}", '"{value}" is not a date such as {example}'),
    "number": ("„{value}“ ist keine ganze Zahl", '"{value}" is not a whole number'),
    "bad-check": (
        "diese Prüffrage ist kein gültiges SPARQL: {reason}",
        "this check is not valid SPARQL: {reason}",
    ),
    "check-form": (
        "diese Prüffrage ist kein SELECT – mit SELECT ?thing die fehlerhaften Einträge nennen",
        "this check is not a SELECT query – name the faulty entries with SELECT ?thing",
    ),
    "check-thing": (
        "diese Prüffrage nennt nicht in jeder Zeile mit ?thing die IRI eines Eintrags – ?thing auswählen und an Einträge binden",
        "this check does not give the IRI of an entry as ?thing in each row – select ?thing and bind it to entries",
    ),
    "bad-question": (
        "diese Frage ist kein gültiges SPARQL: {reason}",
        "this question is not valid SPARQL: {reason}",
    ),
    "bad-shapes": (
        "diese Prüfregel (SHACL) ist nicht anwendbar: {reason} – sie berichtigen oder streichen",
        "this shape (SHACL) cannot be applied: {reason} – correct or delete it",
    ),
    "shape-list": (
        "in dieser Prüfregel (SHACL) ist der Wert von {term} keine vollständige Liste – ihn als ( eins zwei ) schreiben",
        "in this shape (SHACL) the value of {term} is not a complete list – write it as ( one two )",
    ),
    "shape-circle": (
        "diese Prüfregel (SHACL) verweist über {term} auf sich selbst – den Kreis auflösen",
        "this shape (SHACL) refers to itself through {term} – break the circle",
    ),
    "shape-severity": (
        "in dieser Prüfregel (SHACL) ist {term} kein Schweregrad – sh:Violation (Fehler), sh:Warning oder sh:Info angeben",
        "in this shape (SHACL) {term} is not a severity – give sh:Violation (a fault), sh:Warning or sh:Info",
    ),
    "shape-iri": (
        "in dieser Prüfregel (SHACL) erwartet {term} einen Begriff wie schema:Person, keinen Text und nichts in Klammern",
        "in this shape (SHACL) {term} expects a term such as schema:Person, not a text and nothing in brackets",
    ),
    "shape-this": (
        "in dieser Prüfregel (SHACL) braucht {term} ein SELECT, in dem $this für den geprüften Eintrag steht",
        "in this shape (SHACL) {term} needs a SELECT in which $this stands for the checked entry",
    ),
    "shape-number": (
        "in dieser Prüfregel (SHACL) ist der Wert von {term} keine ganze Zahl ab 0 – ihn ohne Anführungszeichen angeben, etwa 1",
        "in this shape (SHACL) the value of {term} is not a whole number from 0 up – give it without quotation marks, such as 1",
    ),
    "shape-term": (
        "in dieser Prüfregel steht {term}, das es in SHACL nicht gibt – die Schreibweise prüfen",
        "this shape has {term}, which SHACL does not know – check the spelling",
    ),
    "shape-rdf": (
        "{term} gehört zu RDF 1.2, das SHACL nicht kennt – anders ausdrücken",
        "{term} belongs to RDF 1.2, which SHACL does not know – express it in another way",
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
    "assumed-name": (
        "„{name}“ wird verstanden als: {label} ({id})",
        '"{name}" is taken to mean: {label} ({id})',
    ),
    "other-kind": (
        "„{name}“ ist von der Art {found}, gefragt ist: {kind} – was sich angeben lässt, zeigt: itasgraph query {query}\nWas „{name}“ ist, zeigt: itasgraph show {id}",
        '"{name}" is of the kind {found}; asked for is: {kind} – to see what can be given: itasgraph query {query}\nTo see what "{name}" is: itasgraph show {id}',
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
        "Die SPARQL-Anfrage ist nicht gültig: Zeile {line}, Spalte {column}{spot}",
        "The SPARQL query is not valid: line {line}, column {column}{spot}",
    ),
    "query-too-deep": (
        "Die Anfrage ist zu tief verschachtelt: mehr als {limit} Klammern liegen ineinander – in mehrere Anfragen teilen{spot}",
        "The query is nested too deeply: more than {limit} brackets lie in each other – split it into several queries{spot}",
    ),
    "query-too-long": (
        "Die Anfrage verknüpft mehr als {limit} Ausdrücke oder Muster – lange Aufzählungen als VALUES oder IN schreiben{spot}",
        "The query combines more than {limit} expressions or patterns – write long lists as VALUES or IN{spot}",
    ),
    "doubtful-iri": (
        "Ab hier ist die Anfrage zweideutig: hinter „<“ ein Leerzeichen setzen, wenn verglichen wird, sonst die IRI vollständig schreiben (<https://…>){spot}",
        'From here on the query is ambiguous: put a space after "<" for a comparison, else write the whole IRI (<https://…>){spot}',
    ),
    "service-refused": (
        "SERVICE ruft den Rechner {host} – wenn das gewollt ist, mit --allow-service {host} erlauben{spot}",
        "SERVICE calls the host {host} – if you want that, permit it with --allow-service {host}{spot}",
    ),
    "service-unnamed": (
        "SERVICE nennt hier keinen Rechner – die Adresse ausschreiben (<https://…>) und ihren Rechner mit --allow-service erlauben{spot}",
        "SERVICE names no host here – write out the address (<https://…>) and permit its host with --allow-service{spot}",
    ),
    "no-host": (
        "{option}: „{value}“ ist kein Rechnername – nur einen Namen oder eine Adresse angeben, etwa daten.example.org",
        '{option}: "{value}" is not the name of a host – give a name or an address alone, such as data.example.org',
    ),
    "service-in-file": (
        "SERVICE ruft einen anderen Rechner – Regeln, Prüffragen und Prüfregeln dürfen das nicht; die Daten als Datei in data/ ablegen",
        "SERVICE calls another host – rules, checks and shapes may not; put the data into a file in data/",
    ),
    "invalid-sparql": (
        "Die SPARQL-Anfrage ist nicht gültig: {reason}{spot}",
        "The SPARQL query is not valid: {reason}{spot}",
    ),
    "unknown-prefix": (
        "Das Präfix „{prefix}:“ ist nicht erklärt – PREFIX {prefix}: <…> voranstellen{or_meant}; ohne Erklärung gelten {known}{spot}",
        'The prefix "{prefix}:" is not declared – put PREFIX {prefix}: <…> first{or_meant}; already declared: {known}{spot}',
    ),
    "undeclared-prefix": (
        "Das Präfix „{prefix}:“ ist nicht erklärt – meinten Sie PREFIX {prefix}: <{namespace}>? Dann diese Zeile voranstellen{spot}",
        'The prefix "{prefix}:" is not declared – did you mean PREFIX {prefix}: <{namespace}>? Then put this line first{spot}',
    ),
    "query-iri": (
        "SPARQL: Zwischen < und > steht keine IRI – Leerzeichen und Anführungszeichen sind dort nicht erlaubt{spot}",
        "SPARQL: what stands between < and > is no IRI – spaces and quotation marks are not allowed there{spot}",
    ),
    "ungrouped": (
        "SPARQL: SELECT nennt neben COUNT oder dergleichen eine Variable, die nicht unter GROUP BY steht{spot}",
        "SPARQL: SELECT names a variable beside COUNT or the like that is not under GROUP BY{spot}",
    ),
    "star-with-group": (
        "SPARQL: SELECT * und GROUP BY gehen nicht zusammen – die Variablen einzeln nennen{spot}",
        "SPARQL: SELECT * and GROUP BY do not go together – name the variables one by one{spot}",
    ),
    "sparql-ends": (
        "Die SPARQL-Anfrage hört zu früh auf – fehlt eine Klammer?{spot}",
        "The SPARQL query ends too early – is a bracket missing?{spot}",
    ),
    "bare-word": (
        "Ein Name steht, wo eine IRI nötig ist – meinten Sie <{id}>?{spot}",
        "A name stands where an IRI is needed – did you mean <{id}>?{spot}",
    ),
    "unknown-term": (
        "Hinweis: „{term}“ kommt im Graphen nicht vor{meant}{spot}",
        'Note: "{term}" does not occur in the graph{meant}{spot}',
    ),
    "label-for-iri": (
        "Hinweis: {label} ist der Name von <{id}> – ist dieses Ding gemeint, muss <{id}> da stehen{spot}",
        "Note: {label} is the name of <{id}> – where that thing is meant, write <{id}>{spot}",
    ),
    "bad-results": (
        "-f {format} passt nicht zu dieser Anfrage – möglich sind hier {known}",
        "-f {format} does not fit this query – possible here: {known}",
    ),
    "too-many-rows": (
        "Das sind mehr Zeilen, als ein Excel-Blatt fasst ({most}) – -f csv wählen",
        "These are more rows than an Excel sheet takes ({most}) – choose -f csv",
    ),
    "no-terminal": (
        "{format} ist kein Text für ein Terminal – mit -o eine Datei angeben",
        "{format} is no text for a terminal – give a file with -o",
    ),
    "no-xml-name": (
        "RDF/XML kann das Prädikat {iri} nicht schreiben – -f turtle wählen",
        "RDF/XML cannot write the predicate {iri} – choose -f turtle",
    ),
    "no-xml-character": (
        "RDF/XML kann das Zeichen {text} in einem Text nicht schreiben – -f turtle wählen",
        "RDF/XML cannot write the character {text} in a text – choose -f turtle",
    ),
    "no-jsonld": (
        "JSON-LD kann {what} nicht schreiben – -f turtle wählen",
        "JSON-LD cannot write {what} – choose -f turtle",
    ),
    "bad-epoch": (
        "SOURCE_DATE_EPOCH ist „{given}“ – erwartet sind Sekunden seit 1970, etwa 1717632000",
        "SOURCE_DATE_EPOCH is “{given}” – expected are seconds since 1970, such as 1717632000",
    ),
    "describe-part": (
        "--describe beschreibt die Daten im Ganzen – --graph und --about weglassen",
        "--describe describes the data as a whole – leave out --graph and --about",
    ),
    "no-graph": (
        "„{name}“ ist kein Graph – es gibt: all, source, editorial, derived; {known}",
        "“{name}” is no graph – there are: all, source, editorial, derived; {known}",
    ),
    "answer": ("Antwort", "Answer"),
    "back": ("zurück zu Zeile", "back to row"),
    "timeout": (
        "Nach {seconds} s abgebrochen – mehr Zeit gibt --timeout",
        "Given up after {seconds} s – allow more with --timeout",
    ),
    # --- endpoints
    "endpoint-address": (
        "„{url}“ ist keine Adresse eines SPARQL-Endpunkts – erwartet wird etwas wie https://example.org/sparql",
        '"{url}" is not the address of a SPARQL endpoint – expected something like https://example.org/sparql',
    ),
    "endpoint-credentials": (
        "Zugangsdaten gehören nicht in die Adresse – ITASGRAPH_AUTH=name:kennwort oder ITASGRAPH_TOKEN=… in die Umgebung setzen",
        "credentials do not belong into the address – set ITASGRAPH_AUTH=user:password or ITASGRAPH_TOKEN=… in the environment",
    ),
    "endpoint-secret": (
        "{variable} ist so nicht brauchbar – erwartet wird {variable}={example}, ohne Leerzeichen am Rand und Zeilenumbruch",
        "{variable} cannot be used like this – expected {variable}={example}, without spaces around it or line breaks",
    ),
    "endpoint-and-data": (
        "--endpoint und --data schließen einander aus – eines von beiden weglassen",
        "--endpoint and --data exclude each other – leave one of them out",
    ),
    "endpoint-down": (
        "{url} ist nicht erreichbar ({reason}) – läuft der Server, stimmt die Adresse?",
        "{url} cannot be reached ({reason}) – is the server running, is the address right?",
    ),
    "endpoint-host": (
        "den Rechner {host} gibt es nicht, oder es besteht keine Verbindung zum Netz – die Adresse prüfen",
        "there is no host {host}, or no connection to the network – check the address",
    ),
    "endpoint-tls": (
        "{url} kann sich nicht gültig ausweisen ({reason}) – ein eigenes Zertifikat mit SSL_CERT_FILE angeben",
        "{url} cannot prove its identity ({reason}) – give a certificate of your own with SSL_CERT_FILE",
    ),
    "endpoint-surroundings": (
        "die Umgebung nennt einen Proxy oder ein Zertifikat, mit dem nichts anzufangen ist: {reason} – HTTPS_PROXY, HTTP_PROXY, ALL_PROXY und SSL_CERT_FILE prüfen",
        "the environment names a proxy or certificate that cannot be used: {reason} – check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and SSL_CERT_FILE",
    ),
    "endpoint-slow": (
        "{url} hat nicht innerhalb von {seconds} s geantwortet – mehr Zeit gibt --timeout",
        "{url} did not answer within {seconds} s – allow more with --timeout",
    ),
    "endpoint-long": (
        "die Antwort von {url} ist länger als {limit} – nach weniger fragen, etwa mit LIMIT",
        "the answer of {url} is longer than {limit} – ask for less, for instance with LIMIT",
    ),
    "endpoint-packed": (
        "die Antwort von {url} ist mit {packed} komprimiert, was hier nicht angefordert wurde – wer den Server betreibt, muss das abstellen",
        "the answer of {url} is compressed with {packed}, which was not requested – whoever runs the server has to turn that off",
    ),
    "endpoint-proxy": (
        "der Proxy {host} führt nicht zu {url} ({reason}) – HTTPS_PROXY, HTTP_PROXY und ALL_PROXY prüfen; NO_PROXY nimmt Rechner davon aus",
        "the proxy {host} does not lead to {url} ({reason}) – check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; NO_PROXY exempts hosts",
    ),
    "endpoint-broken": (
        "{url} hat die Verbindung vor dem Ende der Antwort abgebrochen, oder dort antwortet kein HTTP-Server",
        "{url} broke off before the end of the answer, or what answers there is no HTTP server",
    ),
    "endpoint-login": (
        "{url} verlangt eine Anmeldung (HTTP {status}) – ITASGRAPH_AUTH=name:kennwort oder ITASGRAPH_TOKEN=… in die Umgebung setzen",
        "{url} asks for credentials (HTTP {status}) – set ITASGRAPH_AUTH=user:password or ITASGRAPH_TOKEN=… in the environment",
    ),
    "endpoint-challenge": (
        "{url} verlangt eine Anmeldung (digest) in einer Form, die ungültig oder hier unbekannt ist – wer den Server betreibt, muss sie ändern; nimmt der Server ein Token an, es in ITASGRAPH_TOKEN angeben",
        "{url} asks for a login (digest) in a form that is invalid or not known here – whoever runs the server has to change it; if the server accepts a token, give it in ITASGRAPH_TOKEN",
    ),
    "endpoint-refused": (
        "{url} lässt die Anmeldung nicht gelten (HTTP {status}) – ITASGRAPH_AUTH oder ITASGRAPH_TOKEN prüfen",
        "{url} does not accept the credentials (HTTP {status}) – check ITASGRAPH_AUTH or ITASGRAPH_TOKEN",
    ),
    "endpoint-missing": (
        "unter {url} gibt es nichts (HTTP {status}) – die Adresse des SPARQL-Endpunkts prüfen",
        "there is nothing at {url} (HTTP {status}) – check the address of the SPARQL endpoint",
    ),
    "endpoint-status": (
        "{url} konnte die Anfrage nicht beantworten (HTTP {status}){reason}",
        "{url} could not answer the query (HTTP {status}){reason}",
    ),
    "endpoint-query": (
        "{url} nimmt die Anfrage nicht an{reason}",
        "{url} does not accept the query{reason}",
    ),
    "no-query": (
        "das ist keine Anfrage: nach PREFIX und BASE kommt eines von {forms}",
        "this is no query: after PREFIX and BASE comes one of {forms}",
    ),
    "endpoint-redirects": (
        "{url} leitet immer weiter – die Adresse des SPARQL-Endpunkts selbst angeben",
        "{url} redirects without end – give the address of the SPARQL endpoint itself",
    ),
    "endpoint-html": (
        "unter {url} antwortet eine Webseite, kein SPARQL-Endpunkt – seine Adresse endet oft auf /sparql oder /query",
        "a web page answers at {url}, not a SPARQL endpoint – its address often ends in /sparql or /query",
    ),
    "endpoint-type": (
        "{url} antwortet in einem Format, das hier nicht passt: {type}",
        "{url} answers in a format that does not fit here: {type}",
    ),
    "endpoint-empty": ("{url} hat eine leere Antwort gegeben", "{url} gave an empty answer"),
    "endpoint-unreadable": (
        "die Antwort von {url} ist abgeschnitten oder fehlerhaft: {reason}",
        "the answer of {url} is cut off or broken: {reason}",
    ),
    "endpoint-misread": (
        "die Antwort von {url} passt nicht zur Frage: andere Spalten, oder Werte anderer Art – dort antwortet wohl kein SPARQL-Endpunkt",
        "the answer of {url} does not fit the question: other columns, or values of another kind – it is probably no SPARQL endpoint",
    ),
    "endpoint-partial": (
        "{url} gibt nur einen Teil der Antwort heraus ({reason}) – mit LIMIT oder engeren Bedingungen nach weniger fragen",
        "{url} hands out only a part of the answer ({reason}) – ask for less, with LIMIT or narrower conditions",
    ),
    "endpoint-open-end": (
        "ob die Antwort von {url} vollständig ist, lässt sich nicht feststellen: der Server nennt keine Länge",
        "whether the answer of {url} is complete cannot be told: the server does not state its length",
    ),
    # --- publishing and serving
    "store-status": (
        "{url} hat die Daten nicht angenommen (HTTP {status}){reason}",
        "{url} did not take the data (HTTP {status}){reason}",
    ),
    "publish-query": (
        "wo dieser Speicher Anfragen annimmt, ist seiner Adresse nicht anzusehen (bekannt: {known}) – mit --query URL angeben",
        "where this store takes queries cannot be told from its address (known: {known}) – give it with --query URL",
    ),
    "publish-nameless": (
        "steht in keinem benannten Graphen: {triple} – mit --graph IRI sagen, wohin damit",
        "stands in no named graph: {triple} – say with --graph IRI where it is to go",
    ),
    "publish-foreign": (
        "der Graph <{graph}> ist nicht unserer: er beginnt nicht mit {base} – nur eigene Graphen werden veröffentlicht",
        "the graph <{graph}> is not ours: it does not begin with {base} – only graphs of our own are published",
    ),
    "publish-name": (
        "„{name}“ kann kein Graph heißen: {reason}",
        '"{name}" cannot be the name of a graph: {reason}',
    ),
    "publish-prune": (
        "--prune und --data schließen einander aus: an Dateien ist nicht zu sehen, welche Graphen es nicht mehr gibt",
        "--prune and --data exclude each other: files do not tell which graphs are no more",
    ),
    "publish-differs": (
        "{url}: im Graphen <{graph}> stehen {found} statt {sent} Tripel – den Befehl noch einmal ausführen",
        "{url}: the graph <{graph}> holds {found} triples instead of {sent} – run the command again",
    ),
    "publish-whole": (
        "{url} ersetzt einen Graphen in einer Transaktion: dort steht der alte oder der neue, nie ein halber",
        "{url} replaces a graph in one transaction: it holds the old or the new one, never half of one",
    ),
    "publish-moved": (
        "jeder Graph wird nach <{staging}> geladen, gezählt und mit MOVE an seinen Platz gesetzt; ob MOVE eine Transaktion ist, sagt die Anleitung des Speichers",
        "each graph is loaded into <{staging}>, counted and put in its place by MOVE; whether MOVE is one transaction the manual of the store tells",
    ),
    "publish-none": (
        "während des Hochladens kann {url} einen halben Graphen zeigen – mit --update URL wird erst daneben geladen und dann verschoben",
        "while a graph is uploaded, {url} may show half of it – with --update URL it is loaded beside and then moved",
    ),
    "publish-same": ("gleich", "same"),
    "publish-add": ("neu", "new"),
    "publish-replace": ("ersetzen", "replace"),
    "publish-left": ("überzählig", "surplus"),
    "publish-remove": ("entfernen", "remove"),
    "publish-number": ("{number} Tripel", "{number} triples"),
    "publish-numbers": ("{before} → {after} Tripel", "{before} → {after} triples"),
    "publish-surplus": ("{number} Tripel – mit --prune entfernen", "{number} triples – remove it with --prune"),
    "publish-count": ("(nur der Anzahl nach verglichen)", "(compared by count only)"),
    "publish-rewritten": (
        "(gleich viele, doch der Speicher schreibt manches anders)",
        "(as many, but the store writes some differently)",
    ),
    "publish-plan": (
        "Zu ändernde Graphen: {changes}. Nichts wurde geändert (--dry-run), und ob hier geschrieben werden darf, nicht geprüft.",
        "Graphs to change: {changes}. Nothing was changed (--dry-run), and whether you may write here was not tried.",
    ),
    "publish-done": (
        "Veröffentlicht unter {url}: {graphs} Graphen, {triples} Tripel; geändert: {changes}.",
        "Published at {url}: {graphs} graphs, {triples} triples; changed: {changes}.",
    ),
    "serve-missing": (
        "für „serve“ fehlen Starlette und uvicorn – pip install 'itasgraph[serve]'",
        "serve needs Starlette and uvicorn – pip install 'itasgraph[serve]'",
    ),
    "serve-port": (
        "an {host}, Port {port}, lässt sich kein Server starten ({reason}) – mit --port 0 einen freien Port nehmen",
        "no server can be started at {host}, port {port} ({reason}) – take a free port with --port 0",
    ),
    "serve-host": (
        "„{host}“ ist keine Adresse dieses Rechners – 127.0.0.1 für ihn allein, 0.0.0.0 für das ganze Netz",
        '"{host}" is no address of this machine – 127.0.0.1 for itself alone, 0.0.0.0 for the whole network',
    ),
    "serve-start": (
        "der Prozess, der Anfragen beantworten soll, ist nicht gestartet – mehr Speicher erlaubt --memory",
        "the process that is to answer queries did not start – allow more memory with --memory",
    ),
    "serve-memory": (
        "die Anfrage brauchte mehr Speicher, als der Server einer Anfrage zugesteht, und wurde beendet – enger fragen, etwa mit LIMIT",
        "the query needed more memory than the server allows one query and was stopped – ask for less, for instance with LIMIT",
    ),
    "serve-timeout": (
        "die Anfrage brauchte länger, als der Server einer Anfrage zugesteht ({seconds} s), und wurde beendet – enger fragen, etwa mit LIMIT",
        "the query took longer than the server allows one query ({seconds} s) and was stopped – ask for less, for instance with LIMIT",
    ),
    "serve-busy": (
        "der Server ist mit anderen Anfragen ausgelastet – in einigen Sekunden noch einmal fragen",
        "the server is busy with other queries – ask again in a few seconds",
    ),
    "serve-ends": (
        "der Server wird gerade beendet",
        "the server is being shut down",
    ),
    "serve-name": (
        "unter dem Namen „{host}“ antwortet dieser Server nicht – „itasgraph serve --allow-host NAME“ erlaubt einen weiteren",
        'this server does not answer to the name "{host}" – "itasgraph serve --allow-host NAME" allows another one',
    ),
    "serve-origin": (
        "Seiten von {origin} dürfen diesen Server nichts fragen – „itasgraph serve --cors“ erlaubt es allen",
        'pages of {origin} may not query this server – "itasgraph serve --cors" allows all of them to',
    ),
    "serve-path": (
        "hier ist nichts – Anfragen gehen an {path}",
        "there is nothing here – send queries to {path}",
    ),
    "serve-method": (
        "{method} gibt es hier nicht: der Server erlaubt nur das Lesen – GET oder POST verwenden",
        "{method} does not exist here: the server is read-only – use GET or POST",
    ),
    "serve-accept": (
        "der Client nimmt keines der Formate an, die es für diese Antwort gibt – möglich: {known}",
        "the client accepts none of the formats there are for this answer – possible: {known}",
    ),
    "serve-type": (
        "Content-Type „{type}“ passt nicht – möglich: {known}",
        'Content-Type "{type}" does not fit – possible: {known}',
    ),
    "serve-late": (
        "der Inhalt der Anfrage kam nicht innerhalb von {seconds} s an",
        "the content of the request did not arrive within {seconds} s",
    ),
    "serve-large": (
        "der Inhalt der Anfrage ist zu groß – höchstens {limit}",
        "the content of the request is too large – at most {limit}",
    ),
    "serve-form": (
        "die Angaben der Anfrage sind kein gültiges Formular in UTF-8, oder es sind zu viele",
        "the parameters of the request are no valid form in UTF-8, or there are too many",
    ),
    "serve-one-query": (
        "gebraucht wird genau eine Angabe „query“",
        'exactly one parameter "query" is needed',
    ),
    "serve-update": (
        "der Server erlaubt nur das Lesen – „update“ gibt es nicht",
        'the server is read-only – there is no "update"',
    ),
    "serve-graph": (
        "{parameter} erwartet eine vollständige Adresse (IRI), nicht „{iri}“",
        '{parameter} expects a complete address (IRI), not "{iri}"',
    ),
    "serve-ready": (
        "{triples} Tripel, nur zum Lesen, unter {url} – Strg-C beendet. Zum Ausprobieren:\n"
        "curl {url} -H 'Accept: text/csv' --data-urlencode 'query={query}'",
        "{triples} triples, to be read only, at {url} – Ctrl-C ends it. To try it:\n"
        "curl {url} -H 'Accept: text/csv' --data-urlencode 'query={query}'",
    ),
    "only-for-networks": (
        "--network gilt nur für graphml, gexf und csv – eines davon mit -f nennen oder --network weglassen",
        "--network goes with graphml, gexf and csv only – name one of them with -f, or leave out --network",
    ),
    "not-for-networks": (
        "{option} wählt Tripel aus und gilt nicht für {form} – weglassen, oder mit --network ein anderes Netz nennen",
        "{option} selects triples and does not go with {form} – leave it out, or name another network with --network",
    ),
    "two-tables": (
        "csv schreibt zwei Tabellen, die nicht beide auf die Standardausgabe passen – mit -o einen Ordner oder einen Namen wie netz.csv angeben",
        "csv writes two tables, which cannot share stdout – give a folder or a name such as net.csv with -o",
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
    "network-weight": (
        "{path}: ?weight ist keine Zahl über null: {weight}",
        "{path}: ?weight is not a number above zero: {weight}",
    ),
    "bad-value": (
        "„{value}“ ist kein Wert für -p {name}=… – erwartet wird etwas wie {example}",
        '"{value}" is not a value for -p {name}=… – expected something like {example}',
    ),
    "not-listed": (
        "-p {name}=…: „{value}“ steht nicht zur Wahl – möglich: {known}",
        '"{value}" is not one of the values of -p {name}=… – possible: {known}',
    ),
    "repeated-parameter": (
        "-p {name}=… ist zweimal verschieden angegeben – eine der Angaben streichen",
        "-p {name}=… is given twice, with different values – leave one out",
    ),
    "no-stdin": (
        "die Eingabe ist geschlossen – die Anfrage als Datei angeben",
        "the input is closed – give the query as a file",
    ),
    "long-stdin": (
        "die Eingabe ist länger als {limit} – eine so lange Anfrage nimmt kein Endpunkt an; sie teilen",
        "the input is longer than {limit} – no endpoint takes a query that long; split it",
    ),
    "bad-stdin": ("die Eingabe ist kein gültiges UTF-8", "the input is not valid UTF-8"),
    "failed": ("{path}: {reason}", "{path}: {reason}"),
    "bad-bytes": (
        "„{word}“ ist kein gültiges UTF-8 – die Datei umbenennen oder das Wort anders schreiben",
        '"{word}" is not valid UTF-8 – rename the file, or write the word in another way',
    ),
    "no-rows-to-cite": (
        "--cite belegt Zeilen – diese Anfrage gibt keine (SELECT gäbe welche)",
        "--cite gives evidence for rows – this query has none (SELECT would)",
    ),
    "no-rows": ("Keine Zeilen.", "No rows."),
    "only-named": (
        "Der Endpunkt hat Aussagen nur in benannten Graphen, und gefragt wird der Standardgraph – mit der Vereinigung aller Graphen "
        "starten (Oxigraph: --union-default-graph) oder GRAPH ?g {{ … }} schreiben.",
        "The endpoint has statements in named graphs only, and the default graph is asked – start it with the union of all "
        "graphs (Oxigraph: --union-default-graph), or write GRAPH ?g {{ … }}.",
    ),
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
    "yaml-escape": (
        "hinter „\\“ steht kein gültiges Zeichen – das Zeichen selbst schreiben, oder einfache Anführungszeichen verwenden",
        'no valid character follows "\\" – write the character itself, or use single quotation marks',
    ),
    "yaml-bracket": (
        "eine Klammer ist nicht geschlossen, oder ein Komma fehlt darin – die Klammer, die hier beginnt, durchsehen",
        "a bracket is not closed, or a comma is missing in it – look through the bracket that begins here",
    ),
    "yaml-quote": (
        "ein Anführungszeichen ist nicht geschlossen – am Ende des Textes, der hier beginnt, eines setzen",
        "a quotation mark is not closed – put one at the end of the text that begins here",
    ),
    # --- show
    "backwards": ("ist „{relation}“ von", 'is "{relation}" of'),
    "nameless": ("(ohne Namen)", "(without a name)"),
    "also-called": ("auch", "also"),
    "according-to": ("laut", "according to"),
    "line": ("Zeile", "line"),
    "editorial": ("Redaktion", "editorial"),
    "derived": ("abgeleitet", "derived"),
    # --- the picture
    "licence": ("Lizenz der Daten: {licence}", "Licence of the data: {licence}"),
    "data-version": ("Daten: {dataset}, Version {version}", "Data: {dataset}, version {version}"),
    "data-sources": ("Quellen: {sources}", "Sources: {sources}"),
    "contact": (
        "Kontakt, auch für eine Berichtigung oder Löschung: {contact}",
        "Contact, also for a correction or removal: {contact}",
    ),
    "no-contact": (
        "Kontakt: nicht eingetragen. Eine Berichtigung oder Löschung verlangt man bei der Stelle, die dieses Bild veröffentlicht.",
        "Contact: none entered. To ask for a correction or removal, turn to whoever publishes this picture.",
    ),
    "depth-without-focus": (
        "--depth zählt Schritte um ein Ding herum – mit --focus NAME sagen, um welches",
        "--depth counts steps around a thing – say around which one with --focus NAME",
    ),
    "focus-not-shown": (
        "„{name}“ kommt in diesem Netz nicht vor – ein anderes Netz nennen oder --focus weglassen",
        '"{name}" is not in this network – name another network, or leave out --focus',
    ),
    "excerpt-around": (
        "Gezeigt ist die Umgebung von „{thing}“ (Schritte: {steps}).",
        'Shown is what surrounds "{thing}" (steps: {steps}).',
    ),
    "excerpt-limit": (
        "Gezeigt sind höchstens {limit} Einträge, die am besten verbundenen zuerst.",
        "Shown are at most {limit} entries, the best connected first.",
    ),
    "excerpt-left-out": (
        "Ausgelassen – Einträge: {things}, Beziehungen: {links}.",
        "Left out – entries: {things}, relations: {links}.",
    ),
    "picture-foot": (
        "Gemeinsam in einem Programmabschnitt zu stehen heißt nicht zusammenzuarbeiten.",
        "Sharing a programme section is not cooperating.",
    ),
    "picture-foot-presented": (
        "Ein Vorhaben vorzustellen heißt nicht, dass es einem gehört.",
        "Presenting a project is not owning it.",
    ),
    "picture-foot-affiliation": (
        "Zugehörigkeiten gelten für den Tag der Veranstaltung.",
        "Affiliations hold on the day of the event.",
    ),
    "undated": ("o. D.", "n.d."),
    # --- what the network tells
    "network-is": (
        "Netz „{name}“ – Dinge: {things}, Verbindungen: {links}{relations}, getrennte Teile: {parts}.",
        'Network "{name}" – things: {things}, links: {links}{relations}, separate parts: {parts}.',
    ),
    "empty-analysis": (
        "Das Netz „{name}“ ist hier leer: Niemand ist genannt.",
        'The network "{name}" is empty here: nobody is named.',
    ),
    "span-is": ("Nur Auftritte von {since} bis {until}.", "Only appearances from {since} to {until}."),
    "span-since": ("Nur Auftritte seit {since}.", "Only appearances since {since}."),
    "span-until": ("Nur Auftritte bis {until}.", "Only appearances until {until}."),
    "bad-number": (
        "{option}: „{value}“ ist keine Zahl {possible} – eine solche angeben",
        '{option}: "{value}" is not a number {possible} – give one',
    ),
    "bad-integer": (
        "{option}: „{value}“ ist keine ganze Zahl {possible} – eine solche angeben",
        '{option}: "{value}" is not a whole number {possible} – give one',
    ),
    "two-values": (
        "{option} braucht zwei Werte: {option} {metavar}, jeder mit Leerzeichen in Anführungszeichen",
        "{option} needs two values: {option} {metavar}, each in quotation marks if it has spaces",
    ),
    "span-backwards": (
        "die Zeitspanne endet vor ihrem Anfang: {since} bis {until} – die beiden Tage vertauschen",
        "the span ends before it begins: {since} to {until} – swap the two days",
    ),
    "bad-day": (
        "{option}: „{value}“ ist kein Tag – gebraucht wird einer wie 2024-06-06",
        '{option}: "{value}" is not a day – give one such as 2024-06-06',
    ),
    "span-and-compare": (
        "--since und --until gehen nicht zusammen mit --compare – eines von beiden weglassen",
        "--since and --until do not go with --compare – leave out one of the two",
    ),
    "no-events": (
        "keine Veranstaltung hat ein Datum im Jahr {year} – Jahre mit Veranstaltungen: {known}",
        "no event has a date in the year {year} – years with events: {known}",
    ),
    "also-earlier": (
        "Als neu gilt auch nicht, was bei früheren Veranstaltungen genannt ist: {events}.",
        "What is named at earlier events does not count as new either: {events}.",
    ),
    "no-appearances": (
        "bei „{name}“ tritt niemand auf – eine Veranstaltung, einen Abschnitt, eine Quelle oder ein Jahr nennen",
        'nobody appears in "{name}" – name an event, a section, a source or a year',
    ),
    "and-more": ("{names} und {count} weitere", "{names} and {count} more"),
    "more-findings": (
        "Weitere: {count} – alle mit -f csv oder -f json.",
        "More: {count} – all of them with -f csv or -f json.",
    ),
    "more-listed": ("Weitere: {count}", "More: {count}"),
    "drawing": ("Balken zur Frage: {title}", "Bars on the question: {title}"),
    "drawing-network": ("Das Bild zum Netz „{name}“ entsteht", 'Drawing the network "{name}"'),
    "exporting": ("Netz „{name}“ wird exportiert", 'Exporting the network "{name}"'),
    "searching": ("Ketten werden gesucht", "Searching for chains"),
    "analysing": ("Netz „{name}“ wird ausgewertet", 'Analysing the network "{name}"'),
    "ask-connects": ("Wer verbindet?", "Who connects?"),
    "figure-connects": ("Zwischenzentralität", "betweenness"),
    "connects": (
        "{thing}: liegt zwischen anderen, Zwischenzentralität {value}",
        "{thing}: lies between others, betweenness {value}",
    ),
    "give-or-take": ("± {error}", "± {error}"),
    "alone-between": (
        "; hält als Einziges {parts} Teile zusammen",
        "; alone holds {parts} parts together",
    ),
    "measure-connects": (
        "Maß: Zwischenzentralität (betweenness), exakt – auf wie vielen kürzesten Verbindungen zwischen zwei anderen ein Ding liegt, "
        "gleich kurze anteilig; dazu die Trennstellen (articulation points).",
        "Measure: betweenness, exact – on how many shortest connections between two others a thing lies, equally short ones "
        "by their share; and articulation points.",
    ),
    "measure-connects-sampled": (
        "Maß: Zwischenzentralität (betweenness), geschätzt aus einer festen Stichprobe von {sources} der {things} Dinge; ± ist der "
        "Standardfehler. Trennstellen (articulation points) exakt.",
        "Measure: betweenness, estimated from a fixed sample of {sources} of {things} things; ± is the standard error. "
        "Articulation points are exact.",
    ),
    "caveat-connects": (
        "Vorbehalt: Das Netz kennt nur, was die Quellen nennen; wer hier zwischen anderen liegt, vermittelt deshalb noch nicht.",
        "Caveat: the network knows only what the sources name; to lie between others here is not to mediate.",
    ),
    "none-connects": ("Niemand liegt zwischen anderen.", "Nobody lies between others."),
    "ask-contacts": ("Wer hat die meisten verschiedenen Kontakte?", "Who has the most different contacts?"),
    "figure-contacts": ("verschiedene Kontakte", "different contacts"),
    "contacts": ("{thing}: Kontakte: {value}{names}", "{thing}: contacts: {value}{names}"),
    "appearances": ("; Auftritte: {count}", "; appearances: {count}"),
    "measure-contacts": (
        "Maß: Grad (degree) – verschiedene Nachbarn, jeder einmal, gleich wie oft; für wen jemand auftrat, zählt nicht. "
        "Auftritte sind Beiträge, zu denen jemand genannt ist.",
        "Measure: degree – different neighbours, each once, however often; for whom somebody appeared does not count. "
        "Appearances are contributions somebody is named for.",
    ),
    "caveat-contacts": (
        "Vorbehalt: Viele Auftritte sind nicht viele Kontakte, und nebeneinander genannt zu sein heißt nicht, dass man zusammenarbeitet.",
        "Caveat: many appearances are not many contacts, and to be named side by side is not to cooperate.",
    ),
    "none-contacts": (
        "Niemand ist in diesem Netz mit einem anderen zusammen genannt; wer bei derselben Veranstaltung war, zeigt: itasgraph analyse programme",
        "Nobody is named together with another in this network; who was at the same event is shown by: itasgraph analyse programme",
    ),
    "ask-neighbours": (
        "Wer hat die meisten verschiedenen Nachbarn?",
        "Who has the most different neighbours?",
    ),
    "figure-neighbours": ("verschiedene Nachbarn", "different neighbours"),
    "neighbours": ("{thing}: Nachbarn: {value}{names}", "{thing}: neighbours: {value}{names}"),
    "caveat-neighbours": (
        "Vorbehalt: Nachbarn sind nicht immer Kontakte; ob es Nähe oder Kontakt ist, sagt die genannte Beziehung.",
        "Caveat: neighbours are not always contacts; whether it is closeness or contact is told by the relation named.",
    ),
    "none-neighbours": ("Nichts hat hier einen Nachbarn.", "Nothing has a neighbour here."),
    "ask-groups": ("Welche Gruppen gibt es?", "Which groups are there?"),
    "figure-groups": ("Mitglieder", "members"),
    "group": (
        "Gruppe {number}, Mitglieder: {value} ({names}); Themen: {topics}",
        "Group {number}, members: {value} ({names}); topics: {topics}",
    ),
    "group-is": ("Gruppe {number}, Mitglieder: {value}", "Group {number}, members: {value}"),
    "members": ("Mitglieder", "members"),
    "topics": ("Themen", "topics"),
    "share-of": ("{topic} ({count} von {value})", "{topic} ({count} of {value})"),
    "measure-groups": (
        "Maß: Gruppen nach dem Louvain-Verfahren mit festem Startwert, Modularität {modularity}; eine Person zählt dabei mit der "
        "Organisation, für die sie am häufigsten auftrat. Hinter einem Thema steht, wie viele "
        "der Mitglieder dazu auftraten, davon handeln oder das Thema selbst sind.",
        "Measure: communities after Louvain with a fixed seed, modularity {modularity}; a person counts with the organisation "
        "they appeared for most often. Behind a topic stands how many of the "
        "members appeared on it, are about it, or are the topic itself.",
    ),
    "caveat-groups": (
        "Vorbehalt: Wo eine Gruppe endet, entscheidet das Verfahren; an den Rändern wäre eine andere Einteilung fast ebenso gut.",
        "Caveat: where a group ends is the method's choice; at the edges another division would be nearly as good.",
    ),
    "none-groups": ("Es gibt keine Gruppen: Nichts ist verbunden.", "There are no groups: nothing is linked."),
    "ask-meet": ("Wer könnte einander kennenlernen?", "Who could meet?"),
    "figure-meet": ("gemeinsame Themen", "shared topics"),
    "could-meet": ("{one} und {other}: {topics}", "{one} and {other}: {topics}"),
    "could-meet-for": (
        "{one} und {other}: {topics}; beide für: {groups}",
        "{one} and {other}: {topics}; both for: {groups}",
    ),
    "measure-meet": (
        "Maß: gemeinsame Themen zweier Organisationen, die in keinem Beitrag gemeinsam genannt sind (Frage „shared-topics“). Zahl der Paare: {count}, "
        "geordnet nach der Zahl der gemeinsamen Themen, dann nach der Zahl der gemeinsamen Zielgruppen dessen, was sie vorstellten, dann danach, wie wenige Organisationen sich das seltenste der Themen teilen.",
        'Measure: topics shared by two organisations that no contribution names together (question "shared-topics"). Number of pairs: {count}, '
        "ordered by the number of topics shared, then by the number of shared target groups of what they presented, then by how few organisations share the rarest of the topics.",
    ),
    "caveat-meet": (
        "Vorbehalt: Gleiche Themen sind Nähe, kein Bedarf; ob die beiden einander längst kennen, sagen die Quellen nicht.",
        "Caveat: shared topics are closeness, not a need; whether the two have long known each other the sources do not say.",
    ),
    "none-meet": (
        "Keine zwei Organisationen teilen ein Thema, ohne gemeinsam aufgetreten zu sein.",
        "No two organisations share a topic without having appeared together.",
    ),
    "ask-lonely-topics": (
        "Wo sind Lücken? Themen, zu denen niemand oder nur ein Einziger auftrat",
        "Where are gaps? Topics on which nobody or a single actor appeared",
    ),
    "figure-lonely-topics": ("Akteure", "actors"),
    "one-actor": ("{topic}: nur {actor}", "{topic}: only {actor}"),
    "no-actor": ("{topic}: {actor}", "{topic}: {actor}"),
    "measure-lonely-topics": (
        "Maß: Organisationen, die zum Thema auftraten – wo keine genannt ist, Personen und Gruppen (Frage „gaps“).",
        'Measure: organisations that appeared on the topic – where none is named, people and groups (question "gaps").',
    ),
    "caveat-lonely-topics": (
        "Vorbehalt: Engere Themen zählen für sich, und was in den Quellen fehlt, kann es in der Region geben.",
        "Caveat: narrower topics count for themselves, and what the sources lack may exist in the region.",
    ),
    "none-lonely-topics": (
        "Zu jedem Thema traten mindestens zwei auf.",
        "At least two appeared on each topic.",
    ),
    "ask-no-offer": (
        "Wo sind Lücken? Zielgruppen ohne Angebot",
        "Where are gaps? Target groups without an offer",
    ),
    "figure-no-offer": ("Angebote", "offers"),
    "no-offer": ("{group}: kein Angebot, Planungen: {plans}", "{group}: no offer, plans: {plans}"),
    "measure-no-offer": (
        "Maß: Angebote, die für genau diese Zielgruppe gedacht sind (Frage „target-groups“), unabhängig von der Zeitspanne.",
        'Measure: offers meant for this very group (question "target-groups"), whatever the span of time.',
    ),
    "caveat-no-offer": (
        "Vorbehalt: Ein Angebot für eine weitere Gruppe kann die engere mitmeinen; hier zählt nur, was die Quelle nennt.",
        "Caveat: an offer for a broader group may include the narrower one; only what the source names counts here.",
    ),
    "none-no-offer": ("Für jede Zielgruppe gibt es ein Angebot.", "There is an offer for each target group."),
    "no-target-groups": ("Es ist keine Zielgruppe genannt.", "No target group is named."),
    "no-topics": ("Es ist kein Thema genannt.", "No topic is named."),
    "no-offers": ("Es ist kein Angebot genannt.", "No offer is named."),
    "ask-no-contact": (
        "Wo sind Lücken? Angebote ohne Ansprechpartner",
        "Where are gaps? Offers without a contact",
    ),
    "figure-no-contact": ("Ansprechpartner", "contacts"),
    "nobody-for": ("{offer} ({kind}): niemand genannt", "{offer} ({kind}): nobody named"),
    "measure-no-contact": (
        "Maß: Angebote, Vorhaben, Werke und Veranstaltungen, die niemand in einem Beitrag vorgestellt hat (Frage „no-contact“).",
        'Measure: offers, projects, works and events that nobody presented in a contribution (question "no-contact").',
    ),
    "caveat-no-contact": (
        "Vorbehalt: Etwas vorzustellen heißt nicht, dafür zuständig zu sein; hier ist nicht einmal das bekannt.",
        "Caveat: to present something is not to be in charge of it; here not even that is known.",
    ),
    "none-no-contact": (
        "Zu jedem Angebot ist jemand genannt, der es vorgestellt hat.",
        "For each offer somebody is named who presented it.",
    ),
    "ask-robust": ("Was fällt auseinander, wenn jemand fehlt?", "What falls apart if somebody is missing?"),
    "figure-robust": ("abgetrennte Dinge", "things cut off"),
    "falls-apart": (
        "Ohne {thing}: Teile: {parts} (Größe: {sizes})",
        "Without {thing}: parts: {parts} (sizes: {sizes})",
    ),
    "fall-apart": ("; getrennt voneinander: {parts}", "; apart from one another: {parts}"),
    "cut-off": ("; vom größten abgetrennt: {names}", "; cut off from the largest: {names}"),
    "measure-robust": (
        "Maß: Trennstellen (articulation points), exakt; gereiht nach der Zahl der Dinge, die sie vom größten Rest trennen würden.",
        "Measure: articulation points, exact; in the order of how many things they would cut off from the largest rest.",
    ),
    "caveat-robust": (
        "Vorbehalt: Abgetrennt heißt: in diesem Netz; andere Verbindungen können bestehen, ohne dass eine Quelle sie nennt.",
        "Caveat: cut off in this network; other links may exist that no source names.",
    ),
    "none-robust": (
        "Nichts zerfällt, wenn ein Einzelnes fehlt.",
        "Nothing falls apart if a single one is missing.",
    ),
    # --- two events or sources side by side
    "compared": ("Früher: {earlier}. Später: {later}.", "Earlier: {earlier}. Later: {later}."),
    "compared-in": (
        "Verglichen im Netz „{name}“ ({title}).",
        'Compared in the network "{name}" ({title}).',
    ),
    "side-is": (
        "{name} – Dinge: {things}, Verbindungen: {links}{relations}, getrennte Teile: {parts}.",
        "{name} – things: {things}, links: {links}{relations}, separate parts: {parts}.",
    ),
    "measure-compared": (
        "Maß: verglichen wird, was zum Programm gehört oder was die Quelle sagt, und welche Verbindungen das Netz daraus macht; "
        "was unabhängig davon gilt, zählt nicht mit.",
        "Measure: compared is what belongs to the programme or what the source says, and which links the network makes of it; "
        "what holds without them does not count.",
    ),
    "is-new": ("{thing} ist neu.", "{thing} is new."),
    "is-gone": ("{thing} ist nicht mehr dabei.", "{thing} is gone."),
    "is-stayed": ("{thing} ist geblieben.", "{thing} stayed."),
    "ask-new": ("Wer ist neu?", "Who is new?"),
    "figure-new": ("neu", "new"),
    "none-new": ("Niemand ist neu.", "Nobody is new."),
    "caveat-new": (
        "Vorbehalt: „Neu“ heißt, dass etwas weder beim Früheren noch bei einer anderen Veranstaltung vor dem Späteren genannt ist (bei Quellen: nicht in der früheren), und nicht, dass es vorher nicht da war.",
        'Caveat: "new" means that something is named neither in the earlier one nor at any other event before the later one (for sources: not in the earlier one), not that it was absent before.',
    ),
    "ask-gone": ("Wer ist nicht mehr dabei?", "Who is gone?"),
    "figure-gone": ("nicht mehr dabei", "gone"),
    "none-gone": ("Alle sind noch dabei.", "Nobody is gone."),
    "caveat-gone": (
        "Vorbehalt: Nicht mehr dabei heißt: beim Späteren nicht genannt.",
        "Caveat: gone means not named in the later one.",
    ),
    "ask-stayed": ("Wer ist geblieben?", "Who stayed?"),
    "figure-stayed": ("geblieben", "stayed"),
    "none-stayed": ("Niemand ist beide Male genannt.", "Nobody is named both times."),
    "caveat-stayed": (
        "Vorbehalt: Beide Male genannt zu sein sagt nichts über die Zeit dazwischen.",
        "Caveat: to be named both times says nothing about the time between.",
    ),
    "tie": ("{one} – {relation} – {other}: {words}", "{one} – {relation} – {other}: {words}"),
    "ask-ties-stayed": ("Welche Verbindungen blieben?", "Which ties stayed?"),
    "figure-ties-stayed": ("gebliebene Verbindungen", "ties that stayed"),
    "none-ties-stayed": ("Keine Verbindung besteht beide Male.", "No tie is there both times."),
    "caveat-ties-stayed": (
        "Vorbehalt: Hinter dem Strich stehen die Worte, auf denen die Verbindung im Späteren ruht; was beide vorstellen, kann eine einzige Quelle beschreiben. Mehr als diese beiden Tage belegen sie nicht.",
        "Caveat: behind the slash stand the words the link rests on in the later; what both present may be described by one source alone. They prove no more than these two days.",
    ),
    "ask-ties-new": ("Welche Verbindungen sind neu?", "Which ties are new?"),
    "figure-ties-new": ("neue Verbindungen", "new ties"),
    "none-ties-new": ("Keine Verbindung ist neu.", "No tie is new."),
    "caveat-ties-new": (
        "Vorbehalt: „Neu“ heißt, dass etwas weder beim Früheren noch bei einer anderen Veranstaltung vor dem Späteren belegt ist (bei Quellen: nicht in der früheren).",
        'Caveat: "new" means that something is on record neither in the earlier one nor at any other event before the later one (for sources: not in the earlier one).',
    ),
    "ask-ties-gone": ("Welche Verbindungen sind nicht mehr da?", "Which ties are gone?"),
    "figure-ties-gone": ("verschwundene Verbindungen", "ties gone"),
    "none-ties-gone": ("Keine Verbindung ist verschwunden.", "No tie is gone."),
    "caveat-ties-gone": (
        "Vorbehalt: Nicht mehr da heißt: beim Späteren nicht belegt, nicht: abgebrochen.",
        "Caveat: gone means not on record in the later one, not broken off.",
    ),
    # --- chains between two things
    "contained": (
        "„{part}“ gehört ganz zu „{whole}“; was zu beiden gehört, ist weder neu noch weggefallen – „{part}“ mit etwas anderem vergleichen: {known}",
        '"{part}" belongs to "{whole}" as a whole; what belongs to both is neither new nor gone – compare "{part}" with something else: {known}',
    ),
    "contained-only": (
        "„{part}“ gehört ganz zu „{whole}“; was zu beiden gehört, ist weder neu noch weggefallen – zwei nennen, von denen keines zum anderen gehört. Was es gibt, zeigt: itasgraph query things",
        '"{part}" belongs to "{whole}" as a whole; what belongs to both is neither new nor gone – name two of which neither belongs to the other. To see what there is: itasgraph query things',
    ),
    "same-ends": ("beide Namen meinen dasselbe: {name}", "both names mean the same: {name}"),
    "not-left-out": (
        "„{name}“ wird nicht ausgelassen, Ketten führen auch so darüber – --via nennt, was sonst ausgelassen wird: {known}",
        '"{name}" is not left out, chains go through it anyway – --via names what is left out otherwise: {known}',
    ),
    "both-ways": (
        "„{name}“ steht bei --via und bei --without – eines von beiden weglassen",
        '"{name}" is given to --via and to --without – leave out one of the two',
    ),
    "end-left-out": (
        "--without „{name}“ nimmt ein Ende der Kette fort – ein anderes Ding nennen",
        '--without "{name}" takes away an end of the chain – name another thing',
    ),
    "not-in-network": (
        "„{name}“ hat keine belegte Beziehung, von der aus sich suchen ließe – „itasgraph show“ zeigt, was bekannt ist",
        '"{name}" has no relation with a quote to search from – "itasgraph show" tells what is known',
    ),
    "chain-is": (
        "{source} – {target}, Schritte: {steps}, Ketten dieser Länge: {chains}",
        "{source} – {target}, steps: {steps}, chains of this length: {chains}",
    ),
    "more-chains": (
        "{count} gezeigt, mehr mit --all",
        "shown: {count}, more with --all",
    ),
    "many-chains": (
        "Es gibt mehr als {count} Ketten dieser Länge; gezeigt sind die ersten.",
        "There are more than {count} chains of this length; the first are shown.",
    ),
    "no-quote": ("(ohne Zitat: Aufbau des Programms)", "(no quote: structure of the programme)"),
    "no-chain": ("Keine Kette führt von {source} zu {target}.", "No chain leads from {source} to {target}."),
    "not-connected": (
        "Keine Kette führt von {source} zu {target}; von {source} aus am nächsten bei {target} liegt {nearby}.",
        "No chain leads from {source} to {target}; what can be reached from {source} and is nearest to {target} is {nearby}.",
    ),
    "shared-event": (
        "{source} und {target} sind in keinem Beitrag gemeinsam genannt, waren aber beide bei derselben Veranstaltung: {events}.",
        "{source} and {target} are not named together in any contribution, but both were at the same event: {events}.",
    ),
    "in-common": (
        "Keine Kette führt von {source} zu {target}, aber beide haben gemeinsam: {common}.",
        "No chain leads from {source} to {target}, but they have in common: {common}.",
    ),
    "nowhere-near": (
        "Keine Kette führt von {source} zu {target}, auch nicht über das, was ausgelassen wird.",
        "No chain leads from {source} to {target}, not even through what is left out.",
    ),
    "would-connect": (
        "Ausgelassen ist, was fast alles verbindet; über {hubs} führt eine Kette, die dieser Befehl zeigt:",
        "What connects nearly everything is left out; a chain leads through {hubs}, which this command shows:",
    ),
    "too-long": (
        "{source} und {target} sind erst in {steps} Schritten verbunden, mehr als mit --max erlaubt; am weitesten führt der Weg bis {nearby}.",
        "{source} and {target} are connected, but only in {steps} steps, more than --max allows; the way leads as far as {nearby}.",
    ),
}

# Headings of the tables that ready questions give, by the name of the variable.
_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "actor": ("Akteur", "actor"),
    "actors": ("Akteure", "actors"),
    "audience": ("Zielgruppe", "target group"),
    "change": ("Änderung", "change"),
    "contribution": ("Beitrag", "contribution"),
    "contributions": ("Beiträge", "contributions"),
    "count": ("Anzahl", "count"),
    "date": ("Datum", "date"),
    "document": ("Dokument", "document"),
    "end": ("bis", "until"),
    "event": ("Veranstaltung", "event"),
    "footnotes": ("Beleg", "evidence"),
    "form": ("Form", "form"),
    "goal": ("Ziel", "goal"),
    "group": ("Gruppe", "group"),
    "kind": ("Art", "kind"),
    "language": ("Sprache", "language"),
    "line": ("Zeile", "line"),
    "message": ("Aussage", "message"),
    "name": ("Name", "name"),
    "object": ("Objekt", "object"),
    "occasion": ("Wobei", "at"),
    "offer": ("Angebot", "offer"),
    "offers": ("Angebote", "offers"),
    "organisation": ("Organisation", "organisation"),
    "other": ("mit", "with"),
    "otherOrganisation": ("deren Organisation", "their organisation"),
    "otherQuote": ("Worte dazu", "words on them"),
    "owner": ("Wer", "who"),
    "people": ("Personen", "people"),
    "person": ("Person", "person"),
    "place": ("Ort", "place"),
    "plan": ("Planung", "plan"),
    "plans": ("Planungen", "plans"),
    "position": ("Nr.", "no."),
    "presented": ("Vorgestellt", "presented"),
    "project": ("Vorhaben", "project"),
    "projects": ("vorgestellt", "presented"),
    "quote": ("Worte der Quelle", "words of the source"),
    "quotes": ("Worte der Quellen", "words of the sources"),
    "reason": ("Grund", "reason"),
    "relation": ("Beziehung", "relation"),
    "role": ("Rolle", "role"),
    "section": ("Abschnitt", "section"),
    "source": ("Quelle", "source"),
    "sources": ("Quellen", "sources"),
    "speaker": ("Wer spricht", "speaker"),
    "status": ("Status", "status"),
    "subject": ("Subjekt", "subject"),
    "thing": ("Ding", "thing"),
    "title": ("Titel", "title"),
    "topic": ("Thema", "topic"),
    "value": ("Wert", "value"),
    "via": ("über", "via"),
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
    facts = {name: fact if name == "spot" else _on_one_line(fact) for name, fact in facts.items()}
    if "nearest" in facts:
        nearest = facts["nearest"]
        facts["meant"] = _SENTENCES["meant"][column].format(nearest=nearest) if nearest else "."
        facts["or_meant"] = _SENTENCES["or-meant"][column].format(nearest=nearest) if nearest else ""
    return _SENTENCES[code][column].format(**facts)


def _on_one_line(fact: object) -> object:
    """A fact as it goes into a sentence: the name of a file may hold a line feed, or what steers a terminal."""
    return fact if isinstance(fact, int | float) else one_line(str(fact))


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
    errno.EADDRINUSE: ("schon belegt", "already in use"),
    errno.ECONNREFUSED: ("Verbindung abgelehnt", "connection refused"),
    errno.EHOSTUNREACH: ("kein Weg dorthin", "no way there"),
    errno.ENETUNREACH: ("kein Weg dorthin", "no way there"),
}


def _reason(error: object, column: int) -> str:
    assert isinstance(error, OSError)
    known = _SYSTEM.get(error.errno or 0)
    return known[column] if known else error.strerror or str(error)


def day(text: str, lang: str) -> str:
    """Return a day, month or moment of ISO 8601 as people of the language write it; what is none stays as it is.

    >>> day("2024-06-06", "de"), day("2024-06-06", "en"), day("2025-06", "de"), day("2024-06-06T14:00:00", "de")
    ('06.06.2024', '2024-06-06', '06/2025', '06.06.2024 14:00:00')
    """
    if lang != "de":
        return text
    text = _DAY.sub(lambda found: f"{found[3]}.{found[2]}.{found[1]}{' ' if found[4] else ''}", text)
    return _MONTH.sub(r"\2/\1", text)


def system_language() -> str:
    """Return the language of the locale where there are messages in it, else English.

    POSIX: LC_ALL, LC_MESSAGES, LANG in this order. Windows, where they are seldom set: the language of its menus.
    """
    names = (os.environ.get(variable) for variable in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next((name[:2] for name in names if name), "") or _windows_language()
    return code if code in LANGUAGES else "en"


def _windows_language() -> str:
    """Return the code of the language that Windows speaks with its user; elsewhere nothing."""
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")[:2]
