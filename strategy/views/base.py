"""The page of one record with the evidence for it: every model's page is a declaration on top of it."""

from functools import partial
from typing import Any, ClassVar

from django.utils.http import urlencode

from ..core.models import CodedModel
from ..core.snapshots import in_present
from ..core.views import BaseRecordDetail, LinksPanel, bad_request_page, page_citation
from ..core.views import RecordList as CoreRecordList
from ..editions import edition_notice
from ..evidence import Evidence, record_citation
from ..history.addresses import record_history_url
from ..reader_strategy import InStrategyMixin, read_record, reader_strategy, strategy_query
from ..related_links import related_links
from .facts import basis_of, facts

__all__ = ["RecordDetail", "RecordList", "bad_request_page", "page_citation"]


class RecordList(InStrategyMixin, CoreRecordList):
    """Pages of one model's records, of the strategy a reader is in; those of a kind that belongs to none all stay."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.narrows = bool(cls.model.strategy_path)
        if not cls.narrows:
            cls.view_parameters = (*cls.view_parameters, "strategy")

    def base_context(self) -> dict[str, Any]:
        context = super().base_context()
        if not self.request.GET.get("strategy"):
            return context
        # Without its filters the list is still that of the strategy.
        query = urlencode(strategy_query(reader_strategy(self.request)))
        return context | {"way_on": f"{context['way_on']}?{query}".rstrip("?")}


class RecordDetail(BaseRecordDetail):
    """One record: its facts, its relations, and the evidence for each of them.

    ``fields_in_panels`` are shown in a panel of the page, so that they are no facts beside it.
    """

    fields_in_panels: ClassVar[tuple[str, ...]] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record: CodedModel = self.object
        evidence = Evidence(record, self.shown_rows())
        read_record(self.request, record)
        statement_basis = basis_of(record, self.statement)[0] if self.statement else ""
        # A statement with a basis of its own has sources of its own, which are not those of the record.
        cited = "" if statement_basis else self.statement
        for panel, table in self.tables.items():
            table.fill(partial(evidence.of_row, relation=panel.relation))
        return super().get_context_data(**kwargs) | {
            "evidence": evidence,
            "statement_basis": statement_basis,
            "statement_citations": evidence.of(self.statement).citations if self.statement else [],
            "facts": list(facts(record, evidence, without={self.statement, *self.fields_in_panels})),
            "linked": related_links(record, self.panels_of(LinksPanel)),
            "edition": edition_notice(record),
            "history_url": in_present(record_history_url(record)),
            "citation": record_citation(self.request, record, evidence.of_page(cited)),
        }
