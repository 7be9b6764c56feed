#ifndef GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_
#define GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/index/coding.h"

namespace gisa {

// What the encoder and the reader of posting chunks share. Stored: frozen.

inline constexpr char kInlinedFormat = 1;
inline constexpr char kBlockFormat = 2;

// Of a chunk with blocks: the format byte, the count of documents, the first document.
inline constexpr size_t kBlockPrefixBytes = 9;

// What is known of a block without unpacking it.
struct BlockHeader {
  uint32_t last_doc = 0;
  uint32_t postings_offset = 0;     // from the start of the chunk, in bytes
  uint32_t occurrences_offset = 0;  // from the start of their piece, in bytes
  uint32_t max_freq = 0;
  uint32_t min_length = 0;  // of its documents, in terms
  uint8_t gap_bits = 0;
  uint8_t freq_bits = 0;
  uint8_t occurrence_bits = 0;
};

inline constexpr size_t kBlockHeaderBytes = 24;

inline void AppendBlockHeader(const BlockHeader& header, std::string* out) {
  AppendFixed32(header.last_doc, out);
  AppendFixed32(header.postings_offset, out);
  AppendFixed32(header.occurrences_offset, out);
  AppendFixed32(header.max_freq, out);
  AppendFixed32(header.min_length, out);
  out->push_back(static_cast<char>(header.gap_bits));
  out->push_back(static_cast<char>(header.freq_bits));
  out->push_back(static_cast<char>(header.occurrence_bits));
  out->push_back('\0');
}

// `p` has kBlockHeaderBytes.
inline BlockHeader LoadBlockHeader(const char* p) {
  BlockHeader header;
  header.last_doc = LoadFixed32(p);
  header.postings_offset = LoadFixed32(p + 4);
  header.occurrences_offset = LoadFixed32(p + 8);
  header.max_freq = LoadFixed32(p + 12);
  header.min_length = LoadFixed32(p + 16);
  header.gap_bits = static_cast<uint8_t>(p[20]);
  header.freq_bits = static_cast<uint8_t>(p[21]);
  header.occurrence_bits = static_cast<uint8_t>(p[22]);
  return header;
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_
