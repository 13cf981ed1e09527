# SPDX-License-Identifier: GPL-3.0-or-later
"""The shop around the products: crate, lights, camera, and the pile, which is dropped into the crate
by Blender's rigid bodies."""
import math
import os

import bpy
from mathutils import Euler, Vector

import shapes
import skins


def empty():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    world = bpy.data.worlds.new("shop")
    scene.world = world
    world.use_nodes = True
    return scene


def put(mesh, location=(0, 0, 0), rotation=(0, 0, 0), scale=1.0):
    thing = bpy.data.objects.new(mesh.name, mesh)
    thing.location, thing.rotation_euler = location, rotation
    thing.scale = (scale, scale, scale)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def light(scene, ambient=0.16, tubes=520.0, sky=330.0, warmth=(1.0, 0.93, 0.82)):
    """Two rows of shop lamps and a broad soft one."""
    background = scene.world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (1.0, 0.97, 0.93, 1)
    background.inputs["Strength"].default_value = ambient
    for x, y, z, width, length, power, tilt in (
        (-2.6, 1.2, 7.5, 0.5, 5.0, tubes, 0.2),
        (2.2, 2.6, 7.5, 0.5, 5.0, tubes, -0.2),
        (0.8, -2.5, 8.5, 5.0, 4.0, sky, 0.0),
    ):
        lamp = bpy.data.lights.new("lamp", "AREA")
        lamp.shape, lamp.size, lamp.size_y, lamp.energy, lamp.color = "RECTANGLE", width, length, power, warmth
        thing = bpy.data.objects.new("lamp", lamp)
        thing.location = (x, y, z)
        thing.rotation_euler = (-0.2 if y < 0 else 0.15, tilt, 0.3)
        scene.collection.objects.link(thing)


def camera(scene, position=(0.4, -4.2, 6.0), target=(0, 0.1, 0.3), field=46.0, roll=3.0, opening=5.6):
    lens = bpy.data.cameras.new("phone")
    lens.sensor_fit, lens.angle = "VERTICAL", math.radians(field)
    lens.dof.use_dof = True
    lens.dof.focus_distance = (Vector(position) - Vector(target)).length - 0.4
    lens.dof.aperture_fstop = opening
    thing = bpy.data.objects.new("phone", lens)
    thing.location = position
    look = (Vector(target) - Vector(position)).to_track_quat("-Z", "Y")
    thing.rotation_euler = (look @ Euler((0, 0, math.radians(roll))).to_quaternion()).to_euler()
    scene.collection.objects.link(thing)
    scene.camera = thing


def crate(size, height=0.75, floor_height=0.0, colour="#17171a", wall=0.09, rim=True):
    """A slatted shop crate around the origin; the shop's floor lies under it."""
    dark = skins.plain("crate", colour, 0.45, 0.4, 60.0)
    width, depth = size
    put(shapes.box("bottom", (width, depth, 0.05), dark), (0, 0, floor_height - 0.03))
    slats = 3
    for k in range(slats):
        z = floor_height + height * (k + 0.5) / slats
        tall = height / slats * (0.78 if k < slats - 1 else 0.9)
        for sign in (-1, 1):
            put(shapes.box("side", (wall, depth + 2 * wall, tall), dark), (sign * (width + wall) / 2, 0, z))
            put(shapes.box("end", (width, wall, tall), dark), (0, sign * (depth + wall) / 2, z))
    if rim:
        for sign in (-1, 1):
            put(shapes.box("rim", (wall * 2, depth + 4 * wall, 0.06), dark), (sign * (width / 2 + wall), 0, floor_height + height))
            put(shapes.box("rim", (width + 4 * wall, wall * 2, 0.06), dark), (0, sign * (depth / 2 + wall), floor_height + height))
    stone = skins.Skin("stone", "#8f8b84", 0.4)
    stone.blotches("#5f5b56", 9.0, 0.5, 0.7).specks("#cfc9bf", 7.0, 0.25).specks("#3c3a38", 9.0, 0.2)
    put(shapes.box("ground", (40, 40, 0.1), stone.material), (0, 0, floor_height - 1.6))


def shelf_edge(depth, height, card="#f4c51c"):
    """The rail with price cards (no print on them) along the front."""
    rail = skins.plain("rail", "#b9bcc0", 0.3)
    paper = skins.plain("card", card, 0.5)
    put(shapes.box("rail", (9, 0.06, 0.5), rail), (0, -depth, height), (0.5, 0, 0))
    put(shapes.box("card", (1.1, 0.02, 0.42), paper), (-0.9, -depth - 0.05, height), (0.5, 0, 0))


def pile(rng, parts, size, frames=80, floor=0.0, walls=4.0, spread=0.55, upright=None, friction=0.5, layers_apart=None):
    """Drops fruit into the crate and leaves it where it comes to rest.

    `parts` is a list of (hull mesh, [meshes to show], count, (least scale, greatest scale)); `upright(rng)` gives
    the rotation at the start, else it is any rotation.
    """
    scene = bpy.context.scene
    bpy.ops.rigidbody.world_add()
    scene.rigidbody_world.collection = bpy.data.collections.new("falling")
    scene.rigidbody_world.point_cache.frame_end = frames
    scene.rigidbody_world.substeps_per_frame = 4
    width, depth = size
    helpers = []

    def body(thing, kind, shape):
        helpers.append(thing)
        scene.rigidbody_world.collection.objects.link(thing)
        rigid = thing.rigid_body
        rigid.type, rigid.collision_shape = kind, shape
        rigid.friction, rigid.restitution = friction, 0.05
        rigid.use_margin, rigid.collision_margin = True, 0.002
        rigid.linear_damping, rigid.angular_damping = 0.15, 0.35
        return rigid

    for box_size, at in (
        ((width + 2, depth + 2, 1), (0, 0, floor - 0.5)),
        ((1, depth + 2, walls), (-(width + 1) / 2, 0, floor + walls / 2)),
        ((1, depth + 2, walls), ((width + 1) / 2, 0, floor + walls / 2)),
        ((width + 2, 1, walls), (0, -(depth + 1) / 2, floor + walls / 2)),
        ((width + 2, 1, walls), (0, (depth + 1) / 2, floor + walls / 2)),
    ):
        body(put(shapes.box("wall", box_size, None), at), "PASSIVE", "BOX")

    queue = [(hull, rng.choice(shown), rng.uniform(*scales)) for hull, shown, count, scales in parts for _ in range(count)]
    rng.shuffle(queue)
    falling, x, y, z = [], None, 0.0, floor + 0.6
    step = 0.0
    for hull, shown, scale in queue:
        reach = max(vertex.co.length for vertex in hull.vertices) * scale
        flat = min(max(abs(v.co[i]) for v in hull.vertices) for i in range(3)) * scale
        gap = layers_apart or reach * 2.02
        if x is None:
            x, y = -width / 2 + reach * 1.05, -depth / 2 + reach * 1.05
        if x > width / 2 - reach:
            x, y = -width / 2 + reach * 1.05, y + gap
        if y > depth / 2 - reach:
            y, z = -depth / 2 + reach * 1.05, z + (gap if not layers_apart else flat * 2.4)
        turn = upright(rng) if upright else tuple(rng.uniform(0, 6.28) for _ in range(3))
        thing = put(hull, (x + rng.uniform(-0.02, 0.02), y + rng.uniform(-0.02, 0.02), z), turn, scale)
        body(thing, "ACTIVE", "CONVEX_HULL").mass = scale**3
        falling.append((thing, shown, scale))
        x += gap

    for frame in range(1, frames + 1):
        scene.frame_set(frame)
    graph = bpy.context.evaluated_depsgraph_get()
    resting = [(shown, thing.evaluated_get(graph).matrix_world.copy()) for thing, shown, _ in falling]
    bpy.ops.rigidbody.world_remove()
    for thing in helpers:
        bpy.data.objects.remove(thing)
    shown_things = []
    for shown, matrix in resting:
        thing = put(shown)
        thing.matrix_world = matrix
        shown_things.append(thing)
    return shown_things


def hull(mesh, most=42):
    """A light convex body for the fall: the outermost points in `most` evenly spread directions."""
    golden = math.pi * (3 - math.sqrt(5))
    points = [vertex.co for vertex in mesh.vertices]
    outer = {}
    for i in range(most):
        z = 1 - 2 * (i + 0.5) / most
        r = math.sqrt(1 - z * z)
        way = Vector((r * math.cos(golden * i), r * math.sin(golden * i), z))
        best = max(range(len(points)), key=lambda k: points[k].dot(way))
        outer[best] = points[best].copy()
    light_mesh = bpy.data.meshes.new("hull")
    light_mesh.from_pydata(list(outer.values()), [], [])
    return light_mesh


def smooth_light(scene):
    """Takes the grain of few samples out of the diffuse light, before it meets the colours of the surfaces.

    Neighbours count when their surfaces look the same way, so edges, relief and patterns stay. It stands in for
    Cycles' own denoiser, which Debian's Blender is built without.
    """
    layer = scene.view_layers[0]
    layer.use_pass_diffuse_direct = layer.use_pass_diffuse_indirect = layer.use_pass_diffuse_color = True
    layer.use_pass_glossy_direct = layer.use_pass_glossy_indirect = layer.use_pass_glossy_color = True
    layer.use_pass_emit = layer.use_pass_environment = layer.use_pass_normal = True
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    passes = tree.nodes.new("CompositorNodeRLayers").outputs

    def mix(kind, first, second):
        node = tree.nodes.new("CompositorNodeMixRGB")
        node.blend_type = kind
        tree.links.new(first, node.inputs[1])
        tree.links.new(second, node.inputs[2])
        return node.outputs[0]

    def blur(image, radius, tolerance):
        node = tree.nodes.new("CompositorNodeBilateralblur")
        node.iterations, node.sigma_color, node.sigma_space = radius, tolerance, 4.0
        tree.links.new(image, node.inputs["Image"])
        tree.links.new(passes["Normal"], node.inputs["Determinator"])
        return node.outputs[0]

    diffuse = mix("MULTIPLY", blur(mix("ADD", passes["DiffDir"], passes["DiffInd"]), 4, 0.25), passes["DiffCol"])
    glossy = mix("MULTIPLY", blur(mix("ADD", passes["GlossDir"], passes["GlossInd"]), 1, 0.15), passes["GlossCol"])
    out = tree.nodes.new("CompositorNodeComposite")
    tree.links.new(mix("ADD", mix("ADD", diffuse, glossy), passes["Env"]), out.inputs[0])


def render(scene, path, width, height, samples, seed=1):
    """Renders a quarter larger than asked, and makes it smaller to take the jaggedness of the edges away."""
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, seed
    cycles.use_adaptive_sampling = False
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 2, 1, 1
    cycles.sample_clamp_indirect, cycles.sample_clamp_direct = 2.0, 8.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.use_denoising = False
    smooth_light(scene)
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = width, height, 125
    scene.view_settings.view_transform, scene.view_settings.look = "Standard", "High Contrast"
    scene.render.image_settings.file_format = "PNG"
    scene.render.filepath = path + ".png"
    bpy.ops.render.render(write_still=True)
    picture = bpy.data.images.load(path + ".png")
    picture.scale(width, height)
    picture.file_format = "JPEG"
    picture.save(filepath=path, quality=90)
    os.remove(path + ".png")
