// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: a record with patients, clinicians and programs, kept in the model as well, and what the
// model says of each request.

#include <optional>
#include <random>

#include "record/access/access_index.h"
#include "tests/support/access_model.h"
#include "tests/support/signed_in.h"

namespace reprise::server {

class ModelWorld : public SignedInTest {
 protected:
  using Json = fhir::Json;
  using Ids = model::Ids;
  using Person = model::Person;
  using Thing = model::Thing;
  using Version = model::Version;

  static std::string type_in(const std::string& name) { return name.substr(0, name.find('/')); }

  // a is a patient of dr-a; b of dr-b; c of dr-a, whom c denies; d of dr-b, with emergency access of dr-a; n
  // is new.
  void SetUp() override {
    for (const char* doctor : {"a", "b"}) keep(std::string{"Practitioner/dr-"} + doctor, {});
    for (const char* patient : {"a", "b", "c", "d", "n"}) {
      const std::string of = patient;
      keep("Patient/" + of, {false, {of}, {}, {}});
      if (of == "n") continue;
      const std::string self = "Patient/" + of;
      keep("Observation/o-" + of, {false, {of}, {self}, {self}});
      keep("Observation/p-" + of, {false, {of}, {}, {self}});
      keep("Condition/c-" + of, {false, {of}, {}, {self}});
      keep("Communication/m-" + of, {false, {of}, {self}, {self}});
      keep("Consent/k-" + of, {false, {of}, {self}, {self}});
      keep("Consent/l-" + of, {false, {of}, {}, {self}});
      keep("CareTeam/u-" + of, {false, {of}, {}, {self}});
    }
    keep("Questionnaire/q", {});
    put("CareTeam/t-a", team("a", "dr-a"));
    put("CareTeam/t-b", team("b", "dr-b"));
    put("CareTeam/t-c", team("c", "dr-a"));
    put("CareTeam/t-d", team("d", "dr-b"));
    put("Consent/denies",
        R"(,"status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},"category":[{"text":"c"}],"patient":{"reference":"Patient/c"},"performer":[{"reference":"Patient/c"}],"policyRule":{"coding":[{"code":"OPTOUT"}]})");
    for (const char* patient : {"a", "b", "c", "d"}) {
      const std::string self = std::string{"Patient/"} + patient;
      const std::string doctor =
          patient[0] == 'a' || patient[0] == 'c' ? "Practitioner/dr-a" : "Practitioner/dr-b";
      world_[std::string{"CareTeam/t-"} + patient] = {"CareTeam", {{false, {patient}, {}, {self, doctor}}}};
    }
    world_["Consent/denies"] = {"Consent", {{false, {"c"}, {"Patient/c"}, {"Patient/c"}}}};
    add({model::Role::patient, "Patient/a", {"a"}}, person_token(record::Role::patient, "a"));
    const std::string doctor = person_token(record::Role::clinician, "dr-a");
    add({model::Role::clinician, "Practitioner/dr-a", {"a"}, {"d"}}, doctor);
    add({model::Role::clinician, "Practitioner/dr-b", {"b", "d"}},
        person_token(record::Role::clinician, "dr-b"));
    add({model::Role::administrator, "Practitioner/"}, person_token(record::Role::administrator, ""));
    add({model::Role::program, ""}, program_);
    add({model::Role::program, "", {}, {}, {{"Observation", "rs"}}}, token_of("", "system/Observation.rs"));
    add({model::Role::program, "", {}, {}, {{"Observation", "c"}}}, token_of("", "system/Observation.c"));
    const auto connection = database_.open();
    const std::string account = record::find_account_by_name(*connection, "login-dr-a")->value().id;
    add({model::Role::clinician,
         "Practitioner/dr-a",
         {"a"},
         {"d"},
         {{"Observation", "cruds"}, {"Patient", "r"}}},
        token_of(account, "user/Observation.cruds user/Patient.r"));
    add({model::Role::clinician, "Practitioner/dr-a", {"a"}, {}, {{"*", "cruds"}}, true},
        token_of(account, "patient/*.cruds", "a"));
    EXPECT_TRUE(connection->begin_writing());
    EXPECT_TRUE(record::break_glass(*connection, account, "d", "collapsed in the waiting room",
                                    record::milliseconds_now() * 1000));
    EXPECT_TRUE(connection->commit());
  }
  static std::string team(const std::string& patient, const std::string& doctor) {
    return R"(,"status":"active","subject":{"reference":"Patient/)" + patient +
           R"("},"participant":[{"member":{"reference":"Practitioner/)" + doctor + "\"}}]";
  }
  void add(Person person, std::string token) {
    people_.push_back(std::move(person));
    tokens_.push_back(std::move(token));
  }
  void keep(const std::string& name, const Version& version) {
    ASSERT_LT(ask(program_, "PUT", "/" + name, body(name, version).dump()).status, 300U) << name;
    world_[name] = {type_in(name), {version}};
  }

  /// A resource whose subject is the first that it is about, and that names and refers as the version says.
  Json body(const std::string& name, const Version& version) {
    const std::string type = type_in(name);
    Json made = {{"resourceType", type}};
    if (name.size() > type.size()) made["id"] = name.substr(type.size() + 1);
    made["language"] = "x-" + std::to_string(++bodies_);  // no two say the same
    const auto reference = [](const std::string& to) { return Json{{"reference", to}}; };
    Json named = Json::array();
    for (const auto& one : version.named) named.push_back(reference(one));
    const std::string whom =
        !version.subject.empty() || version.about.empty() ? version.subject : *version.about.begin();
    const Json subject = reference("Patient/" + whom);
    if (type == "Patient") {
      if (!version.refers.empty())
        made["link"] = Json::array({{{"other", reference(*version.refers.begin())}, {"type", "seealso"}}});
      return made;
    }
    if (type == "Questionnaire") made["status"] = "draft";
    if (model::is_open(type)) return made;
    Json others = Json::array();
    for (const auto& one : version.refers) {
      if (type_in(one) == "Observation" || type_in(one) == "Condition") others.push_back(reference(one));
    }
    made[type == "Consent" ? "patient" : "subject"] = subject;
    if (type == "Observation") {
      made["status"] = "final";
      made["code"] = {{"text", "x"}};
      if (!named.empty()) made["performer"] = named;
      if (!others.empty()) made["hasMember"] = others;
    } else if (type == "Condition") {
      if (!others.empty()) made["evidence"] = Json::array({{{"detail", others}}});
      if (!named.empty()) made["asserter"] = named[0];
    } else if (type == "Communication") {
      made["status"] = "completed";
      if (!named.empty()) made["sender"] = named[0];
      if (!others.empty()) made["about"] = others;
    } else if (type == "Consent") {
      made.update({{"status", "draft"},
                   {"scope", {{"text", "s"}}},
                   {"category", Json::array({{{"text", "c"}}})},
                   {"policyRule", {{"text", "p"}}}});
      if (!named.empty()) made["performer"] = named;
    } else {
      made["status"] = "inactive";
    }
    return made;
  }

  template <class List>
  const auto& one_of(const List& list) {
    auto found = list.begin();
    std::advance(found, random_() % list.size());
    return *found;
  }
  bool chance(unsigned percent) { return random_() % 100 < percent; }

  Version some_version(const std::string& type, const Person& who) {
    Version version;
    if (model::is_open(type)) return version;
    const std::vector<std::string> patients = {"a", "b", "c", "d", "n", "none"};
    const std::string about = !who.cared_for.empty() && chance(50) ? one_of(who.cared_for) : one_of(patients);
    if (type == "Patient") {
      if (chance(50)) {
        version.refers.insert("Patient/" + about);
        version.about.insert(about);
      }
      return version;
    }
    version.subject = about;
    version.about.insert(about);
    version.refers.insert("Patient/" + about);
    const bool names = type != "CareTeam" && chance(75);
    if (names) {
      const std::vector<std::string> all = {"Patient/" + about, "Patient/a", "Practitioner/dr-a",
                                            "Practitioner/dr-b"};
      version.named.insert(chance(60) && who.self.size() > 13      ? who.self
                           : who.self == "Patient/a" && chance(60) ? who.self
                                                                   : one_of(all));
      if ((type == "Observation" || type == "Consent") && chance(30))
        version.named.insert("Patient/" + about);
    }
    for (const auto& one : version.named) {
      version.refers.insert(one);
      // The patient's compartment holds what the patient says, too.
      if (type != "Consent" && one.rfind("Patient/", 0) == 0) version.about.insert(one.substr(8));
    }
    if ((type == "Observation" || type == "Condition" || type == "Communication") && chance(40)) {
      const std::string other =
          chance(15) ? (type == "Condition" ? "Condition/none" : "Observation/none") : one_of(world_).first;
      const std::string kind = type_in(other);
      if (kind == "Observation" || (kind == "Condition" && type != "Observation"))
        version.refers.insert(other);
    }
    return version;
  }

  // What follows says what an answer must be, and what then is there.

  const Version* current(const std::string& name) const {
    const auto found = world_.find(name);
    return found == world_.end() ? nullptr : &found->second.now();
  }
  unsigned made(const Person& who, const std::string& name, const Version& version) {
    const std::string type = type_in(name);
    const Ids& about = version.about;
    if (model::may_type(who, 'c', type) == model::Whose::none ||
        !model::may(who, 'c', type, about, newcomers_))
      return 403;
    if (!model::own_words(who, type, nullptr, &version)) return 403;
    return model::knows_references(who, world_, name, nullptr, version, newcomers_) ? 201 : 422;
  }
  unsigned updated(const Person& who, const std::string& name, const Version& version) {
    const std::string type = type_in(name);
    if (!model::sees(who, world_, name, newcomers_)) {
      const bool everything = who.role == model::Role::program
                                  ? model::may_type(who, 'r', type) != model::Whose::none
                                  : model::may_type(who, 'r', type) == model::Whose::all;
      return current(name) == nullptr && everything ? made(who, name, version) : 403;
    }
    const Version& before = *current(name);
    Ids own = version.about;
    if (type == "Patient") own.insert(name.substr(8));
    const char need = before.deleted ? 'c' : 'u';
    if (!model::may(who, need, type, before.about, newcomers_)) return 403;
    if (!model::may(who, need, type, need == 'u' ? own : version.about, newcomers_)) return 403;
    if (!model::own_words(who, type, before.deleted ? nullptr : &before, &version)) return 403;
    if (!model::knows_references(who, world_, name, before.deleted ? nullptr : &before, version, newcomers_))
      return 422;
    return before.deleted ? 201 : 200;
  }
  unsigned patched(const Person& who, const std::string& name) {
    const std::string type = type_in(name);
    if (model::may_type(who, 'u', type) == model::Whose::none) return 403;
    if (!model::sees(who, world_, name, newcomers_)) return 404;
    const Version& before = *current(name);
    if (!model::may(who, 'u', type, before.about, newcomers_)) return 403;
    if (before.deleted) return 410;
    if (!model::own_words(who, type, &before, &before)) return 403;
    return model::knows_references(who, world_, name, &before, before, newcomers_) ? 200 : 422;
  }
  unsigned removed(const Person& who, const std::string& name) {
    const std::string type = type_in(name);
    if (model::may_type(who, 'd', type) == model::Whose::none) return 403;
    if (!model::sees(who, world_, name, newcomers_)) return 204;
    const Version& before = *current(name);
    if (!model::may(who, 'd', type, before.about, newcomers_)) return 403;
    return before.deleted || model::own_words(who, type, &before, nullptr) ? 204 : 403;
  }
  unsigned seen(const Person& who, const std::string& name, std::size_t version) {
    const std::string type = type_in(name);
    if (model::may_type(who, 'r', type) == model::Whose::none) return 403;
    const auto found = world_.find(name);
    if (found == world_.end()) return 404;
    const auto& versions = found->second.versions;
    const Version* one = version == 0                 ? &versions.back()
                         : version <= versions.size() ? &versions[version - 1]
                                                      : nullptr;
    if (one == nullptr || !model::may(who, 'r', type, one->about, newcomers_)) return 404;
    return one->deleted ? 410 : 200;
  }
  std::size_t in_history(const Person& who, const Thing& thing) {
    return static_cast<std::size_t>(std::count_if(
        thing.versions.begin(), thing.versions.end(),
        [&](const Version& one) { return model::may(who, 'r', thing.type, one.about, newcomers_); }));
  }
  /// By a search: newcomers appear only to clinicians who treat them.
  bool is_found(const Person& who, const Thing& thing) {
    return !thing.now().deleted && model::may(who, 's', thing.type, thing.now().about, {});
  }

  const std::vector<std::string> types_ = {"Patient", "Observation", "Condition",     "Communication",
                                           "Consent", "CareTeam",    "Questionnaire", "Practitioner"};
  model::World world_;
  Ids newcomers_ = {"n"};
  std::vector<Person> people_;
  std::vector<std::string> tokens_;
  std::mt19937 random_;
  int bodies_ = 0;
};

}  // namespace reprise::server
