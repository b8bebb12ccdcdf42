"""A sheet's cells on their way out of the limited child: one Arrow stream a sheet.

Columns of text go in, bytes come out; workbook.py reads them in the parent. What the cells say is
not looked at here.
"""

import pyarrow as pa


def stream(columns: list[pa.Array]) -> bytes:
    """Columns of text as an Arrow stream with positional names."""
    plain = pa.table(columns, names=[str(place) for place in range(len(columns))])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, plain.schema) as writer:
        writer.write_table(plain)
    return sink.getvalue()
