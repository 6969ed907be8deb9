#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "record/content/refusal.h"
#include "record/index/index_ids.h"
#include "record/store/writer.h"

namespace reprise::record {

/// What became of a patient's data.
struct Erased {
  std::int64_t resources = 0;  ///< gone, with all their versions
  std::int64_t versions = 0;   ///< gone, of resources of which others stay
  std::int64_t shared = 0;     ///< versions that stay: they are about others, too
  std::int64_t accounts = 0;
  std::map<std::string, std::int64_t> types = {};  ///< of the resources that are gone, how many of each
};

/// Removes a patient from the record: every version of every resource that is in no other patient's
/// compartment, what the indexes hold of them, accounts and tokens. Of a resource that was about somebody
/// else at another time, the versions about this patient alone go; where the newest is one, it says
/// "deleted". The audit log stays: it holds ids and no content. It looks at all old versions, and so takes a
/// while. Refuses: not_found (nothing at all is known of such a patient).
[[nodiscard]] Outcome<Erased> erase_patient(const WriteTransaction& session, const IndexIds& index_ids,
                                            std::string_view patient);

/// What `erase_patient` would do, by the same look; changes nothing.
[[nodiscard]] Outcome<Erased> count_for_erasure(Connection& connection, const IndexIds& index_ids,
                                                std::string_view patient);

}  // namespace reprise::record
