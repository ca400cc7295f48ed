#!/usr/bin/env python3
"""Fit the weights of `src/extraction/confidence.tsv` on annotated articles, and write them there.

    fit_confidence.py SCORE.py [--more ARTICLES GOLD.jsonl]... [--held-out ARTICLES GOLD.jsonl]

Reads the articles of `fixtures/articles` with `fixtures/gold-*.jsonl`, and those of each folder ARTICLES
that is named beside its annotations; `examples/features.rs` gives their claims and features. A claim is
right if donors, amount, currency and status are. Claims that SCORE.py counts neither way are left out.
Logistic regression by Newton's method with an L2 penalty. Each set of articles is judged by weights that
were fitted without it, as a reader's articles are of no set: by those judgements the constant is lowered
until, of the claims at 0.9 and above, the share TARGET is right. The figures go to standard error.
"""
import argparse
import importlib.util
import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src/extraction/confidence.tsv"
PENALTY, ROUNDS = 0.003, 8
LEAST = 8  # a feature that fewer claims have is not weighed
TARGET, SURE = 0.98, 0.9
FEWEST = 20  # so many claims at least are sure
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


def features_of(articles):
    """The claims of each article of a folder with their features, by the stem of its name."""
    paths = sorted(str(path) for path in articles.iterdir() if path.suffix in (".txt", ".html"))
    command = ["cargo", "run", "--quiet", "--example", "features", "--", *paths]
    lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    documents = [json.loads(line) for line in lines.splitlines()]
    return {PurePosixPath(document["source"]["path"]).stem: document["packages"] for document in documents}


def judged_set(score, claims, gold_file):
    """(features, right) of every claim of a set that counts."""
    with open(gold_file, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    return [row for gold in documents for row in judged(score, gold, claims.get(gold["id"], []))]


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
        yield package["features"], right


def log_odds(weights, features):
    return sum(weights.get(name, 0.0) for name in features)


def probability(value):
    return 1 / (1 + math.exp(-value))


def solve(matrix, vector):
    """The solution of a symmetric positive system, by Gaussian elimination; both are used up."""
    size = len(vector)
    for k in range(size):
        row, pivot = matrix[k], matrix[k][k]
        for i in range(k + 1, size):
            share = matrix[i][k] / pivot
            if share:
                other = matrix[i]
                for j in range(k, size):
                    other[j] -= share * row[j]
                vector[i] -= share * vector[k]
    for k in reversed(range(size)):
        vector[k] = (vector[k] - sum(matrix[k][j] * vector[j] for j in range(k + 1, size))) / matrix[k][k]
    return vector


def fit(data):
    counts = Counter(name for features, _ in data for name in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    number = {name: place for place, name in enumerate(names)}
    rows = [([number[name] for name in features if name in number], right) for features, right in data]
    penalty = [0.0 if name == "always" else PENALTY * len(data) for name in names]
    weights = [0.0] * len(names)
    for _ in range(ROUNDS):
        slope = [-cost * weight for cost, weight in zip(penalty, weights)]
        curve = [[0.0] * len(names) for _ in names]
        for place, cost in enumerate(penalty):
            curve[place][place] = cost + 1e-9
        for held, right in rows:
            likely = probability(sum(weights[place] for place in held))
            for place in held:
                slope[place] += right - likely
                line, step = curve[place], likely * (1 - likely)
                for other in held:
                    line[other] += step
        weights = [weight + step for weight, step in zip(weights, solve(curve, slope))]
    return dict(zip(names, weights))


def judged_apart(sets):
    """(log-odds, right) of every claim, by weights fitted without its set."""
    out = []
    for apart in sets:
        weights = fit([row for rows in sets if rows is not apart for row in rows])
        out += [(log_odds(weights, features), right) for features, right in apart]
    return out


def caution(judgements):
    """What to take off the constant so that the share TARGET of the sure claims is right, with the most claims kept."""
    best, seen, right = None, 0, 0
    for value, good in sorted(judgements, reverse=True):
        seen, right = seen + 1, right + good
        if seen >= FEWEST and right / seen >= TARGET:
            best = value
    sure = math.log(SURE / (1 - SURE))
    return max(0.0, best - sure) if best is not None else 1.0


def show(title, judgements):
    total = max(1, len(judgements))
    print(f"{title}: {len(judgements)} claims, {sum(right for _, right in judgements)} right", file=sys.stderr)
    for low, high in zip(BANDS, BANDS[1:]):
        band = [right for value, right in judgements if low <= probability(value) < high]
        above = [right for value, right in judgements if low <= probability(value)]
        print(f"  {low:.2f} to {high:.2f}: {len(band)} claims, {sum(band) / max(1, len(band)):.3f} right; "
              f"at {low:.2f} and above {len(above) / total:.2f} of all, {sum(above) / max(1, len(above)):.3f} right",
              file=sys.stderr)


def main():
    ap = argparse.ArgumentParser(description="Fit the weights of confidence.")
    ap.add_argument("score", type=Path)
    ap.add_argument("--more", nargs=2, type=Path, action="append", default=[], metavar=("ARTICLES", "GOLD"))
    ap.add_argument("--held-out", nargs=2, type=Path, metavar=("ARTICLES", "GOLD"))
    args = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    own = features_of(ROOT / "fixtures/articles")
    sets = [judged_set(score, own, gold) for gold in sorted((ROOT / "fixtures").glob("gold-*.jsonl"))]
    sets += [judged_set(score, features_of(articles.resolve()), gold) for articles, gold in args.more]
    judgements = judged_apart(sets)
    show("each set by weights fitted without it", judgements)
    less = caution(judgements)
    show(f"the same, less {less:.2f}", [(value - less, right) for value, right in judgements])
    weights = fit([row for rows in sets for row in rows])
    weights["always"] -= less
    if args.held_out:
        articles, gold = args.held_out
        held = judged_set(score, features_of(articles.resolve()), gold)
        show("held out", [(log_odds(weights, features), right) for features, right in held])
    with open(TABLE, "w", encoding="utf-8") as table:
        print("# Written by tests/fit_confidence.py. Feature; weight in thousandths of log-odds.", file=table)
        for name, weight in sorted(weights.items()):
            if round(weight * 1000):
                print(f"{name}\t{round(weight * 1000)}", file=table)


if __name__ == "__main__":
    main()
