// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_mp4.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace reprise::care {
namespace {

using Mp4Problem = std::optional<std::string>;
using Mp4Names = std::span<const std::string_view>;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t length) {
  std::uint64_t value = 0;
  for (const char byte : bytes.substr(at, length)) value = value << 8U | static_cast<std::uint8_t>(byte);
  return value;
}

struct Mp4Box {
  std::string_view name;
  std::string_view content;
  std::size_t size = 0;  // with its head
};

// The boxes that play a film, by the box that holds them; all else may say where it was taken.
constexpr std::array<std::string_view, 9> kInFile = {"ftyp", "styp", "moov", "moof", "mdat",
                                                     "mfra", "sidx", "free", "skip"};
constexpr std::array<std::string_view, 5> kInMoov = {"mvhd", "trak", "mvex", "free", "skip"};
constexpr std::array<std::string_view, 5> kInTrak = {"tkhd", "edts", "mdia", "free", "skip"};
constexpr std::array<std::string_view, 5> kInMdia = {"mdhd", "hdlr", "minf", "free", "skip"};
constexpr std::array<std::string_view, 6> kInMinf = {"vmhd", "smhd", "dinf", "stbl", "free", "skip"};
constexpr std::array<std::string_view, 15> kInStbl = {"stsd", "stts", "ctts", "cslg", "stsc",
                                                      "stsz", "stz2", "stco", "co64", "stss",
                                                      "sdtp", "sbgp", "sgpd", "free", "skip"};
constexpr std::array<std::string_view, 10> kSampleEntries = {"avc1", "avc3", "hvc1", "hev1", "vp08",
                                                             "vp09", "av01", "mp4a", "Opus", "fLaC"};
constexpr std::array<std::string_view, 14> kInEntry = {"avcC", "hvcC", "vpcC", "av1C", "esds",
                                                       "dOps", "dfLa", "btrt", "colr", "pasp",
                                                       "clap", "fiel", "chnl", "free"};
constexpr std::array<std::string_view, 2> kInMvex = {"mehd", "trex"};
constexpr std::array<std::string_view, 2> kInMoof = {"mfhd", "traf"};
constexpr std::array<std::string_view, 6> kInTraf = {"tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd"};

// ISO/IEC 14496-12, 12.1.3 and 12.2.3: what precedes the boxes in a sample entry.
constexpr std::size_t kPictureEntryHead = 78;
constexpr std::size_t kSoundEntryHead = 28;

bool is_box_in(Mp4Names names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string name_in_words(std::string_view name) {
  const bool is_plain = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
  return is_plain ? "\"" + std::string{name} + "\"" : "with a name that is no text";
}

/// Reads the first box of `bytes`; nullopt: its size is wrong, or unknown.
std::optional<Mp4Box> first_box(std::string_view bytes) {
  if (bytes.size() < 8) return {};
  std::uint64_t size = number_at(bytes, 0, 4);
  std::size_t head = 8;
  if (size == 1) {
    head = 16;
    if (bytes.size() < head) return {};
    size = number_at(bytes, 8, 8);
  }
  if (size < head || size > bytes.size()) return {};
  const auto whole = static_cast<std::size_t>(size);
  return Mp4Box{bytes.substr(4, 4), bytes.substr(head, whole - head), whole};
}

struct Mp4Film {
  bool has_movie = false;
  bool has_media = false;
  bool has_pictures = false;
};

Mp4Problem problem_of_box(const Mp4Box& box, Mp4Film& film);

/// Checks all boxes of `bytes`, each of `names`.
Mp4Problem problem_of_boxes(std::string_view bytes, Mp4Names names, Mp4Film& film) {
  while (!bytes.empty()) {
    const auto box = first_box(bytes);
    if (!box) return "it is no MP4: a box is longer than the rest of it";
    if (!is_box_in(names, box->name))
      return "it has a box " + name_in_words(box->name) + ", which may say where it was filmed";
    if (auto problem = problem_of_box(*box, film)) return problem;
    bytes.remove_prefix(box->size);
  }
  return {};
}

Mp4Problem problem_of_handler(std::string_view content, Mp4Film& film) {
  const std::string_view handler = content.size() < 12 ? "" : content.substr(8, 4);
  if (handler == "vide") film.has_pictures = true;
  return handler == "vide" || handler == "soun" ? Mp4Problem{}
                                                : "it has a track that is neither pictures nor sound";
}

Mp4Problem problem_of_entries(std::string_view content, Mp4Film& film) {
  if (content.size() < 8) return "it is no MP4: its sample description is too short";
  content.remove_prefix(8);
  while (!content.empty()) {
    const auto entry = first_box(content);
    if (!entry) return "it is no MP4: a sample description is longer than its box";
    if (!is_box_in(kSampleEntries, entry->name))
      return "it has a codec " + name_in_words(entry->name) + ", which few can play";
    const bool is_sound = entry->name == "mp4a" || entry->name == "Opus" || entry->name == "fLaC";
    const std::size_t head = is_sound ? kSoundEntryHead : kPictureEntryHead;
    if (entry->content.size() < head) return "it is no MP4: a sample description is too short";
    // QuickTime's versions have another head.
    if (is_sound && number_at(entry->content, 8, 2) != 0) return "it is a QuickTime film, not MP4";
    if (auto problem = problem_of_boxes(entry->content.substr(head), kInEntry, film)) return problem;
    content.remove_prefix(entry->size);
  }
  return {};
}

Mp4Problem problem_of_box(const Mp4Box& box, Mp4Film& film) {
  const auto& [name, content, size] = box;
  if (name == "free" || name == "skip") {
    const bool is_empty = std::all_of(content.begin(), content.end(), [](char c) { return c == 0; });
    return is_empty ? Mp4Problem{} : "it has something in space that should be empty";
  }
  if (name == "moov") {
    if (film.has_movie) return "it is no MP4: it has two movie boxes";
    film.has_movie = true;
    return problem_of_boxes(content, kInMoov, film);
  }
  if (name == "mdat") film.has_media = true;
  if (name == "trak") return problem_of_boxes(content, kInTrak, film);
  if (name == "mdia") return problem_of_boxes(content, kInMdia, film);
  if (name == "minf") return problem_of_boxes(content, kInMinf, film);
  if (name == "stbl") return problem_of_boxes(content, kInStbl, film);
  if (name == "mvex") return problem_of_boxes(content, kInMvex, film);
  if (name == "moof") return problem_of_boxes(content, kInMoof, film);
  if (name == "traf") return problem_of_boxes(content, kInTraf, film);
  if (name == "hdlr") return problem_of_handler(content, film);
  if (name == "stsd") return problem_of_entries(content, film);
  return {};
}

}  // namespace

std::optional<std::string> problem_of_mp4(std::string_view bytes) {
  Mp4Film film;
  if (auto problem = problem_of_boxes(bytes, kInFile, film)) return problem;
  if (!film.has_movie || !film.has_media || !film.has_pictures) return "it is an MP4 without pictures";
  return {};
}

}  // namespace reprise::care
