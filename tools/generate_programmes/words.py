"""The words of programmes: titles, formats, breaks, descriptions, and what stands around a programme on a page."""

from __future__ import annotations

from random import Random
from typing import Final

TOPICS: Final = (
    "Wasserstoff", "Fachkräfte", "Leerstand", "Künstliche Intelligenz", "Nahverkehr", "Kreislaufwirtschaft", "Ausbildung",
    "Wärmewende", "Mobilität", "Ehrenamt", "Digitalisierung", "Zuwanderung", "Nachfolge", "Industriekultur", "Leichtbau", "Glasfaser",
)  # fmt: skip
_GERMAN: Final = (
    "{a} im ländlichen Raum", "Wie {a} gelingt", "{a} und {b} zusammen denken", "{a}: Was jetzt zu tun ist", "Was bringt {a}?",
    "{a} – Chancen für die Region", "Mehr {a} wagen", "Von der Idee zum Produkt", "Gewinnen, halten, begeistern: {a} im Mittelstand",
    "Wer zahlt für {a}?", "Aus der Praxis: {a} in kleinen Betrieben", "{a} 2035", "Gemeinsam statt einsam", "Der lange Weg zur {a}",
    "Was die Region von Wilhelm Raabe lernen kann", "Zwischen Anspruch und Wirklichkeit – {a} vor Ort", "{a}, {b} und die Folgen",
    "Neue Wege in der {a}", "Ein Jahr {a}: Bilanz und Ausblick", "Kleine Schritte, große Wirkung",
)  # fmt: skip
ENGLISH_TOPICS: Final = (
    "hydrogen",
    "skilled labour",
    "circular economy",
    "rural transport",
    "lightweight design",
    "data spaces",
    "training",
    "housing",
)
_ENGLISH: Final = (
    "{a} in rural areas", "How to make {a} work", "What {a} can learn from {b}", "Why {a} matters", "{a}: lessons from the region",
    "Who pays for {a}?", "Towards {a} – a view from practice", "Ten years of {a}", "From idea to product", "Small steps, big effects",
)  # fmt: skip
FORMATS: Final = ("Keynote", "Impuls", "Vortrag", "Praxisbericht", "Impulsvortrag", "Fachvortrag", "Input")
ENGLISH_FORMATS: Final = ("Keynote", "Talk", "Case study", "Lecture", "Presentation")
PANELS: Final = ("Podiumsdiskussion", "Podiumsgespräch", "Panel", "Talkrunde", "Diskussion")
ENGLISH_PANELS: Final = ("Panel discussion", "Panel", "Round table")
OPENINGS: Final = ("Begrüßung", "Eröffnung und Begrüßung", "Grußwort", "Begrüßung und Einführung")
ENGLISH_OPENINGS: Final = ("Welcome", "Opening remarks", "Welcome address")
CLOSINGS: Final = ("Zusammenfassung und Ausblick", "Fazit und Verabschiedung", "Schlusswort", "Ausblick")
ENGLISH_CLOSINGS: Final = ("Closing remarks", "Summary and outlook", "Wrap-up")
ARRIVALS: Final = (
    "Einlass und Registrierung",
    "Ankommen und Kaffee",
    "Anmeldung",
    "Registrierung",
    "Ankunft der Gäste",
)
ENGLISH_ARRIVALS: Final = ("Registration", "Registration and coffee", "Arrival")
BREAKS: Final = ("Kaffeepause", "Pause", "Pause und Austausch", "Kaffeepause und Networking")
LUNCHES: Final = ("Mittagspause", "Mittagsimbiss", "Gemeinsames Mittagessen", "Mittagspause mit Imbiss")
ENDS: Final = (
    "Get-together",
    "Ausklang bei Imbiss und Getränken",
    "Ende der Veranstaltung",
    "Netzwerken und Ausklang",
    "Abendessen",
)
ENGLISH_BREAKS: Final = ("Coffee break", "Break")
ENGLISH_LUNCHES: Final = ("Lunch", "Lunch break")
ENGLISH_ENDS: Final = ("Reception", "End of the event", "Dinner")
SUBTITLES: Final = (
    "Erfahrungen aus drei Jahren",
    "Ein Werkstattbericht",
    "Was wir gelernt haben",
    "Ergebnisse einer Umfrage unter Betrieben",
)
ENGLISH_SUBTITLES: Final = ("Results of a survey", "What we have learnt", "A report from practice")
_DESCRIPTIONS: Final = (
    "Der Beitrag zeigt an Beispielen aus der Region, welche Schritte sich bewährt haben und wo es weiterhin hakt. Im Anschluss ist Zeit für Fragen.",
    "Viele Betriebe stehen vor derselben Frage. Wir stellen Werkzeuge vor, die ohne großen Aufwand eingesetzt werden können, und sprechen über ihre Grenzen.",
    "In kurzen Beiträgen berichten Beteiligte von ihren Vorhaben. Danach diskutieren wir gemeinsam mit dem Publikum, was sich übertragen lässt.",
)
_ENGLISH_DESCRIPTIONS: Final = (
    "This contribution shows what has worked in practice and what has not. There will be time for questions at the end.",
    "Many small firms face the same question. We present tools that can be used at once and talk about their limits.",
)
SECTIONS: Final = (
    "Vormittag",
    "Block 1: {a}",
    "Themenblock {a}",
    "Plenum",
    "Forum {a}",
    "{a} und Arbeit",
    "Nachmittag",
    "Teil I – {a}",
)
ENGLISH_SECTIONS: Final = ("Morning session", "Session 1: {a}", "Plenary", "Part I – {a}", "Afternoon session")
HOUSES: Final = (
    "Kulturhaus {t}",
    "Alte Weberei",
    "Stadthalle {t}",
    "Rathaus {t}",
    "Bürgerhaus {t}",
    "Kongresszentrum {t}",
    "Schloss {t}",
    "Tuchfabrik {t}",
)
EVENTS: Final = (
    "{n}. Regionalkongress {t}",
    "Zukunftsforum {t}",
    "Fachtag {a}",
    "{a}konferenz {t}",
    "Wirtschaftstag {t}",
    "Forum {a} und Region",
)
ENGLISH_EVENTS: Final = ("{t} Regional Forum", "Conference on {a}", "{n}th {t} Business Day")
ROOMS: Final = ("Großer Saal", "Raum 2", "Foyer", "Seminarraum 1.04", "Saal B")


class Words:
    """Composes the texts of one programme; no title twice."""

    def __init__(self, chance: Random, *, is_english: bool) -> None:
        self._chance = chance
        self.is_english = is_english
        self._used: set[str] = set()

    def pick(self, german: tuple[str, ...], english: tuple[str, ...]) -> str:
        """Return a text in the language of the programme."""
        return self._chance.choice(english if self.is_english else german)

    def filled(self, german: tuple[str, ...], english: tuple[str, ...], town: str) -> str:
        """Return a text with a topic, a town and a number in it."""
        topic = self._chance.choice(ENGLISH_TOPICS if self.is_english else TOPICS)
        return self.pick(german, english).format(a=topic, t=town, n=self._chance.randint(4, 19))

    def title(self) -> str:
        """Return a title that the programme has not yet."""
        while True:
            one, other = self._chance.sample(ENGLISH_TOPICS if self.is_english else TOPICS, 2)
            title = self.pick(_GERMAN, _ENGLISH).format(a=one, b=other)
            title = title[0].upper() + title[1:]
            if title not in self._used:
                self._used.add(title)
                return title

    def description(self) -> str:
        """Return what a contribution is about, in sentences."""
        return self.pick(_DESCRIPTIONS, _ENGLISH_DESCRIPTIONS)
