#ifndef GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_
#define GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/index/coding.h"
#include "storage/index/term_density.h"

namespace gisa {

// What the encoder and the reader of posting chunks share. Stored: frozen.

// What is known of a block without reading it, when there are several.
struct BlockHeader {
  uint32_t last_doc = 0;
  uint16_t document_bytes = 0;  // of its documents and frequencies
  TermDensity max_density;      // none of its documents is above
};

inline constexpr size_t kBlockHeaderBytes = 8;

inline void AppendBlockHeader(const BlockHeader& header, std::string* out) {
  AppendFixed32(header.last_doc, out);
  out->push_back(static_cast<char>(header.document_bytes));
  out->push_back(static_cast<char>(header.document_bytes >> 8));
  out->push_back(static_cast<char>(CodeOfDensity(header.max_density.word)));
  out->push_back(static_cast<char>(CodeOfDensity(header.max_density.part)));
}

// `p` has kBlockHeaderBytes.
inline BlockHeader LoadBlockHeader(const char* p) {
  const auto byte = [p](size_t i) { return static_cast<uint8_t>(p[i]); };
  BlockHeader header;
  header.last_doc = LoadFixed32(p);
  header.document_bytes = static_cast<uint16_t>(byte(4) | byte(5) << 8);
  header.max_density = {DensityOfCode(byte(6)), DensityOfCode(byte(7))};
  return header;
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_POSTING_CHUNK_FORMAT_H_
