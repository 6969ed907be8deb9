// SPDX-License-Identifier: Apache-2.0
#include "server/service.h"

#include <gmock/gmock.h>

#include "server/administration/record_folder.h"
#include "server/app_api/qr_code.h"
#include "server/pages/start_page.h"
#include "tests/support/test_files.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;

TEST(Service, WithoutSigningInListensOnThisMachineOnly) {
  const TemporaryFolder folder;
  for (const char* address : {"0.0.0.0", "::", "192.168.1.1"}) {
    ServiceOptions options;
    options.sign_in = false;
    options.settings.listen.address = address;
    options.settings.record.folder = folder / "record";
    const auto refused = Service::start(std::move(options), [](std::string_view) {});
    ASSERT_FALSE(refused) << address;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    EXPECT_FALSE(std::filesystem::exists(folder / "record"));
  }
}

TEST(Service, ReportsNewKeysAndKeepsThemPrivate) {
  const TemporaryFolder folder;
  const auto start = [&](std::vector<std::string>& messages) {
    ServiceOptions options;
    options.settings.listen.address = "127.0.0.1";
    options.settings.listen.port = 0;
    options.settings.record.folder = folder / "record";
    options.settings.log.level = LogLevel::off;
    return Service::start(std::move(options), [&](std::string_view what) { messages.emplace_back(what); });
  };
  std::vector<std::string> messages;
  {
    const auto service = start(messages);
    ASSERT_TRUE(service) << to_string(service.error());
    EXPECT_THAT((*service)->addresses(), ::testing::ElementsAre(HasSubstr("https://localhost:")));
  }
  EXPECT_THAT(messages, ::testing::IsSupersetOf(
                            {HasSubstr("record.key"), HasSubstr("audit.key"), HasSubstr("certificate")}));
  for (const char* name : {"record.key", "audit.key", "certificate.key", "record.db"}) {
    const auto rights = std::filesystem::status(folder / "record" / name).permissions();
    EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none)
        << name;
  }
  std::vector<std::string> again;
  ASSERT_TRUE(start(again));
  EXPECT_THAT(again, ::testing::ElementsAre(HasSubstr("No administrator has a password yet"),
                                            HasSubstr("/invitation#")));
}

// Security finding F29
TEST(Service, ASecondOneDoesNotServeTheSameFolder) {
  const TemporaryFolder folder;
  const auto start = [&] {
    ServiceOptions options;
    options.settings.listen.address = "127.0.0.1";
    options.settings.listen.port = 0;
    options.settings.record.folder = folder / "record";
    options.settings.log.level = LogLevel::off;
    return Service::start(std::move(options), [](std::string_view) {});
  };
  {
    const auto first = start();
    ASSERT_TRUE(first) << to_string(first.error());
    const auto second = start();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_THAT(to_string(second.error()), HasSubstr("another server"));
  }
  EXPECT_TRUE(start()) << "the first one has ended";
}

// Security finding F30
TEST(RecordFolder, OthersMayNotEnterIt) {
  const TemporaryFolder scratch;
  Settings settings;
  settings.record.folder = scratch / "record";
  const auto mode = [&] {
    return std::filesystem::status(settings.record.folder).permissions() & std::filesystem::perms::all;
  };
  ASSERT_TRUE(open_record_folder(settings));
  EXPECT_EQ(mode(), std::filesystem::perms::owner_all);
  // A record's is closed, and that is said.
  std::filesystem::permissions(settings.record.folder, std::filesystem::perms::all);
  const auto mended = open_record_folder(settings);
  ASSERT_TRUE(mended) << to_string(mended.error());
  EXPECT_THAT(mended->made, ::testing::ElementsAre(HasSubstr("Others could enter")));
  EXPECT_EQ(mode(), std::filesystem::perms::owner_all);
  EXPECT_THAT(open_record_folder(settings)->made, ::testing::IsEmpty());
  // Another folder may be needed by others.
  settings.record.folder = scratch / "home";
  std::filesystem::create_directory(settings.record.folder);
  std::filesystem::permissions(settings.record.folder, std::filesystem::perms::all);
  std::filesystem::create_directory(settings.record.folder / "letters");
  const auto refused = open_record_folder(settings);
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error()), HasSubstr("mode 777"));
  EXPECT_EQ(mode(), std::filesystem::perms::all);
}

TEST(StartPage, HasACodeForPhonesAndNoScripts) {
  const std::string page =
      start_page({"/fhir", {"https://localhost:8443", "https://192.168.1.5:8443"}, "AB:CD", true});
  EXPECT_THAT(page, HasSubstr("AB:CD"));
  EXPECT_THAT(page, HasSubstr("/start.svg"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(qr_code("https://192.168.1.5:8443/"), ::testing::StartsWith("<svg"));
  EXPECT_EQ(qr_code(std::string(5000, 'x')), "");
  EXPECT_THAT(qr_code_for_terminal(std::string(5000, 'x')), ::testing::IsEmpty());
  // 19 characters and more need 25 modules and a border of 4 on each side, two a line.
  EXPECT_THAT(qr_code_for_terminal("https://192.168.1.5:8443/"), ::testing::SizeIs(17));
}

}  // namespace
}  // namespace reprise::server
