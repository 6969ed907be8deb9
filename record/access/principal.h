// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/accounts/account.h"
#include "record/accounts/api_token.h"
#include "record/accounts/login_session.h"
#include "record/accounts/token_scope.h"

namespace reprise::record {

/// The authenticated principal of a request, from a session or a token.
struct Principal {
  Role role = Role::patient;
  std::string account;    ///< its id; the token's id if the token has no account
  std::string person;     ///< id of the account's Patient, Practitioner or RelatedPerson
  bool complete = false;  ///< fully authenticated; nothing is allowed before
  struct Limits {
    std::vector<TokenScope> scopes;
    std::string patient;
  };
  std::optional<Limits> token;  ///< of a token; nullopt for a session, which only the role limits
  std::string helps = {};       ///< of a carer: the id of the patient who is helped
};

/// Returns the id of the patient for whom a patient or a carer acts; empty for other principals.
[[nodiscard]] const std::string& own_patient(const Principal& principal);

[[nodiscard]] Principal principal_of(const LoginSession& session);
[[nodiscard]] Principal principal_of(const ApiToken& token);

/// The resources of a type that a principal may access.
enum class AccessScope : std::uint8_t {
  none,
  patients,  ///< in the compartments of certain patients (`AccessiblePatients`)
  all,
};

/// Returns the access scope by role and token scopes, regardless of patients. The table of roles is in
/// docs/operations/access.md.
[[nodiscard]] AccessScope access_scope(const Principal& principal, std::string_view type, Need need);

/// Returns whether every role may read this type, such as Practitioner and Questionnaire, because it holds no
/// private data.
[[nodiscard]] bool is_open_type(std::string_view type);

}  // namespace reprise::record
