#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

// How often somebody may try. Time comes from the caller.
namespace reprise::record {

/// Of one account: after some wrong attempts each further one must wait, twice as long as the one before.
struct AttemptLimits {
  std::int64_t free = 5;  ///< wrong ones in a row without a wait
  std::int64_t first_wait_us = 2'000'000;
  std::int64_t longest_wait_us = 900'000'000;  ///< so that nobody is locked out for good by others
  std::int64_t forget_us = 86'400'000'000;     ///< so long after the last one all is forgotten
};

struct Attempts {
  std::int64_t failures = 0;  ///< in a row
  std::int64_t last_us = 0;   ///< when the last of them was
};

/// When the next attempt may be made; a moment that has passed means now.
[[nodiscard]] std::int64_t next_attempt_us(const Attempts& attempts, const AttemptLimits& limits = {});

[[nodiscard]] Attempts after_failure(const Attempts& attempts, std::int64_t now_us,
                                     const AttemptLimits& limits = {});

struct RateLimit {
  double burst = 20;                  ///< so many at once,
  double per_second = 0.2;            ///< and then so many
  std::size_t most_groups = 100'000;  ///< remembered; beyond that those not seen for longest are forgotten
};

/// Of network addresses: each group has a bucket of permits that fills up again. For one thread at a time.
class AddressLimiter {
 public:
  explicit AddressLimiter(const RateLimit& limit = {}) : limit_(limit) {}

  /// Takes a permit, if there is one.
  [[nodiscard]] bool take(std::string_view address, std::int64_t now_us);
  [[nodiscard]] std::size_t remembered() const { return buckets_.size(); }

 private:
  struct Bucket {
    std::string group;
    double permits;
    std::int64_t at_us;
  };
  RateLimit limit_;
  std::list<Bucket> buckets_;  // used last: in front
  std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_group_;
};

}  // namespace reprise::record
