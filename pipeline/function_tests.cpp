// SPDX-License-Identifier: Apache-2.0
#include "pipeline/function_tests.h"

#include "exercises/known_exercises.h"
#include "pipeline/camera_measurement.h"
#include "sensing/files/number_text.h"

namespace reprise::pipeline {

std::string options_text(const CameraTestOptions& options) {
  std::string text = std::string{session::to_string(options.test.test)} + ' ';
  if (options.side) text += "--side " + std::string{engine::name(*options.side)} + ' ';
  if (options.test.start) {
    text += "--start-s ";
    sensing::append_number(text, options.test.start->value());
    text += ' ';
  }
  if (options.test.body_height) {
    constexpr double kCmPerM = 100;
    text += "--height ";
    sensing::append_number(text, options.test.body_height->value() * kCmPerM);
    text += ' ';
  }
  if (options.test.person.age_years) text += "--age " + std::to_string(*options.test.person.age_years) + ' ';
  if (options.test.person.sex)
    text += *options.test.person.sex == session::ReferenceSex::female ? "--sex female " : "--sex male ";
  return std::string{sensing::trimmed(text)};
}

Result<session::MeasurementDocument> measure_function_test(
    const Recording& recording, const std::vector<exercises::CatalogExercise>& catalog,
    const CameraTestOptions& options) {
  const exercises::CatalogExercise* exercise = nullptr;
  if (const auto id = session::exercise_of(options.test.test); !id.empty()) {
    const auto found = exercises::find(catalog, std::string{id});
    if (!found) return tl::unexpected(found.error());
    exercise = *found;
  }
  return session::measure_filmed_test(filmed_clip(recording, options_text(options)), exercise, options.test,
                                      options.side);
}

}  // namespace reprise::pipeline
