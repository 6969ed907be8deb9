// SPDX-License-Identifier: Apache-2.0
#include "record/content/media_content.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/base64.h"
#include "base/text.h"
#include "fhir/model/element_path.h"
#include "fhir/validation/value_checks.h"

namespace reprise::record {
namespace {

using namespace std::string_view_literals;

/// What a file of a type begins with, or has at a place. A type may have several.
struct Signature {
  std::string_view type;
  std::size_t offset;
  std::string_view bytes;
};

// By the formats' own specifications.
constexpr std::array kSignatures = {
    Signature{"application/pdf", 0, "%PDF-"},
    Signature{"image/png", 0, "\x89PNG\r\n\x1A\n"},
    Signature{"image/jpeg", 0, "\xFF\xD8\xFF"},
    Signature{"image/gif", 0, "GIF87a"},
    Signature{"image/gif", 0, "GIF89a"},
    Signature{"image/webp", 8, "WEBP"},
    Signature{"image/tiff", 0, "II*\0"sv},
    Signature{"image/tiff", 0, "MM\0*"sv},
    Signature{"image/bmp", 0, "BM"},
    Signature{"image/heic", 4, "ftyp"},
    Signature{"image/avif", 4, "ftyp"},
    Signature{"application/dicom", 128, "DICM"},
    Signature{"video/mp4", 4, "ftyp"},
    Signature{"video/quicktime", 4, "ftyp"},
    Signature{"video/webm", 0, "\x1A\x45\xDF\xA3"},
    Signature{"video/ogg", 0, "OggS"},
    Signature{"audio/mp4", 4, "ftyp"},
    Signature{"audio/webm", 0, "\x1A\x45\xDF\xA3"},
    Signature{"audio/ogg", 0, "OggS"},
    Signature{"audio/wav", 8, "WAVE"},
    Signature{"audio/mpeg", 0, "ID3"},
    Signature{"audio/mpeg", 0, "\xFF\xFB"},
    Signature{"audio/mpeg", 0, "\xFF\xF3"},
    Signature{"audio/mpeg", 0, "\xFF\xF2"},
    Signature{"application/zip", 0, "PK\x03\x04"},
    Signature{"application/gzip", 0, "\x1F\x8B"},
    Signature{"application/rtf", 0, "{\\rtf"},
    Signature{"application/msword", 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"},
    Signature{"application/x-reprise-landmarks", 0, "RPLM"},  // engine/pose/packed_landmarks.h
};

bool has(std::string_view bytes, const Signature& signature) {
  return bytes.size() >= signature.offset &&
         bytes.substr(signature.offset, signature.bytes.size()) == signature.bytes;
}

// A "binary data byte" of the WHATWG's MIME Sniffing standard.
bool is_in_no_text(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

bool is_text(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), is_in_no_text) &&
         simdjson::validate_utf8(bytes.data(), bytes.size());
}

bool is_xml(std::string_view bytes) {
  if (bytes.starts_with("\xFE\xFF\0<"sv) || bytes.starts_with("\xFF\xFE<\0"sv)) return true;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const auto first = bytes.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && bytes[first] == '<' && bytes.find('\0') == std::string_view::npos;
}

// Types that are others inside: OpenDocument, Office Open XML and EPUB are ZIP files.
std::string_view outer_type(std::string_view type) {
  for (const std::string_view start :
       {"application/vnd.openxmlformats-officedocument."sv, "application/vnd.oasis.opendocument."sv}) {
    if (type.starts_with(start)) return "application/zip";
  }
  if (type == "application/epub+zip" || type.ends_with("+zip")) return "application/zip";
  if (type.ends_with("+gzip")) return "application/gzip";
  if (type.starts_with("application/vnd.ms-")) return "application/msword";  // OLE compound files
  if (type == "image/jpg") return "image/jpeg";
  if (type == "audio/x-wav" || type == "audio/wave") return "audio/wav";
  if (type == "audio/mp3") return "audio/mpeg";
  return type;
}

const Signature* signature_of(std::string_view bytes) {
  const auto* found = std::find_if(kSignatures.begin(), kSignatures.end(),
                                   [&](const Signature& one) { return has(bytes, one); });
  return found != kSignatures.end() ? found : nullptr;
}

std::string found_type(std::string_view bytes) {
  if (const Signature* found = signature_of(bytes)) return std::string{found->type};
  return is_text(bytes) ? "text" : "of no type that is known here";
}

/// `declared`: in our own words, because a type may be any text; empty where it is not known here.
struct Match {
  bool matches;
  std::string_view declared;
};

Match match(std::string_view whole, std::string_view bytes) {
  const auto semicolon = whole.find(';');
  const std::string name = lower_case(whole.substr(0, semicolon));
  std::string_view type = name;
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  if (type == "application/octet-stream") return {true, type};
  if (type == "application/json" || type == "text/json" || type.ends_with("+json")) {
    return {fhir::Json::accept(bytes), "JSON"};
  }
  if (type == "application/xml" || type == "text/xml" || type.ends_with("+xml"))
    return {is_xml(bytes), "XML"};
  if (type.starts_with("text/")) {
    const std::string parameters =
        semicolon == std::string_view::npos ? std::string{} : lower_case(whole.substr(semicolon));
    const bool other_characters =
        parameters.find("charset=") != std::string::npos && parameters.find("utf-8") == std::string::npos;
    return {is_text(bytes) || (other_characters && signature_of(bytes) == nullptr), "text"};
  }
  type = outer_type(type);
  std::string_view declared;
  for (const Signature& one : kSignatures) {
    if (one.type != type) continue;
    declared = one.type;
    if (has(bytes, one)) return {true, declared};
  }
  return {false, declared};
}

void collect(const fhir::Json& value, const fhir::ElementPath& place, std::vector<fhir::Issue>& issues) {
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], {place.parent, place.name, i}, issues);
    return;
  }
  if (!value.is_object()) return;
  // Of FHIR's types, Attachment and Binary have both.
  const std::string* data = fhir::text_field(value, "data");
  const std::string* type = fhir::text_field(value, "contentType");
  if (data != nullptr && type != nullptr) {
    std::string why = media_mismatch(*type, from_base64(*data).value_or(""));
    if (!why.empty()) {
      issues.push_back({fhir::Severity::error, fhir::IssueType::invariant, std::move(why),
                        fhir::expression(fhir::ElementPath{&place, "contentType", {}})});
    }
  }
  for (const auto& [name, field] : value.items()) {
    if (field.is_structured()) collect(field, {&place, name, {}}, issues);
  }
}

}  // namespace

std::string media_mismatch(std::string_view type, std::string_view bytes) {
  const Match found = match(type, bytes);
  if (found.matches) return {};
  if (found.declared.empty()) {
    return "the bytes cannot be compared with this media type, which is not known here; declare them as "
           "application/octet-stream";
  }
  return "the bytes are declared as " + std::string{found.declared} + ", and are " + found_type(bytes) +
         "; declare what they are, or application/octet-stream";
}

std::vector<fhir::Issue> media_issues(const fhir::Json& resource, std::string_view type) {
  std::vector<fhir::Issue> issues;
  collect(resource, {nullptr, type, {}}, issues);
  return issues;
}

}  // namespace reprise::record
