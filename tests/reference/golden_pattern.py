#!/usr/bin/env python3
"""The golden pattern "waves-1" in Python: prints the sha256 of each seed's 3 x 224 x 224 bytes.

The hashes are kept in tests/core/model/GoldenPatternTest.cpp. No packages needed.
"""
import hashlib


def golden_pattern(seed: int) -> bytes:
    state = seed

    def following() -> int:
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return state >> 16

    def triangle(v: int) -> int:
        return min(255, abs((v & 511) - 256))

    out = bytearray()
    for _ in range(3):
        fx, fy, p = 1 + following() % 7, 1 + following() % 7, following() % 512
        gx, gy, q = 1 + following() % 5, 1 + following() % 5, following() % 512
        for y in range(224):
            for x in range(224):
                out.append((triangle(x * fx + y * fy + p) + triangle(x * gx - y * gy + q)) >> 1)
    return bytes(out)


if __name__ == "__main__":
    for seed in (1, 2, 3, 4, 0, 4294967295):
        data = golden_pattern(seed)
        print(seed, hashlib.sha256(data).hexdigest(), list(data[:4]))
