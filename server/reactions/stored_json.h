// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "record/store/resources.h"

namespace reprise::server {

/// Returns the resource of a version; null if there is none, as before a creation.
inline std::shared_ptr<const fhir::Json> json_in(const std::optional<record::Stored>& stored) {
  return stored ? record::resource_of(*stored).value_or(nullptr) : nullptr;
}

}  // namespace reprise::server
