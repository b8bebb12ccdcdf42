"""Opens the Dagster UI on an office's home: web server, schedules and sensor together."""

import os
import subprocess
import sys

from assets.running import home_of
from riskpipe.walk.office import Office


def serve(office: Office, host: str, port: int) -> int:
    """Become `dagster dev` until it is stopped; its exit code where a process cannot become."""
    settings = office.settings
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home_of(office)),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "RISKPIPE_RAW": str(settings.raw.resolve()),
        "RISKPIPE_WAREHOUSE": str(settings.warehouse.resolve()),
    }
    command = [sys.executable, "-W", "ignore", "-m", "dagster", "dev", "-m", "assets"]
    command += ["-h", host, "-p", str(port), "--log-level", "warning"]
    if os.name == "posix":  # no parent in between: a signal to this process ends the server too
        os.execve(sys.executable, command, environment)  # noqa: S606  our own interpreter
    return subprocess.run(command, env=environment, check=False).returncode
