// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/token_scope.h"

#include <algorithm>
#include <array>
#include <optional>

#include "fhir/model/definitions.h"

namespace reprise::record {
namespace {

constexpr std::array<std::string_view, 3> kContexts = {"patient", "user", "system"};
constexpr std::string_view kNeeds = "cruds";
constexpr std::size_t kMostScopes = 200;

constexpr const char* kScopeStage = "reading scopes";
constexpr const char* kHow =
    "write scopes like patient/Observation.rs or user/*.cruds, with spaces between them";

tl::unexpected<Error> no_scope(std::string cause) {
  return fail(ErrorCode::invalid_argument, kScopeStage, std::move(cause), kHow);
}

// Parses "rs": letters of "cruds", in this order, each once.
std::optional<std::vector<Need>> needs_of(std::string_view letters) {
  std::vector<Need> needs;
  for (const char letter : letters) {
    const std::size_t at = kNeeds.find(letter);
    if (at == std::string_view::npos || (!needs.empty() && at <= static_cast<std::size_t>(needs.back())))
      return {};
    needs.push_back(static_cast<Need>(at));
  }
  if (needs.empty()) return {};
  return needs;
}

Result<TokenScope> parse_scope(std::string_view text) {
  if (text.find('?') != std::string_view::npos) {
    return fail(ErrorCode::unsupported, kScopeStage, "scopes with search parameters are not supported",
                "leave away what stands behind the question mark, if the token may have that much");
  }
  const std::size_t slash = text.find('/');
  const auto context = std::find(kContexts.begin(), kContexts.end(), text.substr(0, slash));
  if (slash == std::string_view::npos || context == kContexts.end()) {
    return fail(ErrorCode::unsupported, kScopeStage, "a scope that is not one of resources", kHow);
  }
  const std::string_view rest = text.substr(slash + 1);
  const std::size_t dot = rest.find('.');
  if (dot == std::string_view::npos) return no_scope("a scope has no dot");
  const std::string_view type = rest.substr(0, dot);
  const std::string_view letters = rest.substr(dot + 1);
  if (letters == "read" || letters == "write" || letters == "*") {
    return fail(ErrorCode::unsupported, kScopeStage, "a scope of SMART 1",
                "write .rs instead of .read, .cud instead of .write, and .cruds instead of .*");
  }
  if (type != "*" && fhir::find_resource(type) == nullptr) {
    return no_scope("a scope names a resource type that is not supported");
  }
  auto needs = needs_of(letters);
  if (!needs) return no_scope("what a scope permits is not some of c, r, u, d and s, in this order");
  return TokenScope{static_cast<ScopeContext>(context - kContexts.begin()), std::string{type},
                    std::move(*needs)};
}

}  // namespace

Result<std::vector<TokenScope>> parse_scopes(std::string_view text) {
  std::vector<TokenScope> scopes;
  while (true) {
    const std::size_t space = text.find(' ');
    auto scope = parse_scope(text.substr(0, space));
    if (!scope) return tl::unexpected(scope.error());
    scopes.push_back(std::move(*scope));
    if (scopes.size() > kMostScopes) return no_scope("there are more than 200 scopes");
    if (space == std::string_view::npos) return scopes;
    text.remove_prefix(space + 1);
  }
}

std::string to_string(std::span<const TokenScope> scopes) {
  std::string text;
  for (const TokenScope& scope : scopes) {
    if (!text.empty()) text += ' ';
    text += std::string{kContexts.at(static_cast<std::size_t>(scope.context))} + "/" + scope.type + ".";
    for (const Need need : scope.needs) text += kNeeds[static_cast<std::size_t>(need)];
  }
  return text;
}

bool permits(std::span<const TokenScope> scopes, ScopeContext context, std::string_view type, Need need) {
  return std::any_of(scopes.begin(), scopes.end(), [&](const TokenScope& scope) {
    return scope.context == context && (scope.type == "*" || scope.type == type) &&
           std::find(scope.needs.begin(), scope.needs.end(), need) != scope.needs.end();
  });
}

}  // namespace reprise::record
