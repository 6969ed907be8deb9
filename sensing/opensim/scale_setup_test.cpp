// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/scale_setup.h"

#include <gtest/gtest.h>

#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

std::string measurement(const std::string& pairs, const std::string& bodies, const std::string& more = "") {
  return "<Measurement name=\"arm\">" + more + "<MarkerPairSet><objects>" + pairs +
         "</objects></MarkerPairSet><BodyScaleSet><objects>" + bodies +
         "</objects></BodyScaleSet></Measurement>";
}
const std::string kPair = "<MarkerPair><markers> a b </markers></MarkerPair>";
const std::string kBody = "<BodyScale name=\"humerus\"><axes> x Y </axes></BodyScale>";

std::string setup(const std::string& sets, const std::string& more = "") {
  return "<OpenSimDocument><ScaleTool name=\"s\">" + more +
         "<GenericModelMaker><model_file>arm.osim</model_file><marker_set_file>Unassigned</marker_set_file>"
         "</GenericModelMaker><ModelScaler><scaling_order> measurements manualScale </scaling_order>" +
         sets +
         "<marker_file>static.trc</marker_file><time_range> 1 2 </time_range></ModelScaler></ScaleTool>"
         "</OpenSimDocument>";
}

TEST(ScaleSetup, ReadsMeasurementsScalesAndPlacement) {
  const TemporaryFolder folder;
  put_file(folder / "scales.xml",
           "<OpenSimDocument><ScaleSet><objects><Scale><scales>1.1 1.2 1.3</scales><segment>forearm</segment>"
           "</Scale><Scale><segment>x</segment><apply>false</apply></Scale></objects></ScaleSet></"
           "OpenSimDocument>");
  put_file(
      folder / "setup.xml",
      "<ScaleTool><mass>72.6</mass><GenericModelMaker><model_file>arm.osim</model_file></GenericModelMaker>"
      "<ModelScaler><scaling_order>manualScale measurements</scaling_order><MeasurementSet><objects>" +
          measurement(kPair, kBody) + measurement(kPair, kBody, "<apply>false</apply>") +
          "</objects></MeasurementSet><ScaleSet file=\"scales.xml\"/><marker_file>static.trc</marker_file>"
          "<time_range>-1 -1</time_range><preserve_mass_distribution>true</preserve_mass_distribution>"
          "<output_scale_file>applied.xml</output_scale_file></ModelScaler><MarkerPlacer>"
          "<marker_file>static.trc</marker_file><time_range>1 2</time_range>"
          "<output_model_file>scaled.osim</output_model_file></MarkerPlacer></ScaleTool>");
  const auto read = read_scale_setup(folder / "setup.xml");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->mass_kg, 72.6);
  EXPECT_EQ(read->model, folder / "arm.osim");
  EXPECT_EQ(read->order, (std::vector{ScaleSetup::Step::manual, ScaleSetup::Step::measurements}));
  ASSERT_EQ(read->measurements.size(), 1U);
  EXPECT_EQ(read->measurements[0].pairs[0], std::make_pair(std::string{"a"}, std::string{"b"}));
  EXPECT_EQ(read->measurements[0].bodies[0].axes, (std::array{true, true, false}));
  ASSERT_EQ(read->manual.size(), 1U);
  EXPECT_EQ(read->manual[0].factors.z(), 1.3);
  EXPECT_LT(read->range.from.value(), -1);  // -1 -1 says nothing
  EXPECT_TRUE(read->keep_mass_shares);
  EXPECT_EQ(read->factors_output, folder / "applied.xml");
  EXPECT_TRUE(read->places);
  EXPECT_EQ(read->placement.range.from.value(), 1);
  EXPECT_EQ(read->output, folder / "scaled.osim");
}

TEST(ScaleSetup, WritesFactorsThatItReads) {
  const TemporaryFolder folder;
  put_file(folder / "scales.xml", to_scale_set({{"femur_r", {1.1, 1, 0.123456789}}}));
  put_file(folder / "setup.xml",
           "<ScaleTool><ModelScaler><ScaleSet file=\"scales.xml\"/></ModelScaler></ScaleTool>");
  const auto read = read_scale_setup(folder / "setup.xml");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->manual.at(0).body, "femur_r");
  EXPECT_EQ(read->manual.at(0).factors.z(), 0.123456789);
}

TEST(ScaleSetup, RefusesWhatIsNone) {
  const TemporaryFolder folder;
  const auto measured = [](const std::string& text) {
    return setup("<MeasurementSet><objects>" + text + "</objects></MeasurementSet>");
  };
  const BadInput cases[] = {
      {"<InverseKinematicsTool/>", ErrorCode::unsupported, "holds no ScaleTool"},
      {setup("", "<mass>0</mass>"), ErrorCode::corrupt, "mass is 0 kg"},
      {measured(measurement("", kBody)), ErrorCode::corrupt, "'arm' has no pair of markers"},
      {measured(measurement(kPair, "")), ErrorCode::corrupt, "'arm' scales no body"},
      {measured(measurement("<MarkerPair><markers>a a</markers></MarkerPair>", kBody)), ErrorCode::corrupt,
       "pair 'a a'"},
      {measured(measurement(kPair, "<BodyScale name=\"h\"><axes>W</axes></BodyScale>")), ErrorCode::corrupt,
       "axis 'W'"},
      {setup("<ScaleSet><objects><Scale><scales>1 -1 "
             "1</scales><segment>h</segment></Scale></objects></ScaleSet>"),
       ErrorCode::corrupt, "has scales '1 -1 1'"},
      {setup("<ScaleSet file=\"gone.xml\"/>"), ErrorCode::not_found, "gone.xml"},
      {"<ScaleTool><ModelScaler><scaling_order>guess</scaling_order></ModelScaler></ScaleTool>",
       ErrorCode::corrupt, "scaling_order has 'guess'"},
      {"<ScaleTool><ModelScaler><scaling_order>measurements manualScale measurements</scaling_order>"
       "</ModelScaler></ScaleTool>",
       ErrorCode::corrupt, "scaling_order has more than two steps"},
      {"<ScaleTool><MarkerPlacer/></ScaleTool>", ErrorCode::corrupt, "marker_file of MarkerPlacer is empty"},
  };
  for (const BadInput& bad : cases) {
    put_file(folder / "setup.xml", bad.bytes);
    expect_refused(read_scale_setup(folder / "setup.xml"), bad);
  }
}

}  // namespace
}  // namespace reprise::sensing
