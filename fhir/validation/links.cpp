// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/links.h"

#include "fhir/model/definitions.h"
#include "fhir/validation/value_checks.h"

namespace reprise::fhir {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// An attribute of a tag: where its value begins and ends.
struct Attribute {
  std::string_view name;
  std::size_t begin;
  std::size_t end;
};

/// The next attribute with a value from `at` on, which is moved behind it; nothing at the tag's end.
std::optional<Attribute> next_attribute(std::string_view xhtml, std::size_t& at) {
  while (true) {
    at = xhtml.find_first_not_of(" \t\r\n/", at);
    if (at == std::string_view::npos || xhtml[at] == '>' || xhtml[at] == '<') return {};
    const std::size_t name_end = std::min(xhtml.find_first_of(" \t\r\n=/><", at), xhtml.size());
    const auto name = xhtml.substr(at, name_end - at);
    at = xhtml.find_first_not_of(kBlanks, name_end);
    if (at == std::string_view::npos || xhtml[at] != '=') {
      if (name.empty()) return {};
      continue;
    }
    at = xhtml.find_first_not_of(kBlanks, at + 1);
    if (at == std::string_view::npos || (xhtml[at] != '"' && xhtml[at] != '\'')) return {};
    const std::size_t end = xhtml.find(xhtml[at], at + 1);
    if (end == std::string_view::npos) return {};
    const Attribute found{name, at + 1, end};
    at = end + 1;
    return found;
  }
}

/// The narrative with other addresses in `<a href>` and `<img src>`; nothing where all stay.
std::optional<std::string> with_links(std::string_view xhtml, const ElementPath& place,
                                      const ReplaceLink& replace) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = xhtml.find('<'); at != std::string_view::npos; at = xhtml.find('<', at)) {
    if (xhtml.substr(at, 4) == "<!--") {
      at = xhtml.find("-->", at + 4);
      if (at == std::string_view::npos) break;
      continue;
    }
    const std::size_t name_end = std::min(xhtml.find_first_of(" \t\r\n/>", at + 1), xhtml.size());
    const auto element = xhtml.substr(at + 1, name_end - at - 1);
    const std::string_view wanted = element == "a" ? "href" : element == "img" ? "src" : "";
    at = name_end;
    while (const auto attribute = next_attribute(xhtml, at)) {
      if (wanted.empty() || attribute->name != wanted) continue;
      const auto text = xhtml.substr(attribute->begin, attribute->end - attribute->begin);
      const auto replaced = replace({LinkKind::url, text, place});
      if (!replaced) continue;
      (out += xhtml.substr(copied, attribute->begin - copied)) += *replaced;
      copied = attribute->end;
    }
    if (at == std::string_view::npos) break;
  }
  if (copied == 0) return {};
  return out += xhtml.substr(copied);
}

class LinkWalk {
 public:
  explicit LinkWalk(const ReplaceLink& replace) : replace_(replace) {}

  bool resource(Json& value, const ElementPath& place) {
    const std::string* type = text_field(value, "resourceType");
    const Structure* structure = type != nullptr ? find_resource(*type) : nullptr;
    return structure != nullptr && group(value, *structure, place);
  }

 private:
  bool group(Json& value, const Structure& structure, const ElementPath& place) {
    if (!value.is_object()) return false;
    bool changed = false;
    for (auto& [name, field] : value.get_ref<Json::object_t&>()) {
      const bool beside = !name.empty() && name.front() == '_';
      const Element* element = find_element(structure, std::string_view{name}.substr(beside ? 1 : 0));
      if (element == nullptr) continue;
      const Structure& inner = beside ? beside_primitive() : structure_of(*element);
      const bool names_target = structure.name == "Reference" && name == "reference";
      changed |= each(field, inner, names_target, {&place, path_name(*element), {}});
    }
    return changed;
  }

  /// A value, or each of a list.
  bool each(Json& field, const Structure& structure, bool names_target, const ElementPath& place) {
    if (!field.is_array()) return one(field, structure, names_target, place);
    bool changed = false;
    for (std::size_t i = 0; i < field.size(); ++i) {
      changed |= one(field[i], structure, names_target, {place.parent, place.name, i});
    }
    return changed;
  }

  bool one(Json& value, const Structure& structure, bool names_target, const ElementPath& place) {
    if (structure.kind == Kind::any_resource) return resource(value, place);
    if (!is_primitive(structure.kind)) return group(value, structure, place);
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    std::optional<std::string> replaced;
    if (structure.kind == Kind::xhtml) {
      replaced = with_links(text, place, replace_);
    } else if (names_target) {
      replaced = replace_({LinkKind::reference, text, *place.parent});
    } else if (structure.kind == Kind::url || structure.kind == Kind::uri) {
      replaced = replace_({structure.kind == Kind::url ? LinkKind::url : LinkKind::uri, text, place});
    }
    if (!replaced) return false;
    value = std::move(*replaced);
    return true;
  }

  const ReplaceLink& replace_;
};

}  // namespace

bool replace_links(Json& resource, const ReplaceLink& replace) {
  const std::string* type = text_field(resource, "resourceType");
  const std::string name = type != nullptr ? *type : std::string{};
  return LinkWalk(replace).resource(resource, {nullptr, name, {}});
}

}  // namespace reprise::fhir
