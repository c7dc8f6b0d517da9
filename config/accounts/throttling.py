"""Throttles: how callers are told apart, and how much each may ask. Imports no view, as `authentication`."""

import math
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.throttling import BaseThrottle

from .token_bucket import RateLimit, token_buckets

MINUTE = 60
SIGN_IN_SECONDS = 15 * MINUTE
# An office behind one address has many who mistype.
ACCOUNTS_AT_ADDRESS = 10
# Nobody at one address can shut the owner of an account out at another.
ADDRESSES_OF_ACCOUNT = 10


def client_address(request: Any) -> str:
    """The address a request comes from; of IPv6 only the network, whose addresses its owner chooses among."""
    text = BaseThrottle().get_ident(request) or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ip_network((address.packed[:8] + bytes(8), 64)))


def count_request(request: Any, user: Any) -> tuple[int, str]:
    """Counts a request of a user, whichever token he sends, or else of an address: pages, files and API together.

    Gives the seconds to wait, 0 for none, and the sentence that says why. What the response cache answers, and what
    has not changed (``304``), does not come here.
    """
    if user and user.is_authenticated:
        rate = RateLimit(f"user {user.pk}", settings.RATE_SIGNED_IN, MINUTE)
        caller = "this account"
    else:
        rate = RateLimit(f"address {client_address(request)}", settings.RATE_ANONYMOUS, MINUTE)
        caller = "this address"
    wait = math.ceil(token_buckets().take(rate))
    return wait, f"More than {rate.limit} requests in a minute from {caller}."


class ReaderThrottle(BaseThrottle):
    """The limit of requests for the API's views; for everything else config/middleware/limits.py has it."""

    def allow_request(self, request: Any, view: Any) -> bool:
        wait, sentence = count_request(request, request.user)
        if wait:
            raise Throttled(detail=sentence, wait=wait)
        return True


def sign_in_limits(request: Any, account: str) -> tuple[RateLimit, ...]:
    """The limits that an attempt to sign in counts toward, whether or not there is such an account.

    In the order to be asked in: what an earlier one refuses must not be counted toward a later one.
    """
    limit, address, account = settings.SIGN_IN_ATTEMPTS, client_address(request), account.casefold()
    return (
        RateLimit(f"account {account} at {address}", limit, SIGN_IN_SECONDS),
        RateLimit(f"sign in {address}", limit * ACCOUNTS_AT_ADDRESS, SIGN_IN_SECONDS),
        RateLimit(f"account {account}", limit * ADDRESSES_OF_ACCOUNT, SIGN_IN_SECONDS),
    )
