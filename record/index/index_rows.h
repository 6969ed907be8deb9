// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/model/json.h"
#include "record/database/connection.h"
#include "record/index/index_ids.h"

// What a search finds a resource by, as rows of the index tables. `param` is a number of `IndexIds`; `place`
// tells the elements of composite parameters apart. Texts are short enough for an index (text_folding.h).
namespace reprise::record {

struct TextRow {
  std::int64_t param;
  std::int64_t place;
  std::string norm;   ///< folded; of a long text the beginning
  std::string exact;  ///< as it is written
};

struct TokenRow {
  std::int64_t param;
  std::int64_t place;
  std::string code;    ///< of an identifier by its type: "code|value"
  std::string system;  ///< empty: none
};

/// Half open, in milliseconds since 1970. No limit: the least or greatest number.
struct DateRow {
  std::int64_t param;
  std::int64_t place;
  std::int64_t start_ms;
  std::int64_t end_ms;
};

/// IndexIds, too, without texts. Both limits are inside; no limit: infinite.
struct QuantityRow {
  std::int64_t param;
  std::int64_t place;
  double low;
  double high;
  std::string system;
  std::string code;
  std::string unit;
};

/// Either to a resource of the same server (type and id) or an address. A canonical with a version has two
/// rows: with it, and without.
struct ReferenceRow {
  std::int64_t param;
  std::int64_t place;
  std::int64_t target_type;  ///< 0 with an address
  std::string target_id;     ///< empty with an address
  std::string address;
};

struct UriRow {
  std::int64_t param;
  std::int64_t place;
  std::string uri;
};

/// All rows of one resource, sorted, none twice.
struct IndexRows {
  std::vector<TextRow> texts;
  std::vector<TokenRow> tokens;
  std::vector<DateRow> dates;
  std::vector<QuantityRow> quantities;
  std::vector<ReferenceRow> references;
  std::vector<UriRow> uris;
};

/// The rows of a resource that `validate` accepts, with its id where it is a Patient: it is in its own
/// compartment. A Binary is in that of the Patient whom its security context names. None of what says no
/// supported type.
[[nodiscard]] IndexRows index_rows(const fhir::Json& resource, const IndexIds& index_ids);

/// The ids of the patients in whose compartments a resource of this type is, by its rows.
[[nodiscard]] std::vector<std::string> compartments_in(const IndexRows& rows, const IndexIds& index_ids,
                                                       std::string_view type);

/// Adds the rows of a resource that has none. Errors: those of the connection.
[[nodiscard]] Result<void> insert_rows(Connection& connection, std::int64_t pk, const IndexRows& rows);

/// Makes them the rows of a resource that has others, and leaves alone those that stay. Errors: those of the
/// connection.
[[nodiscard]] Result<void> replace_rows(Connection& connection, std::int64_t pk, const IndexRows& rows);

/// Removes all rows of a resource. Errors: those of the connection.
[[nodiscard]] Result<void> erase_rows(Connection& connection, std::int64_t pk);

}  // namespace reprise::record
