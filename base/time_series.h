// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/units.h"

namespace reprise {

/// Samples with their own times; a sample that was not measured is `nullopt`, never a number.
/// Invariant kept by `push`: times rise strictly.
template <class Value>
class TimeSeries {
 public:
  /// Appends a sample. Returns false, and changes nothing, when `time` is not later than the last one.
  [[nodiscard]] bool push(Seconds time, std::optional<Value> value) {
    if (!times_.empty() && !(time > times_.back())) return false;
    times_.push_back(time);
    values_.push_back(std::move(value));
    return true;
  }

  [[nodiscard]] std::size_t size() const { return times_.size(); }
  [[nodiscard]] bool empty() const { return times_.empty(); }
  [[nodiscard]] const std::vector<Seconds>& times() const { return times_; }
  [[nodiscard]] const std::vector<std::optional<Value>>& values() const { return values_; }
  [[nodiscard]] Seconds time(std::size_t i) const { return assert(i < size()), times_[i]; }
  [[nodiscard]] const std::optional<Value>& value(std::size_t i) const {
    return assert(i < size()), values_[i];
  }

 private:
  std::vector<Seconds> times_;
  std::vector<std::optional<Value>> values_;
};

}  // namespace reprise
