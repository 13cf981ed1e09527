# SPDX-License-Identifier: GPL-3.0-or-later
"""The surfaces of the products: shader nodes only, no picture is ever read."""
import bpy


def linear(code):
    """'#rrggbb' as displayed, to the scene's linear colour."""
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts) + (1.0,)


class Skin:
    """A principled material built step by step; colours are mixed in the order of the calls."""

    def __init__(self, name, colour, roughness=0.4, gloss=0.5, coat=0.0):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self.shader.inputs["Roughness"].default_value = roughness
        self.shader.inputs["Specular"].default_value = gloss
        self.shader.inputs["Clearcoat"].default_value = coat
        self.shader.inputs["Clearcoat Roughness"].default_value = 0.08
        where = self.tree.nodes.new("ShaderNodeTexCoord")
        self.info = self.tree.nodes.new("ShaderNodeObjectInfo")
        self.place = where.outputs["Object"]
        # Each copy of a mesh reads another part of the noise.
        shift = self._node("ShaderNodeVectorMath", operation="MULTIPLY_ADD")
        self._set(shift.inputs[0], self.info.outputs["Random"])
        shift.inputs[1].default_value = (131.0, 57.0, 89.0)
        self._set(shift.inputs[2], self.place)
        self.shifted = shift.outputs["Vector"]
        self.colour = None
        self.bump = None
        self.set_colour(linear(colour))

    def _node(self, kind, **settings):
        node = self.tree.nodes.new(kind)
        for key, value in settings.items():
            setattr(node, key, value)
        return node

    def _set(self, socket, value):
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def set_colour(self, colour):
        self.colour = colour
        self._set(self.shader.inputs["Base Color"], colour)

    def math(self, operation, *values):
        node = self._node("ShaderNodeMath", operation=operation)
        for socket, value in zip(node.inputs, values):
            self._set(socket, value)
        return node.outputs[0]

    def ramp(self, value, low, high):
        """0 below `low`, 1 above `high`, smooth between; `low` may be the greater."""
        node = self._node("ShaderNodeMapRange", interpolation_type="SMOOTHSTEP")
        self._set(node.inputs["Value"], value)
        node.inputs["From Min"].default_value, node.inputs["From Max"].default_value = (low, high) if low < high else (high, low)
        node.inputs["To Min"].default_value, node.inputs["To Max"].default_value = (0, 1) if low < high else (1, 0)
        return node.outputs["Result"]

    def noise(self, scale, detail=1.5, stretch=None, distortion=0.0):
        node = self._node("ShaderNodeTexNoise")
        self._set(node.inputs["Vector"], self.stretched(stretch))
        node.inputs["Scale"].default_value = scale
        node.inputs["Detail"].default_value = detail
        node.inputs["Distortion"].default_value = distortion
        return node.outputs["Fac"]

    def cells(self, scale, stretch=None, feature="F1"):
        node = self._node("ShaderNodeTexVoronoi", feature=feature)
        self._set(node.inputs["Vector"], self.stretched(stretch))
        node.inputs["Scale"].default_value = scale
        return node.outputs["Distance"]

    def stretched(self, stretch):
        if stretch is None:
            return self.shifted
        node = self._node("ShaderNodeVectorMath", operation="MULTIPLY")
        self._set(node.inputs[0], self.shifted)
        node.inputs[1].default_value = stretch
        return node.outputs["Vector"]

    def axis(self, name):
        node = self._node("ShaderNodeSeparateXYZ")
        self._set(node.inputs[0], self.place)
        return node.outputs[name]

    def random(self):
        return self.info.outputs["Random"]

    def shade(self, colour, amount):
        """Mixes `colour` in where `amount` (socket or number) says."""
        node = self._node("ShaderNodeMixRGB")
        self._set(node.inputs["Fac"], amount)
        self._set(node.inputs["Color1"], self.colour)
        self._set(node.inputs["Color2"], linear(colour))
        self.set_colour(node.outputs["Color"])
        return self

    def blotches(self, colour, scale, low, high, detail=1.5, stretch=None):
        return self.shade(colour, self.ramp(self.noise(scale, detail, stretch), low, high))

    def each(self, colour, most=1.0):
        """Every copy of the fruit takes its own share of `colour`."""
        share = self.math("FRACT", self.math("MULTIPLY", self.random(), 7.31))
        return self.shade(colour, self.math("MULTIPLY", share, most))

    def specks(self, colour, scale, size, strength=0.7, stretch=None):
        spot = self.ramp(self.cells(scale, stretch), size, size * 0.5)
        return self.shade(colour, self.math("MULTIPLY", spot, strength))

    def rough(self, height, distance):
        """Adds the relief `height` (socket, 0 to 1), `distance` units deep."""
        deep = self.math("MULTIPLY", height, distance)
        if self.bump is None:
            self.bump = self._node("ShaderNodeBump")
            self.bump.inputs["Distance"].default_value = 1.0
            self.tree.links.new(self.bump.outputs["Normal"], self.shader.inputs["Normal"])
        else:
            deep = self.math("ADD", deep, self.bump.inputs["Height"].links[0].from_socket)
        self._set(self.bump.inputs["Height"], deep)
        return self

    def sticker(self, direction, size, share, face, print_colour):
        """A round two-tone label on `share` of the fruit; `size` is an angle's sine."""
        node = self._node("ShaderNodeVectorMath", operation="NORMALIZE")
        self._set(node.inputs[0], self.place)
        length = sum(v * v for v in direction) ** 0.5
        centre = [v / length for v in direction]

        def near(point, radius):
            away = self._node("ShaderNodeVectorMath", operation="DISTANCE")
            self._set(away.inputs[0], node.outputs["Vector"])
            away.inputs[1].default_value = point
            return self.ramp(away.outputs["Value"], radius * 1.05, radius * 0.95)

        lucky = self.math("LESS_THAN", self.math("FRACT", self.math("MULTIPLY", self.random(), 13.7)), share)
        label = self.math("MULTIPLY", lucky, near(centre, size))
        self.shade(face, label)
        lower = near([centre[0], centre[1] - 0.55 * size, centre[2] - 0.85 * size], size * 1.1)
        inside = near(centre, size * 0.86)
        self.shade(print_colour, self.math("MULTIPLY", self.math("MULTIPLY", lucky, inside), lower))
        return self


def peel(skin, scale, distance):
    """The pores of citrus fruit."""
    skin.rough(skin.ramp(skin.cells(scale), 0.05, 0.45), distance)
    return skin.rough(skin.noise(scale * 0.12, 1.0), distance * 2)


def plain(name, colour, roughness=0.5, gloss=0.5, grain=None):
    skin = Skin(name, colour, roughness, gloss)
    if grain:
        skin.rough(skin.noise(grain, 2.0), 0.006)
    return skin.material
