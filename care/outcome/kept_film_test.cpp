// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_film.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace reprise::care {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::size_t kMostFilmBytes = 1U << 20U;

std::string film_cause(const std::string& bytes, std::size_t most = kMostFilmBytes) {
  const auto right = check_kept_film(bytes, most);
  return right ? std::string{media_type_of(*right)} : right.error().cause;
}

// What Debian's Chromium 156 writes by MediaRecorder.
std::string recorded(const char* name) {
  const auto file = std::filesystem::path(REPRISE_SOURCE_DIR) / "tests/fuzz/corpus/kept_film" / name;
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string big_endian(std::uint64_t value, unsigned bytes) {
  std::string out;
  for (unsigned left = bytes; left > 0; --left) out += static_cast<char>(value >> 8U * (left - 1));
  return out;
}

std::string box(const std::string& name, const std::string& content) {
  return big_endian(content.size() + 8, 4) + name + content;
}

const std::string kBoxOfPlace = box("\xa9xyz", "+48.2085+016.3731/");

struct Mp4 {
  std::string in_file;
  std::string in_movie;
  std::string in_track;
  std::string handler = "vide";
  std::string entry = box("avc1", std::string(78, '\0') + box("avcC", "\x01"));

  [[nodiscard]] std::string bytes() const {
    const std::string description = box("stsd", std::string(7, '\0') + "\x01" + entry);
    const std::string table = box("stbl", description + box("stts", "") + box("stco", ""));
    const std::string info = box("minf", box("vmhd", "") + box("dinf", "") + table);
    const std::string media = box(
        "mdia", box("mdhd", "") + box("hdlr", std::string(8, '\0') + handler + std::string(13, '\0')) + info);
    const std::string movie = box("mvhd", "") + in_movie + box("trak", box("tkhd", "") + in_track + media);
    return box("ftyp", "isom") + in_file + box("moov", movie) + box("mdat", "pictures");
  }
};

TEST(KeptFilm, IsWhatABrowserRecords) {
  EXPECT_EQ(film_cause(recorded("chromium_h264.mp4")), "video/mp4");
  EXPECT_EQ(film_cause(recorded("chromium_vp9.mp4")), "video/mp4");
  EXPECT_EQ(film_cause(recorded("chromium_vp8.webm")), "video/webm");
  EXPECT_EQ(film_cause(recorded("chromium_vp9.webm")), "video/webm");
}

TEST(KeptFilm, IsWholeAndNoLargerThanItMayBe) {
  for (const char* name : {"chromium_h264.mp4", "chromium_vp8.webm"}) {
    const std::string whole = recorded(name);
    ASSERT_GT(whole.size(), 1000U);
    EXPECT_THAT(film_cause(whole, whole.size() - 1), HasSubstr("more than"));
    EXPECT_THAT(film_cause(whole, whole.size()), HasSubstr("video/"));
    for (std::size_t size = 0; size < whole.size(); ++size)
      // An MP4 is still one without its index of fragments.
      EXPECT_THAT(
          film_cause(whole.substr(0, size)),
          AnyOf(HasSubstr("is no"), HasSubstr("neither"), HasSubstr("without"), HasSubstr("after its film"),
                size == whole.size() - 76 ? HasSubstr("video/mp4") : HasSubstr("is no")))
          << name << ' ' << size;
  }
  EXPECT_THAT(film_cause(recorded("chromium_vp8.webm") + "more"), HasSubstr("after its film"));
  EXPECT_THAT(film_cause(recorded("chromium_h264.mp4") + "more"), HasSubstr("is no MP4"));
}

TEST(KeptFilm, IsNoOtherFile) {
  for (const char* other : {"", "\x89PNG\r\n\x1a\n and more", "RIFF....AVI LIST",
                            "\xff\xd8\xff\xe0 a picture", "\x1a\x45\xdf\xa3", "ID3 a sound"})
    EXPECT_THAT(film_cause(other), AnyOf(HasSubstr("neither"), HasSubstr("no WebM"))) << other;
}

TEST(KeptFilm, HasNoPlaceInAnyBox) {
  EXPECT_EQ(film_cause(Mp4{}.bytes()), "video/mp4");
  const std::string user_data = box("udta", kBoxOfPlace);
  for (const std::string& metadata : {user_data, box("meta", kBoxOfPlace), box("uuid", kBoxOfPlace),
                                      box("loci", kBoxOfPlace), box("Xtra", kBoxOfPlace), kBoxOfPlace}) {
    EXPECT_THAT(film_cause(Mp4{metadata, "", ""}.bytes()), HasSubstr("where it was filmed"));
    EXPECT_THAT(film_cause(Mp4{"", metadata, ""}.bytes()), HasSubstr("where it was filmed"));
    EXPECT_THAT(film_cause(Mp4{"", "", metadata}.bytes()), HasSubstr("where it was filmed"));
    Mp4 in_entry;
    in_entry.entry = box("avc1", std::string(78, '\0') + metadata);
    EXPECT_THAT(film_cause(in_entry.bytes()), HasSubstr("where it was filmed"));
  }
  EXPECT_THAT(film_cause(Mp4{box("free", kBoxOfPlace), "", ""}.bytes()), HasSubstr("should be empty"));
  EXPECT_EQ(film_cause(Mp4{box("free", std::string(40, '\0')), "", ""}.bytes()), "video/mp4");
}

TEST(KeptFilm, HasNoTracksButPicturesAndSound) {
  Mp4 timed;  // an iPhone's track of places
  timed.handler = "meta";
  EXPECT_THAT(film_cause(timed.bytes()), HasSubstr("neither pictures nor sound"));
  Mp4 only_sound;
  only_sound.handler = "soun";
  EXPECT_THAT(film_cause(only_sound.bytes()), HasSubstr("without pictures"));
  Mp4 unknown;
  unknown.entry = box("apcn", std::string(78, '\0'));
  EXPECT_THAT(film_cause(unknown.bytes()), HasSubstr("codec"));
  Mp4 quicktime;
  quicktime.entry = box("mp4a", std::string(9, '\0') + "\x01" + std::string(34, '\0'));
  EXPECT_THAT(film_cause(quicktime.bytes()), HasSubstr("QuickTime"));
}

TEST(KeptFilm, HasBoxesThatFit) {
  const auto broken = [](const std::string& part) { return film_cause(Mp4{part, "", ""}.bytes()); };
  EXPECT_THAT(broken(big_endian(7, 4) + "free"), HasSubstr("longer than the rest"));
  EXPECT_THAT(broken(big_endian(1, 4) + "free" + big_endian(15, 8)), HasSubstr("longer than the rest"));
  EXPECT_THAT(broken(big_endian(1, 4) + "free" + std::string(8, '\xff')), HasSubstr("longer than the rest"));
  EXPECT_THAT(broken(std::string(4, '\xff') + "free"), HasSubstr("longer than the rest"));
  EXPECT_THAT(broken(big_endian(0, 4) + "mdat"), HasSubstr("longer than the rest"))
      << "to the end of the file";
  EXPECT_EQ(broken(big_endian(1, 4) + "free" + big_endian(16, 8)), "video/mp4") << "a long size";
  // A box in one of its own kind is no way to go ever deeper.
  std::string deep = box("moov", "");
  for (int i = 0; i < 10'000; ++i) deep = box("moov", deep);
  EXPECT_THAT(film_cause(Mp4{"", deep, ""}.bytes()), HasSubstr("\"moov\""));
}

std::string element(const std::string& id, const std::string& content) {
  return id + "\x08" + big_endian(content.size(), 4) + content;  // a size of five bytes
}
const std::string kOpen = "\x01\xff\xff\xff\xff\xff\xff\xff";
const std::string kEbml = element("\x1a\x45\xdf\xa3", element("\x42\x82", "webm"));
const std::string kSegmentId = "\x18\x53\x80\x67";
const std::string kInfoId = "\x15\x49\xa9\x66";
const std::string kClusterId = "\x1f\x43\xb6\x75";
const std::string kInfoOfAny = element(kInfoId, element("\x57\x41", "app"));
const std::string kBlocks = element("\xe7", std::string(1, '\0')) + element("\xa3", "a block");

std::string tracks(char type = 1, const std::string& more = "") {
  return element("\x16\x54\xae\x6b", element("\xae", element("\x83", std::string(1, type)) + more));
}
std::string webm(const std::string& segment) {
  return kEbml + element(kSegmentId, segment);
}

TEST(KeptFilm, IsAWebmOfKnownOrUnknownSizes) {
  EXPECT_EQ(film_cause(webm(kInfoOfAny + tracks() + element(kClusterId, kBlocks))), "video/webm");
  const std::string live = kEbml + kSegmentId + kOpen + kInfoOfAny + tracks() + kClusterId + kOpen + kBlocks +
                           kClusterId + kOpen + kBlocks;
  EXPECT_EQ(film_cause(live), "video/webm") << "as it was recorded";
  EXPECT_EQ(film_cause(live + element("\xec", std::string(30, '\0'))), "video/webm");
  EXPECT_THAT(film_cause(live + element("\xec", "a place")), HasSubstr("should be empty"));
  EXPECT_THAT(film_cause(live + "\x1f"), HasSubstr("is no WebM"));
}

TEST(KeptFilm, HasNoTagsOrAttachments) {
  for (const char* id : {"\x12\x54\xc3\x67", "\x19\x41\xa4\x69", "\x10\x43\xa7\x70", "\x7b\xa9"}) {
    const std::string more = element(id, "+48.2085+016.3731/");
    const std::string cluster = element(kClusterId, kBlocks);
    for (const std::string& film :
         {webm(more + kInfoOfAny + tracks() + cluster), webm(kInfoOfAny + tracks() + cluster + more),
          webm(element(kInfoId, more) + tracks() + cluster), webm(kInfoOfAny + tracks(1, more) + cluster),
          webm(kInfoOfAny + tracks() + element(kClusterId, kBlocks + more)),
          kEbml + kSegmentId + kOpen + tracks() + kClusterId + kOpen + kBlocks + more})
      EXPECT_THAT(film_cause(film), HasSubstr("where it was filmed"));
  }
  EXPECT_THAT(film_cause(webm(tracks(17) + element(kClusterId, kBlocks))),
              HasSubstr("neither pictures nor sound"));
  EXPECT_THAT(film_cause(webm(tracks(2) + element(kClusterId, kBlocks))), HasSubstr("without pictures"));
  EXPECT_THAT(film_cause(webm(tracks())), HasSubstr("without pictures"));
  EXPECT_THAT(film_cause(element("\x1a\x45\xdf\xa3", element("\x42\x82", "matroska")) + webm("")),
              HasSubstr("no WebM"));
}

TEST(KeptFilm, HasElementsThatFit) {
  const std::string cluster = element(kClusterId, kBlocks);
  for (const std::string& wrong :
       {kInfoId + std::string("\x01") + std::string(7, '\xfe'), kInfoId + kOpen,
        kInfoId + std::string("\x00", 1), std::string("\x00\x00", 2), std::string("\xff")})
    EXPECT_THAT(film_cause(webm(tracks() + cluster + wrong)), AnyOf(HasSubstr("longer"), HasSubstr("where")));
}

TEST(KeptFilm, OfACameraIsRefusedAsItIs) {
  const char* data = std::getenv("REPRISE_DATA");
  if (data == nullptr) GTEST_SKIP() << "REPRISE_DATA is not set";
  const auto file = std::filesystem::path(data) / "video/clips/squat_1.mp4";
  std::ifstream in(file, std::ios::binary);
  if (!in) GTEST_SKIP() << "no film at " << file;
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(film_cause(bytes), HasSubstr("\"uuid\""));
}

}  // namespace
}  // namespace reprise::care
