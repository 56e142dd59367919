"""Makes reference.json: paired cases with tests and intervals of other programs.

Command, in this folder: /usr/bin/python3 reference.py > reference.json
Made with SciPy 1.10.1, statsmodels 0.13.5, NumPy 1.24.2. McNemar and Holm are statsmodels', the
Wilcoxon test and the Beta distribution SciPy's. DeLong's variance is computed here, pair by pair,
from the definition in DeLong, DeLong and Clarke-Pearson (1988). The Wilcoxon test of 40 cases with ties
is counted here over all signs (SciPy does so up to 13); that of 80 was added with SciPy 1.17.1.
"""
import json

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261121)
late = np.random.default_rng(20261126)


def placements(positive, scores):
    psi = np.heaviside(scores[positive][:, None] - scores[~positive][None, :], 0.5)
    return psi.mean(), psi.mean(1), psi.mean(0)


def delong(positive, a, b):
    auc, v10, v01 = zip(*(placements(positive, s) for s in (a, b)))
    covariance = np.cov(v10) / positive.sum() + np.cov(v01) / (~positive).sum()
    se_of_difference = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    reach = stats.norm.isf(0.025) * np.sqrt(covariance[0, 0])
    return {
        "positive": positive.tolist(), "first": a.tolist(), "second": b.tolist(),
        "firstAuc": auc[0], "secondAuc": auc[1],
        "low": auc[0] - reach, "high": min(1, auc[0] + reach),
        "standardError": se_of_difference,
        "pValue": 2 * stats.norm.sf(abs(auc[0] - auc[1]) / se_of_difference),
    }


def delong_case(n, noise, decimals):
    positive = rng.random(n) < 0.4
    signal = positive + rng.normal(0, 0.8, n)
    return delong(positive, np.round(signal, decimals),
                  np.round(signal + rng.normal(0, noise, n), decimals))


def mcnemar_case(only_first, only_second):
    table = [[50, only_first], [only_second, 7]]
    corrected = mcnemar(table, exact=False, correction=True)
    return {
        "onlyFirst": only_first, "onlySecond": only_second,
        "cases": 57 + only_first + only_second,
        "exact": mcnemar(table, exact=True).pvalue,
        "statistic": corrected.statistic, "corrected": corrected.pvalue,
    }


def wilcoxon_case(first, second, method):
    result = stats.wilcoxon(first, second, method=method, correction=False)
    return {"first": first.tolist(), "second": second.tolist(), "exact": method == "exact",
            "statistic": result.statistic, "pValue": result.pvalue}


def counted_wilcoxon_case(first, second):
    differences = np.round(first - second, 9)
    differences = differences[differences != 0]
    ranks = stats.rankdata(abs(differences))
    smaller = min(ranks[differences > 0].sum(), ranks[differences < 0].sum())
    counts = {0.0: 1}
    for rank in ranks:
        grown = dict(counts)
        for total, count in counts.items():
            grown[total + rank] = grown.get(total + rank, 0) + count
        counts = grown
    tail = sum(count for total, count in counts.items() if total <= smaller + 1e-9)
    return {"first": first.tolist(), "second": second.tolist(), "exact": True,
            "statistic": smaller, "pValue": min(1, 2 * tail / 2 ** len(ranks))}


def tied_wilcoxon_case(first, second):
    # Whole tenths, so that ties are ties.
    return {**wilcoxon_case(np.rint(first * 10), np.rint(second * 10), "approx"),
            "first": first.tolist(), "second": second.tolist()}


def jeffreys(s, n, level):
    low, high = stats.beta(s + 0.5, n - s + 0.5).ppf([(1 - level) / 2, (1 + level) / 2])
    return {"successes": s, "cases": n, "level": level,
            "low": 0 if s == 0 else low, "high": 1 if s == n else high}


p_values = [0.01, 0.04, 0.03, 0.005, 0.9]
print(json.dumps({
    "madeBy": "/usr/bin/python3 reference.py > reference.json (SciPy 1.10.1, statsmodels 0.13.5)",
    "delong": [delong_case(40, 0.5, 8), delong_case(60, 1.5, 1), delong_case(200, 1, 6)],
    "mcnemar": [mcnemar_case(*c) for c in [(12, 5), (1, 9), (40, 22), (3, 3), (0, 4)]],
    "wilcoxon": [
        wilcoxon_case(rng.random(12), rng.random(12), "exact"),
        wilcoxon_case(rng.random(50), rng.random(50) + 0.1, "exact"),
        wilcoxon_case(rng.random(80), rng.random(80) + 0.05, "approx"),
        counted_wilcoxon_case(np.round(rng.random(40), 1), np.round(rng.random(40), 1)),
        tied_wilcoxon_case(np.round(late.random(80), 1), np.round(late.random(80) + 0.05, 1)),
    ],
    "jeffreys": [jeffreys(*c) for c in [(505, 515, 0.95), (0, 10, 0.95), (10, 10, 0.9), (3, 8, 0.99)]],
    "holm": {"pValues": p_values,
             "adjusted": multipletests(p_values, method="holm")[1].tolist()},
}))
