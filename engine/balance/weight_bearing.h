// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/balance/cop_path.h"

namespace reprise::engine {

struct WeightBearingOptions {
  double body_weight_n = 0;                          ///< required
  std::optional<double> limit_share = std::nullopt;  ///< prescribed limit, share of body weight, above 0 to 2
  /// Contact: force at least this share of body weight, and kUnloadedN at least. Unsourced default
  double contact_share = 0.05;
  Seconds shortest_contact{0.1};        ///< unsourced default
  double peak_prominence_share = 0.05;  ///< of the first peak, share of body weight. Unsourced default
};

/// The vertical force under one foot (insole or plate): Newton, missing samples empty; and its centers of
/// pressure, as many or none at all.
struct FootForceView {
  std::span<const std::optional<double>> force_n;
  std::span<const std::optional<CopPoint>> cop;
};

/// The center of pressure during one contact.
struct ContactCop {
  CopPoint first, last;
  double path_length_m = 0;
  double ap_range_m = 0, ml_range_m = 0;
};

/// One time of load under a foot.
struct LoadContact {
  Seconds start{0}, end{0};
  bool start_seen = true;  ///< false: it begins with the recording or after a gap
  bool complete = true;    ///< false: cut by the recording's start or end, or by a gap
  double peak_n = 0;
  double peak_share = 0;  ///< of body weight
  double mean_n = 0;
  Seconds time_above_limit{0};
  /// N/s, from contact to the first peak; missing if incomplete or without a peak.
  std::optional<double> loading_rate_nps;
  std::optional<ContactCop> cop;  ///< missing if fewer than two points were measured
};

struct FootLoad {
  std::optional<double> mean_share;  ///< of both feet's load, over loaded samples; missing if never loaded
  std::vector<LoadContact> contacts;
  double peak_share = 0;                    ///< of body weight
  std::optional<double> share_above_limit;  ///< of its contact time; missing without limit or contact
  std::size_t contacts_above_limit = 0;
};

struct WeightBearing {
  /// The left foot's share of both feet's load at each sample, 0 to 1; missing if either foot is missing or
  /// both together bear less than the contact force. The right foot bears the rest.
  std::vector<std::optional<double>> left_share;
  FootLoad left, right;
  double measured = 0;  ///< share of the samples with both feet measured, 0 to 1
};

/// How two feet bear the weight, or one: the other's samples are then all missing, and so are shares. Loading
/// rate: force rise from contact to the first peak divided by its time (F1LR in figure 1 of J Sports Sci Med
/// 2007, 6, 126). A first peak must stand out by `peak_prominence_share`. Both feet at the same even rate.
/// Errors: invalid_argument (rate, lengths, body weight not within 100 to 3000 N, limit; a force that is not
/// finite or above ten body weights, as given in another unit), unsupported (below 10 Hz), nothing_measured
/// (never any load for as long as a contact lasts).
[[nodiscard]] Result<WeightBearing> weight_bearing(Hertz rate, const FootForceView& left,
                                                   const FootForceView& right,
                                                   const WeightBearingOptions& options);

/// The center of pressure under several plates whose points lie in common axes: their mean, weighted by
/// force. Missing where a plate's force is, where a loaded plate's point is, or where all together bear less
/// than kUnloadedN. Precondition: all have as many forces and points.
[[nodiscard]] CopSeries combined_cop(Hertz rate, std::span<const FootForceView> plates);

struct LoadMonitorOptions {
  double body_weight_n = 0;     ///< required, 100 to 3000
  double limit_share = 0;       ///< required, of body weight, above 0 to 2
  double release_share = 0.02;  ///< falls below the limit by this before the signal ends. Unsourced default
};

struct LoadFeedback {
  std::optional<double> share;  ///< of body weight; missing if the sample is
  bool above_limit = false;
  bool just_exceeded = false;  ///< true at the sample that crosses the limit upward
};

/// Live feedback for partial weight bearing on one foot.
class LoadMonitor {
 public:
  /// Errors: invalid_argument.
  [[nodiscard]] static Result<LoadMonitor> create(const LoadMonitorOptions& options);

  /// One sample of the force, N. A missing or not finite sample keeps the state, so a dropout neither raises
  /// nor ends the signal.
  LoadFeedback step(std::optional<double> force_n);

 private:
  explicit LoadMonitor(const LoadMonitorOptions& options) : options_(options) {}

  LoadMonitorOptions options_;
  bool above_ = false;
};

}  // namespace reprise::engine
