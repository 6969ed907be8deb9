// SPDX-License-Identifier: Apache-2.0
#include "record/audit/head.h"

#include <sodium.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "record/audit/hexadecimal.h"

namespace reprise::record {
namespace {

using Signature = std::array<std::uint8_t, crypto_sign_BYTES>;

constexpr const char* kHeadStage = "reading a signed head of the audit log";
constexpr std::string_view kBeforeSignature = R"(,"signature":")";
constexpr std::string_view kAfterSignature = R"("})";
constexpr std::size_t kLongestLine = 1024;

std::string unsigned_line(const AuditHead& head) {
  return R"({"log":")" + head.log_id + R"(","sequence":)" + std::to_string(head.sequence) + R"(,"hash":")" +
         hexadecimal(head.hash) + R"(","time_us":)" + std::to_string(head.time_us) + R"(,"number":)" +
         std::to_string(head.number) + R"(,"previous":")" + hexadecimal(head.previous) + R"(","signer":")" +
         hexadecimal(head.signer) + '"';
}

// The words in front keep the signature from meaning anything elsewhere.
std::string signed_text(std::string_view line) {
  return "reprise audit head 1\n" + std::string{line};
}

const unsigned char* bytes_in(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<AuditHead> head_of(const nlohmann::json& json) {
  const auto text = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
  };
  const auto number = [&](const char* name) -> std::optional<std::uint64_t> {
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_unsigned()) return {};
    return found->get<std::uint64_t>();
  };
  const auto hash = from_hexadecimal<32>(text("hash"));
  const auto previous = from_hexadecimal<32>(text("previous"));
  const auto signer = from_hexadecimal<32>(text("signer"));
  const auto sequence = number("sequence");
  const auto time_us = number("time_us");
  const auto count = number("number");
  if (!hash || !previous || !signer || !sequence || !time_us || !count) return {};
  return AuditHead{text("log"), *sequence, *hash,  static_cast<std::int64_t>(*time_us),
                   *count,      *previous, *signer};
}

}  // namespace

SigningKey signing_key(const std::array<std::uint8_t, 32>& seed) {
  SigningKey key;
  crypto_sign_seed_keypair(key.public_key.data(), key.secret.data(), seed.data());
  return key;
}

std::string signed_line(AuditHead head, const SigningKey& key) {
  head.signer = key.public_key;
  std::string line = unsigned_line(head);
  const std::string text = signed_text(line);
  Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_in(text), text.size(), key.secret.data());
  line += kBeforeSignature;
  line += hexadecimal(signature);
  return line += kAfterSignature;
}

Result<AuditHead> read_signed_line(std::string_view line) {
  const auto corrupt = [] {
    return fail(ErrorCode::corrupt, kHeadStage, "the line is not that of a signed head",
                "compare it with a copy of the anchor file that is kept elsewhere");
  };
  const std::size_t end = line.rfind(kBeforeSignature);
  if (line.size() > kLongestLine || end == std::string_view::npos) return corrupt();
  const std::string_view front = line.substr(0, end);
  std::string_view rest = line.substr(end + kBeforeSignature.size());
  if (rest.size() < kAfterSignature.size()) return corrupt();
  const auto signature =
      from_hexadecimal<crypto_sign_BYTES>(rest.substr(0, rest.size() - kAfterSignature.size()));
  const auto head = head_of(nlohmann::json::parse(std::string{front} + "}", nullptr, false));
  // Only the one way to write it counts.
  if (!signature || !head || unsigned_line(*head) != front || !rest.ends_with(kAfterSignature))
    return corrupt();
  const std::string text = signed_text(front);
  if (crypto_sign_verify_detached(signature->data(), bytes_in(text), text.size(), head->signer.data()) != 0) {
    return fail(ErrorCode::invalid_argument, kHeadStage, "the signature is not right",
                "treat the line as forged, and compare it with a copy that is kept elsewhere");
  }
  return *head;
}

AuditHash hash_of_line(std::string_view line) {
  AuditHash hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(line.data()), line.size());
  return hash;
}

bool head_is_due(const HeadSchedule& schedule, std::uint64_t covered, std::int64_t last_head_us,
                 std::uint64_t sequence, std::int64_t now_us) {
  if (sequence <= covered) return false;
  return sequence - covered >= schedule.entries || now_us - last_head_us >= schedule.interval_us;
}

}  // namespace reprise::record
