"""The address that readers know the site by, where it stands behind a proxy that knows it by another."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

# Of the proxy's hop, which the public address replaces.
FORWARDED = ("HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_PREFIX")


class PublicAddress(NamedTuple):
    """Scheme, host (with its port if that is not the usual one) and path (without slash at its end) of a site."""

    scheme: str
    host: str
    prefix: str

    @classmethod
    def parse(cls, url: str) -> "PublicAddress":
        """The address in a URL. ValueError for what cannot be one."""
        parts = urlsplit(url)
        usual = {"http": 80, "https": 443}[parts.scheme]
        name = parts.hostname or ""
        name = f"[{name}]" if ":" in name else name
        port = "" if parts.port in (None, usual) else f":{parts.port}"
        return cls(parts.scheme, f"{name}{port}", parts.path.rstrip("/"))


class PublicAddressApplication:
    """A WSGI application that sees every request as sent to the public address, whatever the proxy makes of it.

    Links, redirects, cookies and the check of origins then follow by themselves. A proxy may pass the prefix on or take
    it away.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], address: PublicAddress):
        self.application, self.address = application, address

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        scheme, host, prefix = self.address
        for name in FORWARDED:
            environ.pop(name, None)
        path = environ.get("PATH_INFO", "")
        if prefix and f"{path}/".startswith(f"{prefix}/"):
            path = path.removeprefix(prefix) or "/"
        environ |= {"wsgi.url_scheme": scheme, "HTTP_HOST": host, "SCRIPT_NAME": prefix, "PATH_INFO": path}
        return self.application(environ, start_response)
