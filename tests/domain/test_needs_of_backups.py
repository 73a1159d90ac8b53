"""The line of Today about what is in no good backup."""

from __future__ import annotations

from datetime import date

from apprentice_desk.domain.needs import NeedKind, Target, Urgency
from apprentice_desk.domain.needs_of_backups import Unsaved, backup_needs

TODAY = date(2026, 9, 15)


def test_nothing_is_said_of_a_desk_that_is_backed_up() -> None:
    assert backup_needs(None, TODAY) == []


def test_an_old_copy_is_said_with_its_age_and_what_is_in_none() -> None:
    (need,) = backup_needs(Unsaved(date(2026, 9, 3), date(2026, 9, 1)), TODAY)
    assert need.what == "The newest good backup is 14 days old"
    assert need.why == "What was saved since 3 Sep 2026 is in none, and a new one could not be made"
    assert (need.kind, need.urgency) == (NeedKind.BACKUP, Urgency.SOON)
    assert (need.action, need.target) == ("Look at backups", Target("backups"))


def test_a_desk_without_any_copy_cannot_wait() -> None:
    (need,) = backup_needs(Unsaved(date(2026, 9, 3), None), TODAY)
    assert need.what == "There is no good backup of this desk"
    assert need.urgency is Urgency.NOW


def test_put_off_it_comes_back_when_another_week_has_gone() -> None:
    weights = [backup_needs(Unsaved(date(2026, 9, day), None), TODAY)[0].weight for day in (8, 1)]
    assert weights == [1, 2]


def test_a_copy_dated_ahead_is_not_of_an_age_below_nothing() -> None:
    (need,) = backup_needs(Unsaved(date(2026, 9, 3), date(2026, 9, 30)), TODAY)
    assert need.what == "The newest good backup is 0 days old"
