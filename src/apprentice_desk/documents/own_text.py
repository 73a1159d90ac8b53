"""A borough's own clause as it is edited, and as the text of a file.

The file is written so that it reads back the same; what nobody entered is not written, so that
the library's checks say it is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from apprentice_desk.documents.wording import Clause
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.own_wording import id_for
from apprentice_desk.domain.problems import Problem
from apprentice_desk.resources import parse_toml

_FENCE = "+++"
_MEANS = ": "
_NAMES = ";"


@dataclass(frozen=True, slots=True)
class OwnClause:
    """A clause as a person edits it.

    *proper_names* are parted by semicolons; *defines* has a term with its meaning to a line, as in
    "Order: what the Council asks for".  Those that place it are chosen before it is edited.
    """

    title: str = ""
    text: str = ""
    guidance: str = ""
    applies: str = ""
    owner: str = ""
    review_by: date | None = None
    is_optional: bool = False
    is_on: bool = True
    proper_names: str = ""
    defines: str = ""
    id: str = ""
    version: int = 1
    replaces: str = ""
    replaces_version: int = 0
    joins: str = ""
    follows: str = ""

    @property
    def file(self) -> str:
        """What its file is called within a library."""
        return f"clauses/{self.id}.{self.version}.md"


def written(own: OwnClause) -> str:
    """Return the text of the file of a clause."""
    about: list[tuple[str, object]] = [
        ("id", own.id), ("version", own.version), ("title", own.title.strip()),
        ("status", "released"), ("owner", own.owner.strip()),
    ]  # fmt: skip
    about += [("review_by", own.review_by)] if own.review_by else []
    for key, words in (
        ("replaces", own.replaces), ("replaces_version", own.replaces_version),
        ("joins", own.joins), ("follows", own.follows), ("applies", own.applies.strip()),
        ("guidance", own.guidance.strip()), ("proper_names", names_in(own.proper_names)),
    ):  # fmt: skip
        about += [(key, words)] if words else []
    if own.is_optional:
        about += [("is_optional", True), ("is_on", own.is_on)]
    lines = [f"{key} = {_toml(value)}" for key, value in about if value != ""]
    if terms := terms_in(own.defines):
        lines += ["[defines]", *(f"{_toml(term)} = {_toml(says)}" for term, says in terms.items())]
    return "\n".join([_FENCE, *lines, _FENCE, own.text.strip(), ""])


def _toml(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = json.dumps(value, ensure_ascii=False)  # what JSON writes so TOML reads too, all but
    return text.replace("\x7f", "\\u007f")  # this one


def names_in(text: str) -> list[str]:
    """Return the names in a text that parts them by semicolons."""
    return [name for each in text.split(_NAMES) if (name := " ".join(each.split()))]


def terms_in(text: str) -> Mapping[str, str]:
    """Return the terms of lines as in "Order: what the Council asks for"; blank ones are none.

    A line without a colon goes on with the meaning before it.
    """
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        term, colon, meaning = line.partition(_MEANS)
        if colon:
            found[term.strip()] = meaning.strip()
        elif found:
            last = next(reversed(found))
            found[last] = f"{found[last]} {line}".strip()
        else:
            found[line.removesuffix(":")] = ""
    return found


def read_own(text: str, named: str) -> OwnClause:
    """Return the clause of a file as it is edited; raises Problem naming it if it is broken."""
    lines = text.splitlines()
    if not lines or lines[0] != _FENCE or _FENCE not in lines[1:]:
        raise Problem(f"{named} does not say what it is.")
    end = lines.index(_FENCE, 1)
    about = parse_toml("\n".join(lines[1:end]), named)

    def words(key: str) -> str:
        return " ".join(str(about.get(key, "")).split())

    def number(key: str, default: int) -> int:
        value = about.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    review_by, names, defines = (about.get(k) for k in ("review_by", "proper_names", "defines"))
    return OwnClause(
        title=words("title"),
        text="\n".join(lines[end + 1 :]).strip(),
        guidance=words("guidance"),
        applies=words("applies"),
        owner=words("owner"),
        review_by=review_by if isinstance(review_by, date) else None,
        is_optional=about.get("is_optional") is True,
        is_on=about.get("is_on") is not False,
        proper_names="; ".join(map(str, names)) if isinstance(names, list) else "",
        defines="\n".join(
            f"{term}{_MEANS}{' '.join(str(says).split())}" for term, says in defines.items()
        )
        if isinstance(defines, dict)
        else "",
        id=words("id"),
        version=number("version", 1),
        replaces=words("replaces"),
        replaces_version=number("replaces_version", 0),
        joins=words("joins"),
        follows=words("follows"),
    )


# --- beginning one --------------------------------------------------------------------------------


def begin_variant(
    clause: Clause, text: str, letters: str, owner: str, review_by: date, taken: Iterable[str]
) -> OwnClause:
    """Return a variant of a *clause* whose file has *text*, to go on from."""
    own = read_own(text, clause.file)
    return replace(
        own,
        text=unwrapped(own.text),
        id=free_id(id_for(letters, clause.id), taken),
        version=1,
        owner=owner,
        review_by=review_by,
        replaces=clause.id,
        replaces_version=clause.version,
        joins="",
        follows="",
    )


def unwrapped(text: str) -> str:
    """Return *text* with each paragraph and each item of a list on one line."""
    blocks = []
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines: list[str] = []
        for line in map(str.strip, block.strip().splitlines()):
            if lines and not line.startswith("- ") and not lines[-1].endswith("\\"):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def begin_clause(
    title: str,
    joins: str,
    follows: str,
    letters: str,
    owner: str,
    review_by: date,
    taken: Iterable[str],
) -> OwnClause:
    """Return a new clause called *title* that joins a type behind another; it has no words yet."""
    return OwnClause(
        title=title,
        id=free_id(id_for(letters, title) or id_for(letters, "clause"), taken),
        owner=owner,
        review_by=review_by,
        joins=joins,
        follows=follows,
    )


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """Return *wanted*, or with a figure behind it where it is taken."""
    kept, number, found = set(taken), 1, wanted
    while found in kept:
        number += 1
        found = f"{wanted}-{number}"
    return found


def next_version(own: OwnClause, review_by: date, newest: int) -> OwnClause:
    """Return the version after *newest* of a clause, with the same words to go on from."""
    return replace(own, version=newest + 1, review_by=review_by)


# --- where a finding stands -----------------------------------------------------------------------

_QUOTED = re.compile(r"“([^”]+)”")
_NEAR = re.compile(r"near “(.+)”", re.DOTALL)


def line_of(finding: Finding, text: str) -> int | None:
    """Return the line of *text*, from 0, that a finding is about; None where that is not known."""
    lines = text.splitlines()
    if near := _NEAR.search(finding.message):
        return _line_near(near[1], lines)
    for quoted in _QUOTED.findall(finding.message):
        for sought in (f"{{{quoted}", f":{quoted}", quoted):
            pattern = re.compile(rf"(?<!\w){re.escape(sought)}")
            for number, line in enumerate(lines):
                if pattern.search(line):
                    return number
    return None


def _line_near(near: str, lines: list[str]) -> int | None:
    """Return the line with the brace in *near*, where lines were joined."""
    brace = next((at for at, sign in enumerate(near) if sign in "{}"), 0)
    for around in (8, 4, 2, 0):
        piece = near[max(0, brace - around) : brace + around + 1].strip()
        for number, line in enumerate(lines):
            if piece and piece in line:
                return number
    return None
