// SPDX-License-Identifier: Apache-2.0
#include "record/search/cursor.h"

#include <sodium.h>

#include <array>
#include <bit>
#include <nlohmann/json.hpp>

#include "record/index/text_folding.h"

namespace reprise::record {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kCheckBytes = 8;
constexpr std::size_t kLongestCursor = 8192;
constexpr std::size_t kMostSortValues = 16;

std::string check_of(std::string_view payload, std::string_view fingerprint) {
  const std::string both = std::string{fingerprint} + '\n' + std::string{payload};
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(both.data()),
                     both.size(), nullptr, 0);
  return {reinterpret_cast<const char*>(hash.data()), kCheckBytes};
}

// A double as the whole number with the same bits: infinity, too.
struct AsJson {
  Json operator()(std::monostate) const { return nullptr; }
  Json operator()(std::int64_t value) const { return value; }
  Json operator()(double value) const { return Json::array({std::bit_cast<std::int64_t>(value)}); }
  Json operator()(const std::string& value) const { return value; }
};

std::optional<SortValue> sort_value_of(const Json& json) {
  if (json.is_null()) return SortValue{};
  if (json.is_number_integer()) return SortValue{json.get<std::int64_t>()};
  if (json.is_string() && is_plain_text(json.get_ref<const std::string&>()))
    return SortValue{json.get<std::string>()};
  if (!json.is_array() || json.size() != 1 || !json[0].is_number_integer()) return {};
  return SortValue{std::bit_cast<double>(json[0].get<std::int64_t>())};
}

}  // namespace

std::string write_cursor(const Cursor& cursor, std::string_view fingerprint) {
  Json values = Json::array();
  for (const SortValue& value : cursor.values) values.push_back(std::visit(AsJson{}, value));
  const std::string payload =
      Json::array({cursor.order, cursor.pk, values}).dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::string bytes = check_of(payload, fingerprint) + payload;
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();  // the zero at the end
  return text;
}

std::optional<Cursor> read_cursor(std::string_view text, std::string_view fingerprint) {
  if (text.size() > kLongestCursor) return {};
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                        text.size(), nullptr, &length, nullptr,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      length < kCheckBytes) {
    return {};
  }
  bytes.resize(length);
  const std::string payload = bytes.substr(kCheckBytes);
  if (bytes.substr(0, kCheckBytes) != check_of(payload, fingerprint)) return {};
  const Json json = Json::parse(payload, nullptr, false);
  if (!json.is_array() || json.size() != 3 || !json[0].is_number_integer() || !json[1].is_number_integer() ||
      !json[2].is_array() || json[2].size() > kMostSortValues) {
    return {};
  }
  Cursor cursor{json[0].get<std::int64_t>(), {}, json[1].get<std::int64_t>()};
  for (const Json& one : json[2]) {
    const auto value = sort_value_of(one);
    if (!value) return {};
    cursor.values.push_back(*value);
  }
  return cursor;
}

}  // namespace reprise::record
