#!/usr/bin/env python3
"""Keeps a token of a PagerDuty OAuth application in the file that nginx or Caddy includes.

Run it every few minutes (pagerduty-token.timer does). It asks for a new token when half of the old one's life is over, or when
PagerDuty refuses the old one; the old one stays in the file until the new one has worked. Secrets are never printed.

Settings, from the environment:
  PD_CLIENT_ID           of the OAuth application
  PD_CLIENT_SECRET_FILE  the file that holds its secret; by default "client-secret" of systemd's credentials
  PD_SUBDOMAIN           acme, of acme.pagerduty.com
  PD_REGION              us (default) or eu
  PD_SCOPE               what the token may do; by default what web/src/transport/credentials.ts asks
  PD_TOKEN_FILE          the file to write
  PD_FORMAT              nginx (default) or caddy
  PD_RELOAD              the command that makes the server read the file, without quotes in it; none by default
  PD_GROUP               the file's group; by default that of the process
  PD_IDENTITY, PD_API    other addresses, for tests

Exit codes:
  0  the file holds a token that works
  1  PagerDuty could not be reached or failed: nothing was changed, the next run tries again
  2  the settings are wrong
  3  PagerDuty refused the client, or the token that it gave: nothing was changed
  4  the new token is in the file, but the server could not be reloaded: the next run tries that again
"""
import datetime
import grp
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

DEFAULT_SCOPE = (
    "abilities.read analytics.read change_events.read escalation_policies.read incidents.read incidents.write oncalls.read "
    "priorities.read schedules.read services.read standards.read teams.read users.read"
)
LINES = {
    "nginx": 'proxy_set_header Authorization "Bearer {token}";\n',
    "caddy": 'header_up Authorization "Bearer {token}"\n',
}
IN_FILE = re.compile(r'# from (\d+) until (\d+)\n.*"Bearer ([^"]+)"', re.S)
# No character that the server's configuration gives a meaning to.
TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{1,4096}")
DEFAULT_LIFETIME_S = 3600
TIMEOUT_S = 10
MOST_BYTES = 65536
UNREACHABLE, MISCONFIGURED, REFUSED, NOT_RELOADED = 1, 2, 3, 4


class Stop(Exception):
    """Ends the run with an exit code; the message holds no secret."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Whoever redirects would be sent the secret."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def setting(name, default=None):
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise Stop(MISCONFIGURED, f"{name} is not set")
    return value


def read_secret():
    path = pathlib.Path(setting("PD_CLIENT_SECRET_FILE", os.path.join(os.environ.get("CREDENTIALS_DIRECTORY", ""), "client-secret")))
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise Stop(MISCONFIGURED, f"PD_CLIENT_SECRET_FILE: cannot read {path}") from error
    if not secret:
        raise Stop(MISCONFIGURED, f"PD_CLIENT_SECRET_FILE: {path} is empty")
    return secret


def exchange(url, headers=None, form=None):
    """Status and body of one request."""
    host = urllib.parse.urlsplit(url)
    if host.scheme != "https" and host.hostname not in ("127.0.0.1", "localhost"):
        raise Stop(MISCONFIGURED, f"{host.scheme}://{host.hostname} is not https")
    data = None if form is None else urllib.parse.urlencode(form).encode()
    try:
        with OPENER.open(urllib.request.Request(url, data=data, headers=headers or {}), timeout=TIMEOUT_S) as answer:
            return answer.status, answer.read(MOST_BYTES)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(MOST_BYTES)
    except Exception as error:  # the network has many names for "no"; none is shown, as it might quote the request
        raise Stop(UNREACHABLE, f"{host.hostname} cannot be reached ({type(error).__name__})") from None


def ask_for_token(region):
    """A new token and how long it lives."""
    wanted = setting("PD_SCOPE", DEFAULT_SCOPE)
    identity = setting("PD_IDENTITY", "https://identity.pagerduty.com")
    status, body = exchange(f"{identity}/oauth/token", form={
        "grant_type": "client_credentials",
        "client_id": setting("PD_CLIENT_ID"),
        "client_secret": read_secret(),
        "scope": f"as_account-{region}.{setting('PD_SUBDOMAIN')} {wanted}",
    })
    if status in (400, 401, 403):
        raise Stop(REFUSED, f"PagerDuty refused the client ({status}): check PD_CLIENT_ID, its secret, PD_SUBDOMAIN and PD_REGION")
    try:
        answer = json.loads(body) if status == 200 else None
        token, life_s = answer["access_token"], int(answer.get("expires_in", DEFAULT_LIFETIME_S))
        granted = str(answer.get("scope", wanted)).split()
        if not TOKEN.fullmatch(token):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Stop(UNREACHABLE, f"PagerDuty's sign-in gave no token ({status})") from None
    # What is not allowed to the application is left out without an error.
    missing = [scope for scope in wanted.split() if scope not in granted]
    if missing:
        print(f"the application may not: {' '.join(missing)}; the card says so where it would need it", file=sys.stderr)
    return token, life_s


def works(token, region):
    """Whether PagerDuty takes the token: one request, of the kind that a card makes first."""
    api = setting("PD_API", "https://api.eu.pagerduty.com" if region == "eu" else "https://api.pagerduty.com")
    status, _ = exchange(f"{api}/incidents?limit=1", {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.pagerduty+json;version=2",
    })
    if status in (401, 403):
        return False
    if status != 200:
        raise Stop(UNREACHABLE, f"PagerDuty answered {status} to a check of the token")
    return True


def replace_file(path, text):
    """All of the new text or all of the old one, at any moment; readable by owner and group alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            os.fchmod(file.fileno(), 0o640)
            if os.environ.get("PD_GROUP"):
                os.fchown(file.fileno(), -1, grp.getgrnam(os.environ["PD_GROUP"]).gr_gid)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        pathlib.Path(name).unlink(missing_ok=True)
        raise


def reload_server(path):
    """Once for each new file, also when an earlier run could not."""
    mark = path.with_name(f"{path.name}.loaded")
    if mark.exists() and mark.stat().st_mtime_ns == path.stat().st_mtime_ns:
        return
    command = os.environ.get("PD_RELOAD", "").split()
    try:
        if command:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
    except (OSError, subprocess.SubprocessError):
        raise Stop(NOT_RELOADED, f"PD_RELOAD failed: {command[0]}") from None
    mark.touch()
    os.utime(mark, ns=(path.stat().st_mtime_ns, path.stat().st_mtime_ns))


def has_good_token(path, region, now_s):
    try:
        found = IN_FILE.search(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return found is not None and now_s < (int(found[1]) + int(found[2])) / 2 and works(found[3], region)


def main():
    region = setting("PD_REGION", "us")
    if region not in ("us", "eu"):
        raise Stop(MISCONFIGURED, "PD_REGION is neither us nor eu")
    line = LINES.get(setting("PD_FORMAT", "nginx"))
    if line is None:
        raise Stop(MISCONFIGURED, "PD_FORMAT is neither nginx nor caddy")
    path = pathlib.Path(setting("PD_TOKEN_FILE"))
    now_s = int(datetime.datetime.now().timestamp())
    if not has_good_token(path, region, now_s):
        token, life_s = ask_for_token(region)
        if not works(token, region):
            raise Stop(REFUSED, "PagerDuty does not take the token that it gave: check PD_REGION and PD_SCOPE (incidents.read)")
        replace_file(path, f"# from {now_s} until {now_s + life_s}\n{line.format(token=token)}")
        print(f"a new token for {life_s} s is in {path}")
    reload_server(path)


if __name__ == "__main__":
    try:
        main()
    except Stop as stop:
        print(f"error: {stop}", file=sys.stderr)
        sys.exit(stop.code)
    except (OSError, KeyError) as failure:
        print(f"error: {type(failure).__name__}: {getattr(failure, 'filename', '') or 'PD_GROUP?'}", file=sys.stderr)
        sys.exit(MISCONFIGURED)
