"""German for the help of the command line: of our own texts, paragraph by paragraph, and of click's words.

`make docs` compiles the table for gettext, which click asks for its words.
"""

from __future__ import annotations

from typing import Final

HELP: Final = {
    # --- click's words
    "Usage:": "Aufruf:",
    "[OPTIONS]": "[OPTIONEN]",
    "COMMAND": "BEFEHL",
    "[ARGS]...": "[ARGUMENTE]...",
    "Options": "Optionen",
    "Commands": "Befehle",
    "Positional arguments": "Argumente",
    "Show this message and exit.": "Diese Hilfe zeigen.",
    "Show the version and exit.": "Die Version zeigen.",
    "default: {default}": "Vorgabe: {default}",
    "required": "nötig",
    "Try '{command} {option}' for help.": "Hilfe zeigt „{command} {option}“.",
    "Error: {message}": "Fehler: {message}",
    "Missing command.": "Es fehlt ein Befehl.",
    "No such command {name!r}.": "Den Befehl „{name}“ gibt es nicht.",
    "No such option {name!r}.": "Die Option „{name}“ gibt es nicht.",
    "Did you mean {possibility}?\0(Did you mean one of: {possibilities}?)": (
        "Gemeint: {possibility}?\0(Gemeint: eines von {possibilities}?)"
    ),
    # click before 8.4
    "No such option: {name}": "Die Option „{name}“ gibt es nicht.",
    "Did you mean {possibility}?\0(Possible options: {possibilities})": (
        "Gemeint: {possibility}?\0(Gemeint: eines von {possibilities}?)"
    ),
    "Missing argument": "Es fehlt das Argument",
    "Missing option": "Es fehlt die Option",
    "Missing parameter": "Es fehlt der Parameter",
    "Invalid value: {message}": "Ungültiger Wert: {message}",
    "Invalid value for {param_hint}: {message}": "Ungültiger Wert für {param_hint}: {message}",
    "Choose from:\n\t{choices}": "Möglich sind:\n\t{choices}",
    "Got unexpected extra argument ({args})\0Got unexpected extra arguments ({args})": (
        "Ein Argument ist zu viel ({args})\0Mehrere Argumente sind zu viel ({args})"
    ),
    "Option {name!r} does not take a value.": "Die Option „{name}“ nimmt keinen Wert an.",
    "Option {name!r} requires an argument.\0Option {name!r} requires {nargs} arguments.": (
        "Die Option „{name}“ braucht einen Wert.\0Die Option „{name}“ braucht {nargs} Werte."
    ),
    # --- values of options
    "ADDRESS": "ADRESSE",
    "DAY": "TAG",
    "HEADER=KEY": "ÜBERSCHRIFT=SCHLÜSSEL",
    "DIR": "ORDNER",
    "DOCUMENT": "DOKUMENT",
    "FILE": "DATEI",
    "KIND|NAME": "ART|NAME",
    "NAME=VALUE": "NAME=WERT",
    "QUERY": "FRAGE",
    "SECONDS": "SEKUNDEN",
    "YYYY-MM-DD": "JJJJ-MM-TT",
    "[NETWORK]": "[NETZ]",
    "[NETWORK]...": "[NETZ]...",
    # --- options of several commands
    "Language of answers, messages and help; default: the locale, else en.": (
        "Sprache von Antworten, Meldungen und Hilfe; Vorgabe: die des Systems, sonst en."
    ),
    "Folder with ontology/, data/ and queries/; default: the current folder, else the bundled project.": (
        "Ordner mit ontology/, data/ und queries/; Vorgabe: der aktuelle, sonst das mitgelieferte Projekt."
    ),
    "Ask this RDF or YAML-LD file instead, gzipped or not (repeatable).": (
        "Stattdessen diese RDF- oder YAML-LD-Datei befragen, auch mit gzip gepackt (mehrmals möglich)."
    ),
    "Ask this SPARQL endpoint instead.": "Stattdessen diesen SPARQL-Endpunkt befragen.",
    "Give up when reading, requests and computing take longer than this in all.": (
        "Aufgeben, wenn Lesen, Anfragen und Rechnen zusammen länger dauern."
    ),
    "Let the query call this host with SERVICE (repeatable).": (
        "Der Abfrage erlauben, diesen Rechner mit SERVICE aufzurufen (mehrmals möglich)."
    ),
    "Write to this file; - is stdout.": "In diese Datei schreiben; - ist die Standardausgabe.",
    "Include the e-mail addresses and telephone numbers of people.": "E-Mail-Adressen und Telefonnummern von Personen mitnehmen.",
    "Leave people out; organisations appear in their place.": "Personen weglassen; Organisationen treten an ihrer Stelle auf.",
    # --- the program
    "Ask, show and export a knowledge graph of regional transformation actors.": (
        "Einen Wissensgraphen regionaler Akteure der Transformation befragen, zeigen und exportieren."
    ),
    "Example:": "Beispiel:",
    "Examples:": "Beispiele:",
    # --- cache
    "Show where the cache is and how large it is, or empty it; nothing is lost that cannot be computed again.": (
        "Zeigen, wo der Zwischenspeicher liegt und wie groß er ist, oder ihn leeren; verloren geht nur, was sich wieder berechnen lässt."
    ),
    "Each part has a limit in entries and bytes, beyond which the oldest entries go.": (
        "Jeder Teil hat eine Grenze in Einträgen und Bytes; was darüber hinausgeht, wird entfernt, das Älteste zuerst."
    ),
    "Remove everything from the cache that no other command is using.": (
        "Alles aus dem Zwischenspeicher entfernen, was kein anderer Befehl gerade benutzt."
    ),
    # --- init, check, remove, coverage
    "Create a project for another region, with one example event.": (
        "Ein Projekt für eine andere Region anlegen, mit einer Veranstaltung als Beispiel."
    ),
    "Report all faults of a project, each with file and line. Exit code 1 if there are any.": (
        "Alle Fehler eines Projekts melden, jeden mit Datei und Zeile. Gibt es welche, ist der Rückgabewert 1."
    ),
    "Format of the findings; github makes annotations of a pull request.": (
        "Format der Befunde; github macht Anmerkungen an einem Pull Request daraus."
    ),
    "Remove a person from the data, with all that only they lead to, and empty the cache. Exit code 1 if faults are left.": (
        "Eine Person mit allem, wozu nur sie führt, aus den Daten entfernen und den Zwischenspeicher leeren. "
        "Bleiben Fehler, ist der Rückgabewert 1."
    ),
    (
        "A contribution stays, and quotes lose the name. Then each place in the folder that still has the name is listed: "
        "ids, other texts, pictures and exports made before."
    ): (
        "Ein Beitrag bleibt, und Zitate verlieren den Namen. Danach steht da, wo der Name im Ordner noch vorkommt: "
        "in ids, in anderen Texten, in früheren Bildern und Exporten."
    ),
    "Remove only contact details, and the consent to them.": "Nur Kontaktdaten und die Einwilligung dazu entfernen.",
    "Say what would change and what names the person, and change nothing.": (
        "Sagen, was sich ändern würde und was die Person nennt, und nichts ändern."
    ),
    "Compare a document with the graph: does each quote stand in it, is each line accounted for? Exit code 1 if not.": (
        "Ein Dokument mit dem Graphen vergleichen: Steht jedes Zitat darin, ist jede Zeile zitiert oder mit Absicht ausgelassen? "
        "Wenn nicht, ist der Rückgabewert 1."
    ),
    "A document is a text or Markdown file, and, with pip install 'itasgraph[draft]', HTML, DOCX, PDF, XLSX, CSV or TSV.": (
        "Ein Dokument ist eine Datei mit Text oder Markdown; mit pip install 'itasgraph[draft]' auch HTML, DOCX, PDF, XLSX, CSV oder TSV."
    ),
    "Sheet of a workbook; default: all that are not hidden.": "Blatt einer Arbeitsmappe; Vorgabe: alle, die nicht ausgeblendet sind.",
    "Name of the source; default: the source whose checksum or quotes fit.": (
        "Name der Quelle; Vorgabe: die Quelle, deren Prüfsumme oder Zitate passen."
    ),
    "Write the text with its quotes marked as HTML.": "Den Text mit markierten Zitaten als HTML schreiben.",
    # --- draft
    'Draft a data file from a list of actors or a programme: entries with quotes, and what is doubtful below "review:".': (
        "Eine Datendatei aus einer Liste von Akteuren oder einem Programm entwerfen: Einträge mit Zitaten und, was zweifelhaft ist, unter „review:“."
    ),
    "The document is a workbook (XLSX), a CSV file, an HTML page, a DOCX or PDF document, or a text. An entry that the project "
    "knows by any of its names keeps its id. A FILE that exists is brought up to date: what a person wrote or decided in it stays. "
    "A workbook that export wrote and somebody edited changes the data files of the project: what was edited, nothing else. "
    "Needs: pip install 'itasgraph[draft]'": (
        "Das Dokument ist eine Arbeitsmappe (XLSX), eine CSV-Datei, eine HTML-Seite, ein Dokument in DOCX oder PDF oder ein Text. Ein Eintrag, "
        "den das Projekt unter einem seiner Namen kennt, behält seine id. Gibt es FILE schon, wird die Datei auf den neuen Stand gebracht: Was ein "
        "Mensch darin schrieb oder entschied, bleibt. Eine Arbeitsmappe, die export geschrieben und jemand bearbeitet hat, ändert die Datendateien "
        "des Projekts: was bearbeitet wurde, sonst nichts. Nötig: pip install 'itasgraph[draft]'"
    ),
    "Data file to write, or to bring up to date; default: stdout.": "Die Datendatei, die entsteht oder auf den neuen Stand kommt; Vorgabe: die Standardausgabe.",
    "Web address of the document; it is recorded, not opened.": "Adresse des Dokuments im Netz; sie wird festgehalten, nicht geöffnet.",
    "Write the text of the document, to which the lines refer.": "Den Text des Dokuments schreiben, auf den sich die Zeilen beziehen.",
    'Read a column as this key, as in --column "Sparte=sector" (repeatable).': (
        "Eine Spalte unter diesem Schlüssel lesen, etwa --column „Sparte=sector“ (mehrfach möglich)."
    ),
    "Day on which the people in the document agreed that their contact details are kept.": (
        "Der Tag, an dem die Menschen im Dokument zugestimmt haben, dass ihre Kontaktdaten hier stehen."
    ),
    "Say on stderr which rule made which entry.": "Auf der Standardfehlerausgabe sagen, welche Regel welchen Eintrag ergab.",
    "Say what would be drafted, and write nothing.": "Sagen, was entstünde, und nichts schreiben.",
    "Remove from FILE what the document no longer says and nobody changed.": "Aus FILE entfernen, was nicht mehr im Dokument steht und niemand geändert hat.",
    # --- queries, query, show
    "List the ready questions with their parameters.": "Die fertigen Fragen mit ihren Parametern auflisten.",
    "Ask a ready question (its name), a query file (.rq), SPARQL text (with a brace), or stdin (-).": (
        "Eine fertige Frage (ihr Name), eine Abfragedatei (.rq), SPARQL-Text (mit geschweifter Klammer) oder die Standardeingabe (-) beantworten."
    ),
    "The answer to ASK is yes or no; after a no, the exit code is 1.": (
        "Die Antwort auf ASK ist ja oder nein; nach einem Nein ist der Rückgabewert 1."
    ),
    "A parameter of a ready question (repeatable).": "Ein Parameter einer fertigen Frage (mehrmals möglich).",
    "Format of the answer; default: by the extension of -o, else table.": (
        "Format der Antwort; Vorgabe: nach der Endung von -o, sonst table."
    ),
    "Patterns outside GRAPH ask only what --data states outside named graphs; else they ask all graphs together.": (
        "Muster außerhalb von GRAPH fragen nur, was --data außerhalb benannter Graphen sagt; sonst fragen sie alle Graphen "
        "zusammen."
    ),
    "Number the evidence of each row, and print the quotes below.": (
        "Die Belege jeder Zeile nummerieren und die Zitate darunter ausgeben."
    ),
    "Show one actor, topic or activity: what is known, and who says so.": (
        "Einen Akteur, ein Thema oder ein Vorhaben zeigen: was bekannt ist und wer es sagt."
    ),
    # --- path, analyse, view
    "Show how two entries are connected: the shortest path, with the quotes for each step.": (
        "Zeigen, wie zwei Einträge verbunden sind: der kürzeste Weg, mit den Zitaten zu jedem Schritt."
    ),
    "In data of others all relations but rdf:type count, 200,000 at most.": "In fremden Daten zählen alle Beziehungen außer rdf:type, höchstens 200.000.",
    "Paths do not lead through hubs, which connect nearly everything: topics, target groups, places, sections, the event, the initiative. Exit code 1 if there is no path.": (
        "Wege führen nicht durch Knotenpunkte, die fast alles verbinden: Themen, Zielgruppen, Orte, Programmabschnitte, "
        "die Veranstaltung, die Initiative. Gibt es keinen Weg, ist der Rückgabewert 1."
    ),
    "Allow this hub on paths (repeatable).": "Diesen Knotenpunkt auf Wegen erlauben (mehrmals möglich).",
    "Exclude this from paths (repeatable).": "Dies von Wegen ausschließen (mehrmals möglich).",
    "Show all shortest paths, not only the first.": "Alle kürzesten Wege zeigen, nicht nur den ersten.",
    "Greatest length of a path in steps.": "Größte Länge eines Weges in Schritten.",
    "Format of the answer.": "Format der Antwort.",
    "Say what a network shows: who connects others, who could meet, where gaps are, what would fall apart.": (
        "Sagen, was ein Netz zeigt: wer andere verbindet, wer wen kennenlernen könnte, wo Lücken sind, was zerfallen würde."
    ),
    "NETWORK is the name of a file in queries/network/, or a query file (.rq).": (
        "NETZ ist der Name einer Datei in queries/network/ oder eine Abfragedatei (.rq)."
    ),
    "Format of the answers; default: by the extension of -o, else text.": (
        "Format der Antworten; Vorgabe: nach der Endung von -o, sonst text."
    ),
    "Only appearances on this day or later.": "Nur Auftritte an diesem Tag oder später.",
    "Only appearances on this day or earlier.": "Nur Auftritte an diesem Tag oder früher.",
    "Compare two events, sections, sources or years instead, the earlier one first.": (
        "Stattdessen zwei Veranstaltungen, Programmabschnitte, Quellen oder Jahre vergleichen, das frühere zuerst."
    ),
    "Write the interactive picture as one HTML file that works offline.": (
        "Das interaktive Bild als eine HTML-Datei schreiben, die ohne Internet auskommt."
    ),
    "NETWORK is the name of a file in queries/network/, or a query file (.rq). The page has a switch between several networks and opens with the first one. Without a name, it has those whose header gives them a place in the switch (order:).": (
        "NETZ ist der Name einer Datei in queries/network/ oder eine Abfragedatei (.rq). Die Seite hat einen Umschalter zwischen mehreren Netzen und "
        "öffnet mit dem ersten. Ohne Namen hat sie die Netze, denen ihre Kopfzeilen einen Platz im Umschalter geben (order:)."
    ),
    "Put all networks of the project into the page.": "Alle Netze des Projekts in die Seite aufnehmen.",
    "Show only the surroundings of this entry.": "Nur die Umgebung dieses Eintrags zeigen.",
    "Steps around --focus; default: 2.": "Schritte um --focus herum; Vorgabe: 2.",
    "Show at most this many entries, the best connected first.": (
        "Höchstens so viele Einträge zeigen, die am besten verbundenen zuerst."
    ),
    "Title of the page.": "Titel der Seite.",
    "Keep the groups and places of a map from this earlier picture as far as the data allow.": (
        "Gruppen und Plätze einer Karte aus diesem früheren Bild behalten, soweit es die Daten zulassen."
    ),
    "Open the file in the browser.": "Die Datei im Browser öffnen.",
    # --- export, publish, serve
    "Export the graph as linked data, or one of its networks; the same data give the same bytes.": (
        "Den Graphen als Linked Data exportieren oder eines seiner Netze; dieselben Daten ergeben dieselben Bytes."
    ),
    "TriG and N-Quads hold the named graphs; Turtle, N-Triples, RDF/XML and JSON-LD hold their union. GraphML, GEXF, node-link (JSON for D3) and cytoscape hold a network; csv writes it as two tables, net-nodes.csv and net-edges.csv for -o net.csv, or into a folder, and kumu as two tables for Kumu. xlsx writes the entries into a workbook, a sheet for each kind; draft reads it again when it is edited.": (
        "TriG und N-Quads enthalten die benannten Graphen, Turtle, N-Triples, RDF/XML und JSON-LD ihre Vereinigung. GraphML, GEXF, "
        "node-link (JSON für D3) und cytoscape enthalten ein Netz; csv schreibt es als zwei Tabellen, net-nodes.csv und net-edges.csv "
        "bei -o net.csv, oder in einen Ordner, kumu als zwei Tabellen für Kumu. "
        "xlsx schreibt die Einträge in eine Arbeitsmappe, ein Blatt je Art; draft liest sie wieder ein, wenn sie bearbeitet ist."
    ),
    "Format; default: by the extension of -o, else turtle. The extension .gz compresses it.": (
        "Format; Vorgabe: nach der Endung von -o, sonst turtle. Die Endung .gz packt es."
    ),
    "For the formats of networks: this network, or a query file (.rq); default: actors.": (
        "Für die Formate von Netzen: dieses Netz oder eine Abfragedatei (.rq); Vorgabe: actors."
    ),
    "Only this graph: source, editorial, derived (all of that kind), a name, or all; JSON-LD then keeps them apart.": (
        "Nur dieser Graph: source, editorial, derived (alle dieser Art), ein Name oder all; JSON-LD trennt sie dann."
    ),
    "Only one entry with its surroundings.": "Nur ein Eintrag mit seiner Umgebung.",
    "Leave out the quotes.": "Die Zitate weglassen.",
    "Write a description of the data instead: VoID, DCAT and PROV.": (
        "Stattdessen eine Beschreibung der Daten schreiben: VoID, DCAT und PROV."
    ),
    "Put the graphs into a triple store, each as a whole; other graphs in it stay as they are.": (
        "Die Graphen in einen Triplestore schreiben, jeden als Ganzes; andere Graphen darin bleiben, wie sie sind."
    ),
    "URL is where the store takes graphs (SPARQL 1.1 Graph Store Protocol). After an interruption the next run does the rest. The environment variable ITASGRAPH_AUTH=user:password or ITASGRAPH_TOKEN=… holds the credentials.": (
        "URL ist die Adresse, unter der der Triplestore Graphen annimmt (SPARQL 1.1 Graph Store Protocol). Nach einer Unterbrechung erledigt der "
        "nächste Lauf den Rest. Die Umgebungsvariable ITASGRAPH_AUTH=name:kennwort oder ITASGRAPH_TOKEN=… enthält die Zugangsdaten."
    ),
    "Where the store takes queries; default: known from its address.": (
        "Adresse für Abfragen; Vorgabe: folgt aus der des Triplestores."
    ),
    "Where the store takes updates; default: known from its address.": (
        "Adresse für Änderungen; Vorgabe: folgt aus der des Triplestores."
    ),
    "Show what would change, graph by graph, and change nothing.": (
        "Zeigen, was sich je Graph ändern würde, und nichts ändern."
    ),
    "Remove graphs of ours that the project no longer has.": (
        "Eigene Graphen entfernen, die das Projekt nicht mehr hat."
    ),
    "Graph for the triples of --data that are in no named graph.": (
        "Graph für die Tripel aus --data, die in keinem benannten Graphen stehen."
    ),
    "Give up when reading the data, or one request to the server, takes longer.": (
        "Aufgeben, wenn das Lesen der Daten oder eine Anfrage an den Server länger dauert."
    ),
    "Answer SPARQL over HTTP, read-only, until Ctrl-C: a SPARQL 1.1 endpoint for other programs.": (
        "SPARQL über HTTP beantworten, nur lesend, bis Strg+C: ein SPARQL-1.1-Endpunkt für andere Programme."
    ),
    "Ctrl-C or SIGTERM ends the server; the exit code is then 0. Needs: pip install 'itasgraph[serve]'": (
        "Strg+C oder SIGTERM beendet den Server; der Rückgabewert ist dann 0. Nötig: pip install 'itasgraph[serve]'"
    ),
    "Address to listen at; 0.0.0.0 is the whole network.": "Adresse des Servers; 0.0.0.0 ist das ganze Netz.",
    "Port to listen at; 0 is any free one.": "Port des Servers; 0 ist irgendein freier.",
    "End a query that takes longer, including the time to send its answer.": (
        "Eine Abfrage beenden, die länger dauert, das Senden der Antwort eingeschlossen."
    ),
    "End a query that takes more memory, where the system can limit it.": (
        "Eine Abfrage beenden, die mehr Speicher braucht, wo das System ihn begrenzen kann."
    ),
    "Let pages of other web sites ask, too.": "Auch Seiten anderer Websites fragen lassen.",
    "Answer under this name of the server, too (repeatable); localhost and the address of --host always work.": (
        "Auch unter diesem Namen des Servers antworten (mehrmals möglich); localhost und die Adresse von --host gehen immer."
    ),
}
