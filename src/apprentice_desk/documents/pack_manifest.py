"""What a pack holds and says about itself, told in its manifest and read from it key by key."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from apprentice_desk.documents.wording import Clause, DocumentType, read_clause, read_type
from apprentice_desk.domain.own_wording import fingerprint
from apprentice_desk.domain.problems import Problem

FORMAT = 1
LONGEST_LINE = 200
LONGEST_NOTE = 4_000
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_PLAIN = frozenset("\n\t\N{SOFT HYPHEN}")
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


def shown(name: str) -> str:
    """Return *name* as it can be shown: nothing in it that turns or hides what stands by it."""
    plain = "".join(each if unicodedata.category(each) not in _HIDDEN else "?" for each in name)
    return plain[:80]


def hidden(text: str) -> str:
    """Return the code of the first letter in *text* that cannot be seen; "" for none."""
    for each in text:
        if each not in _PLAIN and unicodedata.category(each) in _HIDDEN:
            return f"U+{ord(each):04X}"
    return ""


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
            found: Any = json.loads(text, object_pairs_hook=_once)
        except (ValueError, RecursionError):
            raise self._wrong("it cannot be read") from None
        self._values: Mapping[str, Any] = self._table(found, "it")
        self._check_format()

    def _wrong(self, what: str) -> Problem:
        return Problem(
            f"What “{self._called}” says about itself is not in order: {what}.", ASK_AGAIN
        )

    def _table(self, found: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(found, dict):
            raise self._wrong(f"{where} is no table")
        return found

    def _check_format(self) -> None:
        found = self._values.get("format")
        if not isinstance(found, int) or isinstance(found, bool) or found < 1:
            raise self._wrong("it does not say of which format it is")
        if found > FORMAT:
            by = self._values.get("program_version")
            made = f" by Apprentice Desk {shown(by)}" if isinstance(by, str) and by else ""
            raise Problem(
                f"“{self._called}” was made{made} in format {str(found)[:6]} of packs; this program"
                f" reads format {FORMAT}.",
                "Install the newer program, then import it again.",
            )

    def pack(self, texts: Mapping[str, str]) -> Pack:
        """Return the pack, its files being *texts* by name; every one is listed, and as listed."""
        self._check_keys(
            self._values,
            {"format", "title", "sender", "made_on", "note", "program_version", "files"},
            "it",
        )
        listed = self._values["files"]
        if not isinstance(listed, list) or not listed:
            raise self._wrong("it lists no files")
        items = [self._item(each, texts) for each in listed]
        names = {each.named for each in items}
        if len(names) != len(items):
            raise self._wrong("it lists a file twice")
        for named in sorted(set(texts) - names):
            raise self._wrong(f"{named} is in the pack and not listed")
        return Pack(
            title=self._line(self._values, "title"),
            sender=self._line(self._values, "sender"),
            made_on=self._day(self._values, "made_on"),
            program_version=self._line(self._values, "program_version", may_lack=True),
            note=self._words(self._values, "note", LONGEST_NOTE),
            items=tuple(sorted(items, key=lambda each: each.named)),
        )

    def _item(self, found: Any, texts: Mapping[str, str]) -> PackItem:
        values = self._table(found, "a file in its list")
        self._check_keys(
            values,
            {"named", "version", "fingerprint", "approved_by", "approved_on", "is_withdrawn"},
            "a file in its list",
        )
        named = self._line(values, "named")
        if named not in texts:
            raise self._wrong(f"it lists {shown(named)}, which is not in the pack")
        item = PackItem(
            named,
            texts[named],
            self._line(values, "approved_by", may_lack=True),
            self._day(values, "approved_on") if values["approved_on"] != "" else None,
            self._yes_no(values, "is_withdrawn"),
        )
        version = values["version"]
        if not isinstance(version, int) or version != item.version or version is True:
            raise self._wrong(f"it gives {named} another version")
        if values["fingerprint"] != item.fingerprint:
            raise Problem(
                f"{named} in “{self._called}” is not as it was sent: its fingerprint is another.",
                ASK_AGAIN,
            )
        return item

    def _check_keys(self, values: Mapping[str, Any], keys: set[str], where: str) -> None:
        for key in sorted(keys - values.keys()):
            raise self._wrong(f"{where} lacks {key}")
        for key in sorted(values.keys() - keys):
            raise self._wrong(f"{where} has {shown(key)}, which is not known")

    def _words(self, values: Mapping[str, Any], key: str, longest: int) -> str:
        found = values[key]
        if not isinstance(found, str):
            raise self._wrong(f"{key} is no text")
        if len(found) > longest:
            raise self._wrong(f"{key} is longer than {longest:,} letters")
        if code := hidden(found):
            raise self._wrong(f"{key} holds a letter that cannot be seen ({code})")
        return found

    def _line(self, values: Mapping[str, Any], key: str, *, may_lack: bool = False) -> str:
        found = self._words(values, key, LONGEST_LINE)
        if "\n" in found or not (may_lack or found.strip()):
            raise self._wrong(f"{key} is not one line of text")
        return found

    def _day(self, values: Mapping[str, Any], key: str) -> date:
        try:
            return date.fromisoformat(values[key])
        except (TypeError, ValueError):
            raise self._wrong(f"{key} is no day such as 2026-11-29") from None

    def _yes_no(self, values: Mapping[str, Any], key: str) -> bool:
        found = values[key]
        if not isinstance(found, bool):
            raise self._wrong(f"{key} is neither true nor false")
        return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a table of JSON in which no key stands twice; ValueError where one does."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A key stands twice.")
    return found
