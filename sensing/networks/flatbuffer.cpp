// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/flatbuffer.h"

namespace reprise::sensing {

bool FlatBuffer::covers(std::size_t position, std::size_t count, const char* what) {
  // Written so that neither side can overflow.
  if (position <= bytes_.size() && count <= bytes_.size() - position) return true;
  if (fault_.empty()) {
    fault_ = std::string(what) + " at byte " + std::to_string(position) + " needs " + std::to_string(count) +
             " bytes, but the file has " + std::to_string(bytes_.size());
  }
  return false;
}

std::size_t FlatBuffer::follow(std::size_t position, const char* what) {
  if (!covers(position, sizeof(std::uint32_t), what)) return 0;
  // An offset of zero would lead back to itself; the writer never makes one.
  const std::size_t target = position + load<std::uint32_t>(position);
  if (target == position) {
    if (fault_.empty())
      fault_ = std::string(what) + " at byte " + std::to_string(position) + " leads nowhere";
    return 0;
  }
  return covers(target, sizeof(std::uint32_t), what) ? target : 0;
}

FlatBufferTable FlatBuffer::root() {
  const std::size_t target = follow(0, "the root offset");
  return target == 0 ? FlatBufferTable{} : FlatBufferTable{*this, target};
}

FlatBufferTable::FlatBufferTable(FlatBuffer& buffer, std::size_t position) : position_(position) {
  if (!buffer.covers(position, sizeof(std::int32_t), "a table")) return;
  const std::int64_t vtable = static_cast<std::int64_t>(position) - buffer.load<std::int32_t>(position);
  // A negative position becomes a huge one, which no file covers.
  vtable_ = static_cast<std::size_t>(vtable);
  if (!buffer.covers(vtable_, 2 * sizeof(std::uint16_t), "a field list")) return;
  vtable_bytes_ = buffer.load<std::uint16_t>(vtable_);
  size_bytes_ = buffer.load<std::uint16_t>(vtable_ + sizeof(std::uint16_t));
  if (!buffer.covers(vtable_, vtable_bytes_, "a field list")) return;
  if (!buffer.covers(position, size_bytes_, "a table")) return;
  buffer_ = &buffer;
}

std::size_t FlatBufferTable::field_position(int field, std::size_t bytes) const {
  if (buffer_ == nullptr) return 0;
  const std::size_t entry = (2 + static_cast<std::size_t>(field)) * sizeof(std::uint16_t);
  if (entry + sizeof(std::uint16_t) > vtable_bytes_) return 0;
  const std::size_t offset = buffer_->load<std::uint16_t>(vtable_ + entry);
  if (offset == 0) return 0;
  if (offset + bytes > size_bytes_) {
    if (buffer_->fault_.empty()) {
      buffer_->fault_ =
          "field " + std::to_string(field) + " lies outside its table at byte " + std::to_string(position_);
    }
    return 0;
  }
  return position_ + offset;
}

std::size_t FlatBufferTable::vector_position(int field, std::size_t element_bytes, std::size_t& size) const {
  const std::size_t at = field_position(field, sizeof(std::uint32_t));
  if (at == 0) return 0;
  const std::size_t target = buffer_->follow(at, "a vector");
  if (target == 0) return 0;
  size = buffer_->load<std::uint32_t>(target);
  const std::size_t first = target + sizeof(std::uint32_t);
  return buffer_->covers(first, size * element_bytes, "a vector") ? first : 0;
}

FlatBufferTables FlatBufferTable::tables(int field) const {
  std::size_t size = 0;
  const std::size_t first = vector_position(field, sizeof(std::uint32_t), size);
  return first == 0 ? FlatBufferTables{} : FlatBufferTables{*buffer_, first, size};
}

FlatBufferTable FlatBufferTable::table(int field) const {
  const std::size_t at = field_position(field, sizeof(std::uint32_t));
  if (at == 0) return {};
  const std::size_t target = buffer_->follow(at, "a table");
  return target == 0 ? FlatBufferTable{} : FlatBufferTable{*buffer_, target};
}

FlatBufferTable FlatBufferTables::operator[](std::size_t i) const {
  const std::size_t target = buffer_->follow(first_ + i * sizeof(std::uint32_t), "a table");
  return target == 0 ? FlatBufferTable{} : FlatBufferTable{*buffer_, target};
}

}  // namespace reprise::sensing
