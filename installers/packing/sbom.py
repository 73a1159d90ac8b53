"""The list of what a package is made of, as CycloneDX 1.6: for whoever watches for weak spots.

It is written from the package's own files, where cyclonedx-py sees an environment's packages alone:
not the libraries inside them, nor those of the system.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from packing.inner import InnerWork, inner_works
from packing.own import COMMAND, installed, licences, product
from packing.works import packages_of, works

SBOM = "sbom.cdx.json"
VERSION = "1.6"
_OWN = "apprentice-desk"


def write_sbom(python: Path, to: Path, *, folder: Path | None = None) -> Path:
    """Write the list of what a package is made of to the file *to*, which is returned.

    *python* is that of the environment with the program's packages, or of Windows; *folder* the
    frozen program, whose files tell which libraries it holds.  The same files give the same bytes.
    Raises CannotGoOnError where something is of unknown origin or version.
    """
    parts = works(python, folder)
    inner = inner_works(packages_of(python))
    content = _content(parts, inner)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    return to


def _content(parts: tuple[licences.Part, ...], inner: dict[str, list[InnerWork]]) -> dict[str, Any]:
    own = product()
    root = {
        "type": "application",
        "bom-ref": _OWN,
        "name": own.name,
        "version": own.version,
        "description": own.summary,
        "publisher": own.publisher,
        "licenses": [{"expression": own.licence}],
        "purl": f"pkg:generic/{COMMAND}@{own.version}",
    }
    components = [_component(part, inner) for part in parts]
    by_name = {
        installed.tidy_name(part.name): _ref(part) for part in parts if part.kind == "package"
    }
    depends = [
        {"ref": _OWN, "dependsOn": sorted(_ref(part) for part in parts)},
        *(
            {"ref": _ref(part), "dependsOn": sorted(by_name[name] for name in part.needs)}
            for part in parts
        ),
    ]
    whole: dict[str, Any] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": VERSION,
        "version": 1,
        "metadata": {"component": root},
        "components": components,
        "dependencies": depends,
    }
    # A number that is the same for the same content, where a chance one would tell builds apart.
    digest = uuid.uuid5(uuid.UUID(own.product_namespace), json.dumps(whole, sort_keys=True))
    return {**whole, "serialNumber": f"urn:uuid:{digest}"}


def _component(part: licences.Part, inner: dict[str, list[InnerWork]]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library" if part.kind in {"package", "library"} else "data",
        "bom-ref": _ref(part),
        "name": part.name,
    }
    if part.version:
        made["version"] = part.version
    if part.cpe:
        made["cpe"] = part.cpe
    if part.purl:
        made["purl"] = part.purl
    # An exception that SPDX has not numbered is none of its expressions.
    is_expression = "Bootloader-exception" not in part.licence
    made["licenses"] = [
        {"expression": part.licence} if is_expression else {"license": {"name": part.licence}}
    ]
    if part.home:
        made["externalReferences"] = [{"type": "website", "url": part.home}]
    if part.kind == "package":
        within = inner.get(installed.tidy_name(part.name), [])
        if within:
            made["components"] = [work.row for work in within]
    return made


def _ref(part: licences.Part) -> str:
    return part.purl or f"{part.kind}/{part.name}"
