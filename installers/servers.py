"""Servers that live only as long as the tests: a PostgreSQL cluster and an X display.

Both are private: reached on this computer only, with nothing kept afterwards, however the
tests end.
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from programs import CannotGoOnError, Owner, clean_environment, run_quietly, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPERUSER = "tests"
SECONDS_TO_START = 60
ATTEMPTS = 3  # another program may take the free port between finding and using it
SCREEN = "1440x900x24"

# Nothing in it outlives the tests, so nothing need survive a power cut.
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
max_wal_senders = 0
wal_level = minimal
autovacuum = off
logging_collector = off
"""


@contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """Start a new, empty cluster with the *programs* in that folder; give its address.

    The address is for SQLAlchemy with psycopg, and holds a password made for this once.
    Raises CannotGoOnError if it does not start; PostgreSQL's own words are shown then.
    """
    owner = _owner()
    with _folder("apprentice-desk-postgresql-", owner) as folder:
        cluster, log, secret = folder / "cluster", folder / "log.txt", folder / "secret.txt"
        password = secrets.token_hex(16)
        secret.write_text(password + "\n", "utf-8")
        _give(secret, owner)
        run_quietly(
            [
                programs / "initdb",
                f"--pgdata={cluster}",
                f"--username={SUPERUSER}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
            "PostgreSQL's initdb could not make a cluster for the tests; its words are above.",
            folder=folder,
            owner=owner,
        )
        with (cluster / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        port = _start(programs, cluster, log, owner)
        try:
            yield f"postgresql+psycopg://{SUPERUSER}:{password}@127.0.0.1:{port}/postgres"
        finally:
            run_quietly(
                [programs / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop"],
                f"The tests' PostgreSQL in {folder} could not be stopped; please end it.",
                folder=folder,
                owner=owner,
            )


@contextmanager
def x_display() -> Iterator[str]:
    """Start an X server without a screen on a display that is free; give the display's name.

    Raises CannotGoOnError if it does not start.
    """
    reading, writing = os.pipe()
    # -displayfd makes the server choose the display and say which once it can be reached;
    # without -noreset it would throw everything away whenever its last window closes.
    process = subprocess.Popen(
        f"Xvfb -nolisten tcp -noreset -screen 0 {SCREEN} -displayfd {writing}".split(),
        env=clean_environment(os.environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(writing,),
        start_new_session=True,  # Ctrl+C is for the tests; the server is stopped after them
    )
    try:
        os.close(writing)
        number = _first_line(reading)
        if not number:
            raise CannotGoOnError("Xvfb did not start, which the tests of real windows need.")
        yield f":{number}"
    finally:
        os.close(reading)
        stop(process, has_heard=False)


def _start(programs: Path, cluster: Path, log: Path, owner: Owner | None) -> int:
    for attempt in range(ATTEMPTS):
        port = _free_port()
        command: list[str | Path] = [programs / "pg_ctl", "start", "-D", cluster, "-l", log]
        command += ["-w", "-t", str(SECONDS_TO_START), "-o", f"-p {port}"]
        # Standard output goes nowhere: the server would inherit a pipe and hold it open.
        status = subprocess.run(
            command,
            env=clean_environment(os.environ),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            user=owner.user if owner else None,
            group=owner.group if owner else None,
            extra_groups=() if owner else None,
        ).returncode
        if status == 0:
            return port
        if attempt == ATTEMPTS - 1 and log.exists():
            print(log.read_text("utf-8", errors="replace"), file=sys.stderr)
    raise CannotGoOnError("The tests' PostgreSQL did not start; what it wrote is above.")


def _owner() -> Owner | None:
    """Return the user for PostgreSQL, which refuses root; None where this user will do."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd  # there is none on Windows

    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise CannotGoOnError(
            "PostgreSQL does not run as root, and there is no user named postgres to run it; "
            "please run the tests as an ordinary user."
        ) from None
    return Owner("postgres", "postgres")


@contextmanager
def _folder(prefix: str, owner: Owner | None) -> Iterator[Path]:
    # Root's own temporary folder may be closed to everyone else.
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp" if owner else None))  # noqa: S108
    try:
        _give(folder, owner)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _give(path: Path, owner: Owner | None) -> None:
    if owner is not None:
        shutil.chown(path, owner.user, owner.group)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _first_line(reading: int) -> str:
    """Return what comes through the pipe *reading* up to a line's end; empty if nothing does."""
    received = b""
    while not received.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], SECONDS_TO_START)
        more = os.read(reading, 64) if ready else b""
        if not more:
            return ""
        received += more
    return received.decode().strip()
