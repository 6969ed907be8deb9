// SPDX-License-Identifier: Apache-2.0
#include "pipeline/monitor/monitor.h"

#include <algorithm>

#include "sensing/files/number_text.h"

namespace reprise::pipeline {
namespace {

using sensing::SensorMessage;

constexpr const char* kMonitoring = "monitoring live sensors";
// Unsourced defaults.
constexpr std::size_t kMaxStreams = 4;  // of one sensor: the last one and the rests of those before
constexpr std::chrono::minutes kStreamSilence{10};
constexpr std::chrono::seconds kValuesLast{10};
constexpr std::size_t kMaxUnwrittenBytes = std::size_t{32} << 20U;

}  // namespace

Result<Monitor> Monitor::create(const MonitorOptions& options) {
  Monitor made{options};
  if (options.record.empty()) return made;
  auto recordings = sensing::LiveRecordings::open(options.record);
  if (!recordings) return tl::unexpected(recordings.error());
  made.recordings_ = std::move(*recordings);
  return made;
}

Result<void> Monitor::receive(std::string_view topic, std::string_view payload, MonitorTime now) {
  const auto message = sensing::parse_sensor_message(topic, payload);
  const Result<void> taken = message ? take(*message, now) : tl::unexpected(message.error());
  if (taken) return {};
  if (taken.error().code == ErrorCode::unwritable) return taken;
  ++refused_;
  last_refusal_ = taken.error();
  constexpr std::size_t kShownTopic = 80;
  last_refusal_->cause = sensing::shown(topic, kShownTopic) + ": " + last_refusal_->cause;
  return {};
}

Result<Monitor::Stream*> Monitor::stream_of(const SensorMessage& message) {
  auto sensor = sensors_.find(message.sensor);
  if (sensor == sensors_.end() && sensors_.size() >= options_.max_sensors) {
    return fail(ErrorCode::unsupported, kMonitoring,
                "there are more than " + std::to_string(options_.max_sensors) + " sensors",
                "monitor some of them with another `reprise monitor`, on another broker");
  }
  if (sensor != sensors_.end()) {
    if (const auto there = sensor->second.find(message.stream); there != sensor->second.end()) {
      if (there->second.channels == message.channels && there->second.rate == message.rate)
        return &there->second;
      return fail(ErrorCode::invalid_argument, kMonitoring, "the stream's channels or its rate have changed",
                  "give a new stream to another set of channels");
    }
    if (sensor->second.size() >= kMaxStreams) {
      return fail(ErrorCode::unsupported, kMonitoring,
                  "the sensor sends more than " + std::to_string(kMaxStreams) + " streams at a time",
                  "send the rest of a stream before the next one begins");
    }
  }
  auto measures = LiveMeasures::create(message);
  if (!measures) return tl::unexpected(measures.error());
  sensing::SampleSequence sequence;
  if (recordings_) {
    const auto next = recordings_->open_stream(message);
    if (!next) return tl::unexpected(next.error());
    if (*next) sequence = sensing::SampleSequence{**next};
  }
  Stream stream{message.channels, message.rate, sequence, std::move(*measures)};
  return &sensors_[message.sensor].emplace(message.stream, std::move(stream)).first->second;
}

Result<void> Monitor::take(const SensorMessage& message, MonitorTime now) {
  const auto found = stream_of(message);
  if (!found) return tl::unexpected(found.error());
  Stream& stream = **found;
  stream.last_seen = now;
  stream.battery_percent = message.battery_percent;
  const sensing::SequenceStep step = stream.sequence.accept(message.first, message.size(), message.oldest);
  stream.acknowledgement_due = true;
  stream.measures.take(message, step);
  if (recordings_ && step.take > 0) recordings_->append(message, step);
  return {};
}

bool Monitor::wants_flush() const {
  return recordings_ && recordings_->unwritten_bytes() > kMaxUnwrittenBytes;
}

Result<std::vector<sensing::Acknowledgement>> Monitor::flush(MonitorTime now) {
  if (recordings_) {
    if (auto written = recordings_->flush(); !written) return tl::unexpected(written.error());
  }
  std::vector<sensing::Acknowledgement> due;
  for (auto& [sensor, streams] : sensors_) {
    for (auto& [name, stream] : streams) {
      if (!stream.acknowledgement_due) continue;
      stream.acknowledgement_due = false;
      if (options_.acknowledge) due.push_back({sensor, name, *stream.sequence.next()});
    }
    drop_silent(streams, now);
  }
  return due;
}

/// The last one stays, so that a sensor does not vanish from the list.
void Monitor::drop_silent(Streams& streams, MonitorTime now) {
  for (auto at = streams.begin(); at != streams.end() && streams.size() > 1;) {
    at = now - at->second.last_seen > kStreamSilence ? streams.erase(at) : std::next(at);
  }
}

std::vector<SensorStatus> Monitor::sensors(MonitorTime now) const {
  std::vector<SensorStatus> all;
  LiveValues silent;
  silent.remarks = {"silent"};
  for (const auto& [sensor, streams] : sensors_) {
    const auto& [name, last] = *std::max_element(
        streams.begin(), streams.end(),
        [](const auto& a, const auto& b) { return a.second.last_seen < b.second.last_seen; });
    all.push_back({sensor, name, last.rate, last.last_seen, last.sequence.taken(), last.sequence.repeated(),
                   last.sequence.ahead(), last.sequence.lost(), last.battery_percent,
                   now - last.last_seen > kValuesLast ? silent : last.measures.values()});
  }
  return all;
}

}  // namespace reprise::pipeline
