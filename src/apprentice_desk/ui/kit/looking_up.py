"""A form in which one field fills in another, from a list of what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.theme import Theme


class LookUpForm(Form):
    """What is typed in the field *by* fills in the field *fills* where *known* has it.

    What a person typed there themselves is left as it is.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        details_class: type,
        theme: Theme,
        *,
        by: str,
        fills: str,
        known: Mapping[str, str],
    ) -> None:
        super().__init__(fields, details_class, theme)
        self._by, self._fills, self._known = by, fills, known
        self._proposed = ""
        self.edited.connect(self._propose)

    def _propose(self) -> None:
        known = self._known.get(self.value(self._by) or "")
        if known and (self.value(self._fills) or "") in ("", self._proposed):
            self.set_value(self._fills, known)
            self._proposed = known
