"""Caches under the content version: read once, read again after a write, and bounded."""

import pytest

from strategy.core.cache import VersionedCache, VersionedKeyCache, request_version, version_of_request
from strategy.core.cache.counts import count_and_page
from strategy.models import Goal
from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_a_value_is_read_again_after_a_write() -> None:
    count = VersionedCache(Goal.objects.count)
    before = count()
    Goal.objects.filter(pk=0).delete()
    assert count() == before
    make.goal()
    assert count() == before + 1


def test_a_key_is_read_once_and_one_without_a_value_each_time() -> None:
    calls: list[list[str]] = []

    def read(keys: list[str]) -> dict[str, int]:
        calls.append(keys)
        return {key: len(key) for key in keys if key != "nothing"}

    lengths = VersionedKeyCache(read)
    for _ in range(2):
        assert lengths(["one", "three", "nothing"]) == {"one": 3, "three": 5}
    assert calls == [["one", "three", "nothing"], ["nothing"]]


def test_it_never_holds_more_than_its_size() -> None:
    numbers: VersionedKeyCache[int, int] = VersionedKeyCache(lambda keys: {key: key for key in keys}, max_size=3)
    for number in range(10):
        assert numbers([number, number + 1]) == {number: number, number + 1: number + 1}
        assert len(numbers._cached()) <= 3


def test_a_count_is_kept_until_a_write(django_assert_num_queries) -> None:
    for code in ("GOAL-A", "GOAL-B", "GOAL-C"):
        make.goal(code=code)
    goals = Goal.objects.filter(code__startswith="GOAL-").order_by("code").values_list("pk", flat=True)
    keys = list(goals.all())
    assert count_and_page(goals, 0, 2) == (keys[:2], 3)
    with django_assert_num_queries(2):  # The version, and the page.
        assert count_and_page(goals, 2, 2) == (keys[2:], 3)
    make.goal(code="GOAL-D")
    assert count_and_page(goals, 0, 2) == (keys[:2], 4)
    assert count_and_page(goals, 6, 2) == ([], 4)
    assert count_and_page(goals.none(), 0, 2) == ([], 0)


def test_a_request_reads_the_version_once(django_assert_num_queries) -> None:
    request_version.start_request()
    try:
        with django_assert_num_queries(1):
            assert version_of_request() == version_of_request()
    finally:
        request_version.finish_request()
    with django_assert_num_queries(2):
        assert version_of_request() == version_of_request()


def test_without_a_reader_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_version, "_read_version", None)
    with pytest.raises(RuntimeError):
        version_of_request()
