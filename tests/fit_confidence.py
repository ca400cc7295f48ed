#!/usr/bin/env python3
"""Fit the weights of `src/extraction/confidence.rs` on annotated articles.

    cargo run --example features -- ARTICLE... > features.ndjson
    fit_confidence.py SCORE.py features.ndjson GOLD.jsonl [--held-out GOLD.jsonl]

A claim is right if donors, amount, currency and status are. Claims that SCORE.py counts neither way are
left out. Logistic regression by gradient descent with an L2 penalty; prints the weights in thousandths of
log-odds and, for several thresholds, how many claims reach it and how many of those are right.
"""
import argparse
import importlib.util
import json
import math
from pathlib import PurePosixPath

PENALTY, RATE, ROUNDS = 0.015, 0.5, 4000
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)


def rows(score, claims, gold_file):
    """(features, right) of every claim that counts."""
    out = []
    with open(gold_file, encoding="utf-8") as lines:
        golds = [json.loads(line) for line in lines if line.strip()]
    for gold in golds:
        packages = claims.get(gold["id"], [])
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
            out.append((package["features"], right))
    return out


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) for name in features)))


def fit(data, names):
    weights = dict.fromkeys(names, 0.0)
    for _ in range(ROUNDS):
        slope = dict.fromkeys(names, 0.0)
        for features, right in data:
            error = right - probability(weights, features)
            for name in features:
                slope[name] += error
        for name in names:
            penalty = 0.0 if name == "always" else PENALTY * weights[name]
            weights[name] += RATE * (slope[name] / len(data) - penalty)
    return weights


def show(title, weights, data):
    print(f"# {title}: {len(data)} claims, {sum(right for _, right in data)} right")
    for threshold in THRESHOLDS:
        kept = [right for features, right in data if probability(weights, features) >= threshold]
        share = len(kept) / max(1, len(data))
        print(f"#   at {threshold} and above: {share:.2f} of all, {sum(kept) / max(1, len(kept)):.3f} right")


def main():
    ap = argparse.ArgumentParser(description="Fit the weights of confidence.")
    ap.add_argument("score")
    ap.add_argument("features")
    ap.add_argument("gold")
    ap.add_argument("--held-out")
    args = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    with open(args.features, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    claims = {PurePosixPath(d["source"]["path"]).stem: d["packages"] for d in documents}
    data = rows(score, claims, args.gold)
    names = sorted({name for packages in claims.values() for p in packages for name in p["features"]})
    weights = fit(data, names)
    show("fitted on", weights, data)
    if args.held_out:
        show("held out", weights, rows(score, claims, args.held_out))
    for name in names:
        print(f'    ("{name}", {round(weights[name] * 1000)}),')


if __name__ == "__main__":
    main()
