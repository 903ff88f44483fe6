import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import dev


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_python_with_wheels_is_taken(version: tuple[int, int]) -> None:
    dev.require_python(version)


@pytest.mark.parametrize("version", [(2, 7), (3, 9), (3, 10), (3, 14), (4, 0)])
def test_any_other_python_is_refused_by_name(version: tuple[int, int]) -> None:
    with pytest.raises(dev.StopError) as refusal:
        dev.require_python(version)
    assert f"{version[0]}.{version[1]}" in str(refusal.value)
    assert "需要 Python 3.11 至 3.13" in str(refusal.value)


def test_python_range_is_that_of_the_project() -> None:
    project = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">=3.{dev.OLDEST[1]},<3.{dev.NEWEST[1] + 1}"


def test_dev_is_understood_by_an_old_python() -> None:
    ast.parse((dev.ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(
    ("text", "debian"),
    [
        ('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', True),
        ("ID=ubuntu\nID_LIKE=debian\n", True),
        ('# made from ubuntu\nID="kylin"\nID_LIKE="ubuntu debian"\n', True),
        ('ID=fedora\nNAME="debian"\n', False),
        ('ID=opensuse-leap\nID_LIKE="suse opensuse"\n', False),
        ("", False),
    ],
)
def test_debian_and_its_descendants_are_known(text: str, debian: bool) -> None:
    assert dev.is_debian(text) is debian


def test_apt_asks_nothing_and_installs_what_is_named() -> None:
    update, install = dev.apt_commands(["libgl1", "libegl1"], sudo=False)
    assert update[:2] == ["apt-get", "update"]
    assert install[:4] == ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install"]
    assert "-y" in install
    assert install[-2:] == ["libgl1", "libegl1"]


def test_sudo_never_asks_for_a_password() -> None:
    assert all(command[:2] == ["sudo", "-n"] for command in dev.apt_commands(["libgl1"], sudo=True))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared objects of Linux")
def test_a_library_that_is_not_there_does_not_load() -> None:
    assert dev.loads("libc.so.6")
    assert not dev.loads("libno-such-thing.so.99")


@pytest.mark.parametrize("name", ["wqy-microhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf"])
def test_a_chinese_font_is_found_in_any_subfolder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "truetype" / "chinese"
    folder.mkdir(parents=True)
    (folder / "DejaVuSans.ttf").touch()
    assert not dev.has_chinese_font((str(tmp_path), str(tmp_path / "missing")))
    (folder / name).touch()
    assert dev.has_chinese_font((str(tmp_path), str(tmp_path / "missing")))


def test_stamp_changes_with_what_is_locked(tmp_path: Path) -> None:
    lock, project = tmp_path / "lock", tmp_path / "project"
    lock.write_text("a==1", encoding="utf-8")
    project.write_text("b", encoding="utf-8")
    first = dev.lock_stamp(lock, project)
    assert dev.lock_stamp(lock, project) == first
    lock.write_text("a==2", encoding="utf-8")
    assert dev.lock_stamp(lock, project) != first


def test_every_file_installed_is_checked_by_its_hash() -> None:
    libraries, project = dev.install_commands()
    assert "--require-hashes" in libraries
    assert libraries[-2:] == ["-r", str(dev.LOCK)]
    assert "--no-deps" in project
    assert "--no-build-isolation" in project


def test_lock_pins_all_with_hashes_and_names_no_place() -> None:
    text = dev.LOCK.read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9-]+==\S+", text, flags=re.MULTILINE)
    assert len(pins) > 50
    for block in re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block
    assert "://" not in text
    assert "index-url" not in text
    assert {word for word in text.split() if "/" in word} == set()


def test_lock_holds_qt_for_each_machine_it_runs_on() -> None:
    text = dev.LOCK.read_text(encoding="utf-8")
    assert "pyside6-essentials==6.9.3 ; platform_machine != 'aarch64' or sys_platform != 'linux'" in text
    assert "pyside6-essentials==6.8.0.2 ; platform_machine == 'aarch64' and sys_platform == 'linux'" in text
    assert not re.search(r"^pyside6==|^pyside6-addons", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("platform", "environment", "screen"),
    [
        ("win32", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_a_screen_is_what_the_desktop_says(platform: str, environment: dict[str, str], screen: bool) -> None:
    assert dev.has_screen(platform, environment) is screen


def test_check_types_only_what_is_there() -> None:
    steps = dev.check_steps()
    assert list(steps) == ["ruff", "format", "mypy", "import-linter", "deptry"]
    assert "dev.py" in steps["mypy"]
    assert all((dev.ROOT / name).exists() for name in steps["mypy"][3:])


def test_check_refuses_a_name_it_does_not_know() -> None:
    with pytest.raises(dev.StopError, match="deptry"):
        dev.check(["pylint"])


def test_without_a_command_it_says_what_it_can_do() -> None:
    asked = subprocess.run([sys.executable, dev.ROOT / "dev.py"], capture_output=True, check=False)
    answer = asked.stdout.decode("utf-8")
    assert asked.returncode == 2
    assert all(f"dev.py {name} " in answer for name in dev.COMMANDS)
