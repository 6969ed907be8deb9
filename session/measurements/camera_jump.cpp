// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstdio>

#include "engine/function_tests/flights.h"
#include "engine/pose/zero_phase.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::Flight;
using enum SignalMeasure;

constexpr double kBentAtLanding = 0.08;  // leg lengths: about 7 cm; unsourced default

/// Whether it landed about where it left: off or onto a step the time says nothing of the height.
bool on_level(const Flight& flight) {
  constexpr double kLevel = 0.1;  // leg lengths; unsourced default
  return std::abs(flight.lower_at_landing) < kLevel;
}

/// Whether knees or ankles were more bent than at take-off: it was longer in the air than its height takes.
bool is_bent(const Flight& flight) {
  return on_level(flight) && flight.bent_at_landing > kBentAtLanding;
}

/// The longest in the air, of those that did not land bent where there are any; null: none landed on level.
const Flight* best_of(const std::vector<Flight>& flights) {
  const Flight* best = nullptr;
  for (const Flight& flight : flights) {
    if (!on_level(flight)) continue;
    const bool straighter = best != nullptr && is_bent(*best) && !is_bent(flight);
    const bool alike = best != nullptr && is_bent(*best) == is_bent(flight);
    if (best == nullptr || straighter || (alike && flight.time() > best->time())) best = &flight;
  }
  return best;
}

/// Half width for nine of ten: take-off and landing are each seen to within half a picture, so their
/// difference to within one; the rest was found on simulated jumps (docs/accuracy.md).
double flight_error_s(Hertz rate) {
  constexpr double kOfMethodS = 0.015;
  return std::hypot(period(rate).value(), kOfMethodS);
}

/// How far the height errs where the flight errs by so much: the slope of g t^2 / 8.
double height_error_m(Seconds flight, double error_s) {
  return engine::jump_height(flight + Seconds{error_s}).value() - engine::jump_height(flight).value();
}

void warn_of_rate(MeasurementDocument& d, const Flight& best, Hertz rate, double error_s) {
  constexpr Hertz kAboutSixty{59};
  if (rate >= kAboutSixty) return;
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(),
                "At %.0f pictures a second the flight is known to within %.0f ms, and the highest jump to "
                "within %.1f cm.",
                rate.value(), 1000 * error_s, 100 * height_error_m(best.time(), error_s));
  d.warnings.push_back({"coarse_flight", text.data(), "Film at 60 pictures a second or more."});
}

}  // namespace

Result<MeasurementDocument> jump_by_camera(const CameraTest& camera, const FunctionTestOptions& options) {
  const auto flights = engine::find_flights(camera.frames);
  if (!flights) return tl::unexpected(flights.error());
  if (flights->empty()) {
    return nothing_seen(camera, options.test, "no jump was seen: both feet never leave the ground together",
                        "film with the feet and the ground in the picture and the camera standing still");
  }
  MeasurementDocument d =
      begin_measurement(MeasurementKind::function_test, MeasurementMethod::jump_camera, camera.input);
  d.not_measured = {"whether the arms swing", "how hard the landing is",
                    "height of a jump from or onto a step", "hops lower than about 4 cm",
                    "jumps before a camera that moves"};
  const Hertz rate = engine::median_rate(camera.frames).value_or(Hertz{30});
  const double error_s = flight_error_s(rate);
  const Flight* const best = best_of(*flights);
  if (best != nullptr && is_bent(*best)) {
    // Too large by an unknown amount: no ± would hold.
    add_value(d, jump_height, engine::jump_height(best->time()).value());
    add_value(d, flight_time, best->time().value());
  } else if (best != nullptr) {
    add_value(d, jump_height, engine::jump_height(best->time()).value(), {.primary = true},
              height_error_m(best->time(), error_s));
    add_value(d, flight_time, best->time().value(), {.primary = true}, error_s);
    warn_of_rate(d, *best, rate, error_s);
  } else {
    d.warnings.push_back({"not_level", "No jump landed on the level that it left: no height is measured.",
                          "Jump and land on the same level floor, with the camera standing still."});
  }
  add_value(d, repetitions, static_cast<double>(flights->size()), {.primary = true});
  EventTable table{"repetitions", {flight_time, jump_height}, {}};
  int bent = 0;
  for (const Flight& flight : *flights) {
    bent += is_bent(flight) ? 1 : 0;
    const auto height =
        on_level(flight) ? std::optional{engine::jump_height(flight.time()).value()} : std::nullopt;
    table.rows.push_back({flight.take_off,
                          flight.landing,
                          std::nullopt,
                          is_bent(flight) ? "bent_landing" : "",
                          on_level(flight) ? "" : "not_level",
                          {flight.time().value(), height}});
  }
  d.tables.push_back(std::move(table));
  if (bent > 0) {
    d.warnings.push_back({"bent_landing",
                          std::to_string(bent) + (bent == 1 ? " jump ended" : " jumps ended") +
                              " with knees or ankles more bent than at take-off: its time in the air is "
                              "longer, and its height comes out too large.",
                          "Land on the toes with straight knees, and bend them only then."});
  }
  return d;
}

}  // namespace reprise::session
