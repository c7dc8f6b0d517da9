"""Whom a partner talks to, in the API: who is named, who is not, and the nearest, marked as our reading."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core.api import analysis
from strategy.core.exports import Sheet
from strategy.core.models import Basis, CodedModel
from strategy.core.openapi import NOTIONAL, describe_analysis, named_code_schema, parameter
from strategy.models import Silence

from .lines import AnswerPart, Contact
from .views import Asked, asked_for, sheet, title_of


class ContactSerializer(serializers.Serializer):
    """One line of the answer. Where ``who`` is null no single record is named; ``named`` says if anybody is."""

    part = serializers.ChoiceField(choices=[part.value for part in AnswerPart])
    role = serializers.CharField(allow_blank=True)
    named = serializers.BooleanField()
    name = serializers.CharField()
    who = analysis.NamedSerializer(allow_null=True)
    about = analysis.NamedSerializer(allow_null=True)
    as_stated = serializers.CharField(allow_blank=True)
    standing = serializers.CharField(allow_blank=True)
    date = serializers.CharField(allow_blank=True)
    basis = serializers.ChoiceField(choices=Basis.choices, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    sources = analysis.CitedSerializer(many=True)
    conflicts = analysis.NamedSerializer(many=True)


class NotStatedSerializer(analysis.NamedSerializer):
    """What no source says, and of which records."""

    kind = serializers.ChoiceField(choices=Silence.Kind.choices)
    about = serializers.ListField(child=serializers.CharField())


@extend_schema_serializer(many=False)
class ContactsSerializer(serializers.Serializer):
    """The answer in the order of the page. Nothing in it assigns anything: what is our reading says so."""

    web_url = serializers.URLField()
    title = serializers.CharField()
    partner = analysis.NamedSerializer(allow_null=True)
    topic = analysis.NamedSerializer(allow_null=True)
    complete = serializers.BooleanField()
    contacts = ContactSerializer(many=True)
    not_stated = NotStatedSerializer(many=True)
    conflicts = analysis.NamedSerializer(many=True)
    observations = analysis.NamedSerializer(many=True)


@describe_analysis(
    "Whom a partner talks to",
    ContactsSerializer,
    parameter(
        "partner",
        "Code of the foreign nation or organisation that asks.",
        **named_code_schema("foreign"),
        example="AUS",
    ),
    parameter("topic", "Code of a line of effort, stage or activity.", **named_code_schema("topic"), example="IPS-L1"),
    NOTIONAL,
)
class ContactsViewSet(analysis.AnalysisViewSet):
    """Whom a partner talks to about a topic: who is named, whom it has on its own side, what is done together."""

    def get_result(self, request: Any) -> Asked:
        return asked_for(request, self.extra, blank=False)

    def get_sheet(self, request: Any, result: Asked) -> Sheet:
        return sheet(request, result.answer)

    def serialize(self, request: Any, result: Asked) -> dict[str, Any]:
        at, given = analysis.RecordURLs(request), result.answer
        return {
            "web_url": at.of_page("contacts", self.extra),
            "title": title_of(given),
            "partner": at.record(given.partner) if given.partner else None,
            "topic": at.record(given.topic.record) if given.topic else None,
            "complete": not (given.topic and given.topic.more),
            "contacts": [_contact(contact, at) for contact in given.contacts],
            "not_stated": [_silence(*pair, at) for pair in given.silences],
            "conflicts": [at.record(one) for one in given.conflicts],
            "observations": [at.record(one) for one in given.observations],
        }


def _contact(contact: Contact, at: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "part": contact.part.value,
        "role": contact.role,
        "named": contact.is_named,
        "name": contact.name,
        "who": at.record(contact.who) if contact.who else None,
        "about": at.record(contact.about) if contact.about else None,
        "as_stated": contact.stated,
        "standing": contact.standing_in_full,
        "date": contact.dated,
        "basis": contact.basis,
        "reason": contact.reason,
        "sources": [at.citation(one) for one in contact.citations],
        "conflicts": [at.record(one) for one in contact.conflicts],
    }


def _silence(silence: Silence, about: list[CodedModel], at: analysis.RecordURLs) -> dict[str, Any]:
    return at.record(silence) | {"kind": silence.kind, "about": [record.code for record in about]}
