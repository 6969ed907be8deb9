// SPDX-License-Identifier: Apache-2.0
#include "wasm/balance.h"

#include <array>
#include <vector>

#include "care/plan/balance_ladder.h"
#include "json/reader.h"
#include "json/write.h"
#include "session/measurements/balance_programme.h"
#include "wasm/measured_result.h"

namespace reprise::wasm {
namespace {

using json::Json;

constexpr std::size_t kMostBalanceLevels = 20;
constexpr int kMostHoldsOfSession = 100;
constexpr std::array<std::string_view, 2> kOutcomes = {"whole", "supported"};  // in the order of HoldOutcome
constexpr std::array<std::string_view, 2> kSides = {"left", "right"};

// From the unit of display to the engine's.
std::optional<double> engine_amount(json::Reader& input, const char* name, session::SignalMeasure measure) {
  const auto shown = input.number_or_null(name);
  if (!shown) return {};
  return *shown / session::info(measure).factor;
}

session::BalanceHold read_hold(json::Reader& item) {
  session::BalanceHold hold;
  hold.part = item.text("part");
  if (const std::string side = item.text_or_null("side"); !side.empty())
    hold.side = static_cast<Side>(item.choice("side", kSides).value_or(0));
  hold.start = Seconds{item.number("start_s")};
  hold.planned = Seconds{item.number("planned_s")};
  if (const auto held_s = item.number_or_null("held_s")) hold.held = Seconds{*held_s};
  hold.whole = item.choice("outcome", kOutcomes).value_or(1) == 0;
  using enum session::SignalMeasure;
  hold.acceleration_rms_mps2 = engine_amount(item, "trunkAcceleration", trunk_acceleration_rms);
  hold.sway_angle_rad = engine_amount(item, "swayAngle", trunk_sway_angle);
  return hold;
}

}  // namespace

Result<std::string> balance_now_text(std::string_view state) {
  json::Document page{state, "following a balance programme"};
  json::Reader input = page.root();
  std::vector<care::BalanceLevel> levels;
  for (json::Reader& item : input.items("levels", kMostBalanceLevels)) {
    care::BalanceLevel level;
    level.holds = item.whole("holds", 1, kMostHoldsOfSession);
    levels.push_back(level);
  }
  const int began_at = input.whole("beganAt", 0, static_cast<int>(kMostBalanceLevels) - 1);
  std::vector<care::HoldOutcome> done;
  for (json::Reader& item : input.items("done", kMostHoldsOfSession))
    done.push_back(static_cast<care::HoldOutcome>(item.choice("outcome", kOutcomes).value_or(1)));
  if (levels.size() <= static_cast<std::size_t>(began_at)) input.refuse("beganAt", "one of the levels");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  const care::BalanceNow now = care::balance_now(levels, static_cast<std::size_t>(began_at), done);
  return json::write(Json{{"level", now.level}, {"left", now.left}});
}

Result<std::string> balance_session_text(std::string_view session) {
  json::Document page{session, "summing up a session of a balance programme"};
  json::Reader input = page.root();
  std::vector<session::BalanceHold> holds;
  for (json::Reader& item : input.items("holds", kMostHoldsOfSession)) holds.push_back(read_hold(item));
  session::MeasurementInput measured;
  session::SignalSource& source = measured.source;
  source.kind =
      input.truth("simulated") ? session::SignalSourceKind::simulated : session::SignalSourceKind::sensors;
  source.recorded_at = input.text("startedAt");
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
  if (!holds.empty()) source.duration = holds.back().start + holds.back().planned;
  const auto document = session::measure_balance_programme(measured, holds);
  if (!document) return tl::unexpected(document.error());
  return measured_result_text(*document);
}

}  // namespace reprise::wasm
