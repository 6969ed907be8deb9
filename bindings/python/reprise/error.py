# SPDX-License-Identifier: Apache-2.0
"""The one exception of the package."""


class Error(Exception):
    """A failure that a person can act on.

    code: its kind, such as "not_found" (ErrorCode in base/result.h).
    stage: the step that failed.
    cause: the value found, and the limit.
    remedy: how to make it work.
    """

    def __init__(self, code: str, stage: str, cause: str, remedy: str) -> None:
        super().__init__(code, stage, cause, remedy)
        self.code = code
        self.stage = stage
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.stage}: {self.cause} ({self.remedy})"
