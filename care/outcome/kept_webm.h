// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reprise::care {

/// Returns why the record does not keep this WebM (EBML, RFC 8794; Matroska, RFC 9559), whole or as it was
/// recorded live, with sizes unknown; nullopt: it does. See kept_film.h.
[[nodiscard]] std::optional<std::string> problem_of_webm(std::string_view bytes);

}  // namespace reprise::care
