// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// Internal to this module: texts as OpenSSL takes them.
namespace reprise::server::push {

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace reprise::server::push
