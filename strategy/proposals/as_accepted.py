"""The site as it would be after a proposal, at the same addresses below ``/if-accepted/<proposal>-<version>/``."""

import re
from collections import defaultdict

from ..core.params import BadParametersError
from ..core.snapshots import Snapshot
from ..models.content_version import content_version
from ..snapshots import SnapshotKind, register_kind
from ..snapshots.build import Images
from .dry_run import Preview
from .models import Proposal

PATH, LABEL = "if-accepted", "proposal"
VALUE = re.compile(r"([0-9]{1,18})-([0-9]{1,19})")


def path_of(proposal: Proposal) -> str:
    """The path below which the site is as it would be; the version changes when the preview is made anew."""
    return f"{PATH}/{proposal.pk}-{proposal.base_version}/"


def find(value: str) -> Snapshot:
    """The snapshot of an open proposal, as long as its preview is one of the content of now."""
    match = VALUE.fullmatch(value)
    proposal = Proposal.objects.filter(pk=match[1], status=Proposal.Status.OPEN).first() if match else None
    if match is None or proposal is None:
        raise BadParametersError({LABEL: ["There is no open proposal at this address."]})
    if int(match[2]) != proposal.base_version or proposal.base_version != content_version():
        problem = f"The content was changed since this preview. Open proposal {proposal.pk}, and preview it again."
        raise BadParametersError({LABEL: [problem]})
    return Snapshot(path_of(proposal), proposal.base_version, title=proposal.title)


def read_images(snapshot: Snapshot) -> Images:
    """The rows that the proposal changes, as they would be."""
    proposal = Proposal.objects.get(pk=snapshot.prefix.removeprefix(f"{PATH}/").partition("-")[0])
    images: Images = defaultdict(dict)
    for difference in Preview.from_json(proposal.preview).differences():
        images[difference.change.table][difference.change.row] = difference.after
    return images


register_kind(SnapshotKind(PATH, LABEL, find, read_images, for_editors=True))
