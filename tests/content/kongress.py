"""The ITAS-Kongress 2024 as its review page prints it, read by hand: programme, speakers, who spoke where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    name: str
    organisation: str
    role: str = ""


@dataclass(frozen=True)
class Item:
    """A printed programme item: the line it stands in, its section, title and speakers in order."""

    line: int
    section: int
    title: str
    speakers: tuple[Speaker, ...] = ()


SECTIONS = [
    "Wir heute hier",
    "Die Zulieferer im Blick: ITAS-Angebote für Unternehmen",
    "Die Fachkräfte und die Gesellschaft im Blick: ITAS-Angebote für Arbeitnehmer und Bürger",
    "Die Zukunft im Blick: Strategische Aktivitäten in ITAS",
]

# What the summary tells beside the printed programme: lines 5, 10 and 30.
BESIDE = {
    "Diskussion der weiteren Schritte zur Gestaltung einer zukunftsfähigen Industrieregion",
    "Vertreter von Jugend- und Auszubildendenorganisationen reflektieren die Ergebnisse und stellen Zukunftsfragen",
    "Abschlussdiskussion: ITAS Ausblick 2024/2025",
}


PROGRAMME = [
    Item(
        42,
        1,
        "Wo steht die Region heute – Einblick in den ITAS-Strukturbericht",
        (Speaker("Cornelius Plaul", "IMREG GmbH"),),
    ),
    Item(
        43,
        1,
        "Was bringt die Zukunft – Neues aus dem ITAS Technologie- und Trendscouting",
        (Speaker("Andreas Wächtler", "AMZ Sachsen", "Netzwerkmanager"),),
    ),
    Item(
        44,
        1,
        "Wie können wir die Zukunft mitgestalten – Die ITAS-Charta im Prozess",
        (Speaker("Gregor Holst", "IMU-Institut"),),
    ),
    Item(
        52,
        2,
        "ITAS-Helpdesks Sprechstunden und weitere niedrigschwellige Angebote",
        (Speaker("Patrick Korn", "IHK Chemnitz", "ITAS-Projektleiter"),),
    ),
    Item(
        53,
        2,
        "Transformationslotsen – Der Umbau in den Betrieben am konkreten Beispiel",
        (
            Speaker("Thomas Knabel", "IG Metall Zwickau", "1. Bevollmächtigter"),
            Speaker("Petra Seifert", "GKN", "Betriebsrätin"),
        ),
    ),
    Item(
        54,
        2,
        "Brücken zwischen Wissenschaft und Wirtschaft – Hochschulen und Automotive-Unternehmen in Mittelsachsen",
        (Speaker("Cindy Krause", "IHK Mittelsachsen"),),
    ),
    Item(
        55,
        2,
        "Elektrik / Elektronik und Automatisierung / Digitalisierung – "
        "Qualifizierungsangebote für die Automobilproduktion von morgen",
        (Speaker("Michel Götze", "Volkswagen Bildungsinstitut"),),
    ),
    Item(
        56,
        2,
        "Textiles Interieur – Potentiale der regionalen Textilindustrie als Automobil-Zulieferer",
        (Speaker("Anton Schumann", "Gherzi Germany GmbH"),),
    ),
    Item(
        57,
        2,
        "Circular Cars – Trainings für Kreislaufwirtschaft in der Automobilindustrie",
        (Speaker("Boris Kaiser", "CWE"), Speaker("Andreas Wächtler", "AMZ Sachsen")),
    ),
    Item(65, 3, "WIR SIND HIER – Fachkraft. Mensch."),
    Item(
        66,
        3,
        "Studiengang „Sustainable Innovation Loop“ / KI-unterstütztes Lernen im individuellen Tempo",
        (Speaker("Tobias Teich", "Westsächsische Hochschule Zwickau"),),
    ),
    Item(
        67,
        3,
        "Strategisches Review der regionalen Berufsausbildung",
        (Speaker("Diana Krahl", "Forschungsinstitut Betriebliche Bildung (f-bb gGmbH)"),),
    ),
    Item(
        68,
        3,
        "SOS Berufsausbildung Jugend gestaltet die Berufsausbildung mit, das Beispiel VW-Motorenwerk",
        (Speaker("Philip Salomon", "VW-Motorenwerk"),),
    ),
    Item(
        69,
        3,
        "Gemischte Teams für optimalen Wissenstransfer Workshops und Begleitung für Automotive-Unternehmen",
        (Speaker("Melanie Trommer", "ATB gGmbH"),),
    ),
    Item(
        70,
        3,
        "Wie veränderungsbereit ist Chemnitz/Südwestsachsen? "
        "Aktueller Stand der Untersuchungen zur regionalen Resilienz",
        (Speaker("Carmen Leidereiter", "aconium GmbH"),),
    ),
    Item(
        71,
        3,
        "Bürgerdialog zur Zukunft der Mobilität – ITAS auf dem Kosmos Chemnitz am 08.06.2024",
        (Speaker("Boris Kaiser", "CWE"),),
    ),
    Item(81, 4, "Mobilitäts-Konzepte für die ITAS-Region", (Speaker("René Pessier", "Mobilitätswerk Dresden"),)),
    Item(82, 4, "ITAS-Policy Labs / Automatisiertes Fahren", (Speaker("Udo Wehner", "AMZ Sachsen"),)),
    Item(
        83,
        4,
        "Strukturwandel in den regionalen Wertschöpfungsketten",
        (Speaker("Thomas Birner", "LennardtundBirner GmbH"),),
    ),
    Item(
        84,
        4,
        "Der Wasserstoffbedarf in der Region als Standortfaktor für die Automobilproduktion",
        (Speaker("Martin Witschaß", "IHK Chemnitz"),),
    ),
    Item(85, 4, "ITAS Ausblick 2024/2025", (Speaker("Boris Kaiser", "CWE"),)),
]


# Read off the programme of the review: who spoke in which of its four hours.
SPOKE = {
    "wir-heute-hier": {"cornelius-plaul", "andreas-waechtler", "gregor-holst"},
    "zulieferer": {
        "patrick-korn",
        "thomas-knabel",
        "petra-seifert",
        "cindy-krause",
        "michel-goetze",
        "anton-schumann",
        "boris-kaiser",
        "andreas-waechtler",
    },
    "fachkraefte-und-gesellschaft": {
        "tobias-teich",
        "diana-krahl",
        "philip-salomon",
        "melanie-trommer",
        "carmen-leidereiter",
        "boris-kaiser",
    },
    "zukunft": {"rene-pessier", "udo-wehner", "thomas-birner", "martin-witschass", "boris-kaiser"},
}


SPOKE_FOR = {
    ("cornelius-plaul", "imreg"),
    ("andreas-waechtler", "amz-sachsen"),
    ("gregor-holst", "imu-institut"),
    ("patrick-korn", "ihk-chemnitz"),
    ("thomas-knabel", "ig-metall-zwickau"),
    ("petra-seifert", "gkn"),
    ("cindy-krause", "ihk-mittelsachsen"),
    ("michel-goetze", "volkswagen-bildungsinstitut"),
    ("anton-schumann", "gherzi-germany"),
    ("boris-kaiser", "cwe"),
    ("tobias-teich", "westsaechsische-hochschule-zwickau"),
    ("diana-krahl", "f-bb"),
    ("philip-salomon", "vw-motorenwerk"),
    ("melanie-trommer", "atb"),
    ("carmen-leidereiter", "aconium"),
    ("rene-pessier", "mobilitaetswerk-dresden"),
    ("udo-wehner", "amz-sachsen"),
    ("thomas-birner", "lennardtundbirner"),
    ("martin-witschass", "ihk-chemnitz"),
}
