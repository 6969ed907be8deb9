// SPDX-License-Identifier: Apache-2.0
#include "record/audit/head_text.h"

#include <gmock/gmock.h>

#include "record/audit/head.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string sample_head() {
  std::array<std::uint8_t, 32> seed{};
  seed.fill(3);
  const SigningKey key = signing_key(seed);
  return signed_line(
      {std::string(32, 'a'), 17, first_hash("x"), 1'700'000'000'000'000, 3, first_hash("y"), key.public_key},
      key);
}

TEST(HeadsInText, SurviveMailPrograms) {
  const std::string head = sample_head();
  ASSERT_TRUE(read_signed_line(head));
  EXPECT_THAT(heads_in(head), ElementsAre(head));
  EXPECT_THAT(heads_in("Subject: x\r\n\r\nKeep this:\r\n\r\n" + head + "\r\n-- \r\n"), ElementsAre(head));
  std::string wrapped;
  std::string soft;
  for (std::size_t i = 0; i < head.size(); i += 70) {
    wrapped += "> " + head.substr(i, 70) + "\r\n";
    soft += head.substr(i, 70) + "=\r\n";
  }
  EXPECT_THAT(heads_in("> Keep this:\n" + wrapped), ElementsAre(head));
  EXPECT_THAT(heads_in(soft), ElementsAre(head));
  EXPECT_THAT(heads_in(head + "\n" + head), ElementsAre(head, head));
}

TEST(HeadsInText, AreNotFoundWhereThereAreNone) {
  for (const char* text : {"", "{}", "{\"log\"", "{\"log\":", "{\"lo", "log } {\"log\":"})
    EXPECT_THAT(heads_in(text), IsEmpty()) << text;
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "{\"log\":}";
  EXPECT_EQ(heads_in(many).size(), 1000U);
}

}  // namespace
}  // namespace reprise::record
