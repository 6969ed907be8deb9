// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/sensor_message.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "json/strict_json.h"
#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"
#include "sensing/signals/channel_meaning.h"

namespace reprise::sensing {
namespace {

using nlohmann::json;

constexpr const char* kReadingMessage = "reading a sensor's message";
constexpr std::string_view kTopicBegin = "reprise/v1/";
constexpr std::string_view kTopicEnd = "/samples";
constexpr std::size_t kMaxDepth = 4;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// An identifier becomes a file's name: no dots, so that it is never ".." or hidden.
bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= kMaxIdentifierBytes && is_letter_or_digit(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
}

bool is_channel_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxIdentifierBytes &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.'; });
}

tl::unexpected<Error> wrong(const std::string& field, const std::string& cause, std::string remedy) {
  return fail(ErrorCode::invalid_argument, kReadingMessage, "\"" + field + "\" " + cause, std::move(remedy));
}

tl::unexpected<Error> wrong_value(const std::string& field, const json* value, const std::string& limit) {
  return wrong(field,
               "is " + (value == nullptr                       ? std::string{"missing"}
                        : json::value_t::null == value->type() ? std::string{"null"}
                                                               : reprise::json::shown(*value)),
               limit);
}

const json* field(const json& group, const char* name) {
  const auto at = group.find(name);
  return at == group.end() ? nullptr : &*at;
}

Result<void> refuse_unknown_fields(const json& group, std::initializer_list<std::string_view> known,
                                   const std::string& where) {
  for (const auto& item : group.items()) {
    if (std::find(known.begin(), known.end(), item.key()) == known.end())
      return wrong(where + shown(item.key()), "is no field of a message", "remove it or correct its name");
  }
  return {};
}

Result<std::string> parse_stream(const json& message) {
  const json* value = field(message, "stream");
  if (value == nullptr || !value->is_string() || !is_identifier(value->get_ref<const std::string&>()))
    return wrong_value("stream", value,
                       "write 1 to 64 letters, digits, _ or -, a new one for each numbering");
  return value->get<std::string>();
}

Result<std::uint64_t> parse_sequence(const json& message, const char* name) {
  const json* value = field(message, name);
  if (value == nullptr || !value->is_number_unsigned() || value->get<std::uint64_t>() >= kSequenceEnd)
    return wrong_value(name, value, "write a whole number from 0 to 9007199254740991");
  return value->get<std::uint64_t>();
}

/// A number above `least` and at most `most`; empty where the field is absent.
Result<std::optional<double>> parse_bounded(const json& message, const char* name, double least,
                                            double most) {
  const json* value = field(message, name);
  if (value == nullptr) return std::optional<double>{};
  const double number = value->is_number() ? value->get<double>() : std::nan("");
  if (!(number >= least && number <= most)) {
    return wrong_value(
        name, value,
        "write a number from " + reprise::json::shown(least) + " to " + reprise::json::shown(most));
  }
  return std::optional{number};
}

Result<LiveChannel> parse_channel(const json& item, const std::string& where) {
  if (!item.is_object())
    return wrong(where, "is no group of fields", R"(write {"name": "ecg", "samples": [0.1, 0.2]})");
  if (auto ok = refuse_unknown_fields(item, {"name", "as", "unit", "samples"}, where + "."); !ok)
    return tl::unexpected(ok.error());
  LiveChannel channel;
  const json* name = field(item, "name");
  if (name == nullptr || !name->is_string() || !is_channel_name(name->get_ref<const std::string&>()))
    return wrong_value(where + ".name", name, "write 1 to 64 letters, digits, '_', '-' or '.'");
  channel.name = name->get<std::string>();
  if (channel.name == kCounterColumn)
    return wrong(where + ".name", "is 'sample'",
                 "choose another name: recordings count samples in that column");
  if (const json* meaning = field(item, "as"); meaning != nullptr) {
    const auto parsed =
        meaning->is_string() ? parse_meaning(meaning->get_ref<const std::string&>()) : std::nullopt;
    if (!parsed || parsed->quantity == SignalQuantity::unknown) {
      return wrong_value(where + ".as", meaning,
                         "write for example ecg, emg, rr_interval or lower_back.acceleration_x");
    }
    channel.meaning = to_text(*parsed);
  }
  if (const json* unit = field(item, "unit"); unit != nullptr) {
    const auto ucum = unit->is_string() ? ucum_unit(unit->get_ref<const std::string&>()) : std::nullopt;
    if (!ucum) return wrong_value(where + ".unit", unit, "write a known unit, for example mV, m/s2 or deg/s");
    channel.unit = *ucum;
  }
  return channel;
}

Result<std::vector<std::optional<double>>> parse_samples(const json& item, const std::string& where) {
  const json* list = field(item, "samples");
  if (list == nullptr || !list->is_array() || list->empty())
    return wrong_value(where + ".samples", list, "write a list of at least one number");
  if (list->size() > kMaxMessageSamples) {
    return fail(ErrorCode::unsupported, kReadingMessage,
                "\"" + where + ".samples\" has " + std::to_string(list->size()) + " samples; the limit is " +
                    std::to_string(kMaxMessageSamples),
                "send several messages");
  }
  std::vector<std::optional<double>> samples;
  samples.reserve(list->size());
  for (const json& value : *list) {
    if (value.is_null()) {
      samples.emplace_back();
    } else if (value.is_number() && std::abs(value.get<double>()) <= kMaxSampleMagnitude) {
      samples.emplace_back(value.get<double>());
    } else {
      return wrong_value(where + ".samples/" + std::to_string(samples.size()), &value,
                         "write a number up to 1e12, or null for a sample that is missing");
    }
  }
  return samples;
}

Result<void> parse_channels(const json& message, SensorMessage& out) {
  const json* list = field(message, "channels");
  if (list == nullptr || !list->is_array() || list->empty() || list->size() > kMaxLiveChannels)
    return wrong_value("channels", list, "write a list of 1 to " + std::to_string(kMaxLiveChannels));
  std::set<std::string_view> names;
  for (const json& item : *list) {
    const std::string where = "channels/" + std::to_string(out.channels.size());
    auto channel = parse_channel(item, where);
    if (!channel) return tl::unexpected(channel.error());
    auto samples = parse_samples(item, where);
    if (!samples) return tl::unexpected(samples.error());
    out.channels.push_back(std::move(*channel));
    out.samples.push_back(std::move(*samples));
    if (out.samples.back().size() != out.size()) {
      return wrong(where + ".samples",
                   "has " + std::to_string(out.samples.back().size()) + " samples; the first channel has " +
                       std::to_string(out.size()),
                   "send equally many of each channel");
    }
  }
  for (const LiveChannel& channel : out.channels) {
    if (!names.insert(channel.name).second)
      return wrong("channels", "names '" + channel.name + "' twice", "give each channel a name of its own");
  }
  return {};
}

/// Intervals between heartbeats come with the beats; everything else has a rate.
Result<void> check_rate(const SensorMessage& message) {
  const bool all_intervals =
      std::all_of(message.channels.begin(), message.channels.end(),
                  [](const LiveChannel& channel) { return channel.meaning == "rr_interval"; });
  if (message.rate.has_value() != all_intervals) return {};
  return wrong("rate_hz", all_intervals ? "stands beside intervals between heartbeats" : "is missing",
               all_intervals ? "leave it out: the intervals say their times"
                             : "write the samples a second; only rr_interval alone has none");
}

}  // namespace

std::optional<std::string> sensor_of_topic(std::string_view topic) {
  if (!topic.starts_with(kTopicBegin) || !topic.ends_with(kTopicEnd) ||
      topic.size() < kTopicBegin.size() + kTopicEnd.size())
    return std::nullopt;
  topic.remove_prefix(kTopicBegin.size());
  topic.remove_suffix(kTopicEnd.size());
  return is_identifier(topic) ? std::optional{std::string{topic}} : std::nullopt;
}

Result<SensorMessage> parse_sensor_message(std::string_view topic, std::string_view payload) {
  SensorMessage out;
  const auto sensor = sensor_of_topic(topic);
  if (!sensor) {
    return fail(ErrorCode::invalid_argument, kReadingMessage,
                "the topic '" + shown(topic, 80) + "' names no sensor",
                "send to reprise/v1/SENSOR/samples; a sensor's name has letters, digits, _ and -");
  }
  out.sensor = *sensor;
  if (payload.size() > kMaxMessageBytes) {
    return fail(ErrorCode::unsupported, kReadingMessage,
                "the message has " + std::to_string(payload.size()) + " bytes; the limit is " +
                    std::to_string(kMaxMessageBytes),
                "send fewer samples in a message");
  }
  std::vector<reprise::json::Problem> problems;
  const json message = reprise::json::parse_strict(
      payload, "message", problems,
      {.max_bytes = kMaxMessageBytes, .max_depth = kMaxDepth, .max_text_bytes = 100});
  if (!problems.empty()) {
    return fail(ErrorCode::corrupt, kReadingMessage,
                "found " + problems.front().found + "; " + problems.front().limit,
                "send one JSON group in each message");
  }
  if (!message.is_object())
    return fail(ErrorCode::invalid_argument, kReadingMessage, "the message is no group of fields",
                "begin it with {");
  if (auto ok = refuse_unknown_fields(
          message, {"stream", "first", "oldest", "rate_hz", "battery_percent", "channels"}, "");
      !ok)
    return tl::unexpected(ok.error());
  auto stream = parse_stream(message);
  if (!stream) return tl::unexpected(stream.error());
  out.stream = std::move(*stream);
  const auto first = parse_sequence(message, "first");
  if (!first) return tl::unexpected(first.error());
  out.first = out.oldest = *first;
  if (field(message, "oldest") != nullptr) {
    const auto oldest = parse_sequence(message, "oldest");
    if (!oldest) return tl::unexpected(oldest.error());
    if (*oldest > out.first)
      return wrong("oldest", "is above \"first\"", "a sample that is sent is still kept");
    out.oldest = *oldest;
  }
  constexpr double kMinRateHz = 0.01;
  const auto rate = parse_bounded(message, "rate_hz", kMinRateHz, kMaxLiveRateHz);
  if (!rate) return tl::unexpected(rate.error());
  if (*rate) out.rate = Hertz{**rate};
  const auto battery = parse_bounded(message, "battery_percent", 0, 100);
  if (!battery) return tl::unexpected(battery.error());
  out.battery_percent = *battery;
  if (auto ok = parse_channels(message, out); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_rate(out); !ok) return tl::unexpected(ok.error());
  return out;
}

std::string acknowledgement_topic(const Acknowledgement& acknowledgement) {
  return std::string{kTopicBegin} + acknowledgement.sensor + "/ack";
}

std::string acknowledgement_text(const Acknowledgement& acknowledgement) {
  return R"({"stream":")" + acknowledgement.stream + R"(","next":)" + std::to_string(acknowledgement.next) +
         "}";
}

Result<Acknowledgement> parse_acknowledgement(std::string_view sensor, std::string_view payload) {
  std::vector<reprise::json::Problem> problems;
  const json message = reprise::json::parse_strict(payload, "acknowledgement", problems, {.max_bytes = 1000});
  if (!problems.empty() || !message.is_object()) {
    return fail(ErrorCode::corrupt, "reading an acknowledgement", "the payload is no JSON group",
                "write {\"stream\": \"b3f2\", \"next\": 1210}");
  }
  const auto stream = parse_stream(message);
  if (!stream) return tl::unexpected(stream.error());
  const auto next = parse_sequence(message, "next");
  if (!next) return tl::unexpected(next.error());
  return Acknowledgement{std::string{sensor}, *stream, *next};
}

}  // namespace reprise::sensing
