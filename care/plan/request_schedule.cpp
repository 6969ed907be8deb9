// SPDX-License-Identifier: Apache-2.0
#include "care/plan/request_schedule.h"

#include <cstddef>
#include <string_view>

#include "fhir/fields/fields.h"

namespace reprise::care {

std::optional<int> days_between(const fhir::Json& timing) {
  const fhir::Json* repeat = json::field(timing, "repeat");
  if (repeat == nullptr || timing.size() != 1) return {};
  std::size_t known = 0;
  for (const char* name : {"frequency", "period", "periodUnit"}) {
    if (json::field(*repeat, name) != nullptr) ++known;
  }
  const auto period = json::whole_of(*repeat, "period", 1, 366);
  if (known != repeat->size() || !period) return {};
  if (json::field(*repeat, "frequency") != nullptr && json::whole_of(*repeat, "frequency", 1, 1) != 1)
    return {};
  const std::string_view unit = json::text_of(*repeat, "periodUnit");
  if (unit == "d") return *period;
  if (unit == "wk" && *period <= 52) return 7 * *period;
  return {};
}

}  // namespace reprise::care
