// SPDX-License-Identifier: Apache-2.0
#include "web/pages.h"

#include <algorithm>

namespace reprise::web {

const Page* find_page(std::string_view path) {
  const auto all = pages();
  const auto found =
      std::lower_bound(all.begin(), all.end(), path,
                       [](const Page& page, std::string_view wanted) { return page.path < wanted; });
  return found != all.end() && found->path == path ? &*found : nullptr;
}

}  // namespace reprise::web
