// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

// REBA's tables (Hignett & McAtamney 2000), as worksheets and published code have them, which agree in every
// cell that could be read (docs/sources.md, WL3 to WL7).
namespace reprise::engine {

/// Table A: [trunk 1-5][neck 1-3][legs 1-4].
inline constexpr std::array<std::array<std::array<int, 4>, 3>, 5> kRebaTableA = {{
    {{{1, 2, 3, 4}, {1, 2, 3, 4}, {3, 3, 5, 6}}},
    {{{2, 3, 4, 5}, {3, 4, 5, 6}, {4, 5, 6, 7}}},
    {{{2, 4, 5, 6}, {4, 5, 6, 7}, {5, 6, 7, 8}}},
    {{{3, 5, 6, 7}, {5, 6, 7, 8}, {6, 7, 8, 9}}},
    {{{4, 6, 7, 8}, {6, 7, 8, 9}, {7, 8, 9, 9}}},
}};

/// Table B: [upper arm 1-6][lower arm 1-2][wrist 1-3].
inline constexpr std::array<std::array<std::array<int, 3>, 2>, 6> kRebaTableB = {{
    {{{1, 2, 2}, {1, 2, 3}}},
    {{{1, 2, 3}, {2, 3, 4}}},
    {{{3, 4, 5}, {4, 5, 5}}},
    {{{4, 5, 5}, {5, 6, 7}}},
    {{{6, 7, 8}, {7, 8, 8}}},
    {{{7, 8, 8}, {8, 9, 9}}},
}};

/// Table C: [score A 1-12][score B 1-12].
inline constexpr std::array<std::array<int, 12>, 12> kRebaTableC = {{
    {1, 1, 1, 2, 3, 3, 4, 5, 6, 7, 7, 7},
    {1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7, 8},
    {2, 3, 3, 3, 4, 5, 6, 7, 7, 8, 8, 8},
    {3, 4, 4, 4, 5, 6, 7, 8, 8, 9, 9, 9},
    {4, 4, 4, 5, 6, 7, 8, 8, 9, 9, 9, 9},
    {6, 6, 6, 7, 8, 8, 9, 9, 10, 10, 10, 10},
    {7, 7, 7, 8, 9, 9, 9, 10, 10, 11, 11, 11},
    {8, 8, 8, 9, 10, 10, 10, 10, 10, 11, 11, 11},
    {9, 9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 12},
    {10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 12},
    {11, 11, 11, 11, 12, 12, 12, 12, 12, 12, 12, 12},
    {12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12},
}};

}  // namespace reprise::engine
