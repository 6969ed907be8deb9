// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "record/content/refusal.h"
#include "record/index/index_ids.h"
#include "record/store/writer.h"

namespace reprise::record {

/// The result of erasing a patient.
struct Erased {
  std::int64_t resources = 0;  ///< erased with all versions
  std::int64_t versions = 0;   ///< erased, of resources whose other versions stay
  std::int64_t shared = 0;     ///< versions that stay because they concern others too
  std::int64_t accounts = 0;
  std::map<std::string, std::int64_t> types = {};  ///< numbers of erased resources by type
};

/// Erases a patient: every version of every resource in no other patient's compartment, their index rows,
/// accounts and tokens. If a resource concerned another patient at another time, only the versions about this
/// patient go. If the newest is one, it becomes a deletion. The audit log stays: it holds ids and no content.
/// Slow, because it reads all old versions. Refuses: not_found (the patient is unknown).
[[nodiscard]] Outcome<Erased> erase_patient(const WriteTransaction& session, const IndexIds& index_ids,
                                            std::string_view patient);

/// Returns the result of `erase_patient` without changing anything.
[[nodiscard]] Outcome<Erased> count_for_erasure(Connection& connection, const IndexIds& index_ids,
                                                std::string_view patient);

/// Erases the content of a resource in all versions, and its index rows. That it was deleted stays. Does
/// nothing if there is none, or if a version concerns another patient than `patient`. `patient`: empty: of a
/// resource that concerns no patient.
[[nodiscard]] Result<void> erase_content(const WriteTransaction& session, const IndexIds& index_ids,
                                         std::string_view patient, std::string_view type,
                                         std::string_view id);

}  // namespace reprise::record
