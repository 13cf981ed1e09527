"""One peer in a process of its own: answers one JSON line on stdin with one on stdout."""
import json
import sys
import time
from pathlib import Path

import numpy as np


def top3(logits):
    return np.argsort(logits)[::-1][:3]


class Torch:
    def load(self, folder, model, threads, precision):
        import torch
        from weights import module, photo
        torch.set_num_threads(threads)
        self.torch, self.photo = torch, photo
        self.net = module(Path(model))
        if precision == "channels_last":
            self.net = self.net.to(memory_format=torch.channels_last)
        self.last = precision == "channels_last"

    def run(self, batch):
        with self.torch.inference_mode():
            x = self.torch.as_tensor(batch)
            if self.last:
                x = x.contiguous(memory_format=self.torch.channels_last)
            return self.net(x).numpy()

    def files(self, names, loader):
        if not loader:
            for name in names:
                top3(self.run(self.photo(name).unsqueeze(0))[0])
            return
        photo = self.photo

        class Set(self.torch.utils.data.Dataset):
            def __len__(self):
                return len(names)

            def __getitem__(self, at):
                return photo(names[at])

        for batch in self.torch.utils.data.DataLoader(Set(), batch_size=32, num_workers=2):
            for row in self.run(batch):
                top3(row)


class OnnxRuntime:
    def load(self, folder, model, threads, precision):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(f"{folder}/{precision}.onnx", options,
                                                    providers=["CPUExecutionProvider"])

    def run(self, batch):
        return self.session.run(None, {"input": batch})[0]


class OpenVino:
    def load(self, folder, model, threads, precision):
        import openvino
        self.core = openvino.Core()
        self.config = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads,
                       "INFERENCE_PRECISION_HINT": "f32"}
        self.path, self.compiled = f"{folder}/{precision}.onnx", {}

    def run(self, batch):
        count = len(batch)
        if count not in self.compiled:
            net = self.core.read_model(self.path)
            net.reshape([count, 3, 224, 224])
            self.compiled[count] = self.core.compile_model(net, "CPU", self.config).create_infer_request()
        return next(iter(self.compiled[count].infer({0: batch}, share_inputs=True).values()))


class Ncnn:
    def load(self, folder, model, threads, precision):
        import ncnn
        self.ncnn = ncnn
        self.net = ncnn.Net()
        self.net.opt.num_threads = threads
        self.net.load_param(f"{folder}/fp32.ncnn.param")
        self.net.load_model(f"{folder}/fp32.ncnn.bin")

    def run(self, batch):
        out = []
        for picture in batch:
            extractor = self.net.create_extractor()
            extractor.input("in0", self.ncnn.Mat(picture).clone())
            out.append(np.array(extractor.extract("out0")[1]))
        return np.stack(out)


PEERS = {"torch": Torch, "onnxruntime": OnnxRuntime, "openvino": OpenVino, "ncnn": Ncnn}


def timed(times, work):
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return {"ms": taken}


def main():
    peer = PEERS[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        what = request["do"]
        try:
            if what == "load":
                peer.load(request["folder"], request["model"], request["threads"], request["precision"])
                reply = {"ready": True}
            elif what == "network":
                batch = np.random.default_rng(1).standard_normal((request["batch"], 3, 224, 224)).astype(np.float32)
                reply = timed(request["times"], lambda: peer.run(batch))
            elif what == "logits":
                reply = {"logits": np.asarray(peer.run(np.ones((1, 3, 224, 224), np.float32)))[0].tolist()}
            elif what == "photo":
                reply = timed(request["times"],
                              lambda: top3(peer.run(peer.photo(request["file"]).unsqueeze(0))[0]))
            else:
                reply = timed(1, lambda: peer.files(request["files"], request.get("loader", False)))
        except Exception as problem:  # told to the runner, which goes on without this figure
            reply = {"error": repr(problem)}
        print(json.dumps(reply), flush=True)


main()
