"""Who there is in the regions: people who return and change employers, organisations, and what is presented again.

A few return to nearly every congress and most come once, because whoever came often is the more likely to come again.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise

from itasgraph.util.spelling import slug
from tools.congresses import words

RETURNING = 0.3  # of the speakers; found alike from one year to the next at congresses of this kind
GUESTS = 0.05  # of those who return come from another region
NEW_EMPLOYER = 0.12  # of those who return
HUB = 0.25  # of the newcomers come from an organisation that is at every congress of the region
OLD_ORGANISATION = 0.15  # of the newcomers come from another organisation that was there before
TOWN_IN_NAME = 0.4  # of the companies
PRESENTED_AGAIN = 0.2  # of what is presented


@dataclass(frozen=True)
class Organisation:
    """An organisation, with the town in its name, if any."""

    id: str
    name: str
    town: str = ""


@dataclass
class Person:
    """A person, and the organisation that they are named with now."""

    id: str
    name: str
    title: str
    organisation: Organisation

    @property
    def full_name(self) -> str:
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True)
class Offer:
    """What a contribution presents, with the word from which its topic follows."""

    id: str
    kind: str
    label: str
    english: str
    word: str
    group: str


@dataclass
class Region:
    """A region, and who has appeared in it: a name is in a list once for each time, so a draw prefers who came often."""

    name: str
    hubs: list[Organisation]
    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return slug(self.name)


class World:
    """Draw people, organisations and offers, each with a name of its own."""

    def __init__(self, chance: random.Random, regions: int, topic_words: list[str], groups: list[str]) -> None:
        self.chance = chance
        self._names: set[str] = set()
        self._topic_words = topic_words
        self._groups = groups
        self._national = [self._organisation(f"Institut für {sector}") for sector in words.SECTORS[:3]]
        self.regions = [self._region(name) for name in words.REGIONS[:regions]]

    def speaker(self, region: Region) -> Person:
        """Return who speaks next in a region: somebody who returns, perhaps with another employer, or somebody new."""
        chance = self.chance
        home = chance.choice(self.regions) if chance.random() < GUESTS else region
        if not home.people or chance.random() >= RETURNING:
            person = self._newcomer(region)
        else:
            person = chance.choice(home.people)
            if chance.random() < NEW_EMPLOYER:
                person.organisation = self._employer(region)
        region.people.append(person)
        region.organisations.append(person.organisation)
        return person

    def offer(self, region: Region) -> Offer:
        """Return what is presented next in a region: something known, or something new."""
        if region.offers and self.chance.random() < PRESENTED_AGAIN:
            known = self.chance.choice(region.offers)
        else:
            known = self._new_offer(region)
        region.offers.append(known)
        return known

    def topic_word(self) -> str:
        """Return a word that leads to a topic: the n-th is drawn as often as 1/n says."""
        weights = [1 / rank for rank in range(1, len(self._topic_words) + 1)]
        return self.chance.choices(self._topic_words, weights)[0]

    def _region(self, name: str) -> Region:
        town = self.chance.choice(words.TOWNS)
        hubs = [
            self._organisation(f"IHK {name}"),
            self._organisation(f"Hochschule {name}"),
            self._organisation(f"Wirtschaftsförderung {name}"),
            self._organisation(f"Gewerkschaft Metall {name}"),
        ]
        return Region(name, [*hubs, self._organisation(f"Kammer {town} in {name}", town), *self._national])

    def _newcomer(self, region: Region) -> Person:
        title = self.chance.choices(["", "Dr.", "Prof."], [80, 15, 5])[0]
        name = self._person_name()
        return Person(f"person/{slug(name)}", name, title, self._employer(region))

    def _person_name(self) -> str:
        first = self.chance.choice(words.FIRST_NAMES)
        name = f"{first} {self.chance.choice(words.LAST_NAMES)}"
        while not self._is_new(name):
            ones = self.chance.sample(words.LAST_NAMES, 2)
            name = f"{self.chance.choice(words.FIRST_NAMES)} {ones[0]}-{ones[1]}"
        return name

    def _employer(self, region: Region) -> Organisation:
        draw = self.chance.random()
        if draw < HUB:
            return self.chance.choice(region.hubs)
        if draw < HUB + OLD_ORGANISATION and region.organisations:
            return self.chance.choice(region.organisations)
        return self._company()

    def _company(self) -> Organisation:
        sector, form = self.chance.choice(words.SECTORS), self.chance.choice(words.LEGAL_FORMS)
        town = self.chance.choice(words.TOWNS) if self.chance.random() < TOWN_IN_NAME else ""
        founders = self.chance.sample(words.LAST_NAMES, 3)
        for name in (founders[0], *(f"{one} {other}" for one, other in pairwise(founders)), " ".join(founders)):
            whole = f"{name} {sector} {town} {form}".replace("  ", " ")
            if slug(whole) not in self._names:
                return self._organisation(whole, town)
        return self._company()

    def _organisation(self, name: str, town: str = "") -> Organisation:
        self._is_new(name)
        return Organisation(f"organisation/{slug(name)}", name, town)

    def _new_offer(self, region: Region) -> Offer:
        kind = self.chance.choices(["Offer", "Project", "Work"], [70, 20, 10])[0]
        german, english = ("Bericht", "report") if kind == "Work" else self.chance.choice(words.HELP)
        word = self.topic_word()
        number = len(region.offers) + 1
        label = f"{german} {number} {region.name}: {word}"
        identifier = f"{kind.lower()}/{region.slug}-{slug(german)}-{number}"
        return Offer(
            identifier, kind, label, f"{region.name} {english} {number}", word, self.chance.choice(self._groups)
        )

    def _is_new(self, name: str) -> bool:
        """Return whether no name is spelled like this one, and keep it."""
        known = slug(name) in self._names
        self._names.add(slug(name))
        return not known
