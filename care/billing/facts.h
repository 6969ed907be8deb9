#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "care/billing/rules.h"

// What is known of one patient, before any of it is counted. `evidence` is a reference, "TYPE/ID".
namespace reprise::care::billing {

/// Something that the patient's device recorded, on a day of the patient's own clock.
struct DataEvent {
  Day day;
  std::string evidence;
};

/// Half open.
struct WorkedTime {
  std::string who;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  std::string evidence;
};

/// Talking with the patient or who cares for them, both at once.
struct Interaction {
  std::int64_t at_ms = 0;
  Way way = Way::phone;
  std::string evidence;
};

struct SetUp {
  Day day;
  std::string evidence;
};

/// A plan of monitoring; both days belong to it.
struct Episode {
  Day from;
  std::optional<Day> to;
  Group group = Group::musculoskeletal;
  std::optional<SetUp> set_up;
  std::string evidence;
};

struct OtherProgramme {
  Programme programme = Programme::physiologic_monitoring;
  Day from;
  std::optional<Day> to;
  std::string evidence;
};

/// Claimed already.
struct Claimed {
  std::string code;
  Day from;
  Day to;
  int units = 1;
  std::string practitioner;  ///< an id; empty: not told
  std::string evidence;
};

/// The clinic says that what it uses meets the definition of a device, since this day.
struct DeviceStatus {
  Day since;
  std::string evidence;
};

/// Something that was found and is not counted.
struct Uncounted {
  enum class Why : std::uint8_t {
    day_to_come,   ///< data of a day that is not yet: a wrong clock
    time_to_come,  ///< time that has not passed yet
    no_time,       ///< it ends before it begins
    too_long,      ///< longer than anybody works at a stretch: the end was forgotten
    unreadable,    ///< a resource that should count, but lacks what is needed
    too_old,       ///< a plan that began more than ten years ago
    no_rules,      ///< a period for which there are no rules
  };
  Why why = Why::unreadable;
  std::string evidence;  ///< or the period's last day
};

struct Facts {
  std::vector<DataEvent> data;
  std::vector<WorkedTime> times;
  std::vector<Interaction> interactions;
  std::vector<Episode> episodes;
  std::vector<OtherProgramme> others;
  std::vector<Claimed> claimed;
  std::optional<DeviceStatus> device;
  std::vector<Uncounted> uncounted;
  bool simulated = false;
};

}  // namespace reprise::care::billing
