"""The site behind a real nginx: TLS, compression, a path prefix and a load balancer's cookie."""

import gzip
import re
import ssl
import subprocess
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.support.html import parse

from .packages import debian_program
from .report import FailedError, require, run, say

PAGES = 300
CONFIGURATION = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  gzip on; gzip_proxied any; gzip_min_length 1; gzip_types *;
  server {{
    listen 127.0.0.1:{port} ssl; server_name localhost;
    ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
    location /kb/ {{
      proxy_pass http://127.0.0.1:{inner}/;
      proxy_set_header Accept-Encoding "";
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      add_header Set-Cookie "LB=$request_id; Path=/";
    }}
  }}
}}
"""


class Visitor:
    """A client that keeps the load balancer's cookie and asks for compressed answers."""

    def __init__(self, port: int, certificate: Path):
        self.port, self.context = port, ssl.create_default_context(cafile=str(certificate))
        self.cookie = ""

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPSConnection("localhost", self.port, context=self.context, timeout=60)
        sent = {"Accept-Encoding": "gzip", "Cookie": self.cookie}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body, found = answer.read(), dict(answer.getheaders())
        connection.close()
        self.cookie = found.get("Set-Cookie", self.cookie).partition(";")[0]
        return answer.status, found, gzip.decompress(body) if found.get("Content-Encoding") == "gzip" else body


@contextmanager
def nginx(folder: Path, port: int, inner: int) -> Iterator[Path]:
    """nginx before the site at ``inner``; its certificate."""
    program = debian_program("nginx", "nginx-light")
    certificate = folder / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    keys = ["-keyout", str(folder / "key.pem"), "-out", str(certificate)]
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *keys, *subject)
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, inner=inner))
    server = subprocess.Popen([program, "-e", str(folder / "error.log"), "-c", str(configuration)])
    try:
        time.sleep(1)
        if server.poll() is not None:
            raise FailedError(f"nginx did not start: {(folder / 'error.log').read_text()[-400:]}")
        yield certificate
    finally:
        server.terminate()
        server.wait()


def links(text: str, here: str) -> Iterator[str]:
    page = parse(text)
    for selector, attribute in (("[href]", "href"), ("[src]", "src"), ("form", "action")):
        for value in page.values(selector, attribute):
            if value and not value.startswith(("#", "mailto:")):
                yield urljoin(here, value).partition("#")[0]


def check(folder: Path, port: int, inner: int) -> None:
    """Follows links from the first page, a few of each kind, and asks again for everything it was given a tag of."""
    public = f"https://localhost:{port}/kb/"
    with nginx(folder, port, inner) as certificate:
        visitor = Visitor(port, certificate)
        waiting, seen, kinds = deque([public]), {public}, dict[str, int]()
        tagged = read = compressed = 0
        while waiting and read < PAGES:
            address = waiting.popleft()
            path = urlsplit(address)._replace(scheme="", netloc="").geturl()
            kind = re.sub(r"[^/?&=]*[0-9A-Z][^/?&=]*", "*", path)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] > 3:
                continue
            status, headers, body = visitor.ask(path)
            if status in (301, 302):
                target = urljoin(address, headers["Location"])
                require(target.startswith(public), f"{path} leads to {target}")
                continue
            read += 1
            require(status == 200, f"{path} is answered with {status}")
            compressed += headers.get("Content-Encoding") == "gzip"
            if tag := headers.get("ETag"):
                again, _, _ = visitor.ask(path, If_None_Match=tag)
                require(again == 304, f"{path} with its tag {tag} is answered with {again}")
                tagged += 1
            if not headers["Content-Type"].startswith("text/html"):
                continue
            for link in links(body.decode(), address):
                if urlsplit(link).hostname in ("localhost", "127.0.0.1"):
                    require(link.startswith(public), f"the wrong link {link} on {path}")
                    if link not in seen and "/admin/" not in link and "my-office" not in link:
                        seen.add(link)
                        waiting.append(link)
        require(tagged > read * 0.9, f"only {tagged} of {read} addresses have a tag")
        words = f"{read} addresses below /kb/, no wrong link, {compressed} compressed, {tagged} answered with 304"
        say("ok", f"nginx with TLS, compression, a prefix and a load balancer's cookie: {words}")
