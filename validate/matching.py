"""Rows or columns that belong together: a rate with its two amounts, a difference with its two."""

from functools import lru_cache

from validate.labels import squeeze, total_level
from validate.tables import Strip


def find_partner(strip: Strip, words: tuple[str, ...], strips: tuple[Strip, ...]) -> Strip | None:
    """Return the strip called by the first of the words that some strip has.

    Of several with that name the one under the same headings is meant, then the nearest.
    """
    for word in words:
        named = [one for one in strips if one.index != strip.index and _is_called(one, word)]
        if named:
            return min(named, key=lambda one: (-_shared(strip, one), abs(strip.index - one.index)))
    return None


def is_called(strip: Strip, words: tuple[str, ...]) -> bool:
    """Tell whether the innermost label of a strip is one of the words."""
    return _is_any(strip.path[-2:], words)


@lru_cache(maxsize=50000)
def _is_any(path: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(_is_named(path, word) for word in words)


def _is_called(strip: Strip, word: str) -> bool:
    return _is_any(strip.path[-2:], (word,))


def _is_named(path: tuple[str, ...], word: str) -> bool:
    """Tell whether the last of two labels is a word, or a total of the one that is."""
    label = path[-1] if path else ""
    name = squeeze(label)
    if total_level(label) and len(path) > 1 and squeeze(path[0]) == word:
        return True  # 예산현액 over 예산액, 이월액 and 계: 계 is the 예산현액
    return name == word or (len(word) > 1 and name.endswith(word) and not name.startswith(word))


def _shared(left: Strip, right: Strip) -> int:
    """Return how many outer headings two strips have in common."""
    count = 0
    for one, other in zip(left.path[:-1], right.path[:-1], strict=False):
        if squeeze(one) != squeeze(other):
            break
        count += 1
    return count
