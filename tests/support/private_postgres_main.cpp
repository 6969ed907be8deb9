// SPDX-License-Identifier: Apache-2.0
// Starts a private PostgreSQL for a test in another language: prints its address on one line, and ends it
// when its own standard input ends.

#include <cstdio>
#include <string>

#include "tests/support/private_postgres.h"

int main() {
  const auto schema = reprise::new_postgres_schema();
  // "host=/folder dbname=postgres" as an address with a scheme, and the schema as the one that is searched.
  const std::string folder = schema.address.substr(5, schema.address.find(' ') - 5);
  std::string host;
  for (const char c : folder) host += c == '/' ? std::string{"%2F"} : std::string{c};
  std::printf("postgresql:///postgres?host=%s\n", host.c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
}
