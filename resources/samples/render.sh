#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Renders all the sample pictures, or the named ones: resources/samples/render.sh [--samples 7] [--height 864] [name ...]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v blender >/dev/null; then
    echo "render.sh: Blender is needed (Debian: apt install blender)" >&2
    exit 1
fi
exec blender --background --factory-startup --python-exit-code 1 --python "$here/render/render.py" -- --folder "$here" "$@"
