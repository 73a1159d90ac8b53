"""Where a desk may stand, and what can go wrong there: network drives, synced folders, sticks.

What the operating system says about a place is read in ``safekeeping.places``; here it is
understood and put into words.  The reasons are those of SQLite's own page "How To Corrupt An
SQLite Database File" (sections 2 and 4): locks that a network drive does not keep, and copies that
are made while something is being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

_NETWORK_KINDS = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "Windows share",
    "smb3": "Windows share",
    "smbfs": "Windows share",
    "smb2": "Windows share",
    "afpfs": "Apple share",
    "webdav": "WebDAV",
    "davfs": "WebDAV",
    "fuse.davfs": "WebDAV",
    "fuse.davfs2": "WebDAV",
    "fuse.sshfs": "SSH",
    "fuse.curlftpfs": "FTP",
    "fuse.smbnetfs": "Windows share",
    "fuse.gvfsd-fuse": "",
    "fuse.kio-fuse": "",
    "9p": "",
    "afs": "AFS",
    "ceph": "Ceph",
    "fuse.ceph": "Ceph",
    "glusterfs": "Gluster",
    "fuse.glusterfs": "Gluster",
    "lustre": "Lustre",
    "ncpfs": "Novell share",
    "drvfs": "",
}
"""Kinds of file systems that are another computer's, and what each is called; "" for no name."""

_SYNC_KINDS = {
    "fuse.rclone": "rclone",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
    "fuse.dropbox": "Dropbox",
}
"""Kinds of file systems behind which stands a service that keeps copies in step."""

_FOLDER_NAMES = (
    (re.compile(r"onedrive( - .+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"google ?drive|my drive", re.IGNORECASE), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"nextcloud", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud", re.IGNORECASE), "ownCloud"),
    (re.compile(r"Box( Sync)?"), "Box"),
    (re.compile(r"pcloud ?drive|pcloudsync", re.IGNORECASE), "pCloud"),
    (re.compile(r"synologydrive", re.IGNORECASE), "Synology Drive"),
    (re.compile(r"seafile", re.IGNORECASE), "Seafile"),
)
"""What the services call the folder that they keep in step, unless somebody chose another name."""

_MARKS = (
    (re.compile(r"\.dropbox(\.cache)?"), "Dropbox"),
    (re.compile(r"\.?_?sync_[0-9a-f]{12}\.db"), "Nextcloud"),
    (re.compile(r"\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.csync_journal\.db"), "ownCloud"),
    (re.compile(r"\.owncloudsync\.log"), "ownCloud"),
    (re.compile(r"\.stfolder(\.removed-.*)?"), "Syncthing"),
    (re.compile(r"\.tmp\.drive(up|down)load"), "Google Drive"),
    (re.compile(r"\.shortcut-targets-by-id"), "Google Drive"),
    (re.compile(r"\.synologyworkingdirectory", re.IGNORECASE), "Synology Drive"),
    (re.compile(r"\.seafile-data"), "Seafile"),
    (re.compile(r"\.849c9593-d756-4e56-8d6e-42412f2a707b", re.IGNORECASE), "OneDrive"),
)
"""What the services leave at the top of their folder, whatever it is called."""

_MAC_CLOUDS = ("library", "cloudstorage")
"""Where macOS puts the folders of services, each named after its service and account."""

_ESCAPED = re.compile(r"\\([0-7]{3})")


class PlaceKind(StrEnum):
    """What kind of place a desk stands on; places without anything to say have none."""

    NETWORK = "network"
    SYNCED = "synced"
    REMOVABLE = "removable"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a desk stands; *name* is the service, or the kind of share where it is known."""

    kind: PlaceKind
    name: str = ""
    is_sure: bool = True
    """False where only the name of a folder speaks for it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a place: what it is, what can go wrong there, and what to do about it."""

    what: str
    wrong: tuple[str, ...]
    do: tuple[str, ...]
    short: str
    """What to do, in one sentence, for the message when the desk is opened."""


@dataclass(frozen=True, slots=True)
class Mount:
    """One file system of a computer: where it begins, its kind, and what it is made from."""

    at: str
    kind: str
    source: str


def read_mounts(text: str) -> tuple[Mount, ...]:
    """Read what Linux keeps in /proc/self/mountinfo; lines that make no sense are left out.

    The form is that of proc_pid_mountinfo(5): fields, a hyphen, then kind and source.
    """
    found = []
    for line in text.splitlines():
        before, hyphen, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if hyphen and len(fields) > 4 and len(kinds) > 1:
            found.append(Mount(_plain(fields[4]), kinds[0], _plain(kinds[1])))
    return tuple(found)


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 8)), text)


def mount_of(folder: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """Return the file system that *folder* is on: of several at one place the last is seen."""
    best: Mount | None = None
    for each in mounts:
        is_above = folder.is_relative_to(each.at)
        if is_above and (best is None or len(each.at) >= len(best.at)):
            best = each
    return best


def standing_on(kind: str) -> Standing | None:
    """Return what the *kind* of a file system says about a place; None where nothing is to say."""
    if kind in _SYNC_KINDS:
        return Standing(PlaceKind.SYNCED, _SYNC_KINDS[kind])
    if kind in _NETWORK_KINDS:
        return Standing(PlaceKind.NETWORK, _NETWORK_KINDS[kind])
    return None


def is_share(path: str) -> bool:
    r"""Whether a path is written as that of a share: ``\\server\share`` or ``//server/share``."""
    tidy = path.replace("/", "\\")
    is_device = tidy.startswith(("\\\\?\\", "\\\\.\\")) and not tidy.startswith("\\\\?\\UNC\\")
    return tidy.startswith("\\\\") and not is_device


def service_of_names(parts: Sequence[str]) -> str:
    """Return the service that keeps one of these folders in step, by their names; "" for none."""
    small = [part.casefold() for part in parts]
    for place in range(len(small) - 2):
        if tuple(small[place : place + 2]) == _MAC_CLOUDS:
            return _spaced(parts[place + 2].partition("-")[0])
    for part in reversed(parts):
        for name, service in _FOLDER_NAMES:
            if name.fullmatch(part):
                return service
    return ""


def _spaced(name: str) -> str:
    """A service as macOS writes it, with the gap that its own name has: GoogleDrive."""
    return {"GoogleDrive": "Google Drive"}.get(name, name)


def service_of_marks(names: Iterable[str]) -> str:
    """Return the service that left one of these files at the top of its folder; "" for none."""
    for each in sorted(names):
        for mark, service in _MARKS:
            if mark.fullmatch(each):
                return service
    return ""


def told(standing: Standing, desk: str) -> Told:
    """Return what is said of *desk*, a file's name, at such a place."""
    if standing.kind is PlaceKind.NETWORK:
        return _of_network(standing.name, desk)
    if standing.kind is PlaceKind.SYNCED:
        return _of_synced(standing, desk)
    return _of_removable(desk)


def _of_network(name: str, desk: str) -> Told:
    return Told(
        f"{desk} is on a network drive{f' ({name})' if name else ''}.",
        (
            "When the network goes while something is being saved, that one change is not saved.",
            "Some network drives do not keep locks: two people could then write at once, and"
            " that damages the file.",
            "Reading and saving take longer than on this computer's own disk.",
        ),
        (
            "One person writes at a time; others open the desk to read only.",
            "Close the desk before this computer sleeps or leaves the building.",
            "Give backups a second place on this computer's own disk.",
            "A team that writes together all day is better served by a database.",
        ),
        "One person writes at a time, others open it to read only.",
    )


def _of_synced(standing: Standing, desk: str) -> Told:
    service = standing.name
    keeps = f"that {service} keeps in step" if standing.is_sure else f"named like that of {service}"
    others = " with other computers" if standing.is_sure else ", which may be kept in step"
    return Told(
        f"{desk} is in a folder {keeps}{others}.",
        (
            "Opened on two computers at once, the desk becomes two files, and nothing joins what"
            " was done in each.",
            "A copy may be sent while something is being saved, and be damaged where it arrives.",
            f"What stands in the desk also stands with {service}: personal data of your staff.",
        ),
        (
            f"Close the desk, and wait until {service} says that all is sent, before you open it"
            " on another computer.",
            "Better: keep the desk in a folder that is not kept in step, and only its backups in"
            " one that is.",
            "Give the desk a passphrase: then nobody can read it on the way or there.",
        ),
        "Never open it on two computers at once; better, move it out of that folder.",
    )


def _of_removable(desk: str) -> Told:
    return Told(
        f"{desk} is on a drive that can be taken out.",
        (
            "Taken out while something is being saved, that change is lost.",
            "Whoever finds the drive can read every name in the desk, unless it has a passphrase.",
            "Such drives wear out sooner than a computer's own disk.",
        ),
        (
            "Close the desk, and let the computer eject the drive, before you take it out.",
            "Give the desk a passphrase.",
            "Give backups a second place that is not on this drive.",
        ),
        "Close the desk before you take the drive out, and give it a passphrase.",
    )
