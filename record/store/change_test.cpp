// SPDX-License-Identifier: Apache-2.0
#include "record/store/change.h"
#include "base/text.h"

#include "record/store/permission.h"
#include "record/store/transaction.h"
#include "tests/support/test_record.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr const char* kPatient = R"({"resourceType":"Patient","gender":"female","birthDate":"1970-03-02"})";

class ChangeTest : public OnBothDatabases {
 protected:
  IndexedResource patient(const std::string& id, std::string_view text = kPatient) {
    auto resource = read_resource(text, "Patient");
    EXPECT_TRUE(resource);
    auto prepared = prepare(text, std::move(*resource), id, index_ids_);
    EXPECT_TRUE(prepared);
    return std::move(*prepared);
  }
  std::int64_t index_rows_left() {
    std::int64_t found = -1;
    EXPECT_TRUE(connection_->query(
        "SELECT (SELECT count(*) FROM token_index) + (SELECT count(*) FROM date_index)", {}, [&](Row row) {
          found = std::get<std::int64_t>(row[0]);
          return false;
        }));
    return found;
  }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
  IndexIds index_ids_ = assign_all_ids(*connection_);
  std::int64_t next_pk_ = 1;
  std::vector<AuditEntry> entries_;
  std::vector<std::function<void()>> after_commit_;
  WriteTransaction session_{*connection_, 1'000'000, next_pk_, entries_, after_commit_};
};

TEST_P(ChangeTest, WritesVersionAfterVersion) {
  const auto first = put(session_, index_ids_, patient("a"), "POST");
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->created);
  session_.now_ms = 2'000'000;
  const auto second =
      put(session_, index_ids_, patient("a", R"({"resourceType":"Patient","active":false})"), "PUT");
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->created);
  EXPECT_EQ(second->stored.version, 2);
  const auto newest = find_resource(*connection_, index_ids_, "Patient", "a");
  ASSERT_TRUE(newest && *newest);
  EXPECT_EQ(
      whole_text(**newest),
      R"({"resourceType":"Patient","id":"a","meta":{"versionId":"2","lastUpdated":"1970-01-01T00:33:20.000Z"},"active":false})");
  const auto oldest = find_version(*connection_, index_ids_, "Patient", "a", 1);
  ASSERT_TRUE(oldest && *oldest);
  EXPECT_THAT(whole_text(**oldest), ::testing::HasSubstr("1970-03-02"));
  EXPECT_FALSE(*find_version(*connection_, index_ids_, "Patient", "a", 3));
  EXPECT_FALSE(*find_resource(*connection_, index_ids_, "Patient", "b"));
}

TEST_P(ChangeTest, HasTheVersionsBeforeAndAfterParsedOnce) {
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "POST"));
  const auto changed =
      put(session_, index_ids_, patient("a", R"({"resourceType":"Patient","active":false})"), "PUT");
  ASSERT_TRUE(changed && changed->before);
  const auto before = resource_of(*changed->before);
  const auto after = resource_of(changed->stored);
  ASSERT_TRUE(before && *before && after && *after);
  EXPECT_EQ((**before)["birthDate"], "1970-03-02");
  EXPECT_EQ((**after)["active"], false);
  EXPECT_EQ((**after)["meta"]["versionId"], "2");
  EXPECT_EQ(resource_of(changed->stored).value(), *after) << "parsed again";
  const auto removed = remove(session_, index_ids_, "Patient", "a");
  ASSERT_TRUE(removed && *removed && (*removed)->before);
  EXPECT_EQ(resource_of((*removed)->stored).value(), nullptr);
  EXPECT_EQ((*resource_of(*(*removed)->before).value())["active"], false);
}

TEST_P(ChangeTest, ATransactionKeepsNothingParsed) {
  const Context context{index_ids_, true, {}, {}};
  std::vector<TransactionEntry> entries;
  for (const char* id : {"a", "b"}) {
    entries.push_back({{},
                       {Verb::update,
                        "Patient",
                        id,
                        {},
                        {},
                        R"({"resourceType":"Patient","id":")" + std::string{id} + R"("})"}});
  }
  const auto ready = make_ready(std::move(entries), context);
  ASSERT_TRUE(ready);
  const auto done = perform(session_, context, *ready);
  ASSERT_TRUE(done);
  ASSERT_THAT(*done, SizeIs(2));
  for (const ChangeResult& one : *done) {
    ASSERT_TRUE(resource_of(*one.stored).value());
    EXPECT_EQ(one.stored->parsed, nullptr);
  }
}

TEST_P(ChangeTest, PagesOfAHistoryKeepNothingParsed) {
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "POST"));
  const auto page =
      read_history(*connection_, index_ids_, {.type = "Patient", .id = "a", .since_ms = {}, .after = {}});
  ASSERT_TRUE(page);
  ASSERT_THAT(page->versions, SizeIs(1));
  ASSERT_TRUE(compartments_of_version(*connection_, index_ids_, page->versions[0]));
  EXPECT_EQ(page->versions[0].parsed, nullptr);
}

TEST_P(ChangeTest, DeletesAndBringsBack) {
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "POST"));
  const auto rows = index_rows_left();
  EXPECT_GT(rows, 0);
  const auto removed = remove(session_, index_ids_, "Patient", "a");
  ASSERT_TRUE(removed && *removed);
  EXPECT_EQ((*removed)->stored.version, 2);
  EXPECT_EQ((*removed)->patients, std::vector<std::string>{"a"});
  EXPECT_EQ(index_rows_left(), 0);
  EXPECT_FALSE(*remove(session_, index_ids_, "Patient", "a")) << "a second deletion is a version";
  const auto again = put(session_, index_ids_, patient("a"), "PUT");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->created);
  EXPECT_EQ(again->stored.version, 3);
  EXPECT_EQ(index_rows_left(), rows);
}

TEST_P(ChangeTest, KeepsToItsConditions) {
  EXPECT_EQ(put(session_, index_ids_, patient("a"), "PUT", {.version = 1}).error().kind,
            RefusalKind::precondition);
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "PUT", {.version = {}, .absent = true}));
  EXPECT_EQ(put(session_, index_ids_, patient("a"), "PUT", {.version = {}, .absent = true}).error().kind,
            RefusalKind::precondition);
  EXPECT_TRUE(put(session_, index_ids_, patient("a"), "PUT", {.version = 1}));
  EXPECT_EQ(remove(session_, index_ids_, "Patient", "a", {.version = 1}).error().kind,
            RefusalKind::precondition);
  EXPECT_TRUE(remove(session_, index_ids_, "Patient", "a", {.version = 2}));
}

TEST_P(ChangeTest, ReturnsAHistoryInPages) {
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "POST"));
  ASSERT_TRUE(put(session_, index_ids_, patient("b"), "POST"));
  session_.now_ms = 2'000'000;
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "PUT"));
  session_.now_ms = 500;  // the clock was set back
  ASSERT_TRUE(remove(session_, index_ids_, "Patient", "b"));
  std::vector<std::string> told;
  HistoryQuery query{.type = "Patient", .id = "", .since_ms = {}, .count = 1, .after = {}};
  for (int pages = 0; pages < 6; ++pages) {
    const auto page = read_history(*connection_, index_ids_, query);
    ASSERT_TRUE(page) << to_string(page.error());
    for (const auto& one : page->versions) told.push_back(one.id + std::to_string(one.version) + one.method);
    if (!page->next) break;
    query.after = page->next;
  }
  EXPECT_THAT(told, ElementsAre("a2PUT", "b2DELETE", "b1POST", "a1POST"));
  const HistoryQuery one_patient{.type = "Patient", .id = "a", .since_ms = {}, .after = {}};
  EXPECT_THAT(read_history(*connection_, index_ids_, one_patient)->versions, SizeIs(2));
  const HistoryQuery lately{.type = "Patient", .id = "", .since_ms = 1'500'000, .after = {}};
  EXPECT_THAT(read_history(*connection_, index_ids_, lately)->versions, SizeIs(1));
}

TEST_P(ChangeTest, FindsReferencesThatLeadNowhere) {
  ASSERT_TRUE(put(session_, index_ids_, patient("a"), "POST"));
  EXPECT_FALSE(check_references(*connection_, index_ids_, {{"Patient", "a", "Observation.subject"}}));
  for (const Target& target :
       {Target{"Patient", "b", "Observation.subject"}, Target{"Medication", "a", "x"}}) {
    const auto refused = check_references(*connection_, index_ids_, {target});
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->issues[0].expression, target.expression);
  }
  ASSERT_TRUE(remove(session_, index_ids_, "Patient", "a"));
  EXPECT_TRUE(check_references(*connection_, index_ids_, {{"Patient", "a", "Observation.subject"}}));
}

INSTANTIATE_TEST_SUITE_P(On, ChangeTest, kBothDatabases, database_name);

TEST(IndexedResource, ListsItsReferences) {
  const TestDatabase database{DatabaseKind::sqlite};
  const auto connection = database.open_migrated();
  const IndexIds index_ids = assign_all_ids(*connection);
  constexpr const char* kText = R"({"resourceType":"Observation","status":"final","code":{"text":"x"},
    "subject":{"reference":"Patient/17"},"performer":[{"display":"x"},{"reference":"Practitioner/3/_history/2"},
    {"reference":"https://elsewhere.example/fhir/Practitioner/4"}]})";
  auto resource = read_resource(kText, "Observation");
  ASSERT_TRUE(resource);
  const auto prepared = prepare(kText, std::move(*resource), "x", index_ids);
  ASSERT_TRUE(prepared);
  ASSERT_THAT(prepared->references, SizeIs(2));
  EXPECT_EQ(prepared->references[0].expression, "Observation.subject");
  EXPECT_EQ(prepared->references[1].expression, "Observation.performer[1]");
  EXPECT_EQ(prepared->references[1].id, "3");
}

TEST(NewResourceId, IsAnIdInOrderOfTime) {
  const std::string one = new_resource_id();
  EXPECT_TRUE(is_uuid(one));
  EXPECT_NE(one, new_resource_id());
  EXPECT_EQ(one.substr(0, 7), new_resource_id().substr(0, 7));
}

}  // namespace
}  // namespace reprise::record
