// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/read_with_progress.h"
#include "cli/summary.h"
#include "pipeline/work_load.h"
#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "session/assessments/work_answers_json.h"
#include "session/assessments/work_load_json.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct WorkLoadArguments {
  fs::path input;
  fs::path out;
  fs::path answers_file;
  std::map<engine::WorkQuestion, std::string> answers;  ///< as typed
  std::string side;
  pipeline::WorkLoadOptions options;
  pipeline::RecordingOptions recording;
  bool json = false;
};

std::string option_of(engine::WorkQuestion question) {
  std::string option{engine::info(question).name};
  std::replace(option.begin(), option.end(), '_', '-');
  return "--" + option;
}

Result<engine::WorkAnswers> read_answers_file(const fs::path& file) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  if (file.empty()) return engine::WorkAnswers{};
  const auto text = sensing::read_file(file, kMostBytes, "reading the answers");
  if (!text) return tl::unexpected(text.error());
  return session::parse_work_answers(*text);
}

// Those typed take the place of those of the file.
Result<engine::WorkAnswers> with_typed(engine::WorkAnswers answers, const WorkLoadArguments& a) {
  for (const auto& [question, typed] : a.answers) {
    engine::AnswerValue value = std::string_view{typed};
    if (engine::info(question).kind == engine::AnswerKind::yes_no) value = typed == "yes";
    if (engine::info(question).kind == engine::AnswerKind::kilograms) {
      if (const auto number = sensing::parse_number(typed)) value = *number;
    }
    if (auto set = engine::set_answer(answers, question, value); !set) return tl::unexpected(set.error());
  }
  return answers;
}

std::string range_text(const engine::ScoreRange& range) {
  return range.least == range.most ? std::to_string(range.least)
                                   : fmt::format("{} to {}", range.least, range.most);
}

void print_work_load(const session::WorkLoadDocument& d, const WorkLoadArguments& a) {
  const auto left_out = [](Seconds time, const char* what) {
    return time < Seconds{0.05} ? std::string{} : fmt::format(", {:.1f} s {}", time.value(), what);
  };
  fmt::print("{}: {} over {:.1f} s{}{}{}\n", a.input.filename().string(), engine::name(d.method),
             d.load.scored.value(), left_out(d.load.not_seen, "not seen"),
             left_out(d.load.not_filmed, "not filmed"),
             d.source.kind == session::SourceKind::simulated ? "  [SIMULATED: no person]" : "");
  const auto percent = [](const engine::ShareRange& share) {
    const std::string least = fmt::format("{:.1f}", 100 * share.surely);
    const std::string most = fmt::format("{:.1f}", 100 * share.possibly);
    return least == most ? most + " %" : least + " to " + most + " %";
  };
  for (const engine::LevelShare& share : d.load.shares)
    fmt::print("  level {}   {} of the time as measured, range {}\n", share.level, percent(share.measured),
               percent(share.all));
  for (const session::WorkMoment& moment : d.worst) {
    fmt::print("  worst     {:.1f} s: score {} as measured, range {}; level {}, range {}{}\n",
               moment.time.value(), range_text(moment.measured.score),
               range_text(moment.score.scores.range()), range_text(moment.measured.level),
               range_text(moment.score.level),
               moment.score.side ? fmt::format("; {} arm", engine::name(*moment.score.side)) : "");
  }
  for (const engine::WorkQuestion question : engine::unanswered(d.method, d.answers))
    fmt::print("  asked     {} ({}{})\n", engine::question_text(d.method, question), option_of(question),
               engine::is_of_arm(question) && !d.side ? ", with --side" : "");
  for (const session::Warning& warning : d.warnings)
    fmt::print("  ! {}{}{}\n", warning.text, warning.remedy.empty() ? "" : " ", warning.remedy);
  if (a.out.empty()) {
    fmt::print("  --out DIR writes report.html, work_load.json and scores.csv\n");
  } else {
    fmt::print("  {}\n", (a.out / "report.html").string());
  }
}

Result<session::WorkLoadDocument> assess(WorkLoadArguments& a) {
  if (!a.side.empty()) a.options.side = a.side == "left" ? engine::Side::left : engine::Side::right;
  catch_interrupts();
  pipeline::LazyNetworks networks{a.recording};
  const auto recording = read_with_progress(a.input, networks, a.recording);
  if (!recording) return tl::unexpected(recording.error());
  return pipeline::assess_work_load(*recording, a.options);
}

ExitCode run_work_load(WorkLoadArguments& a) {
  const auto refused = [&](const Error& error, const fs::path& file) {
    if (a.json) fmt::print("{}\n", error_json(error, file).dump(2));
    return report_error(error, file);
  };
  const auto of_file = read_answers_file(a.answers_file);
  if (!of_file) return refused(of_file.error(), a.answers_file);
  const auto answers = with_typed(*of_file, a);
  if (!answers) return refused(answers.error(), {});
  a.options.answers = *answers;
  const auto document = assess(a);
  if (!document) return refused(document.error(), a.input);
  const auto files = pipeline::work_load_outputs(*document);
  if (!files) return report_error(files.error(), a.input);
  if (!a.out.empty()) {
    if (auto written = pipeline::write_outputs(a.out, *files); !written)
      return report_error(written.error(), a.input);
  }
  if (a.json) {
    fmt::print("{}", files->front().contents);
  } else {
    print_work_load(*document, a);
  }
  return ExitCode::success;
}

void add_question(CLI::App& command, const std::shared_ptr<WorkLoadArguments>& a, engine::WorkMethod method,
                  engine::WorkQuestion question) {
  const engine::WorkQuestionInfo& asked = engine::info(question);
  CLI::Option* option = command.add_option_function<std::string>(
      option_of(question), [a, question](const std::string& typed) { a->answers[question] = typed; },
      std::string{engine::question_text(method, question)} +
          (engine::is_of_arm(question) ? " Of the arm that --side names" : ""));
  if (asked.kind == engine::AnswerKind::kilograms) {
    option->type_name("0 to " + fmt::format("{:g}", engine::kMostLoadKg));
  } else if (asked.kind == engine::AnswerKind::yes_no) {
    option->check(CLI::IsMember({"yes", "no"}));
  } else {
    option->check(CLI::IsMember(std::vector<std::string>(asked.choices.begin(), asked.choices.end())));
  }
}

void add_work_load(CLI::App& command, ExitCode& code, engine::WorkMethod method) {
  auto a = std::make_shared<WorkLoadArguments>();
  a->options.method = method;
  command.add_option("input", a->input, "A video, or landmarks (.json, .csv, .trc, .npy)")->required();
  command.add_option("-o,--out", a->out, "Folder for report.html, work_load.json and scores.csv");
  command.add_option("--answers", a->answers_file,
                     "A JSON file with the answers below, named with _ instead of -");
  for (std::size_t i = 0; i < engine::kWorkQuestionCount; ++i) {
    const engine::WorkQuestion question = engine::work_question_at(i);
    if (engine::asks(method, question)) add_question(command, a, method, question);
  }
  if (method != engine::WorkMethod::owas) {
    command
        .add_option("--side", a->side,
                    "The arm to assess; answers about an arm are of this one. Default: the worse of both, "
                    "with every question about an arm open")
        ->check(CLI::IsMember({"left", "right"}));
  }
  add_recording_options(command, a->recording);
  add_frame_rate_option(command, a->recording);
  command.add_flag("--json", a->json, "Print work_load.json");
  command.footer(
      "An open question leaves the score a range. An answer counts for every picture: leave out one that\n"
      "changes during the recording.\n"
      "Examples:\n"
      "  reprise assess " +
      std::string{engine::name(method)} +
      " work.mp4 --load-kg 12 --stance standing -o report\n"
      "  reprise assess " +
      std::string{engine::name(method)} + " landmarks.trc --answers answers.json --json");
  command.callback([a, &code] { code = run_work_load(*a); });
}

}  // namespace

void add_rula(CLI::App& command, ExitCode& code) {
  add_work_load(command, code, engine::WorkMethod::rula);
}

void add_reba(CLI::App& command, ExitCode& code) {
  add_work_load(command, code, engine::WorkMethod::reba);
}

void add_owas(CLI::App& command, ExitCode& code) {
  add_work_load(command, code, engine::WorkMethod::owas);
}

}  // namespace reprise::cli
