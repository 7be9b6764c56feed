#ifndef GISA_PROTO_WIRE_WIRE_TAG_H_
#define GISA_PROTO_WIRE_WIRE_TAG_H_

#include <cstdint>

namespace gisa {

// What stands before a field: its number, then how its value is written. From the encoding guide of protobuf.
enum class WireType : uint32_t { kVarint = 0, kEightBytes = 1, kSized = 2, kFourBytes = 5 };

constexpr uint32_t kWireTypeBits = 3;

// The tag of a field of bytes: a string or a message.
constexpr uint32_t SizedTag(int field_number) {
  return static_cast<uint32_t>(field_number) << kWireTypeBits | static_cast<uint32_t>(WireType::kSized);
}

}  // namespace gisa

#endif  // GISA_PROTO_WIRE_WIRE_TAG_H_
