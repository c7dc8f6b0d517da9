"""Which callers are told apart, and how much each may ask. Imports no view, as `authentication`."""

import math
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from .allowances import Allowance, allowances

MINUTE = 60
SIGN_IN_SECONDS = 15 * MINUTE
# An office behind one address has many who mistype.
ACCOUNTS_AT_ADDRESS = 10


def address_of(request: Any) -> str:
    """Where a request comes from, as far as its caller cannot choose: of IPv6 only the network is his."""
    text = BaseThrottle().get_ident(request) or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((address.packed[:8] + bytes(8), 64)))


class ReaderThrottle(BaseThrottle):
    """Requests to the API in a minute: of a user, whichever token he sends, or else of an address.

    What is answered from what is kept, and what has not changed (``304``), is not counted.
    """

    def allow_request(self, request: Any, view: Any) -> bool:
        if request.user and request.user.is_authenticated:
            allowance = Allowance(f"user {request.user.pk}", settings.RATE_SIGNED_IN, MINUTE)
            whose = "this account"
        else:
            allowance = Allowance(f"address {address_of(request)}", settings.RATE_ANONYMOUS, MINUTE)
            whose = "this address"
        if wait := math.ceil(allowances().take(allowance)):
            raise Throttled(detail=f"More than {allowance.many} requests in a minute from {whose}.", wait=wait)
        return True


def sign_in_allowances(request: Any, account: str) -> tuple[Allowance, ...]:
    """What an attempt to sign in uses up, whether or not there is such an account."""
    most = settings.SIGN_IN_ATTEMPTS
    return (
        Allowance(f"account {account.casefold()}", most, SIGN_IN_SECONDS),
        Allowance(f"sign in {address_of(request)}", most * ACCOUNTS_AT_ADDRESS, SIGN_IN_SECONDS),
    )
