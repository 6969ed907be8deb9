// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_jpeg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace reprise::care {
namespace {

using ::testing::HasSubstr;

std::string segment(char marker, const std::string& content) {
  const std::size_t length = content.size() + 2;
  return std::string{'\xff', marker, static_cast<char>(length / 256), static_cast<char>(length % 256)} +
         content;
}
const std::string kStart = "\xff\xd8";
const std::string kJfif = segment('\xe0', std::string("JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00", 14));
const std::string kTables = segment('\xdb', std::string(65, '\x01'));
const std::string kPicture = segment('\xda', std::string(6, '\x01')) + std::string(64, '\x2a') + "\xff\xd9";

std::string cause(const std::string& bytes) {
  const auto right = check_kept_jpeg(bytes);
  return right ? "kept" : right.error().cause;
}

TEST(KeptJpeg, HasOnlyWhatDrawsThePicture) {
  EXPECT_EQ(cause(kStart + kJfif + kTables + kPicture), "kept");
  EXPECT_EQ(cause(kStart + kJfif + segment('\xee', "Adobe") + kTables + kPicture), "kept");
}

TEST(KeptJpeg, HasNoMetadataInAnySegment) {
  for (const char marker : {'\xe1', '\xe2', '\xed', '\xfe'}) {
    EXPECT_THAT(cause(kStart + kJfif + segment(marker, "Exif") + kTables + kPicture), HasSubstr("metadata"));
    // Beyond the first 64 KiB too.
    EXPECT_THAT(
        cause(kStart + segment('\xdb', std::string(65'000, '\x01')) + kTables + kTables + kTables + kTables +
              kTables + kTables + kTables + kTables + kTables + segment(marker, "place") + kPicture),
        HasSubstr("metadata"));
  }
  EXPECT_THAT(cause(kStart + segment('\xe0', std::string(200, '\x01')) + kPicture), HasSubstr("metadata"))
      << "a thumbnail";
}

TEST(KeptJpeg, HasNothingBetweenItsScansOrAfterItsEnd) {
  const std::string scan =
      segment('\xda', std::string(6, '\x01')) + std::string("*\xff\x00*\xff\xd0*\xff\xff", 8);
  const std::string end = "\xff\xd9";
  const std::string table = segment('\xc4', std::string(20, '\x01'));
  EXPECT_EQ(cause(kStart + kTables + scan + table + scan + end), "kept") << "progressive";
  EXPECT_THAT(cause(kStart + kTables + scan + segment('\xe1', "Exif") + scan + end), HasSubstr("metadata"));
  EXPECT_THAT(cause(kStart + kTables + scan + end + "a video"), HasSubstr("after its picture"));
  EXPECT_THAT(cause(kStart + kTables + scan + end + kStart + kTables + scan + end),
              HasSubstr("after its picture"));
  EXPECT_THAT(cause(kStart + kTables + scan), HasSubstr("ends before"));
  EXPECT_THAT(cause(kStart + end), HasSubstr("no JPEG")) << "without a picture";
}

TEST(KeptJpeg, IsAJpegOfAtMostTwoMebibytes) {
  EXPECT_THAT(cause(""), HasSubstr("no JPEG"));
  EXPECT_THAT(cause("\x89PNG"), HasSubstr("no JPEG"));
  const std::string whole = kStart + kJfif + kTables + kPicture;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_THAT(cause(whole.substr(0, size)), HasSubstr("no JPEG")) << size;
  EXPECT_THAT(cause(kStart + std::string("\xff\xdb\x00\x01", 4) + kPicture), HasSubstr("no JPEG"));
  EXPECT_THAT(cause(kStart + "pages" + kPicture), HasSubstr("no JPEG"));
  EXPECT_THAT(cause(whole + std::string(2U << 20U, 'x')), HasSubstr("2 MiB"));
}

}  // namespace
}  // namespace reprise::care
