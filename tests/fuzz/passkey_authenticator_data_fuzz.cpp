// SPDX-License-Identifier: Apache-2.0
// Any bytes as an authenticator's data, after the hash of the site: an error, or a credential whose key
// verifies no signature that was not made by it. The last bytes are the signature.

#include <openssl/evp.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "record/webauthn/ceremony.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace reprise::record::webauthn;
  const Site site{"https://clinic.example", "clinic.example"};
  const auto must = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string data(32, '\0');
  must(EVP_Digest(site.id.data(), site.id.size(), reinterpret_cast<unsigned char*>(data.data()), nullptr,
                  EVP_sha256(), nullptr) == 1);
  data.append(reinterpret_cast<const char*>(bytes), size);
  const auto made = read_new_credential(data, site);
  if (!made) {
    must(!made.error().cause.empty());
  } else {
    must(!made->id.empty() && made->id.size() <= 1023 && !made->key.der.empty());
    must(std::find(kAlgorithms.begin(), kAlgorithms.end(), made->key.algorithm) != kAlgorithms.end());
  }
  const PublicKey key = made ? made->key : PublicKey{Algorithm::es256, data};
  const std::string signature = data.substr(data.size() - std::min<std::size_t>(size, 72));
  (void)verify_assertion({ClientData{}, data, signature}, key, 0, site);
  return 0;
}
