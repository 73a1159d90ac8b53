"""The lists of the network around apprentices: channels, and the questions of a quarter."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from apprentice_desk.domain.calendar import Quarter
from apprentice_desk.domain.reference import Channel
from apprentice_desk.domain.survey import Survey, SurveyQuestion
from apprentice_desk.resources.entries import Entry, all_of, entry_of

MOST_QUESTIONS = 3


@cache
def channels() -> tuple[Channel, ...]:
    """Return where stories are told, with whom each reaches, in the order of the list."""
    return read_channels(entry_of("lists", "channels.toml"))


def read_channels(file: Entry) -> tuple[Channel, ...]:
    """Return the channels in *file*, none of them twice."""
    file.text("source")
    found = all_of(
        file.entries("channel"),
        lambda entry: Channel(entry.text("name"), entry.text("audience"), entry.text("suits")),
    )
    file.end()
    if len({each.name.casefold() for each in found}) != len(found):
        raise file.wrong("channel", "has the same name twice")
    return found


@cache
def surveys() -> tuple[Survey, ...]:
    """Return what is asked from which quarter to which."""
    return read_surveys(entry_of("lists", "survey.toml"))


def read_surveys(file: Entry) -> tuple[Survey, ...]:
    """Return the sets of questions in *file*, in order, with three questions at most."""
    found = all_of(file.entries("set"), _survey)
    file.end()
    for before, after in pairwise(found):
        if after.first.first <= before.last.first:
            raise file.wrong("set", f"from {after.first} begins before the one before it ends")
    return found


def _survey(entry: Entry) -> Survey:
    first, last = entry.checked("from", Quarter.parse), entry.checked("to", Quarter.parse)
    if last.first < first.first:
        raise entry.wrong("to", "is before its beginning")
    questions = all_of(
        entry.entries("question"),
        lambda each: SurveyQuestion(each.text("id"), each.text("text"), each.text("help")),
    )
    if len(questions) > MOST_QUESTIONS:
        raise entry.wrong("question", f"is asked more than {MOST_QUESTIONS} times")
    if len({each.id for each in questions}) != len(questions):
        raise entry.wrong("question", "has the same id twice")
    return Survey(first, last, questions, entry.text("source"))
