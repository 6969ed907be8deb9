// SPDX-License-Identifier: Apache-2.0
#include "record/webauthn/ceremony.h"

#include <openssl/evp.h>

#include <cstring>
#include <optional>

#include "record/webauthn/cbor_bounds.h"
#include "record/webauthn/fido_key.h"

namespace reprise::record::webauthn {
namespace {

using Credential = std::unique_ptr<fido_cred_t, FreeFido<fido_cred_t, fido_cred_free>>;
using Statement = std::unique_ptr<fido_assert_t, FreeFido<fido_assert_t, fido_assert_free>>;

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLongestId = 1023;
constexpr std::size_t kHeaderBytes = kHashBytes + 1 + 4;  // flags, counter
constexpr std::size_t kMakerBytes = 16;

// Flags of the authenticator's data (W3C Web Authentication Level 2, section 6.1).
constexpr unsigned kPresent = 0x01;
constexpr unsigned kVerified = 0x04;
constexpr unsigned kHasCredential = 0x40;

tl::unexpected<Error> refuse(const char* cause) {
  return fail(ErrorCode::invalid_argument, "checking a passkey", cause, "start again on this page");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Checks the parts that are the same for both ceremonies: whose site it is, and what the user did. Returns
/// the flags.
Result<unsigned> check_header(std::string_view data, const Site& site) {
  if (data.size() < kHeaderBytes || data.size() > kLongestInput)
    return refuse("the authenticator's data is not of the expected size");
  unsigned char hash[kHashBytes];
  if (EVP_Digest(site.id.data(), site.id.size(), hash, nullptr, EVP_sha256(), nullptr) != 1)
    return refuse("the site's name cannot be hashed");
  if (std::memcmp(hash, data.data(), kHashBytes) != 0) return refuse("it is of another site");
  const unsigned flags = static_cast<unsigned char>(data[kHashBytes]);
  if ((flags & kPresent) == 0 || (flags & kVerified) == 0)
    return refuse("the authenticator did not verify its user");
  return flags;
}

/// Returns the key and the extensions behind the id of a new credential; nullopt if they are cut off.
std::optional<std::string_view> cbor_of_credential(std::string_view data) {
  constexpr std::size_t kId = kHeaderBytes + kMakerBytes + 2;
  if (data.size() < kId) return {};
  const auto high = static_cast<unsigned char>(data[kId - 2]);
  const auto low = static_cast<unsigned char>(data[kId - 1]);
  const std::size_t size = std::size_t{high} * 256 + low;
  if (data.size() - kId < size) return {};
  return data.substr(kId + size);
}

}  // namespace

Result<NewCredential> read_new_credential(std::string_view authenticator_data, const Site& site) {
  const auto flags = check_header(authenticator_data, site);
  if (!flags) return tl::unexpected(flags.error());
  if ((*flags & kHasCredential) == 0) return refuse("it has no new passkey");
  const auto cbor = cbor_of_credential(authenticator_data);
  if (!cbor || !is_bounded_cbor(*cbor)) return refuse("its key is cut off or has a wrong length");
  for (const Algorithm algorithm : kAlgorithms) {
    const Credential read{fido_cred_new()};
    if (!read || fido_cred_set_type(read.get(), static_cast<int>(algorithm)) != FIDO_OK ||
        fido_cred_set_authdata_raw(read.get(), bytes_of(authenticator_data), authenticator_data.size()) !=
            FIDO_OK) {
      continue;  // a key of another algorithm
    }
    const std::size_t size = fido_cred_id_len(read.get());
    auto der = der_of_credential(algorithm, read.get());
    if (!der || size == 0 || size > kLongestId) break;
    return NewCredential{std::string(reinterpret_cast<const char*>(fido_cred_id_ptr(read.get())), size),
                         {algorithm, std::move(*der)},
                         fido_cred_sigcount(read.get())};
  }
  return refuse("it has no key of an accepted algorithm");
}

Result<std::uint32_t> verify_assertion(const Assertion& assertion, const PublicKey& key,
                                       std::uint32_t last_counter, const Site& site) {
  const std::string_view data = assertion.authenticator_data;
  if (const auto flags = check_header(data, site); !flags) return tl::unexpected(flags.error());
  if (!is_bounded_cbor(data.substr(kHeaderBytes))) return refuse("its extensions have a wrong length");
  const Statement read{fido_assert_new()};
  const auto& hash = assertion.client_data.hash;
  const std::string_view signature = assertion.signature;
  const bool complete = read &&
                        fido_assert_set_clientdata_hash(read.get(), hash.data(), hash.size()) == FIDO_OK &&
                        fido_assert_set_rp(read.get(), site.id.c_str()) == FIDO_OK &&
                        fido_assert_set_count(read.get(), 1) == FIDO_OK &&
                        fido_assert_set_up(read.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                        fido_assert_set_uv(read.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                        fido_assert_set_authdata_raw(read.get(), 0, bytes_of(data), data.size()) == FIDO_OK &&
                        fido_assert_set_sig(read.get(), 0, bytes_of(signature), signature.size()) == FIDO_OK;
  if (!complete) return refuse("it cannot be read");
  if (!verify_by(key, read.get())) return refuse("the signature is wrong");
  const std::uint32_t counter = fido_assert_sigcount(read.get(), 0);
  if ((counter != 0 || last_counter != 0) && counter <= last_counter)
    return refuse("its counter has not grown: there may be a copy of it");
  return counter;
}

}  // namespace reprise::record::webauthn
