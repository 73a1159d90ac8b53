"""The works of others that are part of the program, each with its licence and that licence's text.

A package of the program holds a list that was made with it (third-party.json).  From the source the
list is put together of what the installed packages say of themselves.  What neither says stands in
licences/known.toml.
"""

from __future__ import annotations

import hashlib
import json
import sysconfig
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from apprentice_desk.domain.problems import Problem
from apprentice_desk.resources.files import REMEDY, load_toml, path

PACKED = "third-party.json"
"""The list in the folder "licences" of a packed program."""
_KNOWN = ("licences", "known.toml")


@dataclass(frozen=True, slots=True)
class LicenceText:
    """One text that a licence asks to be passed on."""

    title: str
    """Such as "LICENSE"; told apart where a work brings several."""
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One work of others: a package, a library inside one, a font."""

    name: str
    version: str
    """As it calls itself; "" where it is not known."""
    kind: str
    """"package", "library", "font" or "icons"."""
    licence: str
    """An SPDX expression; "" where it says none."""
    home: str
    """Where its makers speak of it; "" where they name no place."""
    texts: tuple[LicenceText, ...]
    cpe: str = ""
    """By which lists of known weaknesses call it; "" for packages, which they know by name."""
    purl: str = ""
    """By which registries and distributions call it."""
    needs: tuple[str, ...] = ()
    """Names of other parts that it builds on."""

    @property
    def id(self) -> str:
        """What no other part is called: one work may be there in several versions."""
        return f"{self.name} {self.version} {self.purl}"


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """What a person read in a package that says less of itself; "" and () where it says enough."""

    licence: str = ""
    texts: tuple[str, ...] = ()
    """Files beside known.toml."""
    left_out: tuple[str, ...] = ()
    """What the package's own list says is inside it, and is not in what is given away."""


@dataclass(frozen=True, slots=True)
class KnownWork:
    """A work that comes without being a package, and what it is known by in a file."""

    name: str
    kind: str
    licence: str
    home: str
    texts: tuple[str, ...]
    cpe: str = ""
    found: str = ""
    """A regular expression over the bytes of a file; its group is the version."""
    only_in: str = ""
    """A regular expression over the names of files that it can be in; "" for any."""
    beside: str = ""
    """What else has to stand in such a file."""
    told_by: str = ""
    """"file" or "lock" where the version stands in neither of those; "" where it does."""


@dataclass(frozen=True, slots=True)
class Known:
    """What known.toml says."""

    fits: frozenset[str]
    names: Mapping[str, str]
    packages: Mapping[str, KnownPackage]
    """By their names as tidy_name() writes them."""
    drawn: tuple[KnownWork, ...]
    inside: tuple[KnownWork, ...]


def pack_parts(found: Iterable[Part]) -> str:
    """Return *found* as the text of PACKED; the same parts give the same text."""
    texts: dict[str, str] = {}
    rows: list[dict[str, object]] = []
    for part in sorted_parts(found):
        held: list[tuple[str, str]] = []
        for each in part.texts:
            digest = hashlib.sha256(each.text.encode()).hexdigest()[:16]
            texts[digest] = each.text
            held.append((each.title, digest))
        rows.append(
            {
                "name": part.name,
                "version": part.version,
                "kind": part.kind,
                "licence": part.licence,
                "home": part.home,
                "cpe": part.cpe,
                "purl": part.purl,
                "needs": list(part.needs),
                "texts": held,
            }
        )
    whole = {"parts": rows, "texts": texts}
    return json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def unpack_parts(text: str) -> tuple[Part, ...]:
    """Return the parts of the *text* of PACKED; raises Problem if it is broken."""
    try:
        whole: dict[str, Any] = json.loads(text)
        return tuple(
            Part(
                **{key: row[key] for key in ("name", "version", "kind", "licence", "home")},
                texts=tuple(LicenceText(title, whole["texts"][key]) for title, key in row["texts"]),
                cpe=row["cpe"],
                purl=row["purl"],
                needs=tuple(row["needs"]),
            )
            for row in whole["parts"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Problem("The list of licences is not in order.", REMEDY) from error


def sorted_parts(found: Iterable[Part]) -> tuple[Part, ...]:
    """Return *found* by name, as a person looks it up, then by version."""
    return tuple(sorted(found, key=lambda part: (part.name.casefold(), part.version, part.purl)))


def drawn_parts() -> tuple[Part, ...]:
    """Return the fonts and drawings of others among the program's own files."""
    return tuple(map(part_of, known().drawn))


def part_of(work: KnownWork, version: str = "", text: Path | None = None) -> Part:
    """Return *work* in *version*, with its texts and *text*; raises Problem if one is missing."""
    own = () if text is None else (text,)
    return Part(
        name=work.name,
        version=version,
        kind=work.kind,
        licence=work.licence,
        home=work.home,
        texts=tuple(map(_text, (*(path("licences", named) for named in work.texts), *own))),
        cpe=work.cpe.format(version=version) if version else "",
    )


def python_text(library: Path | None = None) -> Path | None:
    """Return where the licence of the Python stands whose library is *library*; None if nowhere."""
    here = library or Path(sysconfig.get_path("stdlib"))
    places = (here / "LICENSE.txt", here.parent / "LICENSE.txt", here / "LICENSE")
    return next((place for place in places if place.is_file()), None)


def known_texts(package: KnownPackage) -> tuple[LicenceText, ...]:
    """Return the texts that known.toml adds to those of *package*."""
    return tuple(_text(path("licences", named)) for named in package.texts)


@cache
def known() -> Known:
    """Return what known.toml says; raises Problem if it is not in order."""
    content: dict[str, Any] = load_toml(*_KNOWN)
    try:
        return Known(
            fits=frozenset(content["fits"]),
            names=content["names"],
            packages={
                name: KnownPackage(
                    licence=row.get("licence", ""),
                    texts=tuple(row.get("texts", ())),
                    left_out=tuple(row.get("left_out", ())),
                )
                for name, row in content["packages"].items()
            },
            drawn=tuple(_work(row, row["kind"]) for row in content["drawn"]),
            inside=tuple(_work(row, "library") for row in content["inside"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Problem(f"{'/'.join(_KNOWN)} is not in order: {error}.", REMEDY) from error


def does_fit(licence: str, fitting: Collection[str]) -> bool:
    """Tell whether *licence*, an SPDX expression, can be met by those in *fitting*.

    Of what is joined by OR one has to fit, of what is joined by AND all; AND binds closer.
    """
    words = licence.replace("(", " ( ").replace(")", " ) ").split()
    found, rest = _any_fits(words, fitting)
    return found and not rest


def _any_fits(words: list[str], fitting: Collection[str]) -> tuple[bool, list[str]]:
    found, rest = _all_fit(words, fitting)
    while rest[:1] == ["OR"]:
        other, rest = _all_fit(rest[1:], fitting)
        found = found or other
    return found, rest


def _all_fit(words: list[str], fitting: Collection[str]) -> tuple[bool, list[str]]:
    found, rest = _one_fits(words, fitting)
    while rest[:1] == ["AND"]:
        other, rest = _one_fits(rest[1:], fitting)
        found = found and other
    return found, rest


def _one_fits(words: list[str], fitting: Collection[str]) -> tuple[bool, list[str]]:
    if words[:1] == ["("]:
        found, rest = _any_fits(words[1:], fitting)
        return (found, rest[1:]) if rest[:1] == [")"] else (False, rest)
    length = 3 if words[1:2] == ["WITH"] else 1
    return " ".join(words[:length]) in fitting, words[length:]


def _work(row: dict[str, Any], kind: str) -> KnownWork:
    return KnownWork(
        name=row["name"],
        kind=kind,
        licence=row["licence"],
        home=row["home"],
        texts=tuple(row["texts"]),
        cpe=row.get("cpe", ""),
        found=row.get("found", ""),
        only_in=row.get("only_in", ""),
        beside=row.get("with", ""),
        told_by=row.get("told_by", ""),
    )


def _text(where: Path) -> LicenceText:
    try:
        return LicenceText(where.stem, where.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"The licence in {where.name} cannot be read.", REMEDY) from error
