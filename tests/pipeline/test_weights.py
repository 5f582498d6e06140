"""The table of points: learned near what the design lets expect, and sensible in itself."""

from pipeline.weights import POINTS, read_points

EXPECTED = read_points("expected")


def test_every_signal_is_expected_and_learned() -> None:
    assert EXPECTED.keys() == POINTS.keys()


def test_no_signal_was_learned_to_speak_against_what_the_design_expects() -> None:
    turned = [name for name, value in EXPECTED.items() if not name.startswith("start: ") and value * POINTS[name] < 0]

    assert turned == []


def test_more_days_apart_speak_louder_against_one_event() -> None:
    steps = ("4 to 14", "15 to 45", "46 to 120", "121 to 300", "301 to 600")
    points = [*(POINTS[f"{step} days apart"] for step in steps), POINTS["over 600 days apart"]]

    assert points == sorted(points, reverse=True)
    assert points[0] < 0


def test_nothing_outweighs_never() -> None:
    most = sum(value * 4 for value in POINTS.values() if value > 0)

    assert POINTS["never"] + most < 0 or POINTS["never"] <= -100
