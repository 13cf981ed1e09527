"""One process a core, one thread each, gradients averaged once a step.

Two threads in one process meet at every layer; on a machine that also does other work each waits for the slower one
all the time. Two processes meet once a step.
"""
import os
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp


class Team:
    def __init__(self, rank: int, size: int):
        self.rank, self.size = rank, size

    def average_gradients(self, parameters):
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.flatten() for g in gradients])
        dist.all_reduce(flat)
        flat /= self.size
        for g, part in zip(gradients, flat.split([g.numel() for g in gradients])):
            g.copy_(part.view(g.shape))

    def sum(self, *values):
        """The values added over the team."""
        out = torch.tensor(values, dtype=torch.float64)
        if self.size > 1:
            dist.all_reduce(out)
        return out.tolist()

    def average_buffers(self, module):
        """Batch norm statistics differ from process to process; they are averaged where they are used."""
        if self.size > 1:
            for buffer in module.buffers():
                if buffer.dtype.is_floating_point:
                    dist.all_reduce(buffer)
                    buffer /= self.size


def _enter(rank, size, meeting, function, arguments):
    torch.set_num_threads(1)
    if size > 1:
        dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=size)
    function(Team(rank, size), *arguments)
    if size > 1:
        dist.destroy_process_group()


def run(size: int, function, *arguments):
    """Calls function(team, *arguments) in `size` processes and waits for them."""
    with tempfile.TemporaryDirectory() as folder:
        mp.spawn(_enter, (size, os.path.join(folder, "meeting"), function, arguments), nprocs=size)
