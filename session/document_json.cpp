// SPDX-License-Identifier: Apache-2.0
#include "session/document_json.h"

#include <algorithm>

#include "session/sanitize.h"
#include "session/session_json_fields.h"
#include "session/session_json_reader.h"
#include "session/session_json_writer.h"

namespace reprise::session {
namespace {

constexpr const char* kReading = "reading session.json";
constexpr const char* kRemedy = "analyze the recording again, or use an unchanged copy of the file";
constexpr std::size_t kMostBytes = 64U * 1024 * 1024;

Error corrupt(const json::Problem& p) {
  const std::string where = p.path.empty() ? "the file" : p.path;
  return {ErrorCode::corrupt, kReading, where + " is " + p.found + ", but " + p.limit, kRemedy};
}

Result<int> version_of(const nlohmann::json& document) {
  const auto schema = document.is_object() ? document.find("schema") : document.end();
  if (!document.is_object() || schema == document.end() || !schema->is_string()) {
    return fail(ErrorCode::corrupt, kReading, "the field schema is missing, so this is no session document",
                "give a session.json that reprise analyze wrote");
  }
  const auto& name = schema->get_ref<const std::string&>();
  for (int version = 1; version <= kSessionDocumentVersion; ++version) {
    if (name == std::string{kSchemaPrefix} + std::to_string(version)) return version;
  }
  if (name.rfind(kSchemaPrefix, 0) == 0) {
    return fail(ErrorCode::unsupported, kReading,
                "its format is " + json::shown(*schema) + ", this program reads versions 1 to " +
                    std::to_string(kSessionDocumentVersion),
                "use the version of reprise that wrote it, or analyze the recording again");
  }
  return fail(ErrorCode::corrupt, kReading,
              "the field schema is " + json::shown(*schema) + ", so this is no session document",
              "give a session.json that reprise analyze wrote");
}

// What the file states twice must agree.
Result<void> check_summary(const ExerciseSection& exercise) {
  const auto counted = [&](engine::Outcome outcome) {
    return static_cast<int>(std::count_if(exercise.repetitions.begin(), exercise.repetitions.end(),
                                          [&](const RecordedRepetition& r) { return r.outcome == outcome; }));
  };
  const auto& s = exercise.summary;
  if (counted(engine::Outcome::complete) == s.repetitions_complete &&
      counted(engine::Outcome::partial) == s.repetitions_partial &&
      counted(engine::Outcome::open) == s.repetitions_open) {
    return {};
  }
  return fail(ErrorCode::corrupt, kReading,
              "summary counts other repetitions than the list repetitions holds", kRemedy);
}

}  // namespace

Result<std::string> to_session_json(const SessionDocument& document) {
  SessionDocument copy = sanitize(document);
  std::optional<std::string> problem;
  Writer writer{"", problem};
  fields(writer, copy);
  if (problem) {
    return fail(ErrorCode::corrupt, "writing session.json", *problem,
                "this is an error in the program: please report it with the input");
  }
  return laid_out(writer.take());
}

Result<SessionDocument> parse_session_json(std::string_view text) {
  if (text.size() > kMostBytes) {
    return fail(ErrorCode::corrupt, kReading, "the file is larger than 64 MiB",
                "give a session.json that reprise wrote");
  }
  std::vector<json::Problem> problems;
  const auto json =
      json::parse_strict(text, "session.json", problems, {.max_bytes = kMostBytes, .max_text_bytes = 8000});
  if (!problems.empty()) return tl::unexpected(corrupt(problems.front()));
  const auto version = version_of(json);
  if (!version) return tl::unexpected(version.error());

  SessionDocument document;
  std::optional<json::Problem> problem;
  Reader reader{json, "", problem};
  if (*version == 1) {
    fields_of_version_1(reader, document);
  } else {
    fields(reader, document);
  }
  reader.finish();
  if (problem) return tl::unexpected(corrupt(*problem));
  if (auto agrees = check_summary(document.exercise); !agrees) return tl::unexpected(agrees.error());
  return document;
}

}  // namespace reprise::session
