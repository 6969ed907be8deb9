// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session/document.h"

namespace reprise::report {

/// One of several sessions.
struct CombinedSession {
  std::string name;  ///< as the reader knows it: the file's name
  std::string link;  ///< path of its own report from this page, "squat 2/report.html"; empty: none
  std::string day;   ///< shown as given, e.g. "3 May 2024"; empty: not known
  session::SessionDocument document;
};

/// A recording that gave no session.
struct CombinedFailure {
  std::string name;
  std::string cause;
};

struct CombinedOptions {
  std::string language = "en";
  std::vector<CombinedFailure> failed = {};
};

/// Several sessions of an exercise as one HTML page that needs nothing else: how count, range, quality and
/// symmetry go, and what differs between the sessions and so must not be compared. In order of the
/// recordings' own times where all are known, else of their names, and says which. That all show the same
/// person is for the reader to know. Every text is escaped; the only addresses are the links given.
[[nodiscard]] std::string render_combined_report(std::vector<CombinedSession> sessions,
                                                 const CombinedOptions& options = {});

/// Whether a name comes before another as people sort them: "squat 2" before "squat 10".
[[nodiscard]] bool comes_before(std::string_view a, std::string_view b);

/// Encodes a relative path as a URL: any character but letters, digits, '.', '-', '_' and '/' as %XX, so that
/// no name is taken for a scheme, a query or another folder.
[[nodiscard]] std::string relative_address(std::string_view path);

}  // namespace reprise::report
