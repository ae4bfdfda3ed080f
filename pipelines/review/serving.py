"""Starts the review server: on this machine only, with a token that nobody can guess."""

import getpass
import secrets
import socket
from collections.abc import Callable
from contextlib import closing

import uvicorn

from pipelines.code_words import Language
from pipelines.home import Home
from pipelines.reasons import UNWRITABLE, RunError, describe_problem
from pipelines.review.app import create_app


def serve_review(
    home: Home, language: Language, *, port: int, name: str, show: Callable[[str], None]
) -> None:
    """Serve the review of an output folder until somebody stops it.

    Args:
        home: the output folder.
        language: of the pages.
        port: of the loopback interface; 0 takes a free one.
        name: under which people decide who give no other; empty takes that of the user.
        show: is told the address to open, which holds the token.

    Raises:
        RunError: there is no dataset, or the port is taken.
    """
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as listener:
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen()  # who opens the address at once waits, and is not refused
        except OSError as error:
            words = error.strerror or "cannot be listened on"
            raise RunError(describe_problem(UNWRITABLE, f"127.0.0.1:{port}", words)) from error
        bound = listener.getsockname()[1]
        token = secrets.token_urlsafe(32)
        app = create_app(home, language, port=bound, token=token, name=name or _user())
        show(f"http://127.0.0.1:{bound}/?token={token}")
        options = uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            lifespan="off",
        )
        uvicorn.Server(options).run(sockets=[listener])


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
