"""Loading versions of standards from the command line."""

from __future__ import annotations

from datetime import date

from apprentice_desk.commands.desks import opened
from apprentice_desk.domain.standards_comparing import contents_in_words
from apprentice_desk.imports.standard_files import all_notes, read_standard_file
from apprentice_desk.records.standard_uses import version_uses
from apprentice_desk.records.standard_versions import LoadedVersion, load_version


def load(file: str, location: str, today: date, *, dry_run: bool) -> int:
    """Load the versions in a file as one change, and say what is otherwise; nobody is moved."""
    files = read_standard_file(file)
    names = [each.details.name for each in files]
    label = f"Load {', '.join(names[:3])}" + (" and more" if len(names) > 3 else "")
    loaded: list[LoadedVersion] = []
    with opened(location) as store:
        try:
            with store.change(label) as session:
                loaded += [load_version(session, each.details, today) for each in files]
                if dry_run:
                    raise _DryRunError
        except _DryRunError:
            pass
        uses = store.read(version_uses)
    for each, outcome in zip(files, loaded, strict=True):
        print(f"{each.details.name}  {each.details.title}: {contents_in_words(each.details)}.")
        if outcome.comparison is None:
            print("  Would be new." if dry_run else "  New.")
        else:
            print(f"  {'Would change' if dry_run else 'Changed'}: {outcome.comparison.says}")
        others = sum(
            use.on_it
            for use in uses
            if use.standard_code == each.details.standard_code
            and use.version != each.details.version
        )
        if others:
            people = "1 apprentice follows" if others == 1 else f"{others} apprentices follow"
            print(f"  {people} another version, or none: choose on the page Standards.")
    for note in all_notes(files):
        print(f"  {note}")
    return 0


class _DryRunError(Exception):
    """Rolls a change back that was only tried."""
