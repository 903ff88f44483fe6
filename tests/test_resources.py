import pytest

from river_chief.errors import EnvironmentFault
from river_chief.resources import resource


def test_shipped_files_are_found() -> None:
    assert resource("papers/document.typ").is_file()


def test_a_missing_one_is_named_with_what_to_do() -> None:
    with pytest.raises(EnvironmentFault, match=r"papers/none\.typ”不见了，请重新安装"):
        resource("papers/none.typ")
