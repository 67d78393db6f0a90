"""Real servers on this machine: installing, starting and stopping them. For
Integration/run and Servers/run."""
import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

# Generous: a machine may have other things to do.
SECONDS_TO_START = 180


def install_from_debian(packages):
    """Installs what is missing, and says so first."""
    missing = [package for package in sorted(packages) if not is_installed(package)]
    if not missing:
        return
    say("Installing from apt: " + " ".join(missing))
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit("That takes apt-get and root. Install these packages, or what they are called elsewhere.")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with no_services():
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )


def install_from_pypi(requirements, folder):
    """Installs the pins of a file into a virtual environment of their own."""
    wanted = requirements.read_text()
    stamp = folder / "installed.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    pins = [line for line in wanted.splitlines() if line and not line.startswith("#")]
    say(f"Installing from PyPI into {folder.name}: " + " ".join(pins))
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(requirements)], check=True)
    stamp.write_text(wanted)


def is_installed(package):
    if not shutil.which("dpkg-query"):
        return False
    answer = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True)
    return answer.stdout == "install ok installed"


def debian_version(package):
    """As Debian writes it: with an epoch and its own revision."""
    return subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=True
    ).stdout


@contextlib.contextmanager
def no_services():
    """Debian starts a package's server once it is installed; here it must not."""
    policy = pathlib.Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def start(command, environment, log=None):
    """Starts a process in a group of its own, so that what it starts ends with it."""
    output = {} if log is None else {"stdout": log.open("w"), "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, env=environment, start_new_session=True, **output)


def free_port(preferred=0):
    """The preferred port where nobody has it, else another."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            free.bind(("127.0.0.1", preferred))
        except OSError:
            free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(name, server, url):
    """Returns once `url` is answered with a success."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"{name} ended with status {server.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{name} was not ready after {SECONDS_TO_START} seconds")


def stop(process):
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


def show_logs(folder):
    for log in sorted(folder.glob("*.log")):
        print(f"\n--- {log.stem}, the last lines of its log", file=sys.stderr)
        print("\n".join(log.read_text(errors="replace").splitlines()[-20:]), file=sys.stderr)


def say(text):
    print(text, flush=True)
