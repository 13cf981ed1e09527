"""A Python program that recognises one photo: what starting from nothing costs there."""
import sys
from pathlib import Path

import torch

from weights import module, photo

torch.set_num_threads(2)
with torch.inference_mode():
    print(module(Path(sys.argv[1]))(photo(sys.argv[2]).unsqueeze(0))[0].topk(3).indices.tolist())
