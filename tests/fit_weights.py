#!/usr/bin/env python3
"""Fit the weights of `src/extraction/learned` on annotated articles, and write them there.

    fit_weights.py belonging|status|confidence SCORE.py [--more ARTICLES GOLD.jsonl]... [--held-out ARTICLES GOLD.jsonl]

Reads the articles of `fixtures/articles` with `fixtures/gold-*.jsonl`, and those of each folder ARTICLES
that is named beside its annotations; `examples/features.rs` gives their claims and features. Logistic
regression by Newton's method with an L2 penalty. What SCORE.py counts neither way is left out. Each set of
articles is judged by weights that were fitted without it, as a reader's articles are of no set. The figures
go to standard error.

`belonging`: a thing belongs if the annotation has it in the package. Fit it first: what is left out by it
changes the claims.

`status`: each status against all others, of the packages that are found. A case counts the less, the more there
are of its status. Where the annotation leaves it open, that of the rules is right.

`confidence`: a claim is right if donors, amount, currency and status are. By the judgements apart the
constant is lowered until, of the claims at 0.9 and above, the share TARGET is right, or until they are no more
than the share KEPT of all: what is sure of nothing is of no use either.
"""
import argparse
import importlib.util
import json
import math
import subprocess
import sys
from collections import Counter
from itertools import repeat
from pathlib import Path, PurePosixPath

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "src/extraction/learned"
PENALTY, STRICTER, ROUNDS = 0.003, 0.006, 8  # `STRICTER` where features are many beside the cases
LEAST = 8  # a feature that fewer claims have is not weighed
TARGET, SURE, KEPT = 0.98, 0.9, 0.65
FOLDS, FEWER_FOLDS = 30, 6
CLEARLY, SURELY = 2.0, 3.0  # by so much a status outweighs that of the rules: those of `learned/status.rs`
BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


def features_of(articles):
    """What `examples/features.rs` prints of each article of a folder, by the stem of its name."""
    paths = sorted(str(path) for path in articles.iterdir() if path.suffix in (".txt", ".html"))
    command = ["cargo", "run", "--quiet", "--example", "features", "--", *paths]
    lines = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    documents = [json.loads(line) for line in lines.splitlines()]
    return {PurePosixPath(document["source"]["path"]).stem: document for document in documents}


def judged_set(what, score, read, gold_file):
    """(features, right) of every case of a set that counts."""
    judge, nothing = JUDGES[what], {"packages": [], "unsifted": [], "by_rules": []}
    with open(gold_file, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    return [row for gold in documents for row in judge(score, gold, read.get(gold["id"], nothing))]


def paired(score, gold, packages):
    """Each package with the annotated one that it is beside, if any, and the scorer's verdicts if it is found."""
    table = [[score.compare(g, p) for p in packages] for g in gold["packages"]]
    pairs = {j: i for i, j in score.assign([[cell[0] for cell in row] for row in table])}
    for j, package in enumerate(packages):
        i = pairs.get(j)
        verdicts = table[i][j][2] if i is not None and table[i][j][1] else None
        yield package, None if i is None else gold["packages"][i], verdicts


def claims(score, gold, read):
    for package, _, verdicts in paired(score, gold, read["packages"]):
        if package["aid"] in ("financial", "humanitarian"):
            continue
        if verdicts is not None:
            right = all(verdicts[f] is not False for f in ("donors", "amount", "currency", "status"))
        elif score.ignored(gold, package) or package["status"] == "past":
            continue
        else:
            right = False
        yield package["features"], right


def things(score, gold, read):
    for package, beside, verdicts in paired(score, gold, read["unsifted"]):
        items, features = package["items"], package["things"]
        if beside is None or verdicts is None and score.optional(beside):
            counts = package["status"] != "past" and not score.ignored(gold, package)
            yield from ((row, False) for row in features if counts)
        elif not score.optional(beside):
            named = {b: beside["items"][a] for a, b in score.pair_items(beside["items"], items)}
            for b, row in enumerate(features):
                if not named.get(b, {}).get("optional"):
                    yield row, b in named


def statuses(score, gold, read):
    """The features of each package that is found, with the status of the rules and those that are right."""
    for package, beside, verdicts in paired(score, gold, read["by_rules"]):
        if verdicts is not None:
            yield package["features"], (package["status"], score.allowed(beside, "status"))


JUDGES = {"belonging": things, "status": statuses, "confidence": claims}


def log_odds(weights, features):
    return sum(weights.get(name, 0.0) for name in features)


def probability(value):
    return 1 / (1 + math.exp(-value))


def fit(data, shares=repeat(1.0), cost=PENALTY):
    """The weight of each feature; a case counts by its share."""
    counts = Counter(name for features, _ in data for name in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    number = {name: place for place, name in enumerate(names)}
    held = np.zeros((len(data), len(names)))
    for line, (features, _) in zip(held, data):
        line[[number[name] for name in features if name in number]] = 1
    right = np.array([float(right) for _, right in data])
    shares = np.array([share for share, _ in zip(shares, data)])
    penalty = np.array([0.0 if name == "always" else cost * len(data) for name in names])
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-held @ weights))
        slope = held.T @ (shares * (right - likely)) - penalty * weights
        curve = (held.T * (shares * likely * (1 - likely))) @ held + np.diag(penalty + 1e-9)
        weights += np.linalg.solve(curve, slope)
    return dict(zip(names, weights.tolist()))


def fit_statuses(data):
    """The weights of each status, by status and feature."""
    rights = [rules if rules in allowed else allowed[0] for _, (rules, allowed) in data]
    counts = Counter(rights)
    shares = [math.sqrt(len(data) / (len(counts) * counts[right])) for right in rights]
    weights = {}
    for status in sorted(counts):
        own = fit([(row[0], right == status) for row, right in zip(data, rights)], shares, STRICTER)
        weights.update({f"{status}: {name}": weight for name, weight in own.items()})
    return weights


def weighed(weights, features, rules):
    """The status that the weights leave a package to which the rules give one."""
    odds = Counter({status: log_odds(weights, [f"{status}: {name}" for name in features]) for status in
                    {name.split(":")[0] for name in weights}})
    best = max(sorted(odds), key=odds.get)
    least = SURELY if best in ("proposed", "withdrawn") else CLEARLY
    return best if odds[best] > odds[rules] + least else rules


def folded(sets, count, fit):
    """Each case of the sets with weights fitted without its set; sets beyond the count share a fit."""
    folds = [[row for rows in sets[place::count] for row in rows] for place in range(min(count, len(sets)))]
    for apart in folds:
        weights = fit([row for rows in folds if rows is not apart for row in rows])
        yield from ((weights, row) for row in apart)


def judged_apart(sets):
    """(log-odds, right) of every case, by weights fitted without its set."""
    return [(log_odds(weights, features), right) for weights, (features, right) in folded(sets, FOLDS, fit)]


def caution(judgements):
    """What to take off the constant: until TARGET of the sure claims are right, yet KEPT of all stay sure."""
    best, right, ranked = None, 0, sorted(judgements, reverse=True)
    for seen, (value, good) in enumerate(ranked, 1):
        right += good
        if seen >= KEPT * len(ranked) and (best is None or right / seen >= TARGET):
            best = value
    return max(0.0, best - math.log(SURE / (1 - SURE)))


def show(title, judgements):
    total = max(1, len(judgements))
    print(f"{title}: {len(judgements)} cases, {sum(right for _, right in judgements)} right", file=sys.stderr)
    for low, high in zip(BANDS, BANDS[1:]):
        band = [right for value, right in judgements if low <= probability(value) < high]
        above = [right for value, right in judgements if low <= probability(value)]
        print(f"  {low:.2f} to {high:.2f}: {len(band)} cases, {sum(band) / max(1, len(band)):.3f} right; "
              f"at {low:.2f} and above {len(above) / total:.2f} of all, {sum(above) / max(1, len(above)):.3f} right",
              file=sys.stderr)


def show_statuses(title, judged):
    """How many packages have the right status, by (weights, case) of each."""
    rows = [(rules in allowed, weighed(weights, features, rules) in allowed)
            for weights, (features, (rules, allowed)) in judged]
    by_rules, right = (sum(row[place] for row in rows) for place in (0, 1))
    print(f"{title}: {len(rows)} cases, {by_rules} right by rules, {right} right as weighed; "
          f"{sum(row == (False, True) for row in rows)} mended, {sum(row == (True, False) for row in rows)} spoilt",
          file=sys.stderr)


def main():
    ap = argparse.ArgumentParser(description="Fit the weights of what is learned.")
    ap.add_argument("what", choices=sorted(JUDGES))
    ap.add_argument("score", type=Path)
    ap.add_argument("--more", nargs=2, type=Path, action="append", default=[], metavar=("ARTICLES", "GOLD"))
    ap.add_argument("--held-out", nargs=2, type=Path, metavar=("ARTICLES", "GOLD"))
    args = ap.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.score)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    own = features_of(ROOT / "fixtures/articles")
    sets = [judged_set(args.what, score, own, gold) for gold in sorted((ROOT / "fixtures").glob("gold-*.jsonl"))]
    sets += [judged_set(args.what, score, features_of(articles.resolve()), gold) for articles, gold in args.more]
    everything = [row for rows in sets for row in rows]
    if args.what == "status":
        show_statuses("each set by weights fitted without it", folded(sets, FEWER_FOLDS, fit_statuses))
        weights = fit_statuses(everything)
    else:
        judgements = judged_apart(sets)
        show("each set by weights fitted without it", judgements)
        weights = fit(everything)
    if args.what == "confidence":
        less = caution(judgements)
        show(f"the same, less {less:.2f}", [(value - less, right) for value, right in judgements])
        weights["always"] -= less
    if args.held_out:
        articles, gold = args.held_out
        held = judged_set(args.what, score, features_of(articles.resolve()), gold)
        if args.what == "status":
            show_statuses("held out", ((weights, row) for row in held))
        else:
            show("held out", [(log_odds(weights, features), right) for features, right in held])
    with open(TABLES / f"{args.what}.tsv", "w", encoding="utf-8") as table:
        print("# Written by tests/fit_weights.py. Feature; weight in thousandths of log-odds.", file=table)
        for name, weight in sorted(weights.items()):
            if round(weight * 1000):
                print(f"{name}\t{round(weight * 1000)}", file=table)


if __name__ == "__main__":
    main()
