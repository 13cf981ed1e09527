#!/usr/bin/env python3
"""Golden values of tests/core/learning/LinearHeadTest.cpp: scikit-learn's LogisticRegression on made-up embeddings
whose classes overlap. Usage: linear_head.py > ../core/learning/linear_head.json. Needs scikit-learn from PyPI."""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression

COUNTS = [20, 12, 9, 5]
DIMENSIONS = 6

if __name__ == "__main__":
    random = np.random.default_rng(3)
    labels = np.repeat(np.arange(len(COUNTS)), COUNTS)
    centres = random.normal(0, 1, (len(COUNTS), DIMENSIONS))
    scale = np.array([3, 2, 1, 1, 0.5, 0.2])
    embeddings = np.round(np.maximum(0, 2 + (centres[labels] + random.normal(0, 1, (len(labels), DIMENSIONS))) * scale), 3)
    fits = []
    for l2 in (0.3, 20.0):
        for balanced in (False, True):
            model = LogisticRegression(C=1 / l2, class_weight="balanced" if balanced else None, tol=1e-12, max_iter=100000)
            model.fit(embeddings, labels)
            shares = model.predict_proba(embeddings)
            fits.append({"l2": l2, "balanced": balanced, "weight": np.round(model.coef_, 6).tolist(),
                         "loss": round(float(-np.log(shares[np.arange(len(labels)), labels]).mean()), 8),
                         "probabilities": np.round(shares[::9], 6).tolist()})
    print(json.dumps({"dimensions": DIMENSIONS, "classes": len(COUNTS), "labels": labels.tolist(),
                      "embeddings": embeddings.tolist(), "fits": fits}))
