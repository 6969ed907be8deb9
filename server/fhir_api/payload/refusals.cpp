// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/payload/refusals.h"

#include <utility>

#include "base/network_address.h"
#include "base/time.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kMinuteUs = in_us(std::chrono::minutes{1});

// An anonymous client may send any address, so requests are counted by network address alone.
std::string kind_of(const record::AuditEntry& entry) {
  if (entry.account.empty()) return address_group(entry.address);
  return entry.account + ' ' + std::to_string(static_cast<int>(entry.act)) + ' ' + entry.resource_type;
}

}  // namespace

void Refusals::add(record::AuditEntry entry) {
  const std::scoped_lock lock{mutex_};
  if (entry.time_us >= ends_us_) {
    note_all(entry.time_us);
    ends_us_ = entry.time_us + kMinuteUs;
  }
  std::string kind = kind_of(entry);
  if (kinds_.size() >= kMostKinds && kinds_.count(kind) == 0) {
    kind = "others";  // no address, and no account with its blanks
    record::AuditEntry others;
    others.time_us = entry.time_us;
    others.act = record::AuditAct::sign_in;
    others.outcome = entry.outcome;
    entry = std::move(others);
  }
  const auto [at, is_new] = kinds_.try_emplace(std::move(kind), Counted{entry, 0});
  if (!is_new) {
    ++at->second.more;
  } else {
    note_(std::move(entry));
  }
}

void Refusals::end_minute(std::int64_t now_us) {
  const std::scoped_lock lock{mutex_};
  if (now_us >= ends_us_) note_all(now_us);
}

void Refusals::flush(std::int64_t now_us) {
  const std::scoped_lock lock{mutex_};
  note_all(now_us);
}

void Refusals::note_all(std::int64_t now_us) {
  for (auto& [kind, counted] : kinds_) {
    if (counted.more == 0) continue;
    counted.first.time_us = now_us;
    counted.first.request.clear();
    counted.first.reason = std::to_string(counted.more) + " more like this within a minute";
    note_(std::move(counted.first));
  }
  kinds_.clear();
}

}  // namespace reprise::server
