"""What stands beside a hub's databases, from Debian's packages: on loopback, in a temporary folder, gone afterwards."""

import getpass
import json
import shutil
import signal
import socket
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import boto3
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.live import ROOT, free_port
from tests.postgres import account_for_servers, started

MISSING = "The tests of a hub need Debian's {0}: apt-get install {0}"


class Server:
    """Start and stop it; its port stays the same until the end of the `with`."""

    program = package = None

    def __init__(self):
        self.port, self.process, self.account = free_port(), None, account_for_servers()

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix=f"sala-{self.package}-"))
        if self.account:
            shutil.chown(self.folder, self.account["user"], self.account["group"])
        return self.start()

    def __exit__(self, *error):
        self.stop()
        shutil.rmtree(self.folder)

    def start(self):
        program = shutil.which(self.program, path="/usr/sbin:/usr/bin")
        assert program, MISSING.format(self.package)
        self.process = started([program, *self.arguments()], self.folder, self.account)
        self._wait_until_up()
        return self

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def _wait_until_up(self, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError((self.folder / "server.log").read_text())


class Redis(Server):
    program = package = "redis-server"

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def arguments(self):
        return ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


class Pgbouncer(Server):
    """Gives out a few connections to a server of PostgreSQL by the transaction."""

    program = package = "pgbouncer"

    def __init__(self, postgres, connections=2):
        super().__init__()
        self.postgres, self.connections = postgres, connections

    @property
    def url(self):
        return f"postgres://sala@127.0.0.1:{self.port}/postgres"

    def arguments(self):
        (self.folder / "users").write_text('"sala" ""\n')
        (self.folder / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={self.postgres.folder}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {self.port}\nunix_socket_dir =\n"
            f"auth_type = trust\nauth_file = {self.folder / 'users'}\n"
            f"pool_mode = transaction\ndefault_pool_size = {self.connections}\n"
        )
        return [str(self.folder / "pgbouncer.ini")]


class Bucket(Server):
    """An S3 server with an empty bucket, which opens only to whoever signs with its key."""

    program, package = "/usr/bin/env", "moto"
    name = "sala-media"

    def __init__(self):
        super().__init__()
        self.account = {}

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self):
        key, secret = (quote(self.key[part], safe="") for part in ("AccessKeyId", "SecretAccessKey"))
        return f"s3://{key}:{secret}@127.0.0.1:{self.port}/{self.name}?tls=no"

    def arguments(self):
        """The first three things are asked without a key: they make one."""
        server = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        return ["INITIAL_NO_AUTH_ACTION_COUNT=3", *server]

    def start(self):
        super().start()
        iam = self.client("iam", "nobody", "nothing")
        iam.create_user(UserName="sala")
        self.key = iam.create_access_key(UserName="sala")["AccessKey"]
        everything = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
        iam.put_user_policy(UserName="sala", PolicyName="all", PolicyDocument=policy)
        self._s3().create_bucket(Bucket=self.name)
        return self

    def delete(self, name):
        self._s3().delete_object(Bucket=self.name, Key=name)

    def _s3(self):
        return self.client("s3", self.key["AccessKeyId"], self.key["SecretAccessKey"])

    def client(self, service, key, secret):
        asked = {"aws_access_key_id": key, "aws_secret_access_key": secret, "region_name": "us-east-1"}
        return boto3.client(service, endpoint_url=self.endpoint, **asked)


class Nginx(Server):
    """deploy/nginx.conf as it stands, but for addresses and folders: before two web servers."""

    program, package = "nginx", "nginx-light"

    def __init__(self, *sites):
        super().__init__()
        self.sites, self.plain, self.account = sites, free_port(), {}

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    @property
    def certificate(self):
        return self.folder / "ssl" / "fullchain.pem"

    def says(self, seconds=10, **facts):
        """Whether the last line of its log says so, or will soon: it is written after the answer has gone."""
        until = time.monotonic() + seconds
        while not (last := self._last_line()) or not facts.items() <= last.items():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def _last_line(self):
        lines = (self.folder / "logs" / "sala.log").read_text().splitlines()
        return json.loads(lines[-1]) if lines else None

    def arguments(self):
        for name in ("ssl", "logs", "srv"):
            (self.folder / name).mkdir()
        certify("127.0.0.1", self.certificate, self.folder / "ssl" / "privkey.pem")
        (self.folder / "srv" / "static").symlink_to(ROOT / "static")
        page = (ROOT / "templates" / "500.html").read_text().split("\n", 1)[1]
        (self.folder / "srv" / "away.html").write_text(page)
        (self.folder / "sala.conf").write_text(self._configuration())
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, user=getpass.getuser()))
        return ["-e", str(self.folder / "server.log"), "-c", str(self.folder / "nginx.conf")]

    def _configuration(self):
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        one, two = self.sites
        for there, here in {
            "10.0.0.11:8000": f"127.0.0.1:{one.port}",
            "10.0.0.12:8000": f"127.0.0.1:{two.port}",
            "listen 80 ": f"listen 127.0.0.1:{self.plain} ",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "listen [::]:80 default_server;": "",
            "listen [::]:443 ssl http2 default_server;": "",
            "/var/lib/nginx": str(self.folder),
            "/var/log/nginx": str(self.folder / "logs"),
            "/etc/ssl/sala": str(self.folder / "ssl"),
            "/srv/sala": str(self.folder / "srv"),
        }.items():
            assert there in text, there
            text = text.replace(there, here)
        return text


# What Debian's own nginx.conf says around it.
AROUND = """
daemon off; user {user}; worker_processes 1; pid {folder}/nginx.pid;
include /etc/nginx/modules-enabled/*.conf;
events {{}}
http {{
    include /etc/nginx/mime.types; default_type application/octet-stream; sendfile on; tcp_nopush on; gzip on;
    access_log {folder}/logs/access.log; error_log {folder}/logs/error.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/sala.conf;
}}
"""


def certify(address, certificate, key):
    """A certificate for an address of this machine, signed by itself."""
    private, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
