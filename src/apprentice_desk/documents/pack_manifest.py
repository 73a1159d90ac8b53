"""What a pack holds and says about itself, told in its manifest and read from it key by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from apprentice_desk.documents.wording import Clause, DocumentType, read_clause, read_type
from apprentice_desk.domain.own_wording import fingerprint
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.told_tables import ToldTable, parsed, shown

FORMAT = 1
LONGEST_LINE = 200
LONGEST_NOTE = 4_000
ASK_AGAIN = "Nothing was taken from it. Ask whoever sent it for the pack again."


@dataclass(frozen=True, slots=True)
class PackItem:
    """One file of wording, by its name in a library, with who approved it at the sender.

    One that *is_withdrawn* was taken out of force there.
    """

    named: str
    text: str
    approved_by: str = ""
    approved_on: date | None = None
    is_withdrawn: bool = False

    @property
    def fingerprint(self) -> str:
        """The fingerprint of its text."""
        return fingerprint(self.text)

    @property
    def is_clause(self) -> bool:
        """Whether it is a clause, and not a document type."""
        return self.named.startswith("clauses/")

    @property
    def id(self) -> str:
        """The id of the clause or of the type."""
        return self._parts[0]

    @property
    def version(self) -> int:
        """Its version."""
        return int(self._parts[1])

    @property
    def _parts(self) -> list[str]:
        return self.named.partition("/")[2].split(".")

    def read(self) -> Clause | DocumentType:
        """Return what it holds; raises Problem where it cannot be read."""
        return read_clause(self.text, self.named) if self.is_clause else self.read_type()

    def read_type(self) -> DocumentType:
        """Return the document type that it holds; raises Problem where it cannot be read."""
        return read_type(self.text, self.named)


@dataclass(frozen=True, slots=True)
class Pack:
    """What is sent: wording, from whom, when, and what is said about it."""

    title: str
    sender: str
    made_on: date
    program_version: str
    items: tuple[PackItem, ...]
    note: str = ""

    @property
    def source(self) -> str:
        """Where wording came from, as the desk keeps it."""
        return f"{self.title}, from {self.sender}"


def settled(text: str) -> str:
    """Return *text* with plain ends of lines, and one at its end."""
    return "\n".join(text.splitlines()) + "\n"


def written(pack: Pack) -> str:
    """Return what a pack says about itself, the same text for the same pack."""
    says = {
        "format": FORMAT,
        "title": pack.title,
        "sender": pack.sender,
        "made_on": pack.made_on.isoformat(),
        "note": settled(pack.note).removesuffix("\n") if pack.note else "",
        "program_version": pack.program_version,
        "files": [
            {
                "named": each.named,
                "version": each.version,
                "fingerprint": each.fingerprint,
                "approved_by": each.approved_by,
                "approved_on": "" if each.approved_on is None else each.approved_on.isoformat(),
                "is_withdrawn": each.is_withdrawn,
            }
            for each in pack.items
        ],
    }
    return json.dumps(says, ensure_ascii=False, indent=1) + "\n"


class Manifest:
    """What a pack says about itself, asked for key by key; what is not as it should be is named."""

    def __init__(self, text: str, called: str) -> None:
        self._called = called
        try:
            found = parsed(text)
        except ValueError:
            raise self._wrong("it cannot be read") from None
        self._told = ToldTable(found, "it", self._wrong)
        self._check_format()

    def _wrong(self, what: str) -> Problem:
        return Problem(
            f"What “{self._called}” says about itself is not in order: {what}.", ASK_AGAIN
        )

    def _check_format(self) -> None:
        found = self._told.values.get("format")
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise self._wrong("it does not say of which format it is")
        if found > FORMAT:
            by = self._told.values.get("program_version")
            made = f" by Apprentice Desk {shown(by)}" if isinstance(by, str) and by else ""
            raise Problem(
                f"“{self._called}” was made{made} in format {str(found)[:6]} of packs; this program"
                f" reads format {FORMAT}.",
                "Install the newer program, then import it again.",
            )

    def pack(self, texts: Mapping[str, str]) -> Pack:
        """Return the pack, its files being *texts* by name; every one is listed, and as listed."""
        told = self._told
        told.only({"format", "title", "sender", "made_on", "note", "program_version", "files"})
        listed = told.values["files"]
        if not isinstance(listed, list) or not listed:
            raise self._wrong("it lists no files")
        items = [self._item(each, texts) for each in listed]
        names = {each.named for each in items}
        if len(names) != len(items):
            raise self._wrong("it lists a file twice")
        for named in sorted(set(texts) - names):
            raise self._wrong(f"{named} is in the pack and not listed")
        return Pack(
            title=told.line("title", LONGEST_LINE),
            sender=told.line("sender", LONGEST_LINE),
            made_on=told.day("made_on"),
            program_version=told.line("program_version", LONGEST_LINE, may_lack=True),
            note=told.words("note", LONGEST_NOTE),
            items=tuple(sorted(items, key=lambda each: each.named)),
        )

    def _item(self, found: Any, texts: Mapping[str, str]) -> PackItem:
        told = ToldTable(found, "a file in its list", self._wrong)
        told.only({"named", "version", "fingerprint", "approved_by", "approved_on", "is_withdrawn"})
        named = told.line("named", LONGEST_LINE)
        if named not in texts:
            raise self._wrong(f"it lists {shown(named)}, which is not in the pack")
        item = PackItem(
            named,
            texts[named],
            told.line("approved_by", LONGEST_LINE, may_lack=True),
            told.day("approved_on") if told.values["approved_on"] != "" else None,
            told.yes_no("is_withdrawn"),
        )
        version = told.values["version"]
        if not isinstance(version, int) or version != item.version or version is True:
            raise self._wrong(f"it gives {named} another version")
        if told.values["fingerprint"] != item.fingerprint:
            raise Problem(
                f"{named} in “{self._called}” is not as it was sent: its fingerprint is another.",
                ASK_AGAIN,
            )
        return item
