"""Which offers fit a request, and which requests an offer: in order, each with its reasons.

There is no score: what speaks for a match and what against it is said in words, and a person
decides.  What cannot be at all (no shared day to begin on, weeks against days) is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from apprentice_desk.domain import ksb_codes
from apprentice_desk.domain.calendar import Period, show_day
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.placements import Placement
from apprentice_desk.domain.vocabulary import ListingKind, WorkingPattern

ORDER = (
    "First those that meet most of the KSBs, then the same kind of role, the same standard, the"
    " fewest things that speak against it, and the earliest day."
)
"""What the order of the matches is, for the person who reads them."""

_OFFERS = frozenset({ListingKind.OFFER, ListingKind.SHADOWING, ListingKind.VISIT})


@dataclass(frozen=True, slots=True)
class Fit:
    """One that fits: the days on which it can begin, what speaks for it and what against it."""

    placement: Placement
    starts: Period
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    ksbs: tuple[str, ...] = ()
    """The KSBs that are needed and offered."""


@dataclass(slots=True)
class _Weighed:
    """What was found so far of a request and an offer."""

    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    met: tuple[str, ...] = ()
    is_same_role: bool = False
    is_same_standard: bool = False


def fits(
    one: Placement, others: Iterable[Placement], today: date, gaps: Collection[str] = ()
) -> tuple[Fit, ...]:
    """Return those of *others* that fit a request or offer, the best first.

    *gaps* are KSBs that no hours of the apprentice of a request name yet.  What is of one's own
    borough, and what is over, is not among them.
    """
    found = []
    for other in others:
        if other.borough == one.borough or not other.is_open:
            continue
        if one.kind is ListingKind.REQUEST and other.kind in _OFFERS:
            request, offer = one, other
        elif one.kind in _OFFERS and other.kind is ListingKind.REQUEST:
            request, offer = other, one
        else:
            continue
        starts = _starts(request, offer, today)
        if starts is None or request.is_light is not offer.is_light:
            continue
        weighed = _weigh(request, offer, gaps if request is one else ())
        if weighed is None:
            continue
        weighed.reasons.append(_window_says(starts))
        found.append((_rank(weighed, starts, other), _fit(other, starts, weighed)))
    return tuple(fit for _, fit in sorted(found, key=lambda pair: pair[0]))


def _fit(other: Placement, starts: Period, weighed: _Weighed) -> Fit:
    return Fit(other, starts, tuple(weighed.reasons), tuple(weighed.against), weighed.met)


def _rank(weighed: _Weighed, starts: Period, other: Placement) -> tuple[object, ...]:
    return (
        -len(weighed.met), not weighed.is_same_role, not weighed.is_same_standard,
        len(weighed.against), starts.first, other.code,
    )  # fmt: skip


def _starts(request: Placement, offer: Placement, today: date) -> Period | None:
    asked, offered = request.window(today), offer.window(today)
    return None if asked is None or offered is None else asked.overlap(offered)


def _window_says(starts: Period) -> str:
    if starts.last == starts.first:
        return f"can begin on {show_day(starts.first)}"
    return (
        f"can begin {starts.shown()}"
        if starts.last is None
        else (f"can begin from {starts.shown()}")
    )


def _weigh(request: Placement, offer: Placement, gaps: Collection[str]) -> _Weighed | None:
    """Return what speaks for and against it; None where nothing of its content does."""
    weighed = _Weighed()
    _standard(request, offer, weighed)
    _ksbs(request, offer, gaps, weighed)
    _role(request, offer, weighed)
    is_about_it = bool(weighed.met) or weighed.is_same_role or weighed.is_same_standard
    if weighed.against and not is_about_it:
        return None
    if not is_about_it:
        weighed.against.append("role, standard and KSBs cannot be compared: ask what the work is")
    _length(request, offer, weighed)
    _pattern(request, offer, weighed)
    _area(request, offer, weighed)
    return weighed


def _role(request: Placement, offer: Placement, weighed: _Weighed) -> None:
    asked, offered = request.role_family, offer.role_family
    if asked is None or offered is None:
        return
    if asked is offered:
        weighed.is_same_role = True
        weighed.reasons.append(f"both {asked}")
    else:
        weighed.against.append(f"asks for {asked}; host offers {offered}")


def _standard(request: Placement, offer: Placement, weighed: _Weighed) -> None:
    asked, offered = request.standard_code, offer.standard_code
    if not asked or not offered:
        return
    if asked == offered:
        weighed.is_same_standard = True
        weighed.reasons.append(f"both {asked}")
    else:
        weighed.against.append(f"for {asked}; host has {offered} in mind")


def _ksbs(request: Placement, offer: Placement, gaps: Collection[str], weighed: _Weighed) -> None:
    """Compare KSBs: S9 of one standard is not S9 of another."""
    asked, offered = ksb_codes.codes_in(request.ksbs), ksb_codes.codes_in(offer.ksbs)
    if not offered or not (asked or gaps):
        return
    if not weighed.is_same_standard:
        if asked:
            weighed.against.append("its KSBs are not known to be of the same standard")
        return
    met = [code for code in asked if code in offered]
    more = [code for code in gaps if code in offered and code not in asked]
    weighed.met = (*met, *more)
    if met:
        weighed.reasons.insert(
            0, f"needs {ksb_codes.write(asked)}; host offers {ksb_codes.write(met)}"
        )
    elif asked:
        weighed.against.append(
            f"needs {ksb_codes.write(asked)}; host offers {ksb_codes.write(offered)}"
        )
    if more:
        weighed.reasons.insert(
            1 if met else 0,
            f"no hours yet on {ksb_codes.write(more)}; host offers"
            f" {'it' if len(more) == 1 else 'them'}",
        )


def _length(request: Placement, offer: Placement, weighed: _Weighed) -> None:
    asked, offered, thing = request.weeks, offer.weeks, "week"
    if request.is_light:
        asked, offered, thing = request.days, offer.days, "day"
    if asked is None or offered is None:
        return
    if asked == offered:
        weighed.reasons.append(f"both {counted(asked, thing)}")
    elif asked < offered:
        weighed.reasons.append(f"asks for {counted(asked, thing)}; up to {offered} offered")
    else:
        weighed.against.append(f"asks for {counted(asked, thing)}; host offers {offered}")


def _pattern(request: Placement, offer: Placement, weighed: _Weighed) -> None:
    asked, offered = request.pattern, offer.pattern
    if asked is None or offered is None:
        return
    if asked is offered:
        weighed.reasons.append(f"both {asked}")
    else:
        weighed.against.append(f"asks for {asked}; host works {offered}")


def _area(request: Placement, offer: Placement, weighed: _Weighed) -> None:
    asked, offered = " ".join(request.area.split()), " ".join(offer.area.split())
    if not asked or not offered or offer.pattern is WorkingPattern.REMOTE:
        return
    if asked.casefold() == offered.casefold():
        weighed.reasons.append(f"both {asked}")
    else:
        weighed.against.append(f"asks for {asked}; host is in {offered}")
