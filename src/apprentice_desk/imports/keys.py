"""Keys beside their values in one text, and names beside other words: "Name: Ada King (HR)"."""

from __future__ import annotations

import re

from apprentice_desk.imports import headings
from apprentice_desk.imports.fields import OF_PEOPLE, plain, words_before_names

EDGES = " \t:,;|/([)]–—-*•"
_TAIL = re.compile(r"\s+[-–—]\s+|\s*[|(\[;/]\s*|\s+-(?=\S)|\s{2,}")
_SURE = 0.85
_LONGEST_KEY = 60


def in_one_cell(line: str) -> list[tuple[str, str]]:
    """Return the keys and values of a cell such as "Name: Ada King  ULN: 1000000043".

    A colon that no word for a field stands before ("from 9:30") belongs to the value.
    """
    first, *rest = line.split(":")
    pairs: list[tuple[str, str]] = []
    key, value = first.strip(), ""
    for at, part in enumerate(rest):
        words = part.split()
        is_last = at == len(rest) - 1
        cuts = (n for n in range(1, len(words)) if is_key(" ".join(words[n:])))
        cut = None if is_last else next(cuts, None)
        if cut is None:
            value += part if is_last else f"{part}:"
            continue
        pairs.append((key, (value + " ".join(["", *words[:cut]])).strip(EDGES)))
        key, value = " ".join(words[cut:]), ""
    return [*pairs, (key, value.strip(EDGES))]


def is_key(words: str) -> bool:
    """Whether *words* surely head a column of some list, so that a value may stand beside them."""
    if not words or len(words) > _LONGEST_KEY:
        return False
    return any(
        found >= _SURE
        for kind in OF_PEOPLE
        for found in headings.heading_scores(words.strip(EDGES), kind).values()
    )


def parts_of(words: str) -> list[str]:
    """Return the parts of a title such as "Training log - Ada King", which may be a name."""
    return [part.strip(EDGES) for part in _TAIL.split(words) if part.strip(EDGES)]


def parted(words: str) -> tuple[str, str, bool]:
    """Return a name without what stands around it, that, and whether more stands after it."""
    name, *more = _TAIL.split(words, maxsplit=1)
    around = ""
    if more and is_key(name):  # "Apprentice - Ada King"
        around, rest = plain(name), more[0]
        name, *more = _TAIL.split(rest, maxsplit=1)
    lower = name.casefold()
    for each in words_before_names():
        if lower.startswith(f"{each} "):
            name, around = name[len(each) + 1 :], each
            break
    if found := re.search(r"['’]s?\s.*$", name):
        name, around = name[: found.start()], plain(found[0])
    return name.strip(EDGES), around, bool(more)
