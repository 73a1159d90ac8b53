"""A form in which one field fills in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.looking_up import LookUpForm
from apprentice_desk.ui.kit.theme import Theme

KNOWN = {"19990001": "Thamesbank College", "19990002": "Kestrel Skills"}


@dataclass(frozen=True)
class Details:
    ukprn: str | None = None
    name: str = ""


@pytest.fixture
def form(theme: Theme, qtbot: Any) -> LookUpForm:
    fields = (Field("ukprn", "UKPRN"), Field("name", "Name"))
    made = LookUpForm(fields, Details, theme, by="ukprn", fills="name", known=KNOWN)
    qtbot.addWidget(made)
    return made


def typed(form: LookUpForm, **values: str) -> str | None:
    for name, value in values.items():
        form.set_value(name, value)
    form.edited.emit()
    return form.value("name")


def test_what_is_known_is_filled_in_and_follows(form: LookUpForm) -> None:
    assert typed(form, ukprn="19990001") == "Thamesbank College"
    assert typed(form, ukprn="19990002") == "Kestrel Skills"


def test_what_is_not_known_is_never_invented(form: LookUpForm) -> None:
    assert typed(form, ukprn="19999999") is None


def test_what_a_person_typed_is_left(form: LookUpForm) -> None:
    assert typed(form, name="Our name for it", ukprn="19990001") == "Our name for it"
