// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sensing/files/storage.h"

// Any bytes: an error or a table that, where it can be written, reads back as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace reprise;
  const auto table = sensing::parse_storage({reinterpret_cast<const char*>(data), size});
  if (!table) return 0;
  if (table->values.size() != table->rows() * table->labels.size()) std::abort();
  const auto text = sensing::to_storage(*table);
  if (!text) return 0;  // labels of other files may hold blanks
  const auto again = sensing::parse_storage(*text);
  if (!again || again->labels != table->labels || again->values != table->values) std::abort();
  return 0;
}
