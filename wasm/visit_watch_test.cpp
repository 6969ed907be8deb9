// SPDX-License-Identifier: Apache-2.0
#include "wasm/visit_watch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

namespace reprise::wasm {
namespace {

constexpr int kVisitWidth = 320;
constexpr int kVisitHeight = 240;
constexpr double kPictureS = 1.0 / 12;

/// Answers every request: no one, or one person who fills the region that is looked at. `beside`: the second
/// look of the detector finds someone a person's width away.
int look_once(VisitWatch& visit, double time_s, bool someone = true, bool beside = false) {
  const auto pixels = visit.picture(kVisitWidth, kVisitHeight);
  std::fill(pixels->begin(), pixels->end(), std::uint8_t{51});
  auto wanted = visit.begin(Seconds{time_s});
  int requests = 0;
  int detections = 0;
  while (wanted && *wanted != Wanted::nothing) {
    ++requests;
    if (*wanted == Wanted::detector) {
      auto& detector = visit.detector_output();
      std::fill(detector.logits.begin(), detector.logits.end(), -50.0F);
      if (someone) {
        const float x = beside && ++detections == 2 ? 28 : 108;
        const std::array<float, 8> box = {x, 108, 40, 40, x, 108, x, 58};
        std::copy(box.begin(), box.end(), detector.boxes.begin());
        detector.logits[0] = 5;
      }
    } else {
      auto& landmarks = visit.landmark_output();
      std::fill(landmarks.heatmap.begin(), landmarks.heatmap.end(), -60.0F);
      std::fill(landmarks.world_m.begin(), landmarks.world_m.end(), 0.3F);
      for (std::size_t i = 0; i < 39; ++i) {
        landmarks.landmarks[5 * i] = 128;
        const bool shoulder = i == 11 || i == 12;
        landmarks.landmarks[5 * i + 1] = i == 34 ? 64 : shoulder ? 98 : 128;
        landmarks.landmarks[5 * i + 2] = 0;
        landmarks.landmarks[5 * i + 3] = landmarks.landmarks[5 * i + 4] = 4;
      }
      landmarks.presence = someone ? 0.9F : 0;
    }
    wanted = visit.answer();
  }
  EXPECT_TRUE(wanted) << wanted.error().cause;
  return requests;
}

VisitWatch visit_of_nothing() {
  return VisitWatch{1, {}, {}};
}

TEST(VisitWatch, LooksForThePatientAndThenForTheHelper) {
  VisitWatch visit = visit_of_nothing();
  EXPECT_EQ(look_once(visit, 0, false), 1) << "where no patient is seen, no helper is looked for";
  EXPECT_FALSE(visit.seen().frame.pose);
  EXPECT_FALSE(visit.helper());
  EXPECT_EQ(look_once(visit, kPictureS), 4) << "a detector and a landmark network each";
  EXPECT_TRUE(visit.seen().frame.pose);
  EXPECT_FALSE(visit.helper()) << "the patient was found twice";
  EXPECT_FALSE(visit.reacquired());
  EXPECT_NEAR(visit.light(), 0.2, 1e-9);
  EXPECT_EQ(visit.pictures(), 2U);
  EXPECT_NEAR(visit.watched().value(), kPictureS, 1e-9);
}

TEST(VisitWatch, SomeoneBesideThePatientIsTheHelper) {
  VisitWatch visit = visit_of_nothing();
  for (int i = 0; i < 10; ++i) look_once(visit, i * kPictureS, true, true);
  EXPECT_TRUE(visit.helper());
}

TEST(VisitWatch, WhoIsFoundTwiceIsLookedForAgainAfterASecond) {
  VisitWatch visit = visit_of_nothing();
  EXPECT_EQ(look_once(visit, 0), 4);
  // The patient's landmarks, and at times the detector.
  for (int i = 1; i < 12; ++i) EXPECT_LE(look_once(visit, i * kPictureS), 2);
  EXPECT_GE(look_once(visit, 1.01), 3) << "a detector and a landmark network more";
  EXPECT_FALSE(visit.helper());
}

TEST(VisitWatch, APauseIsNoTimeAndChoosesThePatientAnew) {
  VisitWatch visit = visit_of_nothing();
  for (int i = 0; i < 13; ++i) look_once(visit, i * kPictureS);
  visit.pause();
  EXPECT_FALSE(visit.helper());
  look_once(visit, 100, false);
  EXPECT_FALSE(visit.reacquired()) << "nobody is there yet";
  look_once(visit, 100 + kPictureS);
  EXPECT_TRUE(visit.reacquired());
  look_once(visit, 100 + 2 * kPictureS);
  EXPECT_FALSE(visit.reacquired());
  EXPECT_NEAR(visit.watched().value(), 1 + 2 * kPictureS, 1e-9);
  EXPECT_EQ(visit.pictures(), 16U);
}

TEST(VisitWatch, RefusesWhatItCannotUseAndGoesOn) {
  VisitWatch visit = visit_of_nothing();
  EXPECT_EQ(visit.begin(Seconds{0}).error().code, ErrorCode::invalid_argument) << "no picture yet";
  EXPECT_EQ(visit.answer().error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(visit.picture(0, 5).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(visit.findings_text({}, std::nullopt).error().code, ErrorCode::nothing_measured);
  look_once(visit, 1);
  ASSERT_TRUE(visit.picture(kVisitWidth, kVisitHeight));
  EXPECT_EQ(visit.begin(Seconds{1}).error().code, ErrorCode::invalid_argument) << "not later";
  // A network that answers nonsense: the picture is dropped, the next one is seen.
  ASSERT_EQ(visit.begin(Seconds{1 + kPictureS}).value(), Wanted::landmarks);
  visit.landmark_output().landmarks[0] = std::numeric_limits<float>::quiet_NaN();
  visit.landmark_output().presence = 1;
  EXPECT_EQ(visit.answer().error().code, ErrorCode::corrupt);
  EXPECT_EQ(visit.answer().error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(visit.pictures(), 1U);
  look_once(visit, 1 + 2 * kPictureS);
  EXPECT_EQ(visit.pictures(), 2U);
}

TEST(VisitWatch, SomeoneWhoKeepsStillMakesNoProposal) {
  VisitWatch visit = visit_of_nothing();
  for (int i = 0; i < 60; ++i) look_once(visit, i * kPictureS);
  SetFacts facts;
  facts.source.kind = session::SourceKind::simulated;
  for (const auto last : {std::optional<Seconds>{}, std::optional{Seconds{2}}}) {
    const auto text = visit.findings_text(facts, last);
    ASSERT_TRUE(text) << text.error().cause;
    const auto document = nlohmann::json::parse(*text);
    EXPECT_EQ(document["schema"], "reprise.visit/1");
    EXPECT_EQ(document["simulated"], true);
    EXPECT_NEAR(document["pictures_per_s"].get<double>(), 12, 0.1);
    EXPECT_TRUE(document["proposals"].empty());
  }
  const auto refused = visit.accepted_text(R"({"accepted":[],"startedAt":"2026-11-27T08:00:00Z"})", facts);
  EXPECT_EQ(refused.error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(visit.accepted_text(R"({"accepted":[{"number":-1}]})", facts).error().code,
            ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::wasm
