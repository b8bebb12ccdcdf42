"""Cells of text: wrapped words are whole again, over-long cells leave only a mark."""

import pyarrow as pa

from riskpipe.identity.masking import mask
from riskpipe.screening.texts import cut, tidy, unwrapped, were_cut

LONG = "长" * 32_768


def test_a_cell_of_excels_length_stays_and_a_longer_one_is_cut_out_whole():
    text = pa.array([LONG[1:], LONG, None, "短", "a" * 40_000], pa.string())
    kept = cut(text, 32_767)
    assert kept.to_pylist()[0] == LONG[1:]
    assert kept.to_pylist()[2:4] == [None, "短"]
    assert "长" not in kept.to_pylist()[1]
    assert were_cut(kept, 32_767).tolist() == [False, True, False, False, True]
    assert were_cut(text, 32_767).tolist() == [False, True, False, False, True]


def test_the_mark_survives_masking_and_a_slice():
    kept = cut(pa.array(["x", LONG * 100, "1" * 13_812_345]), 32_767).slice(1)
    assert were_cut(mask(kept), 32_767).tolist() == [True, True]


def test_what_only_speaks_of_length_is_no_mark():
    assert not were_cut(pa.array(["〔此格约 多少字，未读〕", "此格约 3 万字"]), 32_767).any()


def test_a_word_broken_by_a_narrow_column_is_whole_again():
    cells = pa.array(["隧道开\n挖支护", "隧道开\r\n 挖支护", "A\nB", None, "两 词"], pa.string())
    assert tidy(unwrapped(cells)).to_pylist() == [
        "隧道开挖支护",
        "隧道开挖支护",
        "A B",
        None,
        "两 词",
    ]
