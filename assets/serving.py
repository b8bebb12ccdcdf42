"""Opens the Dagster UI on an office's home: web server, schedules and sensor together."""

import os
import signal
import subprocess
import sys

from assets.running import home_of
from riskpipe.walk.office import Office


def serve(office: Office, host: str, port: int) -> int:
    """Run `dagster dev` until it is stopped; its exit code, 0 after Ctrl+C."""
    settings = office.settings
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home_of(office)),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "RISKPIPE_RAW": str(settings.raw.resolve()),
        "RISKPIPE_WAREHOUSE": str(settings.warehouse.resolve()),
    }
    command = [sys.executable, "-m", "dagster", "dev", "-m", "assets", "-h", host, "-p", str(port)]
    server = subprocess.Popen(command, env=environment)
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.send_signal(signal.SIGINT)
        return server.wait() and 0
