"""Ordering items and matching rights are written in the right order, so the page mixes them."""

from hashlib import sha256


def shuffled(activity, seed):
    """Indexes to show the items, rights or choices in: the same for a seed, never as they were written."""
    texts = _texts(activity)
    order = sorted(range(len(texts)), key=lambda index: _lot(seed, index))
    if [texts[index] for index in order] == texts:
        order = order[1:] + order[:1]
    return order


def _lot(seed, index):
    # Not `random`: its shuffle may change between Python versions, and a page should not.
    return sha256(f"{seed}:{index}".encode(errors="backslashreplace")).digest()


def _texts(activity):
    if activity.get("kind") == "matching":
        return [right for _, right in activity["pairs"]]
    if activity.get("kind") == "ordering":
        return list(activity["items"])
    return [choice["text"] for choice in activity.get("choices", [])]
