"""Prints the repetitions in a landmark file or video: repetitions.py FILE EXERCISE"""

import sys

import reprise

if len(sys.argv) != 3:
    sys.exit(__doc__)
try:
    session = reprise.analyze(sys.argv[1], sys.argv[2])
except reprise.Error as error:
    sys.exit(str(error))

columns = ["start_s", "end_s", "quality", "knee_flexion_left_max_deg", "knee_flexion_right_max_deg"]
print(session.repetitions[columns].round(1).to_string())

frames = session.frames
print(f"beyond 90 degrees: {(frames['knee_flexion_left_deg'] > 90).sum()} of {len(frames)} frames")
