"""Golden values of what happens between the head and the answer, by NumPy, SciPy and scikit-learn.

    python tests/reference/make_answer_golden.py

Prints what tests/core/inference/TemperatureFitTest.cpp, tests/core/imaging/ImageQualityTest.cpp and
tests/core/learning/OpenSetTest.cpp expect. Inputs come from formulas of integers that the tests repeat.
"""

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression


def numbers(count, seed):
    """Numbers in 0..1 by a linear congruence of 32 bits."""
    out = np.empty(count)
    state = seed
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out[i] = (state >> 8) / 2**24
    return out


def temperature():
    photos, classes = 200, 7
    logits = (numbers(photos * classes, 1) * 12).astype(np.float32).reshape(photos, classes).astype(float)
    draws = numbers(photos, 2)
    # Labels drawn from softmax(logits / 2.5): the fit finds about that.
    labels = (np.cumsum(softmax(logits / 2.5, axis=1), axis=1) < draws[:, None]).sum(1).clip(0, classes - 1)

    def nll(t):
        return -log_softmax(logits / t, axis=1)[np.arange(photos), labels].mean()

    def ece(t):
        p = softmax(logits / t, axis=1)
        confidence, right = p.max(1), p.argmax(1) == labels
        bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
        return sum(abs(right[bins == b].sum() - confidence[bins == b].sum()) for b in range(15)) / photos

    best = np.exp(minimize_scalar(lambda x: nll(np.exp(x)), bounds=(-3, 3), method="bounded",
                                  options={"xatol": 1e-12}).x)
    print("temperature %.7f" % best)
    print("before: nll %.9f ece %.9f" % (nll(1), ece(1)))
    print("after: nll %.9f ece %.9f" % (nll(best), ece(best)))


def quality():
    width, height = 40, 30
    y, x = np.mgrid[:height, :width]
    red, green, blue = (x * 7 + y * 3) % 256, (x * y) % 256, (x * x + y * 5) % 256
    luma = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
    laplacian = (luma[1:-1, :-2] + luma[1:-1, 2:] + luma[:-2, 1:-1] + luma[2:, 1:-1] - 4 * luma[1:-1, 1:-1])
    print("sharpness %.6f brightness %.6f black %.6f white %.6f"
          % (laplacian.var(), luma.mean(), (luma <= 8).mean(), (luma >= 250).mean()))


def mix():
    known = np.arange(120) % 3 != 0
    points = numbers(1200, 3).reshape(120, 10)
    points[known, :3] += 0.4
    design = (points - points[known].mean(0)) / points[known].std(0)
    # kRidge is 1 / C; "balanced" makes both kinds weigh the same.
    fit = LogisticRegression(C=1 / 5, class_weight="balanced", tol=1e-10, max_iter=10000).fit(design, known)
    print("weights", ", ".join("%.8f" % w for w in fit.coef_[0]))
    print("bias %.8f" % fit.intercept_[0])


if __name__ == "__main__":
    temperature()
    quality()
    mix()
