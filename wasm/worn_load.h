// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "engine/balance/load_walk.h"
#include "engine/signal/inertial.h"
#include "session/measurements/measurement_document.h"
#include "wasm/worn_sensors.h"

namespace reprise::wasm {

/// What a walk was limited to.
struct LoadWalkOrder {
  engine::Side affected = engine::Side::left;
  double body_mass_kg = 0;
  double limit_share = 0;  ///< of the body's weight

  [[nodiscard]] double weight_n() const { return body_mass_kg * engine::kGravityMps2; }
};

/// Load sensors under both feet: sensor 0 under the left one, 1 under the right one.
class WornLoad : public WornSensors {
 public:
  explicit WornLoad(const LoadWalkOrder& order);

  void calibrate() override;
  [[nodiscard]] std::size_t sensors() const override { return 2; }

  /// While it is paused nothing is counted.
  void pause(bool paused);
  /// The highest level above the limit since the call before.
  [[nodiscard]] int take_loudest();
  /// Empty until a sensor was connected.
  [[nodiscard]] const engine::LoadWalkState* now() const;
  /// Measures all that was walked, of the affected foot: the two sensors' clocks are not compared. Errors:
  /// nothing_measured; those of session::measure_load.
  [[nodiscard]] Result<session::MeasurementDocument> document(const std::string& started_at,
                                                              bool simulated) const;

 protected:
  Result<void> check(const sensing::StreamDescription& description) override;
  void begin(std::size_t sensor, bool restarted) override;
  void sample(std::size_t sensor, const Sample& sample) override;
  [[nodiscard]] bool uses(std::size_t sensor, std::size_t channel) const override;
  void look_on(Seconds now, WornState& state) override;

 private:
  struct FootStream {
    std::size_t channel = 0;
    bool started = false;
    std::uint64_t next = 0;  ///< number of the next sample
    std::optional<double> last_n;
  };
  [[nodiscard]] Result<engine::LoadWalk> walk_at(Hertz rate) const;
  void add_counts(session::MeasurementDocument& document) const;
  void bridge(std::size_t sensor, std::uint64_t number, std::optional<double> next_n);

  LoadWalkOrder order_;
  bool paused_ = false;
  std::optional<engine::LoadWalk> walk_;
  std::array<FootStream, 2> feet_;
};

}  // namespace reprise::wasm
