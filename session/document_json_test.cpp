// SPDX-License-Identifier: Apache-2.0
#include "session/document_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "tests/support/sample_session.h"
#include "tests/support/schema_fields.h"

namespace reprise::session {
namespace {

using testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const std::string kRoot = REPRISE_SOURCE_DIR;

std::string contents(const std::string& file) {
  std::ifstream in(kRoot + "/" + file, std::ios::binary);
  EXPECT_TRUE(in.is_open()) << file;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string written(const SessionDocument& document) {
  const auto text = to_session_json(document);
  EXPECT_TRUE(text.has_value()) << (text ? "" : to_string(text.error()));
  return text.value_or("");
}

/// What valijson finds wrong with a document; empty where it is valid.
std::string against_schema(const nlohmann::json& document) {
  static const nlohmann::json text = nlohmann::json::parse(contents("catalog/schema/session.schema.json"));
  valijson::Schema schema;
  valijson::SchemaParser parser;
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results)) return "";
  std::string all;
  for (const auto& error : results) {
    for (const auto& step : error.context) all += step;
    all += ": " + error.description + "\n";
  }
  return all;
}

SessionDocument simulated_squats() {
  SampleOptions options;
  options.generate.repetitions = 2;
  return simulated_session(options);
}

/// The error of reading the small session with one value changed, by JSON pointer.
Error error_with(const std::string& pointer, const nlohmann::json& value) {
  nlohmann::json document = nlohmann::json::parse(written(small_session()));
  document[nlohmann::json::json_pointer(pointer)] = value;
  const auto read = parse_session_json(document.dump());
  EXPECT_FALSE(read.has_value()) << pointer;
  return read ? Error{} : read.error();
}

Error error_without(const std::string& pointer) {
  nlohmann::json document = nlohmann::json::parse(written(small_session()));
  const nlohmann::json::json_pointer at(pointer);
  document[at.parent_pointer()].erase(at.back());
  const auto read = parse_session_json(document.dump());
  EXPECT_FALSE(read.has_value()) << pointer;
  return read ? Error{} : read.error();
}

// Guards the format. To change it on purpose, set REPRISE_WRITE_GOLDEN=1 once, read the difference, and raise
// kSessionDocumentVersion if an old reader would misread the file.
TEST(SessionJson, EqualsGoldenFile) {
  const std::string now = written(small_session());
  if (std::getenv("REPRISE_WRITE_GOLDEN") != nullptr) {
    std::ofstream(kRoot + "/tests/golden/small_session.json", std::ios::binary) << now;
  }
  EXPECT_EQ(contents("tests/golden/small_session.json"), now);
}

TEST(SessionJson, ReadsBackToTheSameText) {
  const std::string once = written(small_session());
  const auto read = parse_session_json(once);
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_EQ(written(*read), once);

  const std::string simulated = written(simulated_squats());
  const auto again = parse_session_json(simulated);
  ASSERT_TRUE(again.has_value()) << to_string(again.error());
  EXPECT_EQ(written(*again), simulated);
}

TEST(SessionJson, ReadsVersion1) {
  const auto read = parse_session_json(contents("tests/golden/small_session_v1.json"));
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_EQ(written(*read), written(small_session()));
}

TEST(SessionJson, ReadsRepetitionsWithoutTheirView) {
  nlohmann::json document = nlohmann::json::parse(written(small_session()));
  for (nlohmann::json& repetition : document["exercise"]["repetitions"]) {
    repetition.erase("view");
    repetition.erase("view_spread_deg");
  }
  EXPECT_EQ(against_schema(document), "");
  const auto read = parse_session_json(document.dump());
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_FALSE(read->exercise.repetitions.empty());
  EXPECT_FALSE(read->exercise.repetitions[0].view);
  EXPECT_EQ(read->exercise.view, small_session().exercise.view);
}

TEST(SessionJson, RefusesASectionInVersion1) {
  nlohmann::json document = nlohmann::json::parse(contents("tests/golden/small_session_v1.json"));
  document["exercise"]["frames"] = document["frames"];
  const auto read = parse_session_json(document.dump());
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().cause, HasSubstr("/exercise/frames is"));
  document.erase("frames");
  EXPECT_FALSE(parse_session_json(document.dump()).has_value());
}

TEST(SessionJson, KeepsValuesInEngineUnits) {
  const auto read = parse_session_json(written(small_session()));
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->exercise.repetitions.size(), 2U);
  const RecordedRepetition& r = read->exercise.repetitions.front();
  ASSERT_TRUE(r.range.has_value());
  EXPECT_NEAR(r.range->max, Radians{Degrees{102.345}}.value(), 1e-4);  // the file keeps 0.01 degree
  EXPECT_NEAR(r.peak_speed.value_or(0), Radians{Degrees{312.34}}.value(), 1e-3);  // and 0.1 degree/s
  EXPECT_DOUBLE_EQ(r.end.value(), 1.0);                                           // and 1 ms
  EXPECT_EQ(read->exercise.definition.id, "squat");
  EXPECT_EQ(read->exercise.definition.form.at(1).limits.min, 0.8);
  EXPECT_FALSE(read->exercise.definition.form.at(1).limits.max.has_value());
}

TEST(SessionJson, UsesTheNamesThatReadersRelyOn) {
  const nlohmann::json document = nlohmann::json::parse(written(small_session()));
  EXPECT_EQ(document["schema"], "reprise.session/2");
  const nlohmann::json& first = document["exercise"]["repetitions"][0];
  EXPECT_EQ(first["start_s"], 0.2);
  EXPECT_EQ(first["end_s"], 1.0);
  EXPECT_EQ(first["complete"], true);
  EXPECT_EQ(first["side"], "both");
  EXPECT_EQ(first["range"]["max_deg"], 102.35);
  EXPECT_EQ(first["tempo"]["out_s"], 0.35);
  EXPECT_EQ(first["smoothness"], -1.725);
  EXPECT_EQ(first["faults"][0]["rule"], "trunk_forward");
  EXPECT_EQ(first["faults"][0]["value_deg"], 58.4);
  EXPECT_EQ(first["quality"]["score"], 83.0);
  EXPECT_EQ(document["exercise"]["repetitions"][1]["complete"], false);
  EXPECT_EQ(document["exercise"]["summary"]["repetitions_complete"], 1);
}

TEST(SessionJson, MissingIsNullAndNeverZero) {
  const nlohmann::json document = nlohmann::json::parse(written(small_session()));
  const nlohmann::json& open = document["exercise"]["repetitions"][1];
  for (const char* field : {"range", "tempo", "smoothness", "peak_speed_deg_s", "faults", "figure"}) {
    EXPECT_TRUE(open.at(field).is_null()) << field << ": " << open.at(field);
  }
  EXPECT_TRUE(open["quality"]["score"].is_null());
  EXPECT_TRUE(document["exercise"]["ceiling_deg"].is_null());
  EXPECT_TRUE(document["exercise"]["series"][0]["values_deg"][7].is_null());
  EXPECT_TRUE(document["exercise"]["series"][1]["values"][6].is_null());

  SessionDocument landmarks = small_session();
  landmarks.source.width_px = landmarks.source.height_px = 0;
  landmarks.source.frame_rate.reset();
  landmarks.source.recorded_at = landmarks.source.sha256 = landmarks.source.options = "";
  landmarks.exercise.view.reset();
  const nlohmann::json without = nlohmann::json::parse(written(landmarks));
  for (const char* field : {"width_px", "height_px", "frame_rate_hz", "recorded_at", "sha256", "options"}) {
    EXPECT_TRUE(without["source"].at(field).is_null()) << field;
  }
  EXPECT_TRUE(without["exercise"]["view"].is_null());
}

TEST(SessionJson, HoldHasNoWayOutAndBack) {
  SessionDocument d = small_session();
  d.exercise.definition.kind = engine::Kind::hold;
  d.exercise.repetitions[0].tempo = {Seconds{0}, Seconds{12.5}, Seconds{0}};
  const nlohmann::json tempo = nlohmann::json::parse(written(d))["exercise"]["repetitions"][0]["tempo"];
  EXPECT_TRUE(tempo["out_s"].is_null());
  EXPECT_EQ(tempo["hold_s"], 12.5);
}

TEST(SessionJson, SimulatedIsSaidThreeTimesAndFirst) {
  SessionDocument d = small_session();
  d.source.kind = SourceKind::simulated;
  const std::string text = written(d);
  EXPECT_EQ(
      text.rfind(
          "{\n  \"schema\": \"reprise.session/2\",\n  \"simulated\": true,\n  \"notice\": \"SIMULATED.", 0),
      0U);
  EXPECT_EQ(nlohmann::json::parse(text)["source"]["kind"], "simulated");
  EXPECT_EQ(nlohmann::json::parse(written(small_session()))["simulated"], false);
}

TEST(SessionJson, RefusesToReadASimulationPassedOffAsAPerson) {
  nlohmann::json d = nlohmann::json::parse(written(simulated_squats()));
  d["source"]["kind"] = "video";
  const auto read = parse_session_json(d.dump());
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().cause, HasSubstr("/simulated is true, but contradicts source.kind"));
  d["simulated"] = false;
  EXPECT_FALSE(parse_session_json(d.dump()).has_value()) << "the notice is still there";
}

TEST(SessionJson, WritesWhatIsNotFiniteAsNotMeasured) {
  SessionDocument d = small_session();
  d.exercise.repetitions[0].range->max = kNan;
  d.exercise.repetitions[0].peak_speed = kNan;
  d.exercise.repetitions[0].ranges[0].min = -std::numeric_limits<double>::infinity();
  d.exercise.repetitions[0].figure->world_m[3].v.x() = kNan;
  d.exercise.series[0].values[2] = kNan;
  d.exercise.summary.mean_quality = kNan;
  const nlohmann::json document = nlohmann::json::parse(written(d));
  EXPECT_EQ(against_schema(document), "");
  EXPECT_TRUE(document["exercise"]["repetitions"][0]["range"].is_null());
  EXPECT_TRUE(document["exercise"]["repetitions"][0]["figure"].is_null());
  EXPECT_EQ(document["exercise"]["repetitions"][0]["ranges"].size(), 3U);
  EXPECT_TRUE(document["exercise"]["series"][0]["values_deg"][2].is_null());
  EXPECT_TRUE(document["exercise"]["summary"]["mean_quality"].is_null());
}

TEST(SessionJson, RefusesToWriteATimeThatIsNotFinite) {
  SessionDocument d = small_session();
  d.exercise.repetitions[1].start = Seconds{kNan};
  const auto text = to_session_json(d);
  ASSERT_FALSE(text.has_value());
  EXPECT_EQ(text.error().cause, "/exercise/repetitions/1/start_s: is not a finite number");
}

TEST(SessionJson, RefusesToWriteAFaultWithoutItsRule) {
  SessionDocument d = small_session();
  d.exercise.repetitions[0].faults[0].rule = "elbow";
  ASSERT_FALSE(to_session_json(d).has_value());
}

TEST(SessionJson, FileNamesOfAnyBytesStayReadable) {
  SessionDocument d = small_session();
  d.source.name = "a\"\\\n\xff\xc3(.mp4";
  const auto read = parse_session_json(written(d));
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_THAT(read->source.name, HasSubstr("a\"\\\n"));
}

TEST(SessionSchema, AcceptsWhatIsWritten) {
  EXPECT_EQ(against_schema(nlohmann::json::parse(written(small_session()))), "");
  EXPECT_EQ(against_schema(nlohmann::json::parse(written(simulated_squats()))), "");

  SampleOptions ratio;  // a primary measure without degrees, a hold, a side
  ratio.exercise = "single_leg_stance";
  ratio.view = engine::View::front;
  ratio.side = engine::Side::left;
  ratio.generate.repetitions = 1;
  EXPECT_EQ(against_schema(nlohmann::json::parse(written(simulated_session(ratio)))), "");

  SessionDocument empty;
  EXPECT_EQ(against_schema(nlohmann::json::parse(written(empty))), "");
}

TEST(SessionSchema, RefusesMissingUnknownAndWrong) {
  const nlohmann::json good = nlohmann::json::parse(written(small_session()));
  const auto changed = [&](const std::string& pointer, const nlohmann::json& value) {
    nlohmann::json d = good;
    d[nlohmann::json::json_pointer(pointer)] = value;
    return against_schema(d);
  };
  EXPECT_NE(changed("/exercise/repetitions/0/color", "red"), "");
  EXPECT_NE(changed("/exercise/repetitions/0/complete", "yes"), "");
  EXPECT_NE(changed("/exercise/repetitions/0/start_s", nullptr), "");
  EXPECT_NE(changed("/exercise/repetitions/0/side", "middle"), "");
  EXPECT_NE(changed("/exercise/summary/repetitions_complete", -1), "");
  EXPECT_NE(changed("/schema", "reprise.session/1"), "");
  EXPECT_NE(changed("/simulated", true), "") << "without its notice and kind";
  EXPECT_NE(changed("/exercise/visibility/left_tail", 0.5), "");
  EXPECT_NE(changed("/exercise/ceiling", 0.5), "") << "beside ceiling_deg";
}

TEST(SessionSchema, EveryFieldIsExplainedInTheManual) {
  const std::string manual = contents("docs/reference/session-document.md");
  std::set<std::string> names;
  collect_fields(nlohmann::json::parse(contents("catalog/schema/session.schema.json")), names);
  EXPECT_GT(names.size(), 80U);
  for (const std::string& name : names) EXPECT_THAT(manual, HasSubstr('`' + name + '`'));
}

TEST(ParseSessionJson, SaysWhereAndWhatBelongsThere) {
  EXPECT_EQ(error_with("/exercise/repetitions/0/start_s", "soon").cause,
            "/exercise/repetitions/0/start_s is \"soon\", but must be a number");
  EXPECT_THAT(error_with("/exercise/repetitions/0/side", "middle").cause,
              HasSubstr("must be left, right, both or null"));
  EXPECT_THAT(error_with("/exercise/view", "above").cause, HasSubstr("must be front, oblique, side or back"));
  EXPECT_THAT(error_with("/exercise/definition/primary/measure", "nose_length").cause,
              HasSubstr("must be shoulder_elevation"));
  EXPECT_THAT(error_with("/exercise/frames/total", -3).cause, HasSubstr("must be a whole number from 0"));
  EXPECT_THAT(error_with("/exercise/frames/total", 1e300).cause, HasSubstr("must be a whole number from 0"));
  EXPECT_THAT(error_with("/exercise/repetitions", nlohmann::json::object()).cause,
              HasSubstr("must be a list"));
  EXPECT_THAT(error_with("/exercise/summary", 4).cause, HasSubstr("must be a group of fields"));
  EXPECT_THAT(error_with("/exercise/color", "red").cause,
              HasSubstr("/exercise/color is \"red\", but is a field that this version"));
  EXPECT_THAT(error_without("/exercise/summary/mean_quality").cause,
              HasSubstr("/exercise/summary/mean_quality is nothing"));
}

TEST(ParseSessionJson, RefusesContradictions) {
  EXPECT_THAT(error_with("/exercise/repetitions/1/complete", true).cause, HasSubstr("contradicts outcome"));
  EXPECT_THAT(error_with("/exercise/summary/repetitions_complete", 7).cause,
              HasSubstr("summary counts other repetitions"));
  EXPECT_THAT(error_with("/exercise/repetitions/0/end_s", 0.1).cause, HasSubstr("lies before start_s"));
  EXPECT_THAT(error_with("/exercise/repetitions/0/faults/0/rule", "elbow").cause,
              HasSubstr("names no form rule"));
  EXPECT_THAT(error_with("/exercise/series/0/values_deg", nlohmann::json::array({1, 2})).cause,
              HasSubstr("one value for each of the 9 times"));
  EXPECT_THAT(error_with("/exercise/times_s/3", 0.1).cause, HasSubstr("must not fall"));
}

TEST(ParseSessionJson, NamesAnotherVersionAndOtherFiles) {
  EXPECT_EQ(error_with("/schema", "reprise.session/3").code, ErrorCode::unsupported);
  EXPECT_THAT(error_with("/schema", "reprise.exercise/1").cause, HasSubstr("no session document"));
  for (const std::string text :
       {"", "{", "[]", "null", "\"\\ud800\"", "{\"schema\": 1e999}", "{\"schema\": 1}"}) {
    const auto read = parse_session_json(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, ErrorCode::corrupt) << text;
    EXPECT_FALSE(read.error().remedy.empty());
  }
}

TEST(ParseSessionJson, EveryTruncationIsAnError) {
  const std::string whole = written(small_session());
  for (std::size_t size = 0; size + 2 < whole.size(); size += 7) {
    EXPECT_FALSE(parse_session_json(std::string_view{whole}.substr(0, size)).has_value()) << size;
  }
}

}  // namespace
}  // namespace reprise::session
