"""The words that are chosen from: each is there once, and sentences can be made of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from apprentice_desk.domain import direct_awards, sharing, vocabulary
from apprentice_desk.domain.calendar_events import DatedEvent
from apprentice_desk.domain.vocabulary import DocumentFormat, SubjectKind


@pytest.mark.parametrize("words", [direct_awards, sharing, vocabulary])
def test_no_two_choices_of_a_list_have_the_same_words(words):
    lists = [
        each
        for each in vars(words).values()
        if isinstance(each, type) and issubclass(each, StrEnum)
    ]
    assert len(lists) > 1 or words is sharing
    for each in lists:  # a second name for the same words is no choice of its own
        assert list(each.__members__) == [choice.name for choice in each]


def test_a_subject_is_said_with_its_article():
    assert SubjectKind.CONTRACT.one == "a contract"
    assert SubjectKind.APPRENTICESHIP.one == "an apprenticeship"
    assert SubjectKind.ORGANISATION.one == "an organisation"


def test_a_file_ends_in_what_its_format_is_called():
    assert [each.ending for each in DocumentFormat] == [".pdf", ".docx"]


def test_an_event_without_a_time_is_of_the_whole_day():
    event = DatedEvent("review-1", 0, date(2026, 9, 1), "Review")
    assert (event.began_at, event.place, event.words) == ("", "", "")
