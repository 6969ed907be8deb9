// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/range_of_motion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/synthesis/generate.h"
#include "exercises/reference_movement.h"
#include "session/measurements/measurement_json.h"
#include "tests/support/shipped_range_tests.h"

namespace reprise::session {
namespace {

using engine::Dof;
using engine::Landmark;
using exercises::RangeMethod;
using exercises::RangeTest;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const RangeTest& tested(const std::string& id) {
  return *or_exit(exercises::find_range_test(shipped_range_tests(), id));
}

const exercises::CatalogExercise* exercise_of(const RangeTest& test) {
  return or_exit(exercises::find(shipped(), test.camera->exercise));
}

// The two tests that start where the exercise that shows them ends.
engine::MovementDefinition own_movement(const RangeTest& test) {
  engine::MovementDefinition movement = exercise_of(test)->movement.correct;
  if (test.id == "elbow_extension") {
    movement.base.push_back({Dof::right_elbow_flexion, Degrees{90}});
    movement.keyframes = {{0, {}},
                          {0.45, {{Dof::right_elbow_flexion, Degrees{6}}}},
                          {0.55, {{Dof::right_elbow_flexion, Degrees{6}}}},
                          {1, {}}};
  }
  if (test.id == "hip_adduction") {
    movement.keyframes = {
        {0, {}},
        {0.45, {{Dof::right_hip_abduction, Degrees{-18}}, {Dof::right_hip_flexion, Degrees{12}}}},
        {0.55, {{Dof::right_hip_abduction, Degrees{-18}}, {Dof::right_hip_flexion, Degrees{12}}}},
        {1, {}}};
  }
  return movement;
}

// SIMULATED: three trials on the right side, filmed from the recommended view, turned by `turned`.
engine::GeneratedMovement three_trials(const RangeTest& test, Degrees turned = Degrees{0}) {
  engine::GenerateOptions options;
  options.repetitions = 3;
  options.camera = exercises::camera_for(test.camera->view);
  options.camera.azimuth = options.camera.azimuth + Radians{turned};
  options.range_scale_each = {1, 0.97, 0.99};
  return or_exit(engine::generate(own_movement(test), options));
}

FilmedRange filmed_as_simulated() {
  FilmedRange filmed;
  filmed.source.kind = SourceKind::simulated;
  return filmed;
}

Result<RangeTrials> trials_in(const RangeTest& test, const engine::GeneratedMovement& movement,
                              const FilmedRange& filmed, std::vector<Warning>& warnings) {
  return filmed_trials(test, exercise_of(test), filmed, movement.frames, warnings);
}

RangeTrials trials_in(const RangeTest& test, const engine::GeneratedMovement& movement) {
  std::vector<Warning> warnings;
  return or_exit(trials_in(test, movement, filmed_as_simulated(), warnings));
}

/// The farthest that the drawn joints go during a trial.
double true_extreme(const RangeTest& test, const engine::GeneratedMovement& movement,
                    const engine::RepetitionTruth& repetition) {
  double farthest = -10;
  for (const engine::PoseFrame& frame : movement.frames) {
    if (frame.time < repetition.start || frame.time > repetition.end || !frame.pose) continue;
    const auto sample = engine::MeasureSet{*frame.pose}.at(test.camera->measure, Side::right);
    if (sample) farthest = std::max(farthest, test.camera->sign * sample->value);
  }
  return farthest;
}

/// The same movement of the left side, filmed from there.
engine::GeneratedMovement on_the_left(const RangeTest& test) {
  engine::GenerateOptions options;
  options.repetitions = 3;
  options.mirror = true;
  options.camera = exercises::camera_for(test.camera->view);
  options.camera.azimuth = -1.0 * options.camera.azimuth;
  return or_exit(engine::generate(own_movement(test), options));
}

class EachFilmedTest : public ::testing::TestWithParam<std::string> {};

TEST_P(EachFilmedTest, FindsThreeTrialsAndTheirAngles) {
  const RangeTest& test = tested(GetParam());
  const auto movement = three_trials(test);
  RangeTrials found = trials_in(test, movement);
  // Its exercise bends to the other side, too.
  if (test.id == "trunk_lateral_flexion")
    std::erase_if(found.trials, [](const RangeTrial& trial) { return trial.side == Side::left; });
  ASSERT_THAT(found.trials, SizeIs(3));
  for (std::size_t i = 0; i < found.trials.size(); ++i) {
    const RangeTrial& trial = found.trials[i];
    const double truth = true_extreme(test, movement, movement.repetitions[i]);
    EXPECT_NEAR(to_degrees(trial.angle).value(), to_degrees(Radians{truth}).value(), 4);
    EXPECT_EQ(trial.note, "") << (trial.view_error ? to_degrees(*trial.view_error).value() : -1);
    EXPECT_EQ(trial.side, test.sided ? std::optional{Side::right} : std::nullopt);
    EXPECT_TRUE(trial.uncertainty);
  }
}

TEST_P(EachFilmedTest, MeasuresTheLeftSideAlike) {
  const RangeTest& test = tested(GetParam());
  if (!test.sided) GTEST_SKIP() << "has no side";
  const RangeTrials right = trials_in(test, three_trials(test));
  const RangeTrials left = trials_in(test, on_the_left(test));
  const auto first_of = [](const RangeTrials& trials, Side side) {
    const auto found = std::find_if(trials.trials.begin(), trials.trials.end(), [&](const RangeTrial& trial) {
      return trial.side == side && trial.note.empty();
    });
    return found == trials.trials.end() ? std::optional<Radians>{} : found->angle;
  };
  const auto angle = first_of(left, Side::left);
  ASSERT_TRUE(angle);
  EXPECT_NEAR(to_degrees(*angle).value(), to_degrees(*first_of(right, Side::right)).value(), 3);
}

std::vector<std::string> filmed_tests() {
  std::vector<std::string> ids;
  for (const RangeTest& test : shipped_range_tests()) {
    if (test.camera) ids.push_back(test.id);
  }
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Shipped, EachFilmedTest, ::testing::ValuesIn(filmed_tests()),
                         [](const auto& param) { return param.param; });

TEST(RangeOfMotion, DoesNotTrustAViewThatIsTurnedTooFar) {
  const RangeTest& test = tested("shoulder_abduction");
  std::vector<Warning> warnings;
  const auto turned = trials_in(test, three_trials(test, Degrees{24}), filmed_as_simulated(), warnings);
  ASSERT_TRUE(turned);
  ASSERT_THAT(turned->trials, SizeIs(3));
  for (const RangeTrial& trial : turned->trials) {
    EXPECT_EQ(trial.note, "out_of_plane");
    EXPECT_NEAR(to_degrees(*trial.view_error).value(), 24, 6);
  }
  EXPECT_THAT(warnings, Contains(Field(&Warning::code, "out_of_plane")));
  const auto d = measure_range_of_motion({}, {&*turned, 1}, {});
  ASSERT_TRUE(d);
  EXPECT_THAT(d->values, IsEmpty()) << "the angles stand in the table, and are no result";
  EXPECT_THAT(d->tables.front().rows, SizeIs(3));
  EXPECT_EQ(trials_in(test, three_trials(test, Degrees{8})).trials.front().note, "");
}

// SIMULATED: the picture is right, and a network's depth is not: the raised arm's points stand `meters`
// nearer.
engine::GeneratedMovement with_wrong_depth(engine::GeneratedMovement movement, double meters) {
  for (engine::PoseFrame& frame : movement.frames) {
    if (!frame.pose) continue;
    for (const Landmark point : {Landmark::right_elbow, Landmark::right_wrist, Landmark::right_index,
                                 Landmark::right_pinky, Landmark::right_thumb})
      frame.pose->world_m[point].v.z() -= meters;
  }
  return movement;
}

FilmedRange filmed_by_a_network() {
  FilmedRange filmed = filmed_as_simulated();
  filmed.models = {{"simulated", ""}};
  return filmed;
}

TEST(RangeOfMotion, TakesAShouldersFlexionFromThePicture) {
  for (const char* id : {"shoulder_flexion", "shoulder_extension"}) {
    const RangeTest& test = tested(id);
    const auto right = three_trials(test);
    std::vector<Warning> warnings;
    const auto found = trials_in(test, with_wrong_depth(right, 0.15), filmed_by_a_network(), warnings);
    ASSERT_TRUE(found);
    ASSERT_THAT(found->trials, SizeIs(3));
    for (std::size_t i = 0; i < 3; ++i) {
      const double truth = true_extreme(test, right, right.repetitions[i]);
      EXPECT_NEAR(to_degrees(found->trials[i].angle).value(), to_degrees(Radians{truth}).value(), 2) << id;
    }
  }
}

TEST(RangeOfMotion, TakesAShouldersFlexionFromTheFitWhereAsked) {
  const RangeTest& test = tested("shoulder_extension");
  const auto movement = with_wrong_depth(three_trials(test), 0.15);
  FilmedRange filmed = filmed_by_a_network();
  std::vector<Warning> warnings;
  const auto by_picture = trials_in(test, movement, filmed, warnings);
  filmed.shoulders_by_picture = false;
  const auto by_fit = trials_in(test, movement, filmed, warnings);
  ASSERT_TRUE(by_picture && by_fit);
  ASSERT_THAT(by_fit->trials, SizeIs(3));
  EXPECT_GT(to_degrees(by_fit->trials[0].angle).value(), to_degrees(by_picture->trials[0].angle).value() + 1);
}

TEST(RangeOfMotion, SaysThatTheOtherSideWasFilmed) {
  const RangeTest& test = tested("shoulder_flexion");
  std::vector<Warning> warnings;
  const auto far = trials_in(test, three_trials(test, Degrees{180}), filmed_as_simulated(), warnings);
  ASSERT_TRUE(far);
  for (const RangeTrial& trial : far->trials) EXPECT_EQ(trial.note, "wrong_side");
  EXPECT_THAT(warnings, Contains(Field(&Warning::code, "wrong_side")));
}

TEST(RangeOfMotion, NamesTheCompensationAndItsTrials) {
  const RangeTest& test = tested("shoulder_abduction");
  engine::GenerateOptions options;
  options.repetitions = 3;
  options.camera = exercises::camera_for(engine::View::front);
  options.faults = {{{{Dof::trunk_lateral_flexion, Degrees{-25}}}, {1}}};
  const auto movement = or_exit(engine::generate(own_movement(test), options));
  std::vector<Warning> warnings;
  ASSERT_TRUE(trials_in(test, movement, filmed_as_simulated(), warnings));
  EXPECT_THAT(warnings, Contains(Field(&Warning::text, HasSubstr("trial 2: Leaning to one side"))));
}

TEST(RangeOfMotion, MeasuresASmallRange) {
  const RangeTest& test = tested("shoulder_flexion");
  engine::GenerateOptions options;
  options.repetitions = 3;
  options.range_scale = 0.2;
  options.camera = exercises::camera_for(engine::View::side);
  const auto movement = or_exit(engine::generate(own_movement(test), options));
  const RangeTrials stiff = trials_in(test, movement);
  ASSERT_THAT(stiff.trials, SizeIs(3));
  EXPECT_NEAR(stiff.trials[0].angle.value(), true_extreme(test, movement, movement.repetitions[0]), 0.07);
}

TEST(RangeOfMotion, RefusesWhatItCannotMeasure) {
  std::vector<Warning> warnings;
  const RangeTest& turn = tested("forearm_pronation");
  EXPECT_EQ(filmed_trials(turn, nullptr, {}, {}, warnings).error().code, ErrorCode::invalid_argument);
  const RangeTest& test = tested("shoulder_flexion");
  EXPECT_EQ(filmed_trials(test, exercise_of(test), {}, {}, warnings).error().code,
            ErrorCode::nothing_measured);
  engine::GenerateOptions still;
  still.range_scale = 0.02;
  still.camera = exercises::camera_for(engine::View::side);
  const auto movement = or_exit(engine::generate(own_movement(test), still));
  const auto none = trials_in(test, movement, filmed_as_simulated(), warnings);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().cause, HasSubstr("no movement of 15°"));
}

TEST(RangeOfMotion, RefusesReadingsThatAreNone) {
  const RangeTest& test = tested("hip_internal_rotation");
  const std::vector<Degrees> right = {Degrees{30}, Degrees{32}};
  const std::vector<Degrees> wrong = {Degrees{270}};
  const auto read = [&](const RangeTest& of, RangeMethod method, std::optional<Side> side,
                        const std::vector<Degrees>& readings) {
    return read_off_trials(of, method, side, false, readings).has_value();
  };
  EXPECT_TRUE(read(test, RangeMethod::goniometer, Side::left, right));
  EXPECT_FALSE(read(test, RangeMethod::goniometer, std::nullopt, right));
  EXPECT_FALSE(read(test, RangeMethod::goniometer, Side::left, {}));
  EXPECT_FALSE(read(test, RangeMethod::goniometer, Side::left, wrong));
  EXPECT_FALSE(read(test, RangeMethod::camera, Side::left, right));
  EXPECT_FALSE(read(tested("neck_flexion"), RangeMethod::inclinometer, Side::left, right));
}

TEST(RangeOfMotion, MakesOneDocumentOfAllTests) {
  const std::vector<Degrees> left = {Degrees{60}, Degrees{64}, Degrees{62}};
  const std::vector<Degrees> right = {Degrees{70}};
  std::vector<RangeTrials> tests;
  for (const auto& [side, readings] : {std::pair{Side::left, left}, std::pair{Side::right, right}})
    tests.push_back(or_exit(read_off_trials(tested("shoulder_internal_rotation"), RangeMethod::goniometer,
                                            side, true, readings)));
  const auto d = measure_range_of_motion({}, tests, {30, exercises::NormSex::male});
  ASSERT_TRUE(d);
  EXPECT_EQ(d->kind, MeasurementKind::range_of_motion);
  const auto value_of = [&](SignalMeasure measure, std::optional<Side> side) -> const MeasuredValue* {
    const auto found = std::find_if(d->values.begin(), d->values.end(), [&](const MeasuredValue& v) {
      return v.measure == measure && v.side == side && v.part == "shoulder_internal_rotation_passive";
    });
    return found == d->values.end() ? nullptr : &*found;
  };
  const auto* value = value_of(SignalMeasure::joint_range, Side::left);
  ASSERT_NE(value, nullptr);
  EXPECT_NEAR(to_degrees(Radians{value->value}).value(), 62, 1e-9);
  EXPECT_NEAR(to_degrees(Radians{*value->spread}).value(), 2, 1e-9);
  EXPECT_EQ(value->uncertainty, std::nullopt) << "how far a goniometer errs here is not known";
  EXPECT_TRUE(value->entered);
  EXPECT_FALSE(value->reference) << "the norms are of active movements";
  const auto* difference = value_of(SignalMeasure::joint_range_difference, std::nullopt);
  ASSERT_NE(difference, nullptr);
  EXPECT_NEAR(to_degrees(Radians{difference->value}).value(), -8, 1e-9);
  const auto text = to_measurement_json(*d);
  ASSERT_TRUE(text);
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(to_measurement_json(*read).value(), *text);
}

TEST(RangeOfMotion, HoldsAnActiveMovementAgainstItsNorm) {
  const std::vector<Degrees> readings = {Degrees{60}};
  const auto trials = or_exit(read_off_trials(tested("shoulder_internal_rotation"), RangeMethod::goniometer,
                                              Side::left, false, readings));
  const auto d = measure_range_of_motion({}, {&trials, 1}, {30, exercises::NormSex::male});
  ASSERT_TRUE(d);
  const auto& reference = d->values.front().reference;
  ASSERT_TRUE(reference);
  EXPECT_EQ(reference->source, "Boone and Azen 1979, ROM1");
  EXPECT_EQ(reference->population, "109 healthy boys and men of 1 to 54");
  EXPECT_EQ(against_reference(d->values.front()), AgainstReference::mean_only);
}

TEST(RangeOfMotion, NeverMixesMethodsOrLosesATest) {
  const std::vector<Degrees> readings = {Degrees{30}};
  const auto by = [&](RangeMethod method, Side side) {
    return or_exit(read_off_trials(tested("hip_internal_rotation"), method, side, false, readings));
  };
  const std::vector<RangeTrials> twice = {by(RangeMethod::goniometer, Side::left),
                                          by(RangeMethod::goniometer, Side::left)};
  EXPECT_EQ(measure_range_of_motion({}, twice, {}).error().code, ErrorCode::invalid_argument);
  const std::vector<RangeTrials> mixed = {by(RangeMethod::goniometer, Side::left),
                                          by(RangeMethod::inclinometer, Side::right)};
  EXPECT_EQ(measure_range_of_motion({}, mixed, {}).error().code, ErrorCode::invalid_argument);
}

TEST(RangeOfMotion, ADetectableChangeIsNeverLessThanTwoValuesMayBeOff) {
  const RangeTest& test = tested("neck_rotation");
  const RangeTrials trials = trials_in(test, three_trials(test));
  const auto d = measure_range_of_motion({}, {&trials, 1}, {});
  ASSERT_TRUE(d);
  for (const MeasuredValue& value : d->values) {
    if (value.measure != SignalMeasure::joint_range) continue;
    const auto change = std::find_if(d->values.begin(), d->values.end(), [&](const MeasuredValue& other) {
      return other.measure == SignalMeasure::detectable_change && other.side == value.side;
    });
    ASSERT_NE(change, d->values.end());
    EXPECT_GE(change->value, 1.41 * *value.uncertainty);
  }
}

}  // namespace
}  // namespace reprise::session
