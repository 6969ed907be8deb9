// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/load_steps.h"

#include <algorithm>

namespace reprise::engine {
namespace {

struct Landing {
  Side side;
  const LoadContact* contact;
};

/// The times of both feet's contacts in [from, to) that overlap.
Seconds overlap_with(const LoadContact& stance, const std::vector<LoadContact>& others) {
  Seconds both{0};
  for (const LoadContact& other : others) {
    const Seconds from = std::max(stance.start, other.start);
    const Seconds to = std::min(stance.end, other.end);
    if (to > from) both += to - from;
  }
  return both;
}

bool stands_at(const std::vector<LoadContact>& contacts, Seconds time) {
  return std::any_of(contacts.begin(), contacts.end(),
                     [&](const LoadContact& c) { return c.start < time && time < c.end; });
}

std::size_t landings_between(const std::vector<LoadContact>& contacts, Seconds from, Seconds to) {
  return static_cast<std::size_t>(std::count_if(contacts.begin(), contacts.end(), [&](const LoadContact& c) {
    return c.start > from && c.start < to;
  }));
}

void add_strides(const FootLoad& foot, const FootLoad& other, Side side, const LoadStepOptions& options,
                 LoadSteps& out) {
  for (std::size_t i = 0; i + 1 < foot.contacts.size(); ++i) {
    const LoadContact& contact = foot.contacts[i];
    const Seconds end = foot.contacts[i + 1].start;
    if (!contact.complete || !foot.contacts[i + 1].start_seen) continue;
    const bool both = !other.contacts.empty();
    if (both && landings_between(other.contacts, contact.start, end) != 1) continue;
    if (end - contact.start > options.longest_stride) {
      ++out.too_long;
      continue;
    }
    LoadStride stride{side, contact.start, end, contact.end - contact.start, {}};
    if (both) {
      // The first step has but one time on both feet.
      if (stands_at(other.contacts, contact.start))
        stride.double_support = overlap_with(contact, other.contacts);
    }
    out.strides.push_back(stride);
  }
}

/// `strides` by their start.
bool within_a_stride(const std::vector<LoadStride>& strides, Seconds from, Seconds to, Seconds longest) {
  auto at = std::upper_bound(strides.begin(), strides.end(), from,
                             [](Seconds time, const LoadStride& s) { return time < s.start; });
  while (at != strides.begin() && (--at)->start + longest >= to) {
    if (to <= at->end) return true;
  }
  return false;
}

}  // namespace

LoadSteps load_steps(const WeightBearing& load, const LoadStepOptions& options) {
  LoadSteps out;
  add_strides(load.left, load.right, Side::left, options, out);
  add_strides(load.right, load.left, Side::right, options, out);
  std::sort(out.strides.begin(), out.strides.end(),
            [](const LoadStride& a, const LoadStride& b) { return a.start < b.start; });
  std::vector<Landing> landings;
  for (const LoadContact& c : load.left.contacts) landings.push_back({Side::left, &c});
  for (const LoadContact& c : load.right.contacts) landings.push_back({Side::right, &c});
  std::sort(landings.begin(), landings.end(),
            [](const Landing& a, const Landing& b) { return a.contact->start < b.contact->start; });
  for (std::size_t i = 1; i < landings.size(); ++i) {
    const LoadContact& from = *landings[i - 1].contact;
    const LoadContact& to = *landings[i].contact;
    const bool seen = from.start_seen && to.start_seen && to.start > from.start;
    if (!seen || landings[i].side == landings[i - 1].side ||
        !within_a_stride(out.strides, from.start, to.start, options.longest_stride))
      continue;
    out.steps.push_back({landings[i].side, from.start, to.start});
    out.walking_time += to.start - from.start;
  }
  return out;
}

}  // namespace reprise::engine
