"""What others made in a package: found from its files, listed with every text, refused unread."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import cryptography
import pytest

from apprentice_desk.product import product, required_packages
from apprentice_desk.resources import licences
from apprentice_desk.resources.installed import tidy_name
from packing import contents, system_libraries
from packing.checksums import write_checksums
from packing.inner import inner_works
from packing.licences import TEXT, write_licences
from packing.sbom import write_sbom
from packing.system_libraries import places
from packing.works import packages_of, works
from programs import ROOT, CannotGoOnError

ELF = b"\x7fELF"


@pytest.fixture
def python(tmp_path):
    """A Python of an environment that holds every package which the program asks for."""
    home = tmp_path / "environment"
    packages = home / "lib" / "python3.13" / "site-packages"
    real = tmp_path / "python"
    library = real / "lib" / "python3.13"
    for folder in (packages, home / "bin", real / "bin", library):
        folder.mkdir(parents=True)
    (library / "LICENSE.txt").write_text("PSF LICENSE AGREEMENT", "utf-8")
    (real / "bin" / "python3.13").write_bytes(b"")
    (home / "bin" / "python").symlink_to(real / "bin" / "python3.13")
    for line in required_packages():
        add(packages, tidy_name(line.split("[")[0]))
    works.cache_clear()
    return home / "bin" / "python"


def add(packages: Path, name: str, *, licence: str = "MIT", text: str = "Do as you like.") -> Path:
    folder = packages / f"{name}-1.2.dist-info"
    (folder / "licenses").mkdir(parents=True, exist_ok=True)
    said = f"License-Expression: {licence}\n" if licence else ""
    (folder / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.2\n{said}", "utf-8"
    )
    lines = [f"{folder.name}/METADATA,,"]
    if text:
        (folder / "licenses" / "LICENSE").write_text(text, "utf-8")
        lines.append(f"{folder.name}/licenses/LICENSE,,")
    (folder / "RECORD").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def frozen(to: Path, **files: bytes) -> Path:
    for name, content in files.items():
        to.mkdir(parents=True, exist_ok=True)
        (to / name.replace("__", ".")).write_bytes(ELF + content)
    return to


def test_each_work_is_listed_once_with_its_licence_and_text(python, tmp_path):
    text, packed = write_licences(python, tmp_path / "out")
    assert text.name == TEXT
    told = text.read_text("utf-8")
    parts = licences.unpack_parts(packed.read_text("utf-8"))
    assert {tidy_name(line.split("[")[0]) for line in required_packages()} <= {
        tidy_name(part.name) for part in parts
    }
    assert told.count("Do as you like.") == 1, "the same text is printed once"
    for part in parts:
        assert part.texts
        assert f"{part.name} {part.version}".strip() in told
        assert part.name in told
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in told
    assert "SIL OPEN FONT LICENSE" in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"licence": ""}, "names no licence"),
        ({"licence": "AGPL-3.0-only"}, "is under AGPL-3.0-only, which does not fit"),
        ({"licence": "MIT AND SSPL-1.0"}, "does not fit"),
        ({"text": ""}, "brings no text of its licence"),
    ],
)
def test_a_package_is_not_made_of_what_may_not_be_given_away(python, tmp_path, changed, said):
    folder = add(packages_of(python), "openpyxl", **changed)
    if "text" in changed:
        (folder / "licenses" / "LICENSE").unlink()
    with pytest.raises(CannotGoOnError, match=f"openpyxl 1.2 .*{said}"):
        write_licences(python, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_the_program_does_not_ask_for_is_no_part_of_it(python, tmp_path):
    add(packages_of(python), "pytest", licence="Beerware")
    _, packed = write_licences(python, tmp_path / "out")
    names = [part.name for part in licences.unpack_parts(packed.read_text("utf-8"))]
    assert "pytest" not in names


def test_a_package_that_is_missing_is_said(python, tmp_path):
    for path in packages_of(python).glob("keyring-*/METADATA"):
        path.unlink()
    with pytest.raises(CannotGoOnError, match="not installed: keyring"):
        write_sbom(python, tmp_path / "sbom.json")


def test_libraries_are_known_by_the_files_that_are_given_away(python, tmp_path):
    folder = frozen(
        tmp_path / "frozen" / "sqlcipher3",
        _sqlite3__pyd=b"OpenSSL 3.6.0 1 Oct 2025\0 3.6.0\0SQLite format 3\0xx\x013.53.4\0"
        b"community\0\x004.19.0\0",
    ).parent
    frozen(
        folder,
        pyexpat__pyd=b"..expat_2.6.4..",
        etree__pyd=b" inflate 1.3.2 Copyright 1995",
        libcrypto__dll=b"OpenSSL 3.0.15 3 Sep 2024\0",
    )
    (folder / "VCRUNTIME140.dll").write_bytes(
        b"MZ..\xbd\x04\xef\xfe\0\0\1\0" + bytes((44, 0, 14, 0, 0, 0, 139, 137))
    )
    made = json.loads(write_sbom(python, tmp_path / "s.json", folder=folder).read_text("utf-8"))
    found = {(row["name"], row["version"]) for row in made["components"] if "cpe" in row}
    assert found == {
        ("OpenSSL", "3.6.0"),
        ("OpenSSL", "3.0.15"),
        ("SQLite", "3.53.4"),
        ("SQLCipher", "4.19.0"),
        ("Expat", "2.6.4"),
        ("zlib", "1.3.2"),
    }
    (runtime,) = [row for row in made["components"] if row["name"].startswith("Microsoft")]
    assert runtime["version"] == "14.44.35211.0"


def test_a_library_of_unknown_version_is_not_passed_over(python, tmp_path):
    folder = frozen(tmp_path / "frozen", pyexpat__so=b"expat_2.6.4 expat_2.7.0")
    with pytest.raises(CannotGoOnError, match=r"Expat in pyexpat.so cannot be told: 2.6.4, 2.7.0"):
        write_sbom(python, tmp_path / "sbom.json", folder=folder)


@pytest.mark.skipif(sys.platform != "linux", reason="what it asks are Linux's own loader and dpkg")
def test_a_library_of_nobody_is_not_passed_over(python, tmp_path):
    folder = frozen(
        tmp_path / "frozen", libpython3__13__so=b"\0003.13.2\0", libnobodys__so__1=b"somebody"
    )
    with pytest.raises(CannotGoOnError, match=r"libnobodys\.so\.1 is neither"):
        write_sbom(python, tmp_path / "sbom.json", folder=folder)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="this is no Debian")
def test_each_library_of_debian_comes_with_its_licence_as_debian_has_it(python, tmp_path):
    here = {name: where for name, where in places().items() if contents.is_brought_along(name)}
    assert here, "the window needs some of them"
    folder = frozen(tmp_path / "frozen", libpython3__13__so=b"\0003.13.2\0")
    for name in here:
        (folder / name).write_bytes(ELF)
    text, packed = write_licences(python, tmp_path / "out", folder=folder)
    parts = {
        part.name: part
        for part in licences.unpack_parts(packed.read_text("utf-8"))
        if part.purl.startswith("pkg:deb/")
    }
    assert len(parts) >= len({where.resolve() for where in here.values()})
    told = text.read_text("utf-8")
    for name, part in parts.items():
        described = Path("/usr/share/doc", name, "copyright").read_text("utf-8", "replace")
        whole = {each.title: each.text for each in part.texts}
        assert whole["copyright"] == described
        assert f"{name} {part.version}: {part.licence}" in told
        for common in ("GPL-2", "LGPL-2.1"):
            assert (common in whole) == (f"common-licenses/{common}" in described), name


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="this is no Debian")
def test_a_debian_without_the_texts_of_licences_is_refused(python, tmp_path, monkeypatch):
    name = next(name for name in places() if contents.is_brought_along(name))
    folder = frozen(tmp_path / "frozen", libpython3__13__so=b"\0003.13.2\0")
    (folder / name).write_bytes(ELF)
    monkeypatch.setattr(system_libraries, "_DOCUMENTS", tmp_path / "nowhere")
    with pytest.raises(CannotGoOnError, match="apt-get install --reinstall lib"):
        write_licences(python, tmp_path / "out", folder=folder)


def test_the_list_of_parts_says_who_needs_what_and_is_the_same_each_time(python, tmp_path):
    packages = packages_of(python)
    (packages / "keyring-1.2.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: keyring\nVersion: 1.2\nLicense-Expression: MIT\n"
        'Requires-Dist: inner>=1\nRequires-Dist: unasked; extra == "more"\n',
        "utf-8",
    )
    add(packages, "inner")
    add(packages, "unasked")
    sboms = packages / "inner-1.2.dist-info" / "sboms"
    sboms.mkdir()
    (sboms / "inner.cdx.json").write_text(
        json.dumps({"components": [{"type": "library", "name": "zstd", "version": "1.5"}]}), "utf-8"
    )
    first = write_sbom(python, tmp_path / "first.json").read_bytes()
    works.cache_clear()
    assert write_sbom(python, tmp_path / "second.json").read_bytes() == first
    made = json.loads(first)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    own = made["metadata"]["component"]
    assert (own["name"], own["version"]) == (product().name, product().version)
    rows = {row["name"]: row for row in made["components"]}
    assert rows["inner"]["components"] == [{"type": "library", "name": "zstd", "version": "1.5"}]
    assert "unasked" not in rows
    refs = [row["bom-ref"] for row in made["components"]]
    assert len(refs) == len(set(refs))
    needs = {row["ref"]: row["dependsOn"] for row in made["dependencies"]}
    assert needs["pkg:pypi/keyring@1.2"] == ["pkg:pypi/inner@1.2"]
    assert set(needs) == {*refs, own["bom-ref"]}


def lists_inside(packages: Path, name: str, **licence: str) -> None:
    add(packages, name)
    sboms = packages / f"{name}-1.2.dist-info" / "sboms"
    sboms.mkdir()
    rows = [
        {"type": "library", "name": each, "version": "2", "licenses": [{"expression": said}]}
        for each, said in licence.items()
    ]
    (sboms / "list.json").write_text(json.dumps({"components": rows}), "utf-8")


def test_what_is_inside_a_package_is_named_with_its_licence(python, tmp_path):
    lists_inside(packages_of(python), "openpyxl", small="MIT OR GPL-3.0-only", other="Zlib")
    text, _ = write_licences(python, tmp_path / "out")
    assert "It holds\n  other 2: Zlib\n  small 2: MIT OR GPL-3.0-only\n" in text.read_text("utf-8")
    made = json.loads(write_sbom(python, tmp_path / "sbom.json").read_text("utf-8"))
    (row,) = [row for row in made["components"] if row["name"] == "openpyxl"]
    assert [each["licenses"] for each in row["components"]] == [
        [{"expression": "MIT OR GPL-3.0-only"}],
        [{"expression": "Zlib"}],
    ]


def test_a_package_with_something_inside_that_may_not_be_given_away_is_refused(python, tmp_path):
    lists_inside(packages_of(python), "openpyxl", small="GPL-3.0-only")
    with pytest.raises(CannotGoOnError, match=r"small 2 in openpyxl is under GPL-3\.0-only"):
        write_licences(python, tmp_path / "out")


def test_what_is_left_out_of_a_package_is_not_said_to_be_inside(python, tmp_path):
    left_out = licences.known().packages["pillow"].left_out
    assert "libimagequant" in left_out
    lists_inside(packages_of(python), "pillow", libimagequant="GPL-3.0-or-later", kept="MIT")
    add(packages_of(python), "python-docx")
    (packages_of(python) / "python-docx-1.2.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: python-docx\nVersion: 1.2\nLicense-Expression: MIT\n"
        "Requires-Dist: pillow\n",
        "utf-8",
    )
    made = json.loads(write_sbom(python, tmp_path / "sbom.json").read_text("utf-8"))
    (row,) = [row for row in made["components"] if row["name"] == "pillow"]
    assert [each["name"] for each in row["components"]] == ["kept"]
    text, _ = write_licences(python, tmp_path / "out")
    assert "libimagequant" not in text.read_text("utf-8")


def test_works_in_rust_under_another_licence_than_apaches_are_named_in_the_text_for_them():
    found = inner_works(Path(cryptography.__file__).parents[1])
    told = (ROOT / "resources" / "licences" / "Rust.txt").read_text("utf-8")
    apache = {"Apache-2.0", "Apache-2.0 WITH LLVM-exception"}
    for package in ("cryptography", "python-calamine"):
        others = {
            work.name
            for work in found[package]
            if work.licence and not licences.does_fit(work.licence, apache)
        }
        assert others
        assert sorted(name for name in others if f"\n  {name} " not in told) == []


def test_checksums_are_those_that_sha256sum_checks(tmp_path):
    (tmp_path / "unsigned").mkdir()
    (tmp_path / "a £ b.zip").write_bytes(b"a")
    (tmp_path / "unsigned" / "c.msi").write_bytes(b"c")
    sums = write_checksums(tmp_path)
    again = write_checksums(tmp_path).read_text("utf-8")
    assert again.splitlines() == [
        f"{hashlib.sha256(b'a').hexdigest()}  a £ b.zip",
        f"{hashlib.sha256(b'c').hexdigest()}  unsigned/c.msi",
    ]
    if sys.platform == "linux":
        asked = subprocess.run(
            ["sha256sum", "--check", "--strict", sums], cwd=tmp_path, check=False
        )
        assert asked.returncode == 0


@pytest.mark.parametrize(
    ("licence", "is_fine"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("GPL-3.0-only AND MIT OR Zlib", True),
        ("(GPL-3.0-only OR MIT) AND Zlib", True),
        ("(GPL-3.0-only OR MIT", False),
        ("MIT Zlib", False),
        ("GPL-2.0-or-later WITH Bootloader-exception", True),
        ("GPL-2.0-or-later", False),
        ("", False),
    ],
)
def test_a_licence_fits_by_what_it_offers_and_asks(licence, is_fine):
    assert licences.does_fit(licence, licences.known().fits) is is_fine
