// SPDX-License-Identifier: Apache-2.0
#include "wasm/endurance.h"

#include <array>

#include "care/safety/endurance_limits.h"
#include "json/reader.h"
#include "json/write.h"
#include "sensing/bluetooth/gatt_values.h"
#include "session/measurements/endurance.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

using json::Json;

// A value a second, and one of the oximeter each ten seconds, for twelve hours: three phases of two hours,
// and pauses.
constexpr std::size_t kMostRates = 12 * 3600;
constexpr std::size_t kMostStretches = 1000;
constexpr std::size_t kMostValues = 5000;
constexpr std::size_t kMostNotices = sensing::kDeviceNoticeNames.size();
constexpr int kMostReceived = 1'000'000;

const char* contact_words(sensing::SkinContact contact) {
  switch (contact) {
    case sensing::SkinContact::unknown: return "unknown";
    case sensing::SkinContact::lost: return "lost";
    case sensing::SkinContact::good: return "good";
  }
  return "unknown";
}

Json names_of(const std::vector<care::EnduranceSign>& signs) {
  Json names = Json::array();
  for (const care::EnduranceSign sign : signs) names.push_back(care::name_of(sign));
  return names;
}

Json names_of(const std::vector<sensing::DeviceNotice>& notices) {
  Json names = Json::array();
  for (const sensing::DeviceNotice notice : notices)
    names.push_back(sensing::kDeviceNoticeNames[static_cast<std::size_t>(notice)]);
  return names;
}

care::EnduranceLimits read_limits(json::Reader input) {
  care::EnduranceLimits limits;
  limits.start_heart_rate = input.number_or_null("startHeartRate");
  limits.start_oxygen = input.number_or_null("startOxygen");
  limits.start_systolic = input.number_or_null("startSystolic");
  limits.start_diastolic = input.number_or_null("startDiastolic");
  limits.stop_heart_rate = input.number_or_null("stopHeartRate");
  limits.stop_oxygen = input.number_or_null("stopOxygen");
  limits.stop_breathlessness = input.number_or_null("stopBreathlessness");
  return limits;
}

care::EnduranceSigns read_signs(json::Reader input) {
  care::EnduranceSigns signs;
  signs.heart_rate = input.number_or_null("heartRate");
  signs.oxygen = input.number_or_null("oxygen");
  signs.systolic = input.number_or_null("systolic");
  signs.diastolic = input.number_or_null("diastolic");
  signs.breathlessness = input.number_or_null("breathlessness");
  return signs;
}

void read_stretches(json::Reader& input, session::EnduranceSession& session) {
  for (json::Reader& item : input.items("stretches", kMostStretches)) {
    session::EnduranceStretch stretch;
    stretch.phase =
        static_cast<session::EndurancePhase>(item.choice("phase", session::kEndurancePhaseNames).value_or(0));
    stretch.start = Seconds{item.number("start_s")};
    stretch.end = Seconds{item.number("end_s")};
    session.stretches.push_back(stretch);
  }
}

void read_values(json::Reader& input, session::EnduranceSession& session) {
  for (json::Reader& item : input.items("values", kMostValues)) {
    session::EnduranceValue value;
    value.moment = static_cast<session::EnduranceMoment>(
        item.choice("moment", session::kEnduranceMomentNames).value_or(0));
    if (const auto measure = session::signal_measure_from_name(item.text("measure"))) {
      value.measure = *measure;
    } else {
      item.refuse("measure", "the name of a measure");
    }
    value.time = Seconds{item.number("time_s")};
    value.value = item.number("value");
    if (const auto kind = item.choice_or_null("device", session::kDeviceKindNames))
      value.device = static_cast<session::DeviceKind>(*kind);
    session.values.push_back(value);
  }
}

void read_devices(json::Reader& input, session::EnduranceSession& session) {
  for (json::Reader& item : input.items("devices", session::kDeviceKindNames.size())) {
    session::EnduranceDevice device;
    device.kind =
        static_cast<session::DeviceKind>(item.choice("kind", session::kDeviceKindNames).value_or(0));
    device.name = item.text_or_null("name");
    device.battery_percent = item.number_or_null("battery_percent");
    device.received = item.whole("received", 0, kMostReceived);
    device.usable = item.whole("usable", 0, kMostReceived);
    device.no_contact = item.whole("noContact", 0, kMostReceived);
    for (json::Reader& notice : item.items("notices", kMostNotices)) {
      if (const auto known = notice.choice("notice", sensing::kDeviceNoticeNames))
        device.notices.emplace_back(sensing::kDeviceNoticeNames[*known]);
    }
    session.devices.push_back(std::move(device));
  }
}

struct SessionOfPage {
  session::EnduranceSession session;
  session::MeasurementInput input;
};

Result<SessionOfPage> read_session(std::string_view text) {
  json::Document page{text, "summing up an endurance session"};
  json::Reader input = page.root();
  SessionOfPage read;
  session::EnduranceSession& session = read.session;
  constexpr std::array<std::string_view, 2> kScales = {"borg-6-20", "cr10"};  // in the order of EffortScale
  session.scale = static_cast<engine::EffortScale>(input.choice("scale", kScales).value_or(0));
  json::Reader effort = input.group("effort");
  session.effort_low = effort.number("low");
  session.effort_high = effort.number("high");
  if (json::Reader target = input.group_or_null("heartRate"); target.there()) {
    session.rate_low_bpm = target.number("low");
    session.rate_high_bpm = target.number("high");
  }
  read_stretches(input, session);
  read_values(input, session);
  for (json::Reader& item : input.items("rates", kMostRates))
    session.rates.push_back({Seconds{item.number("time_s")}, item.number("rate_bpm")});
  session::SignalSource& source = read.input.source;
  source.kind =
      input.truth("simulated") ? session::SignalSourceKind::simulated : session::SignalSourceKind::sensors;
  source.recorded_at = input.text("startedAt");
  read_devices(input, session);
  constexpr std::array<std::string_view, 3> kFormats = {"TCX", "FIT", "Apple Health"};
  if (const auto format = input.choice_or_null("imported", kFormats)) session.imported = kFormats[*format];
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  if (!session.stretches.empty()) source.duration = session.stretches.back().end;
  if (!session.rates.empty()) {
    read.input.sensors = {{session.imported.empty() ? "heart rate strap" : "imported file", "heart rate",
                           Hertz{1}, Seconds{static_cast<double>(session.rates.size())}}};
  }
  return read;
}

}  // namespace

Result<std::string> heart_rate_value_text(std::span<const std::uint8_t> bytes) {
  const auto value = sensing::parse_heart_rate(bytes);
  if (!value) return tl::unexpected(value.error());
  Json intervals = Json::array();
  for (const Seconds interval : value->rr) intervals.push_back(interval.value());
  return json::write(Json{{"rate_bpm", value->rate_bpm > 0 ? Json(value->rate_bpm) : Json(nullptr)},
                          {"contact", contact_words(value->contact)},
                          {"rr_s", std::move(intervals)}});
}

Result<std::string> oxygen_value_text(std::span<const std::uint8_t> bytes, bool continuous) {
  const auto value = sensing::parse_oxygen(
      bytes, continuous ? sensing::OxygenReading::continuous : sensing::OxygenReading::spot_check);
  if (!value) return tl::unexpected(value.error());
  return json::write(Json{{"saturation_percent", json::or_null(value->saturation_percent)},
                          {"pulse_bpm", json::or_null(value->pulse_bpm)},
                          {"notices", names_of(value->notices)}});
}

Result<std::string> blood_pressure_value_text(std::span<const std::uint8_t> bytes) {
  const auto value = sensing::parse_blood_pressure(bytes);
  if (!value) return tl::unexpected(value.error());
  return json::write(Json{{"systolic_mmhg", json::or_null(value->systolic_mmhg)},
                          {"diastolic_mmhg", json::or_null(value->diastolic_mmhg)},
                          {"pulse_bpm", json::or_null(value->pulse_bpm)},
                          {"taken", json::or_null(value->taken)},
                          {"notices", names_of(value->notices)}});
}

Result<std::string> file_heart_rates_text(sensing::HeartRateFile& file) {
  const auto found = file.finish();
  if (!found) return tl::unexpected(found.error());
  Json rates = Json::array();
  for (const sensing::FileHeartRate& one : found->rates)
    rates.push_back({{"time_s", one.time_s}, {"rate_bpm", one.rate_bpm}});
  return json::write(Json{{"format", found->format},
                          {"rates", std::move(rates)},
                          {"count", found->count},
                          {"first_s", found->first_s},
                          {"last_s", found->last_s}});
}

Result<std::string> endurance_verdict_text(std::string_view facts) {
  json::Document page{facts, "judging an endurance session"};
  json::Reader input = page.root();
  const care::EnduranceLimits limits = read_limits(input.group("limits"));
  const care::EnduranceSigns signs = read_signs(input.group("signs"));
  const bool starting = input.truth("starting");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  if (!starting)
    return json::write(
        Json{{"passed", names_of(care::passed_limits(limits, signs))}, {"missing", Json::array()}});
  const care::EnduranceStart start = care::judge_start(limits, signs);
  return json::write(Json{{"passed", names_of(start.passed)}, {"missing", names_of(start.missing)}});
}

Result<std::string> endurance_session_text(std::string_view session) {
  const auto read = read_session(session);
  if (!read) return tl::unexpected(read.error());
  const auto document = session::measure_endurance(read->input, read->session);
  if (!document) return tl::unexpected(document.error());
  return measured_result_text(*document);
}

}  // namespace reprise::wasm
