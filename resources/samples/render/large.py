# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures with larger products; each function fills the scene."""
import math

import shapes
import skins
import stage
from skins import Skin


def _stripes(skin, dark, count, wobble):
    """Jagged stripes from pole to pole."""
    node = skin._node("ShaderNodeSeparateXYZ")
    skin._set(node.inputs[0], skin.place)
    angle = skin.math("ARCTAN2", node.outputs["Y"], node.outputs["X"])
    shaken = skin.math("ADD", skin.math("MULTIPLY", angle, count), skin.math("MULTIPLY", skin.noise(3.2, 4.0), wobble))
    wave = skin.math("COSINE", shaken)
    return skin.shade(dark, skin.ramp(skin.math("ADD", wave, skin.math("MULTIPLY", skin.noise(7.0, 2.0), 0.7)), 0.62, 0.85))


def watermelon(scene, rng):
    skin = Skin("watermelon", "#7fa145", 0.3, 0.5, 0.2)
    skin.blotches("#9ab55d", 5.0, 0.45, 0.7, 3.0).blotches("#5b8a35", 4.0, 0.52, 0.7, 3.0)
    _stripes(skin, "#1d4a20", 9, 7.0)
    skin.blotches("#2c5b28", 14.0, 0.66, 0.75)
    yellow = Skin("honeydew", "#eab71a", 0.35, 0.45, 0.1)
    yellow.each("#f0c63a", 1.0).rough(yellow.noise(6.0, 2.0, (1, 1, 0.25)), 0.03)
    wood = skins.plain("wood", "#7a7440", 0.8)
    big, small = [], []
    for _ in range(3):
        body = shapes.lathe("watermelon", shapes.globe(1.0, 1.12, 0.03, 0.03, 0.1), skin.material, swell=shapes.dented(rng, 0.015, 2))
        big.append(shapes.join("watermelon", body, shapes.stalk(1.06, 0, 0.12, 0.035, 0.05, rng, wood)))
        small.append(shapes.join("honeydew", shapes.lathe(
            "honeydew", shapes.globe(0.62, 0.72, 0, 0, 0.2, nipple=0.03), yellow.material, swell=shapes.dented(rng, 0.02)),
            shapes.stalk(0.7, 0, 0.08, 0.03, 0.02, rng, wood)))
    stage.crate((7.6, 6.6), 0.9)
    stage.pile(rng, [(stage.hull(big[0]), big, 15, (0.95, 1.12)), (stage.hull(small[0]), small, 5, (0.95, 1.05))], (7.5, 6.5))
    stage.light(scene, tubes=620.0)
    stage.camera(scene, (0.4, -4.6, 6.6), (0, 0.35, 0.3), 48.0)


def avocado(scene, rng):
    skin = Skin("avocado", "#36451f", 0.32, 0.5, 0.1)
    skin.each("#2a2a1c", 1.0).blotches("#4d5d2a", 2.0, 0.5, 0.8).blotches("#221d16", 1.2, 0.55, 0.8)
    skin.rough(skin.ramp(skin.cells(18.0), 0.0, 0.6), 0.02).rough(skin.noise(26.0), 0.012)
    skin.specks("#7d8246", 22.0, 0.2, 0.5)
    wood = skins.plain("stub", "#6b5632", 0.8)
    kinds = []
    for _ in range(4):

        def profile(t):
            a = math.pi * t
            return 0.36 * math.sin(a) ** 0.95 * (1 + 0.2 * math.cos(a)), -0.47 * math.cos(a)

        body = shapes.lathe("avocado", profile, skin.material, swell=shapes.dented(rng, 0.03))
        kinds.append(shapes.join("avocado", body, shapes.stalk(0.45, 0, 0.05, 0.04, 0, rng, wood)))
    straw = skins.Skin("straw", "#e2cf9c", 0.6)
    straw.each("#c9b079", 1.0)
    curls = []
    for _ in range(10):
        x, y, turn, path = 0.0, 0.0, rng.uniform(0, 6.28), []
        for k in range(26):
            turn += rng.uniform(-0.55, 0.55)
            x, y = x + 0.06 * math.cos(turn), y + 0.06 * math.sin(turn)
            path.append((x, y, 0.06 * math.sin(k * 0.7 + turn)))
        curls.append(shapes.tube("curl", path, [0.011] * 26, straw.material, 4))
    for _ in range(1500):
        stage.put(rng.choice(curls), (rng.uniform(-2.8, 2.8), rng.uniform(-2.6, 2.6), 0.03 + abs(rng.gauss(0, 0.06))),
                  (rng.uniform(-0.3, 0.3), rng.uniform(-0.3, 0.3), rng.uniform(0, 6.28)))
    stage.crate((5.4, 5.0), 0.6, colour="#6b5236")
    stage.pile(rng, [(stage.hull(kinds[0]), kinds, 36, (0.92, 1.12))], (5.0, 4.6), floor=0.06)
    stage.light(scene, tubes=680.0)
    stage.camera(scene, (0.3, -3.2, 4.8))
