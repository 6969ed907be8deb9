// SPDX-License-Identifier: Apache-2.0
#include "server/tls/certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "server/tls/local_certificate.h"
#include "tests/support/certificate_folder.h"

namespace reprise::server::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::chrono::sys_seconds kNow = std::chrono::sys_days{2026y / 11 / 21};

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(LocalCertificates, OneIsMadeForTheNamesAndReadBack) {
  const CertificateFolder folder;
  const auto made = ensure_local_certificate(folder.files, kSomeNames, kNow);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_TRUE(made->made);
  EXPECT_TRUE(made->certificate.is_local);
  EXPECT_EQ(made->certificate.names, kSomeNames);
  EXPECT_EQ(made->certificate.until - made->certificate.from, kLocalCertificateLife);
  EXPECT_LT(made->certificate.from, kNow);
  EXPECT_THAT(made->certificate.fingerprint,
              testing::MatchesRegex("[0-9A-F][0-9A-F](:[0-9A-F][0-9A-F]){31}"));
  const auto again = ensure_local_certificate(folder.files, kSomeNames, kNow + 24h);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->made);
  EXPECT_EQ(again->certificate.fingerprint, made->certificate.fingerprint);
}

TEST(LocalCertificates, TheKeyIsForItsOwnerAlone) {
  const mode_t before = umask(0);  // nothing but our own care keeps others out
  const CertificateFolder folder;
  const auto made = ensure_local_certificate(folder.files, kSomeNames, kNow);
  umask(before);
  ASSERT_TRUE(made);
  struct stat status {};
  ASSERT_EQ(stat(folder.files.key.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  std::set<std::string> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path))
    left.insert(entry.path().filename());
  EXPECT_EQ(left, (std::set<std::string>{"certificate.pem", "key.pem"}));
}

TEST(LocalCertificates, ALeftoverOfABrokenStartIsNoHindrance) {
  const CertificateFolder folder;
  std::ofstream(folder.files.key.string() + ".new") << "half a k";
  EXPECT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  EXPECT_THAT(file_text(folder.files.key), testing::StartsWith("-----BEGIN PRIVATE KEY-----"));
  // Broken off between key and certificate.
  std::filesystem::remove(folder.files.certificate);
  const std::string key = file_text(folder.files.key);
  EXPECT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  EXPECT_EQ(file_text(folder.files.key), key);
}

TEST(LocalCertificates, OneIsRenewedShortlyBeforeItEndsAndAfter) {
  const CertificateFolder folder;
  auto last = ensure_local_certificate(folder.files, kSomeNames, kNow);
  ASSERT_TRUE(last);
  const std::string key = file_text(folder.files.key);
  const auto until = last->certificate.until;
  EXPECT_FALSE(
      ensure_local_certificate(folder.files, kSomeNames, until - kLocalCertificateRenewal - 1s)->made);
  for (const auto when : {until - kLocalCertificateRenewal, until + 800 * 24h}) {
    const auto renewed = ensure_local_certificate(folder.files, kSomeNames, when);
    ASSERT_TRUE(renewed);
    EXPECT_TRUE(renewed->made);
    EXPECT_TRUE(check_dates(renewed->certificate, when));
    EXPECT_NE(renewed->certificate.fingerprint, last->certificate.fingerprint);
    last = renewed;
  }
  EXPECT_EQ(file_text(folder.files.key), key);
}

TEST(LocalCertificates, OneIsRenewedForANewNameButNotForOneThatWent) {
  const CertificateFolder folder;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  const std::vector<std::string> more = {"localhost", "clinic.local", "127.0.0.1", "::1", "192.0.2.7"};
  const auto renewed = ensure_local_certificate(folder.files, more, kNow);
  ASSERT_TRUE(renewed);
  EXPECT_TRUE(renewed->made);
  EXPECT_EQ(renewed->certificate.names, more);
  EXPECT_FALSE(ensure_local_certificate(folder.files, kSomeNames, kNow)->made);
  // Names that a certificate cannot hold are left out, and do not renew it for ever.
  const std::vector<std::string> odd = {"localhost", "evil,DNS:example.org", "", "a b"};
  EXPECT_FALSE(ensure_local_certificate(folder.files, odd, kNow)->made);
}

TEST(LocalCertificates, NamesOfThisMachineMakeOne) {
  const auto names = local_names();
  EXPECT_THAT(names, testing::IsSupersetOf({"localhost", "127.0.0.1", "::1"}));
  EXPECT_THAT(names, testing::IsSupersetOf(network_addresses()));
  const CertificateFolder folder;
  const auto made = ensure_local_certificate(folder.files, names, kNow);
  ASSERT_TRUE(made) << to_string(made.error());
  EXPECT_EQ(made->certificate.names, names);
}

TEST(Certificates, ProblemsOfAPairAreReported) {
  const CertificateFolder folder;
  const CertificateFolder other;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  ASSERT_TRUE(ensure_local_certificate(other.files, kSomeNames, kNow));
  const auto cause = [](const CertificateFiles& files) {
    const auto read = read_certificate(files);
    return read ? std::string{} : to_string(read.error());
  };
  EXPECT_EQ(cause(folder.files), "");
  EXPECT_THAT(cause({folder.files.certificate, other.files.key}), HasSubstr("is not the key of"));
  EXPECT_THAT(cause({folder.path / "none.pem", folder.files.key}), HasSubstr("cannot be opened"));
  EXPECT_THAT(cause({folder.files.certificate, folder.path / "none.pem"}), HasSubstr("No such file"));
  EXPECT_THAT(cause({folder.files.key, folder.files.key}), HasSubstr("is not PEM"));
  EXPECT_THAT(cause({folder.files.certificate, folder.path}), HasSubstr("private key"));
  for (const mode_t mode : {0644U, 0604U, 0620U, 0602U}) {
    ASSERT_EQ(chmod(folder.files.key.c_str(), mode), 0);
    EXPECT_THAT(cause(folder.files), HasSubstr("chmod 600")) << mode;
  }
  ASSERT_EQ(chmod(folder.files.key.c_str(), 0640), 0);  // as Debian's group ssl-cert has it
  EXPECT_EQ(cause(folder.files), "");
}

TEST(Certificates, ATruncatedOrDamagedFileIsAnError) {
  const CertificateFolder folder;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  for (const auto& path : {folder.files.certificate, folder.files.key}) {
    const std::string whole = file_text(path);
    for (std::size_t size = 0; size + 2 < whole.size(); size += 7) {
      std::ofstream(path, std::ios::binary) << whole.substr(0, size);
      EXPECT_FALSE(read_certificate(folder.files)) << size;
      std::string damaged = whole;
      damaged[size] = damaged[size] == 'A' ? 'B' : 'A';
      std::ofstream(path, std::ios::binary) << damaged;
      static_cast<void>(read_certificate(folder.files));  // some bytes do not matter; none may crash
    }
    std::ofstream(path, std::ios::binary) << whole;
  }
  EXPECT_TRUE(read_certificate(folder.files));
}

TEST(Certificates, OneOfAnAuthorityIsReadAndNeverReplaced) {
  const CertificateFolder folder;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  write_foreign_certificate(folder.files, kNow);
  const std::string before = file_text(folder.files.certificate);
  const std::vector<std::string> others = {"elsewhere.example.org"};
  const auto kept = ensure_local_certificate(folder.files, others, kNow);
  ASSERT_TRUE(kept) << to_string(kept.error());
  EXPECT_FALSE(kept->made);
  EXPECT_FALSE(kept->certificate.is_local);
  const auto ended = ensure_local_certificate(folder.files, others, kNow + 48h);
  ASSERT_FALSE(ended);
  EXPECT_THAT(ended.error().cause, HasSubstr("until 2026-11-22"));
  EXPECT_EQ(file_text(folder.files.certificate), before);
}

TEST(Certificates, ACertificateWithoutItsKeyIsKept) {
  const CertificateFolder folder;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, kNow));
  std::filesystem::remove(folder.files.key);
  const auto ensured = ensure_local_certificate(folder.files, kSomeNames, kNow);
  ASSERT_FALSE(ensured);
  EXPECT_THAT(ensured.error().remedy, HasSubstr("move the certificate away"));
}

TEST(LocalCertificates, AnUnwritableFolderIsReported) {
  const CertificateFolder folder;
  const CertificateFiles nowhere{folder.path / "none/certificate.pem", folder.path / "none/key.pem"};
  const auto made = ensure_local_certificate(nowhere, kSomeNames, kNow);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::unwritable);
}

}  // namespace
}  // namespace reprise::server::http
