// SPDX-License-Identifier: Apache-2.0
#include "pipeline/result_cache.h"

#include <algorithm>
#include <system_error>

#include "sensing/files/file_io.h"
#include "session/document_json.h"
#include "session/passes.h"

namespace reprise::pipeline {
namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;  // parse_session_json reads no more

// Compared as they are written, so that what a file rounds is rounded on both sides.
std::string exercise_text(const session::ExerciseFacts& exercise,
                          const engine::ExerciseDefinition& definition) {
  session::SessionDocument document;
  document.exercise.facts = exercise;
  document.exercise.definition = definition;
  return session::to_session_json(document).value_or("");
}

bool same_models(const std::vector<session::ModelUsed>& a, const std::vector<session::ModelUsed>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const session::ModelUsed& x, const session::ModelUsed& y) {
                      return x.name == y.name && x.sha256 == y.sha256;
                    });
}

}  // namespace

std::optional<std::vector<session::ModelUsed>> models_for(const std::filesystem::path& input,
                                                          const RecordingOptions& options) {
  if (is_landmark_file(input)) return std::nullopt;
  std::vector<session::ModelUsed> models;
  const auto add = [&](const sensing::PinnedModel& model) {
    models.push_back({std::string{model.file_name}, std::string{model.sha256}});
  };
  add(sensing::kDetectorModel);
  for (const sensing::ModelVariant variant : variants_of(options))
    add(sensing::kLandmarkModels[static_cast<std::size_t>(variant)]);
  return models;
}

std::optional<session::SessionDocument> cached_result(const std::filesystem::path& folder, const Stamp& stamp,
                                                      const std::vector<std::string>& files) {
  for (const std::string& name : files) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(folder / name, error)) return std::nullopt;
  }
  const auto text = sensing::read_file(folder / "session.json", kMostBytes, "looking for an earlier result");
  if (!text) return std::nullopt;
  auto document = session::parse_session_json(*text);
  if (!document || document->engine_version != session::engine_version()) return std::nullopt;
  const session::Source& source = document->source;
  if (stamp.sha256.empty() || source.sha256 != stamp.sha256 || source.options != stamp.options)
    return std::nullopt;
  if (stamp.models && !same_models(document->models, *stamp.models)) return std::nullopt;
  const std::string now = exercise_text(stamp.exercise, stamp.definition);
  if (now.empty() || exercise_text(document->exercise.facts, document->exercise.definition) != now)
    return std::nullopt;
  return std::move(*document);
}

}  // namespace reprise::pipeline
