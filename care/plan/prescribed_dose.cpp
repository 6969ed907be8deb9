// SPDX-License-Identifier: Apache-2.0
#include "care/plan/prescribed_dose.h"

#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// A count of its own extension's part. `value`: stays where there is none.
bool take_count(const fhir::Parts& parts, std::string_view name, int most, int& value) {
  const Json* part = parts.find(name);
  if (part == nullptr) return true;
  const auto given = json::whole_of(*part, "valuePositiveInt", 1, most);
  if (given) value = *given;
  return given.has_value();
}

std::optional<Seconds> seconds_in(const Json& part, double least, double most) {
  const auto number = quantity_in(part, "s", least, most);
  return number ? std::optional{Seconds{*number}} : std::nullopt;
}

// Limits as in the catalog's schema.
fhir::Why read_dosage(const Json& request, PrescribedDose& dose) {
  exercises::Dosage& dosage = dose.dosage;
  const auto parts = fhir::parts_of(request, fhir::kDosage, {"sets", "repetitions", "hold", "rest", "load"});
  if (!parts) return parts.error();
  if (!*parts) return {};
  bool right = take_count(**parts, "sets", 10, dosage.sets) &&
               take_count(**parts, "repetitions", 50, dosage.repetitions);
  if (const Json* hold = (*parts)->find("hold")) {
    dosage.hold = seconds_in(*hold, 1, 120);
    right = right && dosage.hold;
  }
  if (const Json* rest = (*parts)->find("rest")) {
    const auto given = seconds_in(*rest, 0, 600);
    right = right && given;
    dosage.rest = given.value_or(dosage.rest);
  }
  if (const Json* load = (*parts)->find("load")) {
    dose.load_kg = quantity_in(*load, "kg", 0.1, 300);
    right = right && dose.load_kg;
  }
  return right ? fhir::Why{}
               : fhir::Why{fhir::kDosage} + " has a value that cannot be read or lies beyond its limits";
}

// Days a week. Anything else that a Timing may say is not understood, and so not passed over.
fhir::Why read_days(const Json& request, PrescribedDose& dose) {
  constexpr const char* kUnreadable = "how often it is done cannot be read: write days a week, or the days";
  for (const char* other : {"occurrenceDateTime", "occurrencePeriod"}) {
    if (json::field(request, other) != nullptr) return kUnreadable;
  }
  const Json* timing = json::field(request, "occurrenceTiming");
  if (timing == nullptr) return {};
  const Json* repeat = json::field(*timing, "repeat");
  if (repeat == nullptr || timing->size() != 1) return kUnreadable;
  std::size_t known = 0;
  for (const char* name : {"frequency", "period", "periodUnit", "dayOfWeek"}) {
    if (json::field(*repeat, name) != nullptr) ++known;
  }
  if (known != repeat->size()) return kUnreadable;
  const bool weekly =
      json::text_of(*repeat, "periodUnit") == "wk" && json::number_of(*repeat, "period") == 1.0;
  const bool daily = json::text_of(*repeat, "periodUnit") == "d" && json::number_of(*repeat, "period") == 1.0;
  const auto frequency = json::whole_of(*repeat, "frequency", 1, 7);
  const Json& days = json::list_of(*repeat, "dayOfWeek");
  if (known == 1 && !days.empty() && days.size() <= 7) {
    dose.dosage.days_per_week = static_cast<int>(days.size());
  } else if (known == 3 && weekly && frequency) {
    dose.dosage.days_per_week = *frequency;
  } else if (known == 3 && daily && frequency == 1) {
    dose.dosage.days_per_week = 7;
  } else {
    return kUnreadable;
  }
  return {};
}

}  // namespace

std::optional<double> quantity_in(const Json& part, std::string_view unit, double least, double most) {
  const Json* value = json::field(part, "valueQuantity");
  if (value == nullptr || json::text_of(*value, "system") != fhir::kUnits ||
      json::text_of(*value, "code") != unit || json::field(*value, "comparator") != nullptr) {
    return {};
  }
  const auto number = json::number_of(*value, "value");
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

tl::expected<PrescribedDose, std::string> read_dose(const Json& request, const exercises::Dosage& own) {
  PrescribedDose dose{own, {}};
  for (const auto read : {read_dosage, read_days}) {
    if (fhir::Why why = read(request, dose); !why.empty()) return tl::unexpected(std::move(why));
  }
  return dose;
}

PrescribedDose readable_dose(const Json& request, const exercises::Dosage& own) {
  PrescribedDose dose{own, {}};
  for (const auto read : {read_dosage, read_days}) {
    PrescribedDose next = dose;
    if (read(request, next).empty()) dose = next;
  }
  return dose;
}

}  // namespace reprise::care
