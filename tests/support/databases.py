"""The tests that run on both databases: on SQLite, as all do, and on PostgreSQL."""

import pytest

# Where SQLite and PostgreSQL can differ: what statements we write, how they order and fold texts, which rows a
# constraint, a lock or a trigger lets through, and how much is read at once. A test elsewhere that belongs to them
# has the mark `databases`. The others run on SQLite alone, and on PostgreSQL too by `python3 run.py test --everything`.
ON_BOTH = (
    "tests/config/accounts/test_office_editors.py",
    "tests/config/accounts/test_throttling.py",
    "tests/config/accounts/test_tokens.py",
    "tests/config/middleware/test_response_cache.py",
    "tests/config/test_health.py",
    "tests/contracts/test_admin.py::test_a_code_finds_its_record",
    "tests/contracts/test_admin.py::test_every_filter_takes_its_own_values_and_no_other",
    "tests/contracts/test_admin_lists.py::test_a_column_of_records_sorts_by_their_codes",
    "tests/contracts/test_admin_lists.py::test_an_action_on_many_rows_is_answered",
    "tests/contracts/test_admin_lists.py::test_every_column_sorts_both_ways_and_beside_another",
    "tests/contracts/test_analysis_api.py",
    "tests/contracts/test_change_log.py",
    "tests/contracts/test_downloads.py",
    "tests/contracts/test_facets.py",
    "tests/contracts/test_filters.py",
    "tests/contracts/test_hostile_texts.py",
    "tests/contracts/test_list_parameters.py::test_a_filter_takes_a_real_value_and_refuses_nonsense",
    "tests/contracts/test_list_parameters.py::test_an_order_is_complete_and_stable_over_pages",
    "tests/contracts/test_name_order.py",
    "tests/contracts/test_query_options.py::test_a_cursor_leads_through_all_rows_in_any_order",
    "tests/contracts/test_query_options.py::test_expanding_costs_a_statement_a_step_and_no_more_with_more_rows",
    "tests/contracts/test_updated.py",
    "tests/contracts/test_validation.py",
    "tests/lines_of_effort",
    "tests/partners/contacts",
    "tests/partners/models",
    "tests/partners/test_findings.py",
    "tests/partners/timeline",
    "tests/project/test_network.py",
    "tests/site/test_past.py",
    "tests/site/test_shipped_content.py",
    "tests/strategy/admin",
    "tests/strategy/core/admin",
    "tests/strategy/core/api",
    "tests/strategy/core/cache",
    "tests/strategy/core/exports",
    "tests/strategy/core/filters",
    "tests/strategy/core/models",
    "tests/strategy/core/text",
    "tests/strategy/evidence",
    "tests/strategy/findings",
    "tests/strategy/fixtures_io",
    "tests/strategy/history",
    "tests/strategy/models",
    "tests/strategy/org_chart",
    "tests/strategy/proposals",
    "tests/strategy/search",
    "tests/strategy/test_check_content.py",
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "databases: runs on PostgreSQL too, because the databases can differ in it")


def is_on_both(name: str) -> bool:
    """Whether a test is in one of the folders or files above, or is one of the functions."""
    return any(name == place or name.startswith((f"{place}/", f"{place}::", f"{place}[")) for place in ON_BOTH)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # First, so that `-m` sees the mark.
    for item in items:
        if is_on_both(item.nodeid.partition("@")[0]):
            item.add_marker("databases")
