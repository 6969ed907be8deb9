# SPDX-License-Identifier: Apache-2.0
"""Reprise measures exercises: landmarks or a video in, NumPy arrays and pandas DataFrames out.

    session = reprise.analyze("squat.mp4", "squat")
    session.frames       # DataFrame: time_s, knee_flexion_left_deg, …
    session.repetitions  # DataFrame: one row for each repetition

Names end in their unit: s, m, px, deg, hz; ratio has none. Unmeasured values are NaN.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from . import _native
from ._native import LANDMARKS, Recording, __version__
from .error import Error
from .session import Session

if TYPE_CHECKING:
    import pandas

__all__ = ["LANDMARKS", "Error", "Recording", "Session", "__version__", "analyze", "catalog", "read"]

Path = str | os.PathLike[str]


@functools.cache
def _catalog() -> _native.Catalog:
    return _native.Catalog()


def catalog() -> pandas.DataFrame:
    """Returns the exercises, one row each, by id. The environment variable REPRISE_CATALOG names another folder."""
    import pandas

    return pandas.DataFrame(json.loads(_catalog().json)).set_index("id")


def read(
    path: Path,
    *,
    model: Literal["blend", "lite", "full", "heavy"] = "blend",
    ensemble: bool = False,
    person: int = 1,
    threads: int = 1,
    frame_rate_hz: float | None = None,
    models_folder: Path | None = None,
    progress: Callable[[int, int | None], object] | None = None,
) -> Recording:
    """Reads a video, or landmarks from a .json, .csv, .trc or .npy file.

    model: the pose network for a video. lite, full or heavy in each picture, or blend: lite, corrected by heavy 2.5
      times a second, nearly as accurate as heavy and three times as fast.
    ensemble: all three networks together; four times as slow as heavy.
    person: whom to follow in a video; 1 is the largest person, 2 the next.
    threads: from 2 on, decoding runs beside the networks.
    frame_rate_hz: of landmark files without times.
    models_folder: where the networks are, if not in the usual place.
    progress: called before each picture of a video with the pictures done and all, None: unknown. What it raises
        ends the reading and is raised here.

    Other threads run meanwhile. Raises Error.
    """
    return _native.read(
        path,
        model=model,
        ensemble=ensemble,
        person=person,
        threads=threads,
        frame_rate_hz=frame_rate_hz,
        models_folder=models_folder,
        progress=progress,
    )


def analyze(
    recording: Recording | Path,
    exercise: str,
    *,
    side: Literal["left", "right"] | None = None,
    ceiling_deg: float | None = None,
    ceiling_ratio: float | None = None,
) -> Session:
    """Counts and measures the repetitions of an exercise.

    recording: a Recording, or a path to be read with the defaults of `read`.
    exercise: an id of `catalog()`.
    side: the prescribed side; None: whichever moves.
    ceiling_deg, ceiling_ratio: largest allowed value of the exercise's main measure, in the unit of that measure.

    Other threads run meanwhile. Raises Error.
    """
    prescribed = _catalog().prescribe(exercise, side=side, ceiling_deg=ceiling_deg, ceiling_ratio=ceiling_ratio)
    return Session(prescribed.analyze(recording if isinstance(recording, Recording) else read(recording)))
