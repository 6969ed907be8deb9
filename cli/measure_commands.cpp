// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/measurement_output.h"
#include "cli/progress_bar.h"
#include "pipeline/daily_walking.h"
#include "pipeline/measurements.h"
#include "sensing/files/number_text.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using session::MeasurementDocument;

struct MeasureOptions {
  std::vector<fs::path> inputs;
  MeasurementOutputOptions output;
  pipeline::SignalFileOptions file;
  std::vector<std::string> columns;
  // of gait
  std::optional<double> height_cm;
  std::optional<double> sensor_height_cm;
  std::string test;
  std::optional<double> course_m;
  bool days = false;
  std::string zone;
  std::optional<double> body_mass_kg;
  std::string weight_limit;
  std::string limited_side;
  // of balance
  std::vector<std::string> parts;
  std::optional<double> foot_length_cm;
  // of heart
  std::string annotator;
  std::optional<double> end_of_effort_s;
  // of muscles
  fs::path reference;
  bool remove_ecg = false;
};

Result<void> read_columns(MeasureOptions& o) {
  for (const std::string& column : o.columns) {
    const std::size_t sign = column.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == column.size()) {
      return fail(ErrorCode::invalid_argument, "reading options",
                  "--column " + column + " is not NAME=MEANING",
                  "give a channel or sensor and what it is, e.g. --column left_sensor=left_foot");
    }
    o.file.meanings[column.substr(0, sign)] = column.substr(sign + 1);
  }
  return {};
}

using Measure = std::function<Result<MeasurementDocument>(const MeasureOptions&)>;

ExitCode run_measure(MeasureOptions& o, const Measure& measure) {
  if (auto read = read_columns(o); !read) return report_error(read.error());
  const auto document = measure(o);
  return put_out(document, o.inputs.empty() ? fs::path{} : o.inputs.front(), o.output);
}

/// Longer files are not read whole (SignalReadOptions::max_bytes), so only in parts, as days of walking.
constexpr std::uintmax_t kLongFileBytes = std::uintmax_t{1} << 30;

bool is_long(const fs::path& path) {
  std::error_code none;
  return fs::file_size(path, none) > kLongFileBytes && !none;
}

Result<MeasurementDocument> measure_days(const MeasureOptions& o, const pipeline::GaitOptions& gait) {
  std::uintmax_t bytes = 0;
  for (const fs::path& input : o.inputs) {
    std::error_code none;
    const auto size = fs::file_size(input, none);
    if (!none) bytes += size;
  }
  constexpr double kMegabyte = 1e6;
  const auto total = static_cast<int>(static_cast<double>(bytes) / kMegabyte) + 1;
  const std::string label =
      o.inputs.size() == 1 ? o.inputs.front().filename().string() : fmt::format("{} files", o.inputs.size());
  ProgressBar bar{label, total, "MB"};
  catch_interrupts();
  return pipeline::measure_daily_walking(o.inputs, gait, [&](double share) {
    bar.update(static_cast<int>(share * total));
    return !interrupted();
  });
}

std::shared_ptr<MeasureOptions> add_common(CLI::App& command, const char* inputs) {
  auto o = std::make_shared<MeasureOptions>();
  command.add_option("input", o->inputs, inputs)->required()->check(CLI::ExistingFile);
  command
      .add_option_function<double>(
          "--rate", [o](double hz) { o->file.rate = Hertz{hz}; },
          "Samples a second, where the file has no times or is wrong about them")
      ->check(CLI::Range(0.01, 100000.0));
  command.add_option(
      "--column", o->columns,
      "What a channel or sensor is: NAME=left_foot, NAME=acceleration_x, NAME=ecg (repeatable)");
  command
      .add_option_function<double>(
          "--cell-area", [o](double cm2) { o->file.cell_area_m2 = cm2 * 1e-4; },
          "Of insoles that give pressures: the area of each cell in square centimeters")
      ->check(CLI::Range(0.05, 50.0));
  command.add_option("--part", o->file.part, "Of a MATLAB file: the group, e.g. TimeMeasure1.Test5.Trial1");
  add_output_options(command, o->output);
  return o;
}

/// "20kg" or "30%".
Result<void> read_limit(const MeasureOptions& o, pipeline::LoadLimits& load) {
  load.body_mass_kg = o.body_mass_kg;
  if (!o.limited_side.empty()) load.limited = o.limited_side == "left" ? Side::left : Side::right;
  if (o.weight_limit.empty()) return {};
  const bool percent = o.weight_limit.ends_with('%');
  const std::string_view text = o.weight_limit;
  const auto number = percent ? sensing::parse_number(text.substr(0, text.size() - 1))
                              : sensing::parse_number(text.ends_with("kg") ? text.substr(0, text.size() - 2)
                                                                           : std::string_view{});
  constexpr double kMostPercent = 200;
  constexpr double kMostKg = 300;
  if (!number || !(*number > 0 && *number <= (percent ? kMostPercent : kMostKg))) {
    return fail(ErrorCode::invalid_argument, "reading options",
                "--weight-limit " + o.weight_limit + " is no limit",
                "give kilograms or a share of the body's weight: 20kg or 30%");
  }
  (percent ? load.limit_share : load.limit_kg) = percent ? *number / 100 : *number;
  return {};
}

void add_load_options(CLI::App& command, MeasureOptions& o) {
  command
      .add_option("--body-mass", o.body_mass_kg,
                  "The person's mass in kg: measure the forces under the feet (insoles, force plates)")
      ->check(CLI::Range(11.0, 300.0));
  command.add_option("--weight-limit", o.weight_limit, "Prescribed limit of the load on a foot: 20kg or 30%")
      ->needs(command.get_option("--body-mass"));
  command
      .add_option("--limited-side", o.limited_side,
                  "The foot that the limit holds for: left or right; default: both")
      ->check(CLI::IsMember({"left", "right"}))
      ->needs(command.get_option("--weight-limit"));
  command.get_option("--body-mass")->excludes("--test");
}

void add_gait(CLI::App& app, ExitCode& code) {
  CLI::App* command = app.add_subcommand(
      "gait", "Measure gait from inertial sensors on the feet or the lower back, or forces under the feet");
  auto o = add_common(*command, "A recording of the sensors; of days, one or more files in order of time");
  command->add_option("--height", o->height_cm, "The person's height in cm, for lengths from the lower back")
      ->check(CLI::Range(80.0, 250.0));
  command
      ->add_option("--sensor-height", o->sensor_height_cm,
                   "The sensor's height above the ground in cm; better")
      ->check(CLI::Range(40.0, 150.0));
  command
      ->add_option("--test", o->test, "The recording is a test with one sensor at the lower back or a phone")
      ->check(CLI::IsMember({"timed_up_and_go", "sit_to_stand_5", "sit_to_stand_30", "walk_10_m",
                             "walk_6_min", "standing_still"}));
  command->add_option("--course", o->course_m, "Length of the marked course of a walk test, meters")
      ->check(CLI::Range(1.0, 100.0));
  command->add_flag(
      "--week", o->days,
      "The recording is of daily life: wear and walking day by day (also without, from twelve hours "
      "on, or for several files)");
  command->add_option(
      "--zone", o->zone,
      "Of days: whose midnight counts, e.g. Europe/Berlin; default: that of the start's offset");
  add_load_options(*command, *o);
  command->footer(
      "Examples:\n"
      "  reprise gait feet.csv --out report\n"
      "  reprise gait monday.csv tuesday.csv --week --height 172 --zone Europe/Berlin -o report\n"
      "  reprise gait phone.csv --test timed_up_and_go -o report\n"
      "  reprise gait feet.csv --column sensor_1=left_foot --column sensor_2=right_foot -o report\n"
      "  reprise gait phone.csv --height 172 --json\n"
      "  reprise gait insoles.csv --body-mass 72 --weight-limit 20kg --limited-side left -o report\n"
      "  reprise gait walk.c3d --column \"Force plate 1=left_foot\" --column \"Force plate 2=right_foot\" "
      "--body-mass 72\n"
      "  reprise gait data.mat --part TimeMeasure1.Test5.Trial1 --sensor-height 97 -o report");
  command->callback([o, &code] {
    code = run_measure(*o, [](const MeasureOptions& options) -> Result<MeasurementDocument> {
      if (!options.test.empty() && options.inputs.size() > 1) {
        return fail(ErrorCode::invalid_argument, "reading options", "--test wants one recording",
                    "measure each test by itself");
      }
      pipeline::GaitOptions gait;
      gait.file = options.file;
      gait.test = session::function_test_from_name(options.test);
      if (options.course_m) gait.course = Meters{*options.course_m};
      constexpr double kCmPerM = 100;
      if (options.height_cm) gait.body_height = Meters{*options.height_cm / kCmPerM};
      if (options.sensor_height_cm) gait.sensor_height = Meters{*options.sensor_height_cm / kCmPerM};
      gait.start = options.output.start;
      gait.zone = options.zone;
      if (auto read = read_limit(options, gait.load); !read) return tl::unexpected(read.error());
      const bool days = options.days || options.inputs.size() > 1 || is_long(options.inputs.front());
      if (days && !gait.test) return measure_days(options, gait);
      return pipeline::measure_gait(options.inputs.front(), gait);
    });
  });
  command->get_option("--week")->excludes("--test")->excludes("--course");
}

void add_balance(CLI::App& app, ExitCode& code) {
  CLI::App* command = app.add_subcommand(
      "balance", "Measure standing balance from a force plate, insoles or a sensor at the trunk");
  auto o = add_common(*command, "One or more recordings of quiet standing");
  command
      ->add_option(
          "--parts", o->parts,
          "What each recording is, in order: eyes_open, eyes_closed, limits_of_stability, single_leg, "
          "tandem, or another name; default: as the files' names say")
      ->delimiter(',');
  command->add_option("--foot-length", o->foot_length_cm, "For leans as a share of it, in cm")
      ->check(CLI::Range(10.0, 40.0));
  command->footer(
      "Examples:\n"
      "  reprise balance plate.txt --out report\n"
      "  reprise balance open.txt closed.txt --parts eyes_open,eyes_closed -o report   (with Romberg "
      "ratios)\n"
      "  reprise balance lean.txt --parts limits_of_stability --foot-length 25");
  command->callback([o, &code] {
    code = run_measure(*o, [](const MeasureOptions& options) -> Result<MeasurementDocument> {
      if (!options.parts.empty() && options.parts.size() != options.inputs.size()) {
        return fail(ErrorCode::invalid_argument, "reading options",
                    fmt::format("--parts names {} recordings, and {} are given", options.parts.size(),
                                options.inputs.size()),
                    "name each of them, in order");
      }
      std::vector<std::string> parts = options.parts;
      if (parts.empty()) {
        auto named = pipeline::parts_of_names(options.inputs);
        if (!named) return tl::unexpected(named.error());
        parts = std::move(*named);
      }
      std::vector<pipeline::StandingFile> files;
      for (std::size_t i = 0; i < options.inputs.size(); ++i) files.push_back({options.inputs[i], parts[i]});
      session::BalanceOptions balance;
      constexpr double kCmPerMeter = 100;
      if (options.foot_length_cm) balance.foot_length = Meters{*options.foot_length_cm / kCmPerMeter};
      return pipeline::measure_balance(files, options.file, balance);
    });
  });
}

void add_muscle(CLI::App& app, ExitCode& code) {
  CLI::App* command =
      app.add_subcommand("muscle", "Measure contractions, amplitude and fatigue from surface EMG");
  auto o = add_common(*command, "A recording of one or more EMG channels");
  command
      ->add_option("--reference", o->reference,
                   "A recording of maximum or reference contractions, with the same channels")
      ->check(CLI::ExistingFile);
  command->add_flag("--remove-ecg", o->remove_ecg,
                    "Of trunk muscles: take the heart's signal away (from 30 Hz on)");
  command->footer(
      "Examples:\n"
      "  reprise muscle emg.csv --out report\n"
      "  reprise muscle legs.edf --column EMG1=left_thigh.emg --column EMG2=right_thigh.emg -o report\n"
      "  reprise muscle squat.csv --reference maximum.csv --json");
  command->callback([o, &code] {
    code = run_measure(*o, [](const MeasureOptions& options) {
      return pipeline::measure_muscle(options.inputs.front(),
                                      {options.file, options.reference, options.remove_ecg});
    });
  });
  command->get_option("input")->expected(1);
}

void add_heart(CLI::App& app, ExitCode& code) {
  CLI::App* command =
      app.add_subcommand("heart", "Measure heart rate and its variability from an ECG or RR intervals");
  auto o = add_common(*command, "A recording: ECG, RR intervals, or a WFDB record (.hea)");
  command->add_option("--annotator", o->annotator, "Of a WFDB record: take its annotated beats, e.g. atr");
  command->add_option("--end-of-effort", o->end_of_effort_s,
                      "Second at which exercise stopped, for the recovery");
  command->footer(
      "Examples:\n"
      "  reprise heart strap.txt --out report\n"
      "  reprise heart 100.hea -o report\n"
      "  reprise heart ride.csv --column hr=ecg --end-of-effort 600 --json");
  command->callback([o, &code] {
    code = run_measure(*o, [](const MeasureOptions& options) {
      pipeline::HeartOptions heart{options.file, options.annotator, std::nullopt};
      if (options.end_of_effort_s) heart.end_of_effort = Seconds{*options.end_of_effort_s};
      return pipeline::measure_heart(options.inputs.front(), heart);
    });
  });
  command->get_option("input")->expected(1);
}

}  // namespace

void add_measure_commands(CLI::App& app, ExitCode& code) {
  add_gait(app, code);
  add_balance(app, code);
  add_muscle(app, code);
  add_heart(app, code);
}

}  // namespace reprise::cli
