"""Many boroughs' returns become one workbook, in which each row says where it came from.

Here files are found, read and told apart; which of them stand is for deciding.py, and merged.py
writes what they come to.  The same set of returns gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns import checks
from apprentice_desk.returns.deciding import Expected, decide
from apprentice_desk.returns.giving_back import written_names
from apprentice_desk.returns.merged import BoroughState, Merged, State
from apprentice_desk.returns.merged_workbook import write_merged
from apprentice_desk.returns.schema import ReturnSchema
from apprentice_desk.returns.workbook import ReadReturn, read
from apprentice_desk.sheets import WORKBOOK_ENDINGS

__all__ = [
    "BoroughState",
    "Merged",
    "State",
    "decide",
    "find_files",
    "merge",
    "read_all",
    "read_expected",
    "told_apart",
    "write_merged",
]


def merge(
    paths: Iterable[str | Path],
    *,
    schema: ReturnSchema,
    period: Quarter | None = None,
    expected: Expected | None = None,
    progress: Progress | None = None,
    boroughs: Mapping[str, Borough] | None = None,
    leaving_out: Iterable[str | Path] = (),
) -> Merged:
    """Read returns from files and folders and decide which of them stand.

    Without *period* the latest one among the accepted returns is merged.  *expected* are the codes
    of the boroughs that should have sent one, or what gives them for the period merged.
    *leaving_out* names files to be passed over in folders, such as the merged workbook itself.
    Raises Problem if there is no file to read, and Cancelled if *progress* is stopped.
    """
    known = checks.known_boroughs() if boroughs is None else boroughs
    files = find_files(paths, leaving_out=leaving_out)
    if not files:
        raise Problem("No workbook was found to merge.", "Choose the returns or their folder.")
    found = read_all(files, known, progress or Progress())
    return decide(
        told_apart([(path, found[path]) for path in files]),
        schema=schema,
        period=period,
        expected=expected,
        boroughs=known,
    )


def find_files(
    paths: Iterable[str | Path], *, leaving_out: Iterable[str | Path] = ()
) -> tuple[Path, ...]:
    """Return the files to read: each given file, and the workbooks in each given folder.

    Folders within folders are searched too; hidden files, those that Excel and LibreOffice make
    while a workbook is open, and what a merge gave back are not.  A file given twice is returned
    once.
    """
    skipped = {Path(path).resolve() for path in leaving_out}
    files: dict[Path, Path] = {}
    for given in map(Path, paths):
        found = [given]
        if given.is_dir():
            found = [
                path
                for path in given.rglob("*")
                if path.suffix.casefold() in WORKBOOK_ENDINGS
                and not path.name.startswith((".", "~$"))
                and path.resolve() not in skipped
                and path.is_file()
            ]
            ours = {folder: written_names(folder) for folder in {path.parent for path in found}}
            found = [path for path in found if path.name not in ours[path.parent]]
        for path in found:
            files.setdefault(path.resolve(), path)
    return tuple(files[key] for key in sorted(files))


def read_expected(path: str | Path, boroughs: Mapping[str, Borough]) -> tuple[str, ...]:
    """Return the codes of the boroughs named in a text file, a code or name on each line.

    Blank lines and those that begin with # are passed over, and so is what follows the first
    comma.  Raises Problem naming the line that is no borough.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(
            f"The list of boroughs “{path.name}” could not be read.",
            "Save it as a plain text file with a borough's code or name on each line.",
        ) from error
    by_word = {borough.name.casefold(): code for code, borough in boroughs.items()}
    by_word |= {code.casefold(): code for code in boroughs}
    codes: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.partition(",")[0].strip()
        if not word or word.startswith("#"):
            continue
        code = by_word.get(word.casefold())
        if code is None:
            raise Problem(
                f"Line {number} of “{path.name}” is not a London borough: “{word}”.",
                "Write a borough's code or name on each line, such as E09000012 or Hackney.",
            )
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def told_apart(found: Sequence[tuple[Path, ReadReturn]]) -> list[ReadReturn]:
    """Return what was read from each path, called so that no two that differ have one name.

    That is the file's own name, or as much of its path as it takes.  Copies share a name: that of
    the first by path, a path with fewer folders before others.
    """
    by_name: dict[str, dict[str, Path]] = {}
    for path, one in sorted(found, key=lambda pair: (len(pair[0].parts), pair[0].parts)):
        # What could not be read at all is no copy of anything.
        by_name.setdefault(path.name, {}).setdefault(one.digest or str(path), path)
    called: dict[tuple[str, str], str] = {}
    for name, different in by_name.items():
        for digest, words in zip(different, _shortest(list(different.values())), strict=True):
            called[name, digest] = words
    return [_called(one, called[path.name, one.digest or str(path)]) for path, one in found]


def _shortest(paths: Sequence[Path]) -> list[str]:
    """Return the ends of paths, as short as they may be to differ."""
    longest = max(len(path.parts) for path in paths)
    ends = (["/".join(path.parts[-count:]) for path in paths] for count in range(1, longest + 1))
    return next(words for words in ends if len(set(words)) == len(paths))


def _called(one: ReadReturn, name: str) -> ReadReturn:
    """Return the return under another name, its findings too."""
    if one.file == name:
        return one
    findings = tuple(
        replace(finding, place=replace(finding.place, file=name)) for finding in one.findings
    )
    return replace(one, file=name, findings=findings)


def read_all(
    files: Sequence[Path], boroughs: Mapping[str, Borough], progress: Progress
) -> dict[Path, ReadReturn]:
    """Read every file, one after the other: the reader keeps other threads from running.

    Raises Cancelled if *progress* is stopped.
    """
    reads: dict[Path, ReadReturn] = {}
    progress.step(0, len(files), "Reading returns")
    for path in files:
        reads[path] = read(path, boroughs=boroughs)
        progress.step(len(reads), len(files), f"Read {path.name}")
    return reads
