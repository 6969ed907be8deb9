// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace reprise::server {

/// A film or its poster, as it is sent.
struct FilmContent {
  std::string media_type;
  std::string bytes;
};

/// The contents that were sent last: a browser asks for a film in many parts, and the record would decrypt,
/// parse and decode all of it for each. Contents never change, so none is out of date. Thread-safe.
class FilmContents {
 public:
  explicit FilmContents(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Returns the content; null if it is not here.
  [[nodiscard]] std::shared_ptr<const FilmContent> find(std::string_view id);
  void keep(const std::string& id, std::shared_ptr<const FilmContent> content);
  void forget(std::string_view id);

 private:
  struct Kept {
    std::string id;
    std::shared_ptr<const FilmContent> content;
  };

  std::size_t most_bytes_;
  std::mutex mutex_;
  std::deque<Kept> kept_;  ///< the one used last is in front
};

}  // namespace reprise::server
