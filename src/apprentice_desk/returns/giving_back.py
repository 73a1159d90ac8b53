"""All that a merge writes: the merged workbook and, beside it, a folder for the boroughs.

In the folder every borough that sent a return has a receipt, and its own workbook back with the
cells marked wherever something was found.  Both are written whole before either takes its place,
and what was there before comes back if the second fails.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from apprentice_desk import private_files
from apprentice_desk.domain.findings import Finding
from apprentice_desk.domain.leaving import Going, LeftKind
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.returns import receipts
from apprentice_desk.returns.merged import Fate, Merged, Outcome
from apprentice_desk.returns.merged_workbook import (
    check_merged_target,
    findings_spec,
    write_merged_to,
)
from apprentice_desk.returns.reading import heading_key, read_header
from apprentice_desk.sheets import column_number, read_workbook
from apprentice_desk.sheets.folders import FolderSwap
from apprentice_desk.sheets.marking import Marks, write_marked
from apprentice_desk.sheets.saving import NO_TIME, replacing

CONTENTS = "What is in this folder.json"
_MOST_BYTES = 16 * 1024 * 1024
"""Of that file; one that is larger was not written by a merge."""
"""The file by which a folder for the boroughs, and what was written into it, is known."""

_FORMAT = "loti-for-the-boroughs"
_GIVEN_BACK = frozenset({Fate.ACCEPTED, Fate.PARTLY, Fate.REFUSED, Fate.CONFLICT})


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the merged workbook, the folder beside it, and the files in that."""

    path: Path
    folder: Path
    files: tuple[str, ...]


def leaves(merged: Merged, written: Written) -> list[tuple[Path, Going]]:
    """Return what left with a merge, and how many people are in it; who they are nobody here knows.

    A receipt holds nobody; a workbook that goes back holds rows of its borough.
    """
    sheets = [each.name for each in merged.schema.sheets if each.resource == "apprentices"]
    count = sum(merged.row_counts[name] for name in sheets)
    back = [written.folder / name for name in written.files]
    return [
        (written.path, Going(LeftKind.MERGED, count=count)),
        *(
            (path, Going(LeftKind.GIVEN_BACK, count=0 if path.suffix == ".json" else None))
            for path in back
        ),
    ]


def folder_for(path: str | Path) -> Path:
    """Return the folder for the boroughs that belongs to a merged workbook."""
    path = Path(path)
    return path.with_name(f"{path.stem} - for the boroughs")


def write_all(
    merged: Merged,
    path: str | Path,
    inputs: Iterable[str | Path] = (),
    *,
    progress: Progress | None = None,
) -> Written:
    """Write the merged workbook and the folder for the boroughs; the same set, the same bytes.

    What an earlier merge wrote there is replaced; a file in the folder that somebody else put
    there, or changed, stays.  Raises Problem if a return or anything foreign would be lost, if a
    return has changed since it was read, or if something cannot be written, and Cancelled if
    *progress* is stopped; then all is as it was.
    """
    progress = progress or Progress()
    path = check_merged_target(path, inputs)
    folder = folder_for(path)
    swap = FolderSwap(folder)
    try:
        kept = _foreign_files(folder)
        files = _fill(swap.fresh, merged, progress)
        for name in kept & {*files, CONTENTS}:
            raise Problem(
                f"“{name}” in “{folder.name}” was changed since it was written, and it would be"
                " lost.",
                "Move it to another folder, or choose another name for the merged workbook.",
            )
        with replacing(path) as fresh:
            write_merged_to(merged, fresh, progress)
            _write_contents(swap.fresh, files, path.name, fresh)
            for name in sorted(kept):
                _copy(folder / name, swap.fresh / name)
            if path.exists():
                path.open("rb+").close()  # Excel keeps others off: found out before the swap
            swap.put_in_place()
    except BaseException:
        swap.put_back()
        raise
    swap.forget_former()
    return Written(path, folder, tuple(files))


def written_names(folder: Path) -> frozenset[str]:
    """Return the files in *folder* that an earlier merge wrote and nobody changed since."""
    return frozenset(
        name
        for name, digest in (_contents(folder) or {}).items()
        if (folder / name).is_file() and _digest(folder / name) == digest
    )


def _fill(folder: Path, merged: Merged, progress: Progress) -> list[str]:
    """Write the boroughs' files into *folder* and return their names."""
    made = receipts.make(merged)
    files: list[str] = []
    for at, receipt in enumerate(made):
        progress.step(at, len(made), f"Writing for {receipt.borough_name}")
        stem = f"{receipt.borough_name} {receipt.period}"
        name = f"{stem} - receipt.json"
        receipts.write(receipt, folder / name)
        files.append(name)
        for name, one in _given_back(merged, receipt.borough_code, stem):
            _mark(one, folder / name, merged)
            files.append(name)
    return files


def _given_back(merged: Merged, code: str, stem: str) -> Iterator[tuple[str, Outcome]]:
    """Yield the returns of a borough that are given back, each with the name of its file."""
    mine = [
        one
        for one in merged.outcomes
        if one.borough_code == code and one.fate in _GIVEN_BACK and _findings_of(one, merged)
    ]
    for number, one in enumerate(mine, 1):
        which = f" ({number} of {len(mine)})" if len(mine) > 1 else ""
        yield f"{stem} - findings{which}.xlsx", one


def _findings_of(one: Outcome, merged: Merged) -> tuple[Finding, ...]:
    """Return what was found in a return, and of it together with others."""
    about = next(state for state in merged.boroughs if state.code == one.borough_code)
    shared = about.findings if one.fate is Fate.CONFLICT else ()
    return (*shared, *one.read.findings)


def _mark(one: Outcome, path: Path, merged: Merged) -> None:
    read = one.read
    assert read.path is not None  # it was read from a file
    findings = _findings_of(one, merged)
    made_at: datetime | None = read.header.prepared_at if read.header else None
    write_marked(
        read.path,
        read.digest,
        path,
        _marks(read.path, findings, merged),
        replace(findings_spec(findings), has_filter=True),
        made_at=made_at or NO_TIME,
    )


def _marks(source: Path, findings: Iterable[Finding], merged: Merged) -> Marks:
    """Return what is marked, and with which words; a matter of the whole sheet is not."""
    schema = merged.schema
    found: dict[str, dict[tuple[int, int], list[str]]] = {}
    labels: dict[str, tuple[int, int]] | None = None
    for finding in findings:
        place = finding.place
        at: tuple[int, int] | None = None
        if place.row is not None:
            at = place.row, column_number(place.column) if place.column else 1
        elif place.sheet == schema.header_sheet and place.heading:
            labels = _labels(source, merged) if labels is None else labels
            at = labels.get(heading_key(place.heading))
        if at is not None:
            words = f"{finding.level.words}: {finding.message} {finding.remedy}".strip()
            found.setdefault(place.sheet, {}).setdefault(at, []).append(f"{words} ({finding.code})")
    return {
        sheet: {at: "\n\n".join(dict.fromkeys(texts)) for at, texts in cells.items()}
        for sheet, cells in found.items()
    }


def _labels(source: Path, merged: Merged) -> dict[str, tuple[int, int]]:
    """Return where the values of the sheet Return stand, by the item's name."""
    cells = read_workbook(source).sheet(merged.schema.header_sheet)
    if cells is None:
        return {}
    stated = read_header(cells, merged.schema.items)
    return {label: (row, column) for label, (_, row, column) in stated.found.items()}


# --- the folder --------------------------------------------------------------------------------


def _foreign_files(folder: Path) -> set[str]:
    """Return what is in the folder and was not written by a merge; raises Problem if it all is."""
    if not folder.exists():
        return set()
    names = {one.name for one in folder.iterdir()} if folder.is_dir() else {folder.name}
    if names and _contents(folder) is None:
        raise Problem(
            f"“{folder.name}” is there already and was not written by a merge, so it was left as"
            " it is.",
            "Choose another name for the merged workbook, or give that one another name.",
        )
    return names - written_names(folder) - {CONTENTS}


def _contents(folder: Path) -> Mapping[str, str] | None:
    """Return the digests of the files that a merge wrote into *folder*; None if none did."""
    try:
        if not (folder / CONTENTS).is_file() or (folder / CONTENTS).stat().st_size > _MOST_BYTES:
            return None
        found = json.loads((folder / CONTENTS).read_bytes())
        if found["format"] != _FORMAT:
            return None
        return {str(name): str(digest) for name, digest in found["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _write_contents(folder: Path, files: Iterable[str], name: str, merged: Path) -> None:
    found = {
        "format": _FORMAT,
        "version": 1,
        "merged": {"file": name, "digest": _digest(merged)},
        "files": {one: _digest(folder / one) for one in files},
    }
    text = json.dumps(found, ensure_ascii=False, indent=2)
    private_files.put(folder / CONTENTS, f"{text}\n".encode())


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True)  # a link stays one, wherever it leads
    else:
        shutil.copy2(source, target, follow_symlinks=False)
