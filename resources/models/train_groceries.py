#!/usr/bin/env python3
"""Repeats the whole training of groceries.safetensors:

    python train_groceries.py --data ../../../shared/data/grocery --trunk ../../../shared/models/resnet18-v1-trunk.safetensors

See README.md for the recipe in words and requirements.txt for the versions.
"""
import os
import sys

# glibc gives big blocks back to the system at every free and page faults eat a third of the time; keep them.
KEEP = {"MALLOC_MMAP_THRESHOLD_": "4000000000", "MALLOC_TRIM_THRESHOLD_": "8000000000", "MALLOC_TOP_PAD_": "200000000", "MALLOC_ARENA_MAX": "2"}
if sys.platform == "linux" and any(key not in os.environ for key in KEEP):
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **KEEP})

import argparse
import datetime
import platform
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

import export
import pool as pools
import stages
import team as teams
import teacher as teachers
from data import Photos, plain_views
from student import Student

HERE = Path(__file__).resolve().parent
CLASSES = 81
SEEDS = {"pool": 2, "teacher": 1, "layer4": 3, "layer3": 5, "whole": 4}
EPOCHS = {"teacher": 5, "layer4": 3, "layer3": 6, "whole": 4}
VIEWS = 4
MILD = {"label": 0.3, "teacher": 0.7, "embedding": 1.0, "imagenet": 0.3}
RICH = {"label": 0.3, "teacher": 0.7, "embedding": 4.0, "imagenet": 1.0}
WEIGHTS = {"layer4": MILD, "layer3": MILD, "whole": RICH}


def processor() -> str:
    try:
        with open("/proc/cpuinfo") as info:
            names = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
        return f"{names[0]} x {len(names)}"
    except (OSError, IndexError):
        return platform.processor() or platform.machine()


class Log:
    """Lines with minutes since the log was begun, to the terminal and to a file that a resumed run carries on."""

    def __init__(self, path: Path):
        self.path = path
        stamp = path.with_suffix(".start")
        if not stamp.exists():
            stamp.write_text(str(time.time()))
        self.start = float(stamp.read_text())

    def minutes(self) -> float:
        return (time.time() - self.start) / 60

    def __call__(self, text: str):
        line = f"[{self.minutes():6.1f} min] {text}"
        print(line, flush=True)
        with open(self.path, "a", encoding="utf-8") as file:
            print(line, file=file)


def keep(path: Path, what):
    """Saves under another name first: a stopped run never leaves half a file."""
    torch.save(what, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def new_student(trunk: Path):
    torch.manual_seed(SEEDS["layer4"])
    student = Student(CLASSES)
    imagenet = student.start_from(trunk)
    return student.to(memory_format=torch.channels_last), imagenet


def pool_stage(team, data: Path, trunk: Path, work: Path):
    log, train = Log(work / "groceries.log"), Photos(data, "train")
    share = -(-len(train) // team.size)
    mine = range(team.rank * share, min((team.rank + 1) * share, len(train)))
    pool = pools.build(train, mine, VIEWS, teachers.Teacher(CLASSES), new_student(trunk)[0], SEEDS["pool"], log)
    keep(work / f"pool{team.rank}.pt", vars(pool))


def join_pool(size: int, work: Path):
    parts = [work / f"pool{rank}.pt" for rank in range(size)]
    keep(work / "pool.pt", vars(pools.joined([pools.Pool(**torch.load(part, mmap=True)) for part in parts])))
    for part in parts:
        part.unlink()


def load_pool(work: Path) -> pools.Pool:
    return pools.Pool(**torch.load(work / "pool.pt", mmap=True))


def teacher_stage(team, data: Path, work: Path):
    log, pool, val = Log(work / "groceries.log"), load_pool(work), Photos(data, "val")
    pictures = plain_views(val, teachers.RESIZE, teachers.SIZE)
    teacher = teachers.fine_tune(team, pool, (pictures, val.labels), CLASSES, SEEDS["teacher"], EPOCHS["teacher"], log)
    if team.rank == 0:
        keep(work / "teacher.pt", teacher.state_dict())


def student_stage(team, stage: str, after: str, data: Path, trunk: Path, work: Path):
    """Runs stages.teach_<stage> on the weights that stage `after` left."""
    log, pool, val = Log(work / "groceries.log"), load_pool(work), Photos(data, "val")
    student, imagenet = new_student(trunk)
    loss = stages.Loss(imagenet, pool, WEIGHTS[stage], tuple(torch.load(work / "answers.pt")))
    if after:
        student.load_state_dict(torch.load(work / f"{after}.pt"))
        loss.project.load_state_dict(torch.load(work / f"{after}-project.pt"))
    if team.rank == 0:
        log(f"{stage}: {EPOCHS[stage]} epochs, weights of the loss {WEIGHTS[stage]}")
    best = getattr(stages, f"teach_{stage}")(
        team, student, loss, pool, (plain_views(val), val.labels), SEEDS[stage], EPOCHS[stage], log,
        lambda state: keep(work / f"{stage}-latest.pt", state))
    if team.rank == 0:
        keep(work / f"{stage}-project.pt", loss.project.state_dict())
        keep(work / f"{stage}.pt", best.state_dict())


def answers_stage(team, work: Path):
    log, pool, teacher = Log(work / "groceries.log"), load_pool(work), teachers.Teacher(CLASSES)
    teacher.load_state_dict(torch.load(work / "teacher.pt"))
    share = -(-len(pool.labels) // team.size)
    mine = slice(team.rank * share, min((team.rank + 1) * share, len(pool.labels)))
    found = pools.answers(pool.early[mine], teacher)
    keep(work / f"answers{team.rank}.pt", found)
    right, = team.sum((found[1].argmax(1) == pool.labels[mine]).sum().item())
    if team.rank == 0:
        log(f"the fine-tuned teacher is right on {100 * right / len(pool.labels):.1f} % of the pool's {len(pool.labels)} views")


def join_answers(size: int, work: Path):
    parts = [torch.load(work / f"answers{rank}.pt") for rank in range(size)]
    keep(work / "answers.pt", [torch.cat(column) for column in zip(*parts)])


def package(stage: str, fingerprint: str, photos: int, data: Path, trunk: Path, work: Path, labels: Path, out: Path, log):
    val = Photos(data, "val")
    student, _ = new_student(trunk)
    student.load_state_dict(torch.load(work / f"{stage}.pt"))
    shipped = export.rounded(student)
    log(f"tensors that still equal the trunk's: {export.unchanged(shipped, load_file(trunk)) or 'none'}")
    temperature, figures = export.val_figures(shipped, plain_views(val), val.labels)
    log(f"{stage}, folded, fp16 weights: temperature {temperature:.4f}, val {figures}")
    training = {"recipe": "resources/models/train_groceries.py", "seeds": SEEDS, "data_fingerprint": fingerprint,
                "photos": photos, "minutes": round(log.minutes()), "processor": processor(), "torch": torch.__version__}
    created = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    size = export.write(out, shipped, labels, temperature, figures, training, created)
    log(f"wrote {out.name}, {size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.txt, val.txt and the photos")
    parser.add_argument("--trunk", type=Path, required=True, help="resnet18-v1-trunk.safetensors")
    parser.add_argument("--labels", type=Path, default=HERE.parent / "labels" / "groceries.csv")
    parser.add_argument("--work", type=Path, default=Path("groceries-work"), help="what is kept between stages; a stopped run goes on from it")
    parser.add_argument("--out", type=Path, default=HERE / "groceries.safetensors")
    parser.add_argument("--processes", type=int, default=2, help="processes of one thread each; the shipped package was made by 2")
    parser.add_argument("--until", choices=("layer4", "layer3", "whole"), default="whole", help="the last stage to run before the package is written")
    arguments = parser.parse_args()
    data, trunk, work, size = arguments.data, arguments.trunk, arguments.work, arguments.processes
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    log = Log(work / "groceries.log")
    log(f"torch {torch.__version__}, {processor()}, {size} processes of one thread, seeds {SEEDS}")
    train = Photos(data, "train")
    fingerprint, photos = train.fingerprint(), len(train)
    log(f"{photos} train photos, fingerprint {fingerprint}")

    if not (work / "pool.pt").exists():
        teams.run(size, pool_stage, data, trunk, work)
        join_pool(size, work)
    if not (work / "teacher.pt").exists():
        teams.run(size, teacher_stage, data, work)
    if not (work / "answers.pt").exists():
        teams.run(size, answers_stage, work)
        join_answers(size, work)
    after = None
    for stage in ("layer4", "layer3", "whole"):
        if not (work / f"{stage}.pt").exists():
            teams.run(size, student_stage, stage, after, data, trunk, work)
        if stage == arguments.until:
            break
        after = stage
    package(stage, fingerprint, photos, data, trunk, work, arguments.labels, arguments.out, log)


if __name__ == "__main__":
    main()
