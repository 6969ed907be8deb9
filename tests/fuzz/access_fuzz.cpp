// SPDX-License-Identifier: Apache-2.0
// Hostile scopes, secrets, codes and addresses as text; CareTeams and Consents as JSON, valid or not. Parsed
// scopes survive serializing and parsing; the resulting rules fit the tables.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/network_address.h"
#include "fhir/model/resource.h"
#include "record/access/consent.h"
#include "record/accounts/attempts.h"
#include "record/accounts/password.h"
#include "record/accounts/secret.h"
#include "record/accounts/token_scope.h"
#include "record/accounts/totp.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  using namespace reprise::record;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto scopes = parse_scopes(text)) {
    if (to_string(*scopes) != text) std::abort();
  }
  if (hash_of_secret(text) && text.size() != 43) std::abort();
  if (const auto secret = parse_totp_secret(text)) {
    if (to_base32(*secret) != text) std::abort();
  }
  static_cast<void>(hash_of_recovery_code(text));
  static_cast<void>(problem_in_password(text, text.substr(0, size / 3)));
  const std::string group = address_group(text);
  if (group != text && address_group(group) != group) std::abort();
  if (const auto resource = fhir::parse_resource(text)) {
    for (const CareMember& member : members_of(*resource)) {
      if (member.practitioner.empty() || member.when.start_us >= member.when.end_us) std::abort();
    }
    for (const ConsentRule& rule : rules_of(*resource)) {
      if (rule.place.rfind("r.", 0) != 0 || rule.when.start_us >= rule.when.end_us) std::abort();
    }
  }
  return 0;
}
