// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/kept_webm.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace reprise::care {
namespace {

using WebmProblem = std::optional<std::string>;
using EbmlIds = std::span<const std::uint64_t>;

// RFC 9559, section 5.
constexpr std::uint64_t kHeader = 0x1a45dfa3;
constexpr std::uint64_t kDocType = 0x4282;
constexpr std::uint64_t kSegment = 0x18538067;
constexpr std::uint64_t kSeekHead = 0x114d9b74;
constexpr std::uint64_t kInfo = 0x1549a966;
constexpr std::uint64_t kTracks = 0x1654ae6b;
constexpr std::uint64_t kTrack = 0xae;
constexpr std::uint64_t kTrackType = 0x83;
constexpr std::uint64_t kCluster = 0x1f43b675;
constexpr std::uint64_t kCues = 0x1c53bb6b;
constexpr std::uint64_t kVoid = 0xec;
constexpr std::uint64_t kChecksum = 0xbf;

constexpr std::array<std::uint64_t, 7> kInSegment = {kSeekHead, kInfo, kTracks,  kCluster,
                                                     kCues,     kVoid, kChecksum};
// Scale, duration, the programs that wrote it, a random id: no date, no title.
constexpr std::array<std::uint64_t, 7> kInInfo = {0x2ad7b1, 0x4489, 0x4d80, 0x5741, 0x73a4, kVoid, kChecksum};
constexpr std::array<std::uint64_t, 3> kInTracks = {kTrack, kVoid, kChecksum};
// EbmlNumber, UID, type, flags, language, codec, pictures or sound, delays, alpha: no name.
constexpr std::array<std::uint64_t, 21> kInTrack = {
    0xd7, 0x73c5, kTrackType, 0x55ee, 0xb9,   0x88,   0x55aa,   0x9c,  0x6de7,    0x6df8, 0x23e383,
    0x86, 0x63a2, 0xe0,       0xe1,   0x56aa, 0x56bb, 0x22b59c, kVoid, kChecksum, 0x41e4};
// Time, blocks, groups of blocks, places.
constexpr std::array<std::uint64_t, 7> kInCluster = {0xe7, 0xa3, 0xa0, 0xab, 0xa7, kVoid, kChecksum};

constexpr std::uint64_t kPictures = 1;
constexpr std::uint64_t kSound = 2;

bool is_element_in(EbmlIds ids, std::uint64_t id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

struct EbmlNumber {
  std::uint64_t value = 0;
  std::size_t length = 0;
  bool is_unknown = false;  // of a size: all its bits are set
};

/// Reads an EBML number of at most `most` bytes. `keeps_marker`: of an id.
std::optional<EbmlNumber> first_number(std::string_view bytes, std::size_t most, bool keeps_marker) {
  if (bytes.empty()) return {};
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  std::size_t length = 1;
  while (length <= most && (first & (0x100U >> length)) == 0) ++length;
  if (length > most || length > bytes.size()) return {};
  std::uint64_t value = keeps_marker ? first : first & (0xffU >> length);
  for (std::size_t i = 1; i < length; ++i) value = value << 8U | static_cast<std::uint8_t>(bytes[i]);
  const std::uint64_t all_set = (std::uint64_t{1} << (7U * length)) - 1;
  return EbmlNumber{value, length, !keeps_marker && value == all_set};
}

struct EbmlElement {
  std::uint64_t id = 0;
  std::string_view content;  // the rest, where its size is unknown
  std::size_t head = 0;
  bool is_open = false;  // its size is unknown
};

/// Reads the first element of `bytes`; nullopt: it is none, or longer than the rest.
std::optional<EbmlElement> first_element(std::string_view bytes) {
  const auto id = first_number(bytes, 4, true);
  if (!id) return {};
  const auto size = first_number(bytes.substr(id->length), 8, false);
  if (!size) return {};
  const std::size_t head = id->length + size->length;
  if (!size->is_unknown && size->value > bytes.size() - head) return {};
  return EbmlElement{
      id->value,
      size->is_unknown ? bytes.substr(head) : bytes.substr(head, static_cast<std::size_t>(size->value)), head,
      size->is_unknown};
}

constexpr const char* kCutOff = "it is no WebM: an element is longer than the rest of it";
constexpr const char* kMore = "it has tags or other elements that may say where it was filmed";

/// Calls `check` for each element of `bytes`, all of `ids` and of known size, until it returns a problem.
template <typename Check>
WebmProblem problem_of_elements(std::string_view bytes, EbmlIds ids, Check check) {
  while (!bytes.empty()) {
    const auto element = first_element(bytes);
    if (!element || element->is_open) return kCutOff;
    if (!is_element_in(ids, element->id)) return kMore;
    const bool has_content =
        std::any_of(element->content.begin(), element->content.end(), [](char c) { return c != 0; });
    if (element->id == kVoid && has_content) return "it has something in space that should be empty";
    if (auto problem = check(*element)) return problem;
    bytes.remove_prefix(element->head + element->content.size());
  }
  return {};
}

constexpr auto kAsItIs = [](const EbmlElement&) { return WebmProblem{}; };

struct WebmFilm {
  bool has_pictures = false;
  bool has_media = false;
};

WebmProblem problem_of_tracks(std::string_view tracks, WebmFilm& film) {
  return problem_of_elements(tracks, kInTracks, [&](const EbmlElement& track) -> WebmProblem {
    if (track.id != kTrack) return {};
    std::uint64_t type = 0;
    auto problem = problem_of_elements(track.content, kInTrack, [&](const EbmlElement& part) {
      if (part.id == kTrackType && part.content.size() == 1)
        type = static_cast<std::uint8_t>(part.content[0]);
      return WebmProblem{};
    });
    if (problem) return problem;
    if (type == kPictures) film.has_pictures = true;
    return type == kPictures || type == kSound ? WebmProblem{}
                                               : "it has a track that is neither pictures nor sound";
  });
}

/// Checks a cluster of unknown size, and takes it from the start of `rest`: it ends where an element of the
/// segment begins.
WebmProblem problem_of_open_cluster(std::string_view& rest) {
  while (!rest.empty()) {
    const auto element = first_element(rest);
    if (!element) return kCutOff;
    if (!is_element_in(kInCluster, element->id)) return {};
    if (element->is_open) return kCutOff;
    const std::size_t size = element->head + element->content.size();
    if (auto problem = problem_of_elements(rest.substr(0, size), kInCluster, kAsItIs)) return problem;
    rest.remove_prefix(size);
  }
  return {};
}

WebmProblem problem_of_part(const EbmlElement& part, WebmFilm& film) {
  if (part.id == kInfo) return problem_of_elements(part.content, kInInfo, kAsItIs);
  if (part.id == kTracks) return problem_of_tracks(part.content, film);
  if (part.id == kCluster) return problem_of_elements(part.content, kInCluster, kAsItIs);
  return {};
}

WebmProblem problem_of_segment(std::string_view rest, WebmFilm& film) {
  while (!rest.empty()) {
    const auto part = first_element(rest);
    if (!part) return kCutOff;
    if (!is_element_in(kInSegment, part->id)) return kMore;
    if (part->id == kCluster) film.has_media = true;
    if (part->is_open) {
      if (part->id != kCluster) return kCutOff;
      rest.remove_prefix(part->head);
      if (auto problem = problem_of_open_cluster(rest)) return problem;
      continue;
    }
    const std::string_view whole = rest.substr(0, part->head + part->content.size());
    if (auto problem = problem_of_elements(whole, kInSegment, kAsItIs)) return problem;
    if (auto problem = problem_of_part(*part, film)) return problem;
    rest.remove_prefix(whole.size());
  }
  return {};
}

bool is_webm(std::string_view header) {
  while (!header.empty()) {
    const auto element = first_element(header);
    if (!element || element->is_open) return false;
    if (element->id == kDocType) return element->content == "webm";
    header.remove_prefix(element->head + element->content.size());
  }
  return false;
}

}  // namespace

std::optional<std::string> problem_of_webm(std::string_view bytes) {
  const auto header = first_element(bytes);
  if (!header || header->id != kHeader || header->is_open || !is_webm(header->content))
    return "it is no WebM";
  bytes.remove_prefix(header->head + header->content.size());
  const auto segment = first_element(bytes);
  if (!segment || segment->id != kSegment) return kCutOff;
  if (segment->head + segment->content.size() != bytes.size()) return "it has something after its film";
  WebmFilm film;
  if (auto problem = problem_of_segment(segment->content, film)) return problem;
  if (!film.has_pictures || !film.has_media) return "it is a WebM without pictures";
  return {};
}

}  // namespace reprise::care
