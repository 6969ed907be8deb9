// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "session/document.h"

namespace reprise::session {

// The words that stand for enumerations in session.json. Those of the engine keep the engine's names.

template <class Enum>
struct Words;

template <>
struct Words<SourceKind> {
  static constexpr std::array<std::string_view, 4> kNames = {"video", "landmarks", "simulated", "sensors"};
};
template <>
struct Words<engine::Outcome> {
  static constexpr std::array<std::string_view, 3> kNames = {"complete", "partial", "open"};
};
template <>
struct Words<engine::Kind> {
  static constexpr std::array<std::string_view, 2> kNames = {"repetitions", "hold"};
};
template <>
struct Words<engine::Combine> {
  static constexpr std::array<std::string_view, 5> kNames = {"mean", "larger", "smaller", "working",
                                                             "resting"};
};
template <>
struct Words<engine::When> {
  static constexpr std::array<std::string_view, 3> kNames = {"start", "extreme", "whole"};
};
template <>
struct Words<engine::Side> {
  static constexpr std::array<std::string_view, 2> kNames = {"left", "right"};
};
template <>
struct Words<engine::View> {
  static constexpr std::array<std::string_view, 4> kNames = {"front", "oblique", "side", "back"};
};
template <>
struct Words<engine::QualityPart::Of> {
  static constexpr std::array<std::string_view, 4> kNames = {"range", "tempo", "smoothness", "form"};
};
template <>
struct Words<engine::CoachEventKind> {
  static constexpr std::array<std::string_view, 14> kNames = {
      "repetition", "partial", "open",     "other_movement", "hold_started", "hold_second", "hold_ended",
      "cue",        "ceiling", "not_seen", "seen_again",     "other_view",   "fell_short",  "too_quick"};
};

template <class Enum>
[[nodiscard]] std::string_view word(Enum value) {
  return Words<Enum>::kNames[static_cast<std::size_t>(value)];
}
[[nodiscard]] inline std::string_view word(engine::Measure value) {
  return engine::info(value).name;
}

template <class Enum>
[[nodiscard]] std::optional<Enum> from_word(std::string_view text) {
  if constexpr (std::is_same_v<Enum, engine::Measure>) {
    return engine::measure_from_name(text);
  } else {
    for (std::size_t i = 0; i < Words<Enum>::kNames.size(); ++i) {
      if (Words<Enum>::kNames[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
  }
}

template <class Enum>
[[nodiscard]] std::vector<std::string> all_words() {
  std::vector<std::string> out;
  if constexpr (std::is_same_v<Enum, engine::Measure>) {
    for (std::size_t i = 0; i < engine::kMeasureCount; ++i)
      out.emplace_back(word(static_cast<engine::Measure>(i)));
  } else {
    for (const std::string_view name : Words<Enum>::kNames) out.emplace_back(name);
  }
  return out;
}

}  // namespace reprise::session
