// SPDX-License-Identifier: Apache-2.0
#include "server/video_visits/signaling_room.h"

#include <array>

#include "record/accounts/columns.h"

namespace reprise::server {
namespace {

Result<void> run(record::Connection& connection, std::string_view sql,
                 std::initializer_list<record::Value> values) {
  const auto done = connection.execute(sql, {values.begin(), values.size()});
  if (!done) return tl::unexpected(done.error());
  return {};
}

Result<void> read_seats(record::Connection& connection, const std::string& appointment, VisitSide side,
                        std::int64_t now_us, SignalingRoom& room) {
  const std::array<record::Value, 1> which = {std::string_view{appointment}};
  return connection.query("SELECT side, window_id, seen_us, connected FROM visit_seat WHERE appointment = $1",
                          which, [&](record::Row row) {
                            VisitParticipant participant{record::text_in(row, 1), record::number_in(row, 2),
                                                         record::number_in(row, 3) != 0};
                            if (record::text_in(row, 0) == to_string(side)) {
                              room.own = std::move(participant);
                            } else if (now_us - participant.seen_us < kParticipantTimeoutUs) {
                              room.other = std::move(participant);
                            }
                            return true;
                          });
}

struct RoomState {
  EndedCall call;
  bool together = false;
  bool empty = true;  // of people who are there
};

Result<std::vector<RoomState>> room_states(record::Connection& connection, const std::string& appointment,
                                           std::int64_t now_us) {
  std::vector<RoomState> states;
  const std::array<record::Value, 2> which = {now_us - kParticipantTimeoutUs, std::string_view{appointment}};
  const auto read = connection.query(
      "SELECT v.appointment, v.patient, v.practitioner, v.together_us, v.last_us, (SELECT COUNT(*) FROM "
      "visit_seat s WHERE s.appointment = v.appointment AND s.seen_us > $1) FROM visit v WHERE "
      "v.appointment = $2 OR $2 = ''",
      which, [&](record::Row row) {
        const auto since = record::optional_number_in(row, 3);
        states.push_back({{record::text_in(row, 0), record::text_in(row, 1), record::text_in(row, 2),
                           since.value_or(0), record::number_in(row, 4)},
                          since.has_value(),
                          record::number_in(row, 5) == 0});
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return states;
}

Result<void> clear_room(record::Connection& connection, const std::string& appointment) {
  const std::array<record::Value, 1> which = {std::string_view{appointment}};
  return record::execute_each(
      connection,
      {"DELETE FROM visit_message WHERE appointment = $1", "DELETE FROM visit_seat WHERE appointment = $1",
       "DELETE FROM visit WHERE appointment = $1"},
      which);
}

}  // namespace

Result<SignalingRoom> read_room(record::Connection& connection, const std::string& appointment,
                                VisitSide side, const std::string& window, std::int64_t after,
                                std::int64_t now_us) {
  SignalingRoom room;
  if (auto read = read_seats(connection, appointment, side, now_us, room); !read)
    return tl::unexpected(read.error());
  if (!room.own || room.own->window != window) return room;
  const std::array<record::Value, 3> which = {std::string_view{appointment}, std::string_view{window}, after};
  const auto read = connection.query(
      "SELECT number, content FROM visit_message WHERE appointment = $1 AND receiver = $2 AND number > $3 "
      "ORDER BY number",
      which, [&](record::Row row) {
        room.messages.push_back({record::number_in(row, 0), record::text_in(row, 1)});
        return true;
      });
  if (!read) return tl::unexpected(read.error());
  return room;
}

Result<void> join(record::Connection& connection, const Visit& visit, VisitSide side,
                  const std::string& window, const std::string& practitioner, std::int64_t now_us) {
  const std::string_view id = visit.id;
  auto done = run(connection,
                  "INSERT INTO visit (appointment, patient, next_number) VALUES ($1, $2, 1) ON CONFLICT "
                  "(appointment) DO NOTHING",
                  {id, std::string_view{visit.patient}});
  if (done && side == VisitSide::clinician) {
    done = run(connection, "UPDATE visit SET practitioner = $1 WHERE appointment = $2",
               {std::string_view{practitioner}, id});
  }
  // Queued messages were for the earlier window, or from a peer that expected it.
  if (done) done = run(connection, "DELETE FROM visit_message WHERE appointment = $1", {id});
  if (done) {
    done =
        run(connection, "DELETE FROM visit_seat WHERE appointment = $1 AND side = $2", {id, to_string(side)});
  }
  if (!done) return done;
  return run(connection,
             "INSERT INTO visit_seat (appointment, side, window_id, seen_us, connected) VALUES ($1, $2, $3, "
             "$4, 0)",
             {id, to_string(side), std::string_view{window}, now_us});
}

Result<bool> refresh_participant(record::Connection& connection, const std::string& appointment,
                                 VisitSide side, const std::string& window, bool connected,
                                 std::int64_t now_us) {
  const std::array<record::Value, 5> values = {now_us, std::int64_t{connected ? 1 : 0},
                                               std::string_view{appointment}, to_string(side),
                                               std::string_view{window}};
  const auto kept = connection.execute(
      "UPDATE visit_seat SET seen_us = $1, connected = $2 WHERE appointment = $3 AND side = $4 AND window_id "
      "= $5",
      values);
  return kept.map([](std::int64_t rows) { return rows == 1; });
}

Result<void> leave_room(record::Connection& connection, const std::string& appointment, VisitSide side,
                        const std::string& window) {
  return run(connection, "DELETE FROM visit_seat WHERE appointment = $1 AND side = $2 AND window_id = $3",
             {std::string_view{appointment}, to_string(side), std::string_view{window}});
}

Result<bool> leave_messages(record::Connection& connection, const std::string& appointment,
                            const std::string& receiver, const std::vector<std::string>& texts) {
  std::int64_t waiting = 0;
  const std::array<record::Value, 2> whose = {std::string_view{appointment}, std::string_view{receiver}};
  const auto counted =
      connection.query("SELECT COUNT(*) FROM visit_message WHERE appointment = $1 AND receiver = $2", whose,
                       [&](record::Row row) {
                         waiting = record::number_in(row, 0);
                         return false;
                       });
  if (!counted) return tl::unexpected(counted.error());
  if (static_cast<std::size_t>(waiting) + texts.size() > kMostVisitMessages) return false;
  // Locks this row first, so that one process at a time assigns numbers.
  const auto count = static_cast<std::int64_t>(texts.size());
  if (auto taken = run(connection, "UPDATE visit SET next_number = next_number + $1 WHERE appointment = $2",
                       {count, std::string_view{appointment}});
      !taken) {
    return tl::unexpected(taken.error());
  }
  std::int64_t number = 0;
  const std::array<record::Value, 1> which = {std::string_view{appointment}};
  const auto read =
      connection.query("SELECT next_number FROM visit WHERE appointment = $1", which, [&](record::Row row) {
        number = record::number_in(row, 0) - count;
        return false;
      });
  if (!read) return tl::unexpected(read.error());
  for (const std::string& text : texts) {
    const auto left =
        run(connection,
            "INSERT INTO visit_message (appointment, number, receiver, content) VALUES ($1, $2, $3, $4)",
            {std::string_view{appointment}, number++, std::string_view{receiver}, std::string_view{text}});
    if (!left) return tl::unexpected(left.error());
  }
  return true;
}

Result<void> forget_messages(record::Connection& connection, const std::string& appointment,
                             const std::string& receiver, std::int64_t until) {
  return run(connection,
             "DELETE FROM visit_message WHERE appointment = $1 AND receiver = $2 AND number <= $3",
             {std::string_view{appointment}, std::string_view{receiver}, until});
}

Result<void> note_together(record::Connection& connection, const std::string& appointment,
                           std::int64_t now_us) {
  return run(connection,
             "UPDATE visit SET together_us = COALESCE(together_us, $1), last_us = $1 WHERE appointment = $2",
             {now_us, std::string_view{appointment}});
}

Result<std::vector<EndedCall>> take_ended_calls(record::Connection& connection,
                                                const std::string& appointment, std::int64_t now_us) {
  const auto states = room_states(connection, appointment, now_us);
  if (!states) return tl::unexpected(states.error());
  std::vector<EndedCall> ended;
  for (const RoomState& state : *states) {
    const bool apart = state.empty || now_us - state.call.end_us > kReconnectWithinUs;
    const std::string_view which = state.call.appointment;
    Result<void> done;
    if (state.empty) {
      done = clear_room(connection, state.call.appointment);
    } else if (state.together && apart) {
      done = run(connection, "UPDATE visit SET together_us = NULL, last_us = NULL WHERE appointment = $1",
                 {which});
    }
    if (!done) return tl::unexpected(done.error());
    if (state.together && apart) ended.push_back(state.call);
  }
  return ended;
}

}  // namespace reprise::server
