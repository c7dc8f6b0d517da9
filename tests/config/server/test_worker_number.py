"""How many workers may be asked for."""

from argparse import ArgumentTypeError

import pytest

from config.management.commands.start import worker_number


@pytest.mark.parametrize("text", ["0", "65", "-1", "00640", "two", "", "٢"])
def test_a_number_of_workers_that_cannot_be_is_refused(text: str) -> None:
    assert worker_number("64") == 64
    with pytest.raises(ArgumentTypeError, match="is not a number from 1 to 64"):
        worker_number(text)
