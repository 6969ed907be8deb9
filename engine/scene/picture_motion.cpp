// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/picture_motion.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

// Unsourced defaults, in brightness of 0 to 255 and pixels of the thumbnail.
constexpr int kBlock = 12;
constexpr double kLeastContrast = 5;  // mean deviation within a block that can be followed
constexpr double kMostCost = 12;      // mean deviation of a block that does not fit at all
constexpr std::size_t kLeastBlocks = 6;
constexpr double kBetterThanStill = 0.7;

struct Block {
  int x = 0;
  int y = 0;
};

double block_mean(const Thumbnail& t, int x0, int y0) {
  double sum = 0;
  for (int y = y0; y < y0 + kBlock; ++y) {
    for (int x = x0; x < x0 + kBlock; ++x) sum += t.at(x, y);
  }
  return sum / (kBlock * kBlock);
}

double contrast_of(const Thumbnail& t, const Block& block) {
  const double mean = block_mean(t, block.x, block.y);
  double sum = 0;
  for (int y = block.y; y < block.y + kBlock; ++y) {
    for (int x = block.x; x < block.x + kBlock; ++x) sum += std::abs(t.at(x, y) - mean);
  }
  return sum / (kBlock * kBlock);
}

bool overlaps(const Thumbnail& t, const Block& block, const PictureRegion& region) {
  return block.x + kBlock > region.left * t.width && block.x < region.right * t.width &&
         block.y + kBlock > region.top * t.height && block.y < region.bottom * t.height;
}

std::vector<Block> background_blocks(const Thumbnail& t, const std::optional<PictureRegion>& person) {
  std::vector<Block> blocks;
  for (int y = 0; y + kBlock <= t.height; y += kBlock) {
    for (int x = 0; x + kBlock <= t.width; x += kBlock) {
      const Block block{x, y};
      if (person && overlaps(t, block, *person)) continue;
      if (contrast_of(t, block) >= kLeastContrast) blocks.push_back(block);
    }
  }
  return blocks;
}

/// Mean cost of the blocks that stay within the picture; empty where fewer than half do.
std::optional<double> cost_of(const Thumbnail& a, const Thumbnail& b, const std::vector<Block>& blocks,
                              Shift shift) {
  double sum = 0;
  std::size_t inside = 0;
  for (const Block& block : blocks) {
    const int x1 = block.x + shift.x;
    const int y1 = block.y + shift.y;
    if (x1 < 0 || y1 < 0 || x1 + kBlock > b.width || y1 + kBlock > b.height) continue;
    const double lighter = block_mean(b, x1, y1) - block_mean(a, block.x, block.y);
    double cost = 0;
    for (int y = 0; y < kBlock; ++y) {
      for (int x = 0; x < kBlock; ++x)
        cost += std::abs(b.at(x1 + x, y1 + y) - a.at(block.x + x, block.y + y) - lighter);
    }
    sum += std::min(cost / (kBlock * kBlock), kMostCost);
    ++inside;
  }
  if (2 * inside < blocks.size()) return std::nullopt;
  return sum / static_cast<double>(inside);
}

}  // namespace

double difference(const Thumbnail& a, const Thumbnail& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.gray.size(); ++i) sum += std::abs(a.gray[i] - b.gray[i]);
  return a.gray.empty() ? 0 : sum / static_cast<double>(a.gray.size());
}

std::optional<double> correlation(const Thumbnail& a, const Thumbnail& b) {
  constexpr double kLeastDeviation = 4;  // of brightness; a fade to black has no scene to compare
  const auto n = static_cast<double>(a.gray.size());
  double mean_a = 0;
  double mean_b = 0;
  for (std::size_t i = 0; i < a.gray.size(); ++i) {
    mean_a += a.gray[i] / n;
    mean_b += b.gray[i] / n;
  }
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (std::size_t i = 0; i < a.gray.size(); ++i) {
    const double da = a.gray[i] - mean_a;
    const double db = b.gray[i] - mean_b;
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  const double least = kLeastDeviation * kLeastDeviation * n;
  if (a.gray.empty() || aa < least || bb < least) return std::nullopt;
  return ab / std::sqrt(aa * bb);
}

std::optional<Shift> background_shift(const Thumbnail& a, const Thumbnail& b,
                                      const std::optional<PictureRegion>& person, Shift around, int reach) {
  const std::vector<Block> blocks = background_blocks(a, person);
  if (blocks.size() < kLeastBlocks) return std::nullopt;
  const auto still = cost_of(a, b, blocks, around);
  Shift best = around;
  double least = still.value_or(kMostCost);
  for (int dy = -reach; dy <= reach; ++dy) {
    for (int dx = -reach; dx <= reach; ++dx) {
      const Shift shift{around.x + dx, around.y + dy};
      const auto cost = cost_of(a, b, blocks, shift);
      if (!cost || *cost >= least) continue;
      least = *cost;
      best = shift;
    }
  }
  // A background that moved fits badly where it was; where all shifts fit alike, nothing is known.
  const bool moved = best.x != around.x || best.y != around.y;
  if (moved && still && least > kBetterThanStill * *still) return around;
  if (least >= kMostCost * kBetterThanStill) return std::nullopt;
  return best;
}

}  // namespace reprise::engine
