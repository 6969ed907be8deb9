#include "server/service.h"

#include <gmock/gmock.h>

#include "tests/support/test_record.h"

namespace reprise::server {
namespace {

TEST(Service, RefusesToListenWhereOthersCouldReachIt) {
  const record::TestDatabase database{record::DatabaseKind::sqlite};
  for (const char* address : {"0.0.0.0", "::", "192.168.1.1", ""}) {
    ServiceOptions options{record_options(database), {}, {}};
    options.http.address = address;
    const auto refused = Service::start(std::move(options), [](std::string_view) {});
    ASSERT_FALSE(refused) << address;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace reprise::server
