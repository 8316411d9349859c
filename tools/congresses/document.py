"""What the review of one congress says, as the entries of a data file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from itasgraph.util.spelling import slug
from tools.congresses import words
from tools.congresses.world import Offer, Organisation, Person, Region, World

SECTIONS = 4
CONTRIBUTIONS = 5  # of a section
GOALS = 3
WITH_ROLE = 0.2  # of the speakers
Entry = dict[str, Any]


@dataclass
class Document:
    """The entries of one congress by id: whoever speaks twice is described once."""

    world: World
    region: Region
    number: int
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.region.slug}-{self.number + 1}"

    @property
    def event(self) -> str:
        return f"event/{self.key}"

    @property
    def initiative(self) -> str:
        return f"initiative/{self.region.slug}"

    def content(self, groups: list[str]) -> Entry:
        """Return the whole file; each group is mentioned, so that none is left over."""
        self._event(groups)
        self._initiative()
        for position in range(1, SECTIONS + 1):
            self._section(position, groups)
        self._discussion()
        name = f"Kongress {self.region.name} {self.number + 1}"
        return {
            "id": f"source/{self.key}",
            "type": "Source",
            "title": f"{name} / Rückblick",
            "label": {"de": f"Rückblick auf den {name}", "en": f"Looking back on the {name}"},
            "document": f"https://{self.region.slug}.example/{self.key}",
            "reportsOn": self.event,
            "language": "de",
            "published": f"{self.year}-{self.month:02d}-28",
            "says": list(self.entries.values()),
        }

    @property
    def year(self) -> int:
        return 2015 + self.number // 4

    @property
    def month(self) -> int:
        return 3 * (self.number % 4) + 2

    def _add(self, identifier: str, kind: str, **rest: Any) -> Entry:
        return self.entries.setdefault(identifier, {"id": identifier, "type": kind, **rest})

    def _event(self, groups: list[str]) -> None:
        region, place = self.region.name, f"place/{self.region.slug}"
        self._add(f"series/{self.region.slug}", "EventSeries", name=f"Kongress {region}", quote=f"Kongress {region}")
        guests, message = f"people/gaeste-{self.key}", f"message/{self.key}"
        self._add(
            self.event,
            "Event",
            name=f"Kongress {region} {self.number + 1}",
            partOf=f"series/{self.region.slug}",
            position=self.number + 1,
            date=f"{self.year}-{self.month:02d}-06",
            attendeesMoreThan=self.world.chance.randrange(40, 200, 10),
            quote=f"Am 6. {self.month}. {self.year} zum Kongress {region} {self.number + 1}",
            belongsTo={self.initiative: {"quote": f"zum Kongress der Initiative {region}"}},
            location={place: {"quote": f"in {region}"}},
            attendees={guests: {"quote": f"die Gäste aus {region}"}},
            mentions={group: {"quote": f"auch {group.partition('/')[2]} waren da"} for group in groups},
            states={message: {"quote": "bot eine Plattform für den Austausch"}},
        )
        labels = {"de": f"Gäste des Kongresses {self.key}", "en": f"Guests of congress {self.key}"}
        self._add(guests, "UnnamedGroup", label=labels, quote=f"die Gäste aus {region}")
        said = {"de": f"Austausch in {region}", "en": f"Exchange in {region}"}
        self._add(message, "Message", label=said, quote="bot eine Plattform für den Austausch")
        self._add(place, "Place", name=region, quote=f"in {region}")

    def _initiative(self) -> None:
        region, chance = self.region.name, self.world.chance
        word, plan = self.world.topic_word(), f"plan/{self.key}"
        members = chance.sample(self.region.hubs, 2)
        self._add(
            self.initiative,
            "Initiative",
            name=f"Initiative {region}",
            quote=f"Die Initiative {region}",
            spatial={f"place/{self.region.slug}": {"quote": f"Initiative {region}"}},
            pursues=dict(self._goals()),
            plans={plan: {"quote": f"plant mehr zu {word}"}},
            participants={
                member.id: {"since": str(self.year), "quote": f"{member.name} wirkt seit {self.year} mit"}
                for member in members
            },
        )
        for member in members:
            self._organisation(member)
        labels = {"de": f"Mehr zu {word} ({self.key})", "en": f"More on {slug(word)} ({self.key})"}
        self._add(plan, "Plan", label=labels, quote=f"plant mehr zu {word}", status=_status("geplant", "plant mehr"))

    def _goals(self) -> Iterator[tuple[str, Entry]]:
        for number in range(1, GOALS + 1):
            word, goal = self.world.topic_word(), f"goal/{self.key}-{number}"
            quote = f"arbeitet an {word}"
            labels = {"de": f"An {word} arbeiten ({self.key}-{number})", "en": f"Goal {number} ({self.key})"}
            self._add(goal, "Goal", label=labels, quote=quote, words=[word])
            yield goal, {"quote": quote}

    def _discussion(self) -> None:
        word, guests = self.world.topic_word(), f"people/diskutierende-{self.key}"
        quote = f"diskutierten Gäste über {word}"
        labels = {"de": f"Diskussion über {word} ({self.key})", "en": f"Closing discussion ({self.key})"}
        self._add(
            f"discussion/{self.key}",
            "Discussion",
            label=labels,
            partOf=self.event,
            quote=quote,
            words=[word],
            form={"format/diskussion": {"quote": quote}},
            discussants={guests: {"quote": quote}, self.initiative: {"quote": quote}},
        )
        labels = {"de": f"Diskutierende ({self.key})", "en": f"Those who discussed ({self.key})"}
        self._add(guests, "UnnamedGroup", label=labels, quote=quote)

    def _section(self, position: int, groups: list[str]) -> None:
        section, group = f"section/{self.key}-{position}", self.world.chance.choice(groups)
        title = f"Abschnitt {position} in {self.region.name} {self.number + 1}"
        self._add(
            section,
            "Section",
            title=title,
            label={"de": title, "en": f"Section {position} in {self.region.name} {self.number + 1}"},
            partOf=self.event,
            position=position,
            quote=title,
            audience={group: {"quote": f"für {group.partition('/')[2]}"}},
        )
        for number in range(1, CONTRIBUTIONS + 1):
            self._contribution(section, number)

    def _contribution(self, section: str, number: int) -> None:
        offer = self.world.offer(self.region)
        speakers = [self.world.speaker(self.region) for _ in range(self.world.chance.choice([1, 1, 1, 1, 2]))]
        title = f"{offer.label} ({self.key}, {section[-1]}.{number})"
        self._add(
            f"talk/{section.partition('/')[2]}-{number}",
            "Contribution",
            partOf=section,
            position=number,
            title=title,
            label={"de": title, "en": f"{offer.english} ({self.key}, {section[-1]}.{number})"},
            form={"format/input": {"quote": f"Input: {offer.label}"}},
            presents={offer.id: {"quote": offer.label}},
            speakers=self._speakers({person.id: person for person in speakers}),
        )
        self._offer(offer)

    def _speakers(self, people: dict[str, Person]) -> Entry:
        said: Entry = {}
        for position, person in enumerate(people.values(), 1):
            self._person(person)
            self._organisation(person.organisation)
            said[person.id] = {"position": position, "organisation": person.organisation.id}
            quote = f"{person.full_name}, {person.organisation.name}"
            if self.world.chance.random() < WITH_ROLE:
                name, german, english = self.world.chance.choice(words.ROLES)
                role = f"role/{name}"
                self._add(role, "Role", label={"de": german, "en": english}, quote=german)
                said[person.id]["role"] = role
                quote = f"{person.full_name}, {german}, {person.organisation.name}"
            said[person.id]["quote"] = quote
        return said

    def _person(self, person: Person) -> None:
        title = {"academicTitle": person.title} if person.title else {}
        self._add(person.id, "Person", name=person.name, **title, quote=person.full_name)

    def _organisation(self, organisation: Organisation) -> None:
        rest: Entry = {}
        if organisation.town:
            town = f"place/{slug(organisation.town)}"
            self._add(town, "Place", name=organisation.town, quote=organisation.name)
            rest["spatial"] = {town: {"quote": organisation.name}}
        self._add(organisation.id, "Organisation", name=organisation.name, quote=organisation.name, **rest)

    def _offer(self, offer: Offer) -> None:
        self._add(
            offer.id,
            offer.kind,
            label={"de": offer.label, "en": offer.english},
            quote=offer.label,
            words=[offer.word],
            audience={offer.group: {"quote": f"{offer.label} für {offer.group.partition('/')[2]}"}},
            belongsTo={self.initiative: {"quote": f"Angebote der Initiative {self.region.name}"}},
            status=_status("laufend", "laufende Angebote"),
        )


def _status(name: str, quote: str) -> Entry:
    return {f"status/{name}": {"quote": quote}}
