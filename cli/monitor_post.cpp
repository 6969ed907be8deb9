// SPDX-License-Identifier: Apache-2.0
#include "cli/monitor_post.h"

#include <fmt/format.h>

#include <cstdio>

#include "sensing/files/file_io.h"
#include "sensing/live/broker_client.h"

namespace reprise::cli {
namespace {

using server::mail::RecordPost;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kLookInterval{1};  // as LiveSummaries wants it
constexpr std::chrono::seconds kLastPost{10};     // that the end waits for the record. Unsourced default

}  // namespace

Result<void> check_address(const server::mail::RecordAddress& record, bool insecure) {
  constexpr const char* kStage = "reading options";
  constexpr std::string_view kPlain = "http://", kEncrypted = "https://";
  if (record.url.rfind(kEncrypted, 0) == 0) return {};
  if (record.url.rfind(kPlain, 0) != 0) {
    return fail(ErrorCode::invalid_argument, kStage, "--post is no address of the web",
                "write https://HOST/fhir, as `reprise serve` prints it");
  }
  const std::string_view rest = std::string_view{record.url}.substr(kPlain.size());
  const std::string_view host = rest.substr(0, rest.find_first_of(rest.rfind('[', 0) == 0 ? "]" : ":/"));
  sensing::BrokerAddress address;
  address.host = host.rfind('[', 0) == 0 ? host.substr(1) : host;
  if (address.is_local() || insecure) return {};
  return fail(ErrorCode::invalid_argument, kStage,
              "--post names another machine without encryption, and anyone on the way could read what "
              "sensors measured, and the token",
              "write https://; or --insecure where the network itself is protected");
}

Result<std::unique_ptr<MonitorPost>> MonitorPost::create(const MonitorPostOptions& options) {
  constexpr std::size_t kMaxBytes = std::size_t{4} << 20U;
  const auto text = sensing::read_file(options.patients, kMaxBytes, "reading whose sensors they are");
  if (!text) return tl::unexpected(text.error());
  auto wearers = pipeline::parse_sensor_wearers(*text);
  if (!wearers) return tl::unexpected(wearers.error());
  fmt::print(stderr, "Posting summaries of {} s of {} sensors to {}.\n", options.summary_s, wearers->size(),
             options.record.url);
  return std::unique_ptr<MonitorPost>{new MonitorPost(options, std::move(*wearers))};
}

MonitorPost::MonitorPost(const MonitorPostOptions& options, pipeline::SensorWearers wearers)
    : summaries_(std::move(wearers), std::chrono::seconds{options.summary_s}),
      post_(options.record),
      next_look_(steady_clock::now()) {}

void MonitorPost::look(const pipeline::Monitor& monitor) {
  const auto now = steady_clock::now();
  if (now < next_look_) return;
  next_look_ += kLookInterval;
  if (next_look_ < now) next_look_ = now + kLookInterval;
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const auto now_ms = std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
  for (auto& summary : summaries_.look(monitor.sensors(now), now_ms)) post_.push(std::move(summary.bundle));
}

std::string MonitorPost::trouble() const {
  const RecordPost::State now = post_.state();
  if (now.problem.empty() && now.dropped == 0 && summaries_.late() == 0) return {};
  return text_of(now);
}

Result<void> MonitorPost::finish() {
  const RecordPost::State end = post_.finish(kLastPost);
  fmt::print(stderr, "reprise: {}\n", text_of(end));
  const std::uint64_t missing = end.waiting + end.refused + end.dropped;
  if (missing == 0) return {};
  return fail(ErrorCode::unavailable, "posting to the record",
              fmt::format("{} summaries are not in the record", missing),
              "measure the recordings, where --record made some: reprise heart FILE --patient ID");
}

std::string MonitorPost::text_of(const RecordPost::State& state) const {
  return fmt::format("record: {} summaries sent, {} waiting, {} refused, {} dropped, {} too late{}{}",
                     state.sent, state.waiting, state.refused, state.dropped, summaries_.late(),
                     state.problem.empty() ? "" : "; ", state.problem);
}

}  // namespace reprise::cli
