// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

// Rate limiting of login attempts. Time comes from the caller.
namespace reprise::record {

/// Limits of one account. After `free` failures each attempt must wait twice as long as the one before.
struct AttemptLimits {
  std::int64_t free = 5;  ///< consecutive failures without a wait
  std::int64_t first_wait_us = 2'000'000;
  std::int64_t longest_wait_us = 900'000'000;  ///< bounded, so that others cannot lock the owner out for good
  std::int64_t forget_us = in_us(std::chrono::days{1});  ///< after the last failure the count is reset
};

struct Attempts {
  std::int64_t failures = 0;  ///< consecutive
  std::int64_t last_us = 0;   ///< time of the last one
};

/// Returns when the next attempt is permitted; a time in the past means now.
[[nodiscard]] std::int64_t next_attempt_us(const Attempts& attempts, const AttemptLimits& limits = {});

[[nodiscard]] Attempts after_failure(const Attempts& attempts, std::int64_t now_us,
                                     const AttemptLimits& limits = {});

struct RateLimit {
  double burst = 20;                  ///< attempts at once
  double per_second = 0.2;            ///< refill rate
  std::size_t most_groups = 100'000;  ///< kept in memory; beyond it the least recently seen are evicted
};

/// Limits attempts by network address with a token bucket per group of addresses. Not thread-safe.
class AddressLimiter {
 public:
  explicit AddressLimiter(const RateLimit& limit = {}) : limit_(limit) {}

  /// Takes a permit. Returns false if the bucket is empty.
  [[nodiscard]] bool take(std::string_view address, std::int64_t now_us);
  [[nodiscard]] std::size_t remembered() const { return buckets_.size(); }

 private:
  struct Bucket {
    std::string group;
    double permits;
    std::int64_t at_us;
  };
  RateLimit limit_;
  std::list<Bucket> buckets_;  // most recently used first
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_group_;
};

}  // namespace reprise::record
