// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

// RULA's tables (McAtamney & Corlett 1993), as published code has them; three independent copies agree in
// every cell (docs/sources.md, WL2 to WL4). A worksheet of Cornell University differs in some cells of table
// A, and in limits of angles: those are not used.
namespace reprise::engine {

/// Table A: [upper arm 1-6][lower arm 1-3][wrist 1-4 by wrist twist 1-2].
inline constexpr std::array<std::array<std::array<int, 8>, 3>, 6> kRulaTableA = {{
    {{{1, 2, 2, 2, 2, 3, 3, 3}, {2, 2, 2, 2, 3, 3, 3, 3}, {2, 3, 3, 3, 3, 3, 4, 4}}},
    {{{2, 3, 3, 3, 3, 4, 4, 4}, {3, 3, 3, 3, 3, 4, 4, 4}, {3, 4, 4, 4, 4, 4, 5, 5}}},
    {{{3, 3, 4, 4, 4, 4, 5, 5}, {3, 4, 4, 4, 4, 4, 5, 5}, {4, 4, 4, 4, 4, 5, 5, 5}}},
    {{{4, 4, 4, 4, 4, 5, 5, 5}, {4, 4, 4, 4, 4, 5, 5, 5}, {4, 4, 4, 5, 5, 5, 6, 6}}},
    {{{5, 5, 5, 5, 5, 6, 6, 7}, {5, 6, 6, 6, 6, 7, 7, 7}, {6, 6, 6, 7, 7, 7, 7, 8}}},
    {{{7, 7, 7, 7, 7, 8, 8, 9}, {8, 8, 8, 8, 8, 9, 9, 9}, {9, 9, 9, 9, 9, 9, 9, 9}}},
}};

/// Table B: [neck 1-6][trunk 1-6 by legs 1-2].
inline constexpr std::array<std::array<int, 12>, 6> kRulaTableB = {{
    {1, 3, 2, 3, 3, 4, 5, 5, 6, 6, 7, 7},
    {2, 3, 2, 3, 4, 5, 5, 5, 6, 7, 7, 7},
    {3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 7},
    {5, 5, 5, 6, 6, 7, 7, 7, 7, 7, 8, 8},
    {7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8},
    {8, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9},
}};

/// Table C: [arm and wrist 1-8, 8 also above][neck, trunk and legs 1-7, 7 also above].
inline constexpr std::array<std::array<int, 7>, 8> kRulaTableC = {{
    {1, 2, 3, 3, 4, 5, 5},
    {2, 2, 3, 4, 4, 5, 5},
    {3, 3, 3, 4, 4, 5, 6},
    {3, 3, 3, 4, 5, 6, 6},
    {4, 4, 4, 5, 6, 7, 7},
    {4, 4, 5, 6, 6, 7, 7},
    {5, 5, 6, 6, 7, 7, 7},
    {5, 5, 6, 7, 7, 7, 7},
}};

}  // namespace reprise::engine
