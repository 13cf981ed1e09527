#!/usr/bin/env python3
"""Writes torchvision's ImageNet category names, one a line in the order of the logits.

    python3 -m venv venv && venv/bin/pip install --no-deps torchvision
    venv/bin/python tests/reference/imagenet_categories.py > tests/core/labels/imagenet_categories.txt

Only torchvision/models/_meta.py is read, by its path, so that torch need not be installed.
"""
import importlib.util
import pathlib
import runpy
import sys

package = importlib.util.find_spec("torchvision")
if package is None or package.origin is None:
    sys.exit("torchvision is not installed")
meta = runpy.run_path(str(pathlib.Path(package.origin).parent / "models" / "_meta.py"))
categories = meta["_IMAGENET_CATEGORIES"]
assert len(categories) == 1000
sys.stdout.write("".join(f"{name}\n" for name in categories))
