"""Golden values of what happens between the head and the answer, by NumPy, SciPy and scikit-learn.

    python tests/reference/make_answer_golden.py

Prints what tests/core/inference/TemperatureFitTest.cpp, tests/core/imaging/ImageQualityTest.cpp and
tests/core/learning/OpenSetTest.cpp expect. Inputs come from formulas of integers that the tests repeat.
"""

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from scipy.stats import multivariate_normal
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
    points = numbers(1560, 3).reshape(120, 13)
    points[known, :3] += 0.4
    design = (points - points[known].mean(0)) / points[known].std(0)
    # kRidge is 1 / C; "balanced" makes both kinds weigh the same.
    fit = LogisticRegression(C=1 / 5, class_weight="balanced", tol=1e-10, max_iter=10000).fit(design, known)
    print("weights", ", ".join("%.8f" % w for w in fit.coef_[0]))
    print("bias %.8f" % fit.intercept_[0])


def world(per_class, seed, first_class=0, classes=8):
    noise = numbers(classes * per_class * 512, seed).reshape(classes, per_class, 512)
    wave = np.arange(classes)[:, None, None] + first_class + 1
    rows = (1 + np.sin(wave * np.arange(1, 513) * 0.37) + 0.8 * noise).astype(np.float32).astype(float)
    return rows.reshape(-1, 512), np.repeat(np.arange(classes), per_class)


def evidence():
    """OpenSetEvidence as its header defines it, in double precision."""
    train, labels = world(12, 1)
    train /= np.linalg.norm(train, axis=1, keepdims=True)
    means = np.array([train[labels == c].mean(0) for c in range(8)])
    spread = train - means[labels]
    within = spread.T @ spread / len(train)
    covariance = 0.7 * within + 0.3 * np.trace(within) / 512 * np.eye(512)
    white = np.linalg.inv(np.linalg.cholesky(covariance)).T
    origin = train.mean(0) @ white

    def unit(rows):
        return rows / np.linalg.norm(rows, axis=-1, keepdims=True)

    # The two-covariance model, with dense matrices: class means vary by `between`, photos of a class by 1.
    white_means = means @ white
    middle = white_means.mean(0)
    variances, axes = np.linalg.eigh(np.cov(white_means.T, bias=True))
    count = 12 / (1 + 11 * 0.35)
    between = np.maximum(variances, 0.04 * np.maximum(variances, 0).sum() / 7)

    def likelihoods(x):
        point = (x @ white - middle) @ axes
        shrink = count * between / (count * between + 1)
        spread = 1 + between / (count * between + 1)
        unseen = multivariate_normal(np.zeros(512), np.diag(1 + between)).logpdf(point)
        return np.array([multivariate_normal(shrink * ((mean - middle) @ axes), np.diag(spread)).logpdf(point)
                         for mean in white_means]) - unseen

    directions = unit(train @ white - origin)
    class_directions = unit(np.array([directions[labels == c].mean(0) for c in range(8)]))
    for name, rows in (("known", world(6, 2)[0]), ("stranger", world(6, 3, 40)[0])):
        x = unit(rows[0])
        squares = ((x @ white - means @ white) ** 2).sum(1)
        soft = softmax(-0.01 * squares)
        first, second = np.sort(squares)[:2]
        direction = unit(x @ white - origin)
        cosines = class_directions @ direction
        each = directions @ direction
        best = np.sort([each[labels == c].max() for c in range(8)])
        ratios = likelihoods(x)
        likeliest = np.sort(ratios)[::-1]
        values = [np.sort(train @ x)[-5:].mean() - 1, -np.sqrt(first),
                  ((x @ white - origin) ** 2).sum() - first, np.log(softmax(-0.005 * squares).max()),
                  (soft * np.log(soft + 1e-30)).sum(), 0.005 * (second - first), cosines.max(),
                  np.log(softmax(15 * cosines).max()), best[-1], best[-1] - best[-2],
                  likeliest[0], likeliest[0] - likeliest[1], np.log(softmax(0.05 * ratios).max())]
        print(name, ", ".join("%.6g" % v for v in values))


if __name__ == "__main__":
    temperature()
    quality()
    mix()
    evidence()
