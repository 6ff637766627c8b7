"""A line to a site that can be cut for all of a browser: its pages, its worker, and what it does while it starts."""

import socket
import socketserver
from contextlib import contextmanager, suppress
from threading import Thread


class Cable(socketserver.ThreadingTCPServer):
    """A port of its own that leads to the site's."""

    daemon_threads = True
    is_cut = False

    def __init__(self, site):
        super().__init__(("127.0.0.1", 0), _Passing)
        self.site_address, self.ends = ("127.0.0.1", site.port), set()
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def verify_request(self, request, client_address):
        return not self.is_cut

    def cut(self):
        self.is_cut = True
        for end in list(self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self.is_cut = False


class _Passing(socketserver.BaseRequestHandler):
    def handle(self):
        with socket.create_connection(self.server.site_address) as site:
            ends = {self.request, site}
            self.server.ends |= ends
            Thread(target=_pass_on, args=(site, self.request), daemon=True).start()
            _pass_on(self.request, site)
            self.server.ends -= ends


def _pass_on(source, target):
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextmanager
def cable_to(site):
    with Cable(site) as cable:
        Thread(target=cable.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield cable
        cable.shutdown()
