// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sensing/activity/xml_tags.h"

// Heart rates and speeds in the files of watches, of training computers and of health apps, as they are in
// the file. Also built for WebAssembly: a patient's page reads them, too.
namespace reprise::sensing {

/// One moment of an activity, in seconds since 1970.
struct ActivityPoint {
  double time_s = 0;
  std::optional<double> heart_rate_per_min = std::nullopt;  ///< above 0, at most 300
  std::optional<double> cadence_per_min = std::nullopt;
  std::optional<double> speed_mps = std::nullopt;
  bool zoned = true;  ///< false: the time names no zone, and was taken for UTC
};

[[nodiscard]] bool looks_like_tcx(std::string_view bytes);
[[nodiscard]] bool looks_like_apple_health(std::string_view bytes);
[[nodiscard]] bool looks_like_fit(std::string_view bytes);

/// Takes the tags of Garmin's Training Center XML (.tcx) one by one. Track points without a time are left
/// out, positions on the map are not read.
class TcxTags {
 public:
  /// The point that the tag closes; empty: none.
  [[nodiscard]] std::optional<ActivityPoint> take(const XmlTags::Tag& tag);

 private:
  bool inside_ = false, timed_ = false, of_heart_ = false;
  ActivityPoint point_;
};

/// The heart rate that a tag of Apple Health's export.xml is; empty: another record.
[[nodiscard]] std::optional<ActivityPoint> apple_health_point(const XmlTags::Tag& tag);

/// Points in the order of the file. Errors: corrupt (XML).
[[nodiscard]] Result<std::vector<ActivityPoint>> tcx_points(std::string_view text);
[[nodiscard]] Result<std::vector<ActivityPoint>> apple_health_points(std::string_view text);

struct FitActivity {
  std::vector<ActivityPoint> points;  ///< in the order of the file
  std::vector<double> beats_s;        ///< from 0 on, of the intervals of hrv messages; empty: there are none
};

/// Reads a FIT file (Garmin, FIT protocol): its record messages, and the RR intervals of its hrv messages.
/// Developer fields are passed over. Errors: corrupt (the header, a checksum, a message without a definition,
/// or it ends early), unsupported (above 10 million messages).
[[nodiscard]] Result<FitActivity> parse_fit_activity(std::string_view bytes);

/// The same without keeping anything: `take` gets each point, and may end the reading by an error.
[[nodiscard]] Result<void> read_fit_points(std::string_view bytes,
                                           const std::function<Result<void>(const ActivityPoint&)>& take);

}  // namespace reprise::sensing
