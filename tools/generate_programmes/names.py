"""Invented people, roles and organisations, as they stand in the programmes of regional events."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from tools.generate_programmes.choices import happens

# Given names (women, men) and family names; by language, so that a name is of one piece.
_GIVEN: Final = {
    "de": (
        "Annegret Birgit Carla Dorothea Friederike Gesine Hannelore Imke Jutta Katja Lioba Mareike Nele Ragna Silke Theresa Ulrike Wiebke",
        "Arndt Bernhard Clemens Detlef Eike Falko Gerrit Henning Ingo Jochen Knut Lutz Malte Norbert Ole Reinhard Sönke Torsten Volker",
    ),
    "cs": (
        "Alžběta Blanka Dagmar Hedvika Ivana Kateřina Ludmila Markéta",
        "Bohumil Ctirad Dalibor Jaromír Lubomír Miroslav Radek Vojtěch",
    ),
    "pl": (
        "Bożena Danuta Grażyna Jolanta Małgorzata Wioletta Zofia",
        "Bogdan Grzegorz Krzysztof Łukasz Paweł Sławomir Wojciech",
    ),
    "tr": ("Aylin Dilek Esra Gülay Nermin Sevgi Tülin", "Cem Erkan Hakan Kerem Orhan Serdar Yılmaz"),
    "vi": ("Thị Hương", "Văn Dũng"),
    "uk": ("Halyna Iryna Oksana", "Andrij Bohdan Ostap"),
    "en": ("Gillian Harriet Maeve Priya Rosalind", "Alistair Declan Graham Nigel Rhys"),
}
_FAMILY: Final = {
    "de": (
        "Achterberg Brunnhuber Dörffel Eschweiler Fahrenkrog Gerstäcker Hollmichel Immenroth Jasperneite Krautwurst Lindhorst Möckel "
        "Nottebohm Oelschlägel Pfefferkorn Quandtmeier Rübsamen Schlotterbeck Tiedgen Uhlemann Vierhaus Wachsmuth Zschocke "
        "Sommer Stein Krause Bauer Berg-Lohse Graf Kuhn Winter Schönfeld Thoma"
    ),
    "cs": "Blažek Čermák Havránek Kratochvíl Pospíšil Šebesta Vondra Žižka",
    "pl": "Borkowiak Cieślik Gawron Jędrzejczak Kubiak Mazurek Ostrowicz Wrona",
    "tr": "Aksoy Balcı Çakmak Doğanay Erdem Karataş Özkan Şimşek",
    "vi": "Nguyễn Trần Phạm Vũ",
    "uk": "Bondarenko Hnatjuk Kowaltschuk Melnyk",
    "en": "Ashworth Braithwaite Cavendish Hollis O'Rourke Pemberton",
}
_TITLES: Final = ("Dr.", "Prof. Dr.", "Dr.-Ing.", "Dipl.-Ing.", "Prof. Dr.-Ing.", "Prof.")
# Role of a man, of a woman, and kind of organisation: of a firm, of an office, of a house of learning, of an association.
_ROLES: Final = (
    ("Geschäftsführer", "Geschäftsführerin", "fa"),
    ("Vorstand", "Vorständin", "fa"),
    ("Projektleiter", "Projektleiterin", "faoh"),
    ("Leiter Entwicklung", "Leiterin Entwicklung", "f"),
    ("Leiter Personal", "Leiterin Personal", "fo"),
    ("Inhaber", "Inhaberin", "b"),
    ("Gründer", "Gründerin", "b"),
    ("Head of Innovation", "Head of Innovation", "fb"),
    ("Bürgermeister", "Bürgermeisterin", "t"),
    ("Landrat", "Landrätin", "l"),
    ("Dezernent für Bauen", "Dezernentin für Bauen", "tl"),
    ("Referatsleiter Strukturpolitik", "Referatsleiterin Strukturpolitik", "o"),
    ("Abteilungsleiter", "Abteilungsleiterin", "o"),
    ("Professor für Logistik", "Professorin für Logistik", "h"),
    ("Wissenschaftlicher Mitarbeiter", "Wissenschaftliche Mitarbeiterin", "h"),
    ("Institutsleiter", "Institutsleiterin", "h"),
    ("Vorsitzender", "Vorsitzende", "a"),
    ("Präsident", "Präsidentin", "ah"),
    ("Referent für Ausbildung", "Referentin für Ausbildung", "ao"),
    ("Netzwerkkoordinator", "Netzwerkkoordinatorin", "ab"),
    ("Betriebsratsvorsitzender", "Betriebsratsvorsitzende", "f"),
    ("Klimaschutzmanager", "Klimaschutzmanagerin", "tl"),
    ("Tischlermeister", "Tischlermeisterin", "b"),
    ("Hauptgeschäftsführer", "Hauptgeschäftsführerin", "o"),
)
_ENGLISH_ROLES: Final = (
    ("Managing Director", "fb"), ("Head of Research", "fh"), ("Project Manager", "faoh"), ("Professor of Logistics", "h"),
    ("Director", "ah"), ("Policy Adviser", "oa"), ("Founder", "b"), ("Mayor", "t"), ("Programme Coordinator", "oa"),
)  # fmt: skip
_FIRST_PARTS: Final = (
    "Alt",
    "Brunn",
    "Dorn",
    "Eller",
    "Freuden",
    "Grün",
    "Hasel",
    "Königs",
    "Lauter",
    "Mühl",
    "Nieder",
    "Ober",
    "Rauen",
    "Sachsen",
    "Tannen",
    "Weiden",
)
_LAST_PARTS: Final = ("au", "bach", "berg", "burg", "dorf", "feld", "hain", "hausen", "stedt", "thal", "walde", "rode")
_TRADES: Final = (
    "Maschinenbau",
    "Logistik",
    "Kunststofftechnik",
    "Automation",
    "Textil",
    "Elektrotechnik",
    "Oberflächentechnik",
    "Systeme",
)
_BRANDS: Final = (
    "Lumara",
    "Nordlicht",
    "Ferrovia",
    "Kontura",
    "Solvento",
    "Werkraum",
    "Tandem",
    "Hafenkante",
    "Morgenrot",
    "Vektor",
)
_BRAND_ENDS: Final = ("Digital", "Energie", "Robotics", "Studio", "Labs", "Bau", "Mobility", "Consulting")
_SMALL: Final = (
    "Bäckerei {f}",
    "Tischlerei {f}",
    "Hofladen {f}",
    "Atelier {b}",
    "Kollektiv {b}",
    "Gasthof Goldener Hirsch",
    "Architekturbüro {f}",
    "{f} & Söhne",
    "{b} {e}",
    "{b}",
)
_SUBJECTS: Final = (
    "Leichtbau",
    "Wasserwirtschaft",
    "Regionalentwicklung",
    "Arbeitsforschung",
    "Holztechnik",
    "Energiespeicher",
)


@dataclass(frozen=True)
class Organisation:
    """An organisation: its name, how a role is said to be there ("der IHK Nord"), and its kind."""

    name: str
    of: str
    kind: str


@dataclass(frozen=True)
class Person:
    """Somebody who speaks; `title` is the academic one."""

    given: str
    family: str
    title: str
    role: str
    organisation: Organisation

    @property
    def name(self) -> str:
        """The name as a gold file has it."""
        return f"{self.given} {self.family}"


class Names:
    """Invents people and organisations, no person twice; `known` is the share of organisations whose words tell that they are one."""

    def __init__(self, chance: Random, *, is_english: bool, known: float, titled: float) -> None:
        self._chance = chance
        self._is_english = is_english
        self._known = known
        self._titled = titled
        self._used: set[str] = set()

    def town(self) -> str:
        """Return the name of a town."""
        return self._chance.choice(_FIRST_PARTS) + self._chance.choice(_LAST_PARTS)

    def person(self) -> Person:
        """Return somebody new."""
        while True:
            one = self._person()
            if one.family not in self._used:
                self._used.add(one.family)
                return one

    def _person(self) -> Person:
        home = "en" if self._is_english else "de"
        language = home if happens(self._chance, 0.6) else self._chance.choice(list(_GIVEN))
        is_man = happens(self._chance, 0.5)
        given = self._chance.choice(_GIVEN[language][is_man].split())
        family = self._chance.choice(_FAMILY[language].split())
        if language == "vi":
            given, family = family, " ".join(_GIVEN[language][is_man].split())
        elif language in ("cs", "pl") and not is_man:
            family = _of_woman(family)
        elif happens(self._chance, 0.08):
            family = f"{family}-{self._chance.choice(_FAMILY['de'].split())}"
        title = self._chance.choice(_TITLES) if happens(self._chance, self._titled) else ""
        organisation = self.organisation()
        roles = [role for role in _ENGLISH_ROLES if organisation.kind in role[1]]
        pairs = [pair for pair in _ROLES if organisation.kind in pair[2]]
        if self._is_english and roles:
            role = self._chance.choice(roles)[0]
        else:
            role = self._chance.choice(pairs)[0 if is_man else 1]
        return Person(given, family, title, role, organisation)

    def organisation(self) -> Organisation:
        """Return an organisation of some kind."""
        pick, town = self._chance.choice, self.town()
        if not happens(self._chance, self._known):
            name = pick(_SMALL).format(f=pick(_FAMILY["de"].split()), b=pick(_BRANDS), e=pick(_BRAND_ENDS))
            return Organisation(name, f"bei {name}", "b")
        if self._is_english:
            return self._english(town)
        subject = pick(_SUBJECTS)
        return pick(
            (
                _named(f"{pick(_FAMILY['de'].split())} {pick(_TRADES)} GmbH", "der", "f"),
                _named(f"{pick(_BRANDS)} {pick(_TRADES)} AG", "der", "f"),
                _named(f"{pick(_BRANDS)} {pick(_BRAND_ENDS)} GmbH & Co. KG", "der", "f"),
                _named(f"Stadtwerke {town}", "der", "f"),
                _named(f"IHK {town}", "der", "o"),
                _named(f"Handwerkskammer {town}", "der", "o"),
                _named(f"Agentur für Arbeit {town}", "der", "o"),
                Organisation("Ministerium für Wirtschaft und Arbeit", "im Ministerium für Wirtschaft und Arbeit", "o"),
                _named(f"Wirtschaftsförderung {town}", "der", "o"),
                _named(f"Stadt {town}", "der", "t"),
                Organisation(f"Landkreis {town}", f"des Landkreises {town}", "l"),
                _named(f"Technische Universität {town}", "der", "h", "Technischen Universität"),
                _named(f"Hochschule {town}", "der", "h"),
                Organisation(f"Institut für {subject} {town}", f"am Institut für {subject} {town}", "h"),
                Organisation(f"Verein Zukunft {town} e. V.", f"des Vereins Zukunft {town} e. V.", "a"),
                Organisation(f"Bundesverband {subject}", f"des Bundesverbands {subject}", "a"),
                _named(f"{subject}cluster {town}", "bei", "a"),
                _named(f"DGB-Region {town}", "der", "a"),
            )
        )

    def _english(self, town: str) -> Organisation:
        pick = self._chance.choice
        names = (
            (f"University of {town}", "h"), (f"{pick(_BRANDS)} {pick(_BRAND_ENDS)} Ltd", "f"), (f"{town} City Council", "t"),
            (f"{town} Development Agency", "o"), (f"Institute for {pick(('Transport', 'Energy', 'Materials'))} Research", "h"),
            (f"{pick(_BRANDS)} GmbH", "f"), (f"{town} Chamber of Commerce", "o"), ("Northern Trades Association", "a"),
        )  # fmt: skip
        name, kind = pick(names)
        return Organisation(name, f"at {name}", kind)


def _named(name: str, article: str, kind: str, inflected: str = "") -> Organisation:
    """Return an organisation whose name stays as it is behind an article, but for its first words where `inflected` says so."""
    of = f"{inflected} {name.split(maxsplit=2)[2]}" if inflected else name
    return Organisation(name, f"{article} {of}", kind)


def _of_woman(family: str) -> str:
    """Return the family name of a woman."""
    if family.endswith(("ek", "ak", "ík", "ák", "íl", "il")):
        return family if family.endswith(("ek", "ak")) else f"{family}ová"
    return family
