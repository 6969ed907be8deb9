// SPDX-License-Identifier: Apache-2.0
#include "server/pages/page_answer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "web/pages.h"

namespace reprise::server {
namespace {

std::optional<http::Response> answer_with(std::string_view path,
                                          const std::vector<http::Field>& fields = {}) {
  http::Request request;
  request.method = "GET";
  request.target = path;
  request.fields = fields;
  return page_answer(request, path);
}

std::string field(const http::Response& response, std::string_view name) {
  const std::string* value = http::find_field(response.fields, name);
  return value == nullptr ? "" : *value;
}

const web::Page& asset(std::string_view type) {
  const auto all = web::pages();
  const auto found = std::find_if(all.begin(), all.end(), [&](const web::Page& page) {
    return page.immutable && page.type.substr(0, type.size()) == type;
  });
  if (found == all.end()) throw std::runtime_error("no asset of type " + std::string{type});
  return *found;
}

TEST(PageAnswer, LetsAPageUseTheCameraAndCompiledProgramsOfThisServerAlone) {
  const auto page = answer_with("/sign-in");
  ASSERT_TRUE(page);
  const std::string policy = field(*page, "content-security-policy");
  EXPECT_EQ(policy.find("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "), 0U)
      << policy;
  for (const char* loose : {"'unsafe-eval'", "'unsafe-inline'", "http:", "https:", "*"}) {
    EXPECT_EQ(policy.find(loose), std::string::npos) << loose;
  }
  EXPECT_NE(field(*page, "permissions-policy").find("camera=(self)"), std::string::npos);
  EXPECT_NE(field(*page, "permissions-policy").find("microphone=(self)"), std::string::npos);
  EXPECT_EQ(field(*page, "content-encoding"), "") << "a page changes with each answer";
}

TEST(PageAnswer, GivesEachAnswerAnotherNonce) {
  const auto first = answer_with("/sign-in");
  const auto second = answer_with("/sign-in");
  EXPECT_NE(first->body, second->body);
  EXPECT_EQ(first->body.find(web::kNoncePlace), std::string::npos);
}

TEST(PageAnswer, GivesAWorkerAPolicyOfItsOwn) {
  const auto script = answer_with(asset("text/javascript").path);
  EXPECT_EQ(field(*script, "content-security-policy")
                .find("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self';"),
            0U);
}

TEST(PageAnswer, ServesCompressedPagesIfTheBrowserAcceptsThem) {
  const web::Page& script = asset("text/javascript");
  ASSERT_FALSE(script.brotli.empty());
  EXPECT_LT(script.brotli.size() * 2, script.content.size());
  const auto plain = answer_with(script.path);
  EXPECT_EQ(plain->body, script.content);
  EXPECT_EQ(field(*plain, "content-encoding"), "");
  EXPECT_EQ(field(*plain, "vary"), "accept-encoding");
  const auto small = answer_with(script.path, {{"accept-encoding", "gzip, deflate, br, zstd"}});
  EXPECT_EQ(small->body, script.brotli);
  EXPECT_EQ(field(*small, "content-encoding"), "br");
  EXPECT_EQ(field(*small, "vary"), "accept-encoding");
  EXPECT_EQ(field(*small, "cache-control"), "public, max-age=31536000, immutable");
}

}  // namespace
}  // namespace reprise::server
