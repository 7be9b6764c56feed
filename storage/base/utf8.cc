#include "storage/base/utf8.h"

#include <array>
#include <cstdint>

namespace gisa {
namespace {

// Where a decoder of UTF-8 stands between two bytes (RFC 3629, section 4). The names of the last four are of the lead
// bytes after which the second byte is restricted.
enum State : uint64_t { kStart, kInvalid, kOneMore, kTwoMore, kThreeMore, kAfterE0, kAfterED, kAfterF0, kAfterF4 };
constexpr int kStates = 9;

constexpr State StateAfterLead(int byte) {
  if (byte < 0x80) return kStart;
  if (byte < 0xC2) return kInvalid;  // a continuation, or overlong
  if (byte < 0xE0) return kOneMore;
  if (byte == 0xE0) return kAfterE0;
  if (byte == 0xED) return kAfterED;
  if (byte < 0xF0) return kTwoMore;
  if (byte == 0xF0) return kAfterF0;
  if (byte < 0xF4) return kThreeMore;
  if (byte == 0xF4) return kAfterF4;
  return kInvalid;  // past U+10FFFF
}

constexpr State NextState(State state, int byte) {
  const auto if_within = [byte](int first, int last, State next) {
    return byte >= first && byte <= last ? next : kInvalid;
  };
  switch (state) {
    case kStart:
      return StateAfterLead(byte);
    case kInvalid:
      return kInvalid;
    case kOneMore:
      return if_within(0x80, 0xBF, kStart);
    case kTwoMore:
      return if_within(0x80, 0xBF, kOneMore);
    case kThreeMore:
      return if_within(0x80, 0xBF, kTwoMore);
    case kAfterE0:
      return if_within(0xA0, 0xBF, kOneMore);  // else overlong
    case kAfterED:
      return if_within(0x80, 0x9F, kOneMore);  // else a surrogate
    case kAfterF0:
      return if_within(0x90, 0xBF, kTwoMore);  // else overlong
    case kAfterF4:
      return if_within(0x80, 0x8F, kTwoMore);  // else past U+10FFFF
  }
  return kInvalid;
}

// A state is kept as a number of bits, and a byte's entry has at that place the state that follows: a step is a shift,
// with no branch to foresee wrongly where Hangul, spaces and digits alternate. After Per Vognsen, Shift-based DFAs,
// 2020.
constexpr int kStateBits = 6;
static_assert(kStates * kStateBits <= 64);

constexpr std::array<uint64_t, 256> MakeSteps() {
  std::array<uint64_t, 256> steps = {};
  for (int byte = 0; byte < 256; ++byte) {
    for (uint64_t state = 0; state < kStates; ++state) {
      const uint64_t next = NextState(static_cast<State>(state), byte);
      steps[static_cast<size_t>(byte)] |= next * kStateBits << (state * kStateBits);
    }
  }
  return steps;
}

constexpr std::array<uint64_t, 256> kSteps = MakeSteps();

// The state after `text`, which began in a kStart.
State StateAfter(absl::string_view text) {
  uint64_t shift = kStart * kStateBits;
  for (const char byte : text) shift = kSteps[static_cast<uint8_t>(byte)] >> (shift % 64);
  return static_cast<State>(shift % 64 / kStateBits);
}

}  // namespace

size_t FindInvalidUtf8(absl::string_view text) {
  if (StateAfter(text) == kStart) return text.size();
  size_t begin = 0;  // of the sequence at hand
  State state = kStart;
  for (size_t i = 0; i < text.size() && state != kInvalid; ++i) {
    if (state == kStart) begin = i;
    state = NextState(state, static_cast<uint8_t>(text[i]));
  }
  return begin;
}

size_t FloorCodePoint(absl::string_view text, size_t offset) {
  if (offset >= text.size()) return text.size();
  while (offset > 0 && (static_cast<uint8_t>(text[offset]) & 0xC0) == 0x80) --offset;
  return offset;
}

}  // namespace gisa
