"""The pool: a fixed set of views of every train photo, each with what the teachers say about exactly that view."""
import time
from dataclasses import dataclass, fields

import torch

from data import Photos, Views, normalise, plain_view, prefetch
from student import Student
from teacher import RESIZE, SIZE, Teacher

# The student learns at 192 pixels and works at 224: a random crop enlarges things by about that much, and it costs a quarter less.
SMALL = 192


@dataclass
class Pool:
    """Row i*views+v is view v of photo i; view 0 is the plain one."""

    views: int
    pictures: torch.Tensor  # uint8 [n*views,3,192,192]
    labels: torch.Tensor  # [n*views]
    early: torch.Tensor  # fp16 [n*views,c,h,w], the teacher's untrained blocks
    embeddings: torch.Tensor  # fp16 [n*views,1280], the teacher as it came
    imagenet: torch.Tensor  # fp16 [n*views,1000], the teacher as it came
    shallow: torch.Tensor  # fp16 [n*views,128,24,24], layer2 of the untouched trunk
    middle: torch.Tensor  # fp16 [n*views,256,12,12], layer3 of the untouched trunk


def _empty(views: int, labels: torch.Tensor, early_shape) -> Pool:
    n = len(labels) * views
    half = lambda *shape: torch.empty(n, *shape, dtype=torch.float16)
    rows_of = lambda c, h, w: half(h, w, c).permute(0, 3, 1, 2)  # channels last
    return Pool(views, torch.empty(n, 3, SMALL, SMALL, dtype=torch.uint8), labels.repeat_interleave(views),
                rows_of(*early_shape), half(1280), half(1000), rows_of(128, SMALL // 8, SMALL // 8), rows_of(256, SMALL // 16, SMALL // 16))


@torch.no_grad()
def build(train: Photos, mine: range, views: int, original: Teacher, student: Student, seed: int, log, at_once=6) -> Pool:
    """The pool of the photos `mine`, so that processes can share the work."""
    start = time.time()
    original.eval(), student.eval()
    pool = _empty(views, train.labels[mine.start : mine.stop], original.early(torch.zeros(1, 3, SIZE, SIZE)).shape[1:])
    random = Views(seed + mine.start)
    groups = [range(i, min(i + at_once, mine.stop)) for i in range(mine.start, mine.stop, at_once)]

    def make(g):
        small, large = random.batch([train.images[i] for i in groups[g] for _ in range(views)], (SMALL, SIZE))
        for k, i in enumerate(groups[g]):
            small[k * views] = plain_view(train.images[i], 219, SMALL).float()
            large[k * views] = plain_view(train.images[i], RESIZE, SIZE).float()
        return small.round_().to(torch.uint8), large

    for g, (small, large) in enumerate(prefetch(make, len(groups))):
        first = (groups[g].start - mine.start) * views
        rows = slice(first, first + len(small))
        pool.pictures[rows] = small
        early = original.early(large)
        pool.early[rows] = early.half()
        embeddings = original.late(early)
        pool.embeddings[rows] = embeddings.half()
        pool.imagenet[rows] = original.imagenet(embeddings).half()
        with torch.autocast("cpu", torch.bfloat16):
            shallow = student.shallow(normalise(small))
            pool.shallow[rows] = shallow.half()
            pool.middle[rows] = student.layer3(shallow).half()
        if (g + 1) % 40 == 0 or g + 1 == len(groups):
            log(f"pool {g + 1}/{len(groups)} groups of photos from {mine.start} on, seconds {time.time() - start:.0f}")
    return pool


def joined(parts) -> Pool:
    cat = lambda name: torch.cat([getattr(part, name) for part in parts])
    return Pool(parts[0].views, *(cat(f.name) for f in fields(Pool)[1:]))


@torch.no_grad()
def answers(early: torch.Tensor, teacher: Teacher, batch=32):
    """The fine-tuned teacher's embeddings (fp16) and logits for views given by their early features."""
    teacher.eval()
    embeddings = torch.cat([teacher.late(part.bfloat16()).half() for part in early.split(batch)])
    return embeddings, teacher.head(embeddings.float())
