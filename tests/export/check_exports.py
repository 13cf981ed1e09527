#!/usr/bin/env python3
"""Runs exported models in the programs that they were exported for, and compares the logits with the golden ones.

    python tests/export/check_exports.py FILE…      (each with its FILE.json beside it)

One line of JSON a file: the largest absolute difference of a logit, from the package's golden logits and from
torchvision's own ResNet-18 in float64 (the .pth among the files), and of the embeddings where the format gives
them. Exit status 1 when a difference is above 1e-4 or a file is refused. Packages: requirements.txt.
"""
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "reference"))
from golden_pattern import golden_pattern  # noqa: E402

TOLERANCE = 1e-4


def golden_inputs(sidecar: dict) -> np.ndarray:
    spec = sidecar["preprocessing"]
    side = spec["crop"]
    mean = np.array(spec["mean"], np.float32).reshape(3, 1, 1)
    std = np.array(spec["std"], np.float32).reshape(3, 1, 1)
    patterns = [np.frombuffer(golden_pattern(seed), np.uint8) for seed in sidecar["golden"]["seeds"]]
    return np.stack([(p.reshape(3, side, side).astype(np.float32) / 255 - mean) / std for p in patterns])


def torchvision_model(state: dict, classes: int):
    import torchvision

    model = torchvision.models.resnet18(num_classes=classes)
    model.load_state_dict(state)  # strict: a key too many or too few is an error
    return model.eval()


def run_torchvision(model, inputs: np.ndarray):
    import torch

    kept = {}
    model.avgpool.register_forward_hook(lambda _, __, output: kept.update(embedding=output.flatten(1)))
    with torch.inference_mode():
        logits = model(torch.from_numpy(inputs).to(next(model.parameters()).dtype))
    return logits.numpy(), kept["embedding"].numpy()


def run_pth(path: Path, sidecar: dict, inputs: np.ndarray):
    import torch

    state = torch.load(path, weights_only=True)
    return run_torchvision(torchvision_model(state, len(sidecar["classes"])), inputs)


def run_safetensors(path: Path, sidecar: dict, inputs: np.ndarray):
    from safetensors.torch import load_file

    return run_torchvision(torchvision_model(load_file(path), len(sidecar["classes"])), inputs)


def run_torchscript(path: Path, sidecar: dict, inputs: np.ndarray):
    import torch

    extra = {"goodsight.json": ""}
    model = torch.jit.load(path, _extra_files=extra).eval()
    assert json.loads(extra["goodsight.json"])["classes"] == sidecar["classes"]
    with torch.inference_mode():
        pictures = torch.from_numpy(inputs)
        return model(pictures).numpy(), model.embedding(pictures).numpy()


def run_onnx(path: Path, sidecar: dict, inputs: np.ndarray):
    import onnx
    import onnxruntime

    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    texts = {entry.key: entry.value for entry in model.metadata_props}
    assert json.loads(texts["classes"]) == sidecar["classes"]
    assert json.loads(texts["preprocessing"]) == sidecar["preprocessing"]
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    one_by_one = [session.run(["logits", "embedding"], {"input": picture[None]}) for picture in inputs]
    logits, embeddings = session.run(["logits", "embedding"], {"input": inputs})  # the batch is dynamic
    assert np.abs(logits - np.concatenate([answer[0] for answer in one_by_one])).max() < TOLERANCE
    return logits, embeddings


RUN = {"onnx": run_onnx, "torchscript": run_torchscript, "safetensors": run_safetensors, "pth": run_pth}


def exact_logits(paths: list[Path], sidecar: dict, inputs: np.ndarray):
    """torchvision's own network in float64, where a .pth is among the files: free of rounding."""
    import torch

    for path in paths:
        if path.suffix == ".pth":
            state = torch.load(path, weights_only=True)
            model = torchvision_model(state, len(sidecar["classes"])).double()
            return run_torchvision(model, inputs)
    return None


def main() -> int:
    paths = [Path(word) for word in sys.argv[1:]]
    if not paths:
        print(__doc__, file=sys.stderr)
        return 2
    status = 0
    exact = None
    for path in paths:
        sidecar = json.loads(Path(f"{path}.json").read_text(encoding="utf-8"))
        inputs = golden_inputs(sidecar)
        exact = exact or exact_logits(paths, sidecar, inputs)
        logits, embeddings = RUN[sidecar["file"]["format"]](path, sidecar, inputs)
        golden = sidecar["golden"]
        line = {"file": path.name, "format": sidecar["file"]["format"],
                "from_golden": float(np.abs(logits - np.array(golden["logits"])).max())}
        if "embedding_head" in golden:
            head = np.array(golden["embedding_head"])
            line["embedding_from_golden"] = float(np.abs(embeddings[:, : head.shape[1]] - head).max())
        if exact:
            line["from_float64"] = float(np.abs(logits - exact[0]).max())
            line["embedding_from_float64"] = float(np.abs(embeddings - exact[1]).max())
        worst = max(value for value in line.values() if isinstance(value, float))
        line["ok"] = worst <= TOLERANCE
        status |= not line["ok"]
        print(json.dumps(line, ensure_ascii=False), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
