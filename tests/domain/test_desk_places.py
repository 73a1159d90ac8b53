"""Places where a desk may stand: how they are recognised by their names, and what is said."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from apprentice_desk.domain.desk_places import (
    Mount,
    PlaceKind,
    Standing,
    is_share,
    mount_of,
    read_mounts,
    service_of_marks,
    service_of_names,
    standing_on,
    told,
)

MOUNTS = r"""
21 26 0:19 / /proc rw,nosuid shared:5 - proc proc rw
26 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
90 26 0:44 / /mnt/team rw,relatime shared:7 master:2 - cifs //server/team rw,vers=3.1.1
91 26 0:45 / /mnt/with\040gap rw - nfs4 server:/ex\134port rw
92 91 8:33 / /mnt/with\040gap/stick rw - vfat /dev/sdc1 rw
93 26 8:49 / /mnt/team rw - ext4 /dev/sdd1 rw
a line that makes no sense
94 26 - nothing
95 26 8:1 / / - ext4
"""


def test_mounts_are_read_as_linux_writes_them() -> None:
    found = read_mounts(MOUNTS)
    assert Mount("/mnt/with gap", "nfs4", "server:/ex\\port") in found
    assert len(found) == 6  # those that make no sense are left out


@pytest.mark.parametrize(
    ("folder", "at", "kind"),
    [
        ("/srv/sam", "/", "ext4"),
        ("/mnt/with gap/a", "/mnt/with gap", "nfs4"),
        ("/mnt/with gap/stick/desks", "/mnt/with gap/stick", "vfat"),
        ("/mnt/with gaps", "/", "ext4"),
    ],
)
def test_a_folder_is_on_the_nearest_mount_above_it(folder: str, at: str, kind: str) -> None:
    found = mount_of(PurePosixPath(folder), read_mounts(MOUNTS))
    assert found is not None
    assert (found.at, found.kind) == (at, kind)


def test_of_two_mounts_at_one_place_the_last_is_seen() -> None:
    found = mount_of(PurePosixPath("/mnt/team"), read_mounts(MOUNTS))
    assert found is not None
    assert found.kind == "ext4"


def test_without_mounts_nothing_is_known() -> None:
    assert mount_of(PurePosixPath("/home"), ()) is None


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        ("cifs", Standing(PlaceKind.NETWORK, "Windows share")),
        ("nfs4", Standing(PlaceKind.NETWORK, "NFS")),
        ("fuse.sshfs", Standing(PlaceKind.NETWORK, "SSH")),
        ("9p", Standing(PlaceKind.NETWORK)),
        ("fuse.rclone", Standing(PlaceKind.SYNCED, "rclone")),
        ("ext4", None),
        ("apfs", None),
    ],
)
def test_a_kind_of_file_system_says_what_a_place_is(kind: str, standing: Standing | None) -> None:
    assert standing_on(kind) == standing


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        (r"\\server\share\team", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\desks", False),
        (r"\\.\pipe", False),
        (r"C:\desks", False),
        ("/srv/sam", False),
    ],
)
def test_a_share_is_known_by_its_path(path: str, *, is_one: bool) -> None:
    assert is_share(path) is is_one


@pytest.mark.parametrize(
    ("parts", "service"),
    [
        (("OneDrive", "desks"), "OneDrive"),
        (("OneDrive - Hackney Council", "Team"), "OneDrive"),
        (("Dropbox (Team)", "a"), "Dropbox"),
        (("My Drive", "a"), "Google Drive"),
        (("Library", "CloudStorage", "OneDrive-HackneyCouncil", "a"), "OneDrive"),
        (("Library", "CloudStorage", "GoogleDrive-sam@example.org"), "Google Drive"),
        (("Library", "Mobile Documents", "com~apple~CloudDocs"), "iCloud Drive"),
        (("iCloudDrive",), "iCloud Drive"),
        (("Nextcloud", "OneDrive"), "OneDrive"),
        (("Box Sync",), "Box"),
        (("Documents", "box"), ""),
        (("Documents", "My OneDrive papers"), ""),
        (("Library", "CloudStorage"), ""),
        ((), ""),
    ],
)
def test_services_are_known_by_what_they_call_their_folder(
    parts: tuple[str, ...], service: str
) -> None:
    assert service_of_names(parts) == service


@pytest.mark.parametrize(
    ("names", "service"),
    [
        ((".sync_0123456789ab.db", "a.desk"), "Nextcloud"),
        (("._sync_0123456789ab.db",), "Nextcloud"),
        ((".csync_journal.db",), "ownCloud"),
        ((".dropbox",), "Dropbox"),
        ((".stfolder",), "Syncthing"),
        ((".tmp.driveupload",), "Google Drive"),
        ((".stfolders", ".dropboxes"), ""),
        ((), ""),
    ],
)
def test_services_are_known_by_what_they_leave(names: tuple[str, ...], service: str) -> None:
    assert service_of_marks(names) == service


@pytest.mark.parametrize(
    ("standing", "begins"),
    [
        (Standing(PlaceKind.NETWORK, "NFS"), "h.desk is on a network drive (NFS)."),
        (Standing(PlaceKind.NETWORK), "h.desk is on a network drive."),
        (
            Standing(PlaceKind.SYNCED, "OneDrive"),
            "h.desk is in a folder that OneDrive keeps in step with other computers.",
        ),
        (
            Standing(PlaceKind.SYNCED, "OneDrive", is_sure=False),
            "h.desk is in a folder named like that of OneDrive, which may be kept in step.",
        ),
        (Standing(PlaceKind.REMOVABLE), "h.desk is on a drive that can be taken out."),
    ],
)
def test_what_is_said_names_the_desk_and_the_place(standing: Standing, begins: str) -> None:
    said = told(standing, "h.desk")
    assert said.what == begins
    assert said.wrong
    assert said.do
    assert all(each.endswith(".") for each in (*said.wrong, *said.do, said.short))
