"""The offices as a tree: each under the office it is part of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..models import Office, OfficeRelation

Kind = OfficeRelation.Kind
# Said of the page's office, toward the other one.
WORDS = {
    Kind.PART_OF: "also part of",
    Kind.MEMBER_OF: "member of",
    Kind.PRESENTED_TO: "presented to",
    Kind.SUCCEEDED_BY: "succeeded by",
}


@dataclass
class OfficeNode:
    """An office in the tree.

    ``relation`` ties it to the node above, None at the top. ``others`` are its relations to offices elsewhere, each
    with its words. ``below`` are the offices that are part of it.
    """

    office: Any
    relation: OfficeRelation | None = None
    others: list[tuple[str, OfficeRelation]] = field(default_factory=list)
    below: list["OfficeNode"] = field(default_factory=list)

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "OfficeNode"]]:
        """This node and all below it, each with its depth, in the order of the page."""
        yield depth, self
        for node in self.below:
            yield from node.walk(depth + 1)


def read_tree(notional: str) -> list[OfficeNode]:
    """The nodes at the top, in two queries. An office that is part of several stands under the first by code.

    ``notional`` is a value of ``Notional``.
    """
    nodes = {office.pk: OfficeNode(office) for office in Office.objects.visible(notional).with_tasking_counts()}
    relations = OfficeRelation.objects.filter(office__in=nodes, other__in=nodes).select_related("other")
    by_office: dict[int, list[OfficeRelation]] = defaultdict(list)
    for relation in relations.order_by("other__code_order", "other__code"):
        by_office[relation.office_id].append(relation)
    tops: list[OfficeNode] = []
    for pk, node in nodes.items():
        node.relation = next((row for row in by_office[pk] if row.kind == Kind.PART_OF), None)
        node.others = [(WORDS[Kind(row.kind)], row) for row in by_office[pk] if row is not node.relation]
        (nodes[node.relation.other_id].below if node.relation else tops).append(node)
    # What is the top of much comes before what stands alone.
    return sorted(tops, key=lambda node: not node.below)
