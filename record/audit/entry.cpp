// SPDX-License-Identifier: Apache-2.0
#include "record/audit/entry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/plain_text.h"

namespace reprise::record {
namespace {

constexpr std::string_view kEntryVersion = "1";
constexpr std::size_t kLongestText = 256;
constexpr std::size_t kLongestReason = 2048;

// In the order of their enumerations.
constexpr std::array<std::string_view, 7> kAgents = {"nobody",  "patient", "clinician", "administrator",
                                                     "program", "server",  "carer"};
constexpr std::array<std::string_view, 4> kOutcomes = {"0", "4", "8", "12"};
constexpr std::array<std::string_view, 4> kPurposes = {"TREAT", "PATRQT", "HSYSADMIN", "BTG"};
constexpr std::array<std::string_view, 21> kActs = {
    "read",    "vread",        "create",      "update", "patch",   "delete",     "history",
    "search",  "capabilities", "transaction", "batch",  "sign-in", "sign-out",   "break-glass",
    "account", "settings",     "log",         "export", "import",  "visit-join", "visit-end"};
constexpr std::string_view kActions = "RRCUUDREEEEEEEUURRCEE";
static_assert(kActions.size() == kActs.size());

// A field is its length in decimal, a colon, and its bytes: no field can look like two.
void add_field(std::string& text, std::string_view field) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), field.size()).ptr;
  text.append(digits.data(), end);
  text += ':';
  text += field;
}

template <class Number>
void add_number(std::string& text, Number number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  add_field(text, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void add_ids(std::string& text, const std::vector<std::string>& ids) {
  add_number(text, ids.size());
  for (const std::string& id : ids) add_field(text, id);
}

// A number has one form: no sign but '-', no leading zeros, no "-0".
template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) return {};
  std::array<char, 24> digits{};
  const auto again = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  if (text != std::string_view{digits.data(), static_cast<std::size_t>(again - digits.data())}) return {};
  return number;
}

// Takes fields off the front; after the first that is not there, all are missing.
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  std::string_view field() {
    const std::size_t colon = rest_.substr(0, 8).find(':');
    const auto length =
        colon == std::string_view::npos ? std::nullopt : number_of<std::size_t>(rest_.substr(0, colon));
    if (broken_ || !length || *length > rest_.size() - colon - 1) {
      broken_ = true;
      return {};
    }
    const std::string_view found = rest_.substr(colon + 1, *length);
    rest_.remove_prefix(colon + 1 + *length);
    return found;
  }

  template <class Number>
  Number number() {
    const auto found = number_of<Number>(field());
    broken_ = broken_ || !found;
    return found.value_or(0);
  }

  template <class Enum, std::size_t count>
  Enum one_of(const std::array<std::string_view, count>& names) {
    const auto found = std::find(names.begin(), names.end(), field());
    broken_ = broken_ || found == names.end();
    return broken_ ? Enum{} : static_cast<Enum>(found - names.begin());
  }

  std::string text(std::size_t longest) {
    const std::string_view found = field();
    broken_ = broken_ || !is_one_line(found) || found.size() > longest;
    return std::string{found};
  }

  std::vector<std::string> ids(std::size_t longest) {
    std::vector<std::string> found;
    const auto count = number<std::size_t>();
    // Each takes two bytes at least, so that a lying number cannot make this long.
    broken_ = broken_ || count > left() / 2;
    while (!broken_ && found.size() < count) found.push_back(text(longest));
    return found;
  }

  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] bool whole() const { return !broken_ && rest_.empty(); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool broken_ = false;
};

template <std::size_t count, class Enum>
std::string_view name_in(const std::array<std::string_view, count>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view code_of(AuditOutcome outcome) {
  return name_in(kOutcomes, outcome);
}

std::string_view code_of(AuditPurpose purpose) {
  return name_in(kPurposes, purpose);
}

char action_of(AuditAct act) {
  return kActions.at(static_cast<std::size_t>(act));
}

AuditEntry fit_for_log(AuditEntry entry) {
  for (std::string* text : {&entry.account, &entry.person, &entry.address, &entry.resource_type,
                            &entry.resource_id, &entry.resource_version, &entry.request}) {
    make_plain(*text, kLongestText);
  }
  make_plain(entry.reason, kLongestReason);
  for (std::string& patient : entry.patients) make_plain(patient, kLongestText);
  for (std::string& patient : entry.emergency) make_plain(patient, kLongestText);
  return entry;
}

AuditEntry shown_among(AuditEntry entry, std::span<const std::string> patients) {
  const auto is_hidden = [&](const std::string& patient) {
    return !std::binary_search(patients.begin(), patients.end(), patient);
  };
  const bool emergency = !entry.emergency.empty();
  for (std::vector<std::string>* ids : {&entry.patients, &entry.emergency})
    ids->erase(std::remove_if(ids->begin(), ids->end(), is_hidden), ids->end());
  if (emergency && entry.emergency.empty()) entry.purpose = AuditPurpose::treatment;
  return entry;
}

std::string encode(const AuditEntry& entry) {
  std::string text;
  text.reserve(256);
  add_field(text, kEntryVersion);
  add_number(text, entry.sequence);
  add_number(text, entry.time_us);
  add_field(text, name_in(kActs, entry.act));
  add_field(text, code_of(entry.outcome));
  add_field(text, code_of(entry.purpose));
  add_field(text, name_in(kAgents, entry.agent));
  for (const std::string* field :
       {&entry.account, &entry.person, &entry.address, &entry.resource_type, &entry.resource_id,
        &entry.resource_version, &entry.request, &entry.reason}) {
    add_field(text, *field);
  }
  add_ids(text, entry.patients);
  if (!entry.emergency.empty()) add_ids(text, entry.emergency);
  return text;
}

Result<AuditEntry> decode_entry(std::string_view text) {
  constexpr const char* kStage = "reading an entry of the audit log";
  FieldReader reader(text);
  if (const std::string_view version = reader.field(); version != kEntryVersion && !reader.broken()) {
    return fail(ErrorCode::corrupt, kStage, "the entry has a version that is not known",
                "verify the log with the newest version of this program");
  }
  AuditEntry entry;
  entry.sequence = reader.number<std::uint64_t>();
  entry.time_us = reader.number<std::int64_t>();
  entry.act = reader.one_of<AuditAct>(kActs);
  entry.outcome = reader.one_of<AuditOutcome>(kOutcomes);
  entry.purpose = reader.one_of<AuditPurpose>(kPurposes);
  entry.agent = reader.one_of<AuditAgent>(kAgents);
  for (std::string* field : {&entry.account, &entry.person, &entry.address, &entry.resource_type,
                             &entry.resource_id, &entry.resource_version, &entry.request}) {
    *field = reader.text(kLongestText);
  }
  entry.reason = reader.text(kLongestReason);
  entry.patients = reader.ids(kLongestText);
  const bool names_emergency = reader.left() > 0;
  if (names_emergency) entry.emergency = reader.ids(kLongestText);
  if (!reader.whole() || (names_emergency && entry.emergency.empty())) {
    return fail(ErrorCode::corrupt, kStage, "the text is not that of an entry", "verify the log");
  }
  return entry;
}

}  // namespace reprise::record
