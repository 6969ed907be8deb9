// SPDX-License-Identifier: Apache-2.0
#include "server/films/film_contents.h"

#include <gtest/gtest.h>

namespace reprise::server {
namespace {

std::shared_ptr<const FilmContent> content_of_size(std::size_t bytes) {
  return std::make_shared<const FilmContent>(FilmContent{"video/mp4", std::string(bytes, 'x')});
}

TEST(FilmContents, EvictsTheOneUsedLongestAgo) {
  FilmContents contents(20);
  contents.keep("a", content_of_size(10));
  contents.keep("b", content_of_size(10));
  EXPECT_NE(contents.find("a"), nullptr);
  contents.keep("c", content_of_size(10));
  EXPECT_EQ(contents.find("b"), nullptr);
  EXPECT_NE(contents.find("a"), nullptr);
  EXPECT_NE(contents.find("c"), nullptr);
}

TEST(FilmContents, NeverHoldsMoreThanItsLimit) {
  FilmContents contents(20);
  contents.keep("a", content_of_size(10));
  contents.keep("b", content_of_size(21));
  EXPECT_EQ(contents.find("b"), nullptr);
  EXPECT_EQ(contents.find("a"), nullptr) << "it is older than what has no room";
  contents.keep("a", content_of_size(20));
  contents.keep("a", content_of_size(20));
  EXPECT_NE(contents.find("a"), nullptr) << "kept once";
}

}  // namespace
}  // namespace reprise::server
