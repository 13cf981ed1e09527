# SPDX-License-Identifier: GPL-3.0-or-later
"""One function for each picture of small products; it fills the scene."""
import math

import shapes
import skins
import stage
from skins import Skin


def _apple(rng, skin, wood, height, radius, waist):
    body = shapes.lathe(
        "apple", shapes.globe(radius, height, 0.17, 0.12, 0.32, squareness=2.25, waist=waist), skin.material,
        swell=shapes.both(shapes.dented(rng, 0.03, 2), lambda t, a: 1 + 0.03 * math.cos(5 * a) * (1 - t) ** 2))
    return shapes.join("apple", body, shapes.stalk(height - 0.165, 0, rng.uniform(0.2, 0.32), 0.018, rng.uniform(0.02, 0.12), rng, wood))


def granny_smith(scene, rng):
    skin = Skin("granny", "#829f3d", 0.2, 0.5, 0.35)
    skin.each("#6d8c35", 0.8).blotches("#9db24f", 1.3, 0.5, 0.8).blotches("#c2bb6c", 0.7, 0.68, 0.85)
    skin.specks("#d3dd94", 10.0, 0.16, 0.8).rough(skin.noise(7.0), 0.004)
    skin.sticker((0.8, 0.1, 0.55), 0.26, 0.4, "#15171a", "#e8e8e4")
    wood = skins.plain("wood", "#5b4424", 0.8)
    kinds = [_apple(rng, skin, wood, 0.38, 0.42, 0.09) for _ in range(4)]
    stage.crate((5.4, 5.0), 0.8)
    stage.shelf_edge(3.0, 0.4, "#e9ecef")
    stage.pile(rng, [(stage.hull(kinds[0]), kinds, 76, (0.92, 1.1))], (5.3, 4.9))
    stage.light(scene)
    stage.camera(scene)


def _pepper(rng, skin, green):
    count = rng.choice((3, 4, 4))
    size = rng.uniform(0.42, 0.5)
    body = shapes.lathe(
        "pepper", shapes.globe(0.4, size, 0.17, 0.13, 0.5, squareness=2.9, waist=0.12), skin, rings=56, segments=96,
        swell=shapes.both(shapes.lobes(count, 0.17, rng, 1.25, 1.3, 0.55, 0.6), shapes.dented(rng, 0.05)))
    cap = shapes.sepals(6, 0.0, 0.17, size - 0.14, -0.02, 0.02, rng, green, 0.8)
    stem = shapes.stalk(size - 0.17, 0, rng.uniform(0.28, 0.42), 0.055, rng.uniform(0.05, 0.25), rng, green, 1.9)
    return shapes.join("pepper", body, cap, stem)


def _peppers(scene, rng, colour, darker, lighter):
    def skin_of(name, a, b, c):
        skin = Skin(name, a, 0.12, 0.55, 0.5)
        skin.each(b, 0.8).blotches(c, 1.2, 0.55, 0.85).rough(skin.noise(3.0), 0.015)
        return skin.material

    green = Skin("stem", "#4f8a2e", 0.4)
    green.blotches("#7fae4b", 4.0, 0.45, 0.7).rough(green.noise(14.0), 0.012)
    skin = skin_of("pepper", colour, darker, lighter)
    kinds = [_pepper(rng, skin, green.material) for _ in range(6)]
    stage.crate((5.4, 5.0), 0.7)
    stage.shelf_edge(3.0, 0.3, "#e9ecef")
    stage.pile(rng, [(stage.hull(kinds[0], 90), kinds, 66, (0.92, 1.12))], (5.3, 4.9), frames=130)
    stage.light(scene)
    stage.camera(scene)


def red_bell_pepper(scene, rng):
    _peppers(scene, rng, "#d3100f", "#b50a12", "#e8321a")


def yellow_bell_pepper(scene, rng):
    _peppers(scene, rng, "#f7c00c", "#f0a908", "#fbd437")


def carrots(scene, rng):
    skin = Skin("carrot", "#e8792c", 0.5, 0.35)
    skin.each("#d8662a", 0.7).blotches("#f09a50", 1.5, 0.45, 0.8).blotches("#b9531c", 14.0, 0.62, 0.75, 4.0, (0.6, 0.6, 2.4))
    skin.shade("#6f5a2a", skin.ramp(skin.axis("Z"), 0.93, 0.99))
    skin.rough(skin.noise(12.0, 4.0, (0.5, 0.5, 3.0)), 0.02)
    kinds = []
    for _ in range(7):
        thick, tip = rng.uniform(0.17, 0.24), rng.uniform(0.3, 0.55)
        half = rng.uniform(0.85, 1.0)

        def profile(t, thick=thick, tip=tip, half=half):
            z = -half + 2 * half * t
            taper = tip + (1 - tip) * t**0.7
            end = min(1.0, ((1 - t) / 0.07 + 0.12)) ** 0.5 * min(1.0, t / 0.10 + 0.03) ** 0.6
            return thick * taper * end, z * (1 if t < 0.97 else 0.995)

        bend_x, phase = rng.uniform(-0.12, 0.12), rng.uniform(0, 6)
        kinds.append(shapes.lathe(
            "carrot", profile, skin.material, 90, 32, shapes.both(
                shapes.dented(rng, 0.05), lambda t, a, p=phase: 1 + 0.006 * math.sin(70 * t + p) + 0.015 * math.sin(31 * t + 2 * a)),
            lambda x, y, z, b=bend_x: (x + b * z * z, y + 0.03 * math.sin(3 * z), z)))
    stage.crate((4.8, 4.4), 0.7)
    stage.shelf_edge(2.7, 0.3)

    def along(r):
        return (math.pi / 2 + r.uniform(-0.1, 0.1), 0, r.choice((0.0, math.pi)) + r.gauss(0.5, 0.35))

    parts = [(stage.hull(kind, 50), [kind], 13, (0.8, 1.1)) for kind in kinds]
    stage.pile(rng, parts, (4.7, 4.3), frames=150, upright=along, layers_apart=0.8, walls=9.0)
    stage.light(scene)
    stage.camera(scene, (0.3, -3.3, 4.4))
