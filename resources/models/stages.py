"""The three stages of the student's training, on one loss."""
import time

import torch
import torch.nn.functional as F
from torch import nn

from data import normalise, prefetch
from pool import Pool
from student import Average, Student

TEMPERATURE = 2.0


class Loss(nn.Module):
    """Labels, a teacher's answers and embedding, and the original network's own 1000 classes.

    `imagenet` is the original fc and stays fixed: an embedding from which it reads what the ImageNet teacher says
    about a view lies in the space of the original layer4."""

    def __init__(self, imagenet: nn.Linear, pool: Pool, weights: dict, answers=None):
        """`answers` are embeddings and logits of a teacher for the pool's views."""
        super().__init__()
        self.imagenet = imagenet.requires_grad_(False)
        self.project = nn.Linear(512, 1280)
        self.pool, self.weights, self.answers = pool, weights, answers

    def forward(self, embedding, logits, rows):
        w, t = self.weights, TEMPERATURE
        teacher_embeddings, teacher_logits = self.answers
        loss = w["label"] * F.cross_entropy(logits, self.pool.labels[rows], label_smoothing=0.1)
        loss = loss + w["teacher"] * t * t * F.kl_div(
            F.log_softmax(logits / t, 1), F.log_softmax(teacher_logits[rows] / t, 1), log_target=True, reduction="batchmean")
        loss = loss + w["embedding"] * (
            1 - F.cosine_similarity(self.project(embedding), teacher_embeddings[rows].float()).mean())
        return loss + w["imagenet"] * F.kl_div(
            F.log_softmax(self.imagenet(embedding), 1), F.log_softmax(self.pool.imagenet[rows].float(), 1),
            log_target=True, reduction="batchmean")


@torch.no_grad()
def logits_of(student: Student, pictures, batch=64, exact=False):
    """Logits of uint8 pictures; `exact` computes in float32."""
    student.eval()
    with torch.autocast("cpu", torch.bfloat16, enabled=not exact):
        return torch.cat([student(normalise(part)).float() for part in pictures.split(batch)])


def score(logits, labels) -> str:
    hit = logits.topk(3).indices == labels[:, None]
    return f"top1 {100 * hit[:, 0].float().mean():.2f} top3 {100 * hit.any(1).float().mean():.2f} nll {F.cross_entropy(logits, labels):.3f}"


def _train(team, student, loss, feed, forward, groups, optimiser, schedule, epochs, ema, val, log, keep, name, meet=1):
    """The loop of all stages. The processes meet every `meet` steps, to average gradients where that is 1 and weights
    where it is more (a third cheaper in stage 3); the moving average follows the meetings. feed(epoch) gives this
    process's parts (rows) and a function from part to input."""
    average = Average(student, ema)
    parameters = [p for group in groups for p in group]
    for epoch in range(epochs):
        start, total, right, seen = time.time(), 0.0, 0, 0
        student.train()
        parts, make = feed(epoch)
        for i, x in enumerate(prefetch(lambda k: make(parts[k]), len(parts))):
            rows = parts[i]
            with torch.autocast("cpu", torch.bfloat16):
                embedding = forward(x)
            logits = student.fc(embedding)
            value = loss(embedding, logits, rows)
            optimiser.zero_grad(set_to_none=True)
            value.backward()
            if meet == 1:
                team.average([p.grad for p in parameters if p.grad is not None])
            optimiser.step()
            schedule.step()
            if (i + 1) % meet == 0 or i + 1 == len(parts):
                if meet > 1:
                    team.average(parameters)
                average.update(student)
            total += value.item() * len(rows)
            right += (logits.argmax(1) == loss.pool.labels[rows]).sum().item()
            seen += len(rows)
        total, right, seen = team.sum(total, right, seen)
        if team.rank == 0:
            log(f"{name} epoch {epoch + 1:2d}/{epochs} loss {total / seen:.3f} train {100 * right / seen:.1f} "
                f"val {score(logits_of(average.module, val[0]), val[1])} seconds {time.time() - start:.0f}")
            keep(average.module.state_dict())
    team.average(average.module.state_dict().values())
    return average.module


def _shares(lines, team, batch):
    """This process's share of every batch of shuffled rows; a short last batch is left out."""
    return [part[team.rank :: team.size] for part in lines.split(batch) if len(part) == batch]


def _views_in_turn(team, pool: Pool, order, batch):
    """feed's parts for epochs of one view of every photo, each photo's views in turn."""
    photos = len(pool.labels) // pool.views
    turn = torch.stack([torch.randperm(pool.views, generator=order) for _ in range(photos)])

    def parts(epoch):
        lines = torch.randperm(photos, generator=order)
        return _shares(lines * pool.views + turn[lines, epoch % pool.views], team, batch)

    return parts, photos // batch


def _mirrored(x, coin):
    chosen = torch.rand(len(x), generator=coin) < 0.5
    x[chosen] = x[chosen].flip(3)
    return x


def _generators(team, seed):
    """The order of the photos, the same in every process; the mirroring, each process's own."""
    return torch.Generator().manual_seed(seed), torch.Generator().manual_seed(seed * 100 + team.rank)


def _channels_last(x):
    return x.float().contiguous(memory_format=torch.channels_last)


def teach_layer4(team, student: Student, loss, pool: Pool, val, seed, epochs, log, keep, lr=0.06, batch=64, ema=0.998, decay=5e-4):
    """Stage 1: layer4 and fc on the kept outputs of the untouched layer3; one epoch is every view once."""
    order, coin = _generators(team, seed)
    count = len(pool.labels)
    group = [*student.layer4.parameters(), *student.fc.parameters(), *loss.project.parameters()]
    optimiser = torch.optim.SGD(group, lr=lr, momentum=0.9, nesterov=True, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, lr, total_steps=epochs * (count // batch), pct_start=0.2, cycle_momentum=False)

    def feed(epoch):
        return _shares(torch.randperm(count, generator=order), team, batch), lambda rows: _channels_last(_mirrored(pool.middle[rows], coin))

    return _train(team, student, loss, feed, student.embed, [group], optimiser, schedule, epochs, ema, val, log, keep, "layer4")


def teach_layer3(team, student: Student, loss, pool: Pool, val, seed, epochs, log, keep, lr=8e-4, layer3_lr=1.5e-4, batch=32, ema=0.998, decay=0.05):
    """Stage 2: layer3, layer4 and fc on the kept outputs of the untouched layer2; one epoch is one view of every photo.

    Adam from here on, because folding has scaled the gradients of every trunk channel differently."""
    order, coin = _generators(team, seed)
    parts, steps = _views_in_turn(team, pool, order, batch)
    fast = [*student.layer4.parameters(), *student.fc.parameters(), *loss.project.parameters()]
    slow = list(student.layer3.parameters())
    optimiser = torch.optim.AdamW([{"params": fast}, {"params": slow}], weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [lr, layer3_lr], total_steps=epochs * steps, pct_start=0.15)

    def feed(epoch):
        return parts(epoch), lambda rows: _channels_last(_mirrored(pool.shallow[rows], coin))

    return _train(team, student, loss, feed, lambda x: student.embed(student.layer3(x)), [fast, slow], optimiser, schedule,
                  epochs, ema, val, log, keep, "layer3")


def teach_whole(team, student: Student, loss, pool: Pool, val, seed, epochs, log, keep,
                lr=4e-4, layer3_lr=1.5e-4, below_lr=7e-5, batch=32, ema=0.95, decay=0.05):
    """Stage 3: every weight at a low rate, on the pool's pictures; one epoch is one view of every photo."""
    order, coin = _generators(team, seed)
    parts, steps = _views_in_turn(team, pool, order, batch)
    groups = [[*student.layer4.parameters(), *student.fc.parameters(), *loss.project.parameters()],
              list(student.layer3.parameters()),
              [p for part in (student.conv1, student.layer1, student.layer2) for p in part.parameters()]]
    optimiser = torch.optim.AdamW([{"params": group} for group in groups], weight_decay=decay, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [lr, layer3_lr, below_lr], total_steps=epochs * steps, pct_start=0.15, final_div_factor=100)

    def feed(epoch):
        return parts(epoch), lambda rows: normalise(_mirrored(pool.pictures[rows], coin))

    return _train(team, student, loss, feed, lambda x: student.embed(student.trunk(x)), groups, optimiser, schedule,
                  epochs, ema, val, log, keep, "whole", meet=6)
