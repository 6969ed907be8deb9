// SPDX-License-Identifier: Apache-2.0
#include "pipeline/posture.h"

#include <fmt/format.h>

#include <memory>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/measurement_output.h"
#include "cli/read_with_progress.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kReadingPostureOptions = "reading options";

struct PostureArguments {
  std::vector<fs::path> photos;
  std::vector<std::string> views;
  pipeline::PostureOptions options;
  pipeline::RecordingOptions recording;
  MeasurementOutputOptions output;
};

Result<void> complete(PostureArguments& a) {
  pipeline::PostureOptions& o = a.options;
  if (a.photos.empty() && o.points.empty())
    return fail(ErrorCode::invalid_argument, kReadingPostureOptions,
                "there is neither a photo nor a file of points",
                "give PHOTO --view VIEW, --points POINTS.json, or both");
  if (a.photos.size() != a.views.size())
    return fail(ErrorCode::invalid_argument, kReadingPostureOptions,
                fmt::format("{} photos and {} views", a.photos.size(), a.views.size()),
                "give one --view for each photo, in the same order");
  for (std::size_t i = 0; i < a.photos.size(); ++i) {
    o.photos.push_back({a.photos[i], *engine::posture_view_from_name(a.views[i])});
    o.text += fmt::format("{}--view {}", o.text.empty() ? "" : " ", a.views[i]);
  }
  constexpr double kCmPerM = 100;
  if (o.body_height) o.text += fmt::format(" --height {:g}", o.body_height->value() * kCmPerM);
  if (o.roll) o.text += fmt::format(" --roll {:g}", to_degrees(*o.roll).value());
  if (o.mirrored) o.text += " --mirrored";
  return {};
}

ExitCode run_posture(PostureArguments& a) {
  if (auto right = complete(a); !right) return put_out(tl::unexpected(right.error()), {}, a.output);
  catch_interrupts();
  pipeline::LazyNetworks networks{a.recording};
  const auto document = pipeline::measure_posture(
      a.options, [&](const fs::path& path) { return read_with_progress(path, networks, a.recording); });
  return put_out(document, a.photos.size() == 1 ? a.photos.front() : fs::path{}, a.output);
}

void add_posture_options(CLI::App& command, PostureArguments& a) {
  constexpr double kCmPerM = 100;
  command.add_option("photo", a.photos,
                     "Photos (JPEG, PNG), a video's still moment with --from and --until, or landmarks");
  command.add_option("--view", a.views, "What each photo shows, in the same order (repeatable)")
      ->check(CLI::IsMember({"front", "back", "left_side", "right_side"}));
  command.add_option(
      "--points", a.options.points,
      "Points that a person placed or moved, one file for each view (repeatable); they go before "
      "the automatic ones of the photo");
  command
      .add_option_function<double>(
          "--height", [&a](double cm) { a.options.body_height = Meters{cm / kCmPerM}; },
          "The person's height in cm: the scale; without it or a marked distance no mm are measured")
      ->check(CLI::Range(50.0, 250.0));
  command
      .add_option_function<double>(
          "--roll", [&a](double deg) { a.options.roll = Radians{Degrees{deg}}; },
          "How far the camera was turned clockwise, in degrees, as its level showed; default: not known")
      ->check(CLI::Range(-20.0, 20.0));
  command.add_flag("--mirrored", a.options.mirrored, "The photos are mirror images");
  command.add_option("--compare", a.options.earlier,
                     "measurement.json of an earlier posture: says what changed by more than the error");
  const auto seconds = [&command](const char* name, std::optional<Seconds>& value, const char* words) {
    command
        .add_option_function<double>(
            name, [&value](double s) { value = Seconds{s}; }, words)
        ->check(CLI::Range(0.0, 86400.0));
  };
  seconds("--from", a.recording.from, "Of a video: the still moment begins here, in seconds");
  seconds("--until", a.recording.until, "Of a video: the still moment ends here");
}

}  // namespace

void add_posture(CLI::App& command, ExitCode& code) {
  auto a = std::make_shared<PostureArguments>();
  add_posture_options(command, *a);
  add_recording_options(command, a->recording);
  add_frame_rate_option(command, a->recording);
  add_output_options(command, a->output);
  command.footer(
      "Automatic points are ears, shoulders, hips, knees, ankles and heels. C7, axillae, waist creases, "
      "pelvis,\n"
      "navel, natal cleft and jugular notch are placed by a person: docs/reference/posture.md has the file's "
      "form.\n"
      "Examples:\n"
      "  reprise assess posture back.jpg --view back --height 172 --roll 1.5\n"
      "  reprise assess posture back.jpg --view back --points back_points.json --height 172 --roll 0 -o "
      "report\n"
      "  reprise assess posture front.jpg side.jpg --view front --view left_side --roll 0 --json\n"
      "  reprise assess posture --points side_points.json --compare march/measurement.json");
  command.callback([a, &command, &code] {
    a->options.person_chosen = command.count("--person") > 0;
    code = run_posture(*a);
  });
}

}  // namespace reprise::cli
