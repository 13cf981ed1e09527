#!/usr/bin/env python3
"""Folds batch norm of a made-up ResNet-18 with NumPy in double precision and prints the golden numbers of
ResNet18WeightsTest.cpp, whose made-up network is the same: number i of tensor k, counted in the order of
`layers`, is frac((i + 1) * 0.6180339887498949 + k * 0.41421356) - 0.5, in double, then float32; running_var is
that plus 1."""
import numpy as np

layers = [("conv1", "bn1", 64, 3, 7)]
width = 64
for stage, out in enumerate((64, 128, 256, 512), 1):
    for block in (0, 1):
        at = f"layer{stage}.{block}"
        layers.append((f"{at}.conv1", f"{at}.bn1", out, width, 3))
        layers.append((f"{at}.conv2", f"{at}.bn2", out, out, 3))
        if block == 0 and width != out:
            layers.append((f"{at}.downsample.0", f"{at}.downsample.1", out, width, 1))
        width = out


def ramp(k: int, count: int) -> np.ndarray:
    x = (np.arange(1, count + 1, dtype=np.float64)) * 0.6180339887498949 + k * 0.41421356
    return ((x - np.floor(x)) - 0.5).astype(np.float32)


k = 0
for conv, _, out, fan, kernel in layers:
    w, gamma, beta, mean, var = (ramp(k + j, out * fan * kernel * kernel if j == 0 else out) for j in range(5))
    var = (var + np.float32(1)).astype(np.float32)
    k += 5
    scale = gamma.astype(np.float64) / np.sqrt(var.astype(np.float64) + 1e-5)
    weight = (w.reshape(out, -1).astype(np.float64) * scale[:, None]).ravel()
    bias = beta.astype(np.float64) - mean.astype(np.float64) * scale
    print(f'{{"{conv}", {np.abs(weight).sum()!r}, {weight[0]!r}, {weight[-1]!r}, {np.abs(bias).sum()!r}, {bias[0]!r}, {bias[-1]!r}}},'
          .replace("np.float64(", "").replace(")", ""))
