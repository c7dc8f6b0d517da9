"""The page of one record with the evidence for it: every model's page is a declaration on top of it."""

from functools import partial
from typing import Any

from ..core.models import CodedModel
from ..core.views import BaseRecordDetail, LinksPanel, RecordList, bad_request_page, page_citation
from ..editions import document_of, edition_notice
from ..evidence import Evidence
from ..models import Strategy
from ..related_links import related_links
from .facts import basis_of, facts

__all__ = ["RecordDetail", "RecordList", "bad_request_page", "page_citation"]


class RecordDetail(BaseRecordDetail):
    """One record: its facts, its relations, and the evidence for each of them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record: CodedModel = self.object
        evidence = Evidence(record, self.shown_rows())
        for panel, table in self.tables.items():
            table.fill(partial(evidence.of_row, relation=panel.relation))
        return super().get_context_data(**kwargs) | {
            "evidence": evidence,
            "statement_basis": basis_of(record, self.statement)[0] if self.statement else "",
            "statement_citations": evidence.of(self.statement).citations if self.statement else [],
            "facts": list(facts(record, evidence, without=self.statement)),
            "linked": related_links(record, self.panels_of(LinksPanel)),
            "edition": edition_notice(record),
            "citation": page_citation(self.request, str(record), _title_of(document_of(record)), record.updated),
        }


def _title_of(document: Strategy | None) -> str:
    """Whose document, which, and of which edition."""
    if document is None:
        return ""
    return ", ".join(filter(None, (document.publisher, document.title, document.edition)))
