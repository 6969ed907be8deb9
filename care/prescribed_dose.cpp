#include "care/prescribed_dose.h"

#include "care/extension_parts.h"
#include "care/vocabulary.h"

namespace reprise::care {
namespace {

// A count of its own extension's part. `value`: stays where there is none.
bool take_count(const Parts& parts, std::string_view name, int most, int& value) {
  const Json* part = parts.find(name);
  if (part == nullptr) return true;
  const auto given = whole_of(*part, "valuePositiveInt", 1, most);
  if (given) value = *given;
  return given.has_value();
}

std::optional<double> amount_in(const Json& part, std::string_view unit, double least, double most) {
  const Json* value = field(part, "valueQuantity");
  if (value == nullptr || text_of(*value, "system") != kUnits || text_of(*value, "code") != unit ||
      field(*value, "comparator") != nullptr) {
    return {};
  }
  const auto number = number_of(*value, "value");
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

std::optional<Seconds> seconds_in(const Json& part, double least, double most) {
  const auto number = amount_in(part, "s", least, most);
  return number ? std::optional{Seconds{*number}} : std::nullopt;
}

// Limits as in the catalogue's schema.
Why read_dosage(const Json& request, PrescribedDose& dose) {
  Dosage& dosage = dose.dosage;
  const auto parts = parts_of(request, kDosage, {"sets", "repetitions", "hold", "rest", "load"});
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
    dose.load_kg = amount_in(*load, "kg", 0.1, 300);
    right = right && dose.load_kg;
  }
  return right ? Why{} : Why{kDosage} + " has a value that cannot be read or lies beyond its limits";
}

// Days a week. Anything else that a Timing may say is not understood, and so not passed over.
Why read_days(const Json& request, PrescribedDose& dose) {
  constexpr const char* kUnreadable = "how often it is done cannot be read: write days a week, or the days";
  for (const char* other : {"occurrenceDateTime", "occurrencePeriod"}) {
    if (field(request, other) != nullptr) return kUnreadable;
  }
  const Json* timing = field(request, "occurrenceTiming");
  if (timing == nullptr) return {};
  const Json* repeat = field(*timing, "repeat");
  if (repeat == nullptr || timing->size() != 1) return kUnreadable;
  std::size_t known = 0;
  for (const char* name : {"frequency", "period", "periodUnit", "dayOfWeek"}) {
    if (field(*repeat, name) != nullptr) ++known;
  }
  if (known != repeat->size()) return kUnreadable;
  const bool weekly = text_of(*repeat, "periodUnit") == "wk" && number_of(*repeat, "period") == 1.0;
  const bool daily = text_of(*repeat, "periodUnit") == "d" && number_of(*repeat, "period") == 1.0;
  const auto frequency = whole_of(*repeat, "frequency", 1, 7);
  const Json& days = list_of(*repeat, "dayOfWeek");
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

tl::expected<PrescribedDose, std::string> read_dose(const Json& request, const Dosage& own) {
  PrescribedDose dose{own, {}};
  for (const auto read : {read_dosage, read_days}) {
    if (Why why = read(request, dose); !why.empty()) return tl::unexpected(std::move(why));
  }
  return dose;
}

}  // namespace reprise::care
