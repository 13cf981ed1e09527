"""A plain PyTorch script for the seed recipe, to hold `goodsight-cli train` against: ResNet-18, layer4 and fc, Adam,
random crops and flips made anew in every epoch, the frozen layers in evaluation mode run each time.

    python finetune.py --train FOLDER --val FOLDER --start resnet18.pth [--epochs 5] [--limit STEPS]

Folders whose last folder's name is the label. Prints a JSON line an epoch with wall and processor seconds; --limit
ends after so many steps, for the cost of a step alone."""
import argparse
import json
import random
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--val", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="steps after which to end, without val")
    arguments = parser.parse_args()
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
        if not arguments.limit:
            line["val_top1"], line["val_top3"] = score(model, val)
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
