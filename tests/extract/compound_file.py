"""The smallest writer of OLE compound files: streams by path, short ones in the mini stream."""

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_MINI = 64
_CUTOFF = 4096
_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_FAT = 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def write_compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file; a path is `name` or `storage/name`."""
    entries = _entries(streams)
    mini = b""
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[str, int] = {}
    for path, data in streams.items():
        if len(data) < _CUTOFF:
            starts[path] = _chain(mini_fat, -(-len(data) // _MINI))
            mini += _padded(data, _MINI)
        else:
            starts[path] = _append(sectors, fat, data)
    mini_start = _append(sectors, fat, mini)
    mini_fat_start = _append(sectors, fat, struct.pack(f"<{len(mini_fat)}I", *mini_fat), b"\xff")
    mini_fat_count = -(-len(mini_fat) * 4 // _SECTOR)
    directory = b"".join(
        _entry(one, starts.get(one[0], 0), streams.get(one[0], b"")) for one in entries
    )
    directory = _root(mini_start, len(mini)) + directory
    directory_start = _append(sectors, fat, directory)
    fat_count = -(-(len(fat) + 8) * 4 // _SECTOR)
    fat_sectors = list(range(len(fat), len(fat) + fat_count))
    fat += [_FAT] * fat_count
    table = _padded(struct.pack(f"<{len(fat)}I", *fat), _SECTOR, b"\xff")
    head = struct.pack(
        "<8s16x5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_count, directory_start, 0, _CUTOFF, mini_fat_start, mini_fat_count, _END, 0,
    )  # fmt: skip
    difat = struct.pack("<109I", *fat_sectors, *[_FREE] * (109 - fat_count))
    return head + difat + b"".join(sectors) + table


def _padded(data: bytes, size: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % size)


def _chain(table: list[int], count: int) -> int:
    start = len(table)
    table += [*range(start + 1, start + count), _END] if count else []
    return start if count else _END


def _append(sectors: list[bytes], fat: list[int], data: bytes, filler: bytes = b"\0") -> int:
    padded = _padded(data, _SECTOR, filler)
    sectors.append(padded)
    return _chain(fat, len(padded) // _SECTOR)


def _entries(streams: Mapping[str, bytes]) -> list[tuple[str, int, int, int]]:
    """Return path, kind, next sibling and first child of each entry; the root is number 0."""
    storages = sorted({path.partition("/")[0] for path in streams if "/" in path})
    top = [*storages, *(path for path in streams if "/" not in path)]
    order = [*top, *(path for path in streams if "/" in path)]
    numbers = {path: number for number, path in enumerate(order, 1)}
    found = []
    for path in order:
        folder = path.rpartition("/")[0]
        peers: Sequence[str] = [one for one in order if one.rpartition("/")[0] == folder]
        after = peers[peers.index(path) + 1 :]
        inner = [one for one in order if one.startswith(f"{path}/")]
        sibling = numbers[after[0]] if after else _NONE
        child = numbers[inner[0]] if inner else _NONE
        found.append((path, 1 if inner else 2, sibling, child))
    return found


def _entry(one: tuple[str, int, int, int], start: int, data: bytes) -> bytes:
    path, kind, sibling, child = one
    return _pack(path.rpartition("/")[2], kind, sibling, child, start, len(data))


def _root(start: int, size: int) -> bytes:
    return _pack("Root Entry", 5, _NONE, 1, start, size)


def _pack(name: str, kind: int, sibling: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBB3I16xI16xIQ", raw, len(raw), kind, 1, _NONE, sibling, child, 0, start, size
    )
