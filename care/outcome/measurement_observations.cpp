// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/measurement_observations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>

#include "base/base64.h"
#include "base/text.h"
#include "base/time.h"
#include "care/outcome/device_status.h"
#include "care/outcome/kept_document.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/model/primitive.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"
#include "json/write.h"
#include "session/measurements/daily_walking.h"
#include "session/measurements/measurement_json.h"
#include "session/measurements/measurement_method.h"

namespace reprise::care {
namespace {

using fhir::Json;
using session::MeasuredValue;
using session::SignalMeasureInfo;

constexpr const char* kMeasurementStage = "documenting a measurement";

tl::unexpected<Error> wrong_measurement(std::string cause) {
  return fail(ErrorCode::invalid_argument, kMeasurementStage, std::move(cause),
              "give ids and times as FHIR has them, times with a zone");
}

Result<void> check_measurement(const session::MeasurementDocument& document, const MeasurementContext& c) {
  if (!is_uuid(c.id)) return wrong_measurement("the measurement's id is no UUID in lower case");
  if (!fhir::is_id(c.patient) || (c.request && !fhir::is_id(*c.request)) ||
      (!c.recording.empty() && !fhir::is_id(c.recording)))
    return wrong_measurement("the patient, the request or the recording is not an id");
  const auto start = fhir::interval_of(c.start);
  const auto end = fhir::interval_of(c.end);
  if (!fhir::is_date_time(c.start) || !fhir::is_date_time(c.end) || !start || !end)
    return wrong_measurement("start and end are not both times with a zone");
  if (*end->start_ms < *start->start_ms) return wrong_measurement("it ends before it starts");
  if (document.values.empty()) {
    return fail(ErrorCode::nothing_measured, kMeasurementStage, "the document has no values",
                "read its warnings, and record again");
  }
  return {};
}

Json quantity_of(const SignalMeasureInfo& facts, double value) {
  const double scale = std::pow(10.0, facts.decimals + 1);
  const double shown = std::round(value * facts.factor * scale) / scale;
  return fhir::quantity(shown, facts.unit.empty() ? facts.ucum : facts.unit, facts.ucum);
}

Json measured_component(const char* code, const char* words, Json quantity) {
  return {{"code", fhir::codeable(fhir::kObservation, code, words)}, {"valueQuantity", std::move(quantity)}};
}

// The codes of FHIR's own profiles of vital signs, null for others. The mean of a recording is a heart rate;
// the extremes have no code that is free to use.
const char* loinc_of(session::SignalMeasure measure) {
  using enum session::SignalMeasure;
  switch (measure) {
    case heart_rate: return "8867-4";
    case oxygen_saturation: return "2708-6";
    case systolic_pressure: return "8480-6";
    case diastolic_pressure: return "8462-4";
    default: return nullptr;
  }
}

Json code_of(session::SignalMeasure measure) {
  const SignalMeasureInfo& facts = session::info(measure);
  Json code = fhir::codeable(fhir::kSignalMeasure, facts.name, facts.label);
  if (const char* loinc = loinc_of(measure); loinc != nullptr)
    code["coding"].push_back({{"system", fhir::kLoinc}, {"code", loinc}});
  return code;
}

Json components_of(const MeasuredValue& value) {
  const SignalMeasureInfo& facts = session::info(value.measure);
  Json components = Json::array();
  if (value.uncertainty)
    components.push_back(measured_component("uncertainty", "half width that holds nine of ten",
                                            quantity_of(facts, *value.uncertainty)));
  if (value.spread)
    components.push_back(
        measured_component("spread", "standard deviation", quantity_of(facts, *value.spread)));
  if (value.count > 0) {
    components.push_back(
        {{"code", fhir::codeable(fhir::kObservation, "count", "strides, repetitions or windows")},
         {"valueInteger", value.count}});
  }
  if (!value.part.empty()) {
    components.push_back({{"code", fhir::codeable(fhir::kObservation, "part", "of several")},
                          {"valueString", fhir::clean_text(value.part)}});
  }
  return components;
}

Json reference_range(const SignalMeasureInfo& facts, const session::Reference& reference) {
  Json range = Json::object();
  if (reference.low) range["low"] = quantity_of(facts, *reference.low);
  if (reference.high) range["high"] = quantity_of(facts, *reference.high);
  range["appliesTo"] = Json::array({Json{{"text", fhir::clean_text(reference.population)}}});
  std::string text = "Source: " + reference.source;
  if (reference.mean) {
    std::ostringstream mean;
    mean << std::fixed << std::setprecision(facts.decimals) << *reference.mean * facts.factor;
    text = "Mean " + mean.str() + ' ' + std::string{facts.ucum} + ". " + text;
  }
  range["text"] = fhir::clean_text(text);
  return range;
}

bool is_pressure(session::SignalMeasure measure) {
  return measure == session::SignalMeasure::systolic_pressure ||
         measure == session::SignalMeasure::diastolic_pressure;
}

// Unique within the measurement.
std::string name_of(const MeasuredValue& value) {
  std::string name{session::info(value.measure).name};
  if (value.side) name += *value.side == engine::Side::left ? ".left" : ".right";
  if (!value.part.empty()) name += '.' + value.part;
  return name;
}

std::string device_of(const session::MeasurementDocument& document, const MeasuredValue& value) {
  std::string device = "Reprise's engine " + document.engine_version;
  if (value.device) {
    const auto sent = std::find_if(document.devices.begin(), document.devices.end(),
                                   [&](const session::DeviceUsed& one) { return one.kind == *value.device; });
    device += "; " + (sent == document.devices.end() ? device_words(*value.device) : device_words(*sent));
  } else if (document.devices.empty()) {
    for (const session::SensorUsed& sensor : document.sensors) device += "; " + sensor.position;
  }
  return fhir::clean_text(device);
}

/// When a value was measured, and the name of its Observation within the measurement.
struct Effective {
  std::string name;
  std::string start;
  std::string end;
};

bool is_live(const session::MeasurementDocument& document) {
  return std::any_of(document.values.begin(), document.values.end(),
                     [](const MeasuredValue& value) { return value.part == session::kLivePart; });
}

/// What all Observations of a measurement begin with. `category`: before the kind of measurement; null: none.
Json begin_observation(const session::MeasurementDocument& document, const MeasurementContext& c,
                       const Effective& when, Json category, Json code) {
  Json o = Json::object();
  o["resourceType"] = "Observation";
  fhir::mark(o, document.source.kind == session::SignalSourceKind::simulated);
  o["identifier"] = Json::array({Json{{"system", fhir::kResult}, {"value", c.id + '.' + when.name}},
                                 Json{{"system", fhir::kSession}, {"value", "urn:uuid:" + c.id}}});
  if (c.request) o["basedOn"] = Json::array({fhir::reference_to("ServiceRequest", *c.request)});
  o["status"] = "final";
  const std::string_view kind = session::name(document.kind);
  o["category"] = Json::array();
  if (!category.is_null()) o["category"].push_back(std::move(category));
  o["category"].push_back(fhir::codeable(fhir::kMeasurement, kind, kind));
  // There are many: a search can leave them out.
  if (is_live(document))
    o["category"].push_back(fhir::codeable(fhir::kObservation, session::kLivePart, session::kLivePart));
  o["code"] = std::move(code);
  o["subject"] = fhir::reference_to("Patient", c.patient);
  if (c.by_patient) o["performer"] = Json::array({fhir::reference_to("Patient", c.patient)});
  if (!c.practitioner.empty())
    o["performer"] = Json::array({fhir::reference_to("Practitioner", c.practitioner)});
  // FHIR's profile of vital signs wants a moment or a period; the period says more.
  o["effectivePeriod"] = {{"start", when.start}, {"end", when.end}};
  return o;
}

Json vital_signs() {
  return fhir::codeable(fhir::kObservationCategory, "vital-signs", "Vital Signs");
}

void add_origin(Json& o, const session::MeasurementDocument& document, const MeasuredValue& value) {
  // A file from elsewhere may name any code.
  if (session::method_from_code(document.method_code))
    o["method"]["coding"] = Json::array({{{"system", fhir::kMethod}, {"code", document.method_code}}});
  o["method"]["text"] = fhir::clean_text(document.method);
  if (!value.entered) o["device"] = {{"display", device_of(document, value)}};
}

Json observation_of(const session::MeasurementDocument& document, const MeasurementContext& c,
                    const MeasuredValue& value, const Effective& when) {
  const bool vital = loinc_of(value.measure) != nullptr;
  Json o = begin_observation(
      document, c, when, vital ? vital_signs() : fhir::codeable(fhir::kObservationCategory, "exam", "Exam"),
      code_of(value.measure));
  o["valueQuantity"] = quantity_of(session::info(value.measure), value.value);
  if (value.side) {
    const bool left = *value.side == engine::Side::left;
    o["bodySite"] =
        fhir::codeable(fhir::kSnomed, left ? fhir::kSnomedLeft : fhir::kSnomedRight, left ? "left" : "right");
  }
  add_origin(o, document, value);
  if (value.reference)
    o["referenceRange"] = Json::array({reference_range(session::info(value.measure), *value.reference)});
  if (Json components = components_of(value); !components.empty()) o["component"] = std::move(components);
  return o;
}

// FHIR's profile of blood pressure: one Observation with both values as components. `one`: one of the two.
Json pressure_observation(const session::MeasurementDocument& document, const MeasurementContext& c,
                          const MeasuredValue& one, const Effective& when) {
  Json code = fhir::codeable(fhir::kSignalMeasure, "blood_pressure", "Blood pressure");
  code["coding"].push_back({{"system", fhir::kLoinc}, {"code", "85354-9"}});
  Json o = begin_observation(document, c, when, vital_signs(), std::move(code));
  Json components = Json::array();
  bool one_origin = true;
  for (const auto measure :
       {session::SignalMeasure::systolic_pressure, session::SignalMeasure::diastolic_pressure}) {
    const auto value =
        std::find_if(document.values.begin(), document.values.end(), [&](const MeasuredValue& other) {
          return other.measure == measure && other.part == one.part && other.side == one.side;
        });
    Json component = {{"code", code_of(measure)}};
    if (value == document.values.end()) {
      component["dataAbsentReason"] =
          fhir::codeable("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown");
    } else {
      component["valueQuantity"] = quantity_of(session::info(measure), value->value);
      one_origin = one_origin && value->device == one.device && value->entered == one.entered;
    }
    components.push_back(std::move(component));
  }
  // Where a person corrected one of the two, no device stands for both.
  MeasuredValue origin = one;
  origin.entered = one.entered || !one_origin;
  add_origin(o, document, origin);
  for (Json& component : components_of(one)) components.push_back(std::move(component));
  o["component"] = std::move(components);
  return o;
}

// How a device was in this measurement. It is contained: a patient may not write a Device, and nothing that
// tells this device from others of its model is kept (docs/reference/programme.md).
Json device_observation(const session::MeasurementDocument& document, const MeasurementContext& c,
                        const session::DeviceUsed& device, const Effective& when) {
  Json o = begin_observation(document, c, when, nullptr,
                             fhir::codeable(fhir::kObservation, "device-status", "State of a device"));
  o["contained"] = Json::array({contained_device(device)});
  o["device"] = {{"reference", "#device"}, {"display", device_words(device)}};
  if (Json components = device_components(device); !components.empty())
    o["component"] = std::move(components);
  return o;
}

Result<void> keep_document(fhir::Transaction& transaction, const session::MeasurementDocument& document,
                           const MeasurementContext& c) {
  const auto text = session::to_measurement_json(document);
  if (!text) return tl::unexpected(text.error());
  const std::string_view kind = session::name(document.kind);
  const KeptDocument kept{c.recording,
                          "application/json",
                          to_base64(*text),
                          "Measurement by sensors, with its signals",
                          "measurement",
                          "measurement by sensors",
                          c.id + ".document",
                          "urn:uuid:" + c.id,
                          c.patient,
                          c.start,
                          c.end,
                          document.source.kind == session::SignalSourceKind::simulated};
  Json reference = document_reference(kept, c.by_patient);
  reference["category"] = Json::array({fhir::codeable(fhir::kMeasurement, kind, kind)});
  add_document(transaction, std::move(reference), kept);
  return {};
}

/// The days of a document of daily walking; null: it has none.
const session::EventTable* days_of(const session::MeasurementDocument& document) {
  const auto found =
      std::find_if(document.tables.begin(), document.tables.end(),
                   [](const session::EventTable& table) { return table.events == session::kDaysTable; });
  return found == document.tables.end() ? nullptr : &*found;
}

/// What a day has even where it was worn too little to count.
bool says_how_much(session::SignalMeasure measure) {
  using enum session::SignalMeasure;
  return measure == recorded_time || measure == wear_time || measure == motionless_time;
}

/// An Observation of each value of each day. Means over days are left to the reader: beside the days they
/// would look like another day.
Result<void> add_days(const session::MeasurementDocument& document, const MeasurementContext& c,
                      const session::EventTable& days, fhir::Transaction& transaction) {
  const std::int64_t start_ms = *fhir::interval_of(c.start)->start_ms;
  const std::int64_t end_ms = *fhir::interval_of(c.end)->start_ms;
  for (const session::MeasuredEvent& row : days.rows) {
    const auto date = parse_day(row.part);
    if (!date) return wrong_measurement("the days have no dates");
    constexpr Seconds kFarAway{1e10};
    if (!(row.start < row.end) || row.start < -kFarAway || row.end > kFarAway)
      return wrong_measurement("a day ends before it starts");
    const auto at = [&](Seconds time) -> std::int64_t {
      return start_ms + std::llround(time.value() * 1000);
    };
    // At midnight the calendar's date and the moment tell the offset of the zone.
    const auto offset_at = [](std::chrono::sys_days day, std::int64_t midnight_ms) {
      return std::chrono::minutes{(start_of(day) - midnight_ms) / in_ms(std::chrono::minutes{1})};
    };
    const auto offset = offset_at(*date, at(row.start));
    const auto offset_after = offset_at(*date + std::chrono::days{1}, at(row.end));
    constexpr std::chrono::hours kFarthestZone{14};
    if (std::chrono::abs(offset) > kFarthestZone || std::chrono::abs(offset_after) > kFarthestZone)
      return wrong_measurement("a day does not begin at midnight of its date");
    const std::int64_t from_ms = std::max(start_ms, at(row.start));
    const std::int64_t to_ms = std::min(end_ms, at(row.end));
    if (from_ms > to_ms) continue;  // outside of the recording
    const std::string from = date_time_text(from_ms, offset);
    const std::string to = date_time_text(to_ms, offset_after);
    for (std::size_t i = 0; i < days.columns.size(); ++i) {
      if (!row.values[i] || (!row.note.empty() && !says_how_much(days.columns[i]))) continue;
      MeasuredValue value{days.columns[i], std::nullopt, "", *row.values[i], {}, {}, 0, false};
      const std::string name = name_of(value) + '.' + row.part;
      transaction.create(observation_of(document, c, value, {name, from, to}), fhir::kResult,
                         c.id + '.' + name);
    }
  }
  return {};
}

}  // namespace

Result<Json> measurement_bundle(const session::MeasurementDocument& document,
                                const MeasurementContext& context) {
  if (const auto known = check_measurement(document, context); !known) return tl::unexpected(known.error());
  fhir::Transaction transaction;
  const session::EventTable* days = days_of(document);
  std::set<std::string> written;
  if (days != nullptr) {
    if (auto ok = add_days(document, context, *days, transaction); !ok) return tl::unexpected(ok.error());
  } else {
    for (const MeasuredValue& value : document.values) {
      if (value.measure == session::SignalMeasure::detectable_change)
        continue;  // of the method, not the patient
      Effective when{name_of(value), context.start, context.end};
      const bool pressure = is_pressure(value.measure);
      if (pressure) when.name.replace(0, session::info(value.measure).name.size(), "blood_pressure");
      // The second value of a pressure finds the first one's entry.
      if (!written.insert(when.name).second) continue;
      transaction.create(pressure ? pressure_observation(document, context, value, when)
                                  : observation_of(document, context, value, when),
                         fhir::kResult, context.id + '.' + when.name);
    }
  }
  std::size_t number = 0;
  for (const session::DeviceUsed& device : session::all_devices(document)) {
    const Effective when{"device." + std::to_string(++number), context.start, context.end};
    transaction.create(device_observation(document, context, device, when), fhir::kResult,
                       context.id + '.' + when.name);
  }
  if (!context.recording.empty()) {
    if (auto kept = keep_document(transaction, document, context); !kept) return tl::unexpected(kept.error());
  }
  if (context.photo) {
    if (auto kept = keep_posture_photo(transaction, document, context); !kept)
      return tl::unexpected(kept.error());
  }
  return std::move(transaction).take();
}

}  // namespace reprise::care
