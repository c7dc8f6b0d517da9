"""Subject topics: what people ask about, whatever line of effort it stands under; and the offices for them."""

from django.db import models

from .base import ReasonedLink, Record
from .offices import Office
from .topic_querysets import TopicLinkQuerySet


class Topic(Record):
    """A subject that staff and partners ask about, such as training, in the words they use for it."""

    label_field = "name"
    search_fields = ("name", "description", "words")

    name = models.CharField(max_length=200)
    description = models.TextField()
    words = models.TextField("other words for it", blank=True, help_text="Words people ask by, one a line.")

    @property
    def spoken_name(self) -> str:
        """The name within a sentence."""
        return self.name[:1].lower() + self.name[1:]

    def also_called(self) -> list[str]:
        return self.words.splitlines()


class TopicLink(ReasonedLink):
    """A record's link to a subject topic. Never an assignment."""

    class Weight(models.TextChoices):
        """How much the record has to do with the topic; in order of the values, the main ones come first."""

        MAIN = "main", "Main"
        PART = "part", "Has a part in it"

    key_fields = ("topic",)

    topic: models.ForeignKey
    weight = models.CharField(max_length=4, choices=Weight, default=Weight.PART, db_index=True)

    objects = TopicLinkQuerySet.as_manager()

    class Meta:
        abstract = True


class OfficeTopic(TopicLink):
    """An office to ask about a topic, by its remit."""

    parent_field = "office"

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="office_links")

    class Meta:
        ordering = ["office_id", "weight", "topic_id"]
        constraints = [models.UniqueConstraint(fields=["office", "topic"], name="unique_office_topic")]
