"""Debian's Chromium, driven by Playwright."""

from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright, *more):
    """A fresh headless browser. Fails with what to install, rather than skipping what it would have shown."""
    if not Path(CHROMIUM).exists():
        raise AssertionError(f"{CHROMIUM} is missing. Install it: apt-get install chromium")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more])
