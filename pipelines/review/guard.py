"""Who may speak to the review server: this machine only, with the token, from its own pages."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Final, TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

COOKIE: Final = "geomsan"
_SIGNS: Final = 32
_LONGEST_NAME: Final = 60
_MOST_SESSIONS: Final = 1_000

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Session:
    """A browser that came with the token."""

    who: str
    """The name under which it decides."""
    form_token: str
    """What its forms carry, so that no other page can send them."""


class Guard:
    """Asks every request for its host, its cookie and, where it changes something, its origin.

    Requests for another host get 403 (a page elsewhere may have rebound its name to this machine),
    those without a session 401, those sent by another site 403.
    """

    def __init__(self, app: App, *, port: int, token: str, name: str) -> None:
        """Guard an app.

        Args:
            app: what is guarded.
            port: on which the server listens.
            token: what the first request must carry.
            name: under which a new session decides, until it gives another one.
        """
        self.app = app
        self.hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.token = token
        self.name = name
        self.sessions: dict[str, Session] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on with `nonce` and `session` in its state."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        request = Request(scope)
        answer = self._answer(request)
        if answer is None:
            scope.setdefault("state", {})
            scope["state"]["nonce"] = nonce
            scope["state"]["session"] = self._session(request)
            await self.app(scope, receive, _headed(send, nonce))
        else:
            await answer(scope, receive, _headed(send, nonce))

    def _answer(self, request: Request) -> Response | None:
        """Return the answer to what goes no further."""
        if request.headers.get("host", "") not in self.hosts:
            return PlainTextResponse("another host", status_code=403)
        if request.method not in ("GET", "HEAD") and not self._is_own(request.headers):
            return PlainTextResponse("sent by another site", status_code=403)
        if request.method == "GET" and "token" in request.query_params:
            return self._enter(request)
        if self._session(request) is None:
            return PlainTextResponse(
                "open the address that `geomsan review` printed", status_code=401
            )
        return None

    def _enter(self, request: Request) -> Response:
        given = request.query_params["token"]
        if not compare_digest(given.encode(), self.token.encode()):
            return PlainTextResponse("wrong token", status_code=401)
        if len(self.sessions) >= _MOST_SESSIONS:
            self.sessions.pop(next(iter(self.sessions)))
        key = secrets.token_urlsafe(_SIGNS)
        name = clean_name(request.query_params.get("name", "")) or self.name
        self.sessions[key] = Session(who=name, form_token=secrets.token_urlsafe(_SIGNS))
        answer = RedirectResponse("/findings", status_code=303)
        answer.set_cookie(COOKIE, key, httponly=True, samesite="strict", path="/")
        return answer

    def _session(self, request: Request) -> Session | None:
        return self.sessions.get(request.cookies.get(COOKIE, ""))

    def _is_own(self, headers: Headers) -> bool:
        """Return whether a page of this server sent the request, by what its browser says."""
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self.hosts:
            return False
        return headers.get("sec-fetch-site", "same-origin") == "same-origin"


def clean_name(name: str) -> str:
    """Return a name as it goes into the log: one line of printable signs."""
    return " ".join("".join(sign for sign in name if sign.isprintable()).split())[:_LONGEST_NAME]


def _headed(send: Send, nonce: str) -> Send:
    """Return `send` with the headers that every answer has."""
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
        "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )

    async def send_headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Content-Security-Policy"] = policy
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "same-origin"  # else forms come without origin
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return send_headed
