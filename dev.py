#!/usr/bin/env python3
"""Run, test and check the program from a fresh clone, with nothing but Python.

python3 dev.py run      makes the sample township in out/, carries its month through, opens the window
python3 dev.py test     runs the tests (more arguments go to pytest)
python3 dev.py check    runs ruff, format, mypy, import-linter, deptry (or only those named)
python3 dev.py bench    measures speed
python3 dev.py faults   runs the fault trials
python3 dev.py shots    draws every page and dialog into docs/shots/

Everything needed is installed first, into .venv; on Debian and Ubuntu also the system libraries of Qt.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.sha256"
OLDEST, NEWEST = (3, 11), (3, 13)
TYPED = ("river_chief", "ui", "tests", "benchmarks", "dev.py")

# What Qt loads from the system, and the Debian package each lies in: first for any window, then for X11.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_PACKAGE = "fonts-wqy-microhei"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_NAMES = ("wqy", "cjk", "notosanssc", "notoserifsc", "sourcehan", "droidsansfallback", "simsun", "uming")


class StopError(Exception):
    """What the person at the keyboard has to do before this can go on."""

    def __init__(self, english: str, chinese: str) -> None:
        super().__init__(f"» {english}\n  {chinese}")


def say(english: str, chinese: str) -> None:
    print(f"» {english}\n  {chinese}", flush=True)


def succeeds(command: list[str], *, quiet: bool = False) -> bool:
    """Run a command that may ask nothing; with quiet, its words are not shown."""
    words = subprocess.DEVNULL if quiet else None
    return not subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=words, stderr=words)


def require_python(version: tuple[int, int]) -> None:
    """Refuse a Python the libraries have no wheels for."""
    if OLDEST <= version <= NEWEST:
        return
    low, high, this = (".".join(map(str, v)) for v in (OLDEST, NEWEST, version))
    raise StopError(
        f"Python {low} to {high} is needed; this is {this}. Start again with one: python{high} dev.py run",
        f"需要 Python {low} 至 {high}，当前是 {this}。请安装后用它重新运行：python{high} dev.py run",
    )


# The system's libraries and fonts


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font(folders: tuple[str, ...] = FONT_FOLDERS) -> bool:
    files = (file for folder in folders for file in Path(folder).expanduser().rglob("*.[to]t?"))
    return any(name in file.name.lower() for file in files for name in FONT_NAMES)


def missing_packages() -> list[str]:
    """The Debian packages that hold what this machine lacks."""
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if not STAMP.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.insert(0, "python{}.{}-venv".format(*sys.version_info))
    if not has_chinese_font():
        missing.append(FONT_PACKAGE)
    return missing


def is_debian(os_release: str) -> bool:
    """Whether the text of /etc/os-release is that of Debian, Ubuntu or a system made from them."""
    pairs = (line.partition("=") for line in os_release.splitlines())
    value = {key: text.strip("\"' ") for key, _, text in pairs}
    family = {value.get("ID", ""), *value.get("ID_LIKE", "").split()}
    return bool(family & {"debian", "ubuntu"})


def apt_commands(packages: list[str], *, sudo: bool) -> list[list[str]]:
    front = ["sudo", "-n"] if sudo else []
    quiet = [*front, "env", "DEBIAN_FRONTEND=noninteractive"]
    return [
        [*front, "apt-get", "update", "-q"],
        [*quiet, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
    ]


def install_system_packages() -> None:
    """Install what Qt needs from the system, or say how; Windows has it all."""
    packages = missing_packages() if sys.platform.startswith("linux") else []
    if not packages:
        return
    names = " ".join(packages)
    release = Path("/etc/os-release")
    if not (release.exists() and is_debian(release.read_text(encoding="utf-8"))):
        raise StopError(
            f"Install what these Debian packages hold, then start again: {names}",
            f"请用本系统的软件管理工具安装与这些 Debian 软件包相同的内容，然后重新运行：{names}",
        )
    root = os.geteuid() == 0
    if not root and not (shutil.which("sudo") and succeeds(["sudo", "-n", "true"], quiet=True)):
        line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
        raise StopError(
            f"System packages are missing. Run this, then start again:\n\n    {line}\n",
            "缺少系统软件包，请执行上面的命令，然后重新运行。",
        )
    say(f"Installing system packages with apt-get: {names}", f"正在用 apt-get 安装系统软件包：{names}")
    update, install = apt_commands(packages, sudo=not root)
    succeeds(update)  # where the lists cannot be fetched, those at hand may do
    if not succeeds(install):
        raise StopError("apt-get could not install them; see above.", "apt-get 未能安装，原因见上。")


# The virtual environment


def in_venv(name: str) -> str:
    """The path of a program of the virtual environment."""
    if sys.platform == "win32":
        return str(VENV / "Scripts" / f"{name}.exe")
    return str(VENV / "bin" / name)


def lock_stamp(*files: Path) -> str:
    """One digest over all that decides what is installed, this Python included."""
    digest = hashlib.sha256(repr((sys.version_info[:2], str(ROOT))).encode())
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def install_commands() -> list[list[str]]:
    pip = [in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    return [
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)],
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    ]


def make_venv() -> None:
    """Bring .venv to what the lock says; a second start finds it done."""
    stamp = lock_stamp(LOCK, ROOT / "pyproject.toml")
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == stamp:
        return
    say("Installing the libraries into .venv", "正在把所需的库安装到 .venv")
    commands = install_commands()
    if not venv_starts():
        commands.insert(0, [sys.executable, "-m", "venv", "--clear", str(VENV)])
    for command in commands:
        if not succeeds(command):
            raise StopError(
                "The libraries could not be installed; see above. Is there a network?",
                "所需的库未能安装，原因见上。请检查网络后重新运行。",
            )
    STAMP.write_text(stamp, encoding="ascii")


def venv_starts() -> bool:
    """Whether .venv holds this version of Python, with pip."""
    same = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return Path(in_venv("python")).exists() and succeeds([in_venv("python"), "-c", same], quiet=True)


# The commands


def call(command: list[str], **environment: str) -> int:
    return subprocess.call(command, cwd=ROOT, env={**os.environ, **environment})


def has_screen(platform: str, environment: dict[str, str]) -> bool:
    shown = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    return bool(shown) or not platform.startswith("linux")


def run(arguments: list[str]) -> int:
    python = in_venv("python")
    failed = call([python, "-m", "river_chief.sample.demo_run", "out", *arguments])
    if failed:
        return failed
    if not has_screen(sys.platform, dict(os.environ)):
        say("There is no screen here, so no window is opened.", "这里没有图形界面，不打开窗口。")
        return 0
    say("Opening the window on the sample ledger.", "正在用示例台账打开窗口。")
    return call([python, "-m", "ui", "--ledger", str(Path("out", "ledger"))])


def check_steps() -> dict[str, list[str]]:
    python = in_venv("python")
    return {
        "ruff": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy", *(name for name in TYPED if (ROOT / name).exists())],
        "import-linter": [in_venv("lint-imports")],
        "deptry": [in_venv("deptry"), "."],
    }


def check(names: list[str]) -> int:
    """Run every check, or only the named ones; all are run even where one fails."""
    steps = check_steps()
    unknown = [name for name in names if name not in steps]
    if unknown:
        raise StopError(f"No such check: {', '.join(unknown)}", f"可用的检查项：{'、'.join(steps)}")
    failed = []
    for name in names or steps:
        print(f"── {name}", flush=True)
        start = time.monotonic()
        if call(steps[name]):
            failed.append(name)
        print(f"   {time.monotonic() - start:.1f} s", flush=True)
    if failed:
        say(f"Not clean: {', '.join(failed)}", f"未通过：{'、'.join(failed)}")
        return 1
    say("All clean.", "全部通过。")
    return 0


def offscreen(module: str, *fixed: str, **settings: str) -> Callable[[list[str]], int]:
    """The command that runs a module of the virtual environment without a screen."""

    def command(more: list[str]) -> int:
        return call([in_venv("python"), "-m", module, *fixed, *more], QT_QPA_PLATFORM="offscreen", **settings)

    return command


# Two workers, each module of tests whole in one of them: its ledger is made once.
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadscope")
COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": offscreen("pytest", *SIDE_BY_SIDE),
    "check": check,
    "bench": offscreen("pytest", "benchmarks"),
    "faults": offscreen(
        "pytest",
        "tests/faults",
        RIVER_CHIEF_KILLS="300",
        RIVER_CHIEF_LOOPS="2000",
        RIVER_CHIEF_LEDGERS="40",
        RIVER_CHIEF_LEDGER_PROBLEMS="3000",
        RIVER_CHIEF_EDITS="200",
        RIVER_CHIEF_BOOKS="24",
    ),
    "shots": offscreen("tests.pictures", "docs/shots"),
}


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        require_python(sys.version_info[:2])
        install_system_packages()
        make_venv()
        return COMMANDS[arguments[0]](arguments[1:])
    except StopError as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
