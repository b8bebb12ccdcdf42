"""The page in a real browser, from a local file: every figure drawn, nothing asked, no error."""

import shutil
import time

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER), reason="没有 Chromium 或 chromedriver，未做浏览器检查"
    ),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def opened(browser, address, width):
    """Open a page at a width and wait for its figures; gives back how many were drawn."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    browser.get(address)
    for _ in range(100):
        drawn, wanted = browser.execute_script(
            "return [document.querySelectorAll('[data-drawn] .main-svg').length > 0 ?"
            " document.querySelectorAll('[data-drawn]').length : 0,"
            " document.querySelectorAll('.plot').length]"
        )
        if drawn == wanted:
            return drawn
        time.sleep(0.1)
    return drawn


@pytest.mark.parametrize("width", [1280, 390])
def test_drawn_from_a_local_file(browser, folder, width):
    assert opened(browser, (folder / "index.html").as_uri(), width) == 8
    severe = [entry for entry in browser.get_log("browser") if entry["level"] != "INFO"]
    assert severe == []
    asked = [entry["message"] for entry in browser.get_log("performance")]
    outside = [m for m in asked if "Network.requestWillBeSent" in m and '"url":"http' in m]
    assert outside == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_bars_have_ink(browser, folder):
    """A pattern whose colours are set wrong draws nothing: look at the fills themselves."""
    opened(browser, (folder / "index.html").as_uri(), 1280)
    fills = browser.execute_script(
        "return [...document.querySelectorAll('#plot-categories-by-month .point path')]"
        ".map(p => getComputedStyle(p).fill)"
    )
    assert fills
    assert all(fill not in ("none", "rgba(0, 0, 0, 0)") for fill in fills)
    grounds = browser.execute_script(
        "return [...document.querySelectorAll('#plot-categories-by-month pattern rect')]"
        ".map(r => getComputedStyle(r).fill)"
    )
    assert grounds
    assert all(fill not in ("none", "rgba(0, 0, 0, 0)") for fill in grounds)


def test_a_link_to_a_definition_finds_it(browser, folder):
    address = (folder / "index.html").as_uri()
    opened(browser, address, 1280)
    missing = browser.execute_script(
        "return [...document.querySelectorAll('a[href^=\"#\"]')]"
        ".filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length"
    )
    assert missing == 0


def test_one_file_draws_too(browser, issue, tmp_path):
    from riskpipe.consultation import write_alone

    assert opened(browser, write_alone(issue, tmp_path).as_uri(), 1280) == 8
    assert [e for e in browser.get_log("browser") if e["level"] != "INFO"] == []


def test_reads_without_scripts(browser, folder):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get((folder / "index.html").as_uri())
        from selenium.webdriver.common.by import By

        said = browser.find_element(By.TAG_NAME, "body").text
        assert "领导摘要" in said
        assert "附表10　指标口径" in said
        assert "未启用脚本" in said
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
