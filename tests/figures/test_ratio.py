import pytest

from river_chief.figures.rates import BY_KEY, RATES
from river_chief.figures.ratio import Ratio


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Ratio(159, 171, 2), "92.98%"),
        (Ratio(54173, 56024), "96.7%"),
        (Ratio(8162, 8167, 2), "99.94%"),
        (Ratio(24999, 25000, 2), "99.99%"),
        (Ratio(1, 1), "100.0%"),
        (Ratio(0, 0), "—"),
    ],
)
def test_published_rates_print_as_published(ratio: Ratio, text: str) -> None:
    assert ratio.text == text


def test_the_value_is_not_rounded() -> None:
    assert Ratio(2, 3).value == pytest.approx(66.66666667)
    assert Ratio(0, 0).value is None


def test_more_than_the_whole_is_a_bug_not_a_number() -> None:
    with pytest.raises(ValueError, match="no part of a whole"):
        _ = Ratio(1051, 1001).text


def test_every_rate_says_what_it_is() -> None:
    assert len(BY_KEY) == len(RATES)
    for rate in RATES:
        assert rate.sentence.startswith(f"{rate.name}＝")
        assert rate.sentence.endswith("。")
        assert rate.words.nothing
