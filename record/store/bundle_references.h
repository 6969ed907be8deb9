#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "record/store/operation.h"

// What the references in a resource of a bundle mean (R4: bundle.html "Resolving references in Bundles",
// http.html "Transaction Processing Rules").
namespace reprise::record {

/// The entries of a transaction by their full URLs.
class BundleNames {
 public:
  /// `target`: "Patient/17". `created`: the transaction makes its first version. False: another entry has the
  /// same full URL.
  bool add(std::string full_url, std::string target, bool created);

  /// What an address means, with or without a version; nothing where it is none of an entry. A version
  /// becomes that of the new resource, and is left out where the entry changes one that is there.
  [[nodiscard]] std::optional<std::string> find(std::string_view address) const;

 private:
  struct Named {
    std::string target;
    bool created;
  };
  std::map<std::string, Named, std::less<>> entries_;
};

/// The resource that a condition ("Patient?identifier=…") means: "Patient/17".
using FindCondition = std::function<Outcome<std::string>(std::string_view condition)>;

/// Replaces the links of a resource that came under `full_url` (may be empty) by what they mean in this
/// record. Under the full URL of another server `TYPE/ID` means a resource of that server: one of the
/// entries; else it is refused where references are checked, and becomes an absolute address where they are
/// not. Returns whether something was replaced.
[[nodiscard]] Outcome<bool> resolve_links(fhir::Json& resource, std::string_view full_url,
                                          const BundleNames& names, const Context& context,
                                          const FindCondition& find);

/// The same for a change that stands alone, or in a batch: no entries, no conditions.
[[nodiscard]] std::optional<Refusal> resolve_links(Operation& operation, std::string_view full_url,
                                                   const Context& context);

}  // namespace reprise::record
