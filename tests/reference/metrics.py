#!/usr/bin/env python3
"""Expected numbers of tests/core/evaluation/MetricsTest.cpp: scikit-learn's F1 and the calibration error as
Guo et al. 2017 define it, spelled out in NumPy. Needs scikit-learn from PyPI."""
import numpy as np
from sklearn.metrics import f1_score

TRUTH = [0, 0, 0, 1, 1, 2, 2, 2, 2, 4]
FIRST = [0, 1, 0, 1, 1, 2, 0, 2, 3, 2]
CONFIDENCE = [0.9, 0.55, 0.8, 0.99, 0.31, 0.7, 0.62, 0.45, 0.5, 0.2]


def calibration_error(right: np.ndarray, confidence: np.ndarray, bins: int) -> float:
    edges = np.linspace(0, 1, bins + 1)
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


if __name__ == "__main__":
    print("macro F1 over the classes with photos",
          f1_score(TRUTH, FIRST, labels=sorted(set(TRUTH)), average="macro"))
    print("ECE, 15 bins", calibration_error(np.array(TRUTH) == np.array(FIRST), np.array(CONFIDENCE), 15))
