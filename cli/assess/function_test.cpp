// SPDX-License-Identifier: Apache-2.0
#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/measurement_output.h"
#include "cli/read_with_progress.h"
#include "exercises/catalog_files.h"
#include "pipeline/function_tests.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using session::FunctionTest;

struct FunctionTestArguments {
  fs::path input;
  std::string side;
  std::string sex;
  pipeline::CameraTestOptions options;
  pipeline::RecordingOptions recording;
  MeasurementOutputOptions output;
};

bool is_on_one_leg(FunctionTest test) {
  return test == FunctionTest::single_leg_stance || test == FunctionTest::tandem_stance ||
         test == FunctionTest::single_leg_squat || test == FunctionTest::step_down;
}

Result<session::MeasurementDocument> assess_function(FunctionTestArguments& a) {
  if (!a.side.empty()) a.options.side = a.side == "left" ? engine::Side::left : engine::Side::right;
  if (!a.sex.empty()) {
    a.options.test.person.sex =
        a.sex == "female" ? session::ReferenceSex::female : session::ReferenceSex::male;
  }
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return tl::unexpected(catalog.error());
  catch_interrupts();
  pipeline::LazyNetworks networks{a.recording};
  const auto recording = read_with_progress(a.input, networks, a.recording);
  if (!recording) return tl::unexpected(recording.error());
  return pipeline::measure_function_test(*recording, *catalog, a.options);
}

}  // namespace

void add_function_test(CLI::App& command, ExitCode& code, FunctionTest test) {
  auto a = std::make_shared<FunctionTestArguments>();
  a->options.test.test = test;
  command.add_option("input", a->input, "A video, or landmarks (.json, .csv, .trc, .npy)")->required();
  if (is_on_one_leg(test)) {
    command
        .add_option("--side", a->side,
                    "The leg that carries (tandem: in front); default: both, each by itself")
        ->check(CLI::IsMember({"left", "right"}));
  }
  if (test == FunctionTest::functional_reach) {
    constexpr double kCmPerM = 100;
    command
        .add_option_function<double>(
            "--height", [a](double cm) { a->options.test.body_height = Meters{cm / kCmPerM}; },
            "The person's height in cm: the scale of the picture; without it no distance is measured")
        ->check(CLI::Range(80.0, 250.0));
  }
  if (test == FunctionTest::sit_to_stand_30 || test == FunctionTest::timed_up_and_go) {
    command
        .add_option_function<double>(
            "--start-s", [a](double s) { a->options.test.start = Seconds{s}; },
            "When \"Go\" was said, in seconds of the recording; default: the first movement (30 s: the first "
            "rise that counts)")
        ->check(CLI::Range(0.0, 3600.0));
  }
  command
      .add_option_function<int>(
          "--age", [a](int years) { a->options.test.person.age_years = years; },
          "The person's age in years, for references by age")
      ->check(CLI::Range(2, 120));
  command.add_option("--sex", a->sex, "The person's sex, for references by sex")
      ->check(CLI::IsMember({"female", "male"}));
  add_recording_options(command, a->recording);
  add_frame_rate_option(command, a->recording);
  add_output_options(command, a->output);
  const std::string name{session::to_string(test)};
  command.footer("Examples:\n  reprise assess " + name + " clip.mp4 --age 72 --sex female -o report\n" +
                 "  reprise assess " + name + " landmarks.json --json");
  command.callback([a, &code] { code = put_out(assess_function(*a), a->input, a->output); });
}

}  // namespace reprise::cli
