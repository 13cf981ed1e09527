#!/usr/bin/env python3
"""Writes evaluation.json beside it: inputs and expected numbers of tests/core/evaluation, from scikit-learn and
SciPy where they have the figure, otherwise from its definition spelled out in NumPy. Needs scikit-learn."""
import json
import pathlib

import numpy as np
from scipy import special, stats
from sklearn import metrics

BINS = 15


def photos():
    """240 photos of 6 classes; the model knows 5 of them, and is a little too sure."""
    rng = np.random.default_rng(5)
    truth = rng.integers(0, 6, 240)
    logits = rng.normal(0, 1, (240, 5))
    logits[np.arange(240)[truth < 5], truth[truth < 5]] += 1.5
    logits = np.round(2 * logits, 3).astype(np.float32)
    return truth, logits


def calibration(right, confidence):
    index = np.clip(np.ceil(confidence * BINS) - 1, 0, BINS - 1).astype(int)
    gaps, shares = [], []
    for b in range(BINS):
        inside = index == b
        if inside.any():
            gaps.append(abs(right[inside].mean() - confidence[inside].mean()))
            shares.append(inside.mean())
    return float(np.dot(gaps, shares)), float(np.max(gaps))


def evaluated(temperature):
    truth, logits = photos()
    p = special.softmax(logits.astype(np.float64) / temperature, axis=1)
    first, confidence = p.argmax(1), p.max(1)
    right = first == truth
    three = np.argsort(-p, axis=1, kind="stable")[:, :3]
    known = truth < 5
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order])
    ece, mce = calibration(right, confidence)
    labels = sorted(set(truth.tolist()))
    return {
        "top1": float(right.mean()),
        "top3": float((three == truth[:, None]).any(1).mean()),
        "class_top3": [float((three[truth == c] == c).any(1).mean()) for c in labels],
        "macro_f1": metrics.f1_score(truth, first, labels=labels, average="macro"),
        "nll": metrics.log_loss(truth[known], p[known], labels=range(5)),
        "ece": ece,
        "mce": mce,
        "aurc": float((wrong / np.arange(1, 241)).mean()),
        "confusion": metrics.confusion_matrix(truth, first, labels=range(6)).tolist(),
    }


def open_set():
    rng = np.random.default_rng(6)
    known = np.round(rng.normal(1, 1, 157), 1)
    other = np.round(rng.normal(0, 1, 211), 1)
    y = np.r_[np.ones(157), np.zeros(211)]
    score = np.r_[known, other]
    fpr, tpr, _ = metrics.roc_curve(y, score, drop_intermediate=False)
    return {"known": known.tolist(), "other": other.tolist(), "auroc": metrics.roc_auc_score(y, score),
            "fpr95": float(fpr[np.argmax(tpr >= 0.95)])}


def beta():
    rows = []
    for a in (0.5, 1, 2.5, 10, 300, 10000):
        for b in (0.5, 1, 7, 120, 40000):
            for x in (1e-6, 0.003, 0.2, 0.5, 0.9, 0.9999):
                rows.append([a, b, x, float(special.betainc(a, b, x))])
    return rows


def clopper_pearson():
    rows = []
    for wrong, n in ((0, 1), (0, 299), (1, 10), (3, 500), (10, 10), (25, 2936), (120, 100000)):
        for level in (0.9, 0.95, 0.99):
            ci = stats.binomtest(wrong, n).proportion_ci(2 * level - 1, "exact")
            rows.append([wrong, n, level, float(ci.low), float(ci.high)])
    return rows


def mcnemar():
    """Old right and new wrong against the opposite: exact and mid-p chance of at least as many by luck."""
    rows = []
    for lost, won in ((0, 0), (1, 0), (5, 1), (9, 9), (12, 20), (40, 25), (300, 260), (5, 30)):
        exact = stats.binomtest(lost, lost + won, alternative="greater").pvalue if lost + won else 1.0
        half = stats.binom.pmf(lost, lost + won, 0.5) / 2 if lost + won else 0.0
        rows.append([lost, won, float(exact), float(exact - half)])
    return rows


def drift():
    rng = np.random.default_rng(7)
    training, recent = rng.multinomial(900, [.3, .3, .2, .1, .1]), rng.multinomial(200, [.2, .35, .2, .05, .2])
    p, q = (training + .5) / (training + .5).sum(), (recent + .5) / (recent + .5).sum()
    chi = stats.chi2_contingency([training, recent], correction=False)
    x, y = np.round(rng.normal(0, 1, (40, 6)), 3), np.round(rng.normal(0.3, 1.2, (30, 6)), 3)
    def mean_distance(a, b):
        return np.linalg.norm(a[:, None] - b[None], axis=2).mean()
    between = 2 * mean_distance(x, y)
    energy = between - mean_distance(x, x) - mean_distance(y, y)
    return {"training": training.tolist(), "recent": recent.tolist(), "psi": float(((q - p) * np.log(q / p)).sum()),
            "chi_square": float(chi.statistic), "chi_square_p": float(chi.pvalue),
            "x": x.ravel().tolist(), "y": y.ravel().tolist(), "dimensions": 6,
            "energy": float(energy), "energy_share": float(energy / between)}


def main():
    truth, logits = photos()
    golden = {
        "photos": {"truth": truth.tolist(), "logits": [round(float(v), 3) for v in logits.ravel()], "classes": 5,
                   "temperature": 1.7, "plain": evaluated(1.0), "calibrated": evaluated(1.7)},
        "open_set": open_set(),
        "beta": beta(),
        "clopper_pearson": clopper_pearson(),
        "mcnemar": mcnemar(),
        "drift": drift(),
    }
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
