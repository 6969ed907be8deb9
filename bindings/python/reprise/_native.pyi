# SPDX-License-Identifier: Apache-2.0
import os
from collections.abc import Callable

import numpy
import numpy.typing

_Array = numpy.typing.NDArray[numpy.float64]
_Path = str | os.PathLike[str]

LANDMARKS: tuple[str, ...]
"""The names of the 33 landmarks, in the order of the arrays."""
__version__: str

class Recording:
    """A person's movement as landmarks over time. Where a landmark was not seen, its numbers are NaN."""

    def __init__(
        self,
        time_s: numpy.typing.ArrayLike,
        *,
        world_m: numpy.typing.ArrayLike | None = None,
        image_px: numpy.typing.ArrayLike | None = None,
        visibility: numpy.typing.ArrayLike | None = None,
        picture_px: tuple[int, int] | None = None,
        name: str = "arrays",
        simulated: bool = False,
    ) -> None:
        """Makes a recording of arrays.

        time_s: (frames,), rising.
        world_m: (frames, 33, 3), along the camera's axes (x right, y down, z away), between the hips 0.
        image_px: (frames, 33, 2 or 3), from the picture's top left corner; depth on the scale of x.
        visibility: (frames, 33), 0 to 1; without it every landmark that is not NaN counts as seen.
        picture_px: width and height.
        name: the name of the source in the session document.
        simulated: no person moved; the session document says so.

        Raises Error: world_m and image_px are both missing, a shape, times that do not rise, values out of range.
        """
    @property
    def name(self) -> str: ...
    @property
    def simulated(self) -> bool: ...
    @property
    def time_s(self) -> _Array: ...
    @property
    def world_m(self) -> _Array | None: ...
    @property
    def image_px(self) -> _Array | None: ...
    @property
    def visibility(self) -> _Array | None: ...
    @property
    def picture_px(self) -> tuple[int, int] | None: ...

class SessionDocument:
    @property
    def json(self) -> str: ...
    @property
    def time_s(self) -> _Array: ...
    @property
    def measures(self) -> dict[str, _Array]: ...

class PrescribedExercise:
    def analyze(self, recording: Recording) -> SessionDocument: ...

class Catalog:
    def __init__(self) -> None: ...
    @property
    def json(self) -> str: ...
    def prescribe(
        self,
        exercise: str,
        *,
        side: str | None = None,
        ceiling_deg: float | None = None,
        ceiling_ratio: float | None = None,
    ) -> PrescribedExercise: ...

def read(
    path: _Path,
    *,
    model: str,
    ensemble: bool,
    person: int,
    threads: int,
    frame_rate_hz: float | None,
    models_folder: _Path | None,
    progress: Callable[[int, int | None], object] | None,
) -> Recording: ...
