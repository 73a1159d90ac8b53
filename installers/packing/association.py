"""What Windows is told of the program in its registry: that it is there, and opens desks.

The same for every user (HKLM, by the MSI) and for one (HKCU, by setup.exe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packing.own import COMMAND

if TYPE_CHECKING:
    from packing.own import Product

ENDING = ".desk"
MEDIA_TYPE = "application/vnd.apprentice-desk"


class Value(NamedTuple):
    """One text in the registry; *name* is "" for that of the key itself."""

    key: str
    name: str
    text: str


def kind(product: Product) -> str:
    """Return what Windows calls a desk's file."""
    return f"{product.name.replace(' ', '')}.Desk"


def values(product: Product, folder: str) -> list[Value]:
    r"""Return all that is told; *folder* is the program's, with a "\" at its end."""
    program = f"{folder}{COMMAND}.exe"
    own, classes = rf"Software\{product.name}", r"Software\Classes"
    desk, abilities = rf"{classes}\{kind(product)}", rf"{own}\Capabilities"
    paths = rf"Software\Microsoft\Windows\CurrentVersion\App Paths\{COMMAND}.exe"
    opens = f'"{program}" "%1"'
    return [
        Value(own, "InstallFolder", folder),
        Value(own, "Version", product.version),
        Value(rf"{classes}\{ENDING}", "", kind(product)),
        Value(rf"{classes}\{ENDING}", "Content Type", MEDIA_TYPE),
        Value(rf"{classes}\{ENDING}\OpenWithProgids", kind(product), ""),
        Value(desk, "", f"{product.name} file"),
        # Opened by a double click or from the taskbar's list, a desk is under the one button.
        Value(desk, "AppUserModelID", product.identity),
        Value(rf"{desk}\DefaultIcon", "", f"{program},0"),
        Value(rf"{desk}\shell\open\command", "", opens),
        Value(paths, "", program),  # so that Windows finds it by its name alone
        # By these it stands among the programs that Windows offers under "Default apps".
        Value(abilities, "ApplicationName", product.name),
        Value(abilities, "ApplicationDescription", product.summary),
        Value(rf"{abilities}\FileAssociations", ENDING, kind(product)),
        Value(r"Software\RegisteredApplications", product.name, abilities),
    ]
