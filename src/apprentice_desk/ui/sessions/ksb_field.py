"""The field of KSB codes in the forms of hours: "k4 to k7" becomes K4-7 as soon as it is left."""

from __future__ import annotations

from apprentice_desk.domain import ksb_codes
from apprentice_desk.ui.kit.fields import Field

KSBS = Field(
    "ksbs", "KSBs", beside=True, width=32, parse=ksb_codes.tidy, show=ksb_codes.tidy
)  # fmt: skip
