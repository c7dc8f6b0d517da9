"""One factory a model: ``goal()``, ``activity(line_of_effort=...)``, ``assignment(role="lead")``.

Every row is valid and saved, with what it needs made around it. Not sample content: the words mean nothing,
and links nobody needs are left out.
"""

from itertools import count
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model

from lines_of_effort import models as loe
from partners import models as partners
from strategy import models as base
from strategy.core.models import CodedModel

M = TypeVar("M", bound=Model)


class Factories(dict[type[Model], "Factory"]):
    """Factories by their models."""

    def __missing__(self, model: type[Model]) -> "Factory":
        name = model.__name__
        raise LookupError(f"{name} has no factory: add `{name.lower()} = Factory(...)` to tests/support/factories.py.")


class Factory(Generic[M]):
    """Makes rows of one model.

    A default may be another factory (called when the value is not given), a function of the running number,
    or a text with ``{n}`` in it. What is made around a notional record is notional.
    """

    of: ClassVar[Factories] = Factories()

    def __init__(self, model: type[M], **defaults: Any):
        self.model, self.defaults, self.numbers = model, defaults, count(1)
        self.of[model] = self

    def __call__(self, **values: Any) -> M:
        n = next(self.numbers)
        notional = values.get("notional", any(isinstance(v, CodedModel) and v.notional for v in values.values()))
        if issubclass(self.model, CodedModel):
            values = {"code": f"{self.model.__name__.upper()}-{n}", "notional": notional} | values
        else:
            values.pop("notional", None)
        if issubclass(self.model, base.OfStrategy) and "strategy" not in values:
            values["strategy"] = the_strategy(notional=notional)
        for name, default in self.defaults.items():
            if name not in values:
                values[name] = self._made(default, n, notional)
        many = {f.name: values.pop(f.name) for f in self.model._meta.many_to_many if f.name in values}
        row = self.model(**values)
        row.full_clean()
        row.save()
        for name, others in many.items():
            getattr(row, name).set(others)
        return row

    @staticmethod
    def _made(default: Any, n: int, notional: bool) -> Any:
        if isinstance(default, Factory):
            return default(notional=notional)
        if callable(default):
            return default(n)
        return default.format(n=n) if isinstance(default, str) else default


# ---- strategy ------------------------------------------------------------------------------------------------------

strategy = Factory(base.Strategy, title="Strategy {n}")


def the_strategy(*, notional: bool = False) -> base.Strategy:
    """The one strategy that records of a test share unless they name another."""
    return base.Strategy.objects.filter(notional=notional).first() or strategy(notional=notional)


strategy_name = Factory(base.StrategyName, strategy=strategy, kind="title", value="Name {n}")
strategy_date = Factory(base.StrategyDate, strategy=strategy, kind="released", date="2025-06")
# Beyond the numbers of the shipped chapters, since both may stand in one strategy.
chapter = Factory(base.Chapter, number=lambda n: 100 + n, title="Chapter {n}")
passage = Factory(base.Passage, kind="vision", text="Passage {n}.")
related_document = Factory(base.RelatedDocument, title="Document {n}", relation="stands beside it")
timeline_event = Factory(base.TimelineEvent, date="2025-06", text="Event {n}.")
goal = Factory(base.Goal, order=int, title="Goal {n}", statement="What is to be.")
means = Factory(base.Means, title="Means {n}", description="What it is done with.", kind="people")
term = Factory(base.Term, term="term {n}", definition="What it means.")
office = Factory(base.Office, name="Office {n}", echelon="hq_staff", link="named")
office_name = Factory(base.OfficeName, office=office, value="Office name {n}", kind="former")
office_event = Factory(base.OfficeEvent, office=office, date="2025-01", status="existing", as_stated="stood up")
office_relation = Factory(base.OfficeRelation, office=office, kind="part_of", other=office)
mention = Factory(base.Mention, kind="authorship", verb="wrote", office_as_stated="Office {n}")
risk = Factory(base.Risk, title="Risk {n}", description="What could stop it.")
mitigation = Factory(base.Mitigation, title="Mitigation {n}", description="What is done.", content="described")
stakeholder = Factory(base.Stakeholder, name="Stakeholder {n}")


indicator = Factory(base.Indicator, goal=goal, title="Indicator {n}")
office_head = Factory(base.OfficeHead, office=office, person="Person {n}", status="holds", as_of="2025")
topic = Factory(base.Topic, name="Topic {n}", description="What it is about.")
office_topic = Factory(base.OfficeTopic, office=office, topic=topic)
recommendation = Factory(
    base.Recommendation,
    reviewer="Reviewer {n}",
    report="Report",
    number=int,
    title="Recommendation {n}",
    statement="What is recommended.",
    addressee="Addressee {n}",
    status="open",
)
recommendation_office = Factory(base.RecommendationOffice, recommendation=recommendation, office=office)
recommendation_risk = Factory(base.RecommendationRisk, recommendation=recommendation, risk=risk)

source = Factory(base.Source, publisher="Publisher {n}", url="https://example.org/{n}")
citation = Factory(base.Citation, record=goal, source=source, basis="summary")
conflict = Factory(base.Conflict, topic="Topic {n}", reading="What is used.")
conflict_position = Factory(base.ConflictPosition, conflict=conflict, order=int, value="Claim {n}")
silence = Factory(base.Silence, kind="not_stated", statement="What is not said.")
observation = Factory(base.Observation, kind="external_finding", text="What others found.")
synonym = Factory(base.Synonym, same="acronym {n}; what acronym {n} stands for")
subject = Factory(base.Subject, conflict=conflict, record=goal)

# ---- lines of effort -----------------------------------------------------------------------------------------------

line_of_effort = Factory(loe.LineOfEffort, order=int, title="Line {n}", objective="What the line is for.")
line_goal = Factory(loe.LineGoal, line_of_effort=line_of_effort, goal=goal, strength="direct")
line_example = Factory(loe.LineExample, line_of_effort=line_of_effort, text="Example {n}")
process_stage = Factory(loe.ProcessStage, order=int, title="Stage {n}")
activity = Factory(loe.Activity, title="Activity {n}", kind="assigned_task")
activity_goal = Factory(loe.ActivityGoal, activity=activity, goal=goal)
activity_stage = Factory(loe.ActivityStage, activity=activity, stage=process_stage)
activity_means = Factory(loe.ActivityMeans, activity=activity, means=means)
activity_risk = Factory(loe.ActivityRisk, activity=activity, risk=risk)
activity_recommendation = Factory(loe.ActivityRecommendation, activity=activity, recommendation=recommendation)
activity_topic = Factory(loe.ActivityTopic, activity=activity, topic=topic)
assignment = Factory(loe.Assignment, activity=activity, office=office, role="lead")

# ---- partners ------------------------------------------------------------------------------------------------------


def free_relation(_: int) -> str:
    """A relation no kind explains yet: each is explained once, so there are no more kinds than relations."""
    file_rows = partners.PartnerKind.objects.values_list("relation", flat=True)
    return next(value for value, _ in partners.Partner._meta.get_field("relation").choices if value not in file_rows)


partner_kind = Factory(
    partners.PartnerKind, relation=free_relation, definition="What it means.", named_in_strategy="unknown"
)
partner = Factory(partners.Partner, name="Partner {n}", kind="nation", relation="partner")
partner_name = Factory(partners.PartnerName, partner=partner, value="Partner name {n}", kind="former")
framework = Factory(partners.Framework, name="Framework {n}", kind="forum")
framework_count = Factory(partners.FrameworkCount, framework=framework, as_of="2025", counted="nations", count=3)
membership = Factory(partners.Membership, framework=framework, partner=partner, role="member")
membership_stage = Factory(partners.MembershipStage, membership=membership, stage="invited", date="2025")
agreement = Factory(partners.Agreement, framework=framework, nation=partner, counterpart_as_stated="Counterpart {n}")
series = Factory(partners.Series, name="Series {n}")
engagement = Factory(partners.Engagement, name="Engagement {n}", kind="exercise", status="done")
engagement_host = Factory(partners.EngagementHost, engagement=engagement, partner=partner)
participation = Factory(partners.Participation, engagement=engagement, partner=partner, role="participant")
framework_topic = Factory(partners.FrameworkTopic, framework=framework, topic=topic)
engagement_topic = Factory(partners.EngagementTopic, engagement=engagement, topic=topic)
partner_topic = Factory(partners.PartnerTopic, partner=partner, topic=topic)
