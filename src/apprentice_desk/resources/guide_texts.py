"""The packaged guides of the playbook: resources/guides/index.toml, and a text for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from apprentice_desk.domain.guides import GoesOn, Guide, GuideItem, Told
from apprentice_desk.resources.entries import Entry, all_of, entry_of
from apprentice_desk.resources.files import read_text

_FOLDER = "guides"
_LONGEST_KEY = 60
"""What the desk keeps of the name of a guide, and of the key of an item."""


def read_guides(file: Entry, text_of: Callable[[str], str]) -> tuple[Guide, ...]:
    """Return the guides in *file*, checked; *text_of* reads the text of one by its name.

    No two guides have the same name, and no two items of all of them the same key.
    """
    guides = all_of(file.entries("guide"), lambda entry: _guide(entry, text_of))
    file.end()
    for key, given in (
        ("guide", [guide.name for guide in guides]),
        ("item", [item.key for guide in guides for item in guide.items]),
    ):
        if len(set(given)) < len(given):
            raise file.wrong(key, "has two of the same name")
        if too_long := [each for each in given if len(each) > _LONGEST_KEY]:
            raise file.wrong(key, f"“{too_long[0]}” has more than {_LONGEST_KEY} characters")
    return guides


@cache
def guides() -> tuple[Guide, ...]:
    """Return the guides, by the stage that they are for."""
    return read_guides(
        entry_of(_FOLDER, "index.toml"), lambda name: read_text(_FOLDER, f"{name}.md")
    )


def _guide(entry: Entry, text_of: Callable[[str], str]) -> Guide:
    name = entry.text("name")
    return Guide(
        name=name,
        title=entry.text("title"),
        about=entry.text("about"),
        words=entry.text("words"),
        goes_on=entry.word("goes_on", GoesOn),
        text=text_of(name),
        items=all_of(entry.entries("item"), _item),
        sources=_sources(entry) if entry.has("source") else {},
    )


def _item(entry: Entry) -> GuideItem:
    return GuideItem(
        entry.text("key"),
        entry.text("says"),
        entry.text("why"),
        entry.text("link") if entry.has("link") else "",
    )


def _sources(entry: Entry) -> Mapping[str, Told]:
    def build(each: Entry) -> tuple[str, Told]:
        return each.text("key"), Told("", each.text("says"), each.yes_no("is_verified"))

    return dict(all_of(entry.entries("source"), build))
