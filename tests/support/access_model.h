// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: the access rules of docs/operations/access.md on one page. Shares no code with the
// implementation that it checks. The model knows of each version whom it is about and whom it names.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace reprise::server::model {

using Ids = std::set<std::string>;

enum class Role { patient, clinician, administrator, program };

struct Person {
  Role role = Role::program;
  std::string self;    ///< as a reference: "Patient/a"
  Ids cared_for = {};  ///< patients whose care this is: their own, their clinician's
  Ids emergency = {};  ///< patients with emergency access
  std::map<std::string, std::string> scopes = {{"*", "cruds"}};  ///< by type
  bool one_patient = false;  ///< scopes of one patient: resources without a compartment are read-only
};

struct Version {
  bool deleted = false;
  Ids about;  ///< patients; of a deletion those of the version before
  Ids named;  ///< whose words it says that it is
  Ids refers;
  std::string subject = {};  ///< one of `about`; empty: the only one
};

struct Thing {
  std::string type;
  std::vector<Version> versions;
  [[nodiscard]] const Version& now() const { return versions.back(); }
};

using World = std::map<std::string, Thing>;  ///< "Observation/o-a"

inline bool is_open(const std::string& type) {
  return type == "Questionnaire" || type == "Practitioner";
}
inline bool is_clinical_entry(const std::string& type) {
  return type == "Observation" || type == "Condition" || type == "Communication";
}

/// Returns whether a principal may access a type, and for which patients.
enum class Whose { none, patients, all };
inline Whose may_type(const Person& who, char need, const std::string& type) {
  const auto scope = who.scopes.count(type) > 0  ? who.scopes.at(type)
                     : who.scopes.count("*") > 0 ? who.scopes.at("*")
                                                 : "";
  if (scope.find(need) == std::string::npos) return Whose::none;
  const bool reads = need == 'r' || need == 's';
  const auto if_true = [](bool may, Whose whose) { return may ? whose : Whose::none; };
  switch (who.role) {
    case Role::program: return Whose::all;
    case Role::administrator:
      if (type == "Patient") return if_true(reads || need == 'u', Whose::all);
      if (type == "Consent") return if_true(reads, Whose::all);
      return if_true(is_open(type) || type == "CareTeam", Whose::all);
    case Role::patient:
      if (is_open(type)) return if_true(reads, Whose::all);
      return if_true(
          reads || (need == 'c' && (type == "Observation" || type == "Communication" || type == "Consent")) ||
              (need == 'u' && type == "Consent"),
          Whose::patients);
    case Role::clinician: break;
  }
  if (is_open(type)) return if_true(reads || (type == "Questionnaire" && !who.one_patient), Whose::all);
  return if_true(type != "Patient" || need != 'd', Whose::patients);
}

inline bool within(const Ids& some, const Ids& all) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}
inline bool meets(const Ids& some, const Ids& others) {
  return std::any_of(some.begin(), some.end(), [&](const auto& one) { return others.count(one) > 0; });
}

/// Returns whether a principal may access a resource about these patients. `newcomers`: patients for whom no
/// care team ever named a clinician.
inline bool may(const Person& who, char need, const std::string& type, const Ids& about,
                const Ids& newcomers) {
  const Whose whose = may_type(who, need, type);
  if (whose != Whose::patients) return whose == Whose::all;
  Ids mine = who.cared_for;
  const bool reads = need == 'r' || need == 's';
  if (reads || (need == 'c' && is_clinical_entry(type)))
    mine.insert(who.emergency.begin(), who.emergency.end());
  const bool greets =
      who.role == Role::clinician && !who.one_patient && about.size() == 1 && within(about, newcomers) &&
      ((type == "Patient" && (need == 'r' || need == 'u')) || (type == "CareTeam" && need == 'c'));
  if (greets) return true;
  if (reads) return meets(about, mine);
  // A new Patient is about no one else, or about those whom it links.
  const bool registers = type == "Patient" && need == 'c' && !who.one_patient;
  return (registers || !about.empty()) && within(about, mine);
}

/// Returns whether a resource exists for a principal.
inline bool sees(const Person& who, const World& world, const std::string& name, const Ids& newcomers) {
  const auto found = world.find(name);
  if (found == world.end()) return false;
  const auto& [type, versions] = found->second;
  return may(who, 'r', type, versions.back().about, newcomers) ||
         may(who, 'u', type, versions.back().about, newcomers) ||
         may(who, 'd', type, versions.back().about, newcomers);
}

/// Returns whether a principal may turn `before` into `after` by the authors that it names.
inline bool own_words(const Person& who, const std::string& type, const Version* before,
                      const Version* after) {
  if (who.role == Role::program) return true;
  const auto is_self = [&](const std::string& named) { return named == who.self; };
  const bool speaks = type == "Observation" || type == "Communication";
  const bool patients_consent =
      type == "Consent" && before != nullptr && !before->named.empty() &&
      std::all_of(before->named.begin(), before->named.end(),
                  [](const std::string& named) { return named.rfind("Patient/", 0) == 0; });
  if (who.role == Role::patient) {
    const bool was_own =
        before == nullptr || std::all_of(before->named.begin(), before->named.end(), is_self);
    if (after == nullptr) return true;
    const bool says_so = !after->named.empty() || !(speaks || type == "Consent");
    return was_own && says_so && std::all_of(after->named.begin(), after->named.end(), is_self);
  }
  if (patients_consent) return false;
  if (after == nullptr) return true;
  if (speaks && before != nullptr && !before->named.empty() && before->named.count(who.self) == 0)
    return false;
  const bool with_self = after->named.count(who.self) > 0;
  return std::all_of(after->named.begin(), after->named.end(), [&](const std::string& named) {
    const bool told = named.rfind("Patient/", 0) == 0 && with_self && type != "Communication";
    return is_self(named) || told || (before != nullptr && before->named.count(named) > 0);
  });
}

/// Returns whether all newly referenced resources, besides itself, exist for the principal. The patients of a
/// new resource are known.
inline bool knows_references(const Person& who, const World& world, const std::string& itself,
                             const Version* before, const Version& after, const Ids& newcomers) {
  return std::all_of(after.refers.begin(), after.refers.end(), [&](const std::string& name) {
    if (name == itself) return true;
    if (before != nullptr && before->refers.count(name) > 0) return true;
    const auto found = world.find(name);
    if (found == world.end() || found->second.now().deleted) return false;
    const bool about = name.rfind("Patient/", 0) == 0 && after.about.count(name.substr(8)) > 0;
    return (before == nullptr && about) ||
           may(who, 'r', found->second.type, found->second.now().about, newcomers);
  });
}

}  // namespace reprise::server::model
