# SPDX-License-Identifier: GPL-3.0-or-later
"""The bodies of the products: closed surfaces made from formulas, one unit being ten centimetres.

Every maker returns Blender meshes whose own z axis is the axis of the fruit, stem end up.
"""
import math
import random

import bpy


def _mesh(name, points, faces, material):
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    if material is not None:
        mesh.materials.append(material)
    mesh.update()
    return mesh


def lathe(name, profile, material, rings=48, segments=64, swell=None, bend=None):
    """Turns `profile(t)` -> (radius, height), t from 0 (bottom) to 1 (top), around z.

    `swell(t, angle)` multiplies the radius, `bend(x, y, z)` moves finished points.
    """
    points, faces = [], []
    for ring in range(rings + 1):
        # Rings crowd at both ends, where the curvature is.
        t = 0.5 - 0.5 * math.cos(math.pi * ring / rings)
        radius, height = profile(t)
        for segment in range(segments):
            angle = 2 * math.pi * segment / segments
            r = radius * (swell(t, angle) if swell else 1.0)
            point = (r * math.cos(angle), r * math.sin(angle), height)
            points.append(bend(*point) if bend else point)
    for ring in range(rings):
        for segment in range(segments):
            a, b = ring * segments + segment, ring * segments + (segment + 1) % segments
            faces.append((a, b, b + segments, a + segments))
    faces.append(tuple(range(segments))[::-1])
    faces.append(tuple(range(rings * segments, (rings + 1) * segments)))
    return _mesh(name, points, faces, material)


def tube(name, path, radii, material, segments=10):
    """A round rod through the points of `path`, `radii` thick at each of them."""
    from mathutils import Vector

    points, faces = [], []
    side = Vector((1, 0, 0))
    for i, centre in enumerate(path):
        ahead = Vector(path[min(i + 1, len(path) - 1)]) - Vector(path[max(i - 1, 0)])
        ahead.normalize()
        side = side - ahead * side.dot(ahead)
        if side.length < 1e-3:
            side = ahead.orthogonal()
        side.normalize()
        other = ahead.cross(side)
        for k in range(segments):
            angle = 2 * math.pi * k / segments
            points.append(Vector(centre) + (side * math.cos(angle) + other * math.sin(angle)) * radii[i])
    for i in range(len(path) - 1):
        for k in range(segments):
            a, b = i * segments + k, i * segments + (k + 1) % segments
            faces.append((a, b, b + segments, a + segments))
    faces.append(tuple(range(segments))[::-1])
    faces.append(tuple(range((len(path) - 1) * segments, len(path) * segments)))
    return _mesh(name, points, faces, material)


def join(name, *meshes):
    """One mesh with all the faces and materials of `meshes`."""
    points, faces, slots, materials = [], [], [], []
    for mesh in meshes:
        base = len(points)
        points += [vertex.co.copy() for vertex in mesh.vertices]
        for polygon in mesh.polygons:
            faces.append([base + v for v in polygon.vertices])
            slots.append(len(materials) + polygon.material_index)
        materials += list(mesh.materials)
    joined = _mesh(name, points, faces, None)
    for material in materials:
        joined.materials.append(material)
    joined.polygons.foreach_set("material_index", slots)
    return joined


def globe(radius, height, top_dip=0.0, bottom_dip=0.0, dip_width=0.25, nipple=0.0, tail=0.0, squareness=2.0, waist=0.0):
    """A profile for round fruit: a (super)ellipse with dimples or nipples at its ends.

    `waist` above 0 makes the upper half broader than the lower one, below 0 the other way round.
    """

    def profile(t):
        angle = math.pi * t
        s, c = math.sin(angle), -math.cos(angle)
        power = 2.0 / squareness
        r = radius * abs(s) ** power * (1 + waist * c)
        z = height * math.copysign(abs(c) ** power, c)
        near = abs(s) ** power / dip_width
        if c > 0:
            z -= top_dip * math.exp(-near * near)
            z += nipple * math.exp(-near * near * 1.2)
        else:
            z += bottom_dip * math.exp(-near * near)
            z -= tail * math.exp(-near * near * 1.2)
        return r, z

    return profile


def lobes(count, depth, rng, top=1.0, bottom=1.0, middle=0.5, sharp=1.0):
    """A `swell` with `count` lobes of unequal size, deeper towards the ends."""
    phase = rng.uniform(0, 2 * math.pi)
    uneven = [rng.uniform(0.7, 1.3) for _ in range(count)]

    def swell(t, angle):
        turn = (angle + phase) / (2 * math.pi) * count % count
        part = turn - int(turn)
        crease = abs(math.cos(math.pi * part)) ** (2 + 4 * sharp)
        size = uneven[int(round(turn)) % count]
        if t > 0.5:
            share = middle + (top - middle) * (2 * t - 1) ** 2
        else:
            share = middle + (bottom - middle) * (1 - 2 * t) ** 2
        return 1 - depth * size * share * crease + depth * 0.3 * (uneven[int(turn) % count] - 1) * math.sin(math.pi * part)

    return swell


def dented(rng, amount=0.03, waves=3):
    """A `swell` that takes the perfect roundness away."""
    parts = [(rng.randint(1, waves), rng.uniform(0, 6.28), rng.uniform(-3, 3), rng.uniform(-amount, amount)) for _ in range(4)]

    def swell(t, angle):
        return 1 + sum(a * math.sin(n * angle + phase + lean * t) * math.sin(math.pi * t) for n, phase, lean, a in parts)

    return swell


def both(first, second):
    return lambda t, angle: first(t, angle) * second(t, angle)


def bow(amount):
    """Bends along z into a parabola towards x."""
    return lambda x, y, z: (x + amount * z * z, y, z)


def stalk(height, base, length, thickness, lean, rng, material, flare=1.6):
    """A stem that leaves the fruit at `base` and leans to one side."""
    turn = rng.uniform(0, 2 * math.pi)
    path, radii = [], []
    for i in range(7):
        s = i / 6
        out = lean * s * s
        path.append((base * math.cos(turn) + out * math.cos(turn), base * math.sin(turn) + out * math.sin(turn), height + length * s))
        radii.append(thickness * (1 + (flare - 1) * (1 - s) ** 4 + 0.35 * max(0.0, s - 0.75) * 4 * (flare > 1)))
    return tube("stalk", path, radii, material)


def sepals(count, inner, outer, height, droop, lift, rng, material, width=0.32):
    """A calyx: pointed leaves around the top, following the shoulder of the fruit."""
    points, faces = [], []
    turn = rng.uniform(0, 6.28)
    for leaf in range(count):
        angle = turn + 2 * math.pi * (leaf + rng.uniform(-0.15, 0.15)) / count
        reach = outer * rng.uniform(0.85, 1.1)
        curl = rng.uniform(0.4, 1.3) * lift
        base = len(points)
        steps = 8
        for i in range(steps + 1):
            s = i / steps
            r = inner + (reach - inner) * s
            half = width * reach * (1 - s) ** 0.8 * (0.35 + 0.65 * min(1, 2.5 * s + 0.3)) / 2
            z = height - droop * s * s + curl * s ** 3
            for k in (-1, 0, 1):
                x, y = r, k * half
                points.append((x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle),
                               z + (0.15 * half if k else 0.0)))
        for i in range(steps):
            for k in range(2):
                a = base + 3 * i + k
                faces.append((a, a + 1, a + 4, a + 3))
    return _mesh("sepals", points, faces, material)


def box(name, size, material):
    x, y, z = (value / 2 for value in size)
    points = [(i * x, j * y, k * z) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    mesh = _mesh(name, points, faces, material)
    mesh.polygons.foreach_set("use_smooth", [False] * 6)
    return mesh


def generator(seed):
    return random.Random(seed)
