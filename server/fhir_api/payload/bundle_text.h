// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reprise::server {

/// An entry of a response's bundle. Its texts are inserted unchanged.
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

/// Serializes the Bundle. Each part is freed once written, so that no two whole copies exist.
[[nodiscard]] std::string bundle_text(BundleParts parts);

/// Serializes a text as JSON, with quotation marks.
[[nodiscard]] std::string json_text(std::string_view text);

}  // namespace reprise::server
