"""The card of Settings that says what administrators set for this computer."""

from __future__ import annotations

from apprentice_desk.policy import Policy
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.theme import Theme

TITLE = "Set by your council's IT"
_ABOUT = "For everybody who uses this computer. It holds over what is chosen in the program."
_TROUBLE = "Not all of their file was understood. Please tell them:"
_NOTHING = "The file sets nothing."


class AdministeredCard(Card):
    """What is set, whom to ask about it, and what of the file was not understood."""

    def __init__(self, held: Policy, theme: Theme) -> None:
        super().__init__(TITLE, theme)
        asked = f" Ask {held.contact} about it." if held.contact else ""
        self.about = label(f"{_ABOUT}{asked}", "quiet", wraps=True)
        self.troubles = [label(each, "strong", "warning", wraps=True) for each in held.troubles]
        self.facts = KeyValues((*held.lines(), ("File", str(held.file))), theme)
        self.add(self.about)
        if self.troubles:
            self.add(label(_TROUBLE, wraps=True))
        for trouble in self.troubles:
            self.add(trouble)
        if not held.lines():
            self.add(label(_NOTHING, wraps=True))
        self.add(self.facts)
