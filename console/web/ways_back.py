"""Where somebody goes on after signing in or after a refusal: a page of this house, by its address.

Used by signing in and by the pages of errors. What a browser says of other sites is never followed,
and no address leads to something that can only be sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.routing import BaseRoute, Route

#: Where everybody begins.
HOME = "/"


def local(path: str) -> str:
    """A path of this house; never another site."""
    return path if path.startswith("/") and path[1:2] not in ("/", "\\") else HOME


def page_before(request: Request) -> str:
    """The page of this house that sent the form."""
    return _here(request, request.headers.get("referer", ""))


def sign_in_at(request: Request) -> str:
    """The address of signing in, from which one comes back to the page that asked.

    A part of a page (htmx) comes back to the page, what was sent to the page that sent it.
    """
    if "hx-request" in request.headers:
        back = _here(request, request.headers.get("hx-current-url", ""))
    elif request.method in ("GET", "HEAD"):
        back = _whole(request.url.path, request.url.query)
    else:
        back = page_before(request)
    return f"/sign-in?next={quote(back, safe='/')}"


def _here(request: Request, address: str) -> str:
    """The path of an address of this house that can be looked at, else where everybody begins."""
    try:
        given = urlsplit(address)
    except ValueError:
        return HOME
    if given.netloc != request.url.netloc:
        return HOME
    path = local(given.path)
    known = _looked_at(request.app.routes, path)
    return _whole(path, given.query) if known == path else known


def _looked_at(routes: Iterable[BaseRoute], path: str) -> str:
    """The path, or the next one above it, that is a page and not only the target of a form."""
    pages = list(_flat(routes))
    while path.strip("/"):
        fitting = [one for one in pages if one.path_regex.match(path)]
        # Of several the longest is meant: a task's number may contain anything.
        longest = max((len(re.sub(r"{[^}]+}", "", one.path)) for one in fitting), default=0)
        for one in fitting:
            if len(re.sub(r"{[^}]+}", "", one.path)) == longest and "GET" in (one.methods or ()):
                return path
        path = path.rpartition("/")[0]
    return HOME


def _flat(routes: Iterable[BaseRoute]) -> Iterator[Route]:
    """The pages, also those of the parts that the application was put together from."""
    for one in routes:
        if isinstance(one, Route):
            yield one
        else:
            yield from _flat(getattr(getattr(one, "original_router", None), "routes", ()))


def _whole(path: str, query: str) -> str:
    return local(f"{path}?{query}" if query else path)
