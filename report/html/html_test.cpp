// SPDX-License-Identifier: Apache-2.0
#include "report/html/html.h"

#include <gtest/gtest.h>

namespace reprise::report {
namespace {

TEST(Escaped, MarkupBecomesText) {
  EXPECT_EQ(escaped("<script>alert('a\"b')&</script>"),
            "&lt;script&gt;alert(&#39;a&quot;b&#39;)&amp;&lt;/script&gt;");
  EXPECT_EQ(escaped("plain − 5° ü 漢"), "plain − 5° ü 漢");
  EXPECT_EQ(escaped(""), "");
}

TEST(Escaped, ReplacesWhatIsNotUtf8) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(escaped("a\xFF"
                    "b"),
            "a" + r + "b");
  EXPECT_EQ(escaped("\xC3"), r) << "cut short";
  EXPECT_EQ(escaped("\xC0\xBC"), r + r) << "overlong '<'";
  EXPECT_EQ(escaped("\xED\xA0\x80"), r + r + r) << "surrogate";
  EXPECT_EQ(escaped("\xF4\x90\x80\x80"), r + r + r + r) << "beyond U+10FFFF";
  EXPECT_EQ(escaped("\xC3<"), r + "&lt;") << "a broken lead must not swallow a bracket";
}

TEST(Escaped, ReplacesControlCharacters) {
  EXPECT_EQ(escaped(std::string_view("a\0b\x1b", 4)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD");
  EXPECT_EQ(escaped("a\n\tb"), "a\n\tb");
}

TEST(HtmlBuilder, EscapesTextAndAttributesAndClosesElements) {
  Html html;
  html.open("p", {{"title", "\"><img>"}}).text("1 < 2").leaf("b", {{"class", "x"}}, "&").empty("br").close();
  EXPECT_EQ(html.take(), "<p title=\"&quot;&gt;&lt;img&gt;\">1 &lt; 2<b class=\"x\">&amp;</b><br></p>\n");
}

TEST(HtmlBuilder, ClosesShapesForSvg) {
  Html html;
  html.open("g").empty("line", {{"x1", "0"}}).close();
  EXPECT_EQ(html.take(), "<g><line x1=\"0\"/></g>");
}

}  // namespace
}  // namespace reprise::report
