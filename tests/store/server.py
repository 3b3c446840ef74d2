"""A private PostgreSQL server on a Unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

_OPTIONS = "-c listen_addresses='' -c max_connections=40 -c shared_buffers=16MB -c fsync=off"


class Server:
    """Lives in a short folder under the temporary one: socket paths are limited to 107 bytes."""

    def __init__(self) -> None:
        self._initdb, self._ctl = (_program(name) for name in ("initdb", "pg_ctl"))
        # PostgreSQL refuses to run as root.
        self._user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        if os.geteuid() == 0:
            shutil.chown(self._folder, self._user)
        self._run(self._initdb, "--no-sync", "--auth=trust", "--username=test")

    @property
    def conninfo(self) -> str:
        return f"host={self._folder} user=test dbname=postgres"

    def url(self, schema: str) -> str:
        """Return the URL of a schema; the password is not asked for, but must never be seen."""
        options = f"-csearch_path%3D{schema}"
        return f"postgresql://test:hidden-password@/postgres?host={self._folder}&options={options}"

    def start(self) -> None:
        options = f"{_OPTIONS} -c unix_socket_directories={self._folder}"
        log = str(self._folder / "log")
        self._run(self._ctl, "start", "--wait", f"--log={log}", f"--options={options}")

    def crash(self) -> None:
        """Stop at once, as if killed."""
        self._run(self._ctl, "stop", "--wait", "--mode=immediate")

    def remove(self) -> None:
        if (self._folder / "data" / "postmaster.pid").exists():
            self.crash()
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: str) -> None:
        # A file, not a pipe: the server would keep it open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [program, *arguments, f"--pgdata={self._folder}/data"],
                check=False,
                cwd="/",
                user=self._user if os.geteuid() == 0 else None,
                env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            output.seek(0)
            if done.returncode:
                pytest.fail(f"{program} failed: {output.read().decode(errors='replace')}")


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), ""
    )
    if not found:
        pytest.fail(f"{name} is missing: install PostgreSQL (Debian: apt-get install postgresql)")
    return found
