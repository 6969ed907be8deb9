// SPDX-License-Identifier: Apache-2.0
#include "report/charts/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/html/format.h"
#include "session/document_json.h"

namespace reprise::report {
namespace {

enum class Aspect : std::uint8_t {
  exercise,
  content,
  source,
  networks,
  engine,
  view,
  side,
  ceiling,
  frame_rate,
};
constexpr std::array kAspects = {
    std::pair{Aspect::exercise, "differs.exercise"}, std::pair{Aspect::content, "differs.content"},
    std::pair{Aspect::source, "differs.source"},     std::pair{Aspect::networks, "differs.networks"},
    std::pair{Aspect::engine, "differs.engine"},     std::pair{Aspect::view, "differs.view"},
    std::pair{Aspect::side, "differs.side"},         std::pair{Aspect::ceiling, "differs.ceiling"},
    std::pair{Aspect::frame_rate, "differs.rate"}};

// Targets and rules as they were used: an entry may have changed without a new version.
std::string content_of(const session::SessionDocument& d) {
  session::SessionDocument bare;
  bare.exercise.definition = d.exercise.definition;
  return session::to_session_json(bare).value_or("");
}

std::string networks_of(const Words& w, const session::SessionDocument& d) {
  std::string text;
  for (const session::ModelUsed& model : d.models)
    text += (text.empty() ? "" : ", ") + model.name + " (" + model.sha256.substr(0, 8) + ')';
  return text.empty() ? w("provenance.no_models") : text;
}

std::string value_of(const Words& w, const session::SessionDocument& d, Aspect aspect) {
  constexpr Hertz kSmoothnessNeeds{20};
  switch (aspect) {
    case Aspect::exercise:
      return w("provenance.entry",
               {{"id", d.exercise.facts.id}, {"version", std::to_string(d.exercise.facts.version)}});
    case Aspect::content: return content_of(d);
    case Aspect::source:
      if (d.source.kind == session::SourceKind::simulated) return w("source.simulated");
      if (d.source.kind == session::SourceKind::sensors) return w("source.sensors");
      return w(d.source.kind == session::SourceKind::video ? "source.video" : "source.landmarks");
    case Aspect::networks: return networks_of(w, d);
    case Aspect::engine: return "Reprise " + d.engine_version;
    case Aspect::view:
      return d.exercise.view ? w("view." + std::string{engine::name(*d.exercise.view)})
                             : w("differs.view_unknown");
    case Aspect::side:
      if (!d.exercise.prescribed_side) return w("differs.side_none");
      return w(*d.exercise.prescribed_side == engine::Side::left ? "side.left" : "side.right");
    case Aspect::ceiling:
      return d.exercise.ceiling ? value_text(d.exercise.definition.primary.measure, *d.exercise.ceiling)
                                : w("differs.ceiling_none");
    case Aspect::frame_rate:
      return w(d.source.frame_rate && *d.source.frame_rate >= kSmoothnessNeeds ? "differs.rate_enough"
                                                                               : "differs.rate_low");
  }
  return {};
}

bool is_finite(const std::optional<Uncertain>& figure) {
  return figure && std::isfinite(figure->value) && std::isfinite(figure->uncertainty);
}

}  // namespace

double side_uncertainty(const session::SessionDocument& d, engine::Measure m) {
  double most = 0;
  for (const session::RecordedRepetition& r : d.exercise.repetitions) {
    for (const session::MeasuredRange& range : r.ranges) {
      if (r.outcome == engine::Outcome::complete && range.measure == m && range.side)
        most = std::max(most, range.uncertainty);
    }
  }
  return most;
}

SessionFigures figures_of(const session::SessionDocument& d) {
  SessionFigures figures;
  Uncertain reached;
  Seconds held{0};
  int measured = 0;
  int holds = 0;
  for (const session::RecordedRepetition& r : d.exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete) continue;
    if (d.exercise.definition.kind == engine::Kind::hold && r.tempo.hold > Seconds{0}) {
      held += r.tempo.hold;
      ++holds;
    }
    if (!r.range) continue;
    reached.value += extreme_of(*r.range, d.exercise.definition);
    reached.uncertainty += r.range->uncertainty;
    ++measured;
  }
  if (measured > 0) figures.reached = {reached.value / measured, reached.uncertainty / measured};
  if (holds > 0) figures.held = held / holds;
  figures.quality = d.exercise.summary.mean_quality;
  if (!d.exercise.summary.symmetry.empty()) {
    const session::SymmetryRow& row = d.exercise.summary.symmetry.front();
    const double larger = std::max(std::abs(row.left), std::abs(row.right));
    figures.difference_percent = {row.difference_percent, 100 * side_uncertainty(d, row.measure) / larger};
  }
  if (!is_finite(figures.reached)) figures.reached.reset();
  if (!is_finite(figures.difference_percent)) figures.difference_percent.reset();
  return figures;
}

std::vector<Difference> differences(const Words& words,
                                    std::span<const session::SessionDocument* const> sessions) {
  std::vector<Difference> all;
  for (const auto& [aspect, key] : kAspects) {
    Difference difference{words(key), {}};
    for (std::size_t i = 0; i < sessions.size(); ++i) {
      const std::string value = value_of(words, *sessions[i], aspect);
      const auto known = std::find_if(difference.values.begin(), difference.values.end(),
                                      [&](const auto& v) { return v.first == value; });
      if (known != difference.values.end()) {
        known->second.push_back(i);
      } else {
        difference.values.push_back({value, {i}});
      }
    }
    if (difference.values.size() < 2) continue;
    for (std::size_t v = 0; aspect == Aspect::content && v < difference.values.size(); ++v)
      difference.values[v].first = words("differs.content_number", {{"n", std::to_string(v + 1)}});
    all.push_back(std::move(difference));
  }
  return all;
}

bool comparable(const session::SessionDocument& a, const session::SessionDocument& b) {
  const Words words{"en"};
  return std::all_of(kAspects.begin(), kAspects.end(), [&](const auto& aspect) {
    return value_of(words, a, aspect.first) == value_of(words, b, aspect.first);
  });
}

}  // namespace reprise::report
