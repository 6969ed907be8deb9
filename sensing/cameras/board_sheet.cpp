// SPDX-License-Identifier: Apache-2.0
#include "sensing/cameras/board_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace reprise::sensing {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr double kCheckedMm = 100;  // length of the line by which a print is checked
// Room for what printers leave white; above and below also for the texts. Unsourced defaults
constexpr double kSideMm = 10;
constexpr double kTextMm = 14;
constexpr double kWhiteSquares = 0.5;  // least margin around the board, in squares
constexpr double kFontPoints = 9;

struct PageMm {
  double width = 0;
  double height = 0;
};

PageMm upright(Paper paper) {
  return paper == Paper::a4 ? PageMm{210, 297} : PageMm{215.9, 279.4};
}

PageMm across(Paper paper) {
  const PageMm page = upright(paper);
  return {page.height, page.width};
}

/// The largest of so many squares on a length that leaves their own margin, and the paper's.
double largest_on(double length_mm, int squares, double margin_mm) {
  return std::min(length_mm / (squares + 2 * kWhiteSquares), (length_mm - 2 * margin_mm) / squares);
}

double largest_on(const PageMm& page, const engine::BoardSize& size) {
  return std::min(largest_on(page.width, size.columns + 1, kSideMm),
                  largest_on(page.height, size.rows + 1, kTextMm));
}

/// A filled rectangle, from its lower left corner.
void add_rectangle(std::string& content, double x_mm, double y_mm, double width_mm, double height_mm) {
  content += fmt::format("{:.4f} {:.4f} {:.4f} {:.4f} re\n", x_mm * kPointsPerMm, y_mm * kPointsPerMm,
                         width_mm * kPointsPerMm, height_mm * kPointsPerMm);
}

/// `text`: ASCII without brackets and backslashes.
void add_text(std::string& content, double x_mm, double y_mm, const std::string& text) {
  content += fmt::format("BT /F1 {} Tf {:.4f} {:.4f} Td ({}) Tj ET\n", kFontPoints, x_mm * kPointsPerMm,
                         y_mm * kPointsPerMm, text);
}

/// The dark squares; the one at the top left is dark, as the finder of boards numbers corners.
void add_squares(std::string& content, const BoardSheet& sheet, const PageMm& page) {
  const double left_mm = (page.width - sheet.square_mm * (sheet.size.columns + 1)) / 2;
  const double top_mm = (page.height + sheet.square_mm * (sheet.size.rows + 1)) / 2;
  for (int row = 0; row <= sheet.size.rows; ++row)
    for (int column = row % 2; column <= sheet.size.columns; column += 2)
      add_rectangle(content, left_mm + column * sheet.square_mm, top_mm - (row + 1) * sheet.square_mm,
                    sheet.square_mm, sheet.square_mm);
}

std::string content_of(const BoardSheet& sheet, const PageMm& page) {
  constexpr double kLineMm = 0.3;
  constexpr double kTickMm = 3;
  constexpr double kLeftMm = 12;
  constexpr double kBaselineMm = 8;  // from the paper's edge
  std::string content = "0 g\n";
  add_squares(content, sheet, page);
  add_rectangle(content, kLeftMm, kBaselineMm, kCheckedMm, kLineMm);
  add_rectangle(content, kLeftMm, kBaselineMm - kTickMm / 2, kLineMm, kTickMm);
  add_rectangle(content, kLeftMm + kCheckedMm - kLineMm, kBaselineMm - kTickMm / 2, kLineMm, kTickMm);
  content += "f\n";
  add_text(content, kLeftMm, page.height - kBaselineMm - 2,
           fmt::format("Print at 100 %, actual size. Board of {}x{} inner corners, squares of {} mm: --board "
                       "{}x{} --square {}",
                       sheet.size.columns, sheet.size.rows, sheet.square_mm, sheet.size.columns,
                       sheet.size.rows, sheet.square_mm));
  add_text(content, kLeftMm + kCheckedMm + 4, kBaselineMm - 1,
           fmt::format("{} mm from end to end. Check it with a ruler.", kCheckedMm));
  return content;
}

/// Objects 1 to n, their table and the trailer.
std::string pdf_of(const std::vector<std::string>& objects) {
  std::string pdf = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t at = pdf.size();
  return pdf + table +
         fmt::format("trailer\n<< /Size {} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{}\n%%EOF\n",
                     objects.size() + 1, at);
}

std::string sheet_of(const BoardSheet& sheet, const PageMm& page) {
  const std::string content = content_of(sheet, page);
  return pdf_of({
      // Programs for printing that know it do not scale.
      "<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      fmt::format(
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {:.4f} {:.4f}] /Contents 4 0 R /Resources << /Font "
          "<< /F1 5 0 R >> >> >>",
          page.width * kPointsPerMm, page.height * kPointsPerMm),
      fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content),
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
      fmt::format("<< /Title (Board of {}x{} inner corners, {} mm) >>", sheet.size.columns, sheet.size.rows,
                  sheet.square_mm),
  });
}

}  // namespace

double largest_square_mm(const engine::BoardSize& size, Paper paper) {
  const double most_mm = std::max(largest_on(upright(paper), size), largest_on(across(paper), size));
  return std::floor(10 * most_mm + 1e-9) / 10;
}

Result<std::string> board_sheet_pdf(const BoardSheet& sheet) {
  constexpr const char* kDrawing = "drawing the board";
  if (!sheet.size.can_be_told() || !(sheet.square_mm >= 1)) {
    return fail(
        ErrorCode::invalid_argument, kDrawing, "no board has this size",
        "give 3 to 50 inner corners across and down, one number even and one odd, and squares of 1 mm or "
        "more");
  }
  constexpr double kRounding = 1e-6;
  for (const PageMm& page : {upright(sheet.paper), across(sheet.paper)})
    if (sheet.square_mm <= largest_on(page, sheet.size) + kRounding) return sheet_of(sheet, page);
  const double most_mm = largest_square_mm(sheet.size, sheet.paper);
  return fail(
      ErrorCode::invalid_argument, kDrawing,
      fmt::format(
          "a board of {}x{} inner corners with squares of {} mm does not fit on {}; squares of {:.1f} "
          "mm at most do",
          sheet.size.columns, sheet.size.rows, sheet.square_mm,
          sheet.paper == Paper::a4 ? "A4" : "letter paper", most_mm),
      fmt::format("give --square {:.1f} or less, or a board of fewer corners", most_mm));
}

}  // namespace reprise::sensing
