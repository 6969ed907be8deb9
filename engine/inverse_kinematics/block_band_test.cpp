// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/block_band.h"

#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <random>

namespace reprise::engine {
namespace {

constexpr std::size_t kFrames = 7;
constexpr int kWhole = static_cast<int>(kFrames) * kFrameSize + kSharedSize;
using Whole = Eigen::MatrixXd;

int at(std::size_t frame) {
  return static_cast<int>(frame) * kFrameSize;
}

/// The normal equations of random residuals, each of three neighboring frames and the shared unknowns; and
/// the same as one matrix.
struct Both {
  BandEquations band{kFrames};
  Whole h = Whole::Zero(kWhole, kWhole);
  Eigen::VectorXd g = Eigen::VectorXd::Zero(kWhole);
};
Both random_equations() {
  Both both;
  std::mt19937 random{7};
  std::normal_distribution<double> normal;
  for (std::size_t first = 0; first + 2 < kFrames; ++first) {
    for (int k = 0; k < 80; ++k) {
      Eigen::VectorXd row = Eigen::VectorXd::Zero(kWhole);
      for (int u = 0; u < 3 * kFrameSize; ++u) row[at(first) + u] = normal(random);
      for (int u = 0; u < kSharedSize; ++u) row[at(kFrames) + u] = normal(random);
      both.h += row * row.transpose();
      both.g += normal(random) * row;
    }
  }
  for (std::size_t i = 0; i < kFrames; ++i) {
    BandRow& row = both.band.rows[i];
    row.self = both.h.block<kFrameSize, kFrameSize>(at(i), at(i));
    if (i + 1 < kFrames) row.next = both.h.block<kFrameSize, kFrameSize>(at(i), at(i + 1));
    if (i + 2 < kFrames) row.second = both.h.block<kFrameSize, kFrameSize>(at(i), at(i + 2));
    row.shared = both.h.block<kFrameSize, kSharedSize>(at(i), at(kFrames));
    row.gradient = both.g.segment<kFrameSize>(at(i));
  }
  both.band.shared = both.h.block<kSharedSize, kSharedSize>(at(kFrames), at(kFrames));
  both.band.shared_gradient = both.g.segment<kSharedSize>(at(kFrames));
  return both;
}

TEST(BlockBand, SolvesAsOneMatrixDoes) {
  const Both both = random_equations();
  const auto step = solve_band(both.band, 0, true);
  ASSERT_TRUE(step);
  const Eigen::VectorXd dense = -both.h.ldlt().solve(both.g);
  for (std::size_t i = 0; i < kFrames; ++i)
    EXPECT_LT((step->frames[i] - dense.segment<kFrameSize>(at(i))).norm(), 1e-6) << i;
  EXPECT_LT((step->shared - dense.segment<kSharedSize>(at(kFrames))).norm(), 1e-6);
}

TEST(BlockBand, LeavesSharedUnknownsWhereTheyAreIfAsked) {
  const Both both = random_equations();
  const auto step = solve_band(both.band, 0.1, false);
  ASSERT_TRUE(step);
  EXPECT_EQ(step->shared, SharedVector::Zero());
  Whole h = both.h.topLeftCorner(at(kFrames), at(kFrames));
  h.diagonal() *= 1.1;
  const Eigen::VectorXd dense = -h.ldlt().solve(both.g.head(at(kFrames)));
  EXPECT_LT((step->frames[3] - dense.segment<kFrameSize>(at(3))).norm(), 1e-6);
}

TEST(BlockBand, InvertsAsOneMatrixDoes) {
  const Both both = random_equations();
  const auto covariances = frame_covariances(both.band);
  ASSERT_EQ(covariances.size(), kFrames);
  const Whole inverse = both.h.ldlt().solve(Whole::Identity(kWhole, kWhole));
  for (std::size_t i = 0; i < kFrames; ++i) {
    const Whole dense = inverse.block<kFrameSize, kFrameSize>(at(i), at(i));
    // Single precision, of a matrix whose smallest eigenvalues are a millionth of its largest.
    EXPECT_LT((covariances[i].cast<double>() - dense).norm(), 1e-4 * dense.norm()) << i;
  }
}

TEST(BlockBand, SaysWhereAMatrixIsNotPositive) {
  BandEquations equations(1);
  equations.rows[0].self.diagonal().setConstant(-1);
  EXPECT_FALSE(solve_band(equations, 0, false));
  EXPECT_TRUE(frame_covariances(equations).empty());
}

}  // namespace
}  // namespace reprise::engine
