"""Who a row is about: a person of the desk, found by ULN, reference, email, then name.

A name must be the same but for capitals, spaces and the order "Family, Given"; one that is merely
like a known name is never taken, only suggested, until a person says that this spelling means them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from apprentice_desk.domain import identifiers, people
from apprentice_desk.domain.people import full_name
from apprentice_desk.imports.likeness import percent
from apprentice_desk.imports.rows import Near, Options
from apprentice_desk.records.apprentices import ApprenticeDetails
from apprentice_desk.records.known_people import KnownPerson


@dataclass(frozen=True, slots=True)
class Programme:
    """One apprenticeship of a person, as far as lists can tell it from another.

    *is_over* means that it has ended, on *ends_on* where the day is known.
    """

    id: UUID
    standard_code: str | None
    course_title: str
    started_on: date | None
    ends_on: date | None
    is_over: bool = False
    is_start_day_given: bool = True
    row: int | None = None
    """The row of the list that brings it in; None where the desk has it already."""

    def covers(self, day: date) -> bool:
        """Whether *day* lies in its training, as far as its start and end are known."""
        if self.started_on is None or day < self.started_on:
            return False
        return self.ends_on is None or day <= self.ends_on


@dataclass(slots=True)
class Person:
    """Somebody of the desk, or (with *details*) somebody whom this list adds."""

    id: UUID
    name: str
    uln: str | None
    email: str
    references: set[str]
    programmes: list[Programme]
    details: ApprenticeDetails | None = None

    @property
    def stands_for(self) -> str:
        """What names them to the options of an import: their ULN, else email, else name."""
        uln = "" if identifiers.is_temporary_uln(self.uln or "") else self.uln
        return uln or self.email or self.name


@dataclass(frozen=True, slots=True)
class Clues:
    """What a row says about its person."""

    uln: str = ""
    reference: str = ""
    email: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.uln or self.reference or self.email or self.name)


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why nobody was found: the clue's field, and what to tell the person who imports."""

    code: str
    clue: str
    message: str
    remedy: str
    is_missing: bool
    """Nobody in the desk can be meant, so somebody may be added."""
    near: tuple[Near, ...] = ()
    """Who of the desk may be meant by a name that is like theirs."""


def folded(name: str) -> str:
    """Return a name for comparing: no capitals, no accents, "Family, Given" turned round."""
    if "," in name:
        name = full_name(*people.split_name(name))
    apart = unicodedata.normalize("NFKD", name.replace("’", "'").casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.replace("-", " ").split())


@dataclass(slots=True)
class People:
    """Everyone of the desk and of the list so far, to be found by what rows say."""

    everyone: list[Person] = field(default_factory=list)
    _by_uln: dict[str, list[Person]] = field(default_factory=dict)
    _by_reference: dict[str, list[Person]] = field(default_factory=dict)
    _by_email: dict[str, list[Person]] = field(default_factory=dict)
    _by_name: dict[str, list[Person]] = field(default_factory=dict)
    _words: dict[str, set[str]] = field(default_factory=dict)
    _found: dict[Clues, Person | NotFound] = field(default_factory=dict)
    _meant: dict[str, Person] = field(default_factory=dict)
    _same: dict[str, str] = field(default_factory=dict)
    _newcomers: set[str] = field(default_factory=set)

    @classmethod
    def of(
        cls, known: Iterable[KnownPerson], ended: Mapping[UUID, date | None] | None = None
    ) -> People:
        """Return the people of the desk; *ended* says when apprenticeships that are over ended."""
        ended = ended or {}
        persons: dict[UUID, Person] = {}
        for each in known:
            person = persons.get(each.apprentice_id)
            if person is None:
                person = persons[each.apprentice_id] = Person(
                    each.apprentice_id, each.name, each.uln, each.email, set(), []
                )
            person.references |= {each.employee_reference, each.provider_reference} - {""}
            person.programmes.append(
                Programme(
                    each.apprenticeship_id,
                    each.standard_code,
                    each.course_title,
                    each.training_started_on,
                    ended.get(each.apprenticeship_id, each.training_planned_end_on),
                    each.apprenticeship_id in ended,
                )
            )
        found = cls()
        for person in persons.values():
            found.add(person)
        return found

    def add(self, person: Person) -> None:
        """Let *person* be found from now on."""
        self.everyone.append(person)
        if person.uln and not identifiers.is_temporary_uln(person.uln):
            self._by_uln.setdefault(person.uln, []).append(person)
        for reference in person.references:
            self._by_reference.setdefault(reference.casefold(), []).append(person)
        if person.email:
            self._by_email.setdefault(person.email.casefold(), []).append(person)
        name = folded(person.name)
        self._by_name.setdefault(name, []).append(person)
        for word in name.split():
            self._words.setdefault(word, set()).add(name)
        self._found.clear()

    def heed(self, options: Options) -> None:
        """Take names for people, or for nobody of the desk, from now on, as a person said."""
        by_id = {person.id: person for person in self.everyone}
        for written, key in options.spellings:
            if key in by_id:
                self._meant[folded(written)] = by_id[key]
        self._same |= {folded(written): name for written, name in options.same}
        self._newcomers |= {folded(name) for name in options.newcomers}
        self._found.clear()

    def meant_by(self, name: str) -> Person | None:
        """Return whom a person said this spelling means."""
        written = folded(name) if self._meant or self._same else ""
        if (other := self._same.get(written)) is not None:
            return next(iter(self.named(other)), None)
        return self._meant.get(written)

    def is_newcomer(self, name: str) -> bool:
        """Whether a person said that this name is nobody's of the desk."""
        return bool(self._newcomers) and folded(name) in self._newcomers

    def of_key(self, key: UUID) -> Person | None:
        """Return the person of this key."""
        return next((person for person in self.everyone if person.id == key), None)

    def with_uln(self, uln: str) -> Person | None:
        """Return whoever has this ULN; nobody has the temporary one."""
        return next(iter(self._by_uln.get(uln, ())), None)

    def with_reference(self, reference: str) -> tuple[Person, ...]:
        """Return everyone with this reference, the employer's or the provider's."""
        return tuple(self._by_reference.get(reference.casefold(), ()))

    def with_email(self, email: str) -> tuple[Person, ...]:
        """Return everyone with this email address."""
        return tuple(self._by_email.get(email.casefold(), ())) if email else ()

    def named(self, name: str) -> tuple[Person, ...]:
        """Return everyone of this name."""
        return tuple(self._by_name.get(folded(name), ()))

    def find(self, clues: Clues) -> Person | NotFound:
        """Return who is meant: by ULN, else reference, else email, else name.

        Somebody with another ULN than the one given is never meant.
        """
        if clues not in self._found:
            self._found[clues] = self._find(clues)
        return self._found[clues]

    def _find(self, clues: Clues) -> Person | NotFound:
        uln = "" if identifiers.is_temporary_uln(clues.uln) else clues.uln
        if uln and (person := self.with_uln(uln)):
            return person
        tried = (
            ("reference", self._by_reference.get(clues.reference.casefold(), [])),
            ("email", self._by_email.get(clues.email.casefold(), [])),
            ("name", list(self.named(clues.name)) if clues.name else []),
        )
        for clue, everyone in tried:
            may_be = [p for p in everyone if not uln or p.uln in (None, uln)]
            if clue != "name" and len(may_be) > 1:
                continue
            if len(may_be) > 1:
                return NotFound(
                    "IM204",
                    "name",
                    f"{len(may_be)} apprentices are called {clues.name}.",
                    "Add a column with their ULNs or references.",
                    is_missing=False,
                )
            if may_be:
                return may_be[0]
        meant = self.meant_by(clues.name)
        if meant is not None and (not uln or meant.uln in (None, uln)):
            return meant
        return self._nobody(clues)

    def _nobody(self, clues: Clues) -> NotFound:
        if not clues:
            return NotFound(
                "IM201", "name", "This row does not say whose hours they are.",
                "Add the name, ULN or reference.", is_missing=False,
            )  # fmt: skip
        if clues.name and (like := self._may_be(clues)):
            names = " or ".join(each.name for each in like)
            alike = " and ".join(f"{each.percent} %" for each in like)
            return NotFound(
                "IM203",
                "name",
                f"There is no {clues.name} in the desk. Did you mean {names}? ({alike} alike)",
                "Say so in the review, put the name right, or add the apprentice first.",
                is_missing=False,
                near=like,
            )
        clue, who = next(
            (clue, said)
            for clue, said in (
                ("name", clues.name),
                ("uln", f"apprentice with the ULN {clues.uln}" if clues.uln else ""),
                ("reference", f"apprentice with the reference {clues.reference}"),
                ("email", f"apprentice with the email {clues.email}"),
            )
            if said and getattr(clues, clue)
        )
        return NotFound(
            "IM202", clue, f"There is no {who} in the desk.",
            "Add the apprentice first, or let the import add people who are missing.",
            is_missing=True,
        )  # fmt: skip

    def _may_be(self, clues: Clues) -> tuple[Near, ...]:
        """Return who may be meant by a name like theirs: nobody with another ULN than the row's."""
        if self.is_newcomer(clues.name):
            return ()
        uln = "" if identifiers.is_temporary_uln(clues.uln) else clues.uln

        def may_be(person: Person | None) -> bool:
            theirs = person.uln if person is not None else None
            return not (uln and theirs and not identifiers.is_temporary_uln(theirs))

        return tuple(each for each in self.like(clues.name) if may_be(self.of_key(each.id)))

    def like(self, name: str) -> tuple[Near, ...]:
        """Return up to three people whose names are like *name* and not the same."""
        wanted = folded(name)
        words = wanted.split()
        others = {other for word in words for other in self._words.get(word, ())}
        near = sorted(
            (-_percent(wanted, other), other)
            for other in others
            if other != wanted and _are_alike(wanted, other)
        )
        return tuple(
            Near(
                name, person.id, person.name, -alike, person.stands_for, person.details is not None
            )
            for alike, other in near[:3]
            for person in self._by_name[other][:1]
        )


_MISSPELT = 0.66  # one letter of three


def _percent(one: str, other: str) -> int:
    """Return how alike two folded names are, whatever the order of their words."""
    in_order = percent(" ".join(sorted(one.split())), " ".join(sorted(other.split())))
    return min(99, max(percent(one, other), in_order))


def _are_alike(one: str, other: str) -> bool:
    """Whether two names may be one: a misspelt word, another order, a middle name more."""
    if [c for c in one if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    first, second = one.split(), other.split()
    if len(first) == len(second):
        if sorted(first) == sorted(second):
            return True
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
        return len(pairs) == 1 and all(
            min(len(a), len(b)) >= 3 and SequenceMatcher(None, a, b).ratio() >= _MISSPELT
            for a, b in pairs
        )
    few, many = sorted((first, second), key=len)
    return len(few) >= 2 and set(few) <= set(many)
