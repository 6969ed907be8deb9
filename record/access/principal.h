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

/// Who asks the record for something: a session or a token, as far as the rules want to know.
struct Principal {
  Role role = Role::patient;
  std::string account;    ///< its id; of a token without an account the token's
  std::string person;     ///< id of the account's Patient or Practitioner
  bool complete = false;  ///< signed in with all that is needed; nothing is allowed before
  struct Limits {
    std::vector<TokenScope> scopes;
    std::string patient;
  };
  std::optional<Limits> token;  ///< a token's; nothing: a session has no limits besides the role's
};

[[nodiscard]] Principal principal_of(const LoginSession& session);
[[nodiscard]] Principal principal_of(const ApiToken& token);

/// Which resources of a type somebody may use in some way.
enum class AccessScope : std::uint8_t {
  none,
  patients,  ///< those in the compartments of certain patients (`AccessiblePatients`)
  all,
};

/// By role and scopes, without a look at patients. The table of roles is in docs/access.md.
[[nodiscard]] AccessScope access_scope(const Principal& asker, std::string_view type, Need need);

/// Types about which there is nothing private, such as Practitioner and Questionnaire: every role may read
/// them.
[[nodiscard]] bool is_open_type(std::string_view type);

}  // namespace reprise::record
