// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fhir/fields/transaction.h"

namespace reprise::simulation {

/// Several transactions as one.
class Gathering {
 public:
  /// `bundle`: as Transaction makes it; its own kFirstInBundle gets another name.
  void add(Json bundle);
  [[nodiscard]] std::size_t size() const { return bundle_["entry"].size(); }
  [[nodiscard]] Json take();

 private:
  Json bundle_ = fhir::Transaction{}.take();
  int added_ = 0;
};

}  // namespace reprise::simulation
