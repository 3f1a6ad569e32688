"""What holds for every page that a browser test opens: its weight, its policy, no error in it."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, Response

#: Bytes of a page without its files.
HEAVIEST = 150_000
#: A refusal is a page with a status that the browser also writes to its console.
STATUS_LINE = "Failed to load resource"


def watch(page: Page, troubles: list[str]) -> None:
    """Note whatever is wrong with the pages that this window opens from now on."""
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: _hear(said, troubles))
    page.on("response", lambda answer: troubles.extend(faults(answer)))


def _hear(said: Any, troubles: list[str]) -> None:
    if said.type == "error" and STATUS_LINE not in said.text:
        troubles.append(said.text)


def faults(answer: Response) -> list[str]:
    """What is wrong with one answer, where it is a page."""
    headers, path = answer.headers, answer.url.split("/", 3)[-1]
    if "text/html" not in headers.get("content-type", ""):
        return []
    policy = headers.get("content-security-policy", "")
    found = []
    if "script-src 'self';" not in policy or "style-src 'self';" not in policy:
        found.append(f"{path}: other scripts or styles than the own: {policy}")
    if "unsafe" in policy:
        found.append(f"{path}: {policy}")
    if int(headers.get("content-length", HEAVIEST)) >= HEAVIEST:
        found.append(f"{path} weighs {headers.get('content-length')} bytes")
    if answer.status >= 500:
        found.append(f"{path}: {answer.status}")
    return found
