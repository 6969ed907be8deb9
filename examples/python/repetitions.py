# SPDX-License-Identifier: Apache-2.0
"""Prints the repetitions in a landmark file or video: repetitions.py FILE EXERCISE"""

import sys

import reprise

if len(sys.argv) != 3:
    sys.exit(__doc__)
try:
    session = reprise.analyze(sys.argv[1], sys.argv[2])
except reprise.Error as error:
    sys.exit(str(error))

table = session.repetitions
print(table.filter(regex="^(start|end)_s$|^quality$|^range_").round(1).to_string())

largest = session.frames.drop(columns="time_s").max()
print(largest.round(1).to_string())
