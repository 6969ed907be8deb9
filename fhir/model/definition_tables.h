// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What fhir/compile_definitions.mjs makes of HL7's definitions, as arrays that refer to each other by
// position. fhir/model/definitions.h finds things in them.
namespace reprise::fhir {

/// How a value is written: as a group of fields, as a resource, or as one of FHIR's primitive types.
enum class Kind : std::uint8_t {
  group,
  resource,
  any_resource,  ///< of the supported ones
  base64_binary,
  boolean,
  canonical,
  code,
  date,
  date_time,
  decimal,
  id,
  instant,
  integer,
  markdown,
  oid,
  positive_int,
  string,
  time,
  unsigned_int,
  uri,
  url,
  uuid,
  xhtml,
};

/// A resource, a data type, a group inside of either ("Patient.contact"), or a primitive type.
struct Structure {
  std::string_view name;
  Kind kind;
  std::uint16_t first_element;
  std::uint16_t element_count;
};

/// A field of a structure. Each type of a choice ("value[x]") is a field of its own ("valueQuantity").
struct Element {
  std::string_view name;       ///< in JSON; a structure's elements are sorted by it
  std::uint16_t structure;     ///< of its value
  std::uint16_t value_set;     ///< its required binding; kNoValueSet: none
  std::uint16_t first_target;  ///< resource types that a reference may lead to
  std::uint8_t target_count;   ///< 0: to any
  std::uint8_t stem;  ///< bytes of the name before a choice's type; all of them where there is no choice
  bool required;
  bool many;      ///< a list in JSON
  bool plain;     ///< a primitive value that cannot have extensions
  bool summary;   ///< is shown in a summary
  bool modifier;  ///< changes the meaning of what stands beside it
};
constexpr std::uint16_t kNoValueSet = 0xFFFF;

struct Code {
  std::string_view code;
  std::uint16_t system;
};

/// The codes of a required binding, sorted; none where they are not listed in the definitions.
struct ValueSet {
  std::string_view url;
  std::uint16_t first_code;
  std::uint16_t code_count;
};

struct Tables {
  std::span<const Structure> structures;  ///< sorted by name
  std::span<const Element> elements;
  std::span<const std::uint16_t> targets;  ///< positions in resource_types
  std::span<const ValueSet> value_sets;
  std::span<const Code> codes;
  std::span<const std::string_view> systems;
  std::span<const std::string_view> resource_types;  ///< all of R4, sorted; more than are supported
  std::span<const std::string_view> html_elements;   ///< that a narrative may hold, sorted
  std::span<const std::string_view> html_attributes;
};

[[nodiscard]] const Tables& tables();

}  // namespace reprise::fhir
