// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Token scopes of SMART App Launch 2 (http://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html).
namespace reprise::record {

/// The interactions with resources of a type; SMART's c, r, u, d and s. Reading includes versions and a
/// resource's history; searching includes a type's history.
enum class Need : std::uint8_t { create, read, update, erase, search };

/// The data that a scope covers.
enum class ScopeContext : std::uint8_t {
  patient,  ///< of the one patient that the token names
  user,     ///< that the token's account may access
  system,   ///< all
};

struct TokenScope {
  ScopeContext context = ScopeContext::patient;
  std::string type;         ///< of resources; "*": all
  std::vector<Need> needs;  ///< in enumeration order, each once

  friend bool operator==(const TokenScope&, const TokenScope&) = default;
};

/// Parses "patient/Observation.rs user/*.cruds". Errors: invalid_argument (not a scope, no such resource
/// type), unsupported (scopes with search parameters, of SMART 1, and others such as "openid").
[[nodiscard]] Result<std::vector<TokenScope>> parse_scopes(std::string_view text);

/// Serializes scopes as `parse_scopes` parses them.
[[nodiscard]] std::string to_string(std::span<const TokenScope> scopes);

/// Returns whether one of the scopes of this context permits the interaction.
[[nodiscard]] bool permits(std::span<const TokenScope> scopes, ScopeContext context, std::string_view type,
                           Need need);

}  // namespace reprise::record
