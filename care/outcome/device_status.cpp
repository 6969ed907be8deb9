// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/device_status.h"

#include <cmath>
#include <optional>

#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

using fhir::Json;

// ISO/IEEE 11073-10101; HL7's guide to personal health devices codes a battery so (docs/sources.md W36).
constexpr const char* kMdc = "urn:iso:std:iso:11073:10101";
constexpr const char* kBatteryCharge = "67996";

void add_share(Json& components, Json code, const std::optional<double>& share) {
  if (!share) return;
  constexpr double kTenthsOfPercent = 1000;
  const double percent = std::round(*share * kTenthsOfPercent) / 10;
  components.push_back({{"code", std::move(code)}, {"valueQuantity", fhir::quantity(percent, "%", "%")}});
}

}  // namespace

std::string device_words(session::DeviceKind kind) {
  std::string words{session::kDeviceKindNames[static_cast<std::size_t>(kind)]};
  for (char& c : words)
    if (c == '_') c = ' ';
  return words;
}

std::string device_words(const session::DeviceUsed& device) {
  std::string name = fhir::clean_text(device.name);
  return name.empty() ? device_words(device.kind) : name;
}

Json contained_device(const session::DeviceUsed& device) {
  Json made = {{"resourceType", "Device"}, {"id", "device"}};
  if (const std::string name = fhir::clean_text(device.name); !name.empty())
    made["deviceName"] = Json::array({Json{{"name", name}, {"type", "user-friendly-name"}}});
  made["type"] =
      fhir::codeable(fhir::kDevice, session::kDeviceKindNames[static_cast<std::size_t>(device.kind)],
                     device_words(device.kind));
  return made;
}

Json device_components(const session::DeviceUsed& device) {
  Json components = Json::array();
  Json battery = fhir::codeable(fhir::kObservation, "battery", "charge of the battery");
  battery["coding"].push_back({{"system", kMdc}, {"code", kBatteryCharge}});
  add_share(components, std::move(battery), device.battery);
  add_share(components,
            fhir::codeable(fhir::kObservation, "usable-share", "share of values that could be used"),
            device.usable);
  add_share(components, fhir::codeable(fhir::kObservation, "no-contact-share", "share without contact"),
            device.no_contact);
  for (const std::string& notice : device.notices) {
    components.push_back(
        {{"code", fhir::codeable(fhir::kObservation, "notice", "what it said of its values")},
         {"valueCodeableConcept", fhir::codeable(fhir::kDeviceNotice, notice, notice)}});
  }
  return components;
}

}  // namespace reprise::care
