#!/usr/bin/env python3
"""Goodsight's map of embeddings beside openTSNE's and scikit-learn's, in turns: the same points, perplexity, first 50
principal components and number of threads, as many iterations. Says the seconds and the processor time of each
(the latter is fair where other programs run too), and how good the maps are by one measure for all: the exact
Kullback-Leibler divergence, and the share of the 10 nearest neighbours in 512 numbers that are among the 10 nearest
on the map. Needs openTSNE and scikit-learn (requirements-maps.txt) and goodsight_map_bench:
    maps.py BUILD/bin/goodsight_map_bench [--points 10000] [--turns 3]"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

PERPLEXITY = 30
DIMENSIONS = 512


def make_points(count):
    """Clusters as photos of products make them: 81 classes in 43 groups, each varying along few directions, cut at 0."""
    import numpy as np
    rng = np.random.default_rng(3)
    groups = rng.normal(0, 1, (43, DIMENSIONS))
    classes = groups[rng.integers(0, 43, 81)] + rng.normal(0, .5, (81, DIMENSIONS))
    label = rng.integers(0, 81, count)
    axes = rng.normal(0, 1, (81, 12, DIMENSIONS)) / 12 ** .5
    inner = (rng.normal(0, 1, (count, 12)) * np.geomspace(1, .2, 12))[:, None] @ axes[label]
    return np.maximum(classes[label] + inner[:, 0] + rng.normal(0, .2, (count, DIMENSIONS)), 0).astype("float32")


def one(peer, file, threads, out):
    """A peer's map, in a process of its own."""
    import numpy as np
    x = np.fromfile(file, "float32").reshape(-1, DIMENSIONS)
    from sklearn.decomposition import PCA
    if peer == "openTSNE":
        from openTSNE import TSNE
    else:
        from sklearn.manifold import TSNE
    begin, cpu = time.perf_counter(), time.process_time()
    x = PCA(50, random_state=1).fit_transform(x)
    if peer == "openTSNE":
        positions = np.asarray(TSNE(perplexity=PERPLEXITY, n_jobs=threads, random_state=1).fit(x))
    else:
        positions = TSNE(perplexity=PERPLEXITY, n_jobs=threads, random_state=1, max_iter=750, init="pca").fit_transform(x)
    result = {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
    positions.astype("float32").tofile(out)
    print(json.dumps(result))


def quality(x, positions):
    import numpy as np
    from scipy import sparse
    from sklearn.decomposition import PCA
    from sklearn.manifold._t_sne import _joint_probabilities_nn
    from sklearn.neighbors import NearestNeighbors
    near = NearestNeighbors(n_neighbors=3 * PERPLEXITY).fit(PCA(50, random_state=1).fit_transform(x))
    graph = near.kneighbors_graph(mode="distance")
    graph.data **= 2
    p = sparse.coo_matrix(_joint_probabilities_nn(graph, PERPLEXITY, 0))
    y = positions.astype(np.float64)
    total = 0.0
    for begin in range(0, len(y), 500):
        part = y[begin:begin + 500]
        total += (1 / (1 + ((part[:, None] - y[None]) ** 2).sum(2))).sum() - len(part)
    q = 1 / (1 + ((y[p.row] - y[p.col]) ** 2).sum(1)) / total
    keep = p.data > 0
    divergence = float((p.data[keep] * np.log(p.data[keep] / q[keep])).sum())

    def nearest(rows):
        return NearestNeighbors(n_neighbors=10).fit(rows).kneighbors(return_distance=False)
    kept = np.mean([len(set(a) & set(b)) / 10 for a, b in zip(nearest(x), nearest(y))])
    return divergence, float(kept)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--points", type=int, default=10000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peers", default="openTSNE,scikit-learn")
    arguments = parser.parse_args()
    import numpy as np
    environment = dict(os.environ, OMP_NUM_THREADS=str(arguments.threads), OPENBLAS_NUM_THREADS=str(arguments.threads))
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "points")
        x = make_points(arguments.points)
        x.tofile(file)
        peers = [name for name in arguments.peers.split(",") if name]
        commands = {"Goodsight": [arguments.bench, file, str(DIMENSIONS), str(PERPLEXITY), str(arguments.threads)]}
        for peer in peers:
            commands[peer] = [sys.executable, __file__, "--one", peer, file, str(arguments.threads)]
        times = {name: [] for name in commands}
        for _ in range(arguments.turns):
            for name, command in commands.items():
                out = subprocess.run(command + [os.path.join(folder, name)], env=environment, check=True,
                                     capture_output=True, text=True).stdout
                times[name].append(json.loads(out))
        print(f"{arguments.points} points, perplexity {PERPLEXITY}, {arguments.threads} threads, median of "
              f"{arguments.turns} turns")
        for name, all_times in times.items():
            y = np.fromfile(os.path.join(folder, name), "float32").reshape(-1, 2)
            divergence, kept = quality(x, y)
            seconds, cpu = (statistics.median(t[key] for t in all_times) for key in ("seconds", "cpu"))
            print(f"{name:13} {seconds:7.2f} s  {cpu:7.2f} s of processor time  divergence {divergence:.4f}  "
                  f"neighbours kept {kept:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
    else:
        main()
