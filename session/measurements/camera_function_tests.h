// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/function_tests/curve.h"
#include "session/measurements/function_tests.h"
#include "session/recorded_pass.h"

namespace reprise::session {

// The tests by camera, each in a file of its own, and what they share.

[[nodiscard]] Result<MeasurementDocument> chair_by_camera(const CameraTest& camera,
                                                          const FunctionTestOptions& options);
[[nodiscard]] Result<MeasurementDocument> stance_by_camera(const CameraTest& camera,
                                                           const FunctionTestOptions& options);
[[nodiscard]] Result<MeasurementDocument> bends_by_camera(const CameraTest& camera,
                                                          const FunctionTestOptions& options);
[[nodiscard]] Result<MeasurementDocument> timed_walk_by_camera(const CameraTest& camera,
                                                               const FunctionTestOptions& options);
[[nodiscard]] Result<MeasurementDocument> reach_by_camera(const CameraTest& camera,
                                                          const FunctionTestOptions& options);
[[nodiscard]] Result<MeasurementDocument> jump_by_camera(const CameraTest& camera,
                                                         const FunctionTestOptions& options);

/// A series of the session as a curve. Of a sided measure without a side the mean of both, each weighted by
/// its confidence.
[[nodiscard]] engine::Curve curve_of(const SessionDocument& session, engine::Measure measure,
                                     std::optional<Side> side = std::nullopt);

/// Height of the hips over both ankles, in leg lengths. Where a leg is hidden at times, as from beside, that
/// of one hip over its ankle all along: of the leg that is seen better.
[[nodiscard]] engine::Curve hip_height_curve(const Recorded& recorded);

/// Adds a plot over time of these curves, each times `factor`.
void add_curve_plot(MeasurementDocument& d, std::string name, std::string unit, double factor,
                    std::span<const std::pair<std::string, const engine::Curve*>> curves);

/// Adds a plot over time of these angles, with a line each.
void add_angle_plot(MeasurementDocument& d, const SessionDocument& session,
                    std::initializer_list<engine::Measure> measures);

/// Whether a curve was not measured for about 0.6 s on end, or longer, within [from, to]. Unsourced default.
[[nodiscard]] bool is_unseen(const engine::Curve& curve, Seconds from, Seconds to);

/// What a measure without sides did in a repetition; null: not measured.
[[nodiscard]] const MeasuredRange* range_of(const RecordedRepetition& repetition, engine::Measure measure);

/// Bends of one leg seen from the front or behind: single-leg squats or step-downs by how far the hips sink
/// in the picture, where the depth that their exercise is counted by hardly shows. The side is that of the
/// leg that carries, by the feet's heights unless the test was asked for one side; a bend whose side is not
/// sure is left out. No range; a figure at the lowest. Empty from another view or without picture positions.
[[nodiscard]] std::vector<RecordedRepetition> front_bends(const CameraTest& camera, FunctionTest test);

/// Stances heel to toe seen from the front, by where the feet are in the picture: their side is that of the
/// foot in front. From the end of the step in to the beginning of the step out. A foot that is lifted, or
/// stands beside the other, is none; that heel and toes touch is not seen. Empty without picture positions.
[[nodiscard]] std::vector<RecordedRepetition> front_tandem_stances(const CameraTest& camera);

/// A value at each moment at which hips and ankles have places in the picture and are seen.
[[nodiscard]] engine::Curve feet_seen(const CameraTest& camera);

/// Whether any landmark has a place in the picture.
[[nodiscard]] bool has_picture(std::span<const engine::PoseFrame> frames);

/// Whether the camera looked across the sagittal plane, or along it. Both are false where it is not known.
[[nodiscard]] bool seen_from_side(const std::optional<engine::View>& view);
[[nodiscard]] bool seen_from_front(const std::optional<engine::View>& view);

/// Nothing of the test was seen: names the movements that were seen instead, and the remedy.
[[nodiscard]] tl::unexpected<Error> nothing_seen(const CameraTest& camera, FunctionTest test,
                                                 const std::string& cause, const std::string& remedy);

/// Holds the value that a test is about against its reference.
void add_reference(MeasurementDocument& d, SignalMeasure measure, const FunctionTestOptions& options);

}  // namespace reprise::session
