"""The data notice (PDPA s.23). Its words are templates/centres/notice.html and _notice.html."""

VERSION = "2026-11"  # change it whenever the words change: each receipt names the words that were read
