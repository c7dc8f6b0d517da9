"""Addresses that lead out of a snapshot."""

from django.urls import get_script_prefix

from .reading import current_snapshot


def site_prefix() -> str:
    """The path that the site is served under, whichever snapshot is read."""
    snapshot = current_snapshot()
    return get_script_prefix().removesuffix(snapshot.prefix) if snapshot else get_script_prefix()


def in_present(address: str) -> str:
    """The same address of this site for the live content."""
    prefix = get_script_prefix()
    return f"{site_prefix()}{address.removeprefix(prefix)}" if address.startswith(prefix) else address
