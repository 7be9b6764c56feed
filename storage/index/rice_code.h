#ifndef GISA_STORAGE_INDEX_RICE_CODE_H_
#define GISA_STORAGE_INDEX_RICE_CODE_H_

#include <cstddef>
#include <cstdint>

#include "storage/index/bit_stream.h"

namespace gisa {

// Rice codes: of a number the lowest `low_bits` bits as they are, the rest in unary. For gaps between things that are
// strewn evenly this is within a few hundredths of a bit of the least there can be (Rice, Plaunt: Adaptive
// Variable-Length Coding for Efficient Compression of Spacecraft Television Data, 1971; Gallager, van Voorhis: Optimal
// Source Codes for Geometrically Distributed Integer Alphabets, 1975).

// The number of low bits with which numbers of this sum take the least, about.
int RiceLowBits(uint64_t sum, size_t count);

// Elias's gamma code of a number from 1 to 2^31 - 1: small numbers take the least, and no number much.
inline void WriteGamma(uint32_t number, BitWriter* out) {
  const int low_bits = 31 - __builtin_clz(number);
  out->WriteUnary(static_cast<uint32_t>(low_bits));
  out->Write(number & ((uint32_t{1} << low_bits) - 1), low_bits);
}

// 0 when there is no such number.
inline uint32_t ReadGamma(BitReader* in) {
  const uint32_t low_bits = in->ReadUnary();
  if (low_bits > 30) return 0;
  return uint32_t{1} << low_bits | in->Read(static_cast<int>(low_bits));
}

// Writes a list of places below a size, ascending, as the gaps between them, and one that leads to the size behind the
// last.
class SparseListWriter {
 public:
  SparseListWriter(int low_bits, BitWriter* out) : low_bits_(low_bits), out_(*out) {}

  void Add(uint32_t place) {
    out_.WriteRice(place - next_, low_bits_);
    next_ = place + 1;
  }
  void End(uint32_t size) { out_.WriteRice(size - next_, low_bits_); }

 private:
  const int low_bits_;
  BitWriter& out_;
  uint32_t next_ = 0;
};

// Calls `visit` for each place of such a list that is below `end`, which is `size` at most, and reads no further than
// to the first that is not. False when what it reads is no list of places below `size`.
template <typename Visit>
bool ReadSparseListUpTo(uint32_t end, uint32_t size, int low_bits, BitReader* in, Visit visit) {
  uint64_t place = 0;
  while (true) {
    place += in->ReadRice(low_bits);
    if (!in->ok() || place > size) return false;
    if (place >= end) return true;
    visit(static_cast<uint32_t>(place));
    ++place;
  }
}

// The same of the whole list, behind which `in` is then.
template <typename Visit>
bool ReadSparseList(uint32_t size, int low_bits, BitReader* in, Visit visit) {
  return ReadSparseListUpTo(size, size, low_bits, in, visit);
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_RICE_CODE_H_
