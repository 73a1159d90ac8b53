"""What follows from a person's date of birth and name."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.vocabulary import AgeBand


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on *day*; a birthday of 29 February counts on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_band(born_on: date | None, started_on: date | None) -> AgeBand | None:
    """Return the band of the age at the start; None when either day is unknown."""
    if born_on is None or started_on is None:
        return None
    age = age_on(born_on, started_on)
    if age < 19:
        return AgeBand.UNDER_19
    return AgeBand.TO_24 if age < 25 else AgeBand.FROM_25


def full_name(given_names: str, family_name: str) -> str:
    """Return a person's name as it is spoken."""
    return f"{given_names} {family_name}".strip()


def called(given_names: str, family_name: str, role: str | None = "") -> str:
    """Return who holds a place: the name, or the *role* where nobody is named for it yet."""
    return full_name(given_names, family_name) or f"Role: {role or 'not said'}, nobody named yet"


def split_name(full_name: str) -> tuple[str, str]:
    """Return given names and family name of a name written in one field.

    "Family, Given" is split at the comma; otherwise the last word is the family name.  It is a
    guess that nobody can make better without asking, so lists of people show the whole name.
    """
    text = " ".join(full_name.split())
    if "," in text:
        family, _, given = text.partition(",")
        return given.strip(), family.strip()
    given, _, family = text.rpartition(" ")
    return given, family
