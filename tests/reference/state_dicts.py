#!/usr/bin/env python3
"""Makes the small .pth files of tests/core/model/data with PyTorch (2.x from PyPI), and prints the golden numbers
of StateDictReaderTest.cpp and ResNet18WeightsTest.cpp for a complete ResNet-18 given as the argument.

    python tests/reference/state_dicts.py [resnet18.pth]

The small files hold ramps and no learnt weights; the hostile ones ask for harmless commands.
"""
import io
import os
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import torch

OUT = Path(__file__).resolve().parent.parent / "core" / "model" / "data"


def ramps() -> OrderedDict:
    base = torch.arange(24, dtype=torch.float32)
    state = OrderedDict()
    state["f32"] = base.reshape(2, 3, 4).clone()
    state["transposed"] = base.reshape(4, 6).t()  # 6x4, strides 1, 6
    state["sliced"] = base.reshape(4, 6)[1:3, 2:5]  # 2x3, offset 8, strides 6, 1; one storage with "transposed"
    state["every.second"] = base[1::2]
    state["f16"] = torch.tensor([1.5, -2.0, 65504.0], dtype=torch.float16)
    state["bf16"] = torch.tensor([1.5, -2.0, 3e38], dtype=torch.bfloat16)
    state["f64"] = torch.tensor([0.1, -1e-300], dtype=torch.float64)
    state["i64"] = torch.tensor(123456789)
    state["i32"] = torch.tensor([-7], dtype=torch.int32)
    state["i16"] = torch.tensor([-300], dtype=torch.int16)
    state["i8"] = torch.tensor([-5], dtype=torch.int8)
    state["u8"] = torch.tensor([250], dtype=torch.uint8)
    state["bool"] = torch.tensor([True, False])
    state["empty"] = torch.zeros(0, 3)
    state["苹果.weight"] = torch.tensor([4.0])
    return state


class Call:
    """Pickles as a call of os.system; what a hostile file would do."""

    def __reduce__(self):
        return os.system, ("echo goodsight-was-fooled > /tmp/goodsight-was-fooled",)


def zip_of(entries: dict[str, bytes], method=zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(f"x/{name}"), data, method)
    return buffer.getvalue()


def system_pickle(protocol: int) -> bytes:
    # os.system pickles as posix.system on this machine: written by hand, for the name that people know.
    if protocol == 2:
        return b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R."
    return b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x85\x94R\x94."


def main() -> None:
    OUT.mkdir(exist_ok=True)
    torch.save(ramps(), OUT / "ramps.pth")
    torch.save(ramps(), OUT / "ramps-protocol4.pth", pickle_protocol=4)
    torch.save(ramps(), OUT / "识品.pth")  # the archive's folder is called so, too
    torch.save(ramps(), OUT / "legacy.pth", _use_new_zipfile_serialization=False)
    torch.save({"epoch": 3, "state_dict": ramps()}, OUT / "checkpoint.pth")
    torch.save({"wide": torch.ones(1).expand(1 << 40)}, OUT / "expanded.pth")
    torch.save({"a": torch.nn.Parameter(torch.arange(3.0))}, OUT / "parameter.pth")
    module = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1), torch.nn.BatchNorm2d(2))
    for tensor in module.state_dict().values():
        tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape))
    torch.save(module.state_dict(), OUT / "module.pth")  # carries _metadata
    torch.save(module, OUT / "whole-module.pth")  # asks for torch.nn classes
    torch.save({"a": Call()}, OUT / "call.pth")
    (OUT / "os-system.pth").write_bytes(zip_of({"data.pkl": system_pickle(2), "version": b"3\n"}))
    (OUT / "os-system-protocol4.pth").write_bytes(zip_of({"data.pkl": system_pickle(4), "version": b"3\n"}))

    with zipfile.ZipFile(OUT / "ramps.pth") as archive:
        entries = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    (OUT / "big-endian.pth").write_bytes(zip_of(entries | {"byteorder": b"big"}))
    (OUT / "deflated-bomb.pth").write_bytes(zip_of(entries | {"data/99": bytes(20 << 20)}, zipfile.ZIP_DEFLATED))
    print("files", sum(f.stat().st_size for f in OUT.glob("*.pth")))


def golden(path: str) -> None:
    state = torch.load(path, map_location="cpu", weights_only=True)
    print(len(state))
    for name in ("conv1.weight", "layer2.0.downsample.1.running_var", "layer4.1.bn2.num_batches_tracked", "fc.weight"):
        t = state[name].double().flatten()
        print(name, list(state[name].shape), repr(t.sum().item()), [repr(v.item()) for v in (t[0], t[len(t) // 2], t[-1])])
    for conv, bn in (("conv1", "bn1"), ("layer2.0.downsample.0", "layer2.0.downsample.1"), ("layer4.1.conv2", "layer4.1.bn2")):
        s = state[f"{bn}.weight"].double() / (state[f"{bn}.running_var"].double() + 1e-5).sqrt()
        w = (state[f"{conv}.weight"].double() * s[:, None, None, None]).flatten()
        b = state[f"{bn}.bias"].double() - state[f"{bn}.running_mean"].double() * s
        for what, t in ((f"{conv}.weight", w), (f"{conv}.bias", b)):
            print("folded", what, repr(t.sum().item()), [repr(v.item()) for v in (t[0], t[len(t) // 2], t[-1])])


if __name__ == "__main__":
    main()
    if len(sys.argv) > 1:
        golden(sys.argv[1])
