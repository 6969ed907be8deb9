// SPDX-License-Identifier: Apache-2.0
// The sheet as a program for printing would read it, and as a picture in which our own finder looks for the
// board.
#include "sensing/cameras/board_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <vector>

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

constexpr double kPoint = 25.4 / 72;  // mm

struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;  // mm, from the lower left corner of the page
};

struct ReadSheet {
  double width = 0, height = 0;  // mm
  std::vector<Rectangle> rectangles;

  [[nodiscard]] std::vector<Rectangle> of_size(double width_mm, double height_mm) const {
    std::vector<Rectangle> out;
    for (const Rectangle& r : rectangles)
      if (std::abs(r.width - width_mm) < 0.001 && std::abs(r.height - height_mm) < 0.001) out.push_back(r);
    return out;
  }
};

/// What stands between two words.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
  const auto begin = text.find(before);
  if (begin == std::string::npos) return "";
  const auto end = text.find(after, begin + before.size());
  return text.substr(begin + before.size(), end - begin - before.size());
}

ReadSheet read_sheet(const std::string& pdf) {
  ReadSheet out;
  std::istringstream box(between(pdf, "/MediaBox [0 0 ", "]"));
  box >> out.width >> out.height;
  out.width *= kPoint;
  out.height *= kPoint;
  const std::string content = between(pdf, "stream\n", "endstream");
  EXPECT_EQ(std::to_string(content.size()), between(pdf, "/Length ", " >>"));
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    Rectangle r;
    std::string command;
    if (!(words >> r.x >> r.y >> r.width >> r.height >> command) || command != "re") continue;
    out.rectangles.push_back({r.x * kPoint, r.y * kPoint, r.width * kPoint, r.height * kPoint});
  }
  return out;
}

constexpr double kAroundMm = 12;

/// Brightens each pixel by the share of it that a rectangle covers; from the top left corner of the picture.
void paint(engine::GreyImage& image, double left, double top, double width, double height, double brighter) {
  const auto share = [](int pixel, double begin, double length) {
    return std::clamp(std::min(pixel + 1.0, begin + length) - std::max<double>(pixel, begin), 0.0, 1.0);
  };
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      image.at(x, y) += static_cast<float>(brighter * share(x, left, width) * share(y, top, height));
}

/// The sheet on something dark.
engine::GreyImage picture_of(const ReadSheet& sheet, double pixels_per_mm) {
  engine::GreyImage image;
  image.width = static_cast<int>((sheet.width + 2 * kAroundMm) * pixels_per_mm);
  image.height = static_cast<int>((sheet.height + 2 * kAroundMm) * pixels_per_mm);
  image.values.assign(static_cast<std::size_t>(image.width * image.height), 30);
  const auto add = [&](const Rectangle& r, double brighter) {
    const double top_mm = sheet.height - r.y - r.height;
    paint(image, (r.x + kAroundMm) * pixels_per_mm, (top_mm + kAroundMm) * pixels_per_mm,
          r.width * pixels_per_mm, r.height * pixels_per_mm, brighter);
  };
  add({0, 0, sheet.width, sheet.height}, 205);
  for (const Rectangle& r : sheet.rectangles) add(r, -205);
  return image;
}

TEST(BoardSheet, HasSquaresOfTheirTrueSizeAndALineOf100Mm) {
  const auto pdf = board_sheet_pdf({});
  ASSERT_TRUE(pdf) << to_string(pdf.error());
  const ReadSheet sheet = read_sheet(*pdf);
  EXPECT_NEAR(sheet.width, 297, 0.001) << "across";
  EXPECT_NEAR(sheet.height, 210, 0.001);
  const auto squares = sheet.of_size(25, 25);
  ASSERT_EQ(squares.size(), 35U) << "half of 10 by 7";
  // In the middle of the page; the first is that at the top left.
  EXPECT_NEAR(squares.front().x, (297 - 250) / 2.0, 0.001);
  EXPECT_NEAR(squares.front().y + 25, (210 + 175) / 2.0, 0.001);
  EXPECT_NEAR(squares[1].x - squares[0].x, 50, 0.001);
  EXPECT_EQ(sheet.of_size(100, 0.3).size(), 1U);
  const auto ticks = sheet.of_size(0.3, 3);
  ASSERT_EQ(ticks.size(), 2U);
  EXPECT_NEAR(ticks[1].x + 0.3 - ticks[0].x, 100, 0.001);
  for (const Rectangle& r : sheet.rectangles) {
    const bool below = r.y + r.height < squares.back().y;
    EXPECT_TRUE(below || r.height > 20) << "the line lies below the board";
  }
  EXPECT_THAT(*pdf, HasSubstr("(Print at 100 %, actual size."));
  EXPECT_THAT(*pdf, HasSubstr("--board 9x6 --square 25"));
  EXPECT_EQ(*pdf, *board_sheet_pdf({})) << "the same bytes";
}

TEST(BoardSheet, OurOwnFinderFindsEveryCorner) {
  for (const BoardSheet& wanted :
       {BoardSheet{}, BoardSheet{{6, 9}, 25, Paper::letter}, BoardSheet{{7, 4}, 30, Paper::a4}}) {
    const auto pdf = board_sheet_pdf(wanted);
    ASSERT_TRUE(pdf) << to_string(pdf.error());
    const ReadSheet sheet = read_sheet(*pdf);
    constexpr double kScale = 2;
    const auto found = engine::find_board(picture_of(sheet, kScale), wanted.size);
    ASSERT_EQ(found.corners_px.size(), wanted.size.corners());
    const double middle_x = (sheet.width / 2 + kAroundMm) * kScale;
    const double middle_y = (sheet.height / 2 + kAroundMm) * kScale;
    for (std::size_t i = 0; i < found.corners_px.size(); ++i) {
      const Eigen::Vector2d at = engine::board_point(wanted.size, i);
      const double x = middle_x + kScale * wanted.square_mm * (at.x() - 0.5 * (wanted.size.columns - 1));
      const double y = middle_y + kScale * wanted.square_mm * (at.y() - 0.5 * (wanted.size.rows - 1));
      EXPECT_NEAR(found.corners_px[i].x(), x, 0.1) << i;
      EXPECT_NEAR(found.corners_px[i].y(), y, 0.1) << i;
    }
  }
}

TEST(BoardSheet, EachObjectLiesWhereTheTableSays) {
  const std::string pdf = *board_sheet_pdf({});
  EXPECT_EQ(pdf.substr(0, 9), "%PDF-1.4\n");
  const auto table = static_cast<std::size_t>(std::atol(between(pdf, "startxref\n", "\n").c_str()));
  ASSERT_EQ(pdf.substr(table, 5), "xref\n");
  std::istringstream lines(pdf.substr(table));
  std::string line;
  for (int skip = 0; skip < 3; ++skip) std::getline(lines, line);
  for (int object = 1; object <= 6; ++object) {
    std::getline(lines, line);
    EXPECT_EQ(line.size(), 19U) << "20 bytes with the end of the line";
    const std::string begins = std::to_string(object) + " 0 obj\n";
    EXPECT_EQ(pdf.substr(static_cast<std::size_t>(std::atol(line.c_str())), begins.size()), begins);
  }
}

TEST(BoardSheet, RefusesABoardThatDoesNotFitAndNamesTheLargestThatDoes) {
  for (const Paper paper : {Paper::a4, Paper::letter}) {
    for (const engine::BoardSize& size : {engine::BoardSize{9, 6}, {6, 9}, {3, 4}, {50, 3}}) {
      const double most_mm = largest_square_mm(size, paper);
      EXPECT_TRUE(board_sheet_pdf({size, most_mm, paper}));
      const auto larger = board_sheet_pdf({size, most_mm + 0.1, paper});
      ASSERT_FALSE(larger);
      EXPECT_EQ(larger.error().code, ErrorCode::invalid_argument);
      std::ostringstream most;
      most << std::fixed;
      most.precision(1);
      most << most_mm;
      EXPECT_THAT(larger.error().cause, HasSubstr("squares of " + most.str() + " mm at most"));
    }
  }
  EXPECT_NEAR(largest_square_mm({9, 6}, Paper::a4), 26, 1e-9) << "7 squares on 210 mm less 14 at each end";
  EXPECT_NEAR(largest_square_mm({9, 6}, Paper::letter), 25.4, 1e-9)
      << "11 squares on 279.4 mm: half one a side";
  EXPECT_FALSE(board_sheet_pdf({{8, 6}, 25, Paper::a4}));
  EXPECT_FALSE(board_sheet_pdf({{9, 6}, std::nan(""), Paper::a4}));
}

}  // namespace
}  // namespace reprise::sensing
