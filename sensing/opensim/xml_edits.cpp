// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/xml_edits.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"

namespace reprise::sensing {

std::string XmlEdits::applied_to(std::string_view text) const {
  std::vector<Edit> sorted = edits_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string out;
  std::size_t done = 0;
  for (const Edit& edit : sorted) {
    out += text.substr(done, edit.begin - done);
    out += edit.text;
    done = edit.end;
  }
  return out += text.substr(done);
}

std::string number_list(const std::vector<double>& values) {
  std::string out;
  for (const double value : values) {
    if (!out.empty()) out += ' ';
    // Beyond all numbers, as by factors of huge lengths: refused, with its element, where it is read again.
    if (!std::isfinite(value)) {
      out += "NaN";
    } else {
      append_number(out, value == 0 ? 0.0 : value);
    }
  }
  return out;
}

std::string vector_text(const Eigen::Vector3d& v) {
  return number_list({v.x(), v.y(), v.z()});
}

}  // namespace reprise::sensing
