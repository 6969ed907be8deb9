// SPDX-License-Identifier: Apache-2.0
#include "care/plan/muscle_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

using fhir::Json;
using ::testing::HasSubstr;

const MuscleTarget kQuadriceps{"vastus-medialis", Side::right, 40, 5};

Json request_with(const Json& extension) {
  return {{"resourceType", "ServiceRequest"}, {"extension", Json::array({extension})}};
}

TEST(MuscleTarget, IsReadAsItWasWritten) {
  const auto read = read_muscle_target(request_with(muscle_extension(kQuadriceps)));
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(*read, kQuadriceps);
}

TEST(MuscleTarget, IsNoneWhereNoneIsSet) {
  const auto read = read_muscle_target(Json{{"resourceType", "ServiceRequest"}});
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(*read);
}

TEST(MuscleTarget, IsRefusedWhereAPartCannotBeFollowed) {
  const auto refused = [](const std::function<void(Json&)>& change) {
    Json extension = muscle_extension(kQuadriceps);
    change(extension["extension"]);
    const auto read = read_muscle_target(request_with(extension));
    return read ? std::string{} : read.error();
  };
  const auto says = HasSubstr(fhir::kMuscleTarget);
  EXPECT_THAT(refused([](Json& parts) { parts[0]["valueCode"] = "heart"; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[1]["valueCode"] = "both"; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[2]["valueQuantity"]["value"] = 140; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[2]["valueQuantity"]["code"] = "1"; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts[3]["valueQuantity"]["value"] = 0; }), says);
  EXPECT_THAT(refused([](Json& parts) { parts.erase(3); }), says);
  EXPECT_THAT(refused([](Json& parts) { parts.push_back({{"url", "limit"}, {"valueInteger", 1}}); }), says);
}

}  // namespace
}  // namespace reprise::care
