// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>

namespace reprise {

/// A double that knows its unit. Adding meters to seconds does not compile; neither does passing a bare
/// number.
template <class Tag>
class Quantity {
 public:
  constexpr Quantity() = default;
  explicit constexpr Quantity(double value) : value_(value) {}

  [[nodiscard]] constexpr double value() const { return value_; }
  constexpr auto operator<=>(const Quantity&) const = default;

  constexpr Quantity& operator+=(Quantity other) { return value_ += other.value_, *this; }
  constexpr Quantity& operator-=(Quantity other) { return value_ -= other.value_, *this; }
  constexpr Quantity operator-() const { return Quantity{-value_}; }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity{a.value_ + b.value_}; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity{a.value_ - b.value_}; }
  friend constexpr Quantity operator*(Quantity a, double s) { return Quantity{a.value_ * s}; }
  friend constexpr Quantity operator*(double s, Quantity a) { return Quantity{a.value_ * s}; }
  friend constexpr Quantity operator/(Quantity a, double s) { return Quantity{a.value_ / s}; }
  /// The ratio of two like quantities is a plain number.
  friend constexpr double operator/(Quantity a, Quantity b) { return a.value_ / b.value_; }

 private:
  double value_ = 0;
};

using Seconds = Quantity<struct SecondsTag>;
using Hertz = Quantity<struct HertzTag>;
using Meters = Quantity<struct MetresTag>;
using Pixels = Quantity<struct PixelsTag>;
using Radians = Quantity<struct RadiansTag>;

inline constexpr double kPi = 3.14159265358979323846;

/// Degrees exist at the borders only (files, display, FHIR, catalog). They turn into Radians by themselves,
/// because that loses nothing; back again must be asked for with `to_degrees`.
class Degrees {
 public:
  explicit constexpr Degrees(double value) : value_(value) {}
  [[nodiscard]] constexpr double value() const { return value_; }
  constexpr auto operator<=>(const Degrees&) const = default;
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr operator Radians() const { return Radians{value_ * kPi / 180.0}; }

 private:
  double value_;
};

[[nodiscard]] constexpr Degrees to_degrees(Radians angle) {
  return Degrees{angle.value() * 180.0 / kPi};
}

/// The time between two samples, and back. Precondition: the argument is positive.
[[nodiscard]] constexpr Seconds period(Hertz rate) {
  return Seconds{1.0 / rate.value()};
}
[[nodiscard]] constexpr Hertz rate(Seconds period) {
  return Hertz{1.0 / period.value()};
}

}  // namespace reprise
