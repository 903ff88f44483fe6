"""Where the shipped data lies: ``resources/``, beside the package in the tree and when installed."""

from __future__ import annotations

from pathlib import Path

from river_chief.errors import EnvironmentFault

ROOT = Path(__file__).resolve().parent.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, ``"papers/document.typ"``.

    Raises ``EnvironmentFault`` when it is not there.
    """
    path = ROOT / name
    if not path.exists():
        raise EnvironmentFault(f"程序自带的文件“{name}”不见了，请重新安装本程序。")
    return path
