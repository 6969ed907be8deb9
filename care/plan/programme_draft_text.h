// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "care/plan/programme_draft.h"

// JSON texts for and from the page that writes programmes; reprise.d.mts has their types. Errors:
// invalid_argument if a text is not as its type says.
namespace reprise::care {

/// A muscle's target as pages have it; null: none.
[[nodiscard]] Json muscle_json(const std::optional<MuscleTarget>& target);

/// The most load of a leg as pages have it; null: none.
[[nodiscard]] Json load_limit_json(const std::optional<LoadLimit>& limit);

/// A DraftItem.
[[nodiscard]] Json item_json(const DraftItem& item);

/// RecordedProgramme to a draft.
[[nodiscard]] Result<std::string> programme_draft_text(std::string_view recorded);
/// A draft to a transaction.
[[nodiscard]] Result<std::string> programme_bundle_text(std::string_view writing);
/// A draft to the Programme that the patient's app would read. `answers`: the Patient with the clinic and the
/// consents, and the exercises' definitions. Errors: also those of read_programme.
[[nodiscard]] Result<std::string> drafted_programme_text(std::string_view writing,
                                                         std::span<const std::string> answers);

}  // namespace reprise::care
