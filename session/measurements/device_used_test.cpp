// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/device_used.h"

#include <gmock/gmock.h>

namespace reprise::session {
namespace {

TEST(DeviceName, LosesWhatTellsOneDeviceFromAnother) {
  EXPECT_EQ(device_name("Polar H10 9C2A6B21"), "Polar H10");
  EXPECT_EQ(device_name("Nonin3230_502644834"), "Nonin3230");
  EXPECT_EQ(device_name("HRM-Dual:248163"), "HRM-Dual");
  EXPECT_EQ(device_name("TICKR 4F2A"), "TICKR");
  EXPECT_EQ(device_name("Strap (0417)"), "Strap");
  EXPECT_EQ(device_name("A0:9E:1A:12:34:56"), "");
  EXPECT_EQ(device_name("Strap [a0-9e-1a-12-34-56]"), "Strap");
  EXPECT_EQ(device_name("BP A09E1A123456 (cuff)"), "BP  (cuff)");
}

TEST(DeviceName, KeepsModels) {
  for (const char* name :
       {"TICKR X", "Strap (simulated)", "Forerunner 245", "OH1+", "BM 85", "Schlag für Schlag"})
    EXPECT_EQ(device_name(name), name);
}

TEST(DeviceName, IsOneShortLine) {
  EXPECT_EQ(device_name("a\nb\x7F"), "ab");
  EXPECT_EQ(device_name(""), "");
  std::string umlauts = "x";
  for (int i = 0; i < 60; ++i) umlauts += "ü";
  const std::string cut = device_name(umlauts);
  EXPECT_EQ(cut.size(), 79U) << "no half of a character";
}

}  // namespace
}  // namespace reprise::session
