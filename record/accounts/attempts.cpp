// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/attempts.h"

#include <algorithm>

#include "base/network_address.h"

namespace reprise::record {

std::int64_t next_attempt_us(const Attempts& attempts, const AttemptLimits& limits) {
  if (attempts.failures < limits.free) return attempts.last_us;
  // The number of doublings is bounded to avoid an overflow.
  const std::int64_t doublings = std::min<std::int64_t>(attempts.failures - limits.free, 30);
  const std::int64_t wait = std::min(limits.first_wait_us << doublings, limits.longest_wait_us);
  return attempts.last_us + wait;
}

Attempts after_failure(const Attempts& attempts, std::int64_t now_us, const AttemptLimits& limits) {
  const bool forgotten = now_us - attempts.last_us >= limits.forget_us;
  return {forgotten ? 1 : attempts.failures + 1, now_us};
}

bool AddressLimiter::take(std::string_view address, std::int64_t now_us) {
  const std::string group = address_group(address);
  if (const auto known = by_group_.find(group); known != by_group_.end()) {
    buckets_.splice(buckets_.begin(), buckets_, known->second);
  } else {
    buckets_.push_front({group, limit_.burst, now_us});
    by_group_.emplace(buckets_.front().group, buckets_.begin());
  }
  if (buckets_.size() > limit_.most_groups) {
    by_group_.erase(buckets_.back().group);
    buckets_.pop_back();
  }
  Bucket& bucket = buckets_.front();
  const double seconds = static_cast<double>(std::max<std::int64_t>(now_us - bucket.at_us, 0)) / 1e6;
  bucket.permits = std::min(limit_.burst, bucket.permits + seconds * limit_.per_second);
  bucket.at_us = now_us;  // also if the clock was set back: the bucket refills from here
  if (bucket.permits < 1) return false;
  bucket.permits -= 1;
  return true;
}

}  // namespace reprise::record
