// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

namespace reprise::json {

/// One thing wrong with a file that a person wrote, in words that person can act on.
struct Problem {
  std::string file;    ///< as the caller named it
  std::string path;    ///< JSON pointer, e.g. "/form/0/cue/en"; empty: the whole file
  std::string found;   ///< the value, short, e.g. "400"; "nothing" where it is missing
  std::string limit;   ///< what must hold, e.g. "must be from 0 to 170 degrees"
  std::string remedy;  ///< what to do about it
};

/// "squat.json /range/target: found 400; must be from 0 to 170 degrees. What to do: ..." on one line.
[[nodiscard]] std::string to_string(const Problem& problem);

/// One problem a line.
[[nodiscard]] std::string to_string(std::span<const Problem> problems);

}  // namespace reprise::json
