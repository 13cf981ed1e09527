"""Pictures made from integer formulas. tests/core/imaging/TestPictures.cpp makes the same ones in C++, so that
large inputs need not be committed."""

import numpy as np

KINDS = ("noise", "gradient", "shapes", "mixed")


def _noise(x, y, channel):
    """A well mixed byte for each pixel and channel; 32-bit arithmetic that wraps."""
    h = x * np.uint32(374761393) + y * np.uint32(668265263) + np.uint32(channel) * np.uint32(2246822519)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(1274126177)
    return ((h ^ (h >> np.uint32(16))) >> np.uint32(8)) & np.uint32(255)


def _gradient(x, y, channel, width, height):
    if channel == 0:
        return x * np.uint32(255) // np.uint32(max(width - 1, 1)) + np.uint32(0) * y
    if channel == 1:
        return y * np.uint32(255) // np.uint32(max(height - 1, 1)) + np.uint32(0) * x
    return (x * np.uint32(3) + y * np.uint32(2)) & np.uint32(255)


def _shapes(x, y, channel, width, height):
    checker = ((x // np.uint32(5 + channel)) + (y // np.uint32(7))) & np.uint32(1)
    dx = x.astype(np.int64) * 2 - width
    dy = y.astype(np.int64) * 2 - height
    inside = (dx * dx + dy * dy) * 4 < min(width, height) ** 2 * (channel + 1)
    return np.where(inside, np.uint32(250 - 90 * channel), checker * np.uint32(180))


def picture(kind, width, height):
    """height x width x 3 bytes."""
    x = np.arange(width, dtype=np.uint32)[None, :]
    y = np.arange(height, dtype=np.uint32)[:, None]
    planes = []
    for channel in range(3):
        if kind == "noise":
            plane = _noise(x, y, channel)
        elif kind == "gradient":
            plane = _gradient(x, y, channel, width, height)
        elif kind == "shapes":
            plane = _shapes(x, y, channel, width, height)
        else:
            plane = (
                _gradient(x, y, channel, width, height)
                + _shapes(x, y, channel, width, height)
                + (_noise(x, y, channel) >> np.uint32(2))
            ) // np.uint32(3)
        planes.append(np.broadcast_to(plane, (height, width)).astype(np.uint8))
    return np.ascontiguousarray(np.stack(planes, axis=-1))
