// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

// The schemas of catalog/schema, built in so that the browser needs no file.
namespace reprise::exercises {

[[nodiscard]] std::string_view exercise_schema();
[[nodiscard]] std::string_view rule_schema();
[[nodiscard]] std::string_view education_schema();
[[nodiscard]] std::string_view protocol_schema();
[[nodiscard]] std::string_view contraindication_schema();
[[nodiscard]] std::string_view range_of_motion_schema();
[[nodiscard]] std::string_view self_assessment_schema();

}  // namespace reprise::exercises
