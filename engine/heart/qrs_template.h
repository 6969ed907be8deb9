// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>

namespace reprise::engine {

/// Seconds between the values of a `QrsShape`.
inline constexpr double kQrsShapeStepS = 0.005;

/// The slope of one lead, mV per 20 ms without hum, from 165 ms before a complex's center to 165 ms after it.
using QrsShape = std::array<double, 67>;

/// How well a shape fits a template.
struct QrsLikeness {
  double correlation = 0;  ///< about zero, -1 to 1, where it fits best
  double later_s = 0;  ///< by how much the complex lies after the shape's center, at most 65 ms either way
};

/// The shape of one heart's complexes in one lead: at each moment of 200 ms the median slope of the last
/// eight beats, which a single ectopic beat or artefact does not change. Lengths are unsourced defaults.
class QrsTemplate {
 public:
  /// Takes the shape of the next beat, moved to where it fits best.
  void push(const QrsShape& shape);
  void clear() { size_ = next_ = 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Returns how well a shape fits within 65 ms either way. Precondition: not empty.
  [[nodiscard]] QrsLikeness compare(const QrsShape& shape) const;

 private:
  static constexpr int kReach = 13;  // steps by which a shape may lie beside the template
  static constexpr std::size_t kBeats = 8;
  using Core = std::array<double, std::tuple_size_v<QrsShape> - 2 * kReach>;

  std::array<Core, kBeats> last_{};
  Core median_{};
  double square_ = 0;  ///< sum of the squares of median_
  std::size_t size_ = 0, next_ = 0;
};

/// Returns whether at least half of some shapes, and at least three, correlate with one of them by 0.85 or
/// more (unsourced default), as beats do and noise does not. Half, because in a bigeminy each other beat
/// differs.
[[nodiscard]] bool half_are_alike(std::span<const QrsShape> shapes);

}  // namespace reprise::engine
