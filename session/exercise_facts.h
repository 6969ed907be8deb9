#pragma once

#include <string_view>

#include "exercises/catalogue.h"
#include "session/document.h"

namespace reprise {

/// What a session document keeps of a catalogue exercise, in `language` where it has it, else in English.
[[nodiscard]] ExerciseFacts facts_of(const CatalogueExercise& exercise, std::string_view language = "en");

}  // namespace reprise
