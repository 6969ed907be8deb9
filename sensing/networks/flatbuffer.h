// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>

namespace reprise::sensing {

class FlatBufferTable;

/// Reads a FlatBuffer (tables, vectors and scalars behind relative offsets) without trusting any of its
/// offsets.
///
/// A faulty offset never reads outside the bytes: it yields an absent table, an empty vector or the default,
/// and is remembered. So a caller reads a whole table in plain code and checks `intact()` once before using
/// it.
class FlatBuffer {
 public:
  /// Borrows `bytes`, which must outlive this object and every table and vector taken from it.
  explicit FlatBuffer(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  /// True until a fault is found.
  [[nodiscard]] bool intact() const { return fault_.empty(); }
  /// The first fault in words, with its position; empty if intact.
  [[nodiscard]] const std::string& fault() const { return fault_; }
  /// Returns the file's root table.
  [[nodiscard]] FlatBufferTable root();

 private:
  friend class FlatBufferTable;
  template <class>
  friend class FlatBufferVector;
  friend class FlatBufferTables;

  /// True when [position, position + count) lies inside; else remembers the fault.
  bool covers(std::size_t position, std::size_t count, const char* what);
  /// The value at `position`, which the caller has checked.
  template <class T>
  [[nodiscard]] T load(std::size_t position) const {
    static_assert(std::is_trivially_copyable_v<T> && std::endian::native == std::endian::little);
    T value;
    std::memcpy(&value, bytes_.data() + position, sizeof value);
    return value;
  }
  /// Returns the target of the forward offset stored at `position`; 0 and a fault if it leaves the
  /// bytes.
  std::size_t follow(std::size_t position, const char* what);

  std::span<const std::uint8_t> bytes_;
  std::string fault_;
};

/// A vector of scalars. Precondition of []: index < size().
template <class T>
class FlatBufferVector {
 public:
  FlatBufferVector() = default;
  FlatBufferVector(const FlatBuffer& buffer, std::size_t first, std::size_t size)
      : buffer_(&buffer), first_(first), size_(size) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] T operator[](std::size_t i) const { return buffer_->load<T>(first_ + i * sizeof(T)); }
  /// The same elements as raw bytes.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return size_ == 0 ? std::span<const std::uint8_t>{} : buffer_->bytes_.subspan(first_, size_ * sizeof(T));
  }

 private:
  const FlatBuffer* buffer_ = nullptr;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

/// A vector of tables. Precondition of []: index < size().
class FlatBufferTables {
 public:
  FlatBufferTables() = default;
  FlatBufferTables(FlatBuffer& buffer, std::size_t first, std::size_t size)
      : buffer_(&buffer), first_(first), size_(size) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] FlatBufferTable operator[](std::size_t i) const;

 private:
  FlatBuffer* buffer_ = nullptr;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

/// A table of numbered fields that may be absent. An absent table has no fields.
class FlatBufferTable {
 public:
  FlatBufferTable() = default;
  FlatBufferTable(FlatBuffer& buffer, std::size_t position);

  [[nodiscard]] bool present() const { return buffer_ != nullptr; }
  /// Returns the scalar in field number `field`, or `absent` if the table lacks it.
  template <class T>
  [[nodiscard]] T scalar(int field, T absent) const {
    const std::size_t position = field_position(field, sizeof(T));
    return position == 0 ? absent : buffer_->load<T>(position);
  }
  /// Returns the vector of scalars in a field; empty if absent.
  template <class T>
  [[nodiscard]] FlatBufferVector<T> scalars(int field) const {
    std::size_t size = 0;
    const std::size_t first = vector_position(field, sizeof(T), size);
    return first == 0 ? FlatBufferVector<T>{} : FlatBufferVector<T>{*buffer_, first, size};
  }
  [[nodiscard]] FlatBufferTables tables(int field) const;
  [[nodiscard]] FlatBufferTable table(int field) const;

 private:
  [[nodiscard]] std::size_t field_position(int field, std::size_t bytes) const;
  [[nodiscard]] std::size_t vector_position(int field, std::size_t element_bytes, std::size_t& size) const;

  FlatBuffer* buffer_ = nullptr;
  std::size_t position_ = 0;
  std::size_t size_bytes_ = 0;
  std::size_t vtable_ = 0;
  std::size_t vtable_bytes_ = 0;
};

}  // namespace reprise::sensing
