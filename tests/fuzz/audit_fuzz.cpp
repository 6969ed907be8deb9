// SPDX-License-Identifier: Apache-2.0
// Hostile rows of the audit log and lines of anchor files. A parsed entry is serialized to the same text, and
// makes a valid AuditEvent; no line without the right signature is taken for a head.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fhir/validation/validate.h"
#include "record/audit/audit_event.h"
#include "record/audit/entry.h"
#include "record/audit/head.h"
#include "record/audit/head_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise::record;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto entry = decode_entry(text)) {
    if (encode(*entry) != text || fit_for_log(*entry) != *entry) std::abort();
    if (!reprise::fhir::validate(to_audit_event(*entry, "site")).empty()) std::abort();
  }
  if (const auto head = read_signed_line(text)) {
    if (head->log_id.size() > size) std::abort();
  }
  for (const std::string& line : heads_in(text)) {
    if (line.size() > size || line.find_first_of(" \t\r\n") != std::string::npos) std::abort();
  }
  return 0;
}
