// SPDX-License-Identifier: Apache-2.0
#include "web/pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace reprise::web {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(Pages, AnswerEachRouteWithTheSameDocument) {
  const Page* sign_in = find_page("/sign-in");
  ASSERT_NE(sign_in, nullptr);
  EXPECT_EQ(sign_in->type, "text/html;charset=utf-8");
  EXPECT_FALSE(sign_in->immutable);
  EXPECT_EQ(sign_in->content.substr(0, 15), "<!doctype html>");
  for (const char* path : {"/account", "/break-glass", "/emergency-access", "/forgotten-password",
                           "/invitation", "/new-password", "/people"}) {
    const Page* page = find_page(path);
    ASSERT_NE(page, nullptr) << path;
    EXPECT_EQ(page->content, sign_in->content) << path;
  }
}

TEST(Pages, AreNotAtOtherAddresses) {
  for (const char* path :
       {"", "/", "/index.html", "/sign-in/", "/sign-i", "/assets", "/assets/", "/../sign-in", "sign-in"}) {
    EXPECT_EQ(find_page(path), nullptr) << path;
  }
}

TEST(Pages, HaveEverythingThatTheDocumentNames) {
  const std::string_view document = find_page("/sign-in")->content;
  int named = 0;
  for (std::size_t at = document.find("\"/assets/"); at != std::string_view::npos;
       at = document.find("\"/assets/", at + 1)) {
    const auto path = document.substr(at + 1, document.find('"', at + 1) - at - 1);
    const Page* page = find_page(path);
    ASSERT_NE(page, nullptr) << path;
    EXPECT_TRUE(page->immutable) << path;
    // What the bundler shares between pages may be a single constant.
    EXPECT_GT(page->content.size(), 20U) << path;
    ++named;
  }
  EXPECT_GE(named, 2) << "a script and a style sheet";
}

TEST(Pages, SuitTheirPolicy) {
  const std::string document{find_page("/sign-in")->content};
  EXPECT_TRUE(contains(document, kNoncePlace));
  // Scripts from files alone, and nothing from elsewhere.
  EXPECT_FALSE(contains(document, "<style"));
  EXPECT_FALSE(contains(document, "<script>"));
  EXPECT_FALSE(contains(document, "://"));
  EXPECT_TRUE(std::all_of(pages().begin(), pages().end(), [](const Page& page) {
    return page.type != "text/css;charset=utf-8" || !contains(page.content, "url(http");
  }));
}

TEST(Pages, StandInOrderOfTheirPaths) {
  EXPECT_TRUE(std::is_sorted(pages().begin(), pages().end(),
                             [](const Page& a, const Page& b) { return a.path < b.path; }));
}

}  // namespace
}  // namespace reprise::web
