"""The two questions that a new desk begins with."""

from __future__ import annotations

from dataclasses import dataclass

from apprentice_desk import resources
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.theme import Theme


@dataclass(frozen=True, slots=True)
class NewDeskDetails:
    """Whose desk it will be."""

    borough: str | None = None
    """The GSS code."""
    team: str = ""

    @property
    def file_name(self) -> str:
        """A name for the file, made of the borough's."""
        borough = resources.borough_by_code(self.borough or "")
        return borough.name.lower().replace(" ", "-") if borough else "apprentices"


def new_desk_form(theme: Theme, *, scrolls: bool = True) -> Form:
    """Return the form for a new desk."""
    fields = (
        Field(
            "borough",
            "Borough",
            kind="choice",
            required=True,
            choices=tuple(
                (borough.code, borough.name)
                for borough in sorted(resources.boroughs(), key=lambda each: each.name)
                if not borough.is_invented
            ),
            help="Type the first letters.",
        ),
        Field("team", "Team", required=True, help="For example: Digital and IT."),
    )
    form = Form(fields, NewDeskDetails, theme, scrolls=scrolls)
    form.show_details(NewDeskDetails())
    return form
