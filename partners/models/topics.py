"""The subject topics of frameworks, engagements and partners."""

from django.db import models

from strategy.models import Topic, TopicLink

from ..querysets import PartnerTopicQuerySet
from .engagements import Engagement
from .frameworks import Framework
from .partners import Partner


class FrameworkTopic(TopicLink):
    """A subject topic a framework is about."""

    parent_field = "framework"

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="framework_links")

    class Meta:
        ordering = ["framework_id", "weight", "topic_id"]
        constraints = [models.UniqueConstraint(fields=["framework", "topic"], name="unique_framework_topic")]


class EngagementTopic(TopicLink):
    """A subject topic an engagement is about."""

    parent_field = "engagement"

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="engagement_links")

    class Meta:
        ordering = ["engagement_id", "weight", "topic_id"]
        constraints = [models.UniqueConstraint(fields=["engagement", "topic"], name="unique_engagement_topic")]


class PartnerTopic(TopicLink):
    """A subject topic on which a partner is the national counterpart to talk to."""

    parent_field = "partner"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="partner_links")

    objects = PartnerTopicQuerySet.as_manager()

    class Meta:
        ordering = ["partner_id", "weight", "topic_id"]
        constraints = [models.UniqueConstraint(fields=["partner", "topic"], name="unique_partner_topic")]
