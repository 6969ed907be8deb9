// SPDX-License-Identifier: Apache-2.0
#include "record/content/media_content.h"

#include <gmock/gmock.h>

#include <utility>
#include <vector>

namespace reprise::record {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::string_view_literals;

const std::vector<std::pair<std::string_view, std::string>>& samples() {
  static const std::vector<std::pair<std::string_view, std::string>> all = {
      {"application/pdf", "%PDF-1.7\n"},
      {"image/png", "\x89PNG\r\n\x1A\n..."},
      {"image/jpeg", "\xFF\xD8\xFF\xE0"},
      {"image/gif", "GIF89a.."},
      {"image/webp", "RIFF....WEBPVP8 "},
      {"video/mp4", std::string{"\0\0\0\x18"
                                "ftypmp42"sv}},
      {"video/webm", "\x1A\x45\xDF\xA3.."},
      {"audio/wav", "RIFF....WAVEfmt "},
      {"application/zip", "PK\x03\x04.."},
      {"application/gzip", "\x1F\x8B\x08"},
      {"application/dicom", std::string(128, '\0') + "DICM"},
      {"application/json", R"({"a":[1,2]})"},
      {"application/xml", "<?xml version=\"1.0\"?><a/>"},
      {"text/plain",
       "Gr\xC3\xBC\xC3\x9F"
       "e"}};
  return all;
}

TEST(MediaContent, MatchesItsDeclaredType) {
  for (const auto& [declared, ignored] : samples()) {
    for (const auto& [type, bytes] : samples()) {
      const bool text_too =
          declared == "text/plain" &&
          (type == "application/json" || type == "application/xml" || type == "application/pdf" ||
           type == "image/gif" || type == "image/webp" || type == "audio/wav");
      const std::string why = media_mismatch(declared, bytes);
      EXPECT_EQ(why.empty(), declared == type || text_too) << declared << ", and is " << type << ": " << why;
    }
    EXPECT_FALSE(media_mismatch(declared, "\x80\x81").empty()) << declared;
    EXPECT_EQ(media_mismatch(declared, "").empty(), declared == "text/plain") << declared;
  }
}

TEST(MediaContent, NamesTheDeclaredAndTheActualType) {
  EXPECT_THAT(media_mismatch("image/png", "%PDF-1.4"),
              AllOf(HasSubstr("image/png"), HasSubstr("application/pdf")));
  EXPECT_THAT(media_mismatch("application/fhir+json", "\x89PNG\r\n\x1A\n"),
              AllOf(HasSubstr("JSON"), HasSubstr("image/png")));
  EXPECT_THAT(media_mismatch("application/pdf", "Hello"), HasSubstr("are text"));
  const std::string other = media_mismatch("application/x-john-smith", "%PDF-1.4");
  EXPECT_THAT(other, HasSubstr("application/octet-stream"));
  EXPECT_THAT(other, ::testing::Not(HasSubstr("smith"))) << "a type may be any text";
}

TEST(MediaContent, KnowsTypesByTheirParametersSuffixesAndOtherNames) {
  EXPECT_THAT(media_mismatch("Video/WebM;codecs=vp9", "\x1A\x45\xDF\xA3"), IsEmpty());
  EXPECT_THAT(media_mismatch("application/dicom+json", "[]"), IsEmpty());
  EXPECT_THAT(media_mismatch("application/x-reprise-landmarks", "RPLM\1"), IsEmpty());
  EXPECT_THAT(media_mismatch("application/x-reprise-landmarks+gzip", "\x1F\x8B"), IsEmpty());
  EXPECT_FALSE(media_mismatch("application/x-reprise-landmarks", "MZ").empty());
  EXPECT_THAT(media_mismatch("image/svg+xml", "\xEF\xBB\xBF <svg/>"), IsEmpty());
  EXPECT_THAT(
      media_mismatch("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"),
      IsEmpty());
  EXPECT_THAT(media_mismatch("text/plain; charset=ISO-8859-1",
                             "Gr\xFC\xDF"
                             "e"),
              IsEmpty());
  EXPECT_FALSE(media_mismatch("text/plain; charset=ISO-8859-1", "\xFF\xD8\xFF\xE0").empty());
  EXPECT_FALSE(media_mismatch("text/plain; charset=utf-8",
                              "Gr\xFC\xDF"
                              "e")
                   .empty());
  EXPECT_THAT(media_mismatch("application/octet-stream", "\x80 anything"), IsEmpty());
}

TEST(MediaContent, TextIsWhatUtf8Allows) {
  for (const char* right : {"", "a", "\xF0\x9F\x99\x82", "\xEF\xBF\xBD", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"})
    EXPECT_THAT(media_mismatch("text/plain", right), IsEmpty());
  for (const std::string_view wrong : {"\xC0\xAF"sv, "\xE0\x80\xAF"sv, "\xED\xA0\x80"sv, "\xF0\x80\x80\x80"sv,
                                       "\xF4\x90\x80\x80"sv, "\xC3"sv, "\xE2\x82"sv, "a\0b"sv, "\xFF"sv})
    EXPECT_FALSE(media_mismatch("text/plain", wrong).empty());
}

TEST(MediaContent, IsFoundWhereverAResourceHasIt) {
  const auto issues_of = [](const char* text) { return media_issues(fhir::Json::parse(text), "Patient"); };
  EXPECT_THAT(
      issues_of(
          R"({"photo":[{"contentType":"image/png","url":"http://a"},{"contentType":"text/plain","data":"YWJj"}]})"),
      IsEmpty());
  const auto found = issues_of(R"({"photo":[{"contentType":"text/plain","data":"YWJj"},
    {"contentType":"image/png","data":"YWJj"}],"contained":[{"contentType":"application/pdf","data":"YWJj"}]})");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].expression, "Patient.photo[1].contentType");
  EXPECT_EQ(found[1].expression, "Patient.contained[0].contentType");
}

}  // namespace
}  // namespace reprise::record
