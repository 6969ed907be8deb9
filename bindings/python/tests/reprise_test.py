# SPDX-License-Identifier: Apache-2.0
"""The Python package against the command, on the same simulated recordings.

Needs REPRISE_PROGRAM (the command) and PYTHONPATH (build/python).
"""

import ast
import concurrent.futures
import csv
import json
import math
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time
import unittest

import numpy
import reprise
from reprise import _native


def run(*arguments):
    return subprocess.run([os.environ["REPRISE_PROGRAM"], *map(str, arguments)], capture_output=True, check=False)


class ReprisePackage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = pathlib.Path(cls.temporary.name)
        run("generate", "squat", "--repetitions", 2, "--frame-rate", 15, "--clip", "--out", cls.folder)
        cls.landmarks = cls.folder / "landmarks.json"
        cls.clip = cls.folder / "clip.mp4"

    def command(self, path, *options):
        """Returns the session document that the command writes, and its folder."""
        out = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        run("analyze", path, "--exercise", "squat", "--out", out, *options)
        return json.loads((out / "session.json").read_text()), out

    def test_landmark_file_gives_the_document_of_the_command(self):
        document, _ = self.command(self.landmarks)
        self.assertEqual(document["exercise"]["summary"]["repetitions_complete"], 2)
        self.assertEqual(reprise.analyze(self.landmarks, "squat").document, document)

    def test_video_gives_the_document_of_the_command(self):
        document, _ = self.command(self.clip, "--model", "lite", "--side", "left", "--ceiling", 90.5, "--threads", 2)
        self.assertEqual(document["source"]["options"], "--side left --ceiling 90.5")
        recording = reprise.read(self.clip, model="lite", threads=2)
        self.assertEqual(reprise.analyze(recording, "squat", side="left", ceiling_deg=90.5).document, document)

    def test_options_of_the_reading_are_kept(self):
        numbers = self.folder / "bare.npy"
        numpy.save(numbers, reprise.read(self.landmarks).world_m)
        document, _ = self.command(numbers, "--frame-rate", 15, "--side", "right")
        self.assertEqual(document["source"]["options"], "--side right --frame-rate 15")
        recording = reprise.read(numbers, frame_rate_hz=15)
        self.assertEqual(reprise.analyze(recording, "squat", side="right").document, document)

    def test_frames_are_the_columns_of_angles_csv(self):
        _, out = self.command(self.landmarks)
        with open(out / "angles.csv", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        frames = reprise.analyze(self.landmarks, "squat").frames
        self.assertEqual(len(frames), len(rows))
        self.assertEqual(len(frames.columns), len(rows[0]) - 1)  # "simulated" is in the document
        missing = 0
        for name in frames:
            measure, *rest = name.rsplit("_left_", 1) if "_left_" in name else name.rsplit("_right_", 1)
            column = name if not rest else f"{'left' if '_left_' in name else 'right'}_{measure}_{rest[0]}"
            for value, row in zip(frames[name], rows, strict=True):
                missing += math.isnan(value)
                self.assertEqual(math.isnan(value), row[column] == "")
                if row[column]:
                    self.assertAlmostEqual(value, float(row[column]), delta=0.000501 if name != "time_s" else 1e-6)
        self.assertIn("knee_flexion_left_deg", frames)
        self.assertIn("knee_separation_ratio", frames)

    def test_unmeasured_frames_are_nan(self):
        whole = reprise.read(self.landmarks)
        world_m = whole.world_m
        world_m[10:20] = numpy.nan
        session = reprise.analyze(reprise.Recording(whole.time_s, world_m=world_m), "squat")
        self.assertTrue(session.frames["knee_flexion_left_deg"][10:20].isna().all())
        self.assertFalse(session.frames["knee_flexion_left_deg"][20:].isna().any())
        self.assertEqual(session.document["exercise"]["frames"]["with_person"], len(whole.time_s) - 10)

    def test_repetitions_are_rows(self):
        session = reprise.analyze(self.landmarks, "squat")
        table = session.repetitions
        self.assertEqual(list(table["outcome"]), ["complete", "complete"])
        for (_, row), repetition in zip(table.iterrows(), session.document["exercise"]["repetitions"], strict=True):
            self.assertEqual(row["start_s"], repetition["start_s"])
            self.assertEqual(row["out_s"], repetition["tempo"]["out_s"])
            self.assertEqual(row["quality"], repetition["quality"]["score"])
            self.assertEqual(row["range_max_deg"], repetition["range"]["max_deg"])
            for measured in repetition["ranges"]:
                if measured["measure"] == "knee_flexion":
                    self.assertEqual(row[f"knee_flexion_{measured['side']}_max_deg"], measured["max_deg"])
                if measured["measure"] == "knee_separation":
                    self.assertEqual(row["knee_separation_min_ratio"], measured["min"])
        self.assertTrue(math.isnan(table["smoothness"][0]))  # 15 pictures a second are too few
        self.assertEqual(table["smoothness"].dtype, float)

    def test_a_recording_without_repetitions_has_the_columns_alone(self):
        whole = reprise.read(self.landmarks)
        table = reprise.analyze(reprise.Recording(whole.time_s[:5], world_m=whole.world_m[:5]), "squat").repetitions
        self.assertEqual(len(table), 0)
        self.assertIn("start_s", table)

    def test_faults_are_named(self):
        folder = self.folder / "knees_in"
        run("generate", "squat", "--fault", "knees_in", "--azimuth", 0, "--repetitions", 1, "--out", folder)
        table = reprise.analyze(folder / "landmarks.json", "squat").repetitions
        self.assertIn("knees_in", table["faults"][0])

    def test_arrays_of_a_recording_give_the_same_measures_again(self):
        read = reprise.read(self.landmarks)
        arrays = {name: getattr(read, name) for name in ("world_m", "image_px", "visibility", "picture_px")}
        again = reprise.Recording(read.time_s, **arrays, name="mine")
        self.assertEqual(again.name, "mine")
        self.assertFalse(again.simulated)
        self.assertFalse(reprise.analyze(again, "squat").document["simulated"])
        for name, array in arrays.items():
            numpy.testing.assert_array_equal(getattr(again, name), array)
        one, other = (reprise.analyze(recording, "squat") for recording in (read, again))
        numpy.testing.assert_array_equal(one.measures["knee_flexion_left_deg"], other.measures["knee_flexion_left_deg"])
        self.assertEqual(one.document["exercise"]["repetitions"], other.document["exercise"]["repetitions"])

    def test_simulated_arrays_stay_labeled(self):
        read = reprise.read(self.landmarks)
        self.assertTrue(read.simulated)
        again = reprise.Recording(read.time_s, world_m=read.world_m, simulated=read.simulated)
        self.assertTrue(reprise.analyze(again, "squat").document["simulated"])

    def test_pixels_alone_give_angles_and_no_meters(self):
        read = reprise.read(self.landmarks)
        flat = reprise.Recording(read.time_s, image_px=read.image_px[:, :, :2])
        self.assertIsNone(flat.world_m)
        self.assertIsNone(flat.visibility)
        numpy.testing.assert_array_equal(flat.image_px[:, :, :2], read.image_px[:, :, :2])
        self.assertIn("knee_flexion_right_deg", reprise.analyze(flat, "squat").measures)

    def test_the_catalog_is_that_of_the_command(self):
        listed = json.loads(run("exercises", "list", "--json").stdout)
        self.assertEqual(reprise.catalog().reset_index().to_dict("records"), listed)

    def refused(self, code, function, *arguments, **options):
        with self.assertRaises(reprise.Error) as caught:
            function(*arguments, **options)
        self.assertEqual(caught.exception.code, code)
        self.assertTrue(caught.exception.stage and caught.exception.cause and caught.exception.remedy)
        return caught.exception

    def test_errors_are_those_of_the_command(self):
        broken = self.folder / "broken.csv"
        broken.write_text("time_s,left_knee_x_m,left_knee_y_m,left_knee_z_m\n0,1,2,inf\n")
        ran = run("analyze", broken, "--exercise", "squat", "--out", self.folder / "refused", "--json")
        (failed,) = json.loads(ran.stdout)["failed"]
        error = self.refused("corrupt", reprise.analyze, broken, "squat")
        self.assertEqual([failed[key] for key in ("code", "stage", "cause", "remedy")], list(error.args))
        self.assertIn(error.cause, str(error))

    def test_what_cannot_be_is_refused(self):
        analyze, read, recording = reprise.analyze, reprise.read, reprise.Recording
        self.assertIn("squat", self.refused("not_found", analyze, self.landmarks, "squad").remedy)
        self.refused("not_found", analyze, self.folder / "none.json", "squat")
        self.refused("invalid_argument", analyze, "never read", "squat", ceiling_deg=-10)
        self.refused("invalid_argument", analyze, "never read", "squat", ceiling_ratio=1)
        self.refused("invalid_argument", analyze, "never read", "squat", side="both")
        self.refused("invalid_argument", read, self.clip, model="huge")
        self.refused("invalid_argument", read, self.clip, person=0)
        self.refused("invalid_argument", read, self.clip, threads=0)
        self.refused("invalid_argument", read, self.landmarks, frame_rate_hz=math.nan)
        self.refused("not_found", read, self.clip, models_folder=self.folder)
        self.refused("nothing_measured", recording, [0, 1])
        self.refused("nothing_measured", recording, [])
        points = numpy.zeros((2, 33, 3))
        self.refused("corrupt", recording, [1, 1], world_m=points)
        self.refused("corrupt", recording, [0, 1], world_m=points + math.inf)
        self.refused("corrupt", recording, [0, 1], world_m=points, visibility=points[:, :, 0] + 2)
        self.refused("invalid_argument", recording, [[0, 1]], world_m=points)
        for shape in ((3, 33, 3), (2, 32, 3), (2, 33, 2), (2, 99)):
            self.refused("invalid_argument", recording, [0, 1], world_m=numpy.zeros(shape))

    def test_progress_counts_the_pictures(self):
        calls = []
        reprise.read(self.clip, model="lite", progress=lambda done, total: calls.append((done, total)))
        self.assertEqual([done for done, _ in calls], list(range(len(calls))))
        self.assertEqual({total for _, total in calls}, {len(calls) - 1})

    def test_what_progress_raises_ends_the_reading(self):
        calls = []

        def stop(done, _):
            calls.append(done)
            if done == 3:
                raise InterruptedError("enough")

        with self.assertRaisesRegex(InterruptedError, "enough"):
            reprise.read(self.clip, model="lite", progress=stop)
        self.assertEqual(calls, [0, 1, 2, 3])

    def test_ctrl_c_ends_the_reading(self):
        begin = time.monotonic()
        reprise.read(self.clip, model="lite")
        whole_s = time.monotonic() - begin
        begin = time.monotonic()
        with self.assertRaises(KeyboardInterrupt):
            threading.Timer(whole_s / 10, os.kill, (os.getpid(), signal.SIGINT)).start()
            reprise.read(self.clip, model="lite")
        self.assertLess(time.monotonic() - begin, 0.7 * whole_s)

    def test_videos_are_read_at_the_same_time(self):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            one, other = pool.map(lambda _: reprise.read(self.clip, model="lite"), range(2))
        numpy.testing.assert_array_equal(one.world_m, other.world_m)

    def test_other_threads_run_during_an_analysis(self):
        read = reprise.read(self.landmarks)
        times = 40
        period_s = read.time_s[-1] + read.time_s[1]
        long = reprise.Recording(
            numpy.concatenate([read.time_s + i * period_s for i in range(times)]),
            world_m=numpy.concatenate([read.world_m] * times),
        )
        prescribed = _native.Catalog().prescribe("squat")
        begin = end = 0.0

        def work():
            nonlocal begin, end
            begin = time.monotonic()
            prescribed.analyze(long)
            end = time.monotonic()

        worker = threading.Thread(target=work)
        ticks = []
        worker.start()
        while worker.is_alive():
            ticks.append(time.monotonic())
            time.sleep(0.001)
        # Were the lock of the interpreter held, only the ticks before the call's first moment would be within.
        self.assertGreater(sum(begin < tick < end for tick in ticks), 20, f"in {end - begin} s")

    def test_stubs_name_everything_that_is_there(self):
        stub = ast.parse((pathlib.Path(_native.__file__).parent / "_native.pyi").read_text())

        def public(thing):
            return {name for name in vars(thing) if not name.startswith("_")}

        classes = [node for node in stub.body if isinstance(node, ast.ClassDef)]
        described = {node.name for node in stub.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        self.assertEqual(described | {"LANDMARKS"}, public(_native))
        for node in classes:
            members = {part.name for part in node.body if isinstance(part, ast.FunctionDef)} - {"__init__"}
            self.assertEqual(members, public(getattr(_native, node.name)), node.name)
        (function,) = (node for node in stub.body if isinstance(node, ast.FunctionDef))
        for argument in function.args.kwonlyargs:
            self.assertIn(f"{argument.arg}:", _native.read.__doc__)


if __name__ == "__main__":
    unittest.main()
