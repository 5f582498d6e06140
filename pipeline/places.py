"""Where notes lie: files, standard input, and addresses such as s3://bucket/notes, which fsspec opens if it is there.

Addresses may hold passwords and keys: they are shown without them, and what a server says of them is not quoted.
"""

import importlib
import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from pipeline.errors import InputError
from pipeline.issues import LONGEST_WORDS, shown

Place = Path | str
"""A file, `-` for standard input, or an address."""
STANDARD_INPUT = "-"
_WEB = ("http", "https")
_MAGIC = ("*", "[")
_IN_THIS_PROCESS = "memory"
INSTALL = "pip install -r requirements-dask.txt"


class UnopenedError(OSError):
    """What lies at an address cannot be read; the text names no secrets."""


def is_address(place: Place) -> bool:
    """Whether a place is an address that fsspec opens."""
    return isinstance(place, str) and "://" in place


def name_of(place: Place) -> str:
    """A place as it can be stored and printed: without user, password, keys and tokens."""
    if place == STANDARD_INPUT:
        return "standard input"
    return shown(_without_secrets(place) if isinstance(place, str) and is_address(place) else str(place), LONGEST_WORDS)


def _without_secrets(address: str) -> str:
    scheme, _, rest = address.partition("://")
    rest = rest.split("?", 1)[0].split("#", 1)[0]
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


@contextmanager
def opened(place: Place) -> Iterator[io.BufferedReader]:
    """The bytes of a place, as they lie there.

    Raises:
        OSError: it cannot be read.
    """
    with ExitStack() as stack:
        if place == STANDARD_INPUT:
            plain: object = sys.stdin.buffer
        elif is_address(place):
            plain = stack.enter_context(_Told(str(place)))
        else:
            plain = stack.enter_context(Path(place).open("rb"))
        yield plain if isinstance(plain, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, plain))


def size_at(place: Place) -> int | None:
    """Bytes at a place, compressed where they are; None for standard input, pipes and what does not say."""
    if place == STANDARD_INPUT:
        return None
    if is_address(place):
        size = _about(str(place)).get("size")
        return size if isinstance(size, int) else None
    path = Path(place)
    return path.stat().st_size if path.is_file() else None


def is_cuttable(place: Place) -> bool:
    """Whether several may read it at once, each from a point of its own."""
    try:
        if is_address(place):
            scheme = urlsplit(str(place)).scheme
            gives_ranges = scheme not in _WEB or _about(str(place)).get("partial") is True
            return scheme != _IN_THIS_PROCESS and gives_ranges and bool(size_at(place))
        return bool(size_at(place))
    except OSError:
        return False


def expanded(address: str) -> list[str]:
    """The addresses behind one: itself, those that a pattern means, or all below a folder; in order.

    Raises:
        InputError: nothing is there, or a package is missing to look.
    """
    files, path = _filesystem(address)
    scheme = address.partition("://")[0]
    try:
        if any(sign in urlsplit(address).path or sign in urlsplit(address).netloc for sign in _MAGIC):
            found = sorted(str(one) for one in files.glob(path))
        elif scheme not in _WEB and files.isdir(path):
            found = sorted(str(one) for one in files.find(path))
        elif scheme in _WEB or files.exists(path):
            return [address]
        else:
            found = []
    except Exception as error:  # noqa: BLE001
        raise InputError(f"{name_of(address)} cannot be reached: {_words(error)}; check the address") from None
    if not found:
        raise InputError(f"there is nothing at {name_of(address)}; check the address")
    return [str(files.unstrip_protocol(one)) for one in found]


def _filesystem(address: str) -> tuple[Any, str]:
    scheme = address.partition("://")[0]
    try:
        fsspec = importlib.import_module("fsspec")
    except ImportError:
        raise InputError(f"to read {name_of(address)} the package fsspec is needed: {INSTALL}") from None
    try:
        files, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise InputError(f"{name_of(address)} cannot be read yet: {_needed(scheme, error)}") from None
    except ValueError:
        raise InputError(
            f"{name_of(address)} is of an unknown sort; give a file, or an address such as s3://…"
        ) from None
    return files, str(path)


def _needed(scheme: str, error: ImportError) -> str:
    package = {"s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "http": "aiohttp", "https": "aiohttp", "az": "adlfs"}
    found = package.get(scheme, str(error.name or scheme))
    return f"install the package {found}: pip install {found}"


def _about(address: str) -> dict[str, object]:
    try:
        files, path = _filesystem(address)
        return dict(files.info(path))
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 (each library has errors of its own)
        raise UnopenedError(_words(error)) from None


def _words(error: Exception) -> str:
    """What sort of error it was. Its own words may quote the address with its keys."""
    status = getattr(error, "status", None)
    return f"{type(error).__name__}{f' {status}' if isinstance(status, int) else ''}"


class _Told(io.RawIOBase):
    """What lies at an address. Every library fails in its own way: here all become OSError."""

    def __init__(self, address: str) -> None:
        files, path = _filesystem(address)
        is_stream = address.startswith(("http://", "https://")) and not is_cuttable(address)
        try:
            self._file = files.open(path, "rb", **({"block_size": 0} if is_stream else {}))
        except Exception as error:  # noqa: BLE001
            raise UnopenedError(_words(error)) from None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        try:
            found = self._file.read(len(buffer))
        except Exception as error:  # noqa: BLE001
            raise UnopenedError(_words(error)) from None
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_file"):
            self._file.close()
        super().close()
