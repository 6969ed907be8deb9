// SPDX-License-Identifier: Apache-2.0
#include "record/index/text_folding.h"

#include <gtest/gtest.h>

#include <string>

namespace reprise::record {
namespace {

TEST(FoldText, FoldsSpellingsOfOneName) {
  EXPECT_EQ(fold_text("  Åse\tMÜLLER "), "ase muller");
  EXPECT_EQ(fold_text("A\xCC\x8Ase"), fold_text("Åse")) << "an accent of its own, or with its letter";
  EXPECT_EQ(fold_text("Straße Łódź Ørsted Þór"), "strasse lodz orsted thor");
  EXPECT_EQ(fold_text("ΆΛΦΑΣ"), fold_text("άλφας"));
  EXPECT_EQ(fold_text("Ёлка"), fold_text("елка"));
  EXPECT_EQ(fold_text("İstanbul ﬁn Ｗｉｄｅ"), "istanbul fin wide");
  EXPECT_EQ(fold_text("a\xC2\xA0\xE3\x80\x80z"), "a z") << "spaces of all widths";
  EXPECT_EQ(fold_text("김철수 田中"), "김철수 田中");
  EXPECT_EQ(fold_text("%_'\\"), "%_'\\");
}

TEST(FoldText, ChangesNothingTheSecondTime) {
  for (const char* text : {"Ǆ ǅ ŉ ẞ", "ϓ ϔ ᾳ ΐ", "שָׁלוֹם مَرْحَبًا", "Ⅷ ½ ™", "\xF0\x9D\x95\xB3"}) {
    EXPECT_EQ(fold_text(fold_text(text)), fold_text(text)) << text;
  }
  std::optional<std::string> letter = "\xC2\x80";
  for (; letter < "\xF0\x90\x80\x80"; letter = after_prefix(*letter)) {
    ASSERT_EQ(fold_text(fold_text(*letter)), fold_text(*letter)) << *letter;
  }
}

TEST(FoldText, KeepsLettersThatAreNoAccents) {
  EXPECT_EQ(fold_text("हिन्दी ไทย தமிழ்"), "हिन्दी ไทย தமிழ்") << "vowel signs of these scripts";
  EXPECT_EQ(fold_text("각"), "각") << "a syllable stays whole";
}

TEST(FoldText, AcceptsInvalidText) {
  EXPECT_EQ(fold_text(""), "");
  EXPECT_EQ(fold_text(std::string_view{"a\0b", 3}),
            "a\xEF\xBF\xBD"
            "b");
  for (const char* bad : {"\xFF", "\xC3", "\xE2\x82", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    EXPECT_EQ(fold_text(bad).substr(0, 3), "\xEF\xBF\xBD");
    EXPECT_FALSE(is_plain_text(bad));
    EXPECT_TRUE(is_plain_text(plain_text(bad)));
  }
  EXPECT_FALSE(is_plain_text(std::string_view{"a\0", 2}));
}

TEST(ShortText, IsEqualForEqualTextsOnly) {
  const std::string fits(kLongestIndexed, 'a');
  EXPECT_EQ(short_text(fits), fits);
  const std::string one = short_text(fits + "b");
  EXPECT_EQ(one, short_text(fits + "b"));
  EXPECT_NE(one, short_text(fits + "c"));
  EXPECT_LT(one.size(), kLongestIndexed + 100);
  // Cut between letters, not in one.
  std::string wide(kLongestIndexed - 1, 'a');
  wide += "ßß";
  EXPECT_TRUE(is_plain_text(short_text(wide)));
  EXPECT_EQ(beginning(wide).size(), kLongestIndexed - 1);
}

TEST(AfterPrefix, ComesAfterAllThatBeginsWithIt) {
  EXPECT_EQ(after_prefix("ab"), "ac");
  EXPECT_EQ(after_prefix("a\x7F"), "a\xC2\x80");
  EXPECT_EQ(after_prefix("\xED\x9F\xBF"), "\xEE\x80\x80") << "no half of a pair";
  EXPECT_EQ(after_prefix("a\xF4\x8F\xBF\xBF"), "b");
  EXPECT_FALSE(after_prefix(""));
  EXPECT_FALSE(after_prefix("\xF4\x8F\xBF\xBF"));
}

}  // namespace
}  // namespace reprise::record
