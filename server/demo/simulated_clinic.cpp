// SPDX-License-Identifier: Apache-2.0
#include "server/demo/simulated_clinic.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <atomic>
#include <condition_variable>
#include <ctime>
#include <memory>
#include <mutex>
#include <thread>

#include "server/monitoring/safety_flags.h"
#include "server/reactions/system_writes.h"
#include "simulation/clinic/parts.h"

namespace reprise::server {
namespace {

using Entries = std::vector<record::TransactionEntry>;

constexpr const char* kClinicStage = "simulating a clinic";
constexpr const char* kClinicId = "simulated-clinic";
constexpr const char* kSimulation = "urn:reprise:simulation";
constexpr int kMostAtOnce = 4;  // parts that wait to be written
constexpr int kTellEach = 6;    // patients
constexpr int kUnseenDays = 4;  // whose answers the clinic is to find flagged; before, it has looked

// The clinic's state in the record: its options, and whether it is complete.
struct Begun {
  simulation::ClinicOptions options;
  bool complete = false;
};

Json note_of(const Begun& begun) {
  Json note = simulation::simulated_resource("Basic", kClinicId);
  const auto part = [](const char* name, auto value) { return Json{{"url", name}, {"valueInteger", value}}; };
  note["extension"] = Json::array({Json{
      {"url", kSimulation},
      {"extension", Json::array({part("patients", begun.options.patients), part("days", begun.options.days),
                                 part("zone-minutes", begun.options.zone_minutes),
                                 part("recorded-days", begun.options.recorded_days),
                                 Json{{"url", "seed"}, {"valueString", std::to_string(begun.options.seed)}},
                                 Json{{"url", "complete"}, {"valueBoolean", begun.complete}}})}}});
  note["code"] = {{"text", "A simulated clinic"}};
  note["created"] = begun.options.today;
  return note;
}

std::optional<Begun> read_note(const Json& note) {
  const auto extensions = fhir::extensions(note, kSimulation);
  if (extensions.size() != 1) return {};
  Begun begun;
  begun.options.today = json::text_of(note, "created");
  for (const Json& part : json::list_of(*extensions.front(), "extension")) {
    const std::string_view name = json::text_of(part, "url");
    const auto number = json::whole_of(part, "valueInteger", -1000, 100'000);
    if (name == "patients") begun.options.patients = number.value_or(0);
    if (name == "days") begun.options.days = number.value_or(0);
    if (name == "recorded-days") begun.options.recorded_days = number.value_or(0);
    if (name == "zone-minutes") begun.options.zone_minutes = number.value_or(0);
    if (name == "seed")
      begun.options.seed =
          std::strtoull(std::string{json::text_of(part, "valueString")}.c_str(), nullptr, 10);
    if (name == "complete") begun.complete = json::truth_of(part, "valueBoolean").value_or(false);
  }
  return begun;
}

Entries put(const Json& resource) {
  return {{{},
           {record::Verb::update,
            std::string{json::text_of(resource, "resourceType")},
            std::string{json::text_of(resource, "id")},
            {},
            {},
            resource.dump()}}};
}

// Identifies a part in the record by its first entry, because a part is written atomically.
struct Mark {
  std::string type;
  std::string query;
};

Mark mark_of(const Json& bundle) {
  const Json& entry = bundle["entry"].front();
  const Json& request = entry["request"];
  const std::string type{json::text_of(entry["resource"], "resourceType")};
  const std::string condition{json::text_of(request, "ifNoneExist")};
  return {type, condition.empty() ? "_id=" + std::string{json::text_of(entry["resource"], "id")} : condition};
}

// Omits the conditions: existence is checked once for all.
Entries entries_of_part(const Json& bundle) {
  Entries entries;
  for (const Json& entry : bundle["entry"]) {
    const Json& resource = entry["resource"];
    const bool update = json::text_of(entry["request"], "method") == "PUT";
    entries.push_back({std::string{json::text_of(entry, "fullUrl")},
                       {update ? record::Verb::update : record::Verb::create,
                        std::string{json::text_of(resource, "resourceType")},
                        update ? std::string{json::text_of(resource, "id")} : std::string{},
                        {},
                        {},
                        resource.dump()}});
  }
  return entries;
}

record::Context context_of(const record::Record& record) {
  return {record.index_ids(), record.checks_references(), {}, record.opened()};
}

struct Part {
  Mark mark;
  Entries entries;
  std::vector<std::size_t> recent;  ///< of the entries: answers at which the clinic has not looked yet
};

// Answers given on `unseen_from` or later.
Part part_of(const Json& bundle, const std::string& unseen_from) {
  Part part{mark_of(bundle), entries_of_part(bundle), {}};
  for (std::size_t i = 0; i < part.entries.size(); ++i) {
    const Json& resource = bundle["entry"][i]["resource"];
    if (json::text_of(resource, "resourceType") == "QuestionnaireResponse" &&
        json::text_of(resource, "authored") >= unseen_from)
      part.recent.push_back(i);
  }
  return part;
}

// Urgent findings are flagged by the transaction that writes them, as if sent from a phone.
std::optional<record::Refusal> write_part(record::Record& record, const record::WriteTransaction& session,
                                          const Part& part) {
  const auto there =
      record::find_only(session.connection, context_of(record), part.mark.type, part.mark.query);
  if (!there) return there.error();
  if (*there) return {};
  const auto done = write_as_system(record, session, part.entries);
  if (!done) return done.error();
  std::vector<record::ChangeResult> answers;
  for (const std::size_t i : part.recent) answers.push_back((*done)[i]);
  return raise_safety_flags(record, session, answers, {});
}

// Passes parts to the writer, a few ahead, so that both processors have work.
class Pouring {
 public:
  /// `unseen_from`: the day from which on no clinician has reviewed answers yet.
  Pouring(record::Record& record, std::string unseen_from)
      : record_(record), unseen_from_(std::move(unseen_from)) {}
  Pouring(const Pouring&) = delete;
  Pouring& operator=(const Pouring&) = delete;
  ~Pouring() { wait_below(1); }

  [[nodiscard]] bool add(const Json& bundle) {
    if (bundle["entry"].empty()) return !failed();
    const auto what = std::make_shared<Part>(part_of(bundle, unseen_from_));
    wait_below(kMostAtOnce);
    if (failed()) return false;
    {
      const std::scoped_lock lock{mutex_};
      ++waiting_;
    }
    record_.write({[this, what](const record::WriteTransaction& session) {
                     return write_part(record_, session, *what);
                   },
                   [this](std::optional<record::Refusal> refusal) {
                     const std::scoped_lock lock{mutex_};
                     if (refusal && !refusal_) refusal_ = std::move(refusal);
                     --waiting_;
                     changed_.notify_all();
                   }});
    return true;
  }

  [[nodiscard]] std::optional<record::Refusal> finish() {
    wait_below(1);
    return refusal_;
  }

 private:
  void wait_below(int most) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return waiting_ < most; });
  }
  [[nodiscard]] bool failed() {
    const std::scoped_lock lock{mutex_};
    return refusal_.has_value();
  }

  record::Record& record_;
  std::string unseen_from_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  std::optional<record::Refusal> refusal_;
};

Result<simulation::SimulatedStaff> find_staff(record::Record& record) {
  simulation::SimulatedStaff staff;
  const auto look = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    const auto id = [&](const char* type, const char* name) -> record::Outcome<std::string> {
      const auto found = record::find_only(session.connection, context_of(record), type,
                                           identifier_condition("urn:reprise:demo", name));
      if (!found) return tl::unexpected(found.error());
      return *found ? (*found)->id : std::string{};
    };
    const auto organization = id("Organization", "clinic");
    if (!organization) return organization.error();
    const auto practitioner = id("Practitioner", "clinician");
    if (!practitioner) return practitioner.error();
    staff = {*organization, *practitioner};
    return {};
  };
  if (auto looked = write_now(record, kClinicStage, look); !looked) return tl::unexpected(looked.error());
  if (staff.organization.empty() || staff.practitioner.empty()) {
    return fail(ErrorCode::not_found, kClinicStage, "the demonstration's clinic or clinician is gone",
                "begin a new demonstration in another folder, or with --demo-patients 0");
  }
  return staff;
}

// Returns the state in the record, or starts anew.
Result<Begun> begin(record::Record& record, const simulation::ClinicOptions& options) {
  Begun begun{options, false};
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    const auto found = find_first(record, session, record::QueryBuilder("Basic").id(kClinicId));
    if (!found) return found.error();
    const auto note = found->empty() ? std::nullopt : read_note(found->front());
    if (note) begun = *note;
    if (note || options.patients == 0) return {};
    begun = {options, false};
    const auto done = write_as_system(record, session, put(note_of(begun)));
    return done ? std::nullopt : std::optional{done.error()};
  };
  if (auto written = write_now(record, kClinicStage, work); !written) return tl::unexpected(written.error());
  return begun;
}

// Generates patients on two threads, because simulating and measuring the body model takes longer than
// writing.
class Making {
 public:
  Making(Pouring& pouring, const simulation::ClinicOptions& options, const simulation::SimulatedStaff& staff,
         const std::vector<exercises::CatalogExercise>& catalog, const SeedingListener& listener,
         const std::optional<simulation::SimulatedPerson>& with_history)
      : pouring_(pouring),
        options_(options),
        staff_(staff),
        catalog_(catalog),
        listener_(listener),
        with_history_(with_history) {}

  Result<void> run() {
    std::thread other{[this] { work(); }};
    work();
    other.join();
    if (failure_) return tl::unexpected(*failure_);
    return {};
  }

 private:
  void work() {
    for (;;) {
      const int turn = next_++;
      if (turn > options_.patients || stopped()) return;
      const int number = number_at(turn);
      const auto made =
          simulation::simulate_patient(options_, staff_, catalog_, number,
                                       [this](const simulation::ClinicPart& part) { return take(part); });
      finish(made, number);
    }
  }

  /// The patient with a history is the first, because someone waits for the link.
  [[nodiscard]] int number_at(int turn) const {
    const int first = with_history_ ? with_history_->number : 1;
    if (turn == 1) return first;
    return turn <= first ? turn - 1 : turn;
  }

  Result<void> take(const simulation::ClinicPart& part) {
    if (listener_.interrupted())
      return fail(ErrorCode::cancelled, kClinicStage, "it was stopped",
                  "start again: it goes on where it was");
    if (stopped() || !pouring_.add(part.bundle))
      return fail(ErrorCode::conflict, kClinicStage, "the record refused a part",
                  "look at the record's disk");
    return {};
  }

  bool stopped() {
    const std::scoped_lock lock{mutex_};
    return failure_.has_value();
  }

  void finish(const Result<void>& made, int number) {
    const std::scoped_lock lock{mutex_};
    if (!made && !failure_) failure_ = made.error();
    if (!made) return;
    if (with_history_ && with_history_->number == number) listener_.has_history(*with_history_);
    listener_.filled({finished_ + 1, options_.patients});
    if (++finished_ % kTellEach == 0 && finished_ < options_.patients)
      listener_.on_progress(fmt::format("  {} of {} simulated patients", finished_, options_.patients));
  }

  Pouring& pouring_;
  const simulation::ClinicOptions& options_;
  const simulation::SimulatedStaff& staff_;
  const std::vector<exercises::CatalogExercise>& catalog_;
  const SeedingListener& listener_;
  const std::optional<simulation::SimulatedPerson>& with_history_;
  std::atomic<int> next_ = 1;
  std::mutex mutex_;
  int finished_ = 0;
  std::optional<Error> failure_;
};

std::optional<simulation::SimulatedPerson> find_patient_with_history(
    const simulation::ClinicOptions& options) {
  const auto calendar = simulation::calendar_of(options);
  return calendar ? simulation::patient_with_history(options, *calendar) : std::nullopt;
}

Result<void> pour(record::Record& record, const simulation::ClinicOptions& options,
                  const std::vector<exercises::CatalogFile>& exercises, const SeedingListener& listener) {
  const auto catalog = exercises::parse_catalog(exercises);
  if (!catalog) return tl::unexpected(catalog.error());
  const auto staff = find_staff(record);
  if (!staff) return tl::unexpected(staff.error());
  const auto calendar = simulation::calendar_of(options);
  if (!calendar) return tl::unexpected(calendar.error());
  Pouring pouring{record, calendar->date(options.days - kUnseenDays)};
  const auto with_history = simulation::patient_with_history(options, *calendar);
  const auto made = Making{pouring, options, *staff, *catalog, listener, with_history}.run();
  const auto refusal = pouring.finish();
  if (!refusal) return made;
  // Reports the refusal as all other system writes do.
  return write_now(record, kClinicStage, [&](const record::WriteTransaction&) { return refusal; });
}

}  // namespace

void set_today(simulation::ClinicOptions& options) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  options.today = fmt::format("{:%Y-%m-%d}", local);
  options.zone_minutes = static_cast<int>(local.tm_gmtoff / 60);
}

Result<void> add_simulated_clinic(record::Record& record, const simulation::ClinicOptions& options,
                                  const std::vector<exercises::CatalogFile>& exercises,
                                  const SeedingListener& listener) {
  auto begun = begin(record, options);
  if (!begun) return tl::unexpected(begun.error());
  if (begun->options.patients == 0) return {};
  if (begun->complete) {
    const auto with_history = find_patient_with_history(begun->options);
    if (with_history) listener.has_history(*with_history);
    return {};
  }
  const auto since = std::chrono::steady_clock::now();
  listener.filled({0, begun->options.patients});
  listener.on_progress(fmt::format("Simulating a clinic: {} patients, the last {} days. This is done once.",
                                   begun->options.patients, begun->options.days));
  if (auto poured = pour(record, begun->options, exercises, listener); !poured) return poured;
  begun->complete = true;
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    const auto done = write_as_system(record, session, put(note_of(*begun)));
    return done ? std::nullopt : std::optional{done.error()};
  };
  if (auto written = write_now(record, kClinicStage, work); !written) return written;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - since;
  listener.on_progress(fmt::format("The simulated clinic is complete: {} patients, in {:.0f} seconds.",
                                   begun->options.patients, took.count()));
  return {};
}

}  // namespace reprise::server
