// SPDX-License-Identifier: Apache-2.0
#include "server/http/routing.h"

#include <algorithm>

namespace reprise::server::http {
namespace {

/// Removes the leading "/segment" and returns it.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

bool matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && pattern != "/**") {
    if (path.empty() || path.front() != '/') return false;
    const std::string_view wanted = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (wanted == "*" ? segment.empty() : wanted != segment) return false;
  }
  return pattern == "/**" ? path.empty() || path.front() == '/' : path.empty();
}

}  // namespace reprise::server::http
