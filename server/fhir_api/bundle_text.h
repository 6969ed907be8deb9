#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reprise::server {

/// An entry of a bundle that we answer with. Its texts are put into the bundle as they are.
struct BundleEntry {
  std::string full_url;  ///< may be empty
  std::string resource;  ///< JSON; may be empty
  std::string rest;      ///< further fields as JSON, such as `"search":{"mode":"match"}`
};

struct BundleLink {
  std::string_view relation;
  std::string url;
};

struct BundleParts {
  std::string_view type;  ///< "searchset", "history", …
  std::optional<std::int64_t> total;
  std::vector<BundleLink> links;
  std::vector<BundleEntry> entries;
};

/// The Bundle as JSON. Each part is freed as soon as it is written, so that there are never two whole copies.
[[nodiscard]] std::string bundle_text(BundleParts parts);

/// A text as JSON writes it, with quotation marks.
[[nodiscard]] std::string json_text(std::string_view text);

}  // namespace reprise::server
