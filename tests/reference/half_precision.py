#!/usr/bin/env python3
"""Hashes of half precision conversions by NumPy, kept in tests/core/model/TensorTest.cpp.

First: every half bit pattern but the NaNs, as little-endian float32. Second: 200000 float32 bit patterns from a
linear congruential generator (NaNs skipped), and the exact ties around each half, as little-endian halves.
"""
import hashlib

import numpy as np

halves = np.arange(65536, dtype=np.uint16)
halves = halves[(halves & 0x7FFF) <= 0x7C00]
print("to float", hashlib.sha256(halves.view(np.float16).astype("<f4").tobytes()).hexdigest())

state, patterns = 1, []
for _ in range(200000):
    state = (state * 1664525 + 1013904223) % 2**32
    patterns.append(state)
for half in range(0, 0x7C00, 7):  # the middle between two neighbours, and one ulp to each side
    low, high = np.array([half, half + 1], dtype=np.uint16).view(np.float16).astype(np.float64)
    if np.isinf(high):
        continue
    middle = int(np.float32((low + high) / 2).view(np.uint32))
    patterns += [middle - 1 if middle else 0, middle, middle + 1]
bits = np.array(patterns, dtype=np.uint32)
floats = bits.view(np.float32)
floats = floats[~np.isnan(floats)]
with np.errstate(over="ignore"):
    print("to half", len(floats), hashlib.sha256(floats.astype("<f2").tobytes()).hexdigest())
