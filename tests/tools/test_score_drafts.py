"""The scorer of the benchmark of `draft`, on two invented documents whose numbers are counted by hand."""

from __future__ import annotations

from pathlib import Path

from tools.score_drafts import data_file
from tools.score_drafts.__main__ import table
from tools.score_drafts.comparison import compare
from tools.score_drafts.event import read_gold
from tools.score_drafts.score import Outcome, Score

PROGRAMME = """
kind: programme
days: ["2031-06-06", "2031-06-07"]
place: Alte Mühle, Saal 2
moderators: [Nina Falk]
items:
- title: Holz im Bau
  start: "10:00"
  speakers:
  - {name: Ida Kern, role: Leiterin, organisations: [Werk Süd GmbH], doubtful: []}
  - {name: Ben Wolf, role: "", organisations: [TU Nord], doubtful: [Beirat]}
  - {name: Jan Novák, role: "", organisations: [Nordhalle], doubtful: []}
- title: Lehm
  start: "11:00"
  speakers: [{name: Elif Demir, role: "", organisations: [], doubtful: []}]
  moderators: [Lena Vogel]
- title: Ausblick
  start: "12:00"
"""
# Right: Kern with role and organisation, Demir, Falk, the first day, the place. Wrong without a flag: the organisation of Wolf,
# Maria Muster, the item without a pair. Below review: Nordhalle (right, so needless), and a bare name (wrong).
DRAFT_OF_PROGRAMME = """
id: source/a
says:
- {id: event/e, type: Event, name: E, date: 2031-06-06, location: {place/p: {quote: Alte Mühle}}, moderators: {person/f: {quote: Nina Falk}}}
- {id: place/p, type: Place, name: Alte Mühle}
- {id: person/f, type: Person, name: Nina Falk}
- {id: person/k, type: Person, name: Ida Kern}
- {id: person/w, type: Person, name: Ben Wolf}
- {id: person/n, type: Person, name: Jan Novák}
- {id: person/d, type: Person, name: Elif Demir}
- {id: person/m, type: Person, name: Maria Muster}
- {id: role/l, type: Role, label: {de: Leiterin}}
- {id: role/b, type: Role, label: {de: Beirat}}
- {id: organisation/s, type: Organisation, name: Werk Süd GmbH}
- id: talk/h
  type: Contribution
  title: „Holz im Bau“
  start: "10:00"
  partOf: event/e
  speakers:
    person/k: {role: role/l, organisation: organisation/s, quote: "Ida Kern, Leiterin, Werk Süd GmbH", line: 7}
    person/w: {role: role/b, organisation: [organisation/s], quote: Ben Wolf}
    person/n: {quote: Jan Novák}
- {id: talk/l, type: Contribution, title: Lehm und mehr, start: "11:00", partOf: event/e, speakers: {person/d: {}, person/m: {}}}
- {id: talk/x, type: Contribution, title: Kaffee, start: "13:00", partOf: event/e}
review:
- {about: talk/h, key: speakers, quote: "Jan Novák, Nordhalle", candidates: [Nordhalle], rule: organisation-unknown}
- {about: talk/l, key: speakers, quote: Karl Marx, candidates: [Karl Marx], rule: bare-name}
"""
LIST = """
kind: list
organisations:
- {name: Werk Süd GmbH, sector: Metall, town: Neuheim, contact: Ida Kern, email: kern@werk.example, website: www.werk.example}
- {name: Schule Nord, telephone: 0371 555, topics: [Robotik, Wärme]}
"""
DRAFT_OF_LIST = """
id: source/b
says:
- {id: sector/m, type: Sector, label: {de: Metall}}
- {id: person/k, type: Person, name: Ida Kern}
- {id: organisation/w, type: Organisation, name: Werk Süd GmbH, sector: {sector/m: {}}, website: "https://www.werk.example/", contactPersons: {person/k: {}}}
- {id: organisation/n, type: Organisation, name: Schule Nord, words: [Robotik, Lehm], telephone: [0371/555]}
review:
- {about: person/k, key: email, quote: kern@werk.example, rule: consent}
"""


def score_of(folder: Path, gold: str, draft: str) -> Score:
    (folder / "gold.yaml").write_text(gold, encoding="utf-8")
    (folder / "draft.yaml").write_text(draft, encoding="utf-8")
    return compare(read_gold(folder / "gold.yaml"), data_file.read(folder / "draft.yaml"))


def counts(score: Score, category: str) -> tuple[int, ...]:
    """Return how many values are expected, found, proposed, silently wrong, and flagged and wrong."""
    return tuple(score.of(category, outcome) for outcome in Outcome)


def test_programme_is_counted_by_value(tmp_path: Path) -> None:
    score = score_of(tmp_path, PROGRAMME, DRAFT_OF_PROGRAMME)

    assert counts(score, "items") == (3, 1, 0, 2, 0)
    assert counts(score, "speakers") == (4, 4, 0, 1, 1)
    assert counts(score, "organisations") == (3, 1, 1, 1, 0)
    assert counts(score, "roles") == (1, 1, 0, 0, 0)
    assert counts(score, "moderators") == (2, 1, 0, 0, 0)
    assert counts(score, "days") == (2, 1, 0, 0, 0)
    assert counts(score, "places") == (1, 1, 0, 0, 0)


SERIES = 'kind: programme\ndays: ["2031-10-23", "2031-11-06", "2031-11-20", "2031-12-04"]'
EVENT = "id: source/a\nsays: [{{id: event/e, type: Event, name: E, date: {first}, endDate: {last}}}]"


def test_days_between_the_first_and_the_last_count_neither_way(tmp_path: Path) -> None:
    score = score_of(tmp_path, SERIES, EVENT.format(first="2031-10-23", last="2031-12-04"))

    assert counts(score, "days") == (2, 2, 0, 0, 0)
    assert score.remarks == []


def test_days_between_count_as_missing_where_the_period_is_wrong(tmp_path: Path) -> None:
    score = score_of(tmp_path, SERIES, EVENT.format(first="2031-10-23", last="2031-12-31"))

    assert counts(score, "days") == (4, 1, 0, 1, 0)


def test_days_outside_the_period_are_missing(tmp_path: Path) -> None:
    score = score_of(tmp_path, SERIES, EVENT.format(first="2031-10-23", last="2031-11-20"))

    assert counts(score, "days") == (3, 2, 0, 0, 0)
    assert score.remarks == ["missing days: 2031-12-04"]


def test_appearance_is_silently_wrong_by_person_or_organisation(tmp_path: Path) -> None:
    score = score_of(tmp_path, PROGRAMME, DRAFT_OF_PROGRAMME)

    assert (score.silent_appearances, score.appearances) == (2, 6)
    assert (score.needless_flags, score.flags, score.flags_on_principle) == (1, 2, 0)


def test_list_is_counted_by_actor_contact_and_field(tmp_path: Path) -> None:
    score = score_of(tmp_path, LIST, DRAFT_OF_LIST)

    assert counts(score, "actors") == (2, 2, 0, 0, 0)
    assert counts(score, "contacts") == (1, 1, 0, 0, 0)
    assert counts(score, "fields") == (7, 4, 1, 1, 0)
    assert (score.flags, score.flags_on_principle) == (0, 1)


def test_sum_of_scores_gives_the_table(tmp_path: Path) -> None:
    total = Score()
    total.add(score_of(tmp_path, PROGRAMME, DRAFT_OF_PROGRAMME))
    total.add(score_of(tmp_path, LIST, DRAFT_OF_LIST))

    lines = [line.split() for line in table(total)]
    assert ["speakers", "4/4", "0.80", "1.00", "0", "1", "1"] in lines
    assert ["fields", "4/7", "0.80", "0.57", "1", "1", "0"] in lines
    assert ["silent", "wrong", "appearances:", "2", "of", "6", "(33.3%)"] in lines
    assert ["needless", "flags:", "1", "of", "2", "(50%);", "on", "principle:", "1"] in lines


def test_document_without_a_draft_misses_everything(tmp_path: Path) -> None:
    (tmp_path / "gold.yaml").write_text(PROGRAMME, encoding="utf-8")

    score = compare(read_gold(tmp_path / "gold.yaml"), None)

    assert counts(score, "speakers") == (4, 0, 0, 0, 0)
    assert (score.recall("speakers"), score.precision("speakers")) == (0.0, 1.0)


def test_quotes_of_a_draft_name_their_lines(tmp_path: Path) -> None:
    (tmp_path / "draft.yaml").write_text(DRAFT_OF_PROGRAMME, encoding="utf-8")

    quotes = data_file.read(tmp_path / "draft.yaml").quotes

    assert ("Ida Kern, Leiterin, Werk Süd GmbH", 7) in quotes
    assert ("Jan Novák", 0) in quotes
