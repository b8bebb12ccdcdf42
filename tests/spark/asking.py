"""Puts questions to a fresh local Spark and brings the answers back as Arrow."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.spark import server

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Question:
    """One SELECT over Parquets seen under their one-word names."""

    name: str
    see: dict[str, Path]
    sql: str


def ask(questions: list[Question], folder: Path) -> dict[str, pa.Table | str]:
    """Every answer by the question's name: its rows, or the error's text."""
    outs = {question.name: folder / f"{n:03}.parquet" for n, question in enumerate(questions)}
    with server.spark_server() as address:
        job = {
            "address": address,
            "questions": [
                {
                    "see": {name: str(path) for name, path in question.see.items()},
                    "sql": question.sql,
                    "out": str(outs[question.name]),
                }
                for question in questions
            ],
        }
        (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        subprocess.run(
            [server.SPARK_ENV / "bin/python", ROOT / "tests/spark/answers.py", folder / "job.json"],
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    return {name: _answer(out) for name, out in outs.items()}


def _answer(out: Path) -> pa.Table | str:
    error = out.with_suffix(".error")
    return error.read_text("utf-8") if error.exists() else pq.read_table(out)
