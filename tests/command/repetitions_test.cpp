// SPDX-License-Identifier: Apache-2.0
// `reprise repetitions`: counting without being told what.

#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::HasSubstr;

TEST(Repetitions, AreCountedInEveryKindOfLandmarkFile) {
  const TemporaryFolder folder;
  const auto made = folder / "made";
  const Ran generated =
      run_reprise({"generate", "squat", "--repetitions", "4", "--azimuth", "-45", "--out", made.string()});
  ASSERT_EQ(generated.exit_code, 0) << generated.error;
  const auto landmarks = (made / "landmarks.json").string();
  const Ran ran = run_reprise({"repetitions", landmarks, "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.error;
  const auto document = nlohmann::json::parse(ran.out);
  EXPECT_EQ(document["file"], landmarks);
  EXPECT_EQ(document["count"], 4);
  ASSERT_EQ(document["repetitions"].size(), 4U);
  int before = -1;
  for (const auto& repetition : document["repetitions"]) {
    EXPECT_GT(repetition["start_frame"].get<int>(), before);
    EXPECT_GT(repetition["end_frame"].get<int>(), repetition["start_frame"].get<int>());
    EXPECT_GE(repetition["confidence"].get<double>(), 0);
    EXPECT_LE(repetition["confidence"].get<double>(), 1);
    before = repetition["start_frame"].get<int>();
  }
  EXPECT_THAT(run_reprise({"repetitions", landmarks}).out, HasSubstr("4 repetitions in"));
}

TEST(Repetitions, NameTheStageTheCauseAndTheRemedy) {
  const TemporaryFolder folder;
  put_file(folder / "session.json", R"({"schema": "reprise.session/2"})");
  put_file(folder / "broken.npy", "\x93NUMPY");
  const Ran session = run_reprise({"repetitions", (folder / "session.json").string()});
  EXPECT_EQ(session.exit_code, 4);
  EXPECT_THAT(session.error, HasSubstr("--landmarks"));
  const Ran array = run_reprise({"repetitions", (folder / "broken.npy").string()});
  EXPECT_EQ(array.exit_code, 4);
  EXPECT_THAT(array.error, HasSubstr("what to do"));
}

}  // namespace
}  // namespace reprise
