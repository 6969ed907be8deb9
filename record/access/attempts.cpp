#include "record/access/attempts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace reprise::record {

std::int64_t next_attempt_us(const Attempts& attempts, const AttemptLimits& limits) {
  if (attempts.failures < limits.free) return attempts.last_us;
  // Doubling stops early enough not to overflow.
  const std::int64_t doublings = std::min<std::int64_t>(attempts.failures - limits.free, 30);
  const std::int64_t wait = std::min(limits.first_wait_us << doublings, limits.longest_wait_us);
  return attempts.last_us + wait;
}

Attempts after_failure(const Attempts& attempts, std::int64_t now_us, const AttemptLimits& limits) {
  const bool forgotten = now_us - attempts.last_us >= limits.forget_us;
  return {forgotten ? 1 : attempts.failures + 1, now_us};
}

std::string address_group(std::string_view address) {
  const std::string text{address};
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
    return inet_ntop(AF_INET, bytes.data() + kMapped.size(), out.data(), out.size());
  }
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return std::string{inet_ntop(AF_INET6, bytes.data(), out.data(), out.size())} + "/64";
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
  bucket.at_us = std::max(bucket.at_us, now_us);
  if (bucket.permits < 1) return false;
  bucket.permits -= 1;
  return true;
}

}  // namespace reprise::record
