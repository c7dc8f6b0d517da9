"""The contacts in the API: whom a partner talks to about a topic."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from strategy.core.api import analysis
from strategy.core.exports import Sheet
from strategy.core.models import Basis, CodedModel
from strategy.core.openapi import NOTIONAL, describe_analysis, named_code_schema, parameter
from strategy.models import Silence

from .answer import ContactsAnswer
from .contact import AnswerPart, Contact
from .request import ContactsParams
from .sheet import contacts_sheet


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
    remit = serializers.CharField(allow_blank=True)
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
    """The answer in the order of the page. Nothing in it assigns anything: what is inferred says so."""

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
        "Code of the foreign nation or organization that asks.",
        **named_code_schema("foreign"),
        example="AUS",
    ),
    parameter(
        "topic",
        "Code of a subject topic, line of effort, stage or activity.",
        **named_code_schema("askable"),
        example="TOP-SDA",
    ),
    NOTIONAL,
)
class ContactsViewSet(analysis.AnalysisViewSet):
    """Whom a partner talks to about a topic: who is named, whom it has on its own side, what is done together."""

    def get_result(self, request: Any) -> ContactsAnswer:
        return ContactsParams.from_query(request.GET, self.extra, blank=False).answer()

    def get_sheet(self, request: Any, result: ContactsAnswer) -> Sheet:
        return contacts_sheet(request, result)

    def serialize(self, request: Any, result: ContactsAnswer) -> dict[str, Any]:
        urls = analysis.RecordURLs(request)
        return {
            "web_url": urls.of_page("contacts", self.extra),
            "title": result.title,
            "partner": urls.record(result.partner) if result.partner else None,
            "topic": urls.record(result.topic.record) if result.topic else None,
            "complete": not (result.topic and result.topic.more),
            "contacts": [_contact(contact, urls) for contact in result.contacts],
            "not_stated": [_silence(silence, about, urls) for silence, about in result.silences],
            "conflicts": [urls.record(conflict) for conflict in result.conflicts],
            "observations": [urls.record(observation) for observation in result.observations],
        }


def _contact(contact: Contact, urls: analysis.RecordURLs) -> dict[str, Any]:
    return {
        "part": contact.part.value,
        "role": contact.role,
        "named": contact.is_named,
        "name": contact.name,
        "who": urls.record(contact.who) if contact.who else None,
        "about": urls.record(contact.about) if contact.about else None,
        "as_stated": contact.stated,
        "standing": contact.standing_in_full,
        "remit": contact.remit,
        "date": contact.dated,
        "basis": contact.basis,
        "reason": contact.reason,
        "sources": [urls.citation(citation) for citation in contact.citations],
        "conflicts": [urls.record(conflict) for conflict in contact.conflicts],
    }


def _silence(silence: Silence, about: list[CodedModel], urls: analysis.RecordURLs) -> dict[str, Any]:
    return urls.record(silence) | {"kind": silence.kind, "about": [record.code for record in about]}
