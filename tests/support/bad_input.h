// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/result.h"

namespace reprise {

/// What a parser must refuse, and how.
struct BadInput {
  std::string bytes;
  ErrorCode code;
  const char* cause;  ///< a part of what the error says
};

template <class T>
void expect_refused(const Result<T>& read, const BadInput& bad) {
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, bad.code) << to_string(read.error());
  EXPECT_THAT(read.error().cause, testing::HasSubstr(bad.cause));
  EXPECT_FALSE(read.error().remedy.empty());
}

}  // namespace reprise
