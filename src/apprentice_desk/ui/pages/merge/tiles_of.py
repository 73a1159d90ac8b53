"""The map of a merge: a tile for each borough, with its figure and what became of its return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apprentice_desk.domain.reference import Borough
from apprentice_desk.returns.merged import BoroughState, Merged, State
from apprentice_desk.ui.kit.tiles import Tile, TileState
from apprentice_desk.ui.pages.merge.listing import counted

_OPENS = "Enter shows the rows behind it."
_GOES = "Enter goes to it in the list of returns."


def tiles_of(
    merged: Merged, boroughs: Mapping[str, Borough], digital: Mapping[str, int]
) -> tuple[Tile, ...]:
    """Return a tile for each real borough, and for an invented one that sent something.

    *digital* is how many digital apprentices each has, by code.
    """
    states = {state.code: state for state in merged.boroughs}
    standing = {one.header.borough_code: one for one in merged.returns if one.header is not None}
    most = max(digital.values(), default=0) or 1
    made = []
    for code, borough in boroughs.items():
        state = states.get(code)
        if borough.is_invented and (state is None or state.state is State.NOT_RECEIVED):
            continue
        count = digital.get(code, 0)
        is_in = state is not None and state.state is State.ACCEPTED
        words, look = _fate(state, len(standing[code].findings) if code in standing else 0)
        name = f"{borough.name}, invented" if borough.is_invented else borough.name
        figure = f"{count:,}" if is_in else "none"
        people = "digital apprentice" if count == 1 else "digital apprentices"
        said = f"{figure} {people}" if is_in else ""
        made.append(
            Tile(
                id=code,
                letters=borough.letters,
                figure=figure,
                says=", ".join(part for part in (name, said, words) if part),
                detail=_OPENS if is_in else _GOES if state is not None else "",
                state=look,
                share=count / most,
                row=borough.tile_row,
                col=borough.tile_col,
            )
        )
    return tuple(made)


def _fate(state: BoroughState | None, findings: int) -> tuple[str, TileState]:
    """Return what became of a borough's return in words, and how its tile looks.

    Only what is kept out has a mark: most returns have something that is worth a look.
    """
    if state is None:
        return "not expected", "idle"
    if state.state is State.REFUSED:
        return "refused", "out"
    if state.state is State.CONFLICT:
        return "in conflict with itself", "out"
    if state.state is State.NOT_RECEIVED:
        return "not received", "missing"
    if state.left_out:
        return f"accepted in part, {counted(state.left_out, 'row')} left out", "flagged"
    if findings:
        return f"accepted, {counted(findings, 'thing')} worth a look", "in"
    return "accepted", "in"


def legend(tiles: Sequence[Tile], *, is_dark: bool) -> str:
    """Return what the looks mean that are on the map."""
    looks = {tile.state for tile in tiles}
    parts = ["Brighter is more apprentices" if is_dark else "Darker is more apprentices"]
    parts += [
        words
        for look, words in (
            ("flagged", "triangle: rows left out"),
            ("out", "striped: refused or in conflict"),
            ("missing", "dashed: not received"),
            ("idle", "plain: not expected"),
        )
        if look in looks
    ]
    return " · ".join(parts)
