// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "care/protocols/contraindication.h"
#include "care/protocols/protocol.h"
#include "fhir/model/json.h"

// Both kinds of file as the PlanDefinitions that a record keeps; the file itself is in it, byte for byte.
namespace reprise::care {

inline constexpr const char* kContraindicationPrefix = "urn:reprise:contraindication:";

/// Errors: those of parse_protocol.
[[nodiscard]] Result<Json> protocol_definition(const exercises::CatalogFile& file);

/// Errors: corrupt (no file in it, one that is no protocol, or one of another id or version than the resource
/// says).
[[nodiscard]] Result<Protocol> read_protocol_definition(const Json& definition);

/// Errors: those of parse_contraindication.
[[nodiscard]] Result<Json> contraindication_definition(const exercises::CatalogFile& file);

/// Errors: as of read_protocol_definition.
[[nodiscard]] Result<Contraindication> read_contraindication_definition(const Json& definition);

}  // namespace reprise::care
