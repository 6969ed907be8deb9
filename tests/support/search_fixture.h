// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: a record in which resources are put without a store.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "fhir/model/resource.h"
#include "record/index/index_rows.h"
#include "record/index/text_folding.h"
#include "record/search/parse_query.h"
#include "record/search/query_string.h"
#include "record/search/search.h"
#include "tests/support/test_database.h"

namespace reprise::record {

using Ids = std::vector<std::string>;

class SearchTest : public OnBothDatabases {
 protected:
  void SetUp() override {
    // Nothing here asks what a loss of power leaves.
    const bool sqlite = database_.kind() == DatabaseKind::sqlite;
    ASSERT_TRUE(
        connection_->run_script(sqlite ? "PRAGMA synchronous = OFF" : "SET synchronous_commit = off"));
    ASSERT_TRUE(migrate(*connection_));
    ASSERT_TRUE(connection_->begin_writing());
    ASSERT_TRUE(assign_index_ids(*connection_));
    ASSERT_TRUE(connection_->commit());
  }

  // Resources of one transaction; their `updated` is `pk` seconds after 1970.
  void put_all(const std::vector<fhir::Json>& resources) {
    ASSERT_TRUE(connection_->begin_writing());
    for (const fhir::Json& resource : resources) put_one(resource);
    ASSERT_TRUE(connection_->commit());
  }
  void put(const std::string& resources) {
    const auto parsed = fhir::parse_resource(resources);
    ASSERT_TRUE(parsed) << parsed.error().cause;
    put_all({parsed->begin(), parsed->end()});
  }

  void remove(const std::string& type, const std::string& id) {
    const std::array<Value, 2> which = {index_ids().find(type)->number, std::string_view{id}};
    std::int64_t pk = 0;
    ASSERT_TRUE(
        connection_->query("SELECT pk FROM resource WHERE type = $1 AND id = $2", which, [&](Row row) {
          pk = std::get<std::int64_t>(row[0]);
          return false;
        }));
    const std::array<Value, 1> one = {pk};
    ASSERT_TRUE(connection_->execute("UPDATE resource SET content = NULL WHERE pk = $1", one));
    ASSERT_TRUE(erase_rows(*connection_, pk));
  }

  const IndexIds& index_ids() {
    if (!index_ids_) index_ids_ = load_index_ids(*connection_).value();
    return *index_ids_;
  }

  // "Patient?name=x"
  static ReadQuery read(const std::string& text, bool lenient = false) {
    const std::size_t question = std::min(text.find('?'), text.size());
    const std::string form = text.substr(std::min(question + 1, text.size()));
    const std::vector<std::string_view> forms = {form};
    constexpr std::int64_t kNow = 1'800'000'000'000;  // in 2027
    return parse_query(text.substr(0, question), forms, {lenient, kNow, "https://here.org/fhir"});
  }

  SearchPage page(const std::string& text, const Scope& scope = {}) {
    const ReadQuery asked = read(text);
    for (const fhir::Issue& issue : asked.errors) ADD_FAILURE() << text << ": " << to_string(issue);
    if (!asked.errors.empty()) return {};
    auto found = search(*connection_, asked.query, index_ids(), scope);
    EXPECT_TRUE(found) << text << ": " << to_string(found.error());
    return found ? std::move(*found) : SearchPage{};
  }

  // All matches, page by page.
  Ids in_order(const std::string& text, const Scope& scope = {}) {
    Ids ids;
    std::string next;
    for (int i = 0; i < 1000; ++i) {
      const SearchPage one = page(text + next, scope);
      for (const FoundResource& match : one.matches) ids.push_back(match.id);
      if (!one.next) return ids;
      next = (text.find('?') == std::string::npos ? "?" : "&") + std::string{"_cursor="} + *one.next;
    }
    ADD_FAILURE() << text << " has no end";
    return ids;
  }

  Ids found(const std::string& text, const Scope& scope = {}) {
    Ids ids = in_order(text, scope);
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  // A search gives it back without a look at it.
  static std::string content_of(const std::string& id) { return "the content of " + id; }

  std::unique_ptr<Connection> connection_ = database_.open();

 private:
  void put_one(const fhir::Json& resource) {
    ++last_pk_;
    const std::string type = resource.at("resourceType").get<std::string>();
    const std::string id = resource.at("id").get<std::string>();
    const std::string content = content_of(id);
    const std::array<Value, 7> row = {
        last_pk_,        index_ids().find(type)->number, std::string_view{id},     std::int64_t{1},
        last_pk_ * 1000, std::string_view{"PUT"},        std::string_view{content}};
    const auto kept =
        connection_->insert("resource", "pk, type, id, version, updated, method, content", row.size(), row);
    ASSERT_TRUE(kept) << to_string(kept.error());
    const auto indexed = insert_rows(*connection_, last_pk_, index_rows(resource, index_ids()));
    ASSERT_TRUE(indexed) << to_string(indexed.error());
  }

  std::int64_t last_pk_ = 0;
  std::optional<IndexIds> index_ids_;
};

}  // namespace reprise::record
