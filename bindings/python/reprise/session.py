# SPDX-License-Identifier: Apache-2.0
"""The result of one recording of one exercise."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    import numpy.typing
    import pandas

    from . import _native

# Columns of every DataFrame of repetitions, before those of the exercise's measures. Seconds are NaN where the movement
# was not found again. quality: 0 to 100. faults: ids of form rules; None where the form was not judged.
_COLUMNS = ("outcome", "side", "start_s", "extreme_s", "end_s", "out_s", "hold_s", "back_s", "quality", "smoothness",
            "faults")  # fmt: skip


class Session:
    """The measures of one recording of one exercise.

    document: the session document, as the command writes it into session.json.
    time_s: the time of each frame.
    measures: the value of each measure in each frame, by names such as knee_flexion_left_deg or hip_height_ratio;
        zero-phase filtered.
    """

    document: dict[str, Any]
    time_s: numpy.typing.NDArray[numpy.float64]
    measures: dict[str, numpy.typing.NDArray[numpy.float64]]

    def __init__(self, native: _native.SessionDocument) -> None:
        self.document = json.loads(native.json)
        self.time_s = native.time_s
        self.measures = native.measures

    @property
    def frames(self) -> pandas.DataFrame:
        """One row for each frame: time_s and the measures."""
        import pandas

        return pandas.DataFrame({"time_s": self.time_s, **self.measures})

    @property
    def repetitions(self) -> pandas.DataFrame:
        """One row for each repetition.

        outcome, side, times, tempo, quality (0 to 100), smoothness, faults (ids of form rules, joined by ", "; None:
        not judged), the peak speed, and smallest value, largest value and uncertainty: range_min_deg of the main
        measure, and such as knee_flexion_left_min_deg of all.
        """
        import pandas

        rows = [_row(repetition) for repetition in self.document["exercise"]["repetitions"]]
        columns = [*_COLUMNS, *dict.fromkeys(name for row in rows for name in row if name not in _COLUMNS)]
        table = pandas.DataFrame(rows, columns=columns)
        numbers = [name for name in columns if name not in ("outcome", "side", "faults")]
        return table.astype(dict.fromkeys(numbers, float))

    def __repr__(self) -> str:
        exercise = self.document["exercise"]
        return (
            f"<Session of {self.document['source']['name']}: {exercise['id']}, "
            f"{exercise['summary']['repetitions_complete']} complete repetitions>"
        )


def _row(repetition: dict[str, Any]) -> dict[str, Any]:
    tempo = repetition["tempo"] or {}
    faults = repetition["faults"]
    row = {
        "outcome": repetition["outcome"],
        "side": repetition["side"],
        "start_s": repetition["start_s"],
        "extreme_s": repetition["extreme_s"],
        "end_s": repetition["end_s"],
        "out_s": tempo.get("out_s"),
        "hold_s": tempo.get("hold_s"),
        "back_s": tempo.get("back_s"),
        "quality": repetition["quality"]["score"],
        "smoothness": repetition["smoothness"],
        "faults": None if faults is None else ", ".join(fault["rule"] for fault in faults),
    }
    row.update({key: value for key, value in repetition.items() if key.startswith("peak_speed")})
    if repetition["range"]:
        row.update(_range("range", repetition["range"]))
    for measured in repetition["ranges"]:
        side = f"_{measured['side']}" if measured["side"] else ""
        row.update(_range(f"{measured['measure']}{side}", measured))
    return row


def _range(name: str, measured: dict[str, Any]) -> dict[str, float]:
    """Returns min, max and uncertainty under names that end in the unit, as the columns of the frames do."""
    return {
        f"{name}_{part}_{unit}": measured[key]
        for part in ("min", "max", "uncertainty")
        for key, unit in ((f"{part}_deg", "deg"), (part, "ratio"))
        if key in measured
    }
