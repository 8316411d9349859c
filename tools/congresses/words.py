"""The words of which invented people, organisations, regions and offers are named."""

from __future__ import annotations

from typing import Final


def _listed(words: str) -> list[str]:
    return words.split()


FIRST_NAMES: Final = _listed("""
    Ida Ben Nina Jan Elif Tomasz Lena Karl Petra Uwe Agnieszka Mehmet Sabine Olena Anna Bernd Clara David Emma Felix Greta
    Hannes Inga Jonas Katrin Lukas Mira Nils Olga Paul Rosa Simon Tanja Ulrich Vera Werner Yasmin Zoe Marek Heike Sven Birgit
    Anke Dirk Frieda Georg Hilde Ivo Julia Kai
""")
LAST_NAMES: Final = _listed("""
    Kern Wolf Falk Demir Vogel Braun Nguyen Schubert Kowalska Richter Hahn Adler Brandt Conrad Dietz Ebert Franke Gruber Haas
    Iser Jansen Keller Lorenz Maurer Naumann Otto Pohl Quandt Reuter Sommer Thiel Ulbrich Voigt Weber Zander Arnold Beyer Colditz
    Drescher Engel Fiedler Gerlach Heinze Illgen Jahn Kaden Liebscher Mende Nestler Oehme Pietsch Rudolph Seidel Teichmann Uhlig
    Vetter Wagner Zimmer Albrecht Bachmann Claus Dorn Eichler Fritsche Graf Hofmann Imhof Just Krause Lang Merkel Neubert
""")
REGIONS: Final = _listed("""
    Nordtal Ostmark Seenland Heideland Börde Altmühl Hellweg Saaletal Werragau Rheinau Mainbogen Neckarau Donauwald Isarwinkel
    Elbaue Oderland Emsland Wesertal Harzvor Spessart Eifelrand Lahntal Taunusland Allgau Uckerland Lausitzau Muldental
""")
TOWNS: Final = _listed("Neuheim Ostrau Lohma Altental Seebach Rothenau Brunn Hellburg Mitterau Klingen")
SECTORS: Final = _listed("""
    Metallbau Werkzeugbau Holzbau Maschinenbau Logistik Gießerei Galvanik Textil Software Batterien Sensorik Pressteile
    Oberflächen Kunststoff Elektronik Messtechnik
""")
LEGAL_FORMS: Final = ("GmbH", "AG", "e. V.", "gGmbH", "KG")
ROLES: Final = (
    ("geschaeftsfuehrung", "Geschäftsführung", "Management"),
    ("betriebsrat", "Betriebsrat", "Works council"),
    ("projektleitung", "Projektleitung", "Project management"),
    ("entwicklung", "Leitung Entwicklung", "Head of development"),
)
HELP: Final = (
    ("Training", "training"),
    ("Sprechstunde", "consultation hour"),
    ("Workshop", "workshop"),
    ("Werkstatt", "workroom"),
    ("Lotsendienst", "guide service"),
    ("Beratung", "advice"),
)
