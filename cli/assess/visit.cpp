// SPDX-License-Identifier: Apache-2.0
#include "pipeline/visit.h"

#include <fmt/format.h>

#include <memory>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/measurement_output.h"
#include "cli/read_with_progress.h"
#include "exercises/catalog_files.h"
#include "pipeline/camera_measurement.h"
#include "pipeline/range_of_motion.h"
#include "sensing/files/number_text.h"

namespace reprise::cli {
namespace {

constexpr const char* kReadingVisitOptions = "reading options";

struct VisitArguments {
  std::string input;
  std::vector<std::string> accept;  ///< NUMBER or NUMBER=active|passive
  std::optional<int> age;
  std::string sex;
  pipeline::RecordingOptions recording;
  MeasurementOutputOptions output;
};

Result<std::vector<session::AcceptedProposal>> accepted_of(const std::vector<std::string>& typed) {
  std::vector<session::AcceptedProposal> accepted;
  for (const std::string& one : typed) {
    const std::size_t equals = one.find('=');
    const auto number = sensing::parse_number(std::string_view{one}.substr(0, std::min(equals, one.size())));
    const std::string manner = equals == std::string::npos ? "" : one.substr(equals + 1);
    constexpr double kMost = 1000;
    const bool known = manner.empty() || manner == "active" || manner == "passive";
    if (!number || *number < 1 || *number > kMost || *number != static_cast<int>(*number) || !known ||
        (equals != std::string::npos && manner.empty())) {
      return fail(ErrorCode::invalid_argument, kReadingVisitOptions, one + " is no proposal",
                  "give --accept NUMBER, NUMBER=active or NUMBER=passive");
    }
    session::AcceptedProposal proposal{static_cast<std::size_t>(*number) - 1, std::nullopt};
    if (manner == "active") proposal.manner = session::Manner::active;
    if (manner == "passive") proposal.manner = session::Manner::passive;
    accepted.push_back(proposal);
  }
  return accepted;
}

/// Which of the people was measured, by where they were at first.
std::string patient_of(const pipeline::Recording& recording) {
  using L = engine::Landmark;
  if (recording.helper.empty()) return "";  // no choice was made
  const double width = recording.source.width_px;
  for (const engine::PoseFrame& frame : recording.landmarks.frames) {
    if (!frame.pose || !frame.pose->image || width <= 0) continue;
    const auto& points = *frame.pose->image;
    const double x = (points[L::left_hip].x_px + points[L::right_hip].x_px) / 2;
    return fmt::format(
        "Patient: the person whose hips were at {:.0f} % of the picture's width from the left, at {:.1f} s. "
        "If "
        "that is someone else, choose another with --person.\n",
        100 * x / width, frame.time.value());
  }
  return "";
}

/// "126 ±10° at 2.8 s".
std::string trial_of(const session::RangeTrial& trial) {
  return fmt::format(
      "{:.0f}{}° at {:.1f} s", to_degrees(trial.angle).value(),
      trial.uncertainty ? fmt::format(" ±{:.0f}", to_degrees(Radians{*trial.uncertainty}).value()) : "",
      trial.extreme.value());
}

void print_proposal(std::size_t number, const session::VisitProposal& p) {
  const std::string side = p.side ? ", " + std::string{engine::name(*p.side)} : "";
  const std::string manner =
      p.manner == session::Manner::unknown ? "active or passive?" : std::string{session::name(p.manner)};
  std::string angles;
  for (const session::RangeTrial& trial : p.measured.trials)
    angles += (angles.empty() ? "" : ", ") + trial_of(trial);
  fmt::print("{:3}  {:<38}{:<20}{}\n", number, session::english(p.measured.test.name) + side, manner, angles);
  for (const session::RangeTrial& trial : p.measured.trials) {
    for (const std::string& one : trial.compensations)
      fmt::print("     ! at {:.1f} s: {}\n", trial.extreme.value(), one);
  }
}

void print_findings(const session::VisitFindings& findings, const pipeline::Recording& recording) {
  fmt::print(
      "{}{}\n{}", recording.source.name,
      recording.source.kind == session::SourceKind::simulated ? " (SIMULATED: no person was filmed)" : "",
      patient_of(recording));
  fmt::print("Proposals, none of them recorded:\n");
  for (std::size_t i = 0; i < findings.proposals.size(); ++i) print_proposal(i + 1, findings.proposals[i]);
  if (findings.proposals.empty()) fmt::print("     none\n");
  if (!findings.left_out.empty()) fmt::print("Seen, but not proposed:\n");
  for (const session::Unproposed& one : findings.left_out) {
    fmt::print("  {:.1f} to {:.1f} s: {}{}{}\n", one.start.value(), one.end.value(), one.text,
               one.remedy.empty() ? "" : " ", one.remedy);
  }
  if (findings.proposals.empty()) return;
  fmt::print(
      "\nCheck movement, side, and active or passive at each time. ± is meant to hold nine true angles of\n"
      "ten; hands can hide a limb: check the angle of a passive movement with a goniometer.\n"
      "Accept by number: --accept 1, or --accept 1=passive to say who moved the limb.\n");
}

std::string typed_options(const VisitArguments& a) {
  std::string text = "visit";
  for (const std::string& one : a.accept) text += " --accept " + one;
  return text;
}

ExitCode run_visit(VisitArguments& a) {
  const auto refused = [&](const Error& error) { return put_out(tl::unexpected(error), a.input, a.output); };
  const auto accepted = accepted_of(a.accept);
  if (!accepted) return refused(accepted.error());
  const auto folder = exercises::find_catalog_folder();
  const auto tests = pipeline::load_range_tests(folder);
  if (!tests) return refused(tests.error());
  const auto catalog = exercises::load_catalog(folder);
  if (!catalog) return refused(catalog.error());
  catch_interrupts();
  a.recording.with_helper = true;
  pipeline::LazyNetworks networks{a.recording};
  const auto recording = read_with_progress(a.input, networks, a.recording);
  if (!recording) return refused(recording.error());
  const auto findings = pipeline::find_movements(*recording, *tests, *catalog);
  if (!findings) return refused(findings.error());
  if (accepted->empty()) {
    if (a.output.json) {
      fmt::print("{}", pipeline::visit_json(*findings, *recording));
    } else {
      print_findings(*findings, *recording);
    }
    return ExitCode::success;
  }
  session::RangePerson person;
  person.age = a.age;
  if (!a.sex.empty()) person.sex = a.sex == "female" ? exercises::NormSex::female : exercises::NormSex::male;
  const auto input = session::camera_input(pipeline::filmed_clip(*recording, typed_options(a)));
  return put_out(session::accept_proposals(input, *findings, *accepted, person), a.input, a.output);
}

}  // namespace

void add_visit(CLI::App& command, ExitCode& code) {
  auto a = std::make_shared<VisitArguments>();
  command
      .add_option("input", a->input,
                  "A video of a patient, with or without a clinician, or landmarks of the patient")
      ->required();
  command.add_option(
      "--accept", a->accept,
      "Record this proposal: NUMBER, NUMBER=active or NUMBER=passive (repeatable); without it, "
      "proposals are listed");
  command.add_option("--age", a->age, "The patient's age in years, for norms")->check(CLI::Range(0, 120));
  command.add_option("--sex", a->sex, "The patient's sex, for norms")
      ->check(CLI::IsMember({"female", "male"}));
  add_recording_options(command, a->recording);
  add_frame_rate_option(command, a->recording);
  add_output_options(command, a->output);
  command.footer(
      "The patient is the person nearest to the picture's middle at the beginning; --person 2 takes the "
      "next.\n"
      "Examples:\n"
      "  reprise assess visit treatment.mp4\n"
      "  reprise assess visit treatment.mp4 --accept 1 --accept 3=passive -o report");
  command.callback([a, &code] { code = run_visit(*a); });
}

}  // namespace reprise::cli
