// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/xml_values.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

tl::unexpected<Error> bad_value(const XmlElement& owner, std::string_view child, const std::string& what) {
  const std::string name = shown(owner.attribute("name"));
  return fail(ErrorCode::corrupt, "reading OpenSim's XML",
              shown(owner.name) + (name.empty() ? "" : " '" + name + "'") + ": " + shown(child) + " " + what,
              "correct the file, or export it again");
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::vector<std::string> words;
  while (true) {
    const std::size_t from = text.find_first_not_of(kBlanks);
    if (from == std::string_view::npos) return words;
    text.remove_prefix(from);
    const std::size_t length = std::min(text.find_first_of(kBlanks), text.size());
    words.emplace_back(text.substr(0, length));
    text.remove_prefix(length);
  }
}

Result<std::vector<double>> numbers_of(const XmlElement& owner, std::string_view child) {
  if (owner.child(child) == nullptr) return bad_value(owner, child, "is missing");
  std::vector<double> numbers;
  for (const std::string& word : words_of(owner.text_of(child))) {
    const auto number = parse_number(word);
    if (!number || !std::isfinite(*number))
      return bad_value(owner, child, "is '" + shown(word) + "'; expected a number");
    numbers.push_back(*number);
  }
  return numbers;
}

Result<double> number_or(const XmlElement& owner, std::string_view child, double otherwise) {
  if (owner.text_of(child).empty()) return otherwise;
  const auto numbers = numbers_of(owner, child);
  if (!numbers) return tl::unexpected(numbers.error());
  if (numbers->size() != 1) return bad_value(owner, child, "holds more than one number");
  return numbers->front();
}

Result<Eigen::Vector3d> vector_or_zero(const XmlElement& owner, std::string_view child) {
  if (owner.text_of(child).empty()) return Eigen::Vector3d::Zero().eval();
  const auto numbers = numbers_of(owner, child);
  if (!numbers) return tl::unexpected(numbers.error());
  if (numbers->size() != 3)
    return bad_value(owner, child, "holds " + std::to_string(numbers->size()) + " numbers; expected 3");
  return Eigen::Vector3d{(*numbers)[0], (*numbers)[1], (*numbers)[2]};
}

Result<bool> flag_or(const XmlElement& owner, std::string_view child, bool otherwise) {
  const std::string_view text = owner.text_of(child);
  if (text.empty()) return otherwise;
  if (same_word(text, "true") || text == "1") return true;
  if (same_word(text, "false") || text == "0") return false;
  return bad_value(owner, child, "is '" + shown(text) + "'; expected true or false");
}

Result<bool> is_enabled(const XmlElement& element, std::string_view child) {
  const auto disabled = flag_or(element, "isDisabled", false);
  if (!disabled) return disabled;
  const auto enabled = flag_or(element, child, true);
  if (!enabled) return enabled;
  return !*disabled && *enabled;
}

std::filesystem::path path_in(const std::filesystem::path& folder, std::string_view text) {
  if (text.empty() || text == "Unassigned") return {};
  std::string portable{text};
  std::replace(portable.begin(), portable.end(), '\\', '/');
  return (folder / portable).lexically_normal();
}

std::string_view last_of_path(std::string_view path) {
  return path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
}

std::string_view marker_frame(const XmlElement& marker) {
  std::string_view path = marker.text_of("body");
  if (path.empty()) path = marker.text_of("socket_parent_frame");
  return path.empty() ? marker.text_of("socket_parent_frame_connectee_name") : path;
}

const std::vector<XmlElement>& objects_of(const XmlElement& owner, std::string_view set) {
  static const std::vector<XmlElement> kNone;
  const XmlElement* found = owner.child(set);
  if (found == nullptr) return kNone;
  const XmlElement* objects = found->child("objects");
  return objects == nullptr ? found->children : objects->children;
}

}  // namespace reprise::sensing
