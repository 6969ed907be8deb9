#include "server/budget/budget.h"

#include <malloc.h>

#include <algorithm>
#include <utility>

namespace reprise::server {
namespace {

std::atomic<bool> large_memory_used = false;

template <class Map>
void subtract(Map& map, const std::string& key, std::size_t amount) {
  const auto at = map.find(key);
  if (at == map.end()) return;
  at->second -= std::min(at->second, amount);
  if (at->second == 0) map.erase(at);
}

}  // namespace

std::optional<ConnectionBudget::Id> ConnectionBudget::enter(const std::string& address,
                                                            std::function<void()> close) {
  std::function<void()> close_other;
  Id id = 0;
  {
    const std::scoped_lock lock{mutex_};
    const auto group = groups_.find(address);
    const bool own_limit =
        !address.empty() && group != groups_.end() && group->second.count >= most_per_address_;
    if (own_limit || places_.size() >= most_) {
      const auto& closable = own_limit ? group->second.closable : closable_;
      if (closable.empty()) return {};
      const auto other = places_.find(std::get<2>(*closable.begin()));
      close_other = std::move(other->second.close);
      remove(other);
    }
    id = ++next_;
    const auto place =
        places_.emplace(id, Place{address, std::move(close), {State::unfinished, id, id}}).first;
    ++groups_[address].count;
    list(place->second);
  }
  if (close_other) close_other();
  return id;
}

void ConnectionBudget::set(Id id, State state) {
  const std::scoped_lock lock{mutex_};
  const auto place = places_.find(id);
  if (place == places_.end() || std::get<State>(place->second.key) == state) return;
  unlist(place->second);
  place->second.key = {state, ++next_, id};
  list(place->second);
}

void ConnectionBudget::leave(Id id) {
  const std::scoped_lock lock{mutex_};
  const auto place = places_.find(id);
  if (place != places_.end()) remove(place);
}

void ConnectionBudget::list(const Place& place) {
  if (std::get<State>(place.key) == State::busy) return;
  closable_.insert(place.key);
  groups_[place.address].closable.insert(place.key);
}

void ConnectionBudget::unlist(const Place& place) {
  closable_.erase(place.key);
  groups_[place.address].closable.erase(place.key);
}

void ConnectionBudget::remove(std::map<Id, Place>::iterator place) {
  unlist(place->second);
  const auto group = groups_.find(place->second.address);
  if (--group->second.count == 0) groups_.erase(group);
  places_.erase(place);
}

bool ByteBudget::resize(const std::string& address, std::size_t& held, std::size_t wanted) {
  if (wanted <= small_) wanted = 0;
  if (wanted == held) return true;
  if (std::max(wanted, held) >= kMebibyte) large_memory_used = true;
  const std::scoped_lock lock{mutex_};
  if (wanted < held) {
    all_ -= held - wanted;
    subtract(by_address_, address, held - wanted);
  } else {
    std::size_t& own = by_address_[address];
    const std::size_t more = wanted - held;
    const bool room = all_ + more <= most_ && (address.empty() || own + more <= most_ / 2 || own == held);
    if (!room) {
      if (own == 0) by_address_.erase(address);
      return false;
    }
    all_ += more;
    own += more;
  }
  held = wanted;
  return true;
}

bool RequestBudget::begin(const std::string& address) {
  const std::scoped_lock lock{mutex_};
  const auto at = by_address_.try_emplace(address, 0).first;
  if (at->second >= most_) return false;
  ++at->second;
  return true;
}

void RequestBudget::end(const std::string& address) {
  const std::scoped_lock lock{mutex_};
  subtract(by_address_, address, 1);
}

AccountBudget::Turn AccountBudget::enter(const std::string& account, std::size_t most,
                                         std::function<void()> begin) {
  const std::scoped_lock lock{mutex_};
  Queue& queue = accounts_[account];
  if (queue.under_way < std::max<std::size_t>(most, 1)) {
    ++queue.under_way;
    return Turn::now;
  }
  if (queue.waiting.size() >= waiting_) return Turn::refused;
  queue.waiting.push_back(std::move(begin));
  return Turn::later;
}

void AccountBudget::leave(const std::string& account) {
  std::function<void()> next;
  {
    const std::scoped_lock lock{mutex_};
    const auto at = accounts_.find(account);
    if (at == accounts_.end()) return;
    if (!at->second.waiting.empty()) {
      next = std::move(at->second.waiting.front());  // takes the place of the one that leaves
      at->second.waiting.pop_front();
    } else if (--at->second.under_way == 0) {
      accounts_.erase(at);
    }
  }
  if (next) next();
}

bool DayBudget::take(const std::string& account, std::size_t bytes, std::int64_t day) {
  const std::scoped_lock lock{mutex_};
  if (std::exchange(day_, day) != day) used_.clear();
  std::size_t& used = used_[account];
  if (used + bytes > most_) return false;
  used += bytes;
  return true;
}

std::size_t most_values_in(std::string_view json) {
  std::size_t values = 1;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      if (c == '\\') ++i;
      in_text = c != '"';
    } else if (c == '"') {
      in_text = true;
    } else if (c == ',' || c == '[' || c == '{') {
      ++values;
    }
  }
  return values;
}

void return_large_blocks_at_once() {
  ::mallopt(M_MMAP_THRESHOLD, 256 * 1024);
}

bool take_large_memory_used() {
  return large_memory_used.exchange(false);
}

void free_memory_to_system() {
  ::malloc_trim(0);
}

}  // namespace reprise::server
