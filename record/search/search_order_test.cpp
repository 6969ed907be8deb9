// SPDX-License-Identifier: Apache-2.0
// Sorting and paging.

#include <set>

#include "tests/support/search_fixture.h"

namespace reprise::record {
namespace {

class SearchOrderTest : public SearchTest {
 protected:
  static fhir::Json patient(int number, const std::string& family, const std::string& birth) {
    fhir::Json one = {{"resourceType", "Patient"}, {"id", "p" + std::to_string(number)}};
    if (!family.empty()) one["name"] = fhir::Json::array({{{"family", family}}});
    if (!birth.empty()) one["birthDate"] = birth;
    return one;
  }
};

TEST_P(SearchOrderTest, SortsByEachKind) {
  put_all({patient(1, "Lee", "1980-05"), patient(2, "adams", "1980-01-01"), patient(3, "", "1975"),
           patient(4, "Moss", "")});
  EXPECT_EQ(in_order("Patient?_sort=family"), (Ids{"p2", "p1", "p4", "p3"})) << "without a value last";
  EXPECT_EQ(in_order("Patient?_sort=-family"), (Ids{"p4", "p1", "p2", "p3"}));
  EXPECT_EQ(in_order("Patient?_sort=birthdate"), (Ids{"p3", "p2", "p1", "p4"}));
  EXPECT_EQ(in_order("Patient?_sort=-birthdate"), (Ids{"p1", "p2", "p3", "p4"}));
  EXPECT_EQ(in_order("Patient?_sort=-_lastUpdated"), (Ids{"p4", "p3", "p2", "p1"}));
  EXPECT_EQ(in_order("Patient?_sort=-_id"), (Ids{"p4", "p3", "p2", "p1"}));
  EXPECT_EQ(in_order("Patient?_sort=birthdate&birthdate=ge1976"), (Ids{"p2", "p1"}));
  EXPECT_EQ(in_order("Patient?_sort=-birthdate&birthdate=lt1980-03"), (Ids{"p2", "p3"}));
  EXPECT_EQ(in_order("Patient?_sort=-family&birthdate=1980"), (Ids{"p1", "p2"}));
  for (const char* count : {"1", "2", "3", "4"}) {
    const std::string paged = std::string{"&_count="} + count;
    EXPECT_EQ(in_order("Patient?_sort=family" + paged), (Ids{"p2", "p1", "p4", "p3"}));
    EXPECT_EQ(in_order("Patient?_sort=-family" + paged), (Ids{"p4", "p1", "p2", "p3"}));
    EXPECT_EQ(in_order("Patient?_sort=-_lastUpdated" + paged), (Ids{"p4", "p3", "p2", "p1"}));
  }
}

TEST_P(SearchOrderTest, SortsBySeveralKeys) {
  std::vector<fhir::Json> patients;
  const std::vector<std::string> families = {"a", "b", "", "c"};
  const std::vector<std::string> births = {"1970", "1980", ""};
  for (int i = 0; i < 24; ++i)
    patients.push_back(
        patient(i, families[static_cast<std::size_t>(i) % 4], births[static_cast<std::size_t>(i) % 3]));
  put_all(patients);
  // Sorted here as a person would do it. Without a value: last, in both directions; the same: as the first
  // key goes.
  const auto sorted = [&](bool family_down, bool birth_down) {
    std::vector<int> order(24);
    for (int i = 0; i < 24; ++i) order[static_cast<std::size_t>(i)] = i;
    const auto rank = [](const std::string& text, bool down) {
      const int value = text.empty() ? 0 : text[text.size() == 4 ? 2 : 0];
      return text.empty() ? 1000 : down ? -value : value;
    };
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      const auto key = [&](int i) {
        return std::tuple{rank(families[static_cast<std::size_t>(i) % 4], family_down),
                          rank(births[static_cast<std::size_t>(i) % 3], birth_down), family_down ? -i : i};
      };
      return key(a) < key(b);
    });
    Ids ids;
    for (const int i : order) ids.push_back("p" + std::to_string(i));
    return ids;
  };
  for (const char* count : {"", "&_count=5", "&_count=1"}) {
    EXPECT_EQ(in_order(std::string{"Patient?_sort=family,birthdate"} + count), sorted(false, false));
    EXPECT_EQ(in_order(std::string{"Patient?_sort=family,-birthdate"} + count), sorted(false, true));
    EXPECT_EQ(in_order(std::string{"Patient?_sort=-family,birthdate"} + count), sorted(true, false));
    EXPECT_EQ(in_order(std::string{"Patient?gender:missing=true&_sort=-family,-birthdate"} + count),
              sorted(true, true));
  }
}

TEST_P(SearchOrderTest, ShowsAResourceWithSeveralValuesOnce) {
  const auto many = [](int number, const fhir::Json& given) {
    return fhir::Json{{"resourceType", "Patient"},
                      {"id", "p" + std::to_string(number)},
                      {"name", fhir::Json::array({{{"given", given}}})}};
  };
  put_all({many(1, {"ann", "zoe", "Ann", "ANN"}), many(2, {"ben", "Ben", "annie"}), many(3, {"mia"})});
  for (const char* count : {"", "&_count=1", "&_count=2"}) {
    EXPECT_EQ(in_order(std::string{"Patient?_sort=given"} + count), (Ids{"p1", "p2", "p3"}));
    EXPECT_EQ(in_order(std::string{"Patient?_sort=-given"} + count), (Ids{"p1", "p3", "p2"}));
    EXPECT_EQ(found(std::string{"Patient?given=ann"} + count), (Ids{"p1", "p2"}));
    EXPECT_EQ(found(std::string{"Patient?given=ann,z,b"} + count), (Ids{"p1", "p2"}));
    EXPECT_EQ(found(std::string{"Patient?given:exact=Ann,ANN,ann,mia"} + count), (Ids{"p1", "p3"}));
  }
}

// More resources than the plans consider few, so that each strategy runs. All must return the same.
TEST_P(SearchOrderTest, FindsTheSameInEveryWay) {
  std::vector<fhir::Json> patients;
  std::set<std::string> born_after;
  std::set<std::string> women_named_b;
  for (int i = 0; i < 600; ++i) {
    const int year = 1900 + i % 100;
    fhir::Json one = patient(i, i % 3 == 0 ? "Brown" : "Adams", std::to_string(year));
    one["gender"] = i % 2 == 0 ? "female" : "male";
    if (year >= 1950) born_after.insert(one["id"]);
    if (i % 2 == 0 && i % 3 == 0) women_named_b.insert(one["id"]);
    patients.push_back(one);
  }
  put_all(patients);
  const auto set_of = [](const Ids& ids) { return std::set<std::string>{ids.begin(), ids.end()}; };
  for (const char* query :
       {"Patient?birthdate=ge1950", "Patient?birthdate=ge1950&_sort=family",
        "Patient?birthdate=ge1950&_sort=-birthdate,family", "Patient?birthdate=ge1950&_count=7"}) {
    const Ids ids = in_order(query);
    EXPECT_EQ(ids.size(), born_after.size()) << query;
    EXPECT_EQ(set_of(ids), born_after) << query;
  }
  for (const char* query : {"Patient?gender=female&family=b", "Patient?family=b&gender:not=male",
                            "Patient?family:contains=row&gender=female",
                            "Patient?family:exact=Brown&gender=female&_sort=birthdate&_count=33",
                            "Patient?gender=female,x&family=b&_count=7",
                            "Patient?family=b&gender=female&birthdate=ge1800&_count=11"}) {
    const Ids ids = in_order(query);
    EXPECT_EQ(ids.size(), women_named_b.size()) << query;
    EXPECT_EQ(set_of(ids), women_named_b) << query;
  }
  EXPECT_EQ(page("Patient?gender=female&family=b&_total=accurate&_count=2").total, 100);
  EXPECT_EQ(page("Patient?_summary=count").total, 600);
  EXPECT_EQ(page("Patient?given:missing=true&_count=0").total, 600);
  EXPECT_TRUE(page("Patient?_count=0").matches.empty());
  EXPECT_FALSE(page("Patient?gender=female").total) << "counted only on request";
}

TEST_P(SearchOrderTest, PagesNeitherSkipNorRepeatWhileOthersWrite) {
  std::vector<fhir::Json> patients;
  for (int i = 0; i < 60; ++i) patients.push_back(patient(i, "Name" + std::to_string(i % 7), "1980"));
  put_all(patients);
  for (const std::string& query :
       Ids{"Patient?_count=7", "Patient?name=name&_count=7", "Patient?_sort=-name&_count=7",
           "Patient?birthdate=1980&_sort=name&_count=7"}) {
    Ids ids;
    std::string next;
    for (int number = 0;; ++number) {
      const SearchPage one = page(query + next);
      for (const FoundResource& match : one.matches) ids.push_back(match.id);
      if (!one.next) break;
      next = "&_cursor=" + *one.next;
      put_all({patient(1000 + number + static_cast<int>(query.size()) * 100,
                       "Name" + std::to_string(number % 7), "1980")});
    }
    const std::set<std::string> once(ids.begin(), ids.end());
    EXPECT_EQ(once.size(), ids.size()) << query;
    for (int i = 0; i < 60; ++i) EXPECT_EQ(once.count("p" + std::to_string(i)), 1U) << query << ' ' << i;
  }
}

TEST_P(SearchOrderTest, RefusesCursorsOfOtherSearches) {
  put_all({patient(1, "a", "1980"), patient(2, "b", "1981")});
  const auto next = page("Patient?_sort=name&_count=1").next;
  ASSERT_TRUE(next);
  EXPECT_TRUE(read("Patient?_sort=name&_count=5&_summary=true&_cursor=" + *next).errors.empty());
  for (const std::string& other :
       Ids{"Patient?_sort=-name", "Patient?_sort=name&gender=male", "Practitioner?_sort=name"}) {
    EXPECT_EQ(read(other + "&_cursor=" + *next).errors.size(), 1U) << other;
  }
  for (const std::string& bad :
       Ids{std::string{}, std::string{"x"}, std::string(9000, 'A'), *next + "A", next->substr(1)}) {
    EXPECT_EQ(read("Patient?_sort=name&_cursor=" + bad).errors.size(), 1U) << bad;
  }
  // One that was made by hand, with values that this search cannot have, is refused and not run.
  SearchQuery query = read("Patient?_sort=name").query;
  const std::vector<Cursor> forged = {{0, {std::int64_t{5}}, 1}, {0, {}, 1}, {0, {1.5, std::string{"a"}}, 1}};
  for (const Cursor& one : forged) {
    query.cursor = one;
    const auto refused = search(*connection_, query, index_ids(), {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
  query = read("Patient?name=a").query;
  for (const std::int64_t order : {-1, 2, 100}) {
    query.cursor = Cursor{order, {}, 1};
    EXPECT_FALSE(search(*connection_, query, index_ids(), {}));
  }
}

INSTANTIATE_TEST_SUITE_P(On, SearchOrderTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
