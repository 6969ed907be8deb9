// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// How alike steps and strides are: the autocorrelation of a trunk's acceleration at their lags, 1 if they
/// are equal.
struct StepRegularity {
  double step = 0;
  double stride = 0;
  /// step / stride: 1 if both legs do the same; empty where strides are not alike (stride not above 0).
  std::optional<double> symmetry = std::nullopt;
};

/// Returns step and stride regularity by the unbiased autocorrelation (each sum divided by the count of its
/// terms) of the vertical or antero-posterior acceleration, Moe-Nilssen & Helbostad 2004 as
/// MAP_Gait_Dynamics computes it (AutocorrStrides.m): the highest value within 20 % of the lag of a
/// step, and of two. The mean is removed. `step_time`: the mean one. Errors: nothing_measured (shorter than
/// two strides, no movement), invalid_argument.
[[nodiscard]] Result<StepRegularity> step_regularity(std::span<const double> acceleration_mps2, Hertz rate,
                                                     Seconds step_time);

enum class TrunkAxis : std::uint8_t { vertical, anteroposterior, mediolateral };

/// Returns the harmonic ratio of one stride: the sum of the amplitudes of the ten even harmonics of the
/// stride's frequency by that of the ten odd ones; for the medio-lateral axis the inverse. Higher: both steps
/// more alike (Bellanca et al. 2013 call it step-to-step symmetry). Fewer harmonics, as many of both, where
/// the rate has no more. `stride_mps2`: from one contact to the next of the same foot. Errors:
/// nothing_measured (fewer than 8 samples; no amplitude to divide by), invalid_argument.
[[nodiscard]] Result<double> harmonic_ratio(std::span<const double> stride_mps2, TrunkAxis axis);

}  // namespace reprise::engine
