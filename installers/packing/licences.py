"""The licences of others' works, with every text, for a package and for its About box."""

from __future__ import annotations

from pathlib import Path

from packing.inner import InnerWork, inner_works
from packing.own import installed, licences, product
from packing.works import packages_of, works
from programs import CannotGoOnError

TEXT = "THIRD-PARTY-LICENCES.txt"
"""What a person reads."""
_RULE = "=" * 78


def write_licences(python: Path, to: Path, *, folder: Path | None = None) -> tuple[Path, Path]:
    """Write the licences of what a package holds into the folder *to*; return the two files.

    The one is TEXT, the other the list that the About box reads: it belongs into the folder
    "resources/licences" of the frozen program.  *python* is that of the environment with the
    program's packages, or of Windows; *folder* the frozen program, whose files tell which libraries
    it holds.  Raises CannotGoOnError where a work names no licence, has no text of it, or is under
    one that does not fit.
    """
    parts, inner = works(python, folder), inner_works(packages_of(python))
    faults = [
        fault
        for part in parts
        for fault in _faults(part, inner.get(installed.tidy_name(part.name), []))
    ]
    if faults:
        raise CannotGoOnError("\n".join(faults))
    to.mkdir(parents=True, exist_ok=True)
    text, packed = to / TEXT, to / licences.PACKED
    text.write_text(_whole(parts, inner), "utf-8", newline="\n")
    packed.write_text(licences.pack_parts(parts), "utf-8", newline="\n")
    return text, packed


def _faults(part: licences.Part, inner: list[InnerWork]) -> list[str]:
    if not part.licence:
        return [f"{part.name} {part.version} names no licence."]
    fits = licences.known().fits
    faults = [
        f"{work.name} {work.version} in {part.name} is under {work.licence}, which does not fit."
        for work in inner
        if part.kind == "package" and work.licence and not licences.does_fit(work.licence, fits)
    ]
    if not licences.does_fit(part.licence, fits):
        faults.append(f"{part.name} {part.version} is under {part.licence}, which does not fit.")
    if not part.texts:
        faults.append(f"{part.name} {part.version} brings no text of its licence ({part.licence}).")
    return faults


def _whole(parts: tuple[licences.Part, ...], inner: dict[str, list[InnerWork]]) -> str:
    """Return one text: what there is, then every licence, each text once."""
    own = product()
    lines = [
        f"{own.name} {own.version} is under the licence {own.licence}.  It holds these works of",
        "others, whose licences follow.",
        "",
    ]
    lines += [f"  {_named(part)}: {part.licence}" for part in parts]
    told: dict[str, str] = {}
    for part in parts:
        lines += ["", _RULE, f"{_named(part)}: {part.licence}"]
        if part.home:
            lines.append(part.home)
        if part.kind == "package":
            lines += _held(inner.get(installed.tidy_name(part.name), []))
        for each in part.texts:
            lines += ["", f"--- {each.title}", ""]
            if each.text in told:
                lines.append(f"The same text as under {told[each.text]}.")
            else:
                told[each.text] = f"{_named(part)}, {each.title}"
                lines += [line.rstrip() for line in each.text.splitlines()]
    return "\n".join(lines) + "\n"


def _held(inner: list[InnerWork]) -> list[str]:
    """Return the lines that say what is inside a package; none for one that holds nothing."""
    if not inner:
        return []
    told = (
        f"  {f'{work.name} {work.version}'.strip()}: {work.licence or 'see its texts'}"
        for work in sorted(inner, key=lambda work: work.name.casefold())
    )
    return ["", "It holds", *dict.fromkeys(told)]


def _named(part: licences.Part) -> str:
    return f"{part.name} {part.version}".strip()
