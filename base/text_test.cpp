// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

namespace reprise {
namespace {

TEST(Text, LowerCaseChangesAsciiLettersOnly) {
  EXPECT_EQ(lower_case("@AZ[`az{ \xC3\x84"), "@az[`az{ \xC3\x84");
  EXPECT_TRUE(same_word("Content-Type", "content-TYPE"));
  EXPECT_FALSE(same_word("a", "ab"));
  EXPECT_FALSE(same_word("@", "`"));
}

TEST(Text, UuidsAreInLowerCase) {
  EXPECT_TRUE(is_uuid("0123abcd-4567-89ef-0123-456789abcdef"));
  EXPECT_FALSE(is_uuid("0123ABCD-4567-89EF-0123-456789ABCDEF"));
  EXPECT_FALSE(is_uuid("0123abcd-4567-89ef-0123-456789abcde"));
  EXPECT_FALSE(is_uuid("0123abcd-4567-89ef-0123-456789abcdefa"));
  EXPECT_FALSE(is_uuid("0123abcd04567-89ef-0123-456789abcdef"));
  EXPECT_FALSE(is_uuid("0123abcg-4567-89ef-0123-456789abcdef"));
  EXPECT_FALSE(is_uuid(""));
}

}  // namespace
}  // namespace reprise
