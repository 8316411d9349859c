"""What stands around a programme: its head with day and place, menus, notices, contacts, news."""

from __future__ import annotations

from collections.abc import Iterator

from tools.generate_programmes.blocks import Block
from tools.generate_programmes.choices import Choices
from tools.generate_programmes.programme import Programme
from tools.generate_programmes.wording import Wording

_MENU = (
    '<div class="cookie-banner"><p>Wir verwenden Cookies.</p><button>Alle akzeptieren</button></div>'
    '<header><nav><ul><li><a href="/">Start</a></li><li><a href="/aktuelles">Aktuelles</a></li><li><a href="/kontakt">Kontakt</a></li></ul></nav></header>'
)
_PLAIN_MENU = '<div class="topbar"><a href="/">Startseite</a> <a href="/themen">Themen</a> <a href="/ueber-uns">Über uns</a></div>'
_FOOTER = '<footer><p>© 2031 Regionalbüro</p><ul><li><a href="/impressum">Impressum</a></li><li><a href="/datenschutz">Datenschutz</a></li></ul></footer>'
_SHARE = '<div class="share"><span>Teilen:</span> <a href="#">E-Mail</a> <a href="#">LinkedIn</a></div>'
_NEWS = (
    '<div class="related"><h3>Weitere Meldungen</h3><ul><li><a href="/n1">12.03.2031: Neue Förderrunde gestartet</a></li>'
    '<li><a href="/n2">28.02.2031: Rückblick auf den Unternehmerabend</a></li></ul></div>'
)


def before(choices: Choices) -> Iterator[Block]:
    """Yield what stands above the content of a page."""
    if choices["file"] == "html" and choices["noise"] != "none":
        yield Block("html", _MENU if choices["noise"] == "menu" else _PLAIN_MENU)


def head(programme: Programme, wording: Wording, choices: Choices) -> Iterator[Block]:
    """Yield the name of the event, its days and its place."""
    is_english = choices["language"] == "en"
    days = programme.days
    day = wording.day(days[0], 1)
    if len(days) > 1:
        last = days[-1].day
        day = f"{days[0].day:%d.%m.%Y} – {last:%d.%m.%Y}"
    elif choices["day"] == "Tag 1":
        day = day.partition(": " if is_english else " – ")[2]
    where = f"{programme.place}, {programme.town}"
    yield Block("h1", programme.title)
    form = choices["place"]
    if form == "beside day":
        yield Block("p", f"{day} | {where}")
    elif form == "label":
        yield Block("p", day)
        yield Block("p", f"{'Venue' if is_english else 'Ort'}: {where}")
    elif form == "line":
        yield Block("p", day)
        yield Block("p", f"{programme.place}, Hauptstraße 12, 09111 {programme.town}")
    else:
        yield Block(
            "p",
            f"Join us on {day} at {where}."
            if is_english
            else f"Wir laden Sie am {day} herzlich ein. Veranstaltungsort: {where}.",
        )
    if choices["noise"] != "none":
        yield Block(
            "p",
            "Please register by the end of the month."
            if is_english
            else "Die Teilnahme ist kostenfrei. Um Anmeldung wird gebeten.",
        )
    if choices["sections"] == "none" and len(days) == 1:
        yield Block("h2", "Programme" if is_english else "Programm")


def after(choices: Choices) -> Iterator[Block]:
    """Yield what stands below a programme."""
    is_english = choices["language"] == "en"
    if choices["noise"] in ("menu and contact", "all"):
        yield Block("h2", "Contact" if is_english else "Kontakt")
        yield Block("p", "Vera Hellwig\nTel. 0371 5512 07\nvera.hellwig@kongress.example")
    if choices["noise"] == "all":
        yield Block("p", "Subject to change." if is_english else "Änderungen vorbehalten. Stand: 03.02.2031")
    if choices["file"] == "html" and choices["noise"] != "none":
        yield Block("html", (_SHARE + _NEWS if choices["noise"] == "all" else "") + _FOOTER)
