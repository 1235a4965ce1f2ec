"""Who asks a server: from the environment, else from the system's keyring, never from a file."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from reports.casefile.delivery.address import TYPED
from reports.problems import Problem, ReportError

USER = "KILDEFAST_WEBDAV_USER"
PASSWORD = "KILDEFAST_WEBDAV_PASSWORD"  # noqa: S105 - the name of a variable
TOKEN = "KILDEFAST_WEBDAV_TOKEN"  # noqa: S105 - the name of a variable
SERVICE = "kildefast"
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, 2.1


@dataclass(frozen=True)
class Password:
    """A user's name and password; `origin` says where the password was found."""

    user: str
    password: str = field(repr=False)
    origin: str


@dataclass(frozen=True)
class Token:
    """A bearer token; `origin` says where it was found."""

    token: str = field(repr=False)
    origin: str


@dataclass(frozen=True)
class Nobody:
    """No credentials: `why` says where they were looked for, `hint` what to type."""

    why: str
    hint: str


Credentials: TypeAlias = Password | Token | Nobody


def find_credentials(host: str) -> Credentials:
    """Who is to ask `host` (`host` or `host:port`).

    Raises ReportError if the environment's variables contradict each other.
    """
    user, password, token = (os.environ.get(name, "") for name in (USER, PASSWORD, TOKEN))
    _check(user, password, token)
    if token:
        return Token(token, TOKEN)
    if password:
        return Password(user, password, PASSWORD)
    return _from_keyring(host, user)


def _check(user: str, password: str, token: str) -> None:
    if token and (user or password):
        raise _refused(f"{TOKEN} is set, and {USER if user else PASSWORD} too", "unset one of them")
    if password and not user:
        raise _refused(f"{PASSWORD} is set, but {USER} isn't", f"type: export {USER}=NAME")
    if ":" in user or not user.isprintable():
        raise _refused(f"{USER} holds a character that no user name has", f"set {USER} anew")
    if token and not _TOKEN.fullmatch(token):
        raise _refused(f"{TOKEN} holds a character that no token has", f"set {TOKEN} anew")


def _from_keyring(host: str, user: str) -> Credentials:
    """What the keyring has: a user's password under `USER@HOST`, a token under `HOST`."""
    import keyring
    from keyring.errors import KeyringLocked, NoKeyringError

    account = f"{user}@{host}" if user else host
    variables = PASSWORD if user else f"{USER} and {PASSWORD}, or {TOKEN}"
    try:
        secret = keyring.get_password(SERVICE, account)
    except NoKeyringError:
        return Nobody("this system has no keyring", f"set {variables}")
    except KeyringLocked:
        return Nobody("the keyring is locked", f"unlock it, or set {variables}")
    except Exception as error:  # noqa: BLE001 - each system's keyring has failures of its own
        return Nobody(f"the keyring can't be read: {type(error).__name__}", f"set {variables}")
    if not secret:
        why = f"the keyring has no entry '{account}' of '{SERVICE}'"
        command = Path(sys.executable).with_name("keyring")
        hint = f"set {variables}, or type: {command} set {SERVICE} {user or 'NAME'}@{host}"
        return Nobody(why, hint)
    return _entry(user, secret, f"the keyring's entry '{account}'")


def _entry(user: str, secret: str, origin: str) -> Credentials:
    """The keyring's entry as what it is: with a user's name it is a password."""
    if user:
        return Password(user, secret, origin)
    if not _TOKEN.fullmatch(secret):
        what = f"{origin} of '{SERVICE}' holds a character that no token has"
        raise _refused(what, f"for a password, type: export {USER}=NAME")
    return Token(secret, origin)


def _refused(what: str, hint: str) -> ReportError:
    return ReportError(Problem(TYPED, what, hint))
