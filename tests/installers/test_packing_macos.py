"""What can be seen of the package for macOS without a Mac: its files, and what would be called."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest

from packing import macos
from packing.association import MEDIA_TYPE
from packing.macos_bundle import ENTITLEMENTS, bundle_name, info_plist
from packing.macos_signing import (
    AD_HOC,
    MacSigner,
    image,
    mac_signer,
    machine_code,
    notarising,
    signing,
)
from packing.own import product
from programs import ROOT, CannotGoOnError

APP = Path("/made/Apprentice Desk.app")
REAL = MacSigner("Developer ID Application: A Council", "a profile")


def test_the_bundle_says_what_pyproject_says():
    told = info_plist(product())
    assert told["CFBundleIdentifier"] == product().identity
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == product().version
    assert told["CFBundleName"] == product().name == bundle_name(product()).removesuffix(".app")
    assert plistlib.loads(plistlib.dumps(told)) == told


def test_the_readme_asks_for_the_macos_that_the_bundle_asks_for():
    oldest = info_plist(product())["LSMinimumSystemVersion"].partition(".")[0]
    assert f"| macOS {oldest} or newer |" in (ROOT / "README.md").read_text("utf-8")


def test_a_desk_is_opened_by_it_and_is_of_the_kind_that_it_declares():
    told = info_plist(product())
    (declared,), (document,) = told["UTExportedTypeDeclarations"], told["CFBundleDocumentTypes"]
    assert document["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    tags = declared["UTTypeTagSpecification"]
    assert tags["public.filename-extension"] == ["desk"]
    assert tags["public.mime-type"] == [MEDIA_TYPE]


def test_the_hardened_runtime_allows_one_thing_more():
    assert plistlib.loads(ENTITLEMENTS.read_bytes()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


def test_what_is_inside_is_signed_before_what_holds_it():
    inner = [APP / "Contents/MacOS/a", APP / "Contents/Resources/Q.framework/Versions/A/Q"]
    commands = signing(REAL, APP, inner)
    signed = [words[-1] for words in commands if "--force" in words]
    assert signed == [inner[1], inner[0], APP]
    assert all("--timestamp" in words and "runtime" in words for words in commands[:-1])
    assert ENTITLEMENTS in commands[-2]
    assert commands[-1][:2] == ("codesign", "--verify")


def test_without_a_certificate_nothing_goes_to_apple():
    by = mac_signer({"APPRENTICE_DESK_SIGN_NOTARY": "a profile"})
    assert by == MacSigner(AD_HOC, "")
    assert not any("--timestamp" in words for words in signing(by, APP, []))
    assert [words[0] for words in notarising(by, Path("a.dmg"))] == ["codesign"]


def test_an_image_is_signed_looked_through_and_given_its_ticket_in_this_order():
    by = mac_signer(
        {
            "APPRENTICE_DESK_SIGN_IDENTITY": REAL.identity,
            "APPRENTICE_DESK_SIGN_NOTARY": REAL.profile,
        }
    )
    assert by == REAL
    made = Path("a.dmg")
    assert image(APP, "Apprentice Desk", made)[-1] == made
    said = [" ".join(map(str, words)) for words in notarising(by, made)]
    assert [line.split()[0] for line in said] == ["codesign", "xcrun", "xcrun", "spctl"]
    assert "--keychain-profile a profile --wait" in said[1]
    assert "stapler staple" in said[2]


def test_machine_code_is_known_by_what_it_begins_with(tmp_path):
    (tmp_path / "Contents").mkdir()
    (tmp_path / "Contents" / "lib.dylib").write_bytes(b"\xcf\xfa\xed\xfe....")
    (tmp_path / "Contents" / "both").write_bytes(b"\xca\xfe\xba\xbe....")
    (tmp_path / "Contents" / "a.dylib").write_bytes(b"text")
    (tmp_path / "link.dylib").symlink_to(tmp_path / "Contents" / "lib.dylib")
    assert [path.name for path in machine_code(tmp_path)] == ["both", "lib.dylib"]


@pytest.mark.skipif(sys.platform == "darwin", reason="there it would be made")
def test_elsewhere_it_is_said_that_it_takes_a_mac():
    with pytest.raises(CannotGoOnError, match="made on a Mac"):
        macos.package(is_quick=True)
