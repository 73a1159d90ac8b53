"""What the MSI holds and does, as a source for wixl.

Kept for ever, or Windows no longer knows a newer version as the same program: the upgrade code
and the namespace in pyproject.toml, and the names that the GUIDs below are made from.
"""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

from packing.association import values
from packing.own import COMMAND

if TYPE_CHECKING:
    from pathlib import Path

    from packing.own import Product

LANGUAGE = 2057
"""English of the United Kingdom."""
BUILD = "WINDOWSBUILD10"
"""The property with the build of Windows, such as 19045."""

PAYLOAD = "payload"
ICON = "program.ico"
"""wixl takes only paths from where the source lies."""

SHORTCUT = "StartMenu"
COMMON_FOLDER = "COMMONDIR"
"""The folder for what IT sets for everybody, in C:\\ProgramData."""

_FOLDER = "INSTALLDIR"


def guid(product: Product, what: str) -> str:
    """Return the GUID of *what* in the product's namespace, as Windows Installer writes it."""
    return f"{{{uuid.uuid5(uuid.UUID(product.product_namespace), what)}}}".upper()


def product_code(product: Product) -> str:
    """Return the GUID of this version: each version is a product of its own to Windows."""
    return guid(product, f"product/{product.version}")


def files(payload: Path) -> list[str]:
    """Return the files in the folder *payload* by their paths in it, always in the same order."""
    found = (path for path in payload.rglob("*") if path.is_file())
    return sorted(path.relative_to(payload).as_posix() for path in found)


def key(what: str, path: str) -> str:
    """Return what the tables call the file, folder or component of *path*."""
    return f"{what}_{hashlib.sha256(path.encode()).hexdigest()[:20]}"


def source(payload: Path, product: Product) -> bytes:
    """Return what wixl is to make of the folder *payload*, as XML.

    It looks for the files in PAYLOAD and for ICON beside what is returned.
    """
    wix = Xml.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    root = Xml.SubElement(
        wix,
        "Product",
        Id=product_code(product),
        UpgradeCode=f"{{{product.upgrade_code}}}",
        Name=product.name,
        Version=product.version,
        Manufacturer=product.publisher,
        Language=str(LANGUAGE),
        Codepage="1252",
    )
    Xml.SubElement(
        root,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Manufacturer=product.publisher,
        Description=f"{product.name} {product.version}",
        Comments=product.summary,
        Keywords="Installer",
    )
    Xml.SubElement(root, "Media", Id="1", Cabinet="files.cab", EmbedCab="yes")
    newer = (
        f"A newer version of {product.name} is on this computer already. To go back to this one, "
        "remove the newer one first, in Settings, Apps."
    )
    Xml.SubElement(root, "MajorUpgrade", DowngradeErrorMessage=newer)
    _add_properties(root, product)
    folders = Xml.SubElement(root, "Directory", Id="TARGETDIR", Name="SourceDir")
    components = [
        *_program(folders, payload, product),
        _start_menu(folders, product),
        _common_folder(folders, product),
    ]
    feature = Xml.SubElement(root, "Feature", Id="Program", Title=product.name, Level="1")
    for component in components:
        Xml.SubElement(feature, "ComponentRef", Id=component)
    Xml.indent(wix, " ")
    written: bytes = Xml.tostring(wix, "utf-8", xml_declaration=True)
    return written


def _add_properties(root: Xml.Element, product: Product) -> None:
    Xml.SubElement(root, "Icon", Id=ICON, SourceFile=ICON)
    told = {
        "ARPPRODUCTICON": ICON,
        "ARPCOMMENTS": product.summary,
        "ARPCONTACT": "Your council's IT. Help is in the program itself: press F1.",
        "ARPNOMODIFY": "1",  # there is nothing to choose from
        # Every file is written, whatever lies there.  Otherwise a library that a newer version of
        # this program brings along in an older version than before would be gone after the
        # upgrade: Windows decides to keep the one that it then removes with the old product.
        "REINSTALLMODE": "amus",
    }
    for name, value in told.items():
        Xml.SubElement(root, "Property", Id=name, Value=value)
    build = Xml.SubElement(root, "Property", Id=BUILD)
    # What Windows Installer has for it by itself tells of Windows 8.1 on every later one.
    Xml.SubElement(
        build,
        "RegistrySearch",
        Id="build",
        Root="HKLM",
        Key=r"SOFTWARE\Microsoft\Windows NT\CurrentVersion",
        Name="CurrentBuildNumber",
        Type="raw",
    )
    place = "ARPINSTALLLOCATION"  # inventories of IT ask for it
    Xml.SubElement(root, "CustomAction", Id="TellPlace", Property=place, Value=f"[{_FOLDER}]")
    order = Xml.SubElement(root, "InstallExecuteSequence")
    Xml.SubElement(order, "Custom", Action="TellPlace", After="CostFinalize")


def _program(folders: Xml.Element, payload: Path, product: Product) -> list[str]:
    """Describe every file of *payload*, each in a component of its own; return the components."""
    programs = Xml.SubElement(folders, "Directory", Id="ProgramFiles64Folder")
    made = {"": Xml.SubElement(programs, "Directory", Id=_FOLDER, Name=product.name)}
    components = []
    for path in files(payload):
        *parents, name = path.split("/")
        at = ""
        for parent in parents:
            above, at = made[at], f"{at}/{parent}"
            if at not in made:
                made[at] = Xml.SubElement(
                    above, "Directory", Id=key("folder", at), Name=_as_is(parent)
                )
        component = _component(made[at], product, path)
        Xml.SubElement(
            component,
            "File",
            Id=key("file", path),
            Name=_as_is(name),
            Source=_as_is(f"{PAYLOAD}/{path}"),
            KeyPath="yes",
        )
        components.append(component.attrib["Id"])
    told = _component(made[""], product, "registry")
    for number, value in enumerate(values(product, f"[{_FOLDER}]")):
        one = Xml.SubElement(
            told, "RegistryValue", Root="HKLM", Key=value.key, Type="string", Value=value.text
        )
        if value.name:
            one.set("Name", value.name)
        if number == 0:
            one.set("KeyPath", "yes")
    return [*components, told.attrib["Id"]]


def _start_menu(folders: Xml.Element, product: Product) -> str:
    menu = Xml.SubElement(folders, "Directory", Id="ProgramMenuFolder")
    component = _component(menu, product, "start menu")
    Xml.SubElement(
        component,
        "Shortcut",
        Id=SHORTCUT,
        Name=product.name,
        Description=product.summary,
        Target=f"[{_FOLDER}]{COMMAND}.exe",
        WorkingDirectory=_FOLDER,
    )
    Xml.SubElement(
        component,
        "RegistryValue",
        Root="HKLM",
        Key=rf"Software\{product.name}",
        Name="StartMenu",
        Type="integer",
        Value="1",
        KeyPath="yes",
    )
    return component.attrib["Id"]


def _common_folder(folders: Xml.Element, product: Product) -> str:
    """Describe the folder that the program looks for the settings of IT in; see the policy.

    It goes with the program where it is empty.  Who may write to it, msi.py puts in: wixl has no
    word for that.
    """
    common = Xml.SubElement(folders, "Directory", Id="CommonAppDataFolder")
    own = Xml.SubElement(common, "Directory", Id=COMMON_FOLDER, Name=product.name)
    component = _component(own, product, "common folder")
    component.set("KeyPath", "yes")
    Xml.SubElement(component, "CreateFolder")
    return component.attrib["Id"]


def _component(within: Xml.Element, product: Product, what: str) -> Xml.Element:
    ident, code = key("component", what), guid(product, f"component/{what.lower()}")
    return Xml.SubElement(within, "Component", Id=ident, Guid=code, Win64="yes")


def _as_is(name: str) -> str:
    """Return *name* so that wixl takes it as it stands: to it, $ begins a variable."""
    return name.replace("$", "$$")
