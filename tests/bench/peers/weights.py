"""The shipped model as the peers want it: a torch module, ONNX in float32 and in 8 bits, ncnn."""
import json
from pathlib import Path

import numpy as np
import torch
import torchvision
from PIL import Image
from torchvision.transforms import CenterCrop, Compose, InterpolationMode, Normalize, Resize, ToTensor

TRANSFORM = Compose([Resize(256, InterpolationMode.BILINEAR), CenterCrop(224), ToTensor(),
                     Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
KINDS = {"F16": np.float16, "F32": np.float32}


def tensors(path: Path) -> dict:
    """What a safetensors file holds, as float32."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    out = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + size + at for at in entry["data_offsets"])
        values = np.frombuffer(data[begin:end], KINDS[entry["dtype"]]).astype(np.float32)
        out[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return out


def module(path: Path) -> torch.nn.Module:
    """torchvision's ResNet-18 with batch norm folded into its convolutions, which is how it is deployed."""
    state = tensors(path)
    model = torchvision.models.resnet18(weights=None, num_classes=state["fc.bias"].numel())
    for name, part in list(model.named_modules()):
        parent = model.get_submodule(name.rpartition(".")[0])
        leaf = name.rpartition(".")[2]
        if isinstance(part, torch.nn.Conv2d):
            setattr(parent, leaf, torch.nn.Conv2d(part.in_channels, part.out_channels, part.kernel_size, part.stride,
                                                  part.padding, bias=True))
        elif isinstance(part, torch.nn.BatchNorm2d):
            setattr(parent, leaf, torch.nn.Identity())
    own = model.state_dict()
    renamed = {name: state[name if name in state else name.replace("downsample.0", "downsample")] for name in own}
    model.load_state_dict(renamed)
    return model.eval()


def photo(path: str) -> torch.Tensor:
    return TRANSFORM(Image.open(path).convert("RGB"))


class Photos:
    """Calibration data as ONNX Runtime's quantizer reads it."""

    def __init__(self, files):
        self.files = iter(files)

    def get_next(self):
        file = next(self.files, None)
        return None if file is None else {"input": photo(file).unsqueeze(0).numpy()}


def has_vnni() -> bool:
    try:
        return "vnni" in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


def export(model: Path, folder: Path, photos: list) -> None:
    """fp32.onnx, int8.onnx and fp32.ncnn.* in `folder`."""
    net = module(model)
    example = torch.zeros(1, 3, 224, 224)
    fp32, prepared, int8 = folder / "fp32.onnx", folder / "prepared.onnx", folder / "int8.onnx"
    torch.onnx.export(net, (example,), str(fp32), input_names=["input"], output_names=["logits"], dynamo=False,
                      opset_version=17, dynamic_axes={"input": {0: "n"}, "logits": {0: "n"}})
    from onnxruntime.quantization import CalibrationMethod, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process
    quant_pre_process(str(fp32), str(prepared))
    # As its guide says: unsigned activations, signed weights, a scale for each channel; a reduced range where the
    # processor has no VNNI.
    quantize_static(str(prepared), str(int8), Photos(photos), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, reduce_range=not has_vnni(),
                    calibrate_method=CalibrationMethod.MinMax)
    import pnnx
    pnnx.export(net, str(folder / "fp32.pt"), (example,))
