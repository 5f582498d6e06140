"""An analyst without a browser: speaks Streamlit's protocol over a WebSocket, opens pages and changes filters."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

PATIENCE = 180.0
"""Seconds without a message after which an analyst gives up."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of a page's script: seconds until it had ended, bytes that came, and whether it failed."""

    seconds: float
    size: int
    failed: bool


class Analyst:
    """A session of its own. `options`: what each filter of several offers, by its key, as the last run said."""

    def __init__(self, address: str) -> None:
        self._address = address
        stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        self._connecting = connect(stream, max_size=None, subprotocols=[Subprotocol("streamlit")])
        self._widgets: dict[str, str] = {}
        self._chosen: dict[str, Sequence[str]] = {}
        self._cached: set[str] = set()
        self._page, self._script = "", ""
        self.options: dict[str, list[str]] = {}

    def __enter__(self) -> "Analyst":
        self._socket = self._connecting.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._connecting.__exit__(kind, error, traceback)

    def open(self, page: str, query: str = "") -> Visit:
        """Open a page by its name in the address; empty for the first."""
        self._page, self._script = page, ""
        return self._run(query)

    def choose(self, key: str, values: Sequence[str]) -> Visit:
        """Set one filter of several; the others stay."""
        self._chosen[key] = list(values)
        return self._run(urlencode({key: list(values) for key, values in self._chosen.items() if values}, doseq=True))

    def _run(self, query: str) -> Visit:
        asked = BackMsg()
        state = asked.rerun_script
        state.page_name, state.page_script_hash, state.query_string = self._page, self._script, query
        state.context_info.url = f"{self._address}/{self._page}"
        state.cached_message_hashes.extend(self._cached)
        for key, values in self._chosen.items():
            widget = state.widget_states.widgets.add()
            widget.id = self._widgets[key]
            widget.string_array_value.data.extend(values)
        started = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        size, failed = 0, False
        while True:
            body = self._socket.recv(timeout=PATIENCE)
            size += len(body)
            message = ForwardMsg.FromString(body)
            failed |= self._take(message)
            # An early end is a page that opens itself anew: the next run is part of the same visit.
            if (
                message.WhichOneof("type") == "script_finished"
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                failed |= message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
                return Visit(time.perf_counter() - started, size, failed)

    def _take(self, message: ForwardMsg) -> bool:
        """Learn from a message; True where it is of a failure."""
        if message.metadata.cacheable:
            self._cached.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._script = message.navigation.page_script_hash
        if kind != "delta":
            return kind == "page_not_found"
        element = message.delta.new_element
        if element.WhichOneof("type") == "multiselect":
            key = element.multiselect.id.rsplit("-", 1)[-1]
            self._widgets[key], self.options[key] = element.multiselect.id, list(element.multiselect.options)
        return bool(element.WhichOneof("type") == "exception")
