// SPDX-License-Identifier: Apache-2.0
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

std::uint64_t ConnectionBudget::key_of(State state) {
  return static_cast<std::uint64_t>(state) << Place::kStateShift | ++next_;
}

std::shared_ptr<ConnectionBudget::Place> ConnectionBudget::first_closable(const Group& group) {
  const auto earlier = [](const auto& a, const auto& b) { return a->key_.load() < b->key_.load(); };
  const auto first = std::min_element(group.begin(), group.end(), earlier);
  const bool closable = first != group.end() && (*first)->state() != State::busy;
  return closable ? *first : nullptr;
}

std::shared_ptr<ConnectionBudget::Place> ConnectionBudget::enter(const std::string& address,
                                                                 std::function<void()> close) {
  std::shared_ptr<Place> other;
  const auto place = std::make_shared<Place>();
  place->address_ = address;
  place->close_ = std::move(close);
  place->key_ = key_of(State::unfinished);
  {
    const std::scoped_lock lock{mutex_};
    const auto own = groups_.find(address);
    if (!address.empty() && own != groups_.end() && own->second.size() >= most_per_address_) {
      other = first_closable(own->second);
      if (!other) return {};
    } else if (count_ >= most_) {
      for (const auto& [of, group] : groups_) {
        auto first = first_closable(group);
        if (first && (!other || first->key_ < other->key_)) other = std::move(first);
      }
      if (!other) return {};
    }
    if (other) remove(other);
    groups_[address].insert(place);
    ++count_;
  }
  if (other) other->close_();
  return place;
}

void ConnectionBudget::set(Place& place, State state) {
  if (place.state() != state) place.key_ = key_of(state);
}

void ConnectionBudget::leave(const std::shared_ptr<Place>& place) {
  const std::scoped_lock lock{mutex_};
  remove(place);
}

// Does nothing if it made room before.
void ConnectionBudget::remove(const std::shared_ptr<Place>& place) {
  const auto group = groups_.find(place->address_);
  if (group == groups_.end() || group->second.erase(place) == 0) return;
  if (group->second.empty()) groups_.erase(group);
  --count_;
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
