"""Goodsight's linear head beside scikit-learn's LogisticRegression: the same embeddings, penalty and threads, in turns
in one run, at equal loss: Goodsight's tolerance is the loosest at which its loss is not above scikit-learn's.

    build/peers/bin/python tests/bench/peers/heads.py --top . [--embeddings FILE] [--quick]

FILE is goodsight_embed's; without it embeddings are made up. Needs goodsight_head_bench in build/release/bin, NumPy and
scikit-learn. Prints one JSON line."""
import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np


def tensors(path: Path) -> dict:
    """The float32 tensors of a safetensors file."""
    raw = path.read_bytes()
    length = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8:8 + length])
    return {name: np.frombuffer(raw[8 + length:], "<f4", int(np.prod(entry["shape"])), entry["data_offsets"][0])
            .reshape(entry["shape"]) for name, entry in header.items() if name != "__metadata__"}


def save(path: Path, arrays: dict):
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(a.tobytes() for a in arrays.values()))


def make_up(photos=2640, classes=81):
    random = np.random.default_rng(7)
    scale = 1 / np.sqrt(1 + np.arange(512) / 16)
    labels = np.arange(photos) % classes
    centres = 0.6 + 0.7 * scale * random.normal(size=(classes, 512))
    values = np.maximum(0, centres[labels] + scale * random.normal(size=(photos, 512)))
    return {"embeddings": values.astype("<f4"), "labels": labels.astype("<f4"), "part": np.zeros(photos, "<f4")}


def objective(x, y, weight, bias, l2):
    """What both minimise, in double."""
    logits = x.astype(float) @ weight.astype(float).T + bias
    largest = logits.max(1)
    losses = np.log(np.exp(logits - largest[:, None]).sum(1)) + largest - logits[np.arange(len(y)), y]
    return losses.sum() + l2 / 2 * (weight.astype(float) ** 2).sum()


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--top", type=Path, default=Path("."))
    words.add_argument("--embeddings", type=Path)
    words.add_argument("--l2", type=float, default=1.0)
    words.add_argument("--threads", type=int, default=2)
    words.add_argument("--quick", action="store_true")
    wish = words.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(wish.threads)
    from sklearn.linear_model import LogisticRegression  # after the number of threads is said
    from threadpoolctl import threadpool_limits

    work = Path(tempfile.mkdtemp(prefix="goodsight-heads-"))
    source = wish.embeddings or work / "made-up.safetensors"
    if not wish.embeddings:
        save(source, make_up())
    data = tensors(source)
    x, y = data["embeddings"][data["part"] == 0].copy(), data["labels"][data["part"] == 0].astype(int)

    def sklearn():
        model = LogisticRegression(C=1 / wish.l2, max_iter=10000)
        begin = time.perf_counter()
        model.fit(x, y)
        return time.perf_counter() - begin, objective(x, y, model.coef_, model.intercept_, wish.l2)

    def goodsight(tolerance):
        out = work / "head.safetensors"
        told = subprocess.run([wish.top / "build/release/bin/goodsight_head_bench", source, "--l2", str(wish.l2),
                               "--tolerance", str(tolerance), "--threads", str(wish.threads), "--out", out,
                               "--times", "2"],  # the second one: a process that has done it before
                              capture_output=True, text=True, check=True)
        head = tensors(out)
        return (json.loads(told.stdout.splitlines()[-1])["seconds"],
                objective(x, y, head["weight"], head["bias"], wish.l2))

    with threadpool_limits(wish.threads):
        wanted = sklearn()[1]
        tolerance = next(t for t in (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6) if goodsight(t)[1] <= wanted)
        taken = {"scikit-learn": [], "goodsight": []}
        for _ in range(2 if wish.quick else 6):
            taken["scikit-learn"].append(sklearn())
            taken["goodsight"].append(goodsight(tolerance))
    seconds = {name: statistics.median(t for t, _ in turns) for name, turns in taken.items()}
    print(json.dumps({"photos": len(y), "classes": int(y.max()) + 1, "l2": wish.l2, "threads": wish.threads,
                      "tolerance": tolerance, "seconds": seconds,
                      "loss": {name: turns[0][1] for name, turns in taken.items()},
                      "ratio": seconds["goodsight"] / seconds["scikit-learn"]}))


main()
