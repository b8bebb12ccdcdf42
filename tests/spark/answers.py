"""Run by the Python of .venv-spark: asks the Spark server every question of a job file.

The job names the server's address and a list of questions (the Parquets to see by name, one
SELECT, where to write its rows). riskpipe's own Spark engine asks them, so what is tested is
what an office with a cluster would run. Nothing is compared here.
"""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from riskpipe.engine.spark import Spark


def main(job_file: str) -> None:
    """Answer each question; a failing one leaves its error text instead of a Parquet."""
    job = json.loads(Path(job_file).read_text("utf-8"))
    engine = Spark(SparkSession.builder.remote(job["address"]).getOrCreate())
    for question in job["questions"]:
        out = Path(question["out"])
        try:
            engine.see({name: Path(path) for name, path in question["see"].items()})
            pq.write_table(engine.select(question["sql"]).read_all(), out)
        except Exception as error:
            out.with_suffix(".error").write_text(str(error)[:4000], "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
