// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "care/plan/programme.h"

namespace reprise::care {

/// For tests: the record's answers for Robin's programme, which asks for the one request "t".
inline std::vector<std::string> programme_answers_with(const Json& request,
                                                       const std::vector<std::string>& others = {}) {
  std::vector<std::string> answers = {
      R"({"resourceType": "CarePlan", "id": "plan", "status": "active", "intent": "plan",
        "category": [{"coding": [{"system": "urn:reprise:care-plan", "code": "exercise-programme"}]}],
        "subject": {"reference": "Patient/robin"},
        "activity": [{"reference": {"reference": "ServiceRequest/t"}}]})",
      request.dump(), R"({"resourceType": "Patient", "id": "robin"})"};
  answers.insert(answers.end(), others.begin(), others.end());
  return answers;
}

inline Programme programme_with(const Json& request, const std::vector<std::string>& others = {}) {
  const auto read = read_programme(programme_answers_with(request, others));
  EXPECT_TRUE(read) << to_string(read.error());
  return read ? *read : Programme{};
}

}  // namespace reprise::care
