"""What is told of an error: riskpipe's own words, never those of a foreign exception."""

import errno

import pytest
from pydantic import ValidationError

from riskpipe.rules import RuleError
from riskpipe.settings import Settings
from riskpipe.walk.bench import StepError
from riskpipe.walk.trouble import Exit, TakenError, UseError, trouble_of
from riskpipe.warehouse import WarehouseBusyError

SECRET = "举报人尉迟青岚13912340987"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UseError("请改"), Exit.USE),
        (RuleError("请改"), Exit.USE),
        (StepError("请改"), Exit.DATA),
        (WarehouseBusyError("请改"), Exit.BUSY),
        (TakenError("请改"), Exit.BUSY),
    ],
)
def test_our_own_errors_are_told_as_written(error, code):
    trouble = trouble_of(error)
    assert (trouble.message, trouble.code, trouble.trace) == ("请改", code, ())


@pytest.mark.parametrize("kind", [ValueError, KeyError, RuntimeError, UnicodeError])
def test_the_words_of_other_errors_are_kept_back(kind):
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as cause:
            raise kind(SECRET) from cause
    except Exception as error:
        trouble = trouble_of(error)
    assert trouble.code is Exit.UNKNOWN
    assert kind.__name__ in trouble.message
    assert "test_trouble.py" in trouble.message
    assert "caused by" in trouble.trace
    assert "13912340987" not in repr(trouble)


def test_a_full_disk_and_a_closed_folder_say_what_to_do():
    full = trouble_of(OSError(errno.ENOSPC, "No space", SECRET))
    closed = trouble_of(PermissionError(errno.EACCES, "denied", SECRET))
    assert (full.code, closed.code) == (Exit.MACHINE, Exit.MACHINE)
    assert "清理磁盘" in full.message
    assert "权限" in closed.message
    assert "尉迟" not in full.message + closed.message


def test_a_wrong_setting_is_named_without_its_value():
    with pytest.raises(ValidationError) as caught:
        Settings(month_closes_on=99)
    trouble = trouble_of(caught.value)
    assert trouble.code is Exit.USE
    assert "month_closes_on" in trouble.message
    assert "99" not in trouble.message
