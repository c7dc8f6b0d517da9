"""The contacts as a table to take away: one row for each line of the answer, in the order of the page."""

from typing import Any

from django.http import HttpRequest

from strategy.core.exports import Sheet

from .answer import ContactsAnswer
from .contact import Contact

COLUMNS = (
    *("part", "role", "code", "name", "about_code", "about", "as_stated", "standing", "remit", "date"),
    *("basis", "reason", "sources", "web_url"),
)


def contacts_sheet(request: HttpRequest, answer: ContactsAnswer) -> Sheet:
    """The file; it is named after the partner and the topic. ``request`` makes addresses absolute."""
    subjects = (answer.partner, answer.topic and answer.topic.record)
    name = "-".join(["contacts", *(subject.code for subject in subjects if subject)])
    return Sheet(name, COLUMNS, (_row(request, contact) for contact in answer.contacts))


def _row(request: HttpRequest, contact: Contact) -> list[Any]:
    about, who = contact.about, contact.who
    linked = who or about
    return [
        contact.part.value,
        contact.role,
        who.code if who else "",
        contact.name,
        about.code if about else "",
        about.label if about else "",
        contact.stated,
        contact.standing_in_full,
        contact.remit,
        contact.dated,
        contact.basis,
        contact.reason,
        contact.sources,
        request.build_absolute_uri(linked.get_absolute_url()) if linked else "",
    ]
