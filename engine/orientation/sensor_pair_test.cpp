// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/sensor_pair.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace reprise::engine {
namespace {

/// A sample that tells when it was taken.
OrientationSample taken_at(double time_s) {
  OrientationSample sample;
  sample.acceleration_mps2 = Vec3<Sensor>{time_s, 0, 0};
  return sample;
}

/// Packets of five samples at 100 Hz, each a little later than it could be; the second sensor is 3 ms behind.
struct TwoSensors {
  SensorPair pair{Hertz{100}};
  std::vector<PairedSample> all;

  void run(double from_s, double to_s, const std::function<bool(std::size_t, int)>& arrives) {
    for (int packet = static_cast<int>(from_s * 20); packet < static_cast<int>(to_s * 20); ++packet) {
      const double came_s = 0.05 * (packet + 1) + 0.02 * std::abs(std::sin(7.0 * packet));
      for (std::size_t sensor = 0; sensor < 2; ++sensor) {
        if (!arrives(sensor, packet)) continue;
        for (int i = 0; i < 5; ++i) {
          const int number = 5 * packet + i;
          pair.add(sensor, static_cast<std::uint64_t>(number), Seconds{came_s},
                   taken_at(0.01 * number + (sensor == 0 ? 0 : 0.003)));
        }
      }
      for (PairedSample& one : pair.take(Seconds{came_s})) all.push_back(one);
    }
  }
};

TEST(SensorPair, PutsBothOnOneTimeWhateverTheDelays) {
  TwoSensors sensors;
  sensors.run(0, 20, [](std::size_t, int) { return true; });
  ASSERT_GT(sensors.all.size(), 1900U);
  double before = -1;
  for (const PairedSample& one : sensors.all) {
    EXPECT_GT(one.time.value(), before);
    before = one.time.value();
    if (before < 2 || !one.second) continue;
    ASSERT_TRUE(one.first);
    // Both say when they were taken: 3 ms apart by the sensors' own delays, and no more than the jitter's
    // rest.
    EXPECT_NEAR(one.first->acceleration_mps2.v.x(), one.second->acceleration_mps2.v.x(), 0.012);
  }
  EXPECT_TRUE(sensors.all.back().second);
}

TEST(SensorPair, BridgesOneLostPacketAndNotSeveral) {
  TwoSensors sensors;
  sensors.run(0, 10, [](std::size_t, int packet) { return packet != 100 && (packet < 140 || packet > 146); });
  double before = 0;
  int holes = 0;
  for (const PairedSample& one : sensors.all) {
    if (one.time.value() > 2 && one.time.value() - before > 0.02) ++holes;
    before = one.time.value();
  }
  EXPECT_EQ(holes, 1) << "of a third of a second";
}

TEST(SensorPair, SaysWhichSensorIsSilent) {
  TwoSensors sensors;
  sensors.run(0, 6, [](std::size_t sensor, int packet) { return sensor == 0 || packet < 60; });
  EXPECT_FALSE(sensors.all.back().second);
  EXPECT_TRUE(sensors.all.back().first);
}

TEST(SensorPair, GoesOnAfterASensorCountsAnew) {
  TwoSensors sensors;
  const auto all = [](std::size_t, int) { return true; };
  sensors.run(0, 4, all);
  sensors.pair.restart(1);
  for (int number = 0; number < 200; ++number) {
    const double now_s = 4.2 + 0.01 * number;
    sensors.pair.add(0, static_cast<std::uint64_t>(420 + number), Seconds{now_s}, taken_at(now_s));
    sensors.pair.add(1, static_cast<std::uint64_t>(number), Seconds{now_s}, taken_at(now_s));
    for (PairedSample& one : sensors.pair.take(Seconds{now_s})) sensors.all.push_back(one);
  }
  ASSERT_TRUE(sensors.all.back().second);
  EXPECT_NEAR(sensors.all.back().second->acceleration_mps2.v.x(),
              sensors.all.back().first->acceleration_mps2.v.x(), 0.03);
}

TEST(SensorPair, LeavesOutWhatIsNotFinite) {
  SensorPair pair{Hertz{100}};
  pair.add(0, 0, Seconds{0}, taken_at(std::numeric_limits<double>::quiet_NaN()));
  pair.add(0, 1, Seconds{std::numeric_limits<double>::infinity()}, taken_at(0));
  EXPECT_TRUE(pair.take(Seconds{10}).empty());
}

}  // namespace
}  // namespace reprise::engine
