"""The team that the quick line's tests and its page of help speak of."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from apprentice_desk import resources
from apprentice_desk.domain.quick_line import Known, Person

TODAY = date(2026, 11, 20)  # a Friday
NAMES = (
    "Ada Obi", "Noor Rahman", "Tomasz Nowak", "Mei Lin", "Sam Okafor", "Leila Haddad",
    "Rhys Evans", "May Sun", "Adaeze Brown",
)  # fmt: skip


def person(number: int, name: str, code: str = "") -> Person:
    given_names, _, family_name = name.rpartition(" ")
    return Person(UUID(int=number), name, given_names, family_name, code)


TEAM = tuple(person(number, name, f"XM-{number}") for number, name in enumerate(NAMES, 1))
CODES = {
    TEAM[0].id: ("K4", "K5", "K6", "K7", "K9", "S3", "B1"),
    TEAM[1].id: ("K7", "S3"),
}


def known(
    people: tuple[Person, ...] = TEAM, everyone: int = 7, recent: tuple[int, ...] = ()
) -> Known:
    return Known(
        people,
        resources.activity_words(),
        CODES,
        tuple(each.id for each in people[:everyone]),
        tuple(people[number].id for number in recent),
    )
