#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/database/connection.h"
#include "server/video_visits/video_visit.h"

// Who is in a video visit, and what their browsers tell each other until they see each other. It lies in the
// database, so that the two may reach different server processes, and is gone when the visit is. All of it
// runs in the caller's transaction.
namespace reprise::server {

constexpr std::int64_t kSeatGoneUs = 30'000'000;        ///< unheard of for so long, somebody is not there
constexpr std::int64_t kTogetherBreakUs = 120'000'000;  ///< back within it, and the talk went on

constexpr std::size_t kMostVisitMessages = 200;  ///< that wait for one
constexpr std::size_t kLongestVisitMessage = 16 * 1024;

struct VisitParticipant {
  std::string window;  ///< a UUID that the page made: the newest window of somebody has the seat
  std::int64_t seen_us = 0;
  bool connected = false;  ///< it sees the other
};

struct VisitMessage {
  std::int64_t number = 0;
  std::string text;
};

struct SignalingRoom {
  std::optional<VisitParticipant> own;
  std::optional<VisitParticipant> other;  ///< who is there now
  std::vector<VisitMessage> messages;     ///< for the window that asks, after the number that it knows
};

[[nodiscard]] Result<SignalingRoom> look_into_room(record::Connection& connection,
                                                   const std::string& appointment, VisitSide side,
                                                   const std::string& window, std::int64_t after,
                                                   std::int64_t now_us);

/// Comes in. What was said to the window before is gone. `practitioner`: of the clinician's side.
[[nodiscard]] Result<void> join(record::Connection& connection, const Visit& visit, VisitSide side,
                                const std::string& window, const std::string& practitioner,
                                std::int64_t now_us);

/// Is still there. False: the seat is another window's, or nobody's.
[[nodiscard]] Result<bool> keep_seat(record::Connection& connection, const std::string& appointment,
                                     VisitSide side, const std::string& window, bool connected,
                                     std::int64_t now_us);

[[nodiscard]] Result<void> leave_seat(record::Connection& connection, const std::string& appointment,
                                      VisitSide side, const std::string& window);

/// Leaves messages for a window. False: too many wait there.
[[nodiscard]] Result<bool> leave_messages(record::Connection& connection, const std::string& appointment,
                                          const std::string& receiver, const std::vector<std::string>& texts);

/// What a window has read needs to be kept no longer.
[[nodiscard]] Result<void> forget_messages(record::Connection& connection, const std::string& appointment,
                                           const std::string& receiver, std::int64_t until);

/// Both say that they see each other.
[[nodiscard]] Result<void> note_together(record::Connection& connection, const std::string& appointment,
                                         std::int64_t now_us);

/// A stretch in which both were there, and that is over; its times are taken out of the room, which is
/// removed where nobody is in it.
struct EndedCall {
  std::string appointment;
  std::string patient;
  std::string practitioner;
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;
};
/// `appointment`: empty: of all rooms.
[[nodiscard]] Result<std::vector<EndedCall>> take_ended_talks(record::Connection& connection,
                                                              const std::string& appointment,
                                                              std::int64_t now_us);

}  // namespace reprise::server
