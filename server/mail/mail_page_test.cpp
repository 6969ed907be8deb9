// SPDX-License-Identifier: Apache-2.0
#include "server/mail/mail_page.h"

#include <gmock/gmock.h>

#include <sstream>

#include "server/mail/mail_colors.h"
#include "server/mail/templates.h"

namespace reprise::server::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kLink = "https://clinic.example.org/new-password#a_b-c";
constexpr const char* kReminders = "https://clinic.example.org/reminders";

record::Mail mail_of(std::string_view key, std::string_view tag) {
  return write_mail(key, tag, "a@example.org",
                    {{"site", "Clinic"},
                     {"name", "anna"},
                     {"link", kLink},
                     {"reminders", kReminders},
                     {"day", "2026-03-14"},
                     {"time", "09:30"}});
}

int count(std::string_view text, std::string_view part) {
  int n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; at += part.size()) ++n;
  return n;
}

TEST(WriteMail, SaysTheSameInBothFormsInEachLanguage) {
  for (const char* tag : {"en", "de", "es", "ar"}) {
    for (const char* key :
         {"invitation", "address_changed", "reset", "password_reset", "password_changed", "passkeys_changed",
          "oversight", "emergency_patient", "emergency", "message", "message_patient", "erasure", "care_team",
          "urgent_flag", "safety_flag", "appointment", "exercises", "reminder_question"}) {
      const record::Mail mail = mail_of(key, tag);
      EXPECT_THAT(mail.html, Not(HasSubstr("["))) << key << ' ' << tag << ": a text is not in mail.json";
      const std::string direction = std::string_view{tag} == "ar" ? "rtl" : "ltr";
      EXPECT_THAT(mail.html, HasSubstr("<html lang=\"" + std::string{tag} + "\" dir=\"" + direction + '"'));
      EXPECT_THAT(mail.html, HasSubstr("<title>" + mail.subject + "</title>"));
      std::istringstream lines(mail.text);
      for (std::string line; std::getline(lines, line);) {
        const std::size_t begin = line.find_first_not_of(' ');
        if (begin != std::string::npos) {
          EXPECT_THAT(mail.html, HasSubstr(line.substr(begin))) << key;
        }
      }
    }
  }
}

TEST(WriteMail, MakesTheFirstLinkAButtonAndShowsEachAddress) {
  const std::string page = mail_of("exercises", "en").html;
  EXPECT_EQ(count(page, "class=\"action\""), 1);
  EXPECT_THAT(page, ::testing::ContainsRegex("class=\"action\" href=\"" + std::string{kLink} +
                                             "\"[^>]*>See the exercises</a>"));
  EXPECT_THAT(page, ::testing::ContainsRegex("class=\"address\" href=\"" + std::string{kReminders} +
                                             "\"[^>]*>Change the reminders</a>"));
  EXPECT_EQ(count(page, kLink), 2);
  EXPECT_EQ(count(page, kReminders), 2);
  EXPECT_THAT(
      mail_of("reminder_question", "de").html,
      ::testing::ContainsRegex("href=\"" + std::string{kReminders} + "\"[^>]*>Erinnerungen ändern</a>"));
}

TEST(MailPage, LoadsNothing) {
  const std::string page = mail_of("invitation", "en").html;
  for (const char* request : {"src=", "<img", "<link", "<script", "url(", "@import", "background=", "<form"})
    EXPECT_THAT(page, Not(HasSubstr(request)));
  EXPECT_EQ(count(page, "://"), count(page, kLink)) << "no address but the link";
}

TEST(MailPage, NoWordBecomesMarkup) {
  const std::string page = mail_page({.language = "en",
                                      .site = "<b>&\"",
                                      .subject = "<b>&\": <i>",
                                      .text = "<u> \"x\"\n\n  https://x/\"><script>\n",
                                      .labels = {"<s>"}});
  for (const char* markup : {"<b>", "<i>", "<u>", "<s>", "<script>"})
    EXPECT_THAT(page, Not(HasSubstr(markup)));
  EXPECT_THAT(page, HasSubstr("href=\"https://x/&quot;&gt;&lt;script&gt;\""));
  EXPECT_THAT(page, HasSubstr(">&lt;b&gt;&amp;&quot;</p>"));
  EXPECT_THAT(page, HasSubstr(">&lt;i&gt;</h1>"));
}

TEST(MailPage, KeepsParagraphsAndLines) {
  const std::string page =
      mail_page({.language = "en", .site = "C", .subject = "C: one", .text = "A.\nB.\n\nC.\n", .labels = {}});
  EXPECT_THAT(page, HasSubstr("A.<br>\nB.</p>"));
  EXPECT_THAT(page, HasSubstr(">C.</p>"));
  EXPECT_EQ(count(page, "<p"), count(page, "</p>"));
  EXPECT_THAT(page, HasSubstr(">One</h1>"));
}

TEST(MailPage, HasTheDesignsColorsForBothThemes) {
  const std::string page = mail_of("message", "en").html;
  const std::size_t dark = page.find("@media (prefers-color-scheme: dark)");
  ASSERT_NE(dark, std::string::npos);
  EXPECT_THAT(page.substr(dark), HasSubstr(".card { background: " + std::string{dark_colors().card}));
  EXPECT_THAT(page, HasSubstr("background: " + std::string{light_colors().action}));
  EXPECT_NE(light_colors().ground, dark_colors().ground);
  // What changes its color in the dark has a class for it.
  for (const char* one : {"ground", "card", "text", "quiet", "action"})
    EXPECT_THAT(page, HasSubstr("class=\"" + std::string{one} + "\" "));
}

}  // namespace
}  // namespace reprise::server::mail
