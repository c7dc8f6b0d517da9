"""Attribution: whether what a record says may be credited to the strategy it belongs to."""

from ..core.models import CodedModel, YesNoUnknown
from ..models import Strategy


def is_attributed(record: CodedModel, strategy: Strategy) -> bool:
    """Whether the record rests on the text by which the strategy itself is known: the official one, or its summary.

    What stronger or weaker sources add is not the strategy's, nor is what only may stand in it.
    """
    in_strategy = getattr(record, "in_strategy", YesNoUnknown.YES)
    return getattr(record, "basis", "") == strategy.basis and in_strategy == YesNoUnknown.YES
