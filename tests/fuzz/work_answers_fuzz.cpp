// SPDX-License-Identifier: Apache-2.0
// Answers about load at work that anyone may have written: read or refused with a remedy, and whatever is
// read makes a score of every method that the method has.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/ergonomics/work_score.h"
#include "session/assessments/work_answers_json.h"

namespace {

using namespace reprise;

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto answers = session::parse_work_answers(text);
  if (!answers) {
    must(!answers.error().cause.empty() && !answers.error().remedy.empty());
    return 0;
  }
  for (const auto method : {engine::WorkMethod::rula, engine::WorkMethod::reba, engine::WorkMethod::owas}) {
    const engine::WorkScore score = engine::score_work(method, {}, {}, *answers);
    must(score.scores.least() >= 1 && score.scores.most() <= 15);
    const engine::ScoreRange levels = engine::action_levels(method);
    must(levels.holds(score.level.least) && levels.holds(score.level.most));
    must(engine::unanswered(method, *answers).size() <= engine::kWorkQuestionCount);
  }
  return 0;
}
