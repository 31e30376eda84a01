"""
Stands where Amazon stands: in front of a search server, letting through only what is signed as AWS Signature Version 4
asks. It is no copy of Amazon's service. What it does for real: it computes each request's signature anew with botocore,
from what arrived on the wire, and compares; it checks access key, session token and its expiry, region, service, the
five minutes, the payload's hash, and that host, date and all X-Amz- headers are signed. Answers to refused requests have
Amazon's status and form. Good requests go on to the upstream server, without their Authorization, otherwise unchanged.

Keys are those in the configuration, and with `sts` those that moto's token service, started here as well, has given out.

Reads its configuration as JSON from standard input, prints `{"port": ..., "stsPort": ...}`, and serves until killed:
  {"upstream": "http://127.0.0.1:9200", "region": "eu-central-1", "service": "es", "sts": false,
   "keys": [{"accessKeyId": "...", "secretAccessKey": "...", "sessionToken": null, "expires": null}]}
"""

import hashlib
import hmac
import http.client
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Optional
from urllib.parse import unquote, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SKEW = timedelta(minutes=5)
FORM = "%Y%m%dT%H%M%SZ"
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[^/,\s]+)/(?P<service>[^/,\s]+)/aws4_request, *"
    r"SignedHeaders=(?P<headers>[a-z0-9;_-]+), *Signature=(?P<signature>[0-9a-f]{64})"
)
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization"}


class Key(NamedTuple):
    key_id: str
    secret: str
    token: Optional[str]
    expires: Optional[datetime]


class Refused(Exception):
    """Carries what the client is told."""


class Verifier:
    def __init__(self, config):
        self.region = config["region"]
        self.service = config["service"]
        self.keys = {
            key["accessKeyId"]: Key(
                key["accessKeyId"],
                key["secretAccessKey"],
                key.get("sessionToken"),
                datetime.fromisoformat(key["expires"].replace("Z", "+00:00")) if key.get("expires") else None,
            )
            for key in config["keys"]
        }
        self.sts = config.get("sts", False)

    def verify(self, method, target, headers, body):
        given = headers.get("authorization")
        if given is None:
            raise Refused("Missing Authentication Token")
        parts = AUTHORIZATION.fullmatch(given)
        if parts is None:
            raise Refused("Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.")
        key = self.key_of(parts["key"], headers.get("x-amz-security-token"))
        sent = self.check_time(headers, parts["date"])
        if parts["region"] != self.region:
            raise Refused(f"Credential should be scoped to a valid region, not '{parts['region']}'.")
        if parts["service"] != self.service:
            raise Refused(f"Credential should be scoped to correct service: '{self.service}'.")
        signed = parts["headers"].split(";")
        self.check_headers(signed, headers, body)
        self.check_signature(parts["signature"], key, sent, signed, (method, target, headers, body))

    def key_of(self, key_id, token):
        key = self.keys.get(key_id) or (self.issued_key(key_id) if self.sts else None)
        if key is None or (key.token or "") != (token or ""):
            raise Refused("The security token included in the request is invalid.")
        if key.expires is not None and key.expires <= datetime.now(timezone.utc):
            raise Refused("The security token included in the request is expired")
        return key

    @staticmethod
    def issued_key(key_id):
        from moto.sts.models import sts_backends

        for account in list(sts_backends.values()):
            for backend in list(account.values()):
                role = backend.get_assumed_role_from_access_key(key_id)
                if role is not None:
                    expires = role.expiration.replace(tzinfo=timezone.utc)
                    return Key(key_id, role.secret_access_key, role.session_token, expires)
        return None

    @staticmethod
    def check_time(headers, date):
        stamp = headers.get("x-amz-date", "")
        try:
            sent = datetime.strptime(stamp, FORM).replace(tzinfo=timezone.utc)
        except ValueError:
            raise Refused("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.") from None
        now = datetime.now(timezone.utc)
        if sent < now - SKEW:
            raise Refused(f"Signature expired: {stamp} is now earlier than {(now - SKEW).strftime(FORM)} ({now.strftime(FORM)} - 5 min.)")
        if sent > now + SKEW:
            raise Refused(f"Signature not yet current: {stamp} is still later than {(now + SKEW).strftime(FORM)} ({now.strftime(FORM)} + 5 min.)")
        if not stamp.startswith(date):
            raise Refused(f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != '{stamp[:8]}'.")
        return stamp

    def check_headers(self, signed, headers, body):
        must = {"host", "x-amz-date"} | {name for name in headers if name.startswith("x-amz-")}
        missing = sorted(must - set(signed))
        if missing:
            raise Refused(f"'{missing[0]}' must be a 'SignedHeader' in the AWS Authorization.")
        if self.service == "aoss" and "content-length" in signed:
            raise Refused("'Content-Length' cannot be a signed header.")
        told = headers.get("x-amz-content-sha256")
        if told is None and self.service == "aoss":
            raise Refused("The 'x-amz-content-sha256' header is required.")
        if told is not None and told != hashlib.sha256(body).hexdigest():
            raise Refused("The provided 'x-amz-content-sha256' header does not match what was computed.")

    def check_signature(self, signature, key, stamp, signed, request):
        method, target, headers, body = request
        parts = urlsplit("http://" + headers["host"] + target)
        query = [pair.partition("=")[::2] for pair in parts.query.split("&") if pair]
        copy = AWSRequest(
            method=method,
            # The path as it came; botocore encodes it once more, as Amazon does.
            url=f"http://{headers['host']}{parts.path}",
            params=[(unquote(name), unquote(value)) for name, value in query],
            headers={name: headers.get(name, "") for name in signed},
            data=body,
        )
        copy.context["timestamp"] = stamp
        auth = SigV4Auth(Credentials(key.key_id, key.secret, key.token), self.service, self.region)
        canonical = auth.canonical_request(copy)
        if not hmac.compare_digest(auth.signature(auth.string_to_sign(copy, canonical), copy), signature):
            raise Refused(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                "Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String "
                f"for this request should have been\n'{canonical}'\n"
            )


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    verifier = None
    upstream = None

    def answer(self):
        headers = {name.lower(): value for name, value in self.headers.items()}
        if "transfer-encoding" in headers:
            return self.reply(411, b'{"message":"Length required"}')
        body = self.rfile.read(int(headers.get("content-length", "0")))
        try:
            self.verifier.verify(self.command, self.path, headers, body)
        except Refused as refused:
            return self.reply(403, json.dumps({"message": str(refused)}).encode())
        return self.forward(body)

    def forward(self, body):
        connection = http.client.HTTPConnection(self.upstream, timeout=120)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in HOP_BY_HOP | {"authorization"}:
                    connection.putheader(name, value)
            connection.endheaders(body or None)
            response = connection.getresponse()
            content = response.read()
            headers = [(name, value) for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP]
            return self.reply(response.status, content, headers)
        except OSError as error:
            return self.reply(502, json.dumps({"message": f"The upstream server failed: {error}"}).encode())
        finally:
            connection.close()

    def reply(self, status, content, headers=(("content-type", "application/json"),)):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() != "content-length" or self.command == "HEAD":
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        """Says nothing: standard error is for faults."""

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer


class Server(ThreadingHTTPServer):
    daemon_threads = True


def start_sts():
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    return server.get_host_and_port()[1]


def main():
    config = json.loads(sys.stdin.read())
    Handler.verifier = Verifier(config)
    Handler.upstream = urlsplit(config["upstream"]).netloc
    server = Server(("127.0.0.1", 0), Handler)
    sts_port = start_sts() if config.get("sts") else None
    print(json.dumps({"port": server.server_address[1], "stsPort": sts_port}), flush=True)
    server.serve_forever()


main()
