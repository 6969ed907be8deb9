// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace reprise::web {

/// What a browser gets at an address, as it was built into the program.
struct Page {
  std::string_view path;  ///< with its first slash
  std::string_view type;  ///< for the field content-type
  std::string_view content;
  std::string_view brotli;  ///< the content compressed; empty where that wins nothing
  bool immutable = false;   ///< its name changes with its content: it may be kept for good
};

/// In pages that are not immutable, the server puts a fresh nonce of its content security policy in place of
/// this text.
constexpr std::string_view kNoncePlace = "__NONCE__";

/// All of them, by path.
[[nodiscard]] std::span<const Page> pages();

/// The page at a path without its query; nullptr where there is none.
[[nodiscard]] const Page* find_page(std::string_view path);

}  // namespace reprise::web
