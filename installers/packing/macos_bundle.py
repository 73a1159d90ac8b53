"""What macOS is told of the program: its Info.plist, from the file of that name and pyproject.toml.

Called by the spec.  Never run on a Mac: see installers/README.md.
"""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING, Any

from packing.association import ENDING, MEDIA_TYPE
from programs import ROOT

if TYPE_CHECKING:
    from packing.own import Product

FOLDER = ROOT / "installers" / "macos"
ENTITLEMENTS = FOLDER / "entitlements.plist"


def bundle_name(of: Product) -> str:
    """Return the name of the bundle, as a person sees it among the programs."""
    return f"{of.name}.app"


def info_plist(of: Product) -> dict[str, Any]:
    """Return the Info.plist of *of*, with name, version, identity and the kind of its files."""
    told: dict[str, Any] = plistlib.loads((FOLDER / "Info.plist").read_bytes())
    kind = f"{of.identity}.desk"
    (document,) = told["CFBundleDocumentTypes"]
    document["LSItemContentTypes"] = [kind]
    (declared,) = told["UTExportedTypeDeclarations"]
    declared["UTTypeIdentifier"] = kind
    tags = declared["UTTypeTagSpecification"]
    tags["public.filename-extension"] = [ENDING.removeprefix(".")]
    tags["public.mime-type"] = [MEDIA_TYPE]
    return told | {
        "CFBundleDisplayName": of.name,
        "CFBundleIdentifier": of.identity,
        "CFBundleName": of.name,
        "CFBundleShortVersionString": of.version,
        "CFBundleVersion": of.version,
        "NSHumanReadableCopyright": f"{of.publisher}. {of.licence} licence.",
    }
