#include "storage/dedup/hash_chunk.h"

#include <cstddef>

namespace gisa {
namespace {

static_assert(SketchTable::kOffsetBits == 20, "an entry has 44 bits of its hash, 12 of which the bucket has");

constexpr size_t kHashBytes = 4;
constexpr size_t kOffsetBytes = 3;
constexpr size_t kEntryBytes = kHashBytes + kOffsetBytes;

uint32_t StoredHash(uint64_t hash) { return static_cast<uint32_t>(hash >> SketchTable::kOffsetBits); }

void AppendNumber(uint32_t number, size_t size, std::string& out) {
  for (size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(number >> 8 * i));
}

uint32_t ReadNumber(const char* in, size_t size) {
  uint32_t number = 0;
  for (size_t i = 0; i < size; ++i) number |= uint32_t{static_cast<uint8_t>(in[i])} << 8 * i;
  return number;
}

}  // namespace

std::string EncodeHashChunk(absl::Span<const uint64_t> entries) {
  std::string chunk;
  chunk.reserve(entries.size() * kEntryBytes);
  for (const uint64_t entry : entries) AppendNumber(StoredHash(entry), kHashBytes, chunk);
  for (const uint64_t entry : entries) AppendNumber(SketchTable::Offset(entry), kOffsetBytes, chunk);
  return chunk;
}

bool IsHashChunk(absl::string_view chunk) { return chunk.size() % kEntryBytes == 0; }

bool FindInHashChunk(absl::string_view chunk, uint64_t hash, absl::FunctionRef<void(uint32_t offset)> visit) {
  const size_t count = chunk.size() / kEntryBytes;
  const uint32_t wanted = StoredHash(hash);
  const auto hash_at = [chunk](size_t i) { return ReadNumber(chunk.data() + i * kHashBytes, kHashBytes); };
  // The first that is not below.
  size_t begin = 0;
  for (size_t size = count; size > 0;) {
    const size_t half = size / 2;
    if (hash_at(begin + half) < wanted) {
      begin += half + 1;
      size -= half + 1;
    } else {
      size = half;
    }
  }
  size_t end = begin;
  for (; end < count && hash_at(end) == wanted; ++end) {
    visit(ReadNumber(chunk.data() + count * kHashBytes + end * kOffsetBytes, kOffsetBytes));
  }
  return end - begin < SketchTable::kMaxDocsOfHash;
}

void ReadHashChunk(absl::string_view chunk, absl::FunctionRef<void(uint32_t stored_hash, uint32_t offset)> visit) {
  const size_t count = chunk.size() / kEntryBytes;
  for (size_t i = 0; i < count; ++i) {
    visit(ReadNumber(chunk.data() + i * kHashBytes, kHashBytes),
          ReadNumber(chunk.data() + count * kHashBytes + i * kOffsetBytes, kOffsetBytes));
  }
}

}  // namespace gisa
