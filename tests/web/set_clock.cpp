// SPDX-License-Identifier: Apache-2.0
// Sets the clock of a program that is started with this library in LD_PRELOAD: it begins at REPRISE_CLOCK_AT,
// in seconds since 1970, and goes on a hundred times slower than it should, so that a walk through the pages
// takes place in one minute. The clocks that only measure how long something takes are left alone.

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

constexpr std::int64_t kSlower = 100;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::int64_t passed_ns() {
  timespec now{};
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return now.tv_sec * kNanoseconds + now.tv_nsec;
}

std::int64_t now_ns() {
  static const std::int64_t began_ns = passed_ns();
  static const std::int64_t at_s = [] {
    const char* text = std::getenv("REPRISE_CLOCK_AT");
    return text == nullptr ? std::int64_t{0} : std::int64_t{std::atoll(text)};
  }();
  return at_s * kNanoseconds + (passed_ns() - began_ns) / kSlower;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* out) noexcept {
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)
    return static_cast<int>(syscall(SYS_clock_gettime, clock, out));
  const std::int64_t now = now_ns();
  *out = {.tv_sec = now / kNanoseconds, .tv_nsec = now % kNanoseconds};
  return 0;
}

extern "C" int gettimeofday(timeval* out, void* /*zone*/) noexcept {
  const std::int64_t now = now_ns();
  *out = {.tv_sec = now / kNanoseconds, .tv_usec = now % kNanoseconds / 1000};
  return 0;
}

extern "C" time_t time(time_t* out) noexcept {
  const time_t now = now_ns() / kNanoseconds;
  if (out != nullptr) *out = now;
  return now;
}
