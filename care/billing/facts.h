// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "care/billing/rules.h"

// The facts about one patient before anything is counted. `evidence` is a reference, "TYPE/ID".
namespace reprise::care::billing {

/// Data that the patient's device recorded on a day in the patient's own time zone.
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

/// A live conversation with the patient or a caregiver.
struct Interaction {
  std::int64_t at_ms = 0;
  ContactMode way = ContactMode::phone;
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

/// A code that is already claimed.
struct Claimed {
  std::string code;
  Day from;
  Day to;
  int units = 1;
  std::string practitioner;  ///< an id; empty: unknown
  std::string evidence;
};

/// The clinic's statement that its system meets the definition of a device, and since when.
struct DeviceStatus {
  Day since;
  std::string evidence;
};

/// A fact that is not counted, and why.
struct Uncounted {
  enum class Why : std::uint8_t {
    day_to_come,   ///< the data is of a future day: a wrong clock
    time_to_come,  ///< the time lies in the future
    no_time,       ///< it ends before it begins
    too_long,      ///< longer than a working day: the end was forgotten
    unreadable,    ///< a resource that lacks a required field
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
