// SPDX-License-Identifier: Apache-2.0
// Any bytes as a settings file: an error in words, or settings within their limits.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/settings/settings.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::server;
  const auto settings = parse_settings({reinterpret_cast<const char*>(data), size}, "file");
  if (!settings) {
    if (settings.error().cause.empty() || settings.error().remedy.empty()) std::abort();
    return 0;
  }
  if (settings->threads.network == 0 || settings->threads.database == 0) std::abort();
  if (settings->limits.body_bytes == 0 || settings->limits.target_bytes > settings->limits.header_bytes)
    std::abort();
  if (settings->record.folder.empty()) std::abort();
  if (trusted_proxies(*settings).size() != settings->listen.trusted_proxies.size()) std::abort();
  return 0;
}
