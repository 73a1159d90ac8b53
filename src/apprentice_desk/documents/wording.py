"""The library of standard wording: clauses, the document types made of them, and its own words.

A clause is a file with what is said about it between two lines of ``+++`` (TOML) and its text
below.  A released version is never edited: a new one stands beside it, so that a document can be
made again as it was.  What the library must be like is checked in ``wording_checks``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import TypeVar

from apprentice_desk.documents import conditions, wording_text
from apprentice_desk.documents.signing import BY_CONTRACT
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.vocabulary import SubjectKind
from apprentice_desk.resources import parse_toml, path
from apprentice_desk.resources.entries import Entry


class WordingStatus(StrEnum):
    """How far a version of a clause or of a document type is."""

    DRAFT = "draft"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class PartKind(StrEnum):
    """How a part of a document is set: above the title, numbered, or as a letter is written."""

    HEAD = "head"
    CLAUSES = "clauses"
    SCHEDULE = "schedule"
    LETTER = "letter"

    @property
    def is_numbered(self) -> bool:
        """Whether its clauses have numbers; a letter and its head have none."""
        return self in (PartKind.CLAUSES, PartKind.SCHEDULE)


class Voice(StrEnum):
    """How a document speaks of its parties, the same from beginning to end."""

    NAMES = "the Council and the others by name"
    WE_YOU = "we and you"


@dataclass(frozen=True)
class Clause:
    """One version of one clause; *text* is as it was written.

    An *is_optional* clause is left out or put in by the officer, and *is_on* to begin with.
    *defines* holds its defined terms with what they mean.
    """

    id: str
    version: int
    title: str
    status: WordingStatus
    owner: str
    review_by: date
    text: str
    guidance: str = ""
    applies: conditions.Node = conditions.ALWAYS
    is_optional: bool = False
    is_on: bool = True
    defines: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""

    @property
    def name(self) -> str:
        """What the version is called where it stands in lists."""
        return f"{self.id} {self.version}"

    @cached_property
    def blocks(self) -> tuple[wording_text.TextPart, ...]:
        """The text, taken apart."""
        return wording_text.parse(self.text)

    @cached_property
    def meanings(self) -> Mapping[str, wording_text.Pieces]:
        """What the defined terms mean, taken apart."""
        return {term: wording_text.pieces(each) for term, each in self.defines.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: clauses by id, in order, below *title* where it has one."""

    kind: PartKind
    title: str
    clauses: tuple[str, ...]
    applies: conditions.Node = conditions.ALWAYS


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One version of one document type.

    *title* and *subtitle* may hold fields.  *to_come* are fields whose day must not be past when
    the document is issued; *checks* names what else is checked then; *signs* names who signs, in
    order.
    """

    id: str
    version: int
    name: str
    status: WordingStatus
    owner: str
    review_by: date
    subject: SubjectKind
    voice: Voice
    title: str
    subtitle: str
    summary: str
    parts: tuple[Part, ...]
    to_come: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    signs: tuple[str, ...] = BY_CONTRACT
    fingerprint: str = ""

    @property
    def clause_ids(self) -> tuple[str, ...]:
        """The clauses of all parts, in order."""
        return tuple(each for part in self.parts for each in part.clauses)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the library says about itself.

    *proper_names* are words written with a capital that are no defined terms; *not_words* are
    words that it never uses, each with the one it uses; *sealed* are the fingerprints of released
    versions.
    """

    version: str
    owner: str
    model_note: str
    proper_names: frozenset[str]
    not_words: Mapping[str, str]
    sealed: Mapping[str, str]


@dataclass(frozen=True)
class Library:
    """All wording, every version of it."""

    settings: Settings
    clauses: tuple[Clause, ...]
    types: tuple[DocumentType, ...]

    @cached_property
    def _by_version(self) -> Mapping[tuple[str, int], Clause]:
        return {(each.id, each.version): each for each in self.clauses}

    @cached_property
    def _newest(self) -> Mapping[str, Clause]:
        return _newest(self.clauses)

    def clause(self, clause_id: str, version: int | None = None) -> Clause:
        """Return a version of a clause, without one the newest released.

        Raises Problem where the library has none.
        """
        found = (
            self._newest.get(clause_id)
            if version is None
            else self._by_version.get((clause_id, version))
        )
        if found is None:
            which = "no released version" if version is None else f"no version {version}"
            raise Problem(f"The wording has {which} of the clause “{clause_id}”.")
        return found

    def has(self, clause_id: str) -> bool:
        """Return whether there is a released version of a clause."""
        return clause_id in self._newest

    def type_of(self, type_id: str, version: int | None = None) -> DocumentType:
        """Return a version of a document type, without one the newest released.

        Raises Problem naming the types there are.
        """
        if version is None:
            found = _newest(self.types).get(type_id)
        else:
            both = (type_id, version)
            found = next((each for each in self.types if (each.id, each.version) == both), None)
        if found is None:
            known = ", ".join(each.id for each in self.newest_types)
            what = type_id if version is None else f"{type_id}, version {version}"
            there = f"There are: {known}." if known else "There are none yet."
            raise Problem(f"There is no document type {what}.", there)
        return found

    @property
    def newest_types(self) -> tuple[DocumentType, ...]:
        """The newest released version of every document type, by name."""
        found = _newest(self.types).values()
        return tuple(sorted(found, key=lambda each: each.name.casefold()))


Versioned = TypeVar("Versioned", Clause, DocumentType)


def _newest(all_of: Iterable[Versioned]) -> dict[str, Versioned]:
    found: dict[str, Versioned] = {}
    for each in sorted(all_of, key=lambda each: each.version):
        if each.status is WordingStatus.RELEASED:
            found[each.id] = each
        elif each.status is WordingStatus.WITHDRAWN:
            found.pop(each.id, None)
    return found


# --- reading ------------------------------------------------------------------------------------

_FENCE = "+++"
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def read_clause(text: str, named: str) -> Clause:
    """Return the clause in a file's *text*; raises Problem naming the file and what is wrong."""
    lines = text.splitlines()
    if not lines or lines[0] != _FENCE or _FENCE not in lines[1:]:
        raise Problem(
            f"{named} does not say what it is.",
            f"A clause begins with its details between two lines of {_FENCE}.",
        )
    end = lines.index(_FENCE, 1)
    about = Entry(parse_toml("\n".join(lines[1:end]), named), named)
    body = "\n".join(lines[end + 1 :]).strip()
    clause = Clause(
        id=_id(about),
        version=about.number("version", least=1),
        title=about.text("title"),
        status=about.word("status", WordingStatus),
        owner=about.text("owner"),
        review_by=about.day("review_by"),
        text=body,
        guidance=_optional(about, "guidance"),
        applies=_condition(about, "applies"),
        is_optional=about.has("is_optional") and about.yes_no("is_optional"),
        is_on=about.yes_no("is_on") if about.has("is_on") else True,
        defines=_defined(about),
        fingerprint=fingerprint(text),
    )
    about.end()
    _try_text(clause, about)
    return clause


def _try_text(clause: Clause, about: Entry) -> None:
    try:
        wording_text.parse(clause.text)
    except ValueError as error:
        raise about.wrong("the text", f"is wrong: {str(error).removesuffix('.')}") from None
    for term, meaning in clause.defines.items():
        try:
            wording_text.pieces(meaning)
        except ValueError as error:
            raise about.wrong(
                f"the meaning of {term}", f"is wrong: {str(error).removesuffix('.')}"
            ) from None


def _id(about: Entry) -> str:
    found = about.text("id")
    if not _ID.fullmatch(found):
        raise about.wrong("id", "is not small letters and figures, parted by hyphens")
    return found


def _optional(about: Entry, key: str) -> str:
    return " ".join(about.text(key).split()) if about.has(key) else ""


def _condition(about: Entry, key: str) -> conditions.Node:
    return about.checked(key, conditions.parse) if about.has(key) else conditions.ALWAYS


def _defined(about: Entry) -> Mapping[str, str]:
    if not about.has("defines"):
        return {}
    found = about.table("defines")
    for term, meaning in found.items():
        if not isinstance(meaning, str) or not meaning.strip():
            raise about.wrong("defines", f"does not say what “{term}” means")
    return {term: str(meaning) for term, meaning in found.items()}


def read_type(text: str, named: str) -> DocumentType:
    """Return the document type in a file's *text*; raises Problem naming what is wrong."""
    about = Entry(parse_toml(text, named), named)
    found = DocumentType(
        id=_id(about),
        version=about.number("version", least=1),
        name=about.text("name"),
        status=about.word("status", WordingStatus),
        owner=about.text("owner"),
        review_by=about.day("review_by"),
        subject=about.word("subject", SubjectKind),
        voice=about.word("voice", Voice),
        title=about.text("title"),
        subtitle=_optional(about, "subtitle"),
        summary=_optional(about, "summary"),
        parts=tuple(_part(each) for each in about.entries("part")),
        to_come=_texts(about, "to_come"),
        checks=_texts(about, "checks"),
        signs=_texts(about, "signs") or BY_CONTRACT,
        fingerprint=fingerprint(text),
    )
    about.end()
    for key, words in (("title", found.title), ("subtitle", found.subtitle)):
        try:
            wording_text.pieces(words)
        except ValueError as error:
            raise about.wrong(key, f"is wrong: {str(error).removesuffix('.')}") from None
    return found


def _texts(about: Entry, key: str) -> tuple[str, ...]:
    return tuple(about.texts(key)) if about.has(key) else ()


def _part(about: Entry) -> Part:
    found = Part(
        kind=about.word("kind", PartKind),
        title=_optional(about, "title"),
        clauses=tuple(about.texts("clauses")),
        applies=_condition(about, "applies"),
    )
    about.end()
    return found


def read_settings(text: str, named: str) -> Settings:
    """Return what the library says about itself; raises Problem naming what is wrong."""
    about = Entry(parse_toml(text, named), named)
    found = Settings(
        version=about.text("version"),
        owner=about.text("owner"),
        model_note=_optional(about, "model_note"),
        proper_names=frozenset(about.texts("proper_names")),
        not_words=_words(about, "not_words"),
        sealed=_words(about, "sealed") if about.has("sealed") else {},
    )
    about.end()
    return found


def _words(about: Entry, key: str) -> Mapping[str, str]:
    found = about.table(key)
    for name, value in found.items():
        if not isinstance(value, str):
            raise about.wrong(key, f"does not give a text for “{name}”")
    return {name: str(value) for name, value in found.items()}


def fingerprint(text: str) -> str:
    """Return the fingerprint of a file's *text*; how its lines end makes no difference."""
    same = "\n".join(text.splitlines())
    return hashlib.sha256(same.encode()).hexdigest()


def read_library(files: Mapping[str, str]) -> Library:
    """Return the library of *files*, texts by their name below its folder.

    Raises Problem for the first file that cannot be read, for one that is not called as what it
    holds, and for one that belongs to neither folder.
    """
    clauses, types = [], []
    for named in sorted(files):
        text = files[named]
        if named == SETTINGS:
            continue
        if named.startswith("clauses/") and named.endswith(".md"):
            clause = read_clause(text, named)
            _is_called(named, f"clauses/{clause.id}.{clause.version}.md")
            clauses.append(clause)
        elif named.startswith("documents/") and named.endswith(".toml"):
            made = read_type(text, named)
            _is_called(named, f"documents/{made.id}.{made.version}.toml")
            types.append(made)
        else:
            raise Problem(f"{named} is neither a clause nor a document type.")
    return Library(read_settings(files.get(SETTINGS, ""), SETTINGS), tuple(clauses), tuple(types))


SETTINGS = "library.toml"


def _is_called(named: str, properly: str) -> None:
    if named != properly:
        raise Problem(f"{named} holds what should be called {properly}.")


def packaged_files() -> Mapping[str, str]:
    """Return the texts of the packaged library by name; raises Problem if one cannot be read."""
    top = path("wording")
    try:
        return {
            each.relative_to(top).as_posix(): each.read_text(encoding="utf-8")
            for each in sorted(top.rglob("*"))
            if each.is_file()
        }
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            "The standard wording cannot be read.", "Install the program again."
        ) from error


@cache
def library() -> Library:
    """Return the packaged library; raises Problem if it is broken."""
    return read_library(packaged_files())
