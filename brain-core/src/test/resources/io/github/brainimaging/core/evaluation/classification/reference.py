"""Makes scikit-learn.json: random and hand-made cases with scikit-learn's figures.

Command, in this folder: /usr/bin/python3 reference.py > scikit-learn.json
Made with scikit-learn 1.2.1, NumPy 1.24.2. Not in scikit-learn and computed here from their
definitions: the Brier score of several classes and the calibration error with 15 bins.
"""
import json
import warnings

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")


def number(v):
    return None if v is None or np.isnan(v) else float(v)


def calibration_error(truth, probabilities, bins=15):
    highest, right = probabilities.max(1), probabilities.argmax(1) == truth
    error = 0
    for i in range(bins):
        inside = (highest > i / bins) & (highest <= (i + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - highest[inside].mean())
    return error


def probability_figures(truth, scores):
    if np.abs(scores.sum(1) - 1).max() > 1e-3:
        return {"logLoss": None, "brierScore": None, "calibrationError": None}
    one_hot = np.eye(scores.shape[1])[truth]
    return {
        "logLoss": metrics.log_loss(truth, scores, labels=range(scores.shape[1])),
        "brierScore": ((scores - one_hot) ** 2).sum(1).mean(),
        "calibrationError": calibration_error(truth, scores),
    }


def curves(positive, scores):
    fpr, tpr, thresholds = metrics.roc_curve(positive, scores, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(positive, scores)
    return {
        "falsePositiveRate": fpr.tolist(),
        "truePositiveRate": tpr.tolist(),
        "thresholds": thresholds[1:].tolist(),
        "precision": precision[::-1].tolist(),
        "recall": recall[::-1].tolist(),
    }


def case(name, labels, truth, scores):
    truth, scores = np.asarray(truth), np.asarray(scores, float)
    predicted = scores.argmax(1)
    n = len(labels)
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=range(n), zero_division=0)
    per_class = metrics.multilabel_confusion_matrix(truth, predicted, labels=range(n))
    classes = []
    for c in range(n):
        (tn, fp), (fn, tp) = per_class[c]
        absent = tp + fn + fp == 0
        one_sided = support[c] in (0, len(truth))
        classes.append({
            "precision": None if absent else number(precision[c]),
            "recall": None if support[c] == 0 else number(recall[c]),
            "specificity": None if tn + fp == 0 else float(
                metrics.recall_score(truth != c, predicted != c)),
            "f1": None if absent else number(f1[c]),
            "auc": None if one_sided else number(metrics.roc_auc_score(truth == c, scores[:, c])),
            "averagePrecision": None if support[c] == 0 else number(
                metrics.average_precision_score(truth == c, scores[:, c])),
            "curves": None if one_sided else curves(truth == c, scores[:, c]),
            "support": int(support[c]),
        })
    aucs = [c["auc"] for c in classes if c["auc"] is not None]
    return {
        "name": name,
        "labels": labels,
        "truth": [labels[t] for t in truth],
        "scores": scores.tolist(),
        "accuracy": metrics.accuracy_score(truth, predicted),
        "balancedAccuracy": metrics.balanced_accuracy_score(truth, predicted),
        "macroPrecision": number(np.mean([c["precision"] for c in classes
                                          if c["precision"] is not None])),
        "microAuc": metrics.roc_auc_score(np.eye(n)[truth].ravel(), scores.ravel()),
        "kappa": number(metrics.cohen_kappa_score(truth, predicted)),
        "mcc": None if len(set(truth)) == 1 or len(set(predicted)) == 1 else
        metrics.matthews_corrcoef(truth, predicted),
        **probability_figures(truth, scores),
        "macroF1": metrics.f1_score(truth, predicted, average="macro"),
        "macroAuc": number(np.mean(aucs)) if aucs else None,
        "confusion": metrics.confusion_matrix(truth, predicted, labels=range(n)).tolist(),
        "classes": classes,
    }


rng = np.random.default_rng(20261121)


def random_case(name, labels, n, classes_in_truth, decimals):
    truth = rng.choice(classes_in_truth, n)
    scores = rng.random((n, len(labels)))
    scores[np.arange(n), truth] += 0.3
    return case(name, labels, truth, np.round(scores / scores.sum(1, keepdims=True), decimals))


four = ["glioma", "meningioma", "notumor", "pituitary"]
cases = [
    random_case("four classes", four, 60, [0, 1, 2, 3], 6),
    random_case("many ties", four, 60, [0, 1, 2, 3], 1),
    random_case("a class absent from the truth", four, 30, [0, 1, 3], 3),
    random_case("two classes", ["no", "yes"], 25, [0, 1], 2),
    case("all scores equal", ["no", "yes"], [0, 1, 1, 0, 1], [[0.5, 0.5]] * 5),
    case("a class missed altogether", ["a", "b", "c"], [0, 0, 1, 2, 2],
         [[.6, .2, .2], [.5, .4, .1], [.7, .2, .1], [.1, .2, .7], [.3, .3, .4]]),
    case("a class neither in truth nor predicted", ["a", "b", "c"], [0, 0, 1],
         [[.6, .3, .1], [.2, .7, .1], [.3, .6, .1]]),
    case("one class only", ["a", "b"], [0, 0, 0], [[.6, .4], [.4, .6], [.9, .1]]),
    case("perfect", ["a", "b"], [0, 1, 0], [[.6, .4], [.4, .6], [.9, .1]]),
]
print(json.dumps({
    "madeBy": "/usr/bin/python3 reference.py > scikit-learn.json (scikit-learn 1.2.1)",
    "cases": cases,
}))
