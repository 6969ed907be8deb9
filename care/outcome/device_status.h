// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "fhir/model/json.h"
#include "session/measurements/device_used.h"

// A device as the record keeps it: docs/reference/programme.md, "Devices".
namespace reprise::care {

/// Returns the name that the device tells, else its kind in words.
[[nodiscard]] std::string device_words(const session::DeviceUsed& device);
[[nodiscard]] std::string device_words(session::DeviceKind kind);

/// Returns a Device with the id "device", to be contained: kind and name, no identifier.
[[nodiscard]] fhir::Json contained_device(const session::DeviceUsed& device);

/// Returns battery, share of usable values, share without contact, and notices, as components of an
/// Observation; empty: nothing is known.
[[nodiscard]] fhir::Json device_components(const session::DeviceUsed& device);

}  // namespace reprise::care
