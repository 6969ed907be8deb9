#pragma once

#include <string_view>

namespace reprise {

/// The text of catalog/schema/exercise.schema.json, built in so that the browser needs no file.
[[nodiscard]] std::string_view exercise_schema();

}  // namespace reprise
