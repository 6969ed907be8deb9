// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/measurement_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace reprise::session {
namespace {

using testing::HasSubstr;

MeasurementDocument sample_measurement() {
  MeasurementDocument d;
  d.engine_version = "0.1.0";
  d.kind = MeasurementKind::gait;
  d.method = "inertial sensors on both feet";
  d.source.files = {"walk.csv"};
  d.source.duration = Seconds{38.7};
  d.sensors = {{"left_foot", "acc, gyr", Hertz{204.8}, Seconds{38.7}}};
  d.values = {{SignalMeasure::stride_length, Side::left, "", 1.3812, 0.02, 0.031, 26, true},
              {SignalMeasure::contact_angle, Side::left, "", 0.5, std::nullopt, std::nullopt, 26},
              {SignalMeasure::heart_rate, std::nullopt, "", 1.5, std::nullopt, std::nullopt, 0, false, false,
               DeviceKind::heart_rate_strap},
              {SignalMeasure::breathlessness, std::nullopt, "after", 2, {}, {}, 0, false, true}};
  d.devices = {{DeviceKind::heart_rate_strap, "Strap", 0.87, 0.5, std::nullopt, {"poor_signal"}}};
  d.tables = {{"strides",
               {SignalMeasure::stride_length, SignalMeasure::stride_time},
               {{Seconds{1}, Seconds{2}, Side::left, "", "turn", {1.2, std::nullopt}}}}};
  d.plots = {{"foot_angular_velocity",
              "s",
              "°/s",
              true,
              {{"left", Side::left, {0, 0.1}, {1, -2}}},
              {{"initial_contact", 0.1, -2, Side::left}},
              {{"turn", 0, 0.1}}}};
  d.warnings = {{"gap", "There are gaps.", ""}};
  d.not_measured = {"step width"};
  return d;
}

TEST(MeasurementJson, ReadsBackWhatItWrote) {
  const auto text = to_measurement_json(sample_measurement());
  ASSERT_TRUE(text) << to_string(text.error());
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*to_measurement_json(*read), *text);
  const MeasuredValue* length = find_value(*read, SignalMeasure::stride_length, Side::left);
  ASSERT_NE(length, nullptr);
  EXPECT_NEAR(length->value, 1.3812, 1e-9);
  EXPECT_NEAR(read->values[1].value, 0.5, 1e-4);
  EXPECT_EQ(read->values[2].device, DeviceKind::heart_rate_strap);
  EXPECT_TRUE(read->values[3].entered);
  ASSERT_EQ(read->devices.size(), 1U);
  EXPECT_EQ(read->devices[0].battery, 0.87);
  EXPECT_EQ(read->devices[0].no_contact, std::nullopt);
}

TEST(MeasurementJson, OfBeforeThereWereDevicesIsReadToo) {
  MeasurementDocument old = sample_measurement();
  old.devices.clear();
  old.values.resize(2);
  const auto text = to_measurement_json(old);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, testing::Not(HasSubstr("devices")));
  EXPECT_TRUE(parse_measurement_json(*text));
}

TEST(MeasurementJson, KeepsWhatAValueIsHeldAgainst) {
  MeasurementDocument d = sample_measurement();
  d.values[1].reference = Reference{0.4, std::nullopt, "women of 70 to 74 years", "FT1"};
  const auto text = to_measurement_json(d);
  ASSERT_TRUE(text) << to_string(text.error());
  EXPECT_THAT(*text, HasSubstr("\"low\": 22.918311"));  // 0.4 rad in degrees
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_TRUE(read->values[1].reference);
  EXPECT_NEAR(*read->values[1].reference->low, 0.4, 1e-9);
  EXPECT_FALSE(read->values[1].reference->high);
  EXPECT_EQ(read->values[1].reference->population, "women of 70 to 74 years");
  EXPECT_EQ(against_reference(read->values[1]), AgainstReference::within);
  EXPECT_FALSE(read->values[0].reference);

  d.values[1].reference = Reference{0.6, 0.5, "x", "y"};
  EXPECT_FALSE(to_measurement_json(d)) << "limits the wrong way round";
  d.values[1].reference = Reference{std::nullopt, std::nullopt, "x", "y"};
  EXPECT_FALSE(to_measurement_json(d)) << "no limit";
}

TEST(AgainstReferenceOf, AValueWithinItsUncertaintyOfALimitIsUnsure) {
  MeasuredValue value{SignalMeasure::test_time, std::nullopt, "", 12.5, 0.3, std::nullopt};
  EXPECT_FALSE(against_reference(value));
  value.reference = Reference{std::nullopt, 12.0, "older adults", "FT3"};
  EXPECT_EQ(against_reference(value), AgainstReference::above);
  value.value = 12.2;
  EXPECT_EQ(against_reference(value), AgainstReference::unsure);
  value.value = 11.5;
  EXPECT_EQ(against_reference(value), AgainstReference::within);
  value.reference = Reference{13.0, 14.0, "older adults", "FT3"};
  EXPECT_EQ(against_reference(value), AgainstReference::below);
}

TEST(MeasurementJson, RefusesADeviceThatCannotBe) {
  MeasurementDocument d = sample_measurement();
  d.devices[0].battery = 87;
  EXPECT_FALSE(to_measurement_json(d));
  d = sample_measurement();
  d.devices[0].notices = {"<b>"};
  EXPECT_FALSE(to_measurement_json(d));
}

TEST(MeasurementJson, WritesTheUnitsOfDisplay) {
  const auto text = to_measurement_json(sample_measurement());
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("\"value\": 28.6478897"));  // 0.5 rad in degrees
  EXPECT_THAT(*text, HasSubstr("\"unit\": \"deg\""));
  EXPECT_THAT(*text, HasSubstr("\"stride_time\": null"));
}

TEST(MeasurementJson, NamesThePlaceOfWhatIsWrong) {
  std::string text = *to_measurement_json(sample_measurement());
  text.replace(text.find("\"stride_length\""), 15, "\"stride_lenght\"");
  const auto read = parse_measurement_json(text);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::corrupt);
  EXPECT_THAT(read.error().cause, HasSubstr("/values/0/measure"));
}

TEST(MeasurementJson, RefusesAValueThatIsMissing) {
  std::string text = *to_measurement_json(sample_measurement());
  text.replace(text.find("\"value\": 28"), 11, "\"value\": null, \"x\": 2");
  EXPECT_FALSE(parse_measurement_json(text));
}

TEST(MeasurementJson, RefusesWhatIsNotFinite) {
  MeasurementDocument d = sample_measurement();
  d.values[0].value = std::numeric_limits<double>::quiet_NaN();
  const auto text = to_measurement_json(d);
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().cause, HasSubstr("/values/0/value"));
}

TEST(MeasurementJson, RefusesAnotherVersion) {
  std::string text = *to_measurement_json(sample_measurement());
  text.replace(text.find("measurement/1"), 13, "measurement/9");
  const auto read = parse_measurement_json(text);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
}

std::string text_of_file(const char* name) {
  std::ifstream in(std::string{REPRISE_SOURCE_DIR} + '/' + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(MeasurementJson, FitsItsSchema) {
  const auto text = nlohmann::json::parse(text_of_file("catalog/schema/measurement.schema.json"));
  valijson::Schema schema;
  valijson::SchemaParser{}.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  const auto valid = [&](const nlohmann::json& document) {
    valijson::Validator validator;
    return validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), nullptr);
  };
  MeasurementDocument sample = sample_measurement();
  sample.values[0].reference = Reference{std::nullopt, 1.6, "adults", "unsourced default"};
  auto document = nlohmann::json::parse(*to_measurement_json(sample));
  EXPECT_TRUE(valid(document));
  document["values"][0]["measure"] = "nose_length";
  EXPECT_FALSE(valid(document));
}

TEST(SignalMeasures, AreExplainedInTheManualWithTheirUnits) {
  const std::string manual = text_of_file("docs/reference/measurement-document.md");
  for (std::size_t i = 0; i < kSignalMeasureCount; ++i) {
    const SignalMeasureInfo& facts = info(static_cast<SignalMeasure>(i));
    EXPECT_THAT(manual, HasSubstr("| `" + std::string{facts.name} + "` | " + std::string{facts.label} +
                                  " | `" + std::string{facts.ucum} + "` |"));
  }
}

TEST(SignalMeasures, AreKnownToThePages) {
  const std::string pages = text_of_file("web/fhir/sensed.ts");
  const auto english = nlohmann::json::parse(text_of_file("translations/en/sensed.json"));
  for (std::size_t i = 0; i < kSignalMeasureCount; ++i) {
    const SignalMeasureInfo& facts = info(static_cast<SignalMeasure>(i));
    EXPECT_THAT(pages, HasSubstr("'" + std::string{facts.name} + "'"));
    EXPECT_EQ(english.value("sensed.measure." + std::string{facts.name}, ""), facts.label);
  }
}

TEST(SignalMeasures, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kSignalMeasureCount; ++i) {
    const auto measure = static_cast<SignalMeasure>(i);
    const SignalMeasureInfo& facts = info(measure);
    EXPECT_TRUE(names.insert(facts.name).second) << facts.name;
    EXPECT_EQ(signal_measure_from_name(facts.name), measure);
    EXPECT_FALSE(facts.label.empty() || facts.ucum.empty()) << facts.name;
    EXPECT_GT(facts.factor, 0) << facts.name;
  }
}

TEST(PlotLine, KeepsExtremesWhenItIsThinned) {
  std::vector<double> values(100'000, 0.0);
  values[54'321] = 9;
  values[54'322] = -7;
  const PlotLine line = plot_line("x", std::nullopt, Seconds{0}, Hertz{100}, values);
  EXPECT_LE(line.x.size(), kPlotPoints);
  EXPECT_EQ(*std::max_element(line.y.begin(), line.y.end()), 9);
  EXPECT_EQ(*std::min_element(line.y.begin(), line.y.end()), -7);
  EXPECT_TRUE(std::is_sorted(line.x.begin(), line.x.end()));
}

}  // namespace
}  // namespace reprise::session
