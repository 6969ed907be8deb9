#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// What a program's token may do: scopes of SMART App Launch 2
// (http://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html).
namespace reprise::record {

/// What somebody wants to do with resources of a type; SMART's c, r, u, d and s. Reading includes versions
/// and a resource's history; searching includes a type's history.
enum class Need : std::uint8_t { create, read, update, erase, search };

/// Whose data a scope is about.
enum class ScopeContext : std::uint8_t {
  patient,  ///< one patient's, whom the token names
  user,     ///< those that the token's account may use itself
  system,   ///< all
};

struct TokenScope {
  ScopeContext context = ScopeContext::patient;
  std::string type;         ///< of resources; "*": all
  std::vector<Need> needs;  ///< in the order of the enumeration, each once

  friend bool operator==(const TokenScope&, const TokenScope&) = default;
};

/// Reads "patient/Observation.rs user/*.cruds". Errors: invalid_argument (not a scope, no such resource
/// type), unsupported (scopes with search parameters, those of SMART 1, and others such as "openid").
[[nodiscard]] Result<std::vector<TokenScope>> parse_scopes(std::string_view text);

/// As `parse_scopes` reads it.
[[nodiscard]] std::string to_string(std::span<const TokenScope> scopes);

/// Whether one of the scopes of this context covers it.
[[nodiscard]] bool permits(std::span<const TokenScope> scopes, ScopeContext context, std::string_view type,
                           Need need);

}  // namespace reprise::record
