// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sensing/activity/heart_rate_file.h"
#include "sensing/signals/activity_files.h"
#include "tests/fuzz/signal_checks.h"
#include "tests/support/signal_files.h"

// Any bytes as each of the formats; and as the messages of a FIT file, whose checksum would stop the fuzzer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const std::string_view messages = bytes.substr(size < 14 ? 0 : 12, size < 14 ? size : size - 14);
  for (const auto& recording :
       {sensing::parse_tcx(bytes), sensing::parse_apple_health(bytes), sensing::parse_fit(bytes),
        sensing::parse_fit(fit_file(std::string{messages}))}) {
    if (recording) check_recording(*recording);
  }
  // In pieces it is the same file. The head is longer than the bytes that are read to tell the format.
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  const std::string blanks(20'000, ' ');
  for (const std::string& head :
       {std::string{}, "<TrainingCenterDatabase>" + blanks, "<HealthData>" + blanks}) {
    const auto in_pieces = [&](std::size_t cut) {
      sensing::HeartRateFile file{0, 4e9};
      auto taken = file.take(head + std::string{bytes.substr(0, cut)});
      if (taken) taken = file.take(bytes.substr(cut));
      return taken ? file.finish() : tl::unexpected(taken.error());
    };
    const auto whole = in_pieces(size);
    const auto parted = in_pieces(size / 2);
    must(whole.has_value() == parted.has_value());
    if (!whole) continue;
    must(whole->count == parted->count && whole->rates.size() == parted->rates.size());
    double before_s = -1;
    for (const sensing::FileHeartRate& one : whole->rates) {
      must(one.time_s > before_s && one.rate_bpm > 0 && one.rate_bpm <= 300);
      before_s = one.time_s;
    }
  }
  return 0;
}
