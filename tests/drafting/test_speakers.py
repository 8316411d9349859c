"""The speakers in a line of a programme, in the forms in which programmes print them."""

from __future__ import annotations

import pytest

from itasgraph.drafting.people import is_person
from itasgraph.drafting.speakers import SpeakerGrammar, with_same_organisation

KNOWN = {"Nordhalle", "Ringnetz Ost"}
GRAMMAR = SpeakerGrammar(KNOWN.__contains__, {"Cher"}.__contains__)


def read(text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(one.title, one.name, one.role, one.organisations) for one in GRAMMAR.speakers(text)]


KERN = ("Dr.", "Ida Kern", "Leiterin", ("Werk Süd GmbH",))


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Ida Kern, Leiterin, Werk Süd GmbH",
        "Dr. Ida Kern, Werk Süd GmbH, Leiterin",
        "Dr. Ida Kern, Leiterin Werk Süd GmbH",
        "Dr. Ida Kern, Leiterin der Werk Süd GmbH",
        "Dr. Ida Kern, Leiterin bei Werk Süd GmbH",
        "Dr. Ida Kern (Leiterin, Werk Süd GmbH)",
        "Dr. Ida Kern (Werk Süd GmbH, Leiterin)",
        "Dr. Ida Kern (Werk Süd GmbH – Leiterin)",
        "Dr. Ida Kern | Leiterin | Werk Süd GmbH",
        "Dr. Ida Kern – Leiterin, Werk Süd GmbH",
        "Frau Dr. Ida Kern, Leiterin, Werk Süd GmbH",
        "Referentin: Dr. Ida Kern, Leiterin, Werk Süd GmbH",
        "Mit: Dr. Ida Kern, Leiterin, Werk Süd GmbH",
    ],
)
def test_name_role_and_organisation_in_each_form(text: str) -> None:
    assert read(text) == [KERN]
    assert [one.doubt for one in GRAMMAR.speakers(text)] == [None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Zdeněk Novák, TU Brno", ("", "Zdeněk Novák", "", ("TU Brno",))),
        (
            "Prof. Dr.-Ing. Łukasz Wójcik, Politechnika Nord Sp. z o.o.",
            ("Prof. Dr.-Ing.", "Łukasz Wójcik", "", ("Politechnika Nord Sp. z o.o.",)),
        ),
        (
            "Ayşe Yılmaz, 1. Bevollmächtigte IG Bau Neuheim",
            ("", "Ayşe Yılmaz", "1. Bevollmächtigte", ("IG Bau Neuheim",)),
        ),
        (
            "Nguyễn Thị Lan, Bürgermeisterin Stadtverwaltung Neuheim",
            ("", "Nguyễn Thị Lan", "Bürgermeisterin", ("Stadtverwaltung Neuheim",)),
        ),
        ("Karl-Heinz von der Au, Nordhalle", ("", "Karl-Heinz von der Au", "", ("Nordhalle",))),
        ("Cher, Ringnetz Ost", ("", "Cher", "", ("Ringnetz Ost",))),
        ("Ben Wolf, Institut für Holzbau (IfH)", ("", "Ben Wolf", "", ("Institut für Holzbau (IfH)",))),
        ("Sarah Miller, Head of Research, Northwind Ltd", ("", "Sarah Miller", "Head of Research", ("Northwind Ltd",))),
        (
            "Ida Kern, Leiterin Wirtschaftsförderung im Ministerium für Energie",
            ("", "Ida Kern", "Leiterin Wirtschaftsförderung", ("Ministerium für Energie",)),
        ),
        (
            "Ida Kern, Vorsitzende des Vorstandes Förderverein Nord e.V.",
            ("", "Ida Kern", "Vorsitzende des Vorstandes", ("Förderverein Nord e.V.",)),
        ),
        ("Ida Kern, Leiterin des Werk Süd e.V. (im Ehrenamt)", ("", "Ida Kern", "Leiterin", ("Werk Süd e.V.",))),
        ("Ida Kern, (XYZ) Bürgermeisterin der Stadt Neuheim", ("", "Ida Kern", "Bürgermeisterin", ("Stadt Neuheim",))),
        (
            "Ida Kern, Leiterin der Geschäftsstelle, IHK Nord",
            ("", "Ida Kern", "Leiterin der Geschäftsstelle", ("IHK Nord",)),
        ),
        ("Ida Kern // Leiterin, Werk Süd GmbH", ("", "Ida Kern", "Leiterin", ("Werk Süd GmbH",))),
        ("MdB Kern, IHK Nord", ("", "Kern", "", ("IHK Nord",))),
        ("Ida KERN, IHK Nord", ("", "Ida KERN", "", ("IHK Nord",))),
    ],
)
def test_names_and_organisations_of_many_kinds(text: str, speaker: tuple[str, str, str, tuple[str, ...]]) -> None:
    assert read(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Ida Kern, Werk Süd GmbH und Ben Wolf, IHK Neuheim",
        "Ida Kern, Werk Süd GmbH & Ben Wolf, IHK Neuheim",
        "Ida Kern, Werk Süd GmbH; Ben Wolf, IHK Neuheim",
        "Ida Kern (Werk Süd GmbH), Ben Wolf (IHK Neuheim)",
        "Ida Kern (Werk Süd GmbH) / Ben Wolf (IHK Neuheim)",
        "Ida Kern, Werk Süd GmbH, und Ben Wolf, IHK Neuheim",
        "Ida Kern (Werk Süd GmbH). Ben Wolf, IHK Neuheim",
        "Ida Kern (Werk Süd GmbH). Ben Wolf (IHK Neuheim). Anschließend Fragen",
    ],
)
def test_several_speakers_are_divided_before_each_name(text: str) -> None:
    assert read(text) == [("", "Ida Kern", "", ("Werk Süd GmbH",)), ("", "Ben Wolf", "", ("IHK Neuheim",))]


def test_conjunction_inside_a_name_divides_nothing() -> None:
    assert read("Ida Kern, Holz und Wolf GmbH") == [("", "Ida Kern", "", ("Holz und Wolf GmbH",))]
    assert read("Ida Kern, Verein für Natur, Haus und Hof e.V.")[0][1] == "Ida Kern"


@pytest.mark.parametrize(
    "text",
    [
        "Moderation: Ida Kern, Werk Süd GmbH",
        "Tagesmoderation: Ida Kern, Werk Süd GmbH",
        "Ida Kern, Werk Süd GmbH (Moderation)",
        "moderiert von Ida Kern, Werk Süd GmbH",
        "Es führt durch den Tag: Ida Kern, Werk Süd GmbH",
        "Durch das Programm begleitet Sie Ida Kern, Werk Süd GmbH",
        "Anmoderation: Ida Kern, Werk Süd GmbH",
        "Host: Ida Kern, Werk Süd GmbH",
        "Chair: Ida Kern (Werk Süd GmbH)",
        "Facilitator: Ida Kern, Werk Süd GmbH",
        "Facilitated by Ida Kern, Werk Süd GmbH",
    ],
)
def test_moderator_is_no_speaker(text: str) -> None:
    (moderator,) = GRAMMAR.speakers(text)

    assert (moderator.name, moderator.organisations, moderator.is_moderator) == ("Ida Kern", ("Werk Süd GmbH",), True)


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Ida Kern", ["doubt-bare-name"]),
        ("Ida Kern, Holzwege", ["doubt-organisation-unknown"]),
        ("Ida Kern, Leiterin der Perle", ["doubt-role-without-organisation"]),
        ("Ida Kern, Leiterin", [None]),
        ("Ida Kern, Ministerin für Bildung", [None]),
        ("Ida Kern, Leiterin der Werkstatttage 2031", [None]),
        ("Ida Kern, Gasthaus zur Linde", [None]),
        ("Ida Kern, Bereich Personal", ["doubt-organisation-unknown"]),
        ("Ida Kern und Ben Wolf, IHK Neuheim", ["doubt-organisation-of-next", None]),
        ("Ida Kern, Nordhalle", [None]),
        ("Ida Kern, Leiterin, Neuburg", ["doubt-organisation-unknown"]),
        ("Ida Kern, Gründerin von Medlink", ["doubt-organisation-unknown"]),
        ("Ida Kern, Geschäftsführerin nexus", ["doubt-role-without-organisation"]),
    ],
)
def test_doubtful_affiliation_has_a_reason(text: str, doubts: list[str | None]) -> None:
    assert [one.doubt for one in GRAMMAR.speakers(text)] == doubts


@pytest.mark.parametrize(
    "text",
    [
        "Werkstatt Neuheim",
        "Eröffnung und Begrüßung",
        "IHK Neuheim",
        "Holz, Metall, Glas",
        "Start | Termine | Kontakt",
        "Neue Wege",
        "Die Lage der Betriebe",
        "Host city Neuheim",
        "",
    ],
)
def test_text_without_a_person_has_no_speaker(text: str) -> None:
    assert GRAMMAR.speakers(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ida Kern, Leiter IT, Werk Süd GmbH", ("", "Ida Kern", "Leiter IT", ("Werk Süd GmbH",))),
        (
            "Ida Kern, Head of Research at Northwind Ltd",
            ("", "Ida Kern", "Head of Research", ("Northwind Ltd",)),
        ),
        ("Ida Kern, Bürgermeisterin der Stadt Neuheim", ("", "Ida Kern", "Bürgermeisterin", ("Stadt Neuheim",))),
        ("Ben Wolf, Landrat des Landkreises Neuheim", ("", "Ben Wolf", "Landrat", ("Landkreis Neuheim",))),
        (
            "Ben Wolf, Betriebsrat Stahl AG und Mitglied des Aufsichtsrats",
            ("", "Ben Wolf", "Betriebsrat", ("Stahl AG",)),
        ),
        ("Ben Wolf, Museum Neuheim / TU Neuheim", ("", "Ben Wolf", "", ("Museum Neuheim", "TU Neuheim"))),
        ("Bürgermeister Ben Wolf, Stadt Neuheim", ("", "Ben Wolf", "Bürgermeister", ("Stadt Neuheim",))),
        ("DR. IDA KERN, TU Neuheim", ("DR.", "IDA KERN", "", ("TU Neuheim",))),
        ("Trần Thu Hà, TU Neuheim", ("", "Trần Thu Hà", "", ("TU Neuheim",))),
        ("Ida Kern\nPflegedienstleiterin\nKlinikum Nord", ("", "Ida Kern", "Pflegedienstleiterin", ("Klinikum Nord",))),
        ("Ida Kern, TU Neuheim | Raum 3", ("", "Ida Kern", "", ("TU Neuheim",))),
    ],
)
def test_role_and_organisation_are_divided_where_the_employer_begins(
    text: str, speaker: tuple[str, str, str, tuple[str, ...]]
) -> None:
    assert read(text) == [speaker]
    assert [one.doubt for one in GRAMMAR.speakers(text)] == [None]


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Ben Wolf, Leiter des Bündnisses Nord e.V.", "Leiter", "Bündnis Nord e.V."),
        ("Ben Wolf, Referent der Technischen Universität Neuheim", "Referent", "Technische Universität Neuheim"),
        (
            "Ben Wolf, Abteilungsleiter Bauen im Sächsischen Staatsministerium für Bau",
            "Abteilungsleiter Bauen",
            "Sächsisches Staatsministerium für Bau",
        ),
        ("Ben Wolf, Sprecher des Deutschen Verbandes Holz", "Sprecher", "Deutscher Verband Holz"),
        ("Ben Wolf, Leiterin bei Holzwege", "Leiterin", "Holzwege"),
        ("Ben Wolf, Leiter Werbung der Stadtwerke Neuheim AG", "Leiter Werbung", "Stadtwerke Neuheim AG"),
        ("Ben Wolf, Leiter der Abteilung Bau im Landesamt", "Leiter der Abteilung Bau", "Landesamt"),
        ("Ben Wolf, Professor für Holzbau an der TU Neuheim", "Professor für Holzbau", "TU Neuheim"),
        ("Ben Wolf, Minister für Infrastruktur des Landes Mittelmark", "Minister für Infrastruktur", "Land Mittelmark"),
        (
            "Ben Wolf, Tischler und Integrationsbeauftragter im Klinikum Neuheim",
            "Tischler und Integrationsbeauftragter",
            "Klinikum Neuheim",
        ),
        ("Ben Wolf, Vizepräsident des Landkreises Neuheim a. D.", "Vizepräsident", "Landkreis Neuheim"),
        ("Ben Wolf, Coordinator at IHK Nord / Cluster Manager", "Coordinator", "IHK Nord"),
        (
            "Ben Wolf, Beauftragter für Bau und Boden (BuB), IHK Nord",
            "Beauftragter für Bau und Boden (BuB)",
            "IHK Nord",
        ),
    ],
)
def test_employer_behind_a_preposition_is_named_in_the_nominative(text: str, role: str, organisation: str) -> None:
    (speaker,) = GRAMMAR.speakers(text)

    assert (speaker.role, speaker.organisations, speaker.doubt) == (role, (organisation,), None)


@pytest.mark.parametrize(
    ("text", "name", "organisation"),
    [
        ("Ida Kern von der IHK Neuheim", "Ida Kern", "IHK Neuheim"),
        ("Dr. Ida Kern von der Hochschule Neuheim", "Ida Kern", "Hochschule Neuheim"),
        ("Ida Kern vom Amt für Holz", "Ida Kern", "Amt für Holz"),
        ("Ida von der Heide, TU Brno", "Ida von der Heide", "TU Brno"),
        ("Hans Peter vom Stein, Werk Süd GmbH", "Hans Peter vom Stein", "Werk Süd GmbH"),
    ],
)
def test_preposition_behind_a_full_name_is_no_particle_of_it(text: str, name: str, organisation: str) -> None:
    (speaker,) = GRAMMAR.speakers(text)

    assert (speaker.name, speaker.organisations, speaker.doubt) == (name, (organisation,), None)


@pytest.mark.parametrize(
    ("text", "role", "organisations", "rule"),
    [
        ("Ida Kern, Zimmerin, Werk Süd GmbH", "Zimmerin", ("Werk Süd GmbH",), "role-beside-organisation"),
        ("Ida Kern, Werk Süd GmbH, Neuheim", "", ("Werk Süd GmbH",), "role-beside-organisation"),
        ("Ida Kern, Leiterin, Kern Feinmechanik", "Leiterin", ("Kern Feinmechanik",), "organisation-beside-role"),
        ("Ida Kern, Kern Obstbau, Neuheim", "", ("Kern Obstbau",), "town-behind-name"),
        ("Ida Kern, Gasthaus zur Linde, Wirtin", "Wirtin", ("Gasthaus zur Linde",), "role-beside-organisation"),
        ("Ida Kern, Stabsstelle Bau, Stadt Neuheim", "", ("Stadt Neuheim",), ""),
        ("Ida Kern, Leiterin, Nordlys", "Leiterin", ("Nordlys",), "organisation-beside-role"),
        ("Herr Ida Kern, Werk Süd GmbH", "", ("Werk Süd GmbH",), ""),
        ("Ida Kern, Referat 4 – Fachkräfte, Stadt Neuheim", "", ("Stadt Neuheim",), "role-beside-organisation"),
        ("Ida Kern, ehem. Leiterin, Werk Süd GmbH", "ehem. Leiterin", ("Werk Süd GmbH",), ""),
        ("Ida Kern, Robotik & KI, TU Neuheim", "", ("TU Neuheim",), "role-beside-organisation"),
        ("Ida Kern, Projekt „Nah“, TU Neuheim", "", ("TU Neuheim",), ""),
        ("Ida Kern, Wirtschaftsprüferin", "Wirtschaftsprüferin", (), "role-by-ending"),
        ("Ida Kern, Leiterin der AOK Nord in Neuheim", "Leiterin", ("AOK Nord",), ""),
        ("Ida Kern MdL, Sprecherin der Fraktion Nord", "Sprecherin", ("Fraktion Nord",), ""),
        ("Ida Kern, Ministerium für Bau, Land und Verkehr", "", ("Ministerium für Bau, Land und Verkehr",), ""),
        ("Ida Kern, Bürgermeisterin a. D.", "Bürgermeisterin a. D.", (), ""),
    ],
)
def test_unknown_words_are_told_by_what_stands_beside_them(
    text: str, role: str, organisations: tuple[str, ...], rule: str
) -> None:
    (speaker,) = GRAMMAR.speakers(text)

    assert (speaker.role, speaker.organisations, speaker.affiliation.rule, speaker.doubt) == (
        role,
        organisations,
        rule,
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Keynote by Ida Kern, Werk Süd GmbH",
        "Panel discussion with Ida Kern (Werk Süd GmbH)",
        "Vortrag von Ida Kern, Werk Süd GmbH",
        "vorgestellt von Ida Kern, Werk Süd GmbH",
        "Begrüßung durch Ida Kern, Werk Süd GmbH",
        "Einführung: Ida Kern, Werk Süd GmbH",
    ],
)
def test_format_before_names_is_no_part_of_them(text: str) -> None:
    assert read(text) == [("", "Ida Kern", "", ("Werk Süd GmbH",))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MdL Quuxmann, Werk Süd GmbH", "Quuxmann"),
        ("StD Ida Quux, Werk Süd GmbH", "Ida Quux"),
        ("Frau MdB Quuxmann, Werk Süd GmbH", "Quuxmann"),
        ("MR Ida Quux, Werk Süd GmbH", "Ida Quux"),
        ("RD Dr. Quuxmann, Werk Süd GmbH", "Quuxmann"),
    ],
)
def test_office_before_a_name_is_no_part_of_it(text: str, name: str) -> None:
    assert [one.name for one in GRAMMAR.speakers(text)] == [name]


@pytest.mark.parametrize(
    "text", ["MR Anwendungen", "MR Brille Neuheim", "RD Quux", "MdL Gespräch", "MdL Neue Wege", "MdL N.N."]
)
def test_words_behind_the_letters_of_an_office_are_no_person(text: str) -> None:
    assert read(text) == []
    assert not is_person(text)


def test_somebody_by_whom_a_reading_is_has_no_longer_name() -> None:
    assert read("Lesezeit von Ida Kern, Autorin") == [("", "Ida Kern", "Autorin", ())]
    assert read("Ida von Kern, Autorin") == [("", "Ida von Kern", "Autorin", ())]


def test_name_is_not_prolonged_by_role_or_organisation() -> None:
    assert read("Ida Kern Oberbürgermeisterin Stadt Neuheim") == []
    assert read("Prof. Ida Kern Hochschule Neuheim") == []


def test_bars_and_labels_divide_speakers() -> None:
    assert [name for _, name, _, _ in read("Ida Kern, TU Neuheim | Ben Wolf, IHK Neuheim")] == ["Ida Kern", "Ben Wolf"]
    found = GRAMMAR.speakers("Ida Kern (TU Neuheim) | Chair: Ben Wolf")
    assert [(one.name, one.is_moderator, one.doubt) for one in found] == [
        ("Ida Kern", False, None),
        ("Ben Wolf", True, None),
    ]


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("Bürgermeisterin Ida Kern, Stadt Neuheim", "Bürgermeisterin", "Ida Kern"),
        ("Erste Beigeordnete Ida Kern, Stadt Neuheim", "Erste Beigeordnete", "Ida Kern"),
        ("Staatssekretärin Dr. Ida Kern, Ministerium für Bauen", "Staatssekretärin", "Ida Kern"),
        ("Ida Kern, Operations Manager, Northwind Ltd", "Operations Manager", "Ida Kern"),
        ("Ida Kern, freie Journalistin", "freie Journalistin", "Ida Kern"),
        ("Quux Quuxová, Head of Data at Northwind Ltd", "Head of Data", "Quux Quuxová"),
        ("Prof. Dr. Ida Kern, Professorin für Holzbau, TU Neuheim", "Professorin für Holzbau", "Ida Kern"),
        ("Dipl.-Ing. (FH) Ida Kern, Leiterin, Werk Süd GmbH", "Leiterin", "Ida Kern"),
    ],
)
def test_role_stands_before_or_behind_the_name(text: str, role: str, name: str) -> None:
    (speaker,) = GRAMMAR.speakers(text)

    assert (speaker.role, speaker.name, speaker.doubt) == (role, name, None)


def test_unknown_names_in_a_list_are_those_of_people() -> None:
    text = "Ida Kern (Werk Süd GmbH), Quux Quuxová (Gasthaus zur Linde) und Kvark Kvarková (Transport Committee)"

    assert [(name, organisations) for _, name, _, organisations in read(text)] == [
        ("Ida Kern", ("Werk Süd GmbH",)),
        ("Quux Quuxová", ("Gasthaus zur Linde",)),
        ("Kvark Kvarková", ("Transport Committee",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Neue Wege, Ringnetz Ost",
        "Kanzlei Wolf Kern, Leiterin",
        "Solarberatung Wendt, Leiterin",
        "Gemeinde Neuheim, Bürgermeisterin Ida Kern",
    ],
)
def test_words_before_a_comma_are_no_name_for_that(text: str) -> None:
    assert not GRAMMAR.begins_with_name(text)


def test_same_organisation_is_that_of_the_person_before() -> None:
    people = GRAMMAR.speakers("Ida Kern, Leiterin, Werk Süd GmbH; Ben Wolf, Ausbilder ebenda")

    assert [(one.role, one.organisations) for one in with_same_organisation(people)] == [
        ("Leiterin", ("Werk Süd GmbH",)),
        ("Ausbilder", ("Werk Süd GmbH",)),
    ]


def test_organisation_of_both_is_that_of_each_and_quoted() -> None:
    people = GRAMMAR.speakers("Ida Kern / Ben Wolf, beide Werk Süd GmbH")

    assert [(one.organisations, one.doubt) for one in people] == [(("Werk Süd GmbH",), None)] * 2
    assert people[0].quote == "Ida Kern\nWerk Süd GmbH"


@pytest.mark.parametrize(
    "text",
    [
        "Ida Kern, M.A., Werk Süd GmbH",
        "Ida Kern, Ph.D. (Werk Süd GmbH)",
        "Ida Kern, M.Sc.\nWerk Süd GmbH",
        "Mgr. Ida Kern (Werk Süd GmbH), in englischer Sprache",
        "Ida Kern (Werk Süd GmbH), angefragt",
        "Ida Kern, Werk Süd GmbH (online zugeschaltet)",
    ],
)
def test_degrees_and_remarks_are_no_organisations(text: str) -> None:
    (speaker,) = GRAMMAR.speakers(text)

    assert (speaker.name, speaker.role, speaker.organisations, speaker.doubt) == (
        "Ida Kern",
        "",
        ("Werk Süd GmbH",),
        None,
    )


def test_what_somebody_does_is_no_part_of_the_name() -> None:
    (speaker,) = GRAMMAR.speakers("Ida Kern liest aus „Schicht im Schacht“")

    assert (speaker.name, speaker.role, speaker.organisations) == ("Ida Kern", "", ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quux Quuxová, Werk Süd GmbH", ["Quux Quuxová"]),
        ("Quux Quuxová (IHK Neuheim)", ["Quux Quuxová"]),
        ("Neue Wege, Werk Süd GmbH", []),
        ("Quux Quuxová", []),
        ("Digitale Bildung, IHK Neuheim", []),
    ],
)
def test_unknown_name_needs_its_place_and_an_organisation(text: str, names: list[str]) -> None:
    assert [one.name for one in GRAMMAR.speakers(text, is_position=True)] == names
    assert GRAMMAR.speakers(text) == []


def test_label_of_moderators_makes_a_name_of_unknown_words() -> None:
    assert [(one.name, one.is_moderator) for one in GRAMMAR.speakers("Moderation: Quux Quuxová")] == [
        ("Quux Quuxová", True)
    ]


@pytest.mark.parametrize(
    ("text", "moderators"),
    [
        ("Chair: Ida Kern, Werk Süd GmbH\nPanellists: Ben Wolf (TU Brno), Jan Novák (IHK Neuheim)", ["Ida Kern"]),
        ("Podium: Ben Wolf (TU Brno); Moderation: Ida Kern", ["Ida Kern"]),
        ("Moderation: Ida Kern und Ben Wolf", ["Ida Kern", "Ben Wolf"]),
    ],
)
def test_label_holds_until_the_next_one(text: str, moderators: list[str]) -> None:
    assert [one.name for one in GRAMMAR.speakers(text) if one.is_moderator] == moderators


def test_label_of_people_makes_a_name_of_unknown_words_and_a_label_of_talks_does_not() -> None:
    assert [one.name for one in GRAMMAR.speakers("Referentin: Quux Quuxová")] == ["Quux Quuxová"]
    assert GRAMMAR.speakers("Vortrag: Smart City") == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Dr.in Ida Kern", "Dr.in"),
        ("Prof.in Dr.in Ida Kern", "Prof.in Dr.in"),
        ("Professorin Ida Kern", "Professorin"),
        ("Drin Ida Kern", ""),
        ("Profin Ida Kern", ""),
    ],
)
def test_female_form_of_a_title_stands_behind_its_dot(text: str, title: str) -> None:
    assert [one[0] for one in read(f"{text}, IHK Neuheim")] == [title]
