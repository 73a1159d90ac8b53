"""Where a desk stands, as the operating system tells it: made here as the system makes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apprentice_desk.domain.desk_places import PlaceKind, Standing
from apprentice_desk.safekeeping import places
from apprentice_desk.safekeeping.places import Computer, standing_of


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """A computer with one disk, on which nobody keeps anything in step."""
    home = tmp_path / "home" / "sam"
    home.mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text("26 1 8:1 / / rw - ext4 /dev/sda1 rw\n", encoding="utf-8")
    (tmp_path / "block").mkdir()
    return Computer("linux", home, {}, mounts, tmp_path / "block")


def desk_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "hackney.desk"


def mount(computer: Computer, at: Path, kind: str, source: str = "server:/x") -> None:
    at.mkdir(parents=True, exist_ok=True)
    with computer.mounts.open("a", encoding="utf-8") as file:
        file.write(f"90 26 0:44 / {at} rw shared:7 - {kind} {source} rw\n")


def test_on_a_disk_of_its_own_there_is_nothing_to_say(computer: Computer) -> None:
    assert standing_of(desk_in(computer.home / "Documents"), computer) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [("cifs", "Windows share"), ("smb3", "Windows share"), ("nfs4", "NFS"), ("fuse.sshfs", "SSH")],
)
def test_a_network_drive_is_recognised(
    computer: Computer, tmp_path: Path, kind: str, name: str
) -> None:
    mount(computer, tmp_path / "team", kind)
    found = standing_of(desk_in(tmp_path / "team" / "apprentices"), computer)
    assert found == Standing(PlaceKind.NETWORK, name)


def test_a_folder_of_the_disk_beside_a_network_drive_is_none(
    computer: Computer, tmp_path: Path
) -> None:
    mount(computer, tmp_path / "team", "cifs")
    assert standing_of(desk_in(tmp_path / "teams"), computer) is None


@pytest.mark.parametrize("is_on_usb", [True, False])
def test_a_drive_that_can_be_taken_out_is_recognised(
    computer: Computer, tmp_path: Path, *, is_on_usb: bool
) -> None:
    """The system says so of the drive, and the partition stands inside the drive's folder."""
    devices = tmp_path / "devices" / ("usb1" if is_on_usb else "pci") / "sdc"
    (devices / "sdc1").mkdir(parents=True)
    (devices / "removable").write_text("0\n" if is_on_usb else "1\n", encoding="ascii")
    (computer.blocks / "sdc1").symlink_to(devices / "sdc1")
    mount(computer, tmp_path / "stick", "vfat", "/dev/sdc1")
    assert standing_of(desk_in(tmp_path / "stick"), computer) == Standing(PlaceKind.REMOVABLE)


def test_a_second_disk_inside_the_computer_is_none(computer: Computer, tmp_path: Path) -> None:
    devices = tmp_path / "devices" / "pci" / "sdb"
    (devices / "sdb1").mkdir(parents=True)
    (devices / "removable").write_text("0\n", encoding="ascii")
    (computer.blocks / "sdb1").symlink_to(devices / "sdb1")
    mount(computer, tmp_path / "disk", "ext4", "/dev/sdb1")
    assert standing_of(desk_in(tmp_path / "disk"), computer) is None


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_says_itself_where_its_folder_is(
    computer: Computer, tmp_path: Path, variable: str
) -> None:
    told = Computer("linux", computer.home, {variable: str(tmp_path / "od")}, computer.mounts)
    found = standing_of(desk_in(tmp_path / "od" / "desks"), told)
    assert found == Standing(PlaceKind.SYNCED, "OneDrive")


@pytest.mark.parametrize("where", ["home", "APPDATA", "LOCALAPPDATA"])
def test_dropbox_says_itself_where_its_folders_are(
    computer: Computer, tmp_path: Path, where: str
) -> None:
    info = computer.home / ".dropbox" / "info.json"
    variables = {}
    if where != "home":
        variables = {where: str(tmp_path / "data")}
        info = tmp_path / "data" / "Dropbox" / "info.json"
    info.parent.mkdir(parents=True)
    accounts = {
        "personal": {"path": str(tmp_path / "own")},
        "business": {"path": str(tmp_path / "work")},
    }
    info.write_text(json.dumps(accounts), encoding="utf-8")
    told = Computer("linux", computer.home, variables, computer.mounts)
    found = standing_of(desk_in(tmp_path / "work" / "desks"), told)
    assert found == Standing(PlaceKind.SYNCED, "Dropbox")
    assert standing_of(desk_in(tmp_path / "elsewhere"), told) is None


@pytest.mark.parametrize(
    "text", ["", "[]", '{"personal": 3}', '{"personal": {"path": 3}}', "{", "[" * 100_000,
             '{"personal": {"path": "/a\\u0000b"}}']
)  # fmt: skip
def test_a_file_of_dropbox_that_makes_no_sense_says_nothing(computer: Computer, text: str) -> None:
    info = computer.home / ".dropbox" / "info.json"
    info.parent.mkdir(parents=True)
    info.write_text(text, encoding="utf-8")
    assert standing_of(desk_in(computer.home / "Documents"), computer) is None


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".sync_0123456789ab.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
    ],
)
def test_a_service_is_known_by_its_mark_above_the_desk(
    computer: Computer, mark: str, service: str
) -> None:
    top = computer.home / "Shared"
    desk = desk_in(top / "HR" / "desks")
    (top / mark).touch()
    assert standing_of(desk, computer) == Standing(PlaceKind.SYNCED, service)


def test_a_mark_in_the_persons_own_folder_says_nothing_of_every_folder_below(
    computer: Computer,
) -> None:
    """Dropbox keeps a folder of that name in everybody's home."""
    (computer.home / ".dropbox").mkdir()
    assert standing_of(desk_in(computer.home / "Documents"), computer) is None


def test_a_folders_name_alone_is_said_with_doubt(computer: Computer) -> None:
    found = standing_of(desk_in(computer.home / "OneDrive - Hackney" / "desks"), computer)
    assert found == Standing(PlaceKind.SYNCED, "OneDrive", is_sure=False)


def test_a_persons_name_is_no_service(computer: Computer, tmp_path: Path) -> None:
    home = tmp_path / "home" / "Nextcloud"
    told = Computer("linux", home, {}, computer.mounts, computer.blocks)
    assert standing_of(desk_in(home / "Documents"), told) is None


def test_a_link_to_a_synced_folder_leads_there(computer: Computer, tmp_path: Path) -> None:
    (desk_in(tmp_path / "real").parent / ".stfolder").touch()
    (computer.home / "desks").symlink_to(tmp_path / "real")
    found = standing_of(computer.home / "desks" / "hackney.desk", computer)
    assert found == Standing(PlaceKind.SYNCED, "Syncthing")


def test_without_the_systems_word_nothing_is_said(computer: Computer, tmp_path: Path) -> None:
    told = Computer("linux", computer.home, {}, tmp_path / "none", computer.blocks)
    assert standing_of(desk_in(tmp_path / "a"), told) is None


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        (places._DRIVE_REMOTE, Standing(PlaceKind.NETWORK, "Windows share")),
        (places._DRIVE_REMOVABLE, Standing(PlaceKind.REMOVABLE)),
        (3, None),
    ],
)
def test_what_windows_says_of_a_drive_is_understood(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, kind: int, standing: Standing | None
) -> None:
    """The call itself has not been run: Windows is not here."""
    monkeypatch.setattr(places, "_drive_type", lambda _root: kind)
    told = Computer("win32", computer.home, {}, computer.mounts)
    assert standing_of(desk_in(computer.home / "Documents"), told) == standing


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (("smbfs", 0), Standing(PlaceKind.NETWORK, "Windows share")),
        (("afs2", 0), Standing(PlaceKind.NETWORK)),
        (("msdos", 0x1200), Standing(PlaceKind.REMOVABLE)),
        (("apfs", 0x1000), None),
        (None, None),
    ],
)
def test_what_macos_says_of_a_place_is_understood(
    computer: Computer,
    monkeypatch: pytest.MonkeyPatch,
    answer: tuple[str, int] | None,
    standing: Standing | None,
) -> None:
    """The call itself has not been run: macOS is not here."""
    monkeypatch.setattr(places, "_statfs", lambda _folder: answer)
    told = Computer("darwin", computer.home, {}, computer.mounts)
    assert standing_of(desk_in(computer.home / "Documents"), told) == standing


def test_this_computer_is_asked_where_no_other_is_given(tmp_path: Path) -> None:
    found = standing_of(tmp_path / "hackney.desk")
    assert found is None or isinstance(found, Standing)
