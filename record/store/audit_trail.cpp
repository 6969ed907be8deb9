// SPDX-License-Identifier: Apache-2.0
#include "record/store/audit_trail.h"

#include <iterator>

namespace reprise::record {

void AuditTrail::note(AuditEntry entry) {
  const std::scoped_lock lock{mutex_};
  noted_.push_back(std::move(entry));
}

bool AuditTrail::overfull() const {
  const std::scoped_lock lock{mutex_};
  return noted_.size() >= kMostNoted;
}

bool AuditTrail::waiting() const {
  const std::scoped_lock lock{mutex_};
  return !noted_.empty() || unnoted_head_;
}

Result<void> AuditTrail::append(Connection& connection, std::vector<AuditEntry> of_changes) {
  {
    const std::scoped_lock lock{mutex_};
    in_transaction_.insert(in_transaction_.end(), std::make_move_iterator(noted_.begin()),
                           std::make_move_iterator(noted_.end()));
    noted_.clear();
  }
  if (unnoted_head_) {
    if (auto noted = note_head(connection, *unnoted_head_); !noted) return noted;
  }
  if (of_changes.empty() && in_transaction_.empty()) return {};
  of_changes.insert(of_changes.begin(), in_transaction_.begin(), in_transaction_.end());
  const auto tail = append_entries(connection, of_changes);
  if (!tail) return tl::unexpected(tail.error());
  appended_ = *tail;
  return {};
}

void AuditTrail::committed() {
  in_transaction_.clear();
  unnoted_head_.reset();
  if (appended_) tail_ = std::move(appended_);
  appended_.reset();
}

void AuditTrail::rolled_back() {
  appended_.reset();
  const std::scoped_lock lock{mutex_};
  noted_.insert(noted_.begin(), std::make_move_iterator(in_transaction_.begin()),
                std::make_move_iterator(in_transaction_.end()));
  in_transaction_.clear();
}

Result<void> AuditTrail::sign(Connection& connection, std::int64_t now_us, bool last) {
  if (options_.anchors.empty() || !tail_) return {};
  if (!anchors_) {
    const auto heads = noted_heads(connection);
    if (!heads) return tl::unexpected(heads.error());
    const auto known = heads->find(options_.key.public_key);
    auto opened = AnchorFile::open(options_.anchors, options_.key, tail_->log_id,
                                   known != heads->end() ? known->second : 0);
    if (!opened) return tl::unexpected(opened.error());
    anchors_ = std::move(*opened);
  }
  const bool due = last ? tail_->sequence > anchors_->covered()
                        : head_is_due(options_.schedule, anchors_->covered(), anchors_->last_head_us(),
                                      tail_->sequence, now_us);
  if (!due || unnoted_head_) return {};
  auto written = anchors_->append(*tail_, now_us);
  if (!written) return tl::unexpected(written.error());
  unnoted_head_ = written->head;
  return {};
}

}  // namespace reprise::record
