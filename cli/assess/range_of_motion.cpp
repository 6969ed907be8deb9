// SPDX-License-Identifier: Apache-2.0
#include "pipeline/range_of_motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/measurement_output.h"
#include "cli/read_with_progress.h"
#include "exercises/catalog_files.h"
#include "sensing/files/number_text.h"

namespace reprise::cli {
namespace {

constexpr const char* kReadingRangeOptions = "reading options";

struct RangeArguments {
  std::vector<std::string> inputs;        ///< TEST=FILE or TEST.SIDE=FILE
  std::vector<std::string> goniometer;    ///< TEST.SIDE=DEGREES,…
  std::vector<std::string> inclinometer;  ///< the same
  bool passive = false;
  std::optional<int> age;
  std::string sex;
  pipeline::RecordingOptions recording;
  MeasurementOutputOptions output;
};

struct NamedTest {
  std::string test;
  std::optional<Side> side;
  std::string value;
};

/// "shoulder_flexion.left=arm.mp4".
Result<NamedTest> parts_of(const std::string& typed, const char* form) {
  const std::size_t equals = typed.find('=');
  const auto wrong = [&] {
    return fail(ErrorCode::invalid_argument, kReadingRangeOptions, typed + " is not " + form,
                std::string{"give "} + form + "; reprise assess range_of_motion lists the tests");
  };
  if (equals == std::string::npos || equals == 0 || equals + 1 == typed.size()) return wrong();
  NamedTest named{typed.substr(0, equals), std::nullopt, typed.substr(equals + 1)};
  const std::size_t dot = named.test.find('.');
  if (dot == std::string::npos) return named;
  const std::string side = named.test.substr(dot + 1);
  if (side != "left" && side != "right") return wrong();
  named.side = side == "left" ? Side::left : Side::right;
  named.test.resize(dot);
  return named;
}

Result<std::vector<Degrees>> readings_of(const std::string& typed) {
  std::vector<Degrees> readings;
  std::size_t from = 0;
  while (from <= typed.size()) {
    const std::size_t comma = std::min(typed.find(',', from), typed.size());
    const auto number = sensing::parse_number(std::string_view{typed}.substr(from, comma - from));
    if (!number)
      return fail(ErrorCode::invalid_argument, kReadingRangeOptions, typed + " are no degrees",
                  "give numbers with commas between them: 132,135,131");
    readings.emplace_back(*number);
    from = comma + 1;
  }
  return readings;
}

Result<void> add_readings(const std::vector<std::string>& typed, exercises::RangeMethod method,
                          pipeline::RangeOptions& options) {
  for (const std::string& one : typed) {
    const auto named = parts_of(one, "TEST.SIDE=DEGREES,DEGREES,…");
    if (!named) return tl::unexpected(named.error());
    const auto readings = readings_of(named->value);
    if (!readings) return tl::unexpected(readings.error());
    options.readings.push_back({named->test, named->side, method, *readings});
    options.text += fmt::format("--{} {} ", exercises::name(method), one);
  }
  return {};
}

Result<pipeline::RangeOptions> options_of(const RangeArguments& a) {
  pipeline::RangeOptions options;
  for (const std::string& typed : a.inputs) {
    const auto named = parts_of(typed, "TEST=FILE or TEST.SIDE=FILE");
    if (!named) return tl::unexpected(named.error());
    options.files.push_back({named->test, named->side, named->value});
    options.text += named->test + (named->side ? "." + std::string{engine::name(*named->side)} : "") + ' ';
  }
  if (auto added = add_readings(a.inclinometer, exercises::RangeMethod::inclinometer, options); !added)
    return tl::unexpected(added.error());
  if (auto added = add_readings(a.goniometer, exercises::RangeMethod::goniometer, options); !added)
    return tl::unexpected(added.error());
  options.passive = a.passive;
  if (a.passive) options.text += "--passive ";
  options.person.age = a.age;
  if (!a.sex.empty())
    options.person.sex = a.sex == "female" ? exercises::NormSex::female : exercises::NormSex::male;
  options.text = sensing::trimmed(options.text);
  return options;
}

std::string methods_of(const exercises::RangeTest& test) {
  std::string text;
  if (test.camera) text = fmt::format("camera ({})", engine::name(test.camera->view));
  for (const exercises::RangeMethod method : test.instruments)
    text += (text.empty() ? "" : ", ") + std::string{exercises::name(method)};
  return text;
}

void list_range_tests(const std::vector<exercises::RangeTest>& tests) {
  for (const exercises::RangeTest& test : tests) {
    fmt::print("{:<32}{:<34}{}\n", test.id, exercises::in_language(test.name, "en"), methods_of(test));
  }
  fmt::print("\nreprise assess range_of_motion --help says how to give recordings and readings.\n");
}

nlohmann::json list_of(const std::vector<exercises::RangeTest>& tests) {
  nlohmann::json list = nlohmann::json::array();
  for (const exercises::RangeTest& test : tests) {
    nlohmann::json methods = nlohmann::json::array();
    if (test.camera) methods.push_back("camera");
    for (const exercises::RangeMethod method : test.instruments) methods.push_back(exercises::name(method));
    list.push_back({{"id", test.id},
                    {"joint", test.joint},
                    {"name", exercises::in_language(test.name, "en")},
                    {"sided", test.sided},
                    {"methods", std::move(methods)}});
  }
  return list;
}

ExitCode run_range_of_motion(RangeArguments& a) {
  const auto refused = [&](const Error& error) { return put_out(tl::unexpected(error), {}, a.output); };
  const auto options = options_of(a);
  if (!options) return refused(options.error());
  const auto folder = exercises::find_catalog_folder();
  const auto tests = pipeline::load_range_tests(folder);
  if (!tests) return refused(tests.error());
  if (options->files.empty() && options->readings.empty()) {
    if (a.output.json) {
      fmt::print("{}\n", list_of(*tests).dump(2));
    } else {
      list_range_tests(*tests);
    }
    return ExitCode::success;
  }
  const auto catalog = exercises::load_catalog(folder);
  if (!catalog) return refused(catalog.error());
  catch_interrupts();
  pipeline::LazyNetworks networks{a.recording};
  const auto document = pipeline::measure_range_of_motion(
      *options, *tests, *catalog,
      [&](const std::filesystem::path& path) { return read_with_progress(path, networks, a.recording); });
  return put_out(document, options->files.size() == 1 ? options->files.front().path : std::filesystem::path{},
                 a.output);
}

}  // namespace

void add_range_of_motion(CLI::App& command, ExitCode& code) {
  auto a = std::make_shared<RangeArguments>();
  command.add_option(
      "input", a->inputs,
      "TEST=FILE or TEST.SIDE=FILE: a video or landmarks of one test, three trials each; without "
      "any input, the tests are listed");
  command.add_option("--goniometer", a->goniometer,
                     "TEST.SIDE=DEGREES,…: readings of a goniometer (repeatable)");
  command.add_option("--inclinometer", a->inclinometer,
                     "TEST.SIDE=DEGREES,…: readings of an inclinometer or a phone (repeatable)");
  command.add_flag("--passive", a->passive, "A helper moved the limb");
  command.add_option("--age", a->age, "The person's age in years, for norms")->check(CLI::Range(0, 120));
  command.add_option("--sex", a->sex, "The person's sex, for norms")
      ->check(CLI::IsMember({"female", "male"}));
  add_recording_options(command, a->recording);
  add_frame_rate_option(command, a->recording);
  add_output_options(command, a->output);
  command.footer(
      "Degrees are those of the movement; one that falls short of zero is negative (a knee that lacks 10\n"
      "degrees of extension: -10).\n"
      "Examples:\n"
      "  reprise assess range_of_motion\n"
      "  reprise assess range_of_motion shoulder_flexion=arm.mp4 --age 62 --sex female -o report\n"
      "  reprise assess range_of_motion knee_flexion.left=bend.mp4 knee_extension.left=stretch.mp4\n"
      "  reprise assess range_of_motion --goniometer hip_internal_rotation.right=31,33,32 --passive --json");
  command.callback([a, &code] { code = run_range_of_motion(*a); });
}

}  // namespace reprise::cli
