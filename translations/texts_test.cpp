// SPDX-License-Identifier: Apache-2.0
#include "translations/texts.h"

#include <gtest/gtest.h>

namespace reprise::translations {
namespace {

TEST(FormatMessage, ReplacesArgumentsOnce) {
  EXPECT_EQ(format_message("{a} and {b}, {a}", {{"a", "x"}, {"b", "{a}"}}), "x and {a}, x");
  EXPECT_EQ(format_message("no {argument} here", {}), "no  here");
}

TEST(FormatMessage, ChoosesTheFormOfANumber) {
  constexpr auto kText = "{n, plural, one {1 set of {what}} other {{n} sets of {what}}}.";
  EXPECT_EQ(format_message(kText, {{"n", "1"}, {"what", "squats"}}), "1 set of squats.");
  EXPECT_EQ(format_message(kText, {{"n", "11"}, {"what", "squats"}}), "11 sets of squats.");
  EXPECT_EQ(format_message(kText, {{"n", "0"}, {"what", "squats"}}), "0 sets of squats.");
}

TEST(FormatMessage, EndsWithAnyText) {
  for (const char* text :
       {"{", "}", "{}", "{n, plural,", "{n, plural, one", "{n, plural, one {", "{{}", "a{b}}"})
    EXPECT_LT(format_message(text, {{"n", "1"}}).size(), 9U) << text;
}

TEST(Texts, SpeakTheLanguageOfATagOrEnglish) {
  EXPECT_EQ(Texts("mail", "de-AT").language(), "de");
  EXPECT_EQ(Texts("mail", "es").language(), "es");
  EXPECT_EQ(Texts("mail", "ar-EG").language(), "ar");
  EXPECT_EQ(Texts("mail", "tlh").language(), "en");
  EXPECT_EQ(Texts("mail", "").language(), "en");
  EXPECT_EQ(Texts("report", "de").language(), "en") << "reports are written in English";
  EXPECT_EQ(Texts("mail", "de")("message.subject", {{"site", "Praxis"}}), "Praxis: eine neue Nachricht");
}

TEST(PermittedTag, AFurtherLanguageIsOffUntilTheClinicPermitsIt) {
  EXPECT_TRUE(is_further("ar-EG"));
  EXPECT_FALSE(is_further("arn")) << "Mapudungun";
  EXPECT_EQ(permitted_tag("ar-EG", {"ar"}), "ar-EG");
  EXPECT_EQ(permitted_tag("ar-EG", {}), "");
  EXPECT_EQ(permitted_tag("de", {}), "de");
  EXPECT_EQ(permitted_tag("", {"ar"}), "");
}

TEST(Texts, ADayKeepsItsOrderBetweenArabicWords) {
  const std::string said =
      Texts("mail", "ar")("appointment.text", {{"day", "2026-03-14"}, {"time", "09:30"}});
  EXPECT_NE(said.find("\u20662026-03-14\u2069"), std::string::npos) << said;
  EXPECT_NE(said.find("\u206609:30\u2069"), std::string::npos) << said;
}

TEST(Texts, ShowAKeyWithoutAText) {
  EXPECT_EQ(Texts("mail", "es")("no.such"), "[no.such]");
}

TEST(Texts, Count) {
  EXPECT_EQ(Texts("report", "en").count("combined.sessions", 1), "1 session");
  EXPECT_EQ(Texts("report", "en").count("combined.sessions", 3), "3 sessions");
}

}  // namespace
}  // namespace reprise::translations
