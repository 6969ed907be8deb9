// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/storage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string mot(const std::string& rows,
                const std::string& header = "version=1\nnRows=2\nnColumns=3\ninDegrees=yes\n") {
  return "Coordinates\n" + header + "\nUnits are S.I. units\n\nendheader\ntime\tknee_angle_r\tpelvis_ty\n" +
         rows;
}
const char* const kRows = "0\t12.5\t1\n0.01\t-3\tnan\n";

TEST(Storage, ReadsTheTableAsItIs) {
  const auto read = parse_storage(mot(kRows));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->name, "Coordinates");
  EXPECT_EQ(read->in_degrees, true);
  EXPECT_THAT(read->notes, Contains("Units are S.I. units"));
  EXPECT_THAT(read->labels, ElementsAre("time", "knee_angle_r", "pelvis_ty"));
  ASSERT_EQ(read->rows(), 2U);
  EXPECT_EQ(read->at(0, *read->column("knee_angle_r")), 12.5);
  EXPECT_FALSE(read->at(1, 2));
  EXPECT_FALSE(read->column("knee_angle_l"));
  EXPECT_THAT(read->warnings, IsEmpty());
}

TEST(Storage, ReadsOtherSeparatorsLineEndsAndHeaders) {
  std::string commas = mot(kRows);
  for (char& c : commas) c = c == '\t' ? ',' : c;
  std::string trailing;  // as a spreadsheet saves it
  for (const char c : commas) trailing += c == '\n' ? ",,,\r\n" : std::string{c};
  for (const std::string& text : {commas, trailing}) {
    const auto read = parse_storage(text);
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_THAT(read->labels, ElementsAre("time", "knee_angle_r", "pelvis_ty"));
    EXPECT_EQ(read->at(1, 1), -3);
    EXPECT_EQ(read->in_degrees, true);
    EXPECT_EQ(read->name, "Coordinates");
  }
  const auto old = parse_storage(
      "walk.mot\ndatacolumns 2\ndatarows 1\nrange 0 1\nendheader\n time  force\n 0.5   -2e3 \n");
  ASSERT_TRUE(old) << to_string(old.error());
  EXPECT_EQ(old->at(0, 1), -2000);
  EXPECT_FALSE(old->in_degrees);
  EXPECT_THAT(old->warnings, IsEmpty());
}

TEST(Storage, TellsTheUnitOfAnglesOnlyWhereTheFileDoes) {
  EXPECT_EQ(parse_storage(mot(kRows, "inDegrees=no\n"))->in_degrees, false);
  EXPECT_EQ(parse_storage(mot(kRows, "nRows=2\n"))->in_degrees, std::nullopt);
  EXPECT_EQ(parse_storage(mot(kRows, "Angles are in degrees.\n"))->in_degrees, true);
}

TEST(Storage, WarnsOfCountsThatDoNotAgree) {
  const auto read = parse_storage(mot(kRows, "nRows=5\nnColumns=7\n"));
  ASSERT_TRUE(read);
  EXPECT_THAT(read->warnings, ElementsAre("The header declares 7 columns, the file holds 3.",
                                          "The header declares 5 rows, the file holds 2."));
  EXPECT_THAT(parse_storage("x\nendheader\ntime\ta\ta\n0\t1\t2\n")->warnings,
              Contains(HasSubstr("same label")));
  EXPECT_THAT(parse_storage("x\nendheader\ntime\ta\n1\t1\n1\t2\n")->warnings,
              Contains(HasSubstr("does not rise at row 2")));
}

TEST(Storage, LeavesOutTheTornLastRow) {
  const auto read = parse_storage(mot("0\t1\t2\n0.01\t3\t4", "nRows=5\n"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->rows(), 1U);
  EXPECT_THAT(read->warnings, Contains(HasSubstr("cut off")));
  EXPECT_EQ(parse_storage(mot("0\t1\t2\n0.01\t3\t4", "nRows=2\n"))->rows(),
            2U);  // whole, but for its line end
}

class StorageErrors : public testing::TestWithParam<BadInput> {};

TEST_P(StorageErrors, NameThePlace) {
  expect_refused(parse_storage(GetParam().bytes), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Bad, StorageErrors,
    testing::Values(BadInput{"", ErrorCode::corrupt, "endheader"},
                    BadInput{"Coordinates\nnRows=1\n", ErrorCode::corrupt, "endheader"},
                    BadInput{"x\nendheader\n", ErrorCode::corrupt, "no column labels"},
                    BadInput{"x\nendheader\ntime\ta\n", ErrorCode::nothing_measured, "no rows"},
                    BadInput{"x\ninDegrees=maybe\nendheader\n", ErrorCode::corrupt, "'maybe'"},
                    BadInput{"x\nendheader\ntime\t\tb\n0\t1\t2\n", ErrorCode::corrupt, "no label"},
                    BadInput{mot("0\t1\n"), ErrorCode::corrupt, "line 11 has 2 cells; there are 3"},
                    BadInput{mot("0\t1\t2\t3\n"), ErrorCode::corrupt, "has more cells"},
                    BadInput{mot("0\tx\t2\n"), ErrorCode::corrupt, "column 'knee_angle_r': 'x' is no number"},
                    BadInput{mot("0\tinf\t2\n"), ErrorCode::corrupt, "'inf'"}));

void expect_equal(const StorageTable& a, const StorageTable& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.in_degrees, b.in_degrees);
  EXPECT_EQ(a.notes, b.notes);
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_EQ(a.values, b.values);
}

TEST(Storage, WritesWhatItReadsBackExactly) {
  StorageTable table;
  table.name = "angles";
  table.in_degrees = true;
  table.notes = {"simulated: no person moved"};
  table.labels = {"time", "knee_angle_r"};
  table.values = {0.1, 1.0 / 3, 0.2, std::nullopt};
  const auto text = to_storage(table);
  ASSERT_TRUE(text) << to_string(text.error());
  EXPECT_EQ(*text,
            "angles\nversion=1\nnRows=2\nnColumns=2\ninDegrees=yes\nsimulated: no person moved\nendheader\n"
            "time\tknee_angle_r\n0.1\t0.3333333333333333\n0.2\tNaN\n");
  const auto read = parse_storage(*text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(read->warnings, IsEmpty());
  expect_equal(*read, table);
}

TEST(Storage, RefusesToWriteWhatItCouldNotRead) {
  StorageTable table;
  EXPECT_EQ(to_storage(table).error().code, ErrorCode::invalid_argument);
  table.labels = {"time", "a b"};
  EXPECT_EQ(to_storage(table).error().code, ErrorCode::invalid_argument);
  table.labels = {"time", "a"};
  table.values = {1.0, std::nan("")};
  EXPECT_EQ(to_storage(table).error().code, ErrorCode::invalid_argument);
}

struct RealStorage {
  const char* name;
  std::size_t rows, columns;
  std::optional<bool> in_degrees;
  double first;  ///< of the second column
  const char* warning = nullptr;
};
class RealStorageFiles : public testing::TestWithParam<RealStorage> {};

TEST_P(RealStorageFiles, AreReadAndRoundTrip) {
  const auto path = shared_data(std::string{"mocap/"} + GetParam().name);
  REPRISE_NEEDS_DATA(path);
  const auto read = read_storage(path);
  ASSERT_TRUE(read) << to_string(read.error());
  if (GetParam().warning == nullptr) {
    EXPECT_THAT(read->warnings, IsEmpty());
  } else {
    EXPECT_THAT(read->warnings, ElementsAre(GetParam().warning));
  }
  EXPECT_EQ(read->rows(), GetParam().rows);
  EXPECT_EQ(read->labels.size(), GetParam().columns);
  EXPECT_EQ(read->in_degrees, GetParam().in_degrees);
  EXPECT_EQ(read->at(0, 1), GetParam().first);
  const auto again = to_storage(*read).and_then([](const std::string& text) { return parse_storage(text); });
  ASSERT_TRUE(again) << to_string(again.error());
  expect_equal(*again, *read);
}

// Counts from wc and the label lines, first numbers from the first row, both read by eye.
INSTANTIATE_TEST_SUITE_P(
    Data, RealStorageFiles,
    testing::Values(
        RealStorage{"formats/inverse_kin.mot", 88, 26, true, -27.90807185,
                    "The header declares 250 rows, the file holds 88."},
        RealStorage{"formats/inverse_dyn.sto", 92, 26, false, -4.47756531,
                    "The header declares 250 rows, the file holds 92."},
        RealStorage{"opencap/walk.mot", 222, 42, true, -14.47661079},
        RealStorage{"opencap/squats1_videoAndMocap.mot", 801, 36, true, -2.91750765},
        RealStorage{"opencap/walking1_videoAndMocap.mot", 158, 36, true, 12.20057678},
        RealStorage{"opensim_id/ThorascapularShoulderModel_static.mot", 6, 18, false, 0.01},
        RealStorage{"opensim_id/arm26_InverseKinematics.mot", 121, 12, std::nullopt, -0.36571172},
        RealStorage{"opensim_id/subject01_walk1_grf.mot", 9009, 19, std::nullopt, 101.5119767},
        RealStorage{"opensim_id/subject01_walk1_ik.mot", 211, 24, true, 4.49855378},
        RealStorage{"opensim_id/std_arm26_InverseDynamics.sto", 121, 3, std::nullopt, 0.05558358513765874300},
        RealStorage{"opensim_id/std_subject01_InverseDynamics.sto", 73, 24, std::nullopt, 28.75817773},
        RealStorage{"opensim_ik/std_markers_coords_ik.sto", 10, 165, std::nullopt, 0.61724762,
                    "Two or more columns have the same label."},
        RealStorage{"opensim_ik/std_subject01_walk1_ik.mot", 73, 24, std::nullopt, 5.21211788},
        RealStorage{"opensim_ik/std_subject1_abdbonepin_IK.mot", 1901, 18, true, 0.55133044}));

}  // namespace
}  // namespace reprise::sensing
