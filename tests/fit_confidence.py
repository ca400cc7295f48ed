#!/usr/bin/env python3
"""Fit the weights of `src/extraction/confidence.tsv` on annotated articles.

    cargo run --example features -- ARTICLE... > features.ndjson
    fit_confidence.py SCORE.py features.ndjson GOLD.jsonl... [--held-out GOLD.jsonl...] > confidence.tsv

A claim is right if donors, amount, currency and status are. Claims that SCORE.py counts neither way are
left out. Logistic regression by gradient descent with an L2 penalty. Each article is judged once by
weights that were fitted without it; by those judgements the constant is lowered until, of the claims at
0.9 and above, the share TARGET is right. Prints the table of weights in thousandths of log-odds; the
figures go to standard error.
"""
import argparse
import importlib.util
import json
import math
import sys
import zlib
from collections import Counter
from pathlib import PurePosixPath

PENALTY, RATE, ROUNDS, FOLDS = 0.005, 0.8, 1500, 10
LEAST = 5  # a feature that fewer claims have is not weighed
TARGET, SURE = 0.98, 0.9
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)


def rows(score, claims, gold_files):
    """(document, features, right) of every claim that counts."""
    out = []
    for gold_file in gold_files:
        with open(gold_file, encoding="utf-8") as lines:
            for gold in (json.loads(line) for line in lines if line.strip()):
                out += judged(score, gold, claims.get(gold["id"], []))
    return out


def judged(score, gold, packages):
    table = [[score.compare(g, p) for p in packages] for g in gold["packages"]]
    pairs = {j: i for i, j in score.assign([[cell[0] for cell in row] for row in table])}
    for j, package in enumerate(packages):
        if package["aid"] in ("financial", "humanitarian"):
            continue
        i = pairs.get(j)
        if i is not None and table[i][j][1]:
            verdict = table[i][j][2]
            right = all(verdict[f] is not False for f in ("donors", "amount", "currency", "status"))
        elif score.ignored(gold, package) or package["status"] == "past":
            continue
        else:
            right = False
        yield gold["id"], package["features"], right


def log_odds(weights, features):
    return sum(weights.get(name, 0.0) for name in features)


def probability(weights, features):
    return 1 / (1 + math.exp(-log_odds(weights, features)))


def fit(data):
    counts = Counter(name for _, features, _ in data for name in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    weights = dict.fromkeys(names, 0.0)
    data = [([name for name in features if name in weights], right) for _, features, right in data]
    for _ in range(ROUNDS):
        slope = dict.fromkeys(names, 0.0)
        for features, right in data:
            error = right - probability(weights, features)
            for name in features:
                slope[name] += error
        for name in names:
            penalty = 0.0 if name == "always" else PENALTY * weights[name]
            weights[name] += RATE * (slope[name] / len(data) - penalty) / 4
    return weights


def cross_judged(data):
    """(log-odds, right) of every claim, by weights fitted without its article."""
    out = []
    fold = lambda document: zlib.crc32(document.encode()) % FOLDS
    for k in range(FOLDS):
        weights = fit([row for row in data if fold(row[0]) != k])
        out += [(log_odds(weights, features), right) for doc, features, right in data if fold(doc) == k]
    return out


def caution(judgements):
    """What to take off the constant so that the share TARGET of the sure claims is right, with the most claims kept."""
    best, seen, right = None, 0, 0
    for value, good in sorted(judgements, reverse=True):
        seen, right = seen + 1, right + good
        if seen >= 20 and right / seen >= TARGET:
            best = value
    sure = math.log(SURE / (1 - SURE))
    return max(0.0, best - sure) if best is not None else 1.0


def show(title, judgements):
    print(f"{title}: {len(judgements)} claims, {sum(right for _, right in judgements)} right", file=sys.stderr)
    for threshold in THRESHOLDS:
        kept = [right for value, right in judgements if value >= math.log(threshold / (1 - threshold)) - 1e-9]
        print(f"  at {threshold} and above: {len(kept) / max(1, len(judgements)):.2f} of all, "
              f"{sum(kept) / max(1, len(kept)):.3f} right", file=sys.stderr)


def main():
    ap = argparse.ArgumentParser(description="Fit the weights of confidence.")
    ap.add_argument("score")
    ap.add_argument("features")
    ap.add_argument("gold", nargs="+")
    ap.add_argument("--held-out", nargs="*", default=[])
    args = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    with open(args.features, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    claims = {PurePosixPath(d["source"]["path"]).stem: d["packages"] for d in documents}
    data = rows(score, claims, args.gold)
    judgements = cross_judged(data)
    less = caution(judgements)
    show("each article by weights fitted without it", [(value - less, right) for value, right in judgements])
    weights = fit(data)
    weights["always"] -= less
    show("fitted on", [(log_odds(weights, features), right) for _, features, right in data])
    if args.held_out:
        held = rows(score, claims, args.held_out)
        show("held out", [(log_odds(weights, features), right) for _, features, right in held])
    print("# Written by tests/fit_confidence.py. Feature; weight in thousandths of log-odds.")
    for name, weight in sorted(weights.items()):
        if round(weight * 1000):
            print(f"{name}\t{round(weight * 1000)}")


if __name__ == "__main__":
    main()
