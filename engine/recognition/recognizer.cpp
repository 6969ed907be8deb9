// SPDX-License-Identifier: Apache-2.0
#include "engine/recognition/recognizer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/recognition/cycle_distance.h"
#include "engine/repetitions/point_frames.h"

namespace reprise::engine {
namespace {

// Unsourced defaults, tuned on simulated people (tests/revalidation/recognition.mjs).
constexpr double kTemperature = 0.06;        // of costs, in probabilities
constexpr double kNotCommon = 0.15;          // added to their distance
constexpr double kStrange = 0.45;            // from here on a movement is rather unknown
constexpr double kStrangeSpread = 0.08;      // how fast
constexpr double kOtherMargin = 0.4;         // farther than the best by this,
constexpr double kCountedMargin = 0.9;       // or, where its gates let repetitions pass, by this
constexpr double kOtherDistance = 0.6;       // and than this: another movement
constexpr double kNoneDistance = 1.55;       // farther than this, and none stands out:
constexpr double kNoneStandsOut = 0.93;      // the best is as far as the next; no known movement
constexpr double kRatherUnknown = 0.9;       // then what it looks like instead is not named
constexpr float kFar = 1.5F;                 // behind the nearest: how far is not looked for
constexpr float kWrongPosition = 0.7F;       // added where the exercise is never done in this position
constexpr std::size_t kMostRepetitions = 5;  // looked at
constexpr int kTemplateFrames = 36;
constexpr std::array<double, 3> kRanges = {1, 0.65, 1.3};  // shares of the drawn movement

bool measures(const ExerciseDefinition& definition, BodyLine line) {
  std::vector<Landmark> used;
  const auto use = [&](const Signal& signal) {
    for (const Side side : {Side::left, Side::right}) {
      const auto of = landmarks_of(signal.measure, side);
      used.insert(used.end(), of.begin(), of.end());
    }
  };
  use(definition.primary);
  for (const Gate& gate : definition.gates) use(gate.signal);
  const auto is_used = [&](Landmark l) { return std::find(used.begin(), used.end(), l) != used.end(); };
  const LineEnds& ends = ends_of(line);
  return is_used(ends.from[0]) && is_used(ends.to[0]);
}

SegmentDirections directions_of(const Pose& pose) {
  PerLandmark<Eigen::Vector3d> points;
  for (std::size_t i = 0; i < kLandmarkCount; ++i) points[i] = pose.world_m[i].v;
  return segment_directions(points, pose.visibility);
}

bool moves_an_arm(Dof dof) {
  return dof >= Dof::right_scapular_elevation ||
         (dof >= Dof::left_scapular_elevation && dof <= Dof::left_wrist_flexion);
}

/// Both arms at once what the right one does. Empty where more than arms move: a leg that lifts needs the
/// other.
std::optional<MovementDefinition> with_both_arms(MovementDefinition movement) {
  const MovementDefinition other = mirrored(movement);
  const auto add = [](std::vector<DofValue>& to, const std::vector<DofValue>& from) {
    for (const DofValue& value : from) {
      const bool there =
          std::any_of(to.begin(), to.end(), [&](const DofValue& v) { return v.dof == value.dof; });
      if (!there) to.push_back(value);
    }
  };
  for (std::size_t k = 0; k < movement.keyframes.size(); ++k) {
    for (const DofValue& value : movement.keyframes[k].angles) {
      if (!moves_an_arm(value.dof)) return std::nullopt;
    }
    add(movement.keyframes[k].angles, other.keyframes[k].angles);
  }
  return movement;
}

/// One repetition as drawn, seen from the front. Empty where the body model refuses it.
std::vector<SegmentDirections> drawn(MovementDefinition movement, double range, bool mirror) {
  GenerateOptions options;
  options.repetitions = 1;
  options.before = options.rest = options.after = Seconds{0};
  options.range_scale = range;
  options.mirror = mirror;
  options.frame_rate = Hertz{kTemplateFrames / 4.0};
  movement.duration = Seconds{4};
  std::vector<SegmentDirections> out;
  if (const auto generated = generate(movement, options)) {
    for (const PoseFrame& frame : generated->frames) {
      Pose pose = *frame.pose;
      for (double& seen : pose.visibility) seen = 1;
      out.push_back(directions_of(pose));
    }
  }
  return out;
}

/// 0 to 1: how far the best is, as a share of the next. Precondition: ranked.
double nearest_to_next(const Recognition& recognition) {
  const double nearest = recognition.ranked.front().cost;
  return recognition.ranked.size() > 1 ? nearest / std::max(recognition.ranked[1].cost, 1e-9) : 1;
}

}  // namespace

const RankedGroup* Recognition::of(std::string_view exercise) const {
  for (const RankedGroup& group : ranked) {
    if (std::find(group.exercises.begin(), group.exercises.end(), exercise) != group.exercises.end())
      return &group;
  }
  return nullptr;
}

void fill_probabilities(Recognition& recognition) {
  std::sort(recognition.ranked.begin(), recognition.ranked.end(),
            [](const RankedGroup& a, const RankedGroup& b) { return a.cost < b.cost; });
  recognition.unknown = 1;
  if (recognition.ranked.empty()) return;
  const double nearest = recognition.ranked.front().distance;
  // A known movement fits, and fits better than the next.
  const double strange = nearest * nearest_to_next(recognition);
  recognition.unknown = 1 / (1 + std::exp((kStrange - strange) / kStrangeSpread));
  double sum = 0;
  for (RankedGroup& group : recognition.ranked) {
    group.probability = std::exp((recognition.ranked.front().cost - group.cost) / kTemperature);
    sum += group.probability;
  }
  for (RankedGroup& group : recognition.ranked) group.probability *= (1 - recognition.unknown) / sum;
}

std::optional<OtherMovement> looks_like_other(const Recognition& recognition, std::string_view exercise,
                                              int counted) {
  const RankedGroup* named = recognition.of(exercise);
  if (named == nullptr) return std::nullopt;
  const RankedGroup& best = recognition.ranked.front();
  if (named->distance > kNoneDistance && nearest_to_next(recognition) > kNoneStandsOut)
    return OtherMovement{};
  const double margin = counted > 1 ? kCountedMargin : kOtherMargin;
  if (named->distance < kOtherDistance || named->distance < best.distance + margin) return std::nullopt;
  return recognition.unknown < kRatherUnknown ? OtherMovement{best} : OtherMovement{};
}

Recognizer::Recognizer(std::span<const KnownExercise> exercises) {
  for (const KnownExercise& known : exercises) {
    const ExerciseDefinition& definition = known.definition;
    Exercise exercise{definition.id, known.name, known.group, {}, definition.positions_on_the_way,
                      known.common};
    exercise.positions.add(definition.positions_at_start);
    for (const BodyPosition position : definition.positions) exercise.positions.add(position);
    for (std::size_t l = 0; l < kBodyLineCount; ++l)
      exercise.measured[l] = measures(definition, static_cast<BodyLine>(l));
    const std::size_t index = exercises_.size();
    for (const double range : kRanges) {
      const auto right = drawn(known.movement, range, false);
      const auto left = drawn(known.movement, range, true);
      if (right.empty() || left.empty()) break;
      templates_.push_back({index, movement_cycle(right)});
      templates_.push_back({index, movement_cycle(left)});
      if (const auto together = known.both_sides ? with_both_arms(known.movement) : std::nullopt)
        templates_.push_back({index, movement_cycle(drawn(*together, range, false))});
      if (definition.sided) {
        auto both = right;
        both.insert(both.end(), left.begin(), left.end());
        templates_.push_back({index, movement_cycle(both)});
      }
      if (definition.kind == Kind::hold) {
        const std::size_t middle = right.size() / 2;
        templates_.push_back({index, stillness(movement_cycle(std::span{right}.subspan(middle, 1)))});
        templates_.push_back({index, stillness(movement_cycle(std::span{left}.subspan(middle, 1)))});
      }
    }
    if (!templates_.empty() && templates_.back().exercise == index) exercises_.push_back(std::move(exercise));
  }
}

std::vector<float> Recognizer::distances(const Observed& observed) const {
  std::vector<float> away;
  for (const Exercise& exercise : exercises_) {
    std::size_t outside = 0;
    for (const BodyPositions& positions : observed.positions) {
      if (!exercise.positions.empty() && !positions.any_of(exercise.positions)) ++outside;
    }
    const auto all = static_cast<float>(std::max<std::size_t>(1, observed.positions.size()));
    away.push_back(kWrongPosition * static_cast<float>(outside) / all);
  }
  // Templates that fit best on average come first, so that the rest need not be looked at.
  struct Candidate {
    const Template* drawn;
    std::array<SeenFrom, kDirectionsTried> nearest;
    float at_least;
  };
  std::vector<Candidate> candidates;
  std::vector<float> at_least(exercises_.size(), std::numeric_limits<float>::max());
  for (const Template& t : templates_) {
    const auto nearest = nearest_directions(observed.cycle, t.cycle, exercises_[t.exercise].measured);
    candidates.push_back({&t, nearest, away[t.exercise] + nearest.front().mean});
    at_least[t.exercise] = std::min(at_least[t.exercise], candidates.back().at_least);
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.at_least < b.at_least; });
  std::vector<float> found(exercises_.size(), std::numeric_limits<float>::max());
  float nearest_of_all = std::numeric_limits<float>::max();
  for (const Candidate& candidate : candidates) {
    const std::size_t e = candidate.drawn->exercise;
    const float worth_less = std::min(found[e], nearest_of_all + kFar);
    if (candidate.at_least >= worth_less) continue;
    const float apart =
        away[e] + cycle_distance(observed.cycle, candidate.drawn->cycle, exercises_[e].measured,
                                 candidate.nearest, worth_less - away[e]);
    found[e] = std::min(found[e], apart);
    nearest_of_all = std::min(nearest_of_all, apart);
  }
  // Of those that were not looked at it is known that they are far.
  for (std::size_t e = 0; e < found.size(); ++e) {
    if (found[e] > nearest_of_all + kFar) found[e] = std::max(at_least[e], nearest_of_all + kFar);
  }
  return found;
}

Recognition Recognizer::recognize(std::span<const PoseFrame> frames) const {
  std::vector<SegmentDirections> directions;
  std::vector<std::size_t> at;  // index into `directions` of the first seen frame from this one on
  for (const PoseFrame& frame : frames) {
    at.push_back(directions.size());
    if (frame.pose) directions.push_back(directions_of(*frame.pose));
  }
  at.push_back(directions.size());
  Recognition result;
  if (directions.empty() || exercises_.empty()) return result;

  std::vector<Observed> looks;
  const auto look_at = [&](std::size_t from, std::size_t until) {
    if (at[until] <= at[from]) return;
    Observed look{movement_cycle(std::span{directions}.subspan(at[from], at[until] - at[from])), {}};
    const std::size_t step = std::max<std::size_t>(1, (until - from) / kCyclePhases);
    for (std::size_t i = from; i < until; i += step) {
      if (frames[i].pose) look.positions.push_back(possible_positions(*frames[i].pose));
    }
    looks.push_back(std::move(look));
  };
  const double span = frames.size() > 1 ? (frames.back().time - frames.front().time).value() : 0;
  const Hertz rate{span > 0 ? static_cast<double>(frames.size() - 1) / span : 30};
  result.repetitions = count_repetitions(point_frames(frames), {.rate = rate});
  const auto& repetitions = result.repetitions;
  const std::size_t taken = std::min(kMostRepetitions, repetitions.size());
  for (std::size_t k = 0; k < taken; ++k) {
    const CountedRepetition& r = repetitions[k * repetitions.size() / taken];
    look_at(r.start_frame, r.end_frame + 1);
  }
  if (looks.empty()) look_at(0, frames.size());
  if (looks.empty()) return result;

  // The median over the repetitions: one that was cut wrong decides nothing.
  std::vector<std::vector<float>> all;
  for (const Observed& look : looks) all.push_back(distances(look));
  std::map<std::string, RankedGroup> groups;
  std::vector<std::pair<float, std::size_t>> order;
  for (std::size_t e = 0; e < exercises_.size(); ++e) {
    std::vector<float> each;
    for (const auto& one : all) each.push_back(one[e]);
    std::sort(each.begin(), each.end());
    order.emplace_back(each[each.size() / 2], e);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [distance, e] : order) {
    RankedGroup& group = groups[exercises_[e].group];
    const double cost = static_cast<double>(distance) + (exercises_[e].common ? 0 : kNotCommon);
    if (group.exercises.empty()) {
      group.distance = static_cast<double>(distance);
      group.cost = cost;
    }
    group.cost = std::min(group.cost, cost);
    group.group = exercises_[e].group;
    group.exercises.push_back(exercises_[e].id);
    group.names.push_back(exercises_[e].name);
  }
  for (auto& [name, group] : groups) result.ranked.push_back(std::move(group));
  fill_probabilities(result);
  return result;
}

}  // namespace reprise::engine
