// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>
#include <vector>

#include "sensing/files/xml_tree.h"

namespace reprise::sensing {

/// Replacements in a text, applied together; they must not overlap.
class XmlEdits {
 public:
  void replace(std::size_t begin, std::size_t end, std::string text) {
    edits_.push_back({begin, end, std::move(text)});
  }
  /// The content of an element that has an end tag.
  void set_content(const XmlElement& element, std::string text) {
    replace(element.content_begin, element.content_end, std::move(text));
  }
  void insert(std::size_t at, std::string text) { replace(at, at, std::move(text)); }
  [[nodiscard]] std::string applied_to(std::string_view text) const;

 private:
  struct Edit {
    std::size_t begin, end;
    std::string text;
  };
  std::vector<Edit> edits_;
};

/// Numbers with blanks between, as OpenSim writes a vector; they read back as the same.
[[nodiscard]] std::string number_list(const std::vector<double>& values);

/// The same of a vector.
[[nodiscard]] std::string vector_text(const Eigen::Vector3d& v);

}  // namespace reprise::sensing
