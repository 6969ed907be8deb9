#pragma once

#include <cstdint>
#include <span>
#include <string_view>

// What record/index/compile_text_folding.mjs makes of Unicode. record/index/text_folding.h uses it.
namespace reprise::record {

/// A letter, and where the text that stands for it is; of length 0 where nothing does.
struct Folding {
  char32_t letter;
  std::uint16_t first;
  std::uint8_t length;
};

struct FoldingTable {
  std::span<const Folding> foldings;  ///< sorted by letter; others stand for themselves
  std::string_view folds;             ///< UTF-8
  std::string_view digest;            ///< another one: text is folded otherwise
};

[[nodiscard]] const FoldingTable& folding_table();

}  // namespace reprise::record
