#!/usr/bin/env python3
"""What each step of learning brings on photos that were not learnt from, as a Markdown table.

    accuracy_steps.py --bin build/release/bin --train FOLDER --val FOLDER --start FILE --work FOLDER
                      [--seeds 1 2 3] [--steps head frozen quick thorough] [--precision P] [--epochs N]

Five steps, all from the same start: a new head trained on the frozen network ("head"); prototypes alone, and the
linear head that cross-validation regularises, on the frozen network's embeddings ("frozen"); and the presets quick
and thorough. Each with every seed: mean and standard deviation. Folders whose last folder's name is the label.

Uses goodsight-cli, goodsight_embed and goodsight_frozen_heads. Every figure is appended to WORK/results.jsonl when it
is there, and not measured again: an interrupted run goes on. --epochs shortens every stage, to try the script out; such
figures go to a file of their own."""
import argparse
import datetime
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

NAMES = {"frozen head": "a new head on the frozen network, trained by steps",
         "prototypes": "prototypes alone, no training", "linear head": "linear head (L-BFGS, cross-validated)",
         "quick": "fine-tuned, preset quick", "thorough": "fine-tuned, preset thorough"}
HEAD_PLAN = {"preset": "frozen head", "side": 224, "views_per_photo": 2, "precision": "bfloat16", "stages": [
    {"part": "fc", "learning_rate": 0.02, "epochs": 10, "batch": 64, "views_per_epoch": 1}]}


class Steps:
    def __init__(self, arguments):
        self.a = arguments
        self.work = arguments.work.resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.results = self.work / ("tried.jsonl" if arguments.epochs else "results.jsonl")
        self.known = {}
        if self.results.exists():
            for line in self.results.read_text().splitlines():
                figure = json.loads(line)
                self.known[figure["step"], figure["seed"]] = figure

    def run(self, program, *words):
        """The lines of JSON that a program prints, its wall seconds and its processor seconds."""
        environment = dict(os.environ, GOODSIGHT_HOME=str(self.work / "home"), LC_ALL="C.UTF-8")
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
        done = subprocess.run([self.a.bin / program, *map(str, words)], env=environment, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{program} {' '.join(map(str, words))}\n{done.stdout[-500:]}{done.stderr[-1500:]}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], time.time() - began, spent

    def note(self, step, seed, top1, top3, seconds, processor):
        figure = {"step": step, "seed": seed, "top1": top1, "top3": top3, "seconds": round(seconds, 1),
                  "cpu_seconds": round(processor, 1)}
        self.known[step, seed] = figure
        with self.results.open("a") as file:
            file.write(json.dumps(figure) + "\n")
        print(json.dumps(figure), file=sys.stderr, flush=True)

    def plan(self, preset):
        """A preset or the head's plan, as a file, where the words ask for something that a preset has not."""
        if preset == "head":
            plan = json.loads(json.dumps(HEAD_PLAN))
        elif self.a.epochs or self.a.precision:
            plan = json.loads(self.run("goodsight-cli", "train", "--show-plan", "--preset", preset)[0][0])
        else:
            return ["--preset", preset]
        if self.a.precision:
            plan["precision"] = self.a.precision
        if self.a.epochs:
            for stage in plan["stages"]:
                stage["epochs"] = min(stage["epochs"], self.a.epochs)
        file = self.work / f"{preset}.plan.json"
        file.write_text(json.dumps(plan, indent=1))
        return ["--plan", file]

    def train(self, step, preset, seed):
        name = f"{preset}-{seed}"
        if (step, seed) in self.known:
            return
        model = self.work / "home/data/models" / f"{name}.safetensors"
        model.unlink(missing_ok=True)
        lines, seconds, processor = self.run(
            "goodsight-cli", "train", "--folder", self.a.train, "--val", self.a.val, "--start", self.a.start,
            "--seed", seed, "--name", name, "--work", self.work / f"run-{name}", *self.plan(preset))
        val = lines[-1]["val"]
        self.note(step, seed, val["top1"], val["top3"], seconds, processor)

    def frozen(self, seed):
        if ("linear head", seed) in self.known:
            return
        embeddings = self.work / "embeddings.safetensors"
        if not embeddings.exists():  # any head's model has the start's own frozen network
            models = sorted((self.work / "home/data/models").glob("head-*.safetensors"))
            if not models:
                sys.exit("The step frozen needs the step head before it.")
            self.run("goodsight_embed", models[0], embeddings, self.a.train, self.a.val)
        lines, _, processor = self.run("goodsight_frozen_heads", embeddings, "--seed", seed)
        for line in lines:
            self.note(line["step"], seed, line["top1"], line["top3"], line["seconds"], processor)

    def table(self):
        lines = ["| step | top-1 | top-3 | seeds |", "|---|---|---|---|"]
        for step, words in NAMES.items():
            figures = [f for (name, _), f in sorted(self.known.items()) if name == step]
            if not figures:
                continue
            cells = []
            for key in ("top1", "top3"):
                values = [100 * figure[key] for figure in figures]
                spread = f" ± {statistics.stdev(values):.1f}" if len(values) > 1 else ""
                cells.append(f"{statistics.mean(values):.1f}{spread}")
            lines.append(f"| {words} | {cells[0]} | {cells[1]} | {len(figures)} |")
        return "\n".join(lines) + f"\n\n{datetime.date.today()}, {processor_name()}; start {Path(self.a.start).name}.\n"


def processor_name():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name")) \
            + f", {os.cpu_count()} cores"
    except (OSError, StopIteration):
        return f"{os.cpu_count()} cores"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--bin", "--train", "--val", "--start", "--work"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--steps", nargs="+", default=["head", "frozen", "quick", "thorough"],
                        choices=["head", "frozen", "quick", "thorough"])
    parser.add_argument("--precision", choices=["float32", "bfloat16"], help="instead of the preset's")
    parser.add_argument("--epochs", type=int, default=0)
    steps = Steps(parser.parse_args())
    for step in steps.a.steps:
        for seed in steps.a.seeds:
            if step == "frozen":
                steps.frozen(seed)
            else:
                steps.train("frozen head" if step == "head" else step, step, seed)
    print(steps.table())


if __name__ == "__main__":
    main()
