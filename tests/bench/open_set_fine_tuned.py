#!/usr/bin/env python3
"""How well a model that was fine-tuned on a store's products tells products that it was never shown.

    open_set_fine_tuned.py --bin build/release/bin --grocery FOLDER --foreign FOLDER --start FILE --work FOLDER
                           [--preset quick]

Trains one model for each of goodsight_open_set_bench's five seeds, without the photos of the twenty products that the
seed holds out, then runs that bench with these models. GROCERY holds train.txt and val.txt, lines of "file, class,
group". What is in WORK already is not made again."""
import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path


def lay_out(grocery: Path, part: str, held: set[str], folder: Path):
    """Copies of the photos of the products that are not held out."""
    for line in (grocery / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        name, product = (field.strip() for field in line.split(",")[:2])
        if product in held:
            continue
        target = folder / part / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy2(grocery / name, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--bin", "--grocery", "--foreign", "--start", "--work"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--preset", default="quick")
    wish = parser.parse_args()
    work = wish.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, GOODSIGHT_HOME=str(work / "home"), LC_ALL="C.UTF-8")
    bench = wish.bin / "goodsight_open_set_bench"
    models = work / "home/data/models"
    for line in subprocess.run([bench, "--held-out"], check=True, capture_output=True, text=True).stdout.splitlines():
        seed, held = line.split(":")
        name = f"{wish.preset}-without-{seed}"
        if (models / f"{name}.safetensors").exists():
            continue
        folder = work / f"photos-{seed}"
        for part in ("train", "val"):
            lay_out(wish.grocery, part, set(held.split()), folder)
        print(f"seed {seed}: training", file=sys.stderr, flush=True)
        subprocess.run([wish.bin / "goodsight-cli", "train", "--folder", folder / "train", "--val", folder / "val",
                        "--start", wish.start, "--preset", wish.preset, "--seed", seed, "--name", name,
                        "--work", work / f"run-{name}"],
                       check=True, env=environment, stdout=subprocess.DEVNULL)
        shutil.rmtree(folder)
    subprocess.run([bench, models / f"{wish.preset}-without-%1.safetensors", wish.grocery, wish.foreign,
                    work / f"{wish.preset}-%1.embeddings"], check=True, env=environment)


if __name__ == "__main__":
    main()
