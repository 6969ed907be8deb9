// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "record/store/operation.h"

// Resolves the references in resources of a bundle (R4: bundle.html "Resolving references in Bundles",
// http.html "Transaction Processing Rules").
namespace reprise::record {

/// Maps the full URLs of a transaction's entries to their resources.
class BundleNames {
 public:
  /// Adds an entry. `target`: "Patient/17". `created`: the transaction creates its first version. Returns
  /// false if another entry has the same full URL.
  bool add(std::string full_url, std::string target, bool created);

  /// Resolves a URL with or without a version; nullopt if no entry has it. A version becomes that of the new
  /// resource, and is omitted if the entry updates an existing one.
  [[nodiscard]] std::optional<std::string> find(std::string_view address) const;

 private:
  struct Named {
    std::string target;
    bool created;
  };
  std::map<std::string, Named, std::less<>> entries_;
};

/// Resolves a condition ("Patient?identifier=…") to "Patient/17".
using FindCondition = std::function<Outcome<std::string>(std::string_view condition)>;

/// Resolves the links of a resource with this `full_url` (may be empty). Under another server's full URL,
/// `TYPE/ID` means a resource of that server. If it is not one of the entries, it is refused where references
/// are checked, and made absolute where not. Returns whether a link was replaced.
[[nodiscard]] Outcome<bool> resolve_links(fhir::Json& resource, std::string_view full_url,
                                          const BundleNames& names, const Context& context,
                                          const FindCondition& find);

/// Does the same for a single change, or in a batch: no entries, no conditions.
[[nodiscard]] std::optional<Refusal> resolve_links(Operation& operation, std::string_view full_url,
                                                   const Context& context);

}  // namespace reprise::record
