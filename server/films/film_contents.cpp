// SPDX-License-Identifier: Apache-2.0
#include "server/films/film_contents.h"

#include <algorithm>
#include <utility>

namespace reprise::server {

std::shared_ptr<const FilmContent> FilmContents::find(std::string_view id) {
  const std::scoped_lock lock{mutex_};
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.id == id; });
  if (found == kept_.end()) return nullptr;
  std::rotate(kept_.begin(), found, found + 1);
  return kept_.front().content;
}

void FilmContents::forget(std::string_view id) {
  const std::scoped_lock lock{mutex_};
  kept_.erase(std::remove_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.id == id; }),
              kept_.end());
}

void FilmContents::keep(const std::string& id, std::shared_ptr<const FilmContent> content) {
  forget(id);
  const std::scoped_lock lock{mutex_};
  kept_.push_front({id, std::move(content)});
  std::size_t bytes = 0;
  const auto over = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) {
    return (bytes += one.content->bytes.size()) > most_bytes_;
  });
  kept_.erase(over, kept_.end());
}

}  // namespace reprise::server
