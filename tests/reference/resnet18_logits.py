#!/usr/bin/env python3
"""Golden logits of ResNet-18 as torchvision computes them, from a picture to the last layer.

The weights come from an integer formula (its twin is tests/core/inference/FormulaModel.cpp), so nothing but the
expected numbers is committed. Run where torch, torchvision and Pillow from PyPI are installed:

    python3 tests/reference/resnet18_logits.py > tests/core/torch/resnet18_logits.json
    python3 tests/reference/resnet18_logits.py --pth FILE > tests/core/torch/resnet18_pth_logits.json

With --pth the weights are those of a state_dict with torchvision's keys, and only a few of the 1000 logits are
written.
"""
import argparse
import json

import numpy as np
import torch
import torchvision
from PIL import Image
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Normalize, Resize, ToTensor

CLASSES = 40
PHOTOS = [(301, 257), (640, 480), (180, 244)]


def spread(tensor: int, count: int, limit: float) -> np.ndarray:
    """`count` numbers over ±limit: a hash (MurmurHash3's finalizer) of each element's number."""
    x = np.arange(count, dtype=np.uint32) + np.uint32(tensor * 0x9E3779B9 & 0xFFFFFFFF)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return ((x.astype(np.float64) / 4294967295.0 * 2.0 - 1.0) * limit).astype(np.float32)


def formula_model() -> torch.nn.Module:
    """torchvision's own module; each batch norm only adds the convolution's bias."""
    model = torchvision.models.resnet18(weights=None, num_classes=CLASSES)
    tensor = 0
    modules = dict(model.named_modules())
    with torch.no_grad():
        for name, module in model.named_modules():
            if not isinstance(module, torch.nn.Conv2d):
                continue
            fan_in = module.in_channels * module.kernel_size[0] * module.kernel_size[1]
            limit = np.sqrt(6.0 / fan_in) * (0.5 if name.endswith(".conv2") else 1.0)
            module.weight.copy_(torch.from_numpy(spread(tensor, module.weight.numel(), limit))
                                .view_as(module.weight))
            norm = modules[name.replace("conv", "bn") if "conv" in name else name.replace("sample.0", "sample.1")]
            norm.eps = 0.0
            norm.bias.copy_(torch.from_numpy(spread(tensor + 1, module.out_channels, 0.1)))
            tensor += 2
        model.fc.weight.copy_(torch.from_numpy(spread(tensor, CLASSES * 512, 0.1)).view_as(model.fc.weight))
        model.fc.bias.copy_(torch.from_numpy(spread(tensor + 1, CLASSES, 0.1)))
    return model


def photo(width: int, height: int) -> Image.Image:
    """A picture with fine and coarse structure, made by integers only."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 3 + y * 5, x * y // 7, (x * x + y * y) // 16]
    return Image.fromarray(np.stack([p % 256 for p in planes], axis=-1).astype(np.uint8), "RGB")


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pth")
    pth = arguments.parse_args().pth
    if pth:
        model = torchvision.models.resnet18(weights=None)
        model.load_state_dict(torch.load(pth, map_location="cpu", weights_only=True))
    else:
        model = formula_model()
    model.eval()
    transform = Compose([Resize(256, InterpolationMode.BILINEAR, antialias=True), CenterCrop(224), ToTensor(),
                         Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    embeddings = []
    model.avgpool.register_forward_hook(lambda _m, _i, out: embeddings.append(out.flatten(1)))
    photos = []
    with torch.inference_mode():
        for width, height in PHOTOS:
            logits = model(transform(photo(width, height)).unsqueeze(0))[0]
            entry = {"width": width, "height": height,
                     "embedding": [round(v, 6) for v in embeddings[-1][0, ::64].tolist()]}
            if pth:
                entry["top"] = logits.topk(5).indices.tolist()
            entry["logits"] = [round(v, 6) for v in (logits[::100] if pth else logits).tolist()]
            photos.append(entry)
    print(json.dumps({"torch": torch.__version__, "torchvision": torchvision.__version__, "photos": photos},
                     indent=1))


if __name__ == "__main__":
    main()
