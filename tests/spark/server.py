"""A Spark Connect server on this machine for the length of a `with` block.

The server's jars live in `.venv-spark`; the tests talk to it with the pure-Python client of
`.venv`, as an office would talk to a cluster. Loopback only, no web pages, nothing written
outside a temporary folder. What is asked of the server, and what comes back, does not
belong here.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SPARK_ENV = Path(__file__).resolve().parents[2] / ".venv-spark"
LOOPBACK = "127.0.0.1"
SERVER_CLASS = "org.apache.spark.sql.connect.service.SparkConnectServer"
START_SECONDS = 180

SETTINGS = {
    # TIMESTAMP means wall time without a zone, as it does in DuckDB and in our Parquet.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.connect.grpc.binding.address": LOOPBACK,
}


def why_not() -> str | None:
    """Say in one line why Spark cannot run here, or None when it can."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "no Java on this machine"
    if spark_home() is None:
        return "no .venv-spark (make test-spark makes it)"
    return None


def spark_home() -> Path | None:
    """Find the unpacked Spark inside .venv-spark."""
    return next(SPARK_ENV.glob("lib/python3*/site-packages/pyspark"), None)


@contextmanager
def spark_server(memory: str = "1g") -> Iterator[str]:
    """Yield the sc:// address of a fresh local[2] server; it is dead when the block ends."""
    home = spark_home()
    if home is None:
        raise FileNotFoundError(why_not())
    with tempfile.TemporaryDirectory(prefix="riskpipe-spark-", ignore_cleanup_errors=True) as work:
        port = _free_port()
        log = Path(work) / "server.log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                _command(home, port, memory, Path(work)),
                cwd=work,
                env=_environment(home),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            _wait(server, port, log)
            yield f"sc://{LOOPBACK}:{port}"
        finally:
            _kill(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _command(home: Path, port: int, memory: str, work: Path) -> list[str]:
    settings = {
        **SETTINGS,
        "spark.connect.grpc.binding.port": str(port),
        "spark.local.dir": str(work / "local"),
        "spark.sql.warehouse.dir": str(work / "warehouse"),
    }
    pairs = [part for key, value in settings.items() for part in ("--conf", f"{key}={value}")]
    head = [str(home / "bin" / "spark-submit"), "--master", "local[2]", "--driver-memory", memory]
    return [*head, *pairs, "--class", SERVER_CLASS, "spark-internal"]


def _environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
    return {**kept, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK}


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
        time.sleep(0.2)
    tail = log.read_text(errors="replace")[-2000:]
    raise RuntimeError(f"the Spark server did not come up on port {port}:\n{tail}")


def _kill(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
