// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/gathering.h"

#include <string>

namespace reprise::simulation {
namespace {

void rename(Json& json, const std::string& name) {
  if (json.is_string()) {
    if (json.get_ref<const std::string&>() == fhir::kFirstInBundle) json = name;
  } else if (json.is_structured()) {
    for (Json& part : json) rename(part, name);
  }
}

}  // namespace

void Gathering::add(Json bundle) {
  const std::string number = std::to_string(++added_);
  std::string name = "urn:uuid:00000000-0000-4000-9000-000000000000";
  name.replace(name.size() - number.size(), number.size(), number);
  for (Json& entry : bundle["entry"]) {
    rename(entry, name);
    bundle_["entry"].push_back(std::move(entry));
  }
}

Json Gathering::take() {
  Json whole = std::move(bundle_);
  bundle_ = fhir::Transaction{}.take();
  added_ = 0;
  return whole;
}

}  // namespace reprise::simulation
