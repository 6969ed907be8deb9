// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/kinematics/measure.h"
#include "sensing/bluetooth/live_stream.h"
#include "session/passes.h"

// Sensors on a patient's body during a session: packets in, moments of one measure out.
namespace reprise::wasm {

/// What keeps a moment from being measured, the most urgent first. Each lasts while its cause lasts.
enum class WornProblem : std::uint8_t {
  silent,       ///< a sensor sends nothing
  saturated,    ///< it reached the end of its range
  detached,     ///< an electrode has no contact
  hold_still,   ///< samples were missing: the limb is to be held still for a moment
  implausible,  ///< a value that no such joint has: worn at other places than said
  zero_off,     ///< a foot bears less than nothing, so the zero was wrong
  unfelt,       ///< one foot's sensor feels no step
  delayed,      ///< its packets come too rarely for a warning in time
};
[[nodiscard]] std::string_view name(WornProblem problem);

struct WornState {
  std::string_view step;     ///< of the calibration; "tracking": moments come
  double share = 0;          ///< of the present step, 0 to 1
  std::string_view trouble;  ///< why the attempt before failed; empty: it did not
  std::optional<WornProblem> problem;
  std::optional<std::size_t> sensor;           ///< that has the problem
  std::vector<session::SensorMoment> moments;  ///< since the last look; rad or ratio
};

/// How many samples were lost and came twice, of all sensors.
struct WornCounts {
  std::size_t lost = 0;
  std::size_t doubled = 0;
};

class WornSensors {
 public:
  virtual ~WornSensors() = default;
  WornSensors(const WornSensors&) = delete;
  WornSensors& operator=(const WornSensors&) = delete;

  /// A sensor was connected, or connected again: its description. Errors: those of parse_stream_description;
  /// unsupported (its channels do not suffice, it is worn elsewhere, or at another rate than the other).
  [[nodiscard]] Result<void> connect(std::size_t sensor, std::span<const std::uint8_t> description);
  /// A packet, and when it came, by the page's clock. Errors: those of LiveStream::take; invalid_argument (a
  /// sensor that was not connected).
  [[nodiscard]] Result<void> take(std::size_t sensor, std::span<const std::uint8_t> packet, Seconds came);
  /// Several times a second. `now`: by the page's clock.
  [[nodiscard]] WornState look(Seconds now);
  /// Begins the calibration anew.
  virtual void calibrate() = 0;

  [[nodiscard]] const WornCounts& counts() const { return counts_; }
  [[nodiscard]] virtual std::size_t sensors() const = 0;

 protected:
  explicit WornSensors(std::vector<std::string> places) : places_(std::move(places)) {}

  struct Device {
    std::optional<sensing::LiveStream> stream;
    Seconds came{-1e300};
    Seconds saturated{-1e300};
    Seconds packet{0};  ///< how much time the last packet held
  };
  /// One sample of a sensor.
  struct Sample {
    std::uint64_t number = 0;
    std::span<const std::optional<double>> values;  ///< one a channel; empty: missing or at the range's end
    std::span<const std::int8_t> ends;              ///< as of StreamPacket
    Seconds came{0};                                ///< its packet
  };

  virtual Result<void> check(const sensing::StreamDescription& description) = 0;
  virtual void begin(std::size_t sensor, bool restarted) = 0;
  virtual void sample(std::size_t sensor, const Sample& sample) = 0;
  /// Whether a channel is listened to: others neither break a silence nor tell of the end of a range.
  [[nodiscard]] virtual bool uses(std::size_t /*sensor*/, std::size_t /*channel*/) const { return true; }
  virtual void look_on(Seconds now, WornState& state) = 0;

  [[nodiscard]] const Device& device(std::size_t sensor) const { return devices_[sensor]; }
  [[nodiscard]] std::optional<std::size_t> other_connected(std::size_t sensor) const;

 private:
  std::vector<std::string> places_;
  std::array<Device, 2> devices_;
  WornCounts counts_;
};

/// Sensors that give what a set counts.
class CountingSensors : public WornSensors {
 public:
  [[nodiscard]] virtual engine::Measure measure() const = 0;
  /// Standard deviation of a value, rad or ratio.
  [[nodiscard]] virtual double deviation() const = 0;

 protected:
  using WornSensors::WornSensors;
};

/// Two inertial sensors on neighboring segments. `proximal`, `distal`: "left_thigh". `sign`: of the measure
/// against engine::JointAngle.
[[nodiscard]] std::unique_ptr<CountingSensors> worn_on_joint(engine::Measure measure, std::string proximal,
                                                             std::string distal, double sign);
/// One EMG sensor; what it gives is a share of today's reference contraction. `side`: which its place must
/// not contradict.
[[nodiscard]] std::unique_ptr<CountingSensors> worn_on_muscle(engine::Side side);

}  // namespace reprise::wasm
