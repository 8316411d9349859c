"""A document drafted again: what is new and changed comes into the data file, and what a person wrote or decided stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from itasgraph.authoring import project_check, scaffold
from itasgraph.project import Project
from tests.helpers.programs import Run

PAGE = """<h1>Werkstatttag 2031</h1><p>6. März 2031</p><h2>Bauen</h2><ul>
<li>09:00 Uhr Einlass</li>
<li>09:30 – 10:15 Uhr | Holz statt Stahl | Dr. Ida Kern, Holzwerk Neuheim GmbH</li>
<li>10:15 – 11:00 Uhr | Lernen im Betrieb | Zdeněk Novák, TU Brno und Ayşe Yılmaz, IHK Neuheim</li>
<li>11:00 – 11:30 Uhr | Werkzeug für alle | Ben Wolf, Leihladen</li>
<li>11:30 – 12:00 Uhr | Garn | Eva Lind, Spinnhof</li>
<li>12:00 – 12:15 Uhr | Seil | Jan Lang, Tischler</li></ul>"""
ACTORS = """Firma;Ansprechpartner;Telefon;Ort;Gewerk
Werk Süd GmbH;Dr. Ida Kern;0371 555;Neuheim;Holzbau
Schule Nord;Ben Wolf;;Neuheim;Bildung
"""
MOVED = ACTORS.replace("0371 555;Neuheim", "0371 555;Altstadt")


class Region:
    """A project, a document in it, and the data file of the document."""

    def __init__(self, run: Run, folder: Path, name: str = "tag.html") -> None:
        self._run = run
        self.project = folder / "region"
        self.document = folder / name
        self.data = self.project / "data" / "tag.yaml"

    def draft(self, content: str, *options: str) -> list[str]:
        """Draft the document with some content; return the remarks."""
        self.document.write_text(content, encoding="utf-8")
        place = ("-o", self.data, "--project", self.project, "--lang", "en")
        done = self._run("draft", self.document, *place, *options)
        assert done.exit_code == 0, done.stderr
        return done.stderr.splitlines()

    @property
    def text(self) -> str:
        return self.data.read_text(encoding="utf-8")

    def edit(self, *replacements: tuple[str, str]) -> str:
        """Change the data file as a person does; return the new text."""
        text = self.text
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        self.data.write_text(text, encoding="utf-8")
        return text

    def faults(self) -> list[str]:
        return [one.render("en") for one in project_check.check(Project(self.project))[0] if one.severity == "fault"]


@pytest.fixture
def region(run: Run, tmp_path: Path) -> Region:
    """A new project, in which the page was drafted once."""
    scaffold.create(tmp_path / "region")
    region = Region(run, tmp_path)
    region.draft(PAGE)
    return region


@pytest.fixture
def actors(run: Run, tmp_path: Path) -> Region:
    """A new project, in which nothing was drafted."""
    scaffold.create(tmp_path / "region")
    return Region(run, tmp_path, "akteure.csv")


def counts(remarks: list[str]) -> str:
    return next(line for line in remarks if line.startswith("New: "))


NOTHING = "New: 0, changed: 0, no longer in the document: 0, different by hand: 0."


def test_same_document_changes_nothing(region: Region) -> None:
    before = region.text

    remarks = region.draft(PAGE)

    assert (region.text, counts(remarks)) == (before, NOTHING)
    assert f"unchanged: {region.data}" in remarks


def test_change_of_the_page_changes_only_its_lines(region: Region) -> None:
    before = region.edit(
        ("type: Event\n", "type: Event   # ours\n"), ("- id: person/ida-kern", "# Chair.\n- id: person/ida-kern")
    )

    remarks = region.draft(PAGE.replace("09:30 – 10:15", "09:45 – 10:15"))

    gone = [line for line in before.splitlines() if line not in region.text.splitlines()]
    assert [line.split()[0] for line in gone] == ["sha256:", "quote:", "start:"]
    assert 'start: "09:45"' in region.text
    assert "changed: talk/holz-statt-stahl, start: 09:30 → 09:45 (line 6)" in remarks
    assert counts(remarks).startswith("New: 0, changed: 1,")


def test_another_one_in_the_place_of_the_only_one_is_a_change(actors: Region) -> None:
    actors.draft(ACTORS)

    remarks = actors.draft(MOVED)

    assert "changed: organisation/werk-sued-gmbh, location: place/neuheim → place/altstadt (line 2)" in remarks
    assert counts(remarks) == "New: 1, changed: 1, no longer in the document: 0, different by hand: 0."
    company = actors.text.partition("- id: organisation/werk-sued-gmbh\n")[2].partition("\n\n")[0]
    assert company.endswith('  location:\n    place/altstadt: {quote: "Altstadt"}')
    assert actors.faults() == []


def test_one_that_a_person_described_stays_beside_the_new_one(actors: Region) -> None:
    actors.draft(ACTORS)
    by_hand = "    place/neuheim: {quote: Werk Süd, line: 2}\n"
    actors.edit(('    place/neuheim: {quote: "Neuheim", line: 2}\n', by_hand))

    remarks = actors.draft(MOVED)

    assert "no longer in the document: organisation/werk-sued-gmbh, location place/neuheim" in remarks
    assert by_hand in actors.text
    assert '    place/altstadt: {quote: "Altstadt"}\n' in actors.text


def test_one_of_several_is_gone_beside_what_is_new(region: Region) -> None:
    remarks = region.draft(PAGE.replace("Zdeněk Novák, TU Brno", "Jan Berg, TU Brno"))

    assert "no longer in the document: talk/lernen-im-betrieb, speakers person/zdenek-novak" in remarks
    assert "new: talk/lernen-im-betrieb, speakers person/jan-berg (line 7)" in remarks


def test_lines_move_without_being_a_change(region: Region) -> None:
    before = region.edit(
        (
            "- id: person/ida-kern\n",
            "- id: person/ida-kern\n  note: {de: Uhr}\n  mentions:\n    talk/garn: {quote: Uhr, line: 7}\n",
        )
    )

    remarks = region.draft(PAGE.replace("<h2>", "<p>Neu hier?</p><p>Ja.</p><h2>"))

    changed = [line for line in region.text.splitlines() if line not in before.splitlines()]
    assert counts(remarks) == NOTHING
    assert "    talk/garn: {quote: Uhr, line: 9}" in changed
    assert {line.split(":")[0].strip() for line in changed} == {"sha256", "line", "talk/garn"}


def test_value_of_a_person_wins_and_is_reported(region: Region) -> None:
    region.edit(('start: "09:30"', 'start: "09:40"'), ("name: Eva Lind", "name: Eva Lind-Berg"))

    remarks = region.draft(PAGE.replace("09:30 –", "09:45 –"))

    assert 'start: "09:40"' in region.text
    assert "name: Eva Lind-Berg" in region.text
    assert "stays as it is in the file: talk/holz-statt-stahl, start: 09:40; in the document: 09:45 (line 6)" in remarks
    assert counts(remarks) == "New: 0, changed: 0, no longer in the document: 0, different by hand: 1."


@pytest.mark.slow
def test_decisions_stay(region: Region) -> None:
    review = region.text.partition("review:")[2]
    assert review.count("- about:") == 2
    region.edit(
        ("review:" + review, ""),  # one accepted, one rejected
        ('quote: "Ben Wolf, Leihladen"', 'organisation: organisation/leihladen, quote: "Ben Wolf, Leihladen"'),
        (
            "- id: omission/",
            "- id: organisation/leihladen\n  type: Organisation\n  name: Leihladen\n  quote: Leihladen\n\n- id: omission/",
        ),
    )

    remarks = region.draft(PAGE.replace("Werkstatttag 2031</h1>", "Werkstatttag 2031</h1><p>Für alle</p>"))

    assert "review:" not in region.text
    assert "organisation: organisation/leihladen" in region.text
    assert "organisation/spinnhof" not in region.text
    assert counts(remarks) == NOTHING
    assert region.faults() == []


@pytest.mark.slow
def test_removed_entries_and_values_stay_away(region: Region) -> None:
    garn = region.text.partition("- id: talk/garn")[2].partition("- id: omission")[0]
    review = region.text.partition("review:")[2]
    before = region.edit(("- id: talk/garn" + garn, ""), ("  academicTitle: Dr.\n", ""), ("review:" + review, ""))

    remarks = region.draft(PAGE.replace("<h2>", "<p>Neu</p><h2>"))

    assert len(region.text.splitlines()) == len(before.splitlines())
    assert counts(remarks) == NOTHING


@pytest.mark.slow
def test_new_contribution_comes_with_its_people(region: Region) -> None:
    page = PAGE.replace("<li>11:30", "<li>11:20 – 11:30 Uhr | Reden | Jan Novák, TU Brno</li><li>11:30")

    remarks = region.draft(page)

    assert "new: talk/reden (line 9)" in remarks
    assert "new: person/jan-novak (line 9)" in remarks
    assert 'organisation: organisation/tu-brno, quote: "Jan Novák, TU Brno"' in region.text
    places = [region.text.index(f"- id: talk/{name}") for name in ("werkzeug-fuer-alle", "reden", "garn")]
    assert places == sorted(places)
    assert region.faults() == []


def test_new_title_is_no_new_contribution(region: Region) -> None:
    region.edit(("label: {de: Holz statt Stahl}", "label: {de: Holz statt Stahl, en: Timber!}"))

    remarks = region.draft(PAGE.replace("Holz statt Stahl", "Holz oder Stahl"))

    assert "label: {de: Holz oder Stahl, en: Timber!}" in region.text
    assert "changed: talk/holz-statt-stahl, title: Holz statt Stahl → Holz oder Stahl (line 6)" in remarks
    assert "id: talk/holz-oder-stahl" not in region.text


@pytest.mark.slow
def test_new_name_of_the_event_and_a_section_keep_their_ids(region: Region) -> None:
    remarks = region.draft(
        PAGE.replace("Werkstatttag 2031", "Werkstatttag Neuheim").replace("Bauen", "Bauen und lernen")
    )

    assert "changed: event/werkstatttag-2031, name: Werkstatttag 2031 → Werkstatttag Neuheim (line 1)" in remarks
    assert "changed: section/bauen, label de: Bauen → Bauen und lernen (line 4)" in remarks
    assert counts(remarks).startswith("New: 0,")
    assert region.faults() == []


@pytest.mark.slow
def test_id_that_a_person_gave_is_used(region: Region) -> None:
    text = region.text.replace("person/ida-kern", "person/ida-kern-holzwerk")
    region.data.write_text(text, encoding="utf-8")

    remarks = region.draft(
        PAGE.replace("Eva Lind, Spinnhof", "Ida Kern, Holzwerk Neuheim GmbH").replace("09:30 –", "09:45 –")
    )

    assert "person/ida-kern:" not in region.text
    assert region.text.count("person/ida-kern-holzwerk:") == 2
    assert "changed: talk/holz-statt-stahl, start: 09:30 → 09:45 (line 6)" in remarks
    assert region.faults() == []


GONE = PAGE.replace("<li>11:30 – 12:00 Uhr | Garn | Eva Lind, Spinnhof</li>", "").replace(
    " und Ayşe Yılmaz, IHK Neuheim", ""
)


@pytest.mark.slow
def test_what_is_gone_stays_until_it_is_removed(region: Region) -> None:
    remarks = region.draft(GONE)
    again = region.draft(GONE)

    assert "no longer in the document: talk/garn" in remarks
    assert "no longer in the document: talk/lernen-im-betrieb, speakers person/ayse-yilmaz" in remarks
    assert "- id: talk/garn" in region.text
    assert counts(again) == counts(remarks)

    removed = region.draft(GONE, "--remove")

    assert "removed, because it is no longer in the document: talk/garn" in removed
    assert "Removed: 6, decided: 0." in removed
    assert counts(removed) == counts(remarks)
    assert [
        word for word in ("garn", "eva-lind", "ayse-yilmaz", "ihk-neuheim", "Spinnhof") if word in region.text
    ] == []
    assert "- id: talk/lernen-im-betrieb" in region.text
    assert region.faults() == []
    assert counts(region.draft(GONE)) == NOTHING


def test_what_a_person_changed_or_refers_to_is_not_removed(region: Region) -> None:
    region.edit(
        ("name: Eva Lind\n", "name: Eva Lind\n  note: {de: kommt wieder, en: comes back}\n"),
        (
            "- id: omission/",
            "- id: group/gaeste\n  mentions:\n    organisation/ihk-neuheim: {quote: Uhr, line: 6}\n\n- id: omission/",
        ),
    )

    remarks = region.draft(GONE, "--remove")

    assert "- id: person/eva-lind" in region.text
    assert "- id: organisation/ihk-neuheim" in region.text
    assert [word for word in ("- id: talk/garn", "- id: person/ayse-yilmaz") if word in region.text] == []
    assert any(line.startswith("stays as it is in the file: person/eva-lind") for line in remarks)


@pytest.mark.slow
def test_dry_run_says_the_same_and_writes_nothing(region: Region) -> None:
    region.edit(('start: "09:30"', 'start: "09:40"'))
    page = PAGE.replace("09:30 –", "09:45 –").replace("Ben Wolf", "Bo Wolf")
    before = {path: path.read_bytes() for path in region.data.parent.iterdir()}

    said = region.draft(page, "--dry-run")

    assert {path: path.read_bytes() for path in region.data.parent.iterdir()} == before
    assert [line for line in region.draft(page) if not line.startswith("written")] == said


@pytest.mark.slow
def test_draft_without_a_baseline_keeps_all_that_stands_there(region: Region) -> None:
    (region.data.parent / ".tag.draft").unlink()
    region.edit(("  academicTitle: Dr.\n", ""), ('start: "09:30"', 'start: "09:40"'))
    before = region.text
    assert counts(region.draft(PAGE)) == NOTHING
    assert region.text == before
    (region.data.parent / ".tag.draft").unlink()

    remarks = region.draft(
        PAGE.replace("10:15 – 11:00", "10:30 – 11:00").replace(
            "<li>11:30", "<li>11:15 Uhr | Reden | Jan Novák, TU Brno</li><li>11:30"
        )
    )

    assert (
        "stays as it is in the file: talk/lernen-im-betrieb, start: 10:15; in the document: 10:30 (line 7)" in remarks
    )
    assert "- id: talk/reden" in region.text
    assert 'start: "09:40"' in region.text


def test_file_of_another_document_is_refused(region: Region, run: Run) -> None:
    other = region.document.with_name("other.html")
    other.write_text(PAGE, encoding="utf-8")
    (region.data.parent / ".tag.draft").unlink()
    before = region.text

    done = run("draft", other, "-o", region.data, "--project", region.project, "--lang", "en")

    assert (done.exit_code, region.text) == (2, before)
    assert "describes source/tag, not" in done.stderr


@pytest.mark.slow
def test_column_and_consent_of_the_first_draft_hold_again(actors: Region) -> None:
    actors.draft(ACTORS, "--column", "Gewerk=sector", "--consent", "2031-01-15")
    before = actors.text

    remarks = actors.draft(ACTORS.replace("0371 555", "0371 777"))

    assert "changed: person/ida-kern, telephone: 0371 555 → 0371 777 (line 2)" in remarks
    assert counts(remarks).startswith("New: 0, changed: 1, no longer in the document: 0,")
    assert actors.text == before.replace("0371 555", "0371 777").replace(
        before.partition("sha256: ")[2][:64], actors.text.partition("sha256: ")[2][:64]
    )
    assert actors.faults() == []


@pytest.mark.slow
def test_later_consent_and_column_decide_what_was_open(actors: Region) -> None:
    first = actors.draft(ACTORS)
    assert "Undecided: 1 – it stands below “review:”; itasgraph check lists it." in first

    remarks = actors.draft(ACTORS, "--column", "Gewerk=sector", "--consent", "2031-01-15")

    assert "decided, and no longer below “review:”: person/ida-kern, review 0371 555" in remarks
    assert "Removed: 0, decided: 1." in remarks
    assert "no longer in the document: 0," in counts(remarks)
    assert "sector/holzbau" in actors.text
    assert 'telephone: ["0371 555"]' in actors.text
    assert "review:" not in actors.text
    assert actors.faults() == []


def test_baseline_holds_no_name(actors: Region) -> None:
    actors.draft(ACTORS)

    content = (actors.data.parent / ".tag.draft").read_text(encoding="utf-8")

    assert [word for word in ("Kern", "kern", "0371", "Werk", "Schule") if word in content] == []
