"""`python -m tests.accuracy`: how well the matcher does on events that its points were not learned from.

`--write` learns the points from all labels and writes them to pipeline/weights.csv.
"""

import argparse
import csv
from statistics import fmean, pstdev

from pipeline.evaluate import Accuracy, score
from pipeline.matching import features
from pipeline.weights import TABLE, read_points
from tests.accuracy.learning import NEVER, Numbers, learn, read_pairs
from tests.accuracy.measuring import by_kind, seen_events, unseen_events
from tests.corpus_claims import load_corpus, load_gold, usd_of


def main() -> None:
    """Print the accuracy on seen and on unseen events; write the points if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--seeds", type=int, default=6, help="how many ways to part the labels (default 6)")
    parser.add_argument("--write", action="store_true", help="write the points learned from all labels")
    options = parser.parse_args()
    events = load_gold()
    claims = {claim.claim_id: features(claim, usd_of(claim)) for claim in load_corpus() if claim.claim_id in events}
    expected = read_points("expected")
    pairs = read_pairs(claims, events, list(expected))
    points = learn(pairs, pairs.open, expected)
    print(f"{len(claims)} claims, {int(pairs.together.sum())} pairs of one event, {int(pairs.open.sum())} to decide")
    seen = seen_events(claims, events, pairs, points)
    show("seen in learning", [score(seen, events)])
    for by_recipient, title in ((False, "unseen events"), (True, "unseen events of unseen recipients")):
        found = [
            unseen_events(claims, events, pairs, expected, seed, by_recipient=by_recipient)
            for seed in range(options.seeds)
        ]
        show(title, [score(one, events) for one in found])
        parts = [by_kind(claims, one, events) for one in found]
        for kind in parts[0]:
            show(f"  {kind}", [part[kind] for part in parts])
    if options.write:
        write(pairs.signals, expected, points)


def show(title: str, measured: list[Accuracy]) -> None:
    """One line: pairwise precision, recall, F1 and B-cubed F1, as means over the ways to part the labels."""
    pairwise = [one.pairwise for one in measured]
    f1 = [rates.f1 for rates in pairwise]
    print(
        f"{title:36} P {fmean(r.precision for r in pairwise):.3f}  R {fmean(r.recall for r in pairwise):.3f}  "
        f"F1 {fmean(f1):.3f} ± {pstdev(f1):.3f}  B3 {fmean(one.b_cubed.f1 for one in measured):.3f}  "
        f"({measured[0].claims} claims, {measured[0].pairs} pairs)"
    )


def write(signals: list[str], expected: dict[str, float], points: Numbers) -> None:
    """Write the table of points, rounded to hundredths."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("signal", "expected", "points"))
        for name, value in zip(signals, points, strict=True):
            learned = expected[name] if name == NEVER else round(float(value), 2)
            table.writerow((name, f"{expected[name]:g}", f"{learned:g}"))


if __name__ == "__main__":
    main()
