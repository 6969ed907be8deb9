// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// Tables of routes: rows with a `method` ("GET"; empty: any) and a `path`.
namespace reprise::server::http {

/// Returns whether a path has the form of a pattern: "/auth/accounts/*/invitation". "*" stands for one
/// segment, a last "**" for any number of further segments, none included.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view path);

/// A route that was looked up.
template <class Route>
struct RouteMatch {
  const Route* route = nullptr;      ///< null if there is none
  bool is_for_other_method = false;  ///< the path is known
};

/// Finds the first route of a table that a request matches. HEAD counts as GET. `target`: path and query.
template <class Routes>
[[nodiscard]] auto find_route(const Routes& routes, std::string_view method, std::string_view target) {
  RouteMatch<typename Routes::value_type> found;
  const std::string_view path = target.substr(0, target.find('?'));
  if (method == "HEAD") method = "GET";
  for (const auto& route : routes) {
    if (!matches(route.path, path)) continue;
    if (route.method.empty() || route.method == method) return found.route = &route, found;
    found.is_for_other_method = true;
  }
  return found;
}

}  // namespace reprise::server::http
