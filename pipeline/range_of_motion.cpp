// SPDX-License-Identifier: Apache-2.0
#include "pipeline/range_of_motion.h"

#include "exercises/catalog_files.h"
#include "pipeline/camera_measurement.h"

namespace reprise::pipeline {

Result<std::vector<exercises::RangeTest>> load_range_tests(const std::filesystem::path& exercise_catalog) {
  const auto files = exercises::read_catalog(exercise_catalog.parent_path() / "range_of_motion");
  if (!files) return tl::unexpected(files.error());
  return exercises::parse_range_tests(*files);
}

Result<session::MeasurementDocument> measure_range_of_motion(
    const RangeOptions& options, const std::vector<exercises::RangeTest>& tests,
    const std::vector<exercises::CatalogExercise>& catalog, const ReadRecording& read) {
  session::MeasurementInput input;
  input.source.kind = session::SignalSourceKind::entered;
  input.source.options = options.text;
  std::vector<session::RangeTrials> done;
  for (const RangeFile& file : options.files) {
    const auto test = exercises::find_range_test(tests, file.test);
    if (!test) return tl::unexpected(test.error());
    const auto recording = read(file.path);
    if (!recording) return tl::unexpected(recording.error());
    session::FilmedRange filmed;
    filmed.source = recording->source;
    filmed.models = recording->models;
    filmed.frames = recording->frames;
    filmed.scene = recording->scene;
    filmed.side = file.side;
    filmed.passive = options.passive;
    session::MeasurementInput one = session::camera_input(filmed_clip(*recording, options.text));
    const exercises::CatalogExercise* exercise = nullptr;
    if ((*test)->camera) {
      const auto found = exercises::find(catalog, (*test)->camera->exercise);
      if (!found) return tl::unexpected(found.error());
      exercise = *found;
    }
    const auto trials =
        session::filmed_trials(**test, exercise, filmed, recording->landmarks.frames, one.warnings);
    if (!trials) return tl::unexpected(trials.error());
    done.push_back(*trials);
    session::join(input, std::move(one));
  }
  for (const RangeReadings& typed : options.readings) {
    const auto test = exercises::find_range_test(tests, typed.test);
    if (!test) return tl::unexpected(test.error());
    auto trials = session::read_off_trials(**test, typed.method, typed.side, options.passive, typed.readings);
    if (!trials) return tl::unexpected(trials.error());
    done.push_back(std::move(*trials));
  }
  return session::measure_range_of_motion(input, done, options.person);
}

}  // namespace reprise::pipeline
