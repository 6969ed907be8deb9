// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/database/connection.h"
#include "server/video_visits/video_visit.h"

// The participants of a video visit, and the signaling messages of their browsers. The room lies in the
// database, so that the two may reach different server processes, and ends with the visit. All functions run
// in the caller's transaction.
namespace reprise::server {

constexpr std::int64_t kParticipantTimeoutUs = 30'000'000;  ///< a participant is gone after so long without a
                                                            ///< request
constexpr std::int64_t kReconnectWithinUs = 120'000'000;  ///< the call continues after a shorter interruption

constexpr std::size_t kMostVisitMessages = 200;  ///< waiting for one participant
constexpr std::size_t kLongestVisitMessage = 16 * 1024;

struct VisitParticipant {
  std::string window;  ///< a UUID that the page made; the newest window of a participant is the active one
  std::int64_t seen_us = 0;
  bool connected = false;  ///< it sees the other participant
};

struct VisitMessage {
  std::int64_t number = 0;
  std::string text;
};

struct SignalingRoom {
  std::optional<VisitParticipant> own;
  std::optional<VisitParticipant> other;  ///< if present
  std::vector<VisitMessage> messages;     ///< for the requesting window, after the last number that it knows
};

[[nodiscard]] Result<SignalingRoom> read_room(record::Connection& connection, const std::string& appointment,
                                              VisitSide side, const std::string& window, std::int64_t after,
                                              std::int64_t now_us);

/// Joins the room. Messages to the participant's earlier window are discarded. `practitioner`: of the
/// clinician's side.
[[nodiscard]] Result<void> join(record::Connection& connection, const Visit& visit, VisitSide side,
                                const std::string& window, const std::string& practitioner,
                                std::int64_t now_us);

/// Keeps the participant alive. Returns false if another window is active, or none.
[[nodiscard]] Result<bool> refresh_participant(record::Connection& connection, const std::string& appointment,
                                               VisitSide side, const std::string& window, bool connected,
                                               std::int64_t now_us);

[[nodiscard]] Result<void> leave_room(record::Connection& connection, const std::string& appointment,
                                      VisitSide side, const std::string& window);

/// Queues messages for a window. Returns false if too many wait there.
[[nodiscard]] Result<bool> leave_messages(record::Connection& connection, const std::string& appointment,
                                          const std::string& receiver, const std::vector<std::string>& texts);

/// Deletes the messages that a window has received.
[[nodiscard]] Result<void> forget_messages(record::Connection& connection, const std::string& appointment,
                                           const std::string& receiver, std::int64_t until);

/// Notes that both participants see each other.
[[nodiscard]] Result<void> note_together(record::Connection& connection, const std::string& appointment,
                                         std::int64_t now_us);

/// A time range in which both were connected, and that has ended. Its times are removed from the room, and an
/// empty room is deleted.
struct EndedCall {
  std::string appointment;
  std::string patient;
  std::string practitioner;
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;
};
/// Returns and removes the ended calls. `appointment`: empty for all rooms.
[[nodiscard]] Result<std::vector<EndedCall>> take_ended_calls(record::Connection& connection,
                                                              const std::string& appointment,
                                                              std::int64_t now_us);

}  // namespace reprise::server
