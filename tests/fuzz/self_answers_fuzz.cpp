// SPDX-License-Identifier: Apache-2.0
// Answers of a self-assessment that anyone may have written: refused with a remedy, or judged so that a yes
// to a warning sign sends the person to someone and no test is offered that needs a release.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "care/self_assessment/answers_json.h"
#include "care/self_assessment/outcome_text.h"
#include "tests/support/shipped_self_assessment.h"

namespace {

using namespace reprise;

void must(bool holds) {
  if (!holds) std::abort();
}

void judge(const care::SelfAnswers& answers) {
  const care::SelfDefinition& definition = care::shipped_self_definition();
  const care::SelfOutcome outcome = care::assess_self(definition, answers);
  const bool warned = std::any_of(answers.flags.begin(), answers.flags.end(),
                                  [](const auto& answer) { return answer.second; });
  if (warned) must(outcome.ended && outcome.level >= care::SelfLevel::see_someone_first);
  if (outcome.ended) must(outcome.tests.empty());
  for (const care::SelfTestOffer& offer : outcome.tests) {
    const auto position = offer.test->position;
    if (answers.limited) must(offer.not_offered.has_value());
    const bool needs_release = position >= care::TestPosition::single_leg;
    if (needs_release && !offer.not_offered) must(answers.released.count(position) == 1);
  }
  must(!care::to_self_outcome_json(outcome, definition, answers, "de").empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto answers = care::parse_self_answers(text, care::shipped_self_definition());
  if (answers) {
    judge(*answers);
  } else {
    must(!answers.error().cause.empty() && !answers.error().remedy.empty());
  }
  return 0;
}
