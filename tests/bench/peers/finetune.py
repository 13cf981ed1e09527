"""A plain PyTorch script for the seed recipe, to hold `goodsight-cli train` against: ResNet-18, layer4 and fc, Adam,
random crops and flips made anew in every epoch, the frozen layers in evaluation mode run each time.

    python finetune.py --train FOLDER --val FOLDER --start resnet18.pth [--epochs 5] [--limit STEPS]
                       [--goodsight BUILD/bin/goodsight-cli [--plans quick quick:float32 classic]]

Folders whose last folder's name is the label. Prints a JSON line an epoch with wall and processor seconds of its
training, the last one with val; --limit ends an epoch after so many steps, for the cost of a step alone. With
--goodsight the presets (and a precision, where another is wished) run before and after it, each in a process of its own
and timed whole, and a last line holds the ratios."""
import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import models, transforms

NORMALISE = transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
TRAIN = transforms.Compose([
    transforms.RandomResizedCrop(224, scale=(0.5, 1.0)), transforms.RandomHorizontalFlip(),
    transforms.ColorJitter(0.2, 0.2, 0.2), transforms.ToTensor(), NORMALISE])
VAL = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(), NORMALISE])


class Photos(Dataset):
    def __init__(self, root: Path, names: list[str], transform):
        self.files = [f for f in sorted(root.rglob("*.jpg")) if f.parent.name in names]
        self.labels = [names.index(f.parent.name) for f in self.files]
        self.transform = transform

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        return self.transform(Image.open(self.files[i]).convert("RGB")), self.labels[i]


@torch.no_grad()
def score(model, loader):
    model.eval()
    top1 = top3 = count = 0
    for x, y in loader:
        hits = model(x).topk(3).indices == y[:, None]
        top1, top3, count = top1 + hits[:, 0].sum().item(), top3 + hits.sum().item(), count + len(y)
    return top1 / count, top3 / count


def goodsight(arguments, plan: str, folder: Path):
    """Seconds from process start to the saved model, and its figures on val."""
    preset, _, precision = plan.partition(":")
    environment = dict(os.environ, GOODSIGHT_HOME=str(folder / "home"), LC_ALL="C.UTF-8")
    recipe = ["--preset", preset]
    if precision:
        shown = subprocess.run([arguments.goodsight, "train", "--show-plan", *recipe], env=environment, check=True,
                               stdout=subprocess.PIPE)
        file = folder / "plan.json"
        file.write_text(json.dumps({**json.loads(shown.stdout), "precision": precision}))
        recipe = ["--plan", file]
    name = f"run-{time.time_ns()}"
    began = time.time()
    run = subprocess.run([arguments.goodsight, "train", "--folder", arguments.train, "--val", arguments.val, "--start",
                          arguments.start, "--threads", str(arguments.threads), "--name", name, "--work", folder / name,
                          *recipe], env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    seconds, val = time.time() - began, json.loads(run.stdout.splitlines()[-1])["val"]
    line = {"goodsight": plan, "seconds": seconds, "val_top1": val["top1"], "val_top3": val["top3"]}
    print(json.dumps(line), flush=True)
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="steps after which to end, without val")
    parser.add_argument("--goodsight", type=Path)
    parser.add_argument("--plans", nargs="+", default=["quick", "quick:float32", "classic"])
    arguments = parser.parse_args()
    if not arguments.goodsight:
        train_in_pytorch(arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        ours = [goodsight(arguments, plan, Path(folder)) for plan in arguments.plans]
        whole = train_in_pytorch(arguments)
        ours += [goodsight(arguments, plan, Path(folder)) for plan in arguments.plans]
    for plan in arguments.plans:
        seconds = statistics.mean(line["seconds"] for line in ours if line["goodsight"] == plan)
        print(json.dumps({"goodsight": plan, "seconds": seconds, "pytorch": whole, "times faster": whole / seconds}))


def train_in_pytorch(arguments):
    """Wall seconds from the reading of the start to the last step; val is not counted."""
    began = time.time()
    torch.manual_seed(1)
    random.seed(1)
    torch.set_num_threads(arguments.threads)
    names = sorted({f.parent.name for f in arguments.train.rglob("*.jpg")})
    train = DataLoader(Photos(arguments.train, names, TRAIN), arguments.batch, shuffle=True, drop_last=True)
    val = DataLoader(Photos(arguments.val, names, VAL), arguments.batch)

    model = models.resnet18()
    model.load_state_dict(torch.load(arguments.start, weights_only=True))
    model.fc = nn.Linear(512, len(names))
    model.requires_grad_(False)
    trained = [*model.layer4.parameters(), *model.fc.parameters()]
    for parameter in trained:
        parameter.requires_grad_(True)
    optimiser = torch.optim.Adam(trained, lr=1e-4)
    for epoch in range(arguments.epochs):
        wall, processor, steps, total = time.time(), time.process_time(), 0, 0.0
        model.eval()
        model.layer4.train()
        for x, y in train:
            loss = F.cross_entropy(model(x), y)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            steps, total = steps + 1, total + loss.item()
            if steps == arguments.limit:
                break
        line = {"epoch": epoch, "steps": steps, "photos": steps * arguments.batch, "loss": total / steps,
                "seconds": time.time() - wall, "cpu_seconds": time.process_time() - processor}
        trained_for = time.time() - began
        if not arguments.limit and epoch == arguments.epochs - 1:
            line["val_top1"], line["val_top3"] = score(model, val)
        print(json.dumps(line), flush=True)
    return trained_for


if __name__ == "__main__":
    main()
