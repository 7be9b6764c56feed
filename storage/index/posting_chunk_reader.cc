#include <algorithm>
#include <numeric>

#include "storage/base/errors.h"
#include "storage/index/bit_packing.h"
#include "storage/index/coding.h"
#include "storage/index/posting_chunk.h"

namespace gisa {
namespace {

constexpr int kMaxBits = 32;

absl::Status Corrupted(absl::string_view what) {
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", what);
}

// Whether `count` numbers of `bits` bits at `offset` lie within a string of `size` bytes, with padding after them.
bool Fits(uint64_t offset, uint64_t count, int bits, uint64_t size) {
  return bits <= kMaxBits && offset + PackedBytes(count, bits) + kBitPackingPadding <= size;
}

}  // namespace

absl::StatusOr<ChunkReader> ChunkReader::Open(absl::string_view postings) {
  ChunkReader reader(postings);
  Decoder decoder(postings);
  const absl::string_view format = decoder.Bytes(1);
  if (format != absl::string_view(&kInlinedFormat, 1) && format != absl::string_view(&kBlockFormat, 1)) {
    return Corrupted("a posting chunk has an unknown format");
  }
  reader.inlined_ = format[0] == kInlinedFormat;
  reader.size_ = reader.inlined_ ? decoder.Varint32() : decoder.Fixed32();
  reader.first_doc_ = reader.inlined_ ? decoder.Varint32() : decoder.Fixed32();
  reader.body_ = decoder.rest();
  if (!decoder.ok()) return Corrupted("a posting chunk is cut short");
  if (reader.size_ == 0 || reader.first_doc_ == kNoDoc || reader.first_doc_ > kMaxDocId) {
    return Corrupted("a posting chunk is empty");
  }
  if (reader.inlined_ && reader.size_ > kMaxInlinedDocs) return Corrupted("a posting chunk's count is wrong");
  if (!reader.inlined_ && reader.block_count() * kBlockHeaderBytes + kBitPackingPadding > reader.body_.size()) {
    return Corrupted("a posting chunk is cut short");
  }
  return reader;
}

const char* ChunkReader::header(size_t block) const { return body_.data() + block * kBlockHeaderBytes; }
DocId ChunkReader::last_doc(size_t block) const { return LoadBlockHeader(header(block)).last_doc; }
uint32_t ChunkReader::max_freq(size_t block) const { return LoadBlockHeader(header(block)).max_freq; }
uint32_t ChunkReader::min_length(size_t block) const { return LoadBlockHeader(header(block)).min_length; }

absl::Status ChunkReader::ReadInlined(PostingBlock* out) const {
  Decoder decoder(body_);
  out->size = size_;
  out->inlined.clear();
  uint64_t doc = first_doc_;
  for (size_t i = 0; i < size_; ++i) {
    if (i > 0) doc += uint64_t{decoder.Varint32()} + 1;
    const uint64_t freq = uint64_t{decoder.Varint32()} + 1;
    // Each occurrence takes a byte or more, so a wrong frequency cannot make this allocate more than the chunk holds.
    if (doc > kMaxDocId || freq > decoder.rest().size()) return Corrupted("a posting chunk's documents are wrong");
    out->docs[i] = static_cast<DocId>(doc);
    out->freqs[i] = static_cast<uint32_t>(freq);
    uint64_t occurrence = 0;
    for (uint64_t j = 0; j < freq; ++j) {
      occurrence += decoder.Varint32();
      if (occurrence > UINT32_MAX) return Corrupted("a posting chunk's occurrences are wrong");
      out->inlined.push_back(static_cast<Occurrence>(occurrence));
    }
  }
  return decoder.ok() && decoder.rest().empty() ? absl::OkStatus() : Corrupted("a posting chunk is cut short");
}

absl::Status ChunkReader::ReadBlock(size_t block, PostingBlock* out) const {
  if (inlined_) return ReadInlined(out);
  const BlockHeader header = LoadBlockHeader(this->header(block));
  out->size = std::min<size_t>(kBlockDocs, size_ - block * kBlockDocs);
  const uint64_t freqs_offset = header.postings_offset + PackedBytes(out->size, header.gap_bits);
  if (!Fits(header.postings_offset, out->size, header.gap_bits, postings_.size()) ||
      !Fits(freqs_offset, out->size, header.freq_bits, postings_.size())) {
    return Corrupted("a posting block lies outside its chunk");
  }
  UnpackBits(postings_.data() + header.postings_offset, 0, out->size, header.gap_bits, out->docs);
  UnpackBits(postings_.data() + freqs_offset, 0, out->size, header.freq_bits, out->freqs);

  uint64_t doc = block == 0 ? first_doc_ - 1 : last_doc(block - 1);
  bool has_zero = false;
  for (size_t i = 0; i < out->size; ++i) {
    doc += uint64_t{out->docs[i]} + 1;
    out->docs[i] = static_cast<DocId>(doc);
    has_zero |= ++out->freqs[i] == 0;
  }
  // The sum never wraps, so if its end is right every document before it is below it.
  if (has_zero || doc != header.last_doc || doc > kMaxDocId) return Corrupted("a posting block's documents are wrong");
  if (block == 0 && out->docs[0] != first_doc_) return Corrupted("a posting block's documents are wrong");
  return absl::OkStatus();
}

absl::Status ChunkReader::ReadOccurrences(size_t block, const PostingBlock& decoded, size_t index,
                                          absl::string_view piece, std::vector<Occurrence>* out) const {
  const uint64_t first = std::accumulate(decoded.freqs, decoded.freqs + index, uint64_t{0});
  const uint32_t freq = decoded.freqs[index];
  if (!inlined_) return Unpack(block, first, freq, piece, out);
  const auto begin = decoded.inlined.begin() + static_cast<std::ptrdiff_t>(first);
  out->assign(begin, begin + freq);
  return absl::OkStatus();
}

absl::Status ChunkReader::ReadBlockOccurrences(size_t block, const PostingBlock& decoded, absl::string_view piece,
                                               std::vector<Occurrence>* out) const {
  const uint64_t count = std::accumulate(decoded.freqs, decoded.freqs + decoded.size, uint64_t{0});
  if (!inlined_) return Unpack(block, 0, count, piece, out);
  *out = decoded.inlined;
  return absl::OkStatus();
}

absl::Status ChunkReader::Unpack(size_t block, uint64_t first, uint64_t count, absl::string_view piece,
                                 std::vector<Occurrence>* out) const {
  const BlockHeader header = LoadBlockHeader(this->header(block));
  // A frequency is bounded by the bytes there are only if each occurrence takes some.
  if (header.occurrence_bits == 0 && count > kBlockDocs) {
    return Corrupted("a posting block's occurrences are wrong");
  }
  if (!Fits(header.occurrences_offset, first + count, header.occurrence_bits, piece.size())) {
    return Corrupted("a posting block's occurrences lie outside their string");
  }
  out->resize(count);
  UnpackBits(piece.data() + header.occurrences_offset, first, count, header.occurrence_bits, out->data());
  return absl::OkStatus();
}

}  // namespace gisa
