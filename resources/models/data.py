"""Photos, their fixed evaluation view and their random training views.

Everything is kept as uint8 in memory: 2640 photos of about 348x420 pixels are a gigabyte.
"""
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torchvision.transforms import CenterCrop, InterpolationMode, Resize

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


class Photos:
    """One split (`train` or `val`): decoded photos [3,H,W] uint8 and their labels."""

    def __init__(self, root: Path, split: str):
        rows = [line.split(",") for line in (root / f"{split}.txt").read_text().splitlines() if line.strip()]
        self.files = [root / row[0].strip() for row in rows]
        self.labels = torch.tensor([int(row[1]) for row in rows])
        with ThreadPoolExecutor(2) as pool:
            self.images = list(pool.map(self._decode, self.files))

    @staticmethod
    def _decode(path: Path) -> torch.Tensor:
        return torch.from_numpy(np.array(Image.open(path).convert("RGB"))).permute(2, 0, 1).contiguous()

    def __len__(self) -> int:
        return len(self.images)

    def fingerprint(self) -> str:
        """sha256 over the sorted lines "<sha256 of the file> <label>"."""
        lines = sorted(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()} {label}\n"
            for path, label in zip(self.files, self.labels.tolist())
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def plain_view(image: torch.Tensor, resize: int = 256, crop: int = 224) -> torch.Tensor:
    """torchvision's Resize / CenterCrop through Pillow, as the application does it; uint8 [3,crop,crop]."""
    pil = Image.fromarray(image.permute(1, 2, 0).numpy())
    pil = CenterCrop(crop)(Resize(resize, InterpolationMode.BILINEAR, antialias=True)(pil))
    return torch.from_numpy(np.array(pil)).permute(2, 0, 1).contiguous()


def plain_views(photos: Photos, resize: int = 256, crop: int = 224) -> torch.Tensor:
    return torch.stack([plain_view(image, resize, crop) for image in photos.images])


class Views:
    """Random views: resized crop, flip, small turn of the colours. The same view can be had at several sizes,
    so that a teacher sees what its student sees at the teacher's own resolution."""

    def __init__(self, seed: int, scale=(0.3, 1.0), brightness=0.3, contrast=0.3, saturation=0.2):
        self.rng = np.random.default_rng(seed)
        self.scale, self.brightness, self.contrast, self.saturation = scale, brightness, contrast, saturation

    def _box(self, height: int, width: int):
        for _ in range(10):
            area = height * width * self.rng.uniform(*self.scale)
            aspect = np.exp(self.rng.uniform(np.log(3 / 4), np.log(4 / 3)))
            w, h = int(round((area * aspect) ** 0.5)), int(round((area / aspect) ** 0.5))
            if 0 < w <= width and 0 < h <= height:
                return int(self.rng.integers(0, height - h + 1)), int(self.rng.integers(0, width - w + 1)), h, w
        side = min(height, width)
        return (height - side) // 2, (width - side) // 2, side, side

    def batch(self, images, sizes=(224,)):
        """A list of photos to one float tensor [n,3,size,size] in 0..255 for each size."""
        out = [torch.empty(len(images), 3, size, size, dtype=torch.uint8) for size in sizes]
        for i, image in enumerate(images):
            top, left, h, w = self._box(image.shape[1], image.shape[2])
            crop = image[None, :, top : top + h, left : left + w]
            if self.rng.random() < 0.5:
                crop = crop.flip(3)
            for target, size in zip(out, sizes):
                target[i] = F.interpolate(crop, (size, size), mode="bilinear", antialias=True)[0]
        n = len(images)
        factor = lambda amount: torch.from_numpy(self.rng.uniform(1 - amount, 1 + amount, n)).float().view(n, 1, 1, 1)
        b, c, s = factor(self.brightness), factor(self.contrast), factor(self.saturation)
        return [self._jitter(x.float(), b, c, s) for x in out]

    @staticmethod
    def _jitter(x, brightness, contrast, saturation):
        grey = x.new_tensor((0.299, 0.587, 0.114)).view(1, 3, 1, 1)
        x = x * brightness
        mean = (x * grey).sum(1, keepdim=True).mean((2, 3), keepdim=True)
        x = mean + (x - mean) * contrast
        g = (x * grey).sum(1, keepdim=True)
        return (g + (x - g) * saturation).clamp_(0, 255)


def normalise(x: torch.Tensor) -> torch.Tensor:
    """0..255 to the student's (torchvision's) input, channels last."""
    mean = torch.tensor(MEAN).view(1, 3, 1, 1) * 255
    std = torch.tensor(STD).view(1, 3, 1, 1) * 255
    return ((x.float() - mean) / std).contiguous(memory_format=torch.channels_last)


def prefetch(make, count: int):
    """make(0), make(1) ... one ahead, on a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(make, 0)
        for i in range(count):
            ready = coming.result()
            if i + 1 < count:
                coming = pool.submit(make, i + 1)
            yield ready
