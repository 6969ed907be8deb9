// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdlib>

#include "tests/support/access_model_world.h"

// Compares generated requests of all principals with the model.
namespace reprise::server {
namespace {

class AccessModelTest : public ModelWorld {
 protected:
  void expect(const Answer& answer, unsigned status, const std::string& what) {
    EXPECT_EQ(answer.status, status) << what << "\n" << answer.json.dump().substr(0, 400);
  }

  std::string name_for(const Person&) {
    if (!chance(12)) return one_of(world_).first;
    return one_of(types_) + "/none";
  }

  void read_something(std::size_t i, const std::string& as) {
    const Person& who = people_[i];
    const std::string name = name_for(who);
    const std::string type = type_in(name);
    switch (random_() % 6) {
      case 0: return expect(ask(tokens_[i], "GET", "/" + name), seen(who, name, 0), as + "GET " + name);
      case 1: {
        const std::size_t version = 1 + random_() % 3;
        return expect(ask(tokens_[i], "GET", "/" + name + "/_history/" + std::to_string(version)),
                      seen(who, name, version), as + "vread " + name);
      }
      case 2: {
        const auto answer = ask(tokens_[i], "GET", "/" + name + "/_history?_count=1000");
        const std::size_t count = world_.count(name) > 0 ? in_history(who, world_.at(name)) : 0;
        const unsigned status = model::may_type(who, 'r', type) == model::Whose::none ? 403
                                : count > 0                                           ? 200
                                                                                      : 404;
        expect(answer, status, as + "history of " + name);
        if (status == 200) {
          EXPECT_EQ(entries(answer), count) << as << "history of " << name;
        }
        return;
      }
      case 3: {
        const auto answer = ask(tokens_[i], "GET", "/" + type + "/_history?_count=1000");
        const bool may = model::may_type(who, 's', type) != model::Whose::none;
        expect(answer, may ? 200 : 403, as + "history of " + type);
        std::size_t count = 0;
        const bool all =
            may && (who.role == model::Role::program || model::may_type(who, 's', type) == model::Whose::all);
        for (const auto& [of, thing] : world_) {
          if (thing.type != type) continue;
          // Resources that are accessible now, and deleted ones, each version by its own text.
          if (all || thing.now().deleted || is_found(who, thing))
            count += all ? thing.versions.size() : in_history(who, thing);
        }
        if (may && count < 1000) {
          EXPECT_EQ(entries(answer), reads(who, type) ? count : 0U) << as << "history of " << type;
        }
        return;
      }
      case 4: {
        const std::string query =
            chance(50) || type == "Patient" || model::is_open(type) ? "" : "&patient=Patient/a";
        const auto answer =
            ask(tokens_[i], "GET",
                "/" + type + "?_count=1000" +
                    (type == "CareTeam" || type == "Communication" || query.empty() ? "" : query));
        const bool may = model::may_type(who, 's', type) != model::Whose::none;
        expect(answer, may ? 200 : 403, as + "search of " + type);
        if (!may || (!query.empty() && type != "CareTeam" && type != "Communication")) return;
        const auto count = std::count_if(world_.begin(), world_.end(), [&](const auto& one) {
          return one.second.type == type && is_found(who, one.second);
        });
        if (count < 1000) {
          EXPECT_EQ(entries(answer), static_cast<std::size_t>(count)) << as << "search of " << type;
        }
        return;
      }
      default: {
        const auto answer =
            ask(tokens_[i], "GET", "/Condition?_count=1000&_include=Condition:subject:Patient");
        const bool may = model::may_type(who, 's', "Condition") != model::Whose::none &&
                         model::may_type(who, 's', "Patient") != model::Whose::none;
        expect(answer, may ? 200 : 403, as + "include");
        for (const Json& entry : answer.json.value("entry", Json::array())) {
          const std::string found = entry["resource"]["resourceType"].get<std::string>() + "/" +
                                    entry["resource"]["id"].get<std::string>();
          EXPECT_TRUE(is_found(who, world_.at(found))) << as << "include shows " << found;
        }
      }
    }
  }
  static bool reads(const Person& who, const std::string& type) {
    return model::may_type(who, 'r', type) != model::Whose::none;
  }

  /// A request that changes something, and what the model says of it.
  struct Change {
    std::string method;
    std::string name;  ///< the type of the created resource
    Version version = {};
    Json resource = nullptr;
    unsigned status = 0;
    std::string full_url = {};
    std::optional<std::size_t> refers_to = {};  ///< another of the same transaction

    [[nodiscard]] Json entry() const {
      Json made = {{"request", {{"method", method}, {"url", name}}}};
      if (!full_url.empty()) made["fullUrl"] = full_url;
      if (!resource.is_null()) made["resource"] = resource;
      return made;
    }
  };

  /// Returns nullopt if the change would alter access rights, which the model does not follow.
  std::optional<Change> some_change(const Person& who, std::string_view method) {
    const std::string name = name_for(who);
    const std::string type = type_in(name);
    const bool rights = name == "Consent/denies" || name.rfind("CareTeam/t-", 0) == 0;
    if (method == "POST") {
      const Version version = some_version(type, who);
      return Change{"POST", type, version, body(type, version), made(who, type, version)};
    }
    if (method == "DELETE") {
      const unsigned status = removed(who, name);
      const bool loses = rights || type == "Practitioner" || type == "Patient";
      if (status == 204 && loses && model::sees(who, world_, name, newcomers_)) return {};
      return Change{"DELETE", name, {}, nullptr, status};
    }
    if (rights) return {};
    if (method == "PATCH") {
      const Json patch =
          Json::array({{{"op", "add"}, {"path", "/language"}, {"value", "x-" + std::to_string(++bodies_)}}});
      return Change{"PATCH", name, {}, patch, patched(who, name)};
    }
    Version version = some_version(type, who);
    if (current(name) != nullptr && chance(70)) {
      version = *current(name);
      version.deleted = false;
      if (type == "Patient") version.about.erase(name.substr(8));
    }
    return Change{"PUT", name, version, body(name, version), updated(who, name, version)};
  }

  /// Updates the model after a successful change. `id`: of the created resource.
  void keep_change(const Person& who, const Change& change, const std::string& id) {
    const std::string type = type_in(change.name);
    Version version = change.version;
    if (change.method == "POST") {
      if (type == "Patient") version.about.insert(id);
      if (type == "Patient") newcomers_.insert(id);
      world_[type + "/" + id] = {type, {version}};
      return;
    }
    if (change.method == "PUT") {
      if (type == "Patient") version.about.insert(change.name.substr(8));
      if (type == "Patient" && current(change.name) == nullptr) newcomers_.insert(change.name.substr(8));
      world_[change.name].type = type;
    } else if (change.method == "PATCH") {
      version = *current(change.name);
    } else {
      if (current(change.name) == nullptr || current(change.name)->deleted ||
          !model::sees(who, world_, change.name, newcomers_))
        return;
      version = *current(change.name);
      version.deleted = true;
    }
    world_[change.name].versions.push_back(version);
  }

  /// Makes a created resource refer to an Observation of the same transaction.
  void refer_within(const Person& who, Change& change, const std::vector<Change>& others) {
    const auto other = std::find_if(others.begin(), others.end(), [](const Change& one) {
      return one.method == "POST" && one.name == "Observation";
    });
    if (change.method != "POST" || other == others.end() || chance(30)) return;
    const Json reference = {{"reference", other->full_url}};
    if (change.name == "Observation") {
      change.resource["hasMember"].push_back(reference);
    } else if (change.name == "Condition") {
      change.resource["evidence"].push_back({{"detail", Json::array({reference})}});
    } else if (change.name == "Communication") {
      change.resource["about"].push_back(reference);
    } else {
      return;
    }
    change.refers_to = static_cast<std::size_t>(other - others.begin());
    const bool there = model::may(who, 'r', other->name, other->version.about, newcomers_);
    if (change.status < 300 && !there) change.status = 422;
  }

  static std::string id_in(const Json& made) {
    return made.is_object() ? made.value("id", "") : std::string{};
  }
  static unsigned status_of(const Json& entry) {
    return static_cast<unsigned>(std::stoi(entry["response"]["status"].get<std::string>()));
  }
  static std::string id_of(const Json& entry) {
    return entry.contains("resource") ? id_in(entry["resource"]) : std::string{};
  }

  /// Sends a change alone, in a batch or in a transaction. Returns its status and the id of a created
  /// resource.
  std::pair<unsigned, std::string> send(std::size_t i, const Change& change) {
    const unsigned way = random_() % 4;
    const bool patch = change.method == "PATCH";
    if (patch || way < 2) {
      const auto answer = ask(tokens_[i], change.method, "/" + change.name,
                              change.resource.is_null() ? "" : change.resource.dump(),
                              patch ? "application/json-patch+json" : "application/fhir+json");
      return {answer.status, id_in(answer.json)};
    }
    const auto answer = send_bundle(i, way == 2 ? "batch" : "transaction", Json::array({change.entry()}));
    if (answer.status != 200) return {answer.status, {}};
    const Json& one = answer.json["entry"][0];
    return {status_of(one), id_of(one)};
  }
  Answer send_bundle(std::size_t i, const char* type, const Json& entries) {
    return ask(tokens_[i], "POST", "",
               Json{{"resourceType", "Bundle"}, {"type", type}, {"entry", entries}}.dump());
  }

  void change_something(std::size_t i, const std::string& as) {
    const std::array<const char*, 5> methods = {"POST", "PUT", "PUT", "PATCH", "DELETE"};
    const auto change = some_change(people_[i], one_of(methods));
    if (!change) return;
    const auto [got, id] = send(i, *change);
    EXPECT_EQ(got, change->status) << as << change->entry().dump();
    if (got < 300) keep_change(people_[i], *change, id);
  }

  /// Several changes at once, each of another resource, in the order in which R4 carries out a transaction;
  /// what one leaves behind is there for the next. A transaction is refused as a whole.
  void change_together(std::size_t i, const std::string& as) {
    const Person& who = people_[i];
    const bool transaction = chance(60);
    const auto before = world_;
    const auto newcomers = newcomers_;
    std::vector<Change> changes;
    std::set<std::string> names;
    std::set<unsigned> refusals;
    for (const char* method : {"DELETE", "DELETE", "POST", "POST", "PUT", "PUT"}) {
      if (chance(50)) continue;
      auto change = some_change(who, method);
      const bool once = change && (change->method == "POST" || names.insert(change->name).second);
      if (!once) continue;
      // Others of the transaction may refer to it, wherever it stands.
      if (transaction && change->method == "PUT" && current(change->name) == nullptr) continue;
      if (transaction && change->method == "POST") {
        change->full_url = "urn:uuid:00000000-0000-4000-8000-00000000000" + std::to_string(changes.size());
        refer_within(who, *change, changes);
      }
      if (change->status >= 300)
        refusals.insert(change->status);
      else if (change->method != "POST")
        keep_change(who, *change, {});
      changes.push_back(std::move(*change));
    }
    if (changes.empty()) return;
    Json entries = Json::array();
    for (const Change& change : changes) entries.push_back(change.entry());
    const auto answer = send_bundle(i, transaction ? "transaction" : "batch", entries);
    const std::string what = as + (transaction ? "transaction " : "batch ") + entries.dump();
    if (transaction && !refusals.empty()) {
      EXPECT_EQ(refusals.count(answer.status), 1U) << what << answer.json.dump();
      world_ = before;
      newcomers_ = newcomers;
      return;
    }
    ASSERT_EQ(answer.status, 200U) << what << answer.json.dump();
    for (std::size_t k = 0; k < changes.size(); ++k) {
      const Json& one = answer.json["entry"][k];
      EXPECT_EQ(status_of(one), changes[k].status) << what << "\nentry " << k << one.dump();
      if (changes[k].method != "POST" || status_of(one) >= 300) continue;
      if (const auto other = changes[k].refers_to)
        changes[k].version.refers.insert("Observation/" + id_of(answer.json["entry"][*other]));
      keep_change(who, changes[k], id_of(one));
    }
  }
};

// Security findings F1, F5, F15, F17, F18, F19, F24
TEST_P(AccessModelTest, GeneratedRequestsEndAsTheModelSays) {
  constexpr int kRequests = 2'000;
  const char* chosen = std::getenv("REPRISE_MODEL_SEED");
  const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  const unsigned first =
      chosen != nullptr ? static_cast<unsigned>(std::strtoul(chosen, nullptr, 10)) : 20'261'122U;
  const unsigned seed =
      first + static_cast<unsigned>(test.back() - '0');  // the name ends with the world's number
  std::printf("REPRISE_MODEL_SEED=%u\n", first);
  random_.seed(seed);
  const std::vector<std::string> names = {"patient",
                                          "clinician of a, glass broken for d, denied by c",
                                          "clinician of b and d",
                                          "administrator",
                                          "system/*",
                                          "system/Observation.rs",
                                          "system/Observation.c",
                                          "user/Observation.cruds user/Patient.r",
                                          "patient/* of a"};
  for (int request = 0; request < kRequests && !HasFailure(); ++request) {
    const std::size_t who = random_() % people_.size();
    const std::string as =
        "request " + std::to_string(request) + " of seed " + std::to_string(seed) + ", " + names[who] + ": ";
    if (chance(45)) {
      read_something(who, as);
    } else if (chance(70)) {
      change_something(who, as);
    } else {
      change_together(who, as);
    }
  }
  for (const auto& [name, thing] : world_) {
    const auto now = ask(program_, "GET", "/" + name);
    EXPECT_EQ(now.status, thing.now().deleted ? 410U : 200U) << name;
    if (now.status == 200) {
      EXPECT_EQ(now.json["meta"]["versionId"], std::to_string(thing.versions.size())) << name;
    }
  }
}

// Five worlds of 2,000 requests.
constexpr auto kFile = record::DatabaseKind::sqlite;
INSTANTIATE_TEST_SUITE_P(Worlds, AccessModelTest, ::testing::Values(kFile, kFile, kFile, kFile, kFile));

}  // namespace
}  // namespace reprise::server
