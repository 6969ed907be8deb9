// SPDX-License-Identifier: Apache-2.0
// `reprise recognize`: what a movement looks like, without being told.

#include "tests/command/command_checks.h"

namespace reprise {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

TEST(Recognize, NamesASimulatedExerciseFromItsLandmarks) {
  const TemporaryFolder folder;
  for (const char* exercise : {"squat", "elbow_flexion", "bridge"}) {
    const auto made = folder / exercise;
    const Ran generated =
        run_reprise({"generate", exercise, "--repetitions", "3", "--azimuth", "-60", "--out", made.string()});
    ASSERT_EQ(generated.exit_code, 0) << generated.error;
    const auto landmarks = (made / "landmarks.json").string();
    const Ran ran = run_reprise({"recognize", landmarks, "--json", "--top", "3"});
    ASSERT_EQ(ran.exit_code, 0) << ran.error;
    const auto document = nlohmann::json::parse(ran.out);
    EXPECT_EQ(document["file"], landmarks);
    EXPECT_LT(document["unknown"].get<double>(), 0.5) << exercise;
    ASSERT_EQ(document["ranked"].size(), 3U);
    const auto first = document["ranked"][0]["exercises"].get<std::vector<std::string>>();
    EXPECT_THAT(first, Contains(exercise));
    EXPECT_THAT(run_reprise({"recognize", landmarks}).out, HasSubstr(exercise));
  }
}

TEST(Recognize, NamesTheStageTheCauseAndTheRemedy) {
  const TemporaryFolder folder;
  put_file(folder / "broken.npy", "\x93NUMPY");
  const Ran array = run_reprise({"recognize", (folder / "broken.npy").string()});
  EXPECT_EQ(array.exit_code, 4);
  EXPECT_THAT(array.error, HasSubstr("what to do"));
}

}  // namespace
}  // namespace reprise
