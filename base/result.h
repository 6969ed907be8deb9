// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace reprise {

/// What kind of failure it was. The command line maps each to an exit code (cli/exit_code.h).
enum class ErrorCode {
  invalid_argument,  ///< the caller asked for something that cannot be (option, identifier, range)
  not_found,         ///< a named thing does not exist
  unreadable,        ///< it exists, but cannot be opened or ends too early
  unsupported,       ///< understood, but outside what we handle
  corrupt,           ///< bytes that contradict their own format or checksum
  nothing_measured,  ///< input was fine, but there was nothing to measure in it (no person, no frames)
  unwritable,        ///< output could not be written completely
  cancelled,         ///< the user stopped it
  unavailable,       ///< a service or a disk that it needs is not there, or busy for too long
  conflict,          ///< another client changed the same thing at the same time
};

/// A failure a person can act on. All three texts are plain sentences without patient content.
struct Error {
  ErrorCode code;
  std::string stage;   ///< which step failed, e.g. "video decoding"
  std::string cause;   ///< the failure, with the field, the value and the limit
  std::string remedy;  ///< what to do about it
};

/// The one way in which an expected failure travels.
template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for the failing branch: `return fail(ErrorCode::corrupt, "stage", "cause", "remedy");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string stage, std::string cause,
                                                std::string remedy) {
  return tl::unexpected<Error>(Error{code, std::move(stage), std::move(cause), std::move(remedy)});
}

/// "stage: cause (remedy)", for a terminal or a log.
[[nodiscard]] std::string to_string(const Error& error);

/// The stable identifier of a code, e.g. "not_found".
[[nodiscard]] std::string_view to_string(ErrorCode code);

}  // namespace reprise
