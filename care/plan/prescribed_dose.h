// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "exercises/catalog.h"
#include "fhir/fields/fields.h"

namespace reprise::care {

/// How much of an exercise is prescribed.
struct PrescribedDose {
  exercises::Dosage dosage;
  std::optional<double> load_kg;  ///< to be held or worn; empty: none is prescribed
};

/// The dose that a ServiceRequest prescribes: sets, repetitions, hold, rest, load and days a week. What it
/// does not say is taken from `own`, the dose of the exercise's file. Errors: why it cannot be read, as a
/// sentence.
[[nodiscard]] tl::expected<PrescribedDose, std::string> read_dose(const Json& request,
                                                                  const exercises::Dosage& own);

/// Reads a dose as read_dose does, but what cannot be read is as in `own`.
[[nodiscard]] PrescribedDose readable_dose(const Json& request, const exercises::Dosage& own);

/// The `valueQuantity` of an extension's part, in that UCUM unit; empty if there is none such, or out of
/// range.
[[nodiscard]] std::optional<double> quantity_in(const Json& part, std::string_view unit, double least,
                                                double most);

}  // namespace reprise::care
