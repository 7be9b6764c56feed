#ifndef GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_
#define GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/index/coding.h"
#include "storage/index/short_float.h"

namespace gisa {

// What the encoder and the reader of posting chunks share. Stored: frozen.

// What is known of a block without reading it, when there are several.
struct BlockHeader {
  uint32_t last_doc = 0;
  uint16_t document_bytes = 0;  // of its documents and frequencies
  uint32_t max_freq = 0;        // at least the largest frequency
  uint32_t min_length = 0;      // at most the length of the shortest document
};

inline constexpr size_t kBlockHeaderBytes = 8;

inline void AppendBlockHeader(const BlockHeader& header, std::string* out) {
  AppendFixed32(header.last_doc, out);
  out->push_back(static_cast<char>(header.document_bytes));
  out->push_back(static_cast<char>(header.document_bytes >> 8));
  out->push_back(static_cast<char>(std::min<uint32_t>(header.max_freq, UINT8_MAX)));
  out->push_back(static_cast<char>(ShortFloatFloor(header.min_length)));
}

// `p` has kBlockHeaderBytes.
inline BlockHeader LoadBlockHeader(const char* p) {
  const auto byte = [p](size_t i) { return static_cast<uint8_t>(p[i]); };
  BlockHeader header;
  header.last_doc = LoadFixed32(p);
  header.document_bytes = static_cast<uint16_t>(byte(4) | byte(5) << 8);
  header.max_freq = byte(6) == UINT8_MAX ? UINT32_MAX : byte(6);
  header.min_length = static_cast<uint32_t>(std::min<uint64_t>(ShortFloatValue(byte(7)), UINT32_MAX));
  return header;
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_
