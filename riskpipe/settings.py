"""What an office sets once: where its files are, who it is, when its month closes, limits.

Taken, in this order, from the command line, from `RISKPIPE_*` variables and from
`raw/rules/office.toml`. Built once at the edge of a run and handed down; no stage reads
the environment or the clock.
"""

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class IntakeLimits(BaseModel):
    """What one delivered file may cost; a refusal names the limit it met."""

    max_file_mb: int = Field(200, description="单个文件大小上限（MB），表中图片不计")
    max_inflated_mb: int = Field(2000, description="压缩文件展开后的上限（MB），表中图片不计")
    max_members: int = Field(1000, description="压缩包内表格文件数上限，照片不计")
    max_sheets: int = Field(256, description="一个工作簿的工作表数上限")
    max_cells: int = Field(30_000_000, description="一个工作簿的单元格数上限（行×列，含空格）")
    max_rows: int = Field(1_200_000, description="单个工作表行数上限")
    max_columns: int = Field(512, description="单个工作表列数上限")
    child_memory_mb: int = Field(1500, description="读取子进程的内存上限（MB）")
    child_seconds: int = Field(300, description="读取子进程的时间上限（秒）")


class Settings(BaseSettings):
    """The office's settings; every field can be said as `RISKPIPE_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="RISKPIPE_", env_nested_delimiter="__")

    raw: Path = Field(Path("raw"), description="报送文件目录")
    warehouse: Path = Field(Path("warehouse"), description="数据仓目录")
    as_of: date | None = Field(None, description="数据截至日；不填则取最近一次报送的日期")
    key_file: Path = Field(
        Path("~/.config/riskpipe/riskpipe.key"), description="密钥文件，须在项目目录之外"
    )
    office_name: str = Field("本级应急管理局", description="单位名称")
    district: str = Field("本区", description="行政区名称，只取自设置，绝不从文本猜测")
    issue_title: str = Field("突发事件定期会商分析报告", description="刊名")
    first_issue_month: str = Field("", description="第一期的月份 YYYY-MM，总期数由此推算")
    month_closes_on: int = Field(31, ge=1, le=31, description="统计月截止日；31 表示月末")
    cut_off_days: int = Field(5, ge=0, description="统计月结束后几日为该月数据截至日")
    due_soon_days: int = Field(3, ge=0, description="临期提醒的天数")
    minimum_base: int = Field(5, ge=1, description="基数小于此数只写件数，不算百分比")
    memory_mb: int = Field(2500, ge=200, description="计算引擎的内存上限（MB），超出部分写磁盘")
    return_cells: int = Field(
        400_000, ge=0, description="退回表保留原样式的单元格上限，更大的文件按读出的内容重做"
    )
    return_rows: int = Field(
        20_000, ge=1, description="退回表按内容重做时，超过此行数的工作表只带回有问题的行"
    )
    limits: IntakeLimits = IntakeLimits()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        *_unused: PydanticBaseSettingsSource,
        **_others: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, then environment, then the office's file beside its deliveries."""
        raw = init_settings().get("raw") or env_settings().get("raw") or "raw"
        office = TomlConfigSettingsSource(settings_cls, Path(raw) / "rules" / "office.toml")
        return init_settings, env_settings, office

    @property
    def rules_folder(self) -> Path:
        """The office's own rule files, overlaying the packaged ones."""
        return self.raw / "rules"


def settings_from(given: dict[str, Any]) -> Settings:
    """Settings with what the command line said; options left out (None) fall through."""
    return Settings(**{name: value for name, value in given.items() if value is not None})
