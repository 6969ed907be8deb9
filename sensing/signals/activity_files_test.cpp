// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/activity_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/activity/xml_tags.h"
#include "sensing/signals/typed_signals.h"
#include "tests/support/signal_files.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST(Tcx, GivesHeartRateCadenceAndSpeed) {
  const char* text =
      "<?xml version=\"1.0\"?><!-- <Trackpoint> --><TrainingCenterDatabase><Lap><Track>"
      "<Trackpoint><Time>2024-05-01T10:00:00Z</Time><HeartRateBpm><Value>70</Value></HeartRateBpm>"
      "<Cadence>60</Cadence><Extensions><ns3:TPX><ns3:Speed>1.5</ns3:Speed></ns3:TPX></Extensions></"
      "Trackpoint>"
      "<Trackpoint><Time>2024-05-01T10:00:01.000Z</Time><HeartRateBpm><Value> 72 "
      "</Value></HeartRateBpm></Trackpoint>"
      "<Trackpoint><Time>2024-05-01T10:00:03Z</Time><HeartRateBpm><Value>76</Value></HeartRateBpm></"
      "Trackpoint>"
      "</Track></Lap></TrainingCenterDatabase>";
  EXPECT_TRUE(looks_like_tcx(text));
  const auto read = parse_tcx(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->recorded_at, "2024-05-01T10:00:00.000Z");
  ASSERT_THAT(read->groups, SizeIs(1));
  EXPECT_THAT(read->groups[0].channels[0].values, ElementsAre(70, 72, 74, 76));
  EXPECT_THAT(read->groups[0].channels[1].missing, ElementsAre(engine::SampleRange{1, 4}));
  EXPECT_EQ(read->groups[0].channels[2].values[0], 1.5);
  EXPECT_TRUE(single_channel(*read, SignalQuantity::heart_rate));
}

TEST(Tcx, RefusesOtherText) {
  EXPECT_EQ(parse_tcx("").error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(parse_tcx("<TrainingCenterDatabase><Trackpoint").error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_tcx("<!-- ").error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_tcx("<Trackpoint><Time>soon</Time></Trackpoint>").error().code,
            ErrorCode::nothing_measured);
}

TEST(AppleHealth, GivesTheHeartRateByTheMinute) {
  const std::string record =
      " <Record type=\"HKQuantityTypeIdentifierHeartRate\" device=\"a > b\" unit=\"count/min\" ";
  const std::string text =
      "<!DOCTYPE HealthData [\n<!ELEMENT Record EMPTY>\n]>\n<HealthData locale=\"en\">\n" + record +
      "startDate=\"2024-01-01 10:00:00 -0400\" value=\"60\"/>\n" + record +
      "startDate=\"2024-01-01 10:02:00 -0400\" value=\"64\"><MetadataEntry/></Record>\n" + record +
      "startDate=\"2024-01-01 10:03:00 -0400\" value=\"66\"/>\n" +
      "<Record type=\"HKQuantityTypeIdentifierStepCount\" value=\"9\"/>\n" + record +
      "startDate=\"2024-01-01 10:30:00 -0400\" value=\"80\"/></HealthData>";
  EXPECT_TRUE(looks_like_apple_health(text));
  const auto read = parse_apple_health(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->recorded_at, "2024-01-01T14:00:00.000Z");
  const SignalChannel& channel = read->groups[0].channels[0];
  ASSERT_EQ(channel.values.size(), 31U);
  EXPECT_DOUBLE_EQ(channel.values[1], 62);
  EXPECT_THAT(channel.missing, ElementsAre(engine::SampleRange{4, 30}));
  EXPECT_EQ(parse_apple_health("<HealthData/>").error().code, ErrorCode::nothing_measured);
}

TEST(XmlTags, FindAttributesInEitherQuote) {
  XmlTags tags{"<a:b one='1' two = \"x='2'\" >text</a:b>"};
  const auto open = tags.next();
  ASSERT_TRUE(open && *open);
  EXPECT_EQ((*open)->name, "b");
  EXPECT_EQ(attribute_of(**open, "one"), "1");
  EXPECT_EQ(attribute_of(**open, "two"), "x='2'");
  EXPECT_EQ(attribute_of(**open, "three"), "");
  const auto close = tags.next();
  ASSERT_TRUE(close && *close);
  EXPECT_TRUE((*close)->closes);
  EXPECT_EQ((*close)->text, "text");
  EXPECT_FALSE(*tags.next());
}

TEST(Fit, GivesRecordsAndIntervals) {
  EXPECT_TRUE(looks_like_fit(fit_activity()));
  const auto read = parse_fit(fit_activity());
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->recorded_at, "2024-05-01T10:00:00.000Z");
  ASSERT_THAT(read->groups, SizeIs(1));
  EXPECT_THAT(read->groups[0].channels[0].values, ElementsAre(70, 71, 72));
  EXPECT_EQ(read->groups[0].channels[1].name, "speed");
  EXPECT_EQ(read->groups[0].channels[1].values[0], 1.5);
  const auto intervals = beat_intervals(*read);
  ASSERT_THAT(intervals, SizeIs(2));
  EXPECT_NEAR(intervals[1].interval.value(), 0.81, 1e-12);
}

TEST(Fit, RefusesDamagedFiles) {
  const std::string whole = fit_activity();
  EXPECT_EQ(parse_fit("").error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_fit(whole.substr(0, whole.size() - 1)).error().code, ErrorCode::corrupt);
  std::string changed = whole;
  changed[30] = static_cast<char>(changed[30] ^ 4);
  EXPECT_EQ(parse_fit(changed).error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_fit(fit_file(std::string(1, '\0'))).error().code, ErrorCode::corrupt);  // no definition
  EXPECT_EQ(parse_fit(fit_file("\x40")).error().code, ErrorCode::corrupt);                // it ends
  EXPECT_EQ(parse_fit(fit_file("")).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::sensing
