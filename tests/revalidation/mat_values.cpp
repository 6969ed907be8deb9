// SPDX-License-Identifier: Apache-2.0
// Prints a part of a MATLAB file as JSON: structures as objects, several elements as lists, numbers in their
// order.
//
//   reprise_mat_values FILE PATH
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "sensing/files/file_io.h"
#include "sensing/signals/mat_value.h"

namespace {

using reprise::sensing::MatValue;
using Json = nlohmann::json;

Json element(const MatValue& value, std::size_t index);

Json json_of(const MatValue& value) {
  Json list = Json::array();
  switch (value.kind) {
    case MatValue::Kind::numbers:
      for (const double number : value.numbers) list.push_back(std::isfinite(number) ? Json(number) : Json());
      return list;
    case MatValue::Kind::text: return value.text;
    case MatValue::Kind::cells:
      for (const MatValue& child : value.children) list.push_back(json_of(child));
      return list;
    case MatValue::Kind::structure: {
      const std::size_t fields = value.field_names.size();
      const std::size_t elements = fields == 0 ? 0 : value.children.size() / fields;
      for (std::size_t i = 0; i < elements; ++i) list.push_back(element(value, i));
      return list;
    }
    case MatValue::Kind::other: break;
  }
  return {};
}

Json element(const MatValue& value, std::size_t index) {
  Json object = Json::object();
  const std::size_t fields = value.field_names.size();
  for (std::size_t k = 0; k < fields; ++k)
    object[value.field_names[k]] = json_of(value.children[index * fields + k]);
  return object;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto bytes = reprise::sensing::read_file(argv[1], std::size_t{1} << 30U, "reading a MATLAB file");
  const auto file = bytes.and_then([](const std::string& text) { return reprise::sensing::parse_mat(text); });
  if (!file) {
    std::fprintf(stderr, "%s\n", to_string(file.error()).c_str());
    return 4;
  }
  const MatValue* part = file->at(argv[2]);
  if (part == nullptr) {
    std::fprintf(stderr, "%s has no %s\n", argv[1], argv[2]);
    return 3;
  }
  std::printf("%s\n", json_of(*part).dump().c_str());
  return 0;
}
