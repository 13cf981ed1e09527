"""Writes imaging/preprocess.json: what torchvision's transforms on Pillow images make of pictures that the test
makes again by the same formula. Run in the environment of requirements.txt, once; the result is committed."""

import hashlib
import json
import pathlib

import numpy as np
import PIL
import torchvision
from PIL import Image
from torchvision import transforms

from test_pictures import KINDS, picture

MEAN = [0.485, 0.456, 0.406]
STD = [0.229, 0.224, 0.225]

CASES = [
    (kind, width, height, 256, 224)
    for width, height in [
        (225, 301), (256, 256), (300, 224), (37, 53), (400, 5), (5, 400),
        (348, 464), (257, 256), (256, 257), (255, 1000), (511, 513), (1, 1), (2, 3), (640, 480),
    ]
    for kind in KINDS
] + [
    ("mixed", 3000, 1999, 256, 224),
    ("noise", 3000, 1999, 256, 224),
    ("mixed", 1023, 769, 256, 224),
    ("noise", 1023, 769, 256, 224),
    ("mixed", 1, 1000, 256, 224),
    ("noise", 1000, 1, 256, 224),
    ("mixed", 640, 427, 232, 224),
    ("noise", 501, 333, 224, 224),
    ("mixed", 333, 500, 200, 224),
    ("noise", 500, 333, 101, 224),
    ("mixed", 299, 401, 129, 128),
]


def golden(kind, width, height, resize, crop):
    image = Image.fromarray(picture(kind, width, height))
    small = transforms.CenterCrop(crop)(
        transforms.Resize(resize, interpolation=transforms.InterpolationMode.BILINEAR, antialias=True)(image)
    )
    data = np.asarray(small)
    assert data.shape == (crop, crop, 3) and data.dtype == np.uint8
    floats = transforms.Normalize(MEAN, STD)(transforms.ToTensor()(small)).numpy()
    at = [0, crop // 3, crop // 2, crop - 1]
    return {
        "kind": kind,
        "width": width,
        "height": height,
        "resize": resize,
        "crop": crop,
        "sha256": hashlib.sha256(data.tobytes()).hexdigest(),
        "floats_sha256": hashlib.sha256(floats.astype("<f4").tobytes()).hexdigest(),
        "samples": [[x, y, *map(int, data[y, x])] for y in at for x in at],
    }


def main():
    result = {
        "pillow": PIL.__version__,
        "torchvision": torchvision.__version__,
        "cases": [golden(*case) for case in CASES],
    }
    out = pathlib.Path(__file__).parent / "imaging" / "preprocess.json"
    lines = ",\n".join(json.dumps(case) for case in result["cases"])
    out.write_text(
        f'{{"pillow": "{result["pillow"]}", "torchvision": "{result["torchvision"]}",\n"cases": [\n{lines}\n]}}\n'
    )
    print(out, len(result["cases"]), "cases")


if __name__ == "__main__":
    main()
