// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/measurement_method.h"

#include <gtest/gtest.h>

#include <set>

#include "session/measurements/measurement_builder.h"
#include "session/measurements/measurement_json.h"

namespace reprise::session {
namespace {

MeasurementDocument by(MeasurementMethod method) {
  return begin_measurement(MeasurementKind::sit_to_stand, method, {});
}

TEST(MeasurementMethod, EachHasACodeAndWordsOfItsOwn) {
  std::set<std::string_view> codes;
  std::set<std::string> words;
  for (std::size_t i = 0; i < kMeasurementMethodCount; ++i) {
    const auto method = static_cast<MeasurementMethod>(i);
    codes.insert(code_of(method));
    words.insert(words_of(method));
    EXPECT_EQ(method_from_code(code_of(method)), method);
  }
  EXPECT_EQ(codes.size(), kMeasurementMethodCount);
  EXPECT_EQ(words.size(), kMeasurementMethodCount);
  EXPECT_FALSE(method_from_code(""));
  EXPECT_FALSE(method_from_code("by eye"));
}

TEST(MeasurementMethod, ADocumentKeepsItsCode) {
  const MeasurementDocument document = by(MeasurementMethod::sit_to_stand_30_camera_go);
  EXPECT_EQ(document.method, "Sit-to-stand in 30 seconds by one camera, from a given start.");
  const auto text = to_measurement_json(document);
  ASSERT_TRUE(text) << to_string(text.error());
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->method_code, "sit_to_stand_30_camera_go");
}

TEST(MeasurementMethod, AnOlderDocumentHasNone) {
  const auto text = to_measurement_json(begin_measurement(MeasurementKind::gait, "on both feet", {}));
  ASSERT_TRUE(text) << to_string(text.error());
  EXPECT_EQ(text->find("method_code"), std::string::npos);
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->method_code, "");
}

}  // namespace
}  // namespace reprise::session
