#!/usr/bin/env python3
"""How long the window takes from the start of its process to the screen and to a photo's answer, and what it costs.

    tests/bench/start.py PROGRAM PHOTO [--runs N]

Starts the real program, without a screen, in a folder of its own: once as a first start (the engine is chosen), then
N times as every other. Prints milliseconds from the start of the process, processor time and peak memory: the first
start, then minimum and median of the others. A measurement, not a test.
"""
import argparse
import os
import statistics
import subprocess
import tempfile
import time

MARKS = ("window shown", "model loaded", "first answer")


def start(program: str, photo: str, home: str) -> dict[str, float]:
    environment = {
        **os.environ,
        "HOME": home,
        "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_DATA_HOME": f"{home}/data",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "goodsight.start=true",
    }
    begin = time.monotonic()
    process = subprocess.Popen([program, photo], env=environment, stderr=subprocess.PIPE, text=True)
    measured = {}
    assert process.stderr
    for line in process.stderr:
        for mark in MARKS:
            if line.startswith("goodsight.start:") and mark in line:
                measured[mark + " ms"] = (time.monotonic() - begin) * 1000
        if len(measured) == len(MARKS):
            break
    else:
        raise SystemExit(f"{program} ended before it had answered")
    with open(f"/proc/{process.pid}/status") as status:
        peak = next(line for line in status if line.startswith("VmHWM"))
    process.kill()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    measured["user + system ms"] = (used.ru_utime + used.ru_stime) * 1000
    measured["peak MB"] = int(peak.split()[1]) / 1024
    return measured


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("photo")
    parser.add_argument("--runs", type=int, default=9)
    chosen = parser.parse_args()
    program, photo = os.path.abspath(chosen.program), os.path.abspath(chosen.photo)
    with tempfile.TemporaryDirectory() as home:
        first = start(program, photo, home)
        others = [start(program, photo, home) for _ in range(chosen.runs)]
    print(f"{'':18}{'first start':>12}{'minimum':>10}{'median':>10}")
    for name, value in first.items():
        values = [one[name] for one in others]
        print(f"{name:18}{value:12.0f}{min(values):10.0f}{statistics.median(values):10.0f}")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
