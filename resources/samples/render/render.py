# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the sample pictures: blender -b -P render.py -- [--height 864] [--samples 7] --folder <folder> [name ...]"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import large  # noqa: E402
import shapes  # noqa: E402
import small  # noqa: E402
import stage  # noqa: E402

# The file's number is the place in this list; the number here is the seed of the pile.
PICTURES = (
    ("watermelon", large.watermelon, 11007),
    ("granny-smith", small.granny_smith, 4007),
    ("red-bell-pepper", small.red_bell_pepper, 5007),
    ("avocado", large.avocado, 14007),
    ("carrots", small.carrots, 9007),
    ("yellow-bell-pepper", small.yellow_bell_pepper, 6007),
)


def main():
    options = argparse.ArgumentParser(prog="render.py")
    options.add_argument("--folder", required=True)
    options.add_argument("--height", type=int, default=864)
    options.add_argument("--samples", type=int, default=7)
    options.add_argument("names", nargs="*")
    given = options.parse_args(sys.argv[sys.argv.index("--") + 1 :])
    for number, (name, fill, seed) in enumerate(PICTURES, start=1):
        if given.names and name not in given.names:
            continue
        scene = stage.empty()
        fill(scene, shapes.generator(seed))
        path = os.path.join(os.path.abspath(given.folder), f"{number:02d}-{name}.jpg")
        stage.render(scene, path, given.height * 5 // 6, given.height, given.samples, number)
        print("rendered", path, flush=True)


main()
