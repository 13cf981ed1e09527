"""Goodsight and its peers, measured in turns; see ./run."""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

import weights
from report import write_report

HERE = Path(__file__).parent


class Worker:
    """A process that measures one engine; see worker.py and PeerWorker.cpp."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=environment, stderr=subprocess.DEVNULL)

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "the process ended"}

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def make_photos(samples: Path, folder: Path, count: int) -> tuple:
    """JPEGs of about 0.1, 1 and 12 megapixels and `count` of 0.3, from the project's rendered samples with the noise
    that cameras have."""
    random = np.random.default_rng(7)
    sources = [Image.open(p).convert("RGB") for p in sorted(samples.iterdir()) if p.suffix in (".jpg", ".png")]

    def write(name, source, size):
        pixels = np.asarray(source.resize(size, Image.BICUBIC), np.int16)
        pixels = pixels + random.normal(0, 5, pixels.shape).astype(np.int16)
        path = folder / name
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=88)
        return str(path)

    single = {"0.1 MP": (365, 274), "1 MP": (1152, 868), "12 MP": (4000, 3000)}
    single = {name: write(name.replace(" ", "") + ".jpg", sources[0], size) for name, size in single.items()}
    many = [write(f"many-{i:04}.jpg", sources[i % len(sources)], (640, 480)) for i in range(count)]
    return single, many


def command_line(top: Path):
    return str(top / "build/release/bin/goodsight-cli")


class Comparison:
    def __init__(self, top, out, quick):
        self.top, self.out, self.rounds = top, out, 3 if quick else 12
        self.model = top / "resources/models/groceries.safetensors"
        self.work = Path(tempfile.mkdtemp(prefix="goodsight-peers-"))
        self.rows = []
        self.single, self.many = make_photos(top / "resources/samples", self.work, 200 if quick else 1000)
        self.home = {**os.environ, "GOODSIGHT_HOME": str(self.work / "home"), "QT_QPA_PLATFORM": "offscreen"}
        weights.export(self.model, self.work, self.many[:100])

    def worker(self, engine, threads, precision):
        command = ([str(self.top / "build/release/bin/goodsight_peer_worker")] if engine == "goodsight"
                   else [sys.executable, str(HERE / "worker.py"), engine])
        worker = Worker(command, self.home)
        reply = worker.ask(do="load", folder=str(self.work), model=str(self.model), threads=threads,
                           precision=precision)
        if "error" in reply:
            print(f"{engine} {precision}: {reply['error']}", file=sys.stderr)
            worker.end()
            return None
        return worker

    def turns(self, what, workers, rounds=None, **request):
        """Asks each worker in turn, several times over; the first answer of each warms it up."""
        taken = {name: [] for name in workers}
        for turn in range((rounds or self.rounds) + 1):
            for name, worker in workers.items():
                asked = {**request, **({"loader": True} if name.endswith("DataLoader") else {})}
                reply = worker.ask(**asked)
                if "error" in reply:
                    print(f"{name}, {what}: {reply['error']}", file=sys.stderr)
                elif turn > 0:
                    taken[name] += reply["ms"]
        row = {"what": what, "ms": {name: {"minimum": min(ms), "median": statistics.median(ms)}
                                    for name, ms in taken.items() if ms}}
        self.rows.append(row)
        print(what, {name: round(ms["median"], 2) for name, ms in row["ms"].items()}, file=sys.stderr)

    def networks(self):
        for threads in (1, 2):
            for precision, peers in (("fp32", ("onnxruntime", "openvino", "ncnn", "torch")),
                                     ("int8", ("onnxruntime", "openvino"))):
                workers = {name: self.worker(name, threads, precision) for name in ("goodsight", *peers)}
                if precision == "fp32":
                    workers["torch channels_last"] = self.worker("torch", threads, "channels_last")
                workers = {name: worker for name, worker in workers.items() if worker}
                if precision == "fp32":
                    self.check(workers)
                for batch in (1, 8):
                    self.turns(f"network {precision}, batch {batch}, {threads} thread{'s' * (threads > 1)}", workers,
                               do="network", batch=batch, times=5 if batch == 1 else 2)
                for worker in workers.values():
                    worker.end()

    @staticmethod
    def check(workers):
        """Peers that do not compute the same network are no peers."""
        said = {name: w.ask(do="logits").get("logits") for name, w in workers.items() if name != "goodsight"}
        wanted = np.array(said["torch"])
        for name, logits in said.items():
            worst = float("inf") if logits is None else float(np.abs(np.array(logits) - wanted).max())
            print(f"{name}: logits differ from PyTorch's by {worst:.2g}", file=sys.stderr)
            if worst > 1e-2:
                workers.pop(name).end()

    def photos(self):
        workers = {"goodsight fp32": self.worker("goodsight", 2, "fp32"),
                   "goodsight int8": self.worker("goodsight", 2, "int8"),
                   "torch": self.worker("torch", 2, "fp32")}
        for name, file in self.single.items():
            self.turns(f"file to top-3, {name}", workers, do="photo", file=file, times=3)
        loader = {**workers, "torch DataLoader": workers["torch"]}
        self.turns(f"{len(self.many)} files of 0.3 MP", loader, rounds=max(1, self.rounds // 6), do="files",
                   files=self.many)
        for worker in workers.values():
            worker.end()

    def starts(self):
        """Process start to first answer, and the most memory that it took."""
        cli = [command_line(self.top), "predict", "--json", "--threads", "2"]
        python = [sys.executable, str(HERE / "once.py"), str(self.model)]
        for size in ("0.1 MP", "12 MP"):
            programs = {"goodsight fp32": [*cli, "--backend", "onednn-fp32", self.single[size]],
                        "goodsight int8": [*cli, "--backend", "onednn-int8", self.single[size]],
                        "torch": [*python, self.single[size]]}
            seconds, memory = {name: [] for name in programs}, dict.fromkeys(programs, 0)
            for turn in range(max(3, self.rounds // 2)):
                for name, program in programs.items():
                    begin = time.perf_counter()
                    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                               env=self.home)
                    memory[name] = max(memory[name], peak_memory(process) if turn == 0 else 0)
                    process.wait()
                    if turn > 0:
                        seconds[name].append((time.perf_counter() - begin) * 1000)
            self.rows.append({"what": f"process start to first answer, {size}",
                              "ms": {name: {"minimum": min(ms), "median": statistics.median(ms)}
                                     for name, ms in seconds.items()}})
            self.rows.append({"what": f"peak memory, {size}", "unit": "MB",
                              "ms": {name: {"minimum": mb, "median": mb} for name, mb in memory.items()}})
            print(self.rows[-2:], file=sys.stderr)


def peak_memory(process) -> float:
    """Megabytes that the process held at most, asked until it ends: what wait() tells counts this program's own memory
    before the new one started."""
    most = 0.0
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            break
        told = [line for line in status.splitlines() if line.startswith("VmHWM")]
        most = max(most, int(told[0].split()[1]) / 1024 if told else 0)
        time.sleep(0.002)
    return most


def processor() -> str:
    told = subprocess.run(["lscpu"], capture_output=True, text=True).stdout if platform.system() == "Linux" else ""
    names = [line.split(":", 1)[1].strip() for line in told.splitlines() if line.startswith("Model name")]
    name = names[0] if names else platform.processor()
    return name + (", VNNI" if weights.has_vnni() else "") + f", {os.cpu_count()} cores"


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--top", type=Path, required=True)
    words.add_argument("--out", type=Path)
    words.add_argument("--quick", action="store_true")
    wish = words.parse_args()
    out = wish.out or wish.top / "build/peers-results"
    out.mkdir(parents=True, exist_ok=True)
    comparison = Comparison(wish.top, out, wish.quick)
    comparison.networks()
    comparison.photos()
    comparison.starts()
    import ncnn, onnxruntime, openvino, PIL, torch, torchvision
    versions = {m.__name__: m.__version__ for m in (torch, torchvision, onnxruntime, openvino, ncnn, PIL)}
    write_report(out, {"date": datetime.date.today().isoformat(), "processor": processor(), "versions": versions,
                       "rows": comparison.rows})


main()
