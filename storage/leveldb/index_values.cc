#include "storage/leveldb/index_values.h"

#include "storage/base/errors.h"
#include "storage/index/coding.h"

namespace gisa {
namespace {

// Stored: frozen.
constexpr uint32_t kDocGapColumn = 1;       // varint32 from the document before; 0 for the first
constexpr uint32_t kPublishedColumn = 2;    // fixed64, microseconds; kNoPublished when absent
constexpr uint32_t kLengthColumn = 3;       // varint32
constexpr uint32_t kTitleLengthColumn = 4;  // varint32

void AppendColumn(uint32_t tag, absl::string_view column, std::string* out) {
  AppendVarint64(tag, out);
  AppendVarint64(column.size(), out);
  out->append(column.data(), column.size());
}

absl::Status Corrupted(absl::string_view what) {
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", what);
}

}  // namespace

std::string EncodeIndexState(const IndexState& state) {
  std::string bytes;
  AppendFixed64(state.indexed_up_to, &bytes);
  AppendFixed32(state.doc_id_limit, &bytes);
  AppendVarint64(state.segments.size(), &bytes);
  for (const SegmentInfo& segment : state.segments) {
    AppendVarint64(segment.id, &bytes);
    AppendVarint64(segment.first_doc, &bytes);
    AppendVarint64(segment.last_doc, &bytes);
    AppendVarint64(segment.documents, &bytes);
  }
  return bytes;
}

absl::Status DecodeIndexState(absl::string_view bytes, IndexState* state) {
  Decoder decoder(bytes);
  state->indexed_up_to = decoder.Fixed64();
  state->doc_id_limit = decoder.Fixed32();
  state->segments.clear();
  DocId last_doc = kNoDoc;
  for (uint64_t left = decoder.Varint64(); left > 0 && decoder.ok(); --left) {
    SegmentInfo& segment = state->segments.emplace_back();
    segment.id = decoder.Varint32();
    segment.first_doc = decoder.Varint32();
    segment.last_doc = decoder.Varint32();
    segment.documents = decoder.Varint32();
    if (segment.first_doc <= last_doc || segment.last_doc < segment.first_doc || segment.documents == 0) {
      return Corrupted("the segments of the search index are not in order");
    }
    last_doc = segment.last_doc;
  }
  if (!decoder.ok() || !decoder.rest().empty() || state->doc_id_limit <= last_doc) {
    return Corrupted("the state of the search index does not parse");
  }
  return absl::OkStatus();
}

std::string EncodeValues(absl::Span<const DocId> docs, const DocTable& table) {
  std::string gaps, published, lengths, title_lengths;
  DocId last = docs.front();
  for (const DocId doc : docs) {
    AppendVarint64(doc - last, &gaps);
    AppendFixed64(static_cast<uint64_t>(table.published_micros(doc)), &published);
    AppendVarint64(table.length(doc), &lengths);
    AppendVarint64(table.title_length(doc), &title_lengths);
    last = doc;
  }
  std::string bytes;
  AppendVarint64(docs.size(), &bytes);
  AppendColumn(kDocGapColumn, gaps, &bytes);
  AppendColumn(kPublishedColumn, published, &bytes);
  AppendColumn(kLengthColumn, lengths, &bytes);
  AppendColumn(kTitleLengthColumn, title_lengths, &bytes);
  return bytes;
}

absl::Status DecodeValues(DocId first_doc, absl::string_view bytes,
                          absl::FunctionRef<void(DocId, const DocValues&)> visit) {
  Decoder decoder(bytes);
  const uint64_t size = decoder.Varint64();
  Decoder gaps({}), published({}), lengths({}), title_lengths({});
  while (decoder.ok() && !decoder.rest().empty()) {
    const uint64_t tag = decoder.Varint64();
    const Decoder column(decoder.Bytes(decoder.Varint64()));
    if (tag == kDocGapColumn) gaps = column;
    if (tag == kPublishedColumn) published = column;
    if (tag == kLengthColumn) lengths = column;
    if (tag == kTitleLengthColumn) title_lengths = column;
  }
  uint64_t doc = first_doc;
  for (uint64_t i = 0; i < size && decoder.ok(); ++i) {
    const uint32_t gap = gaps.Varint32();
    doc += gap;
    DocValues values;
    values.published_micros = static_cast<int64_t>(published.Fixed64());
    values.length = lengths.Varint32();
    values.title_length = title_lengths.Varint32();
    const bool complete = gaps.ok() && published.ok() && lengths.ok() && title_lengths.ok();
    if (!complete || (i > 0 && gap == 0) || doc == kNoDoc || doc > kMaxDocId) {
      return Corrupted("a chunk of document values does not parse");
    }
    visit(static_cast<DocId>(doc), values);
  }
  return decoder.ok() ? absl::OkStatus() : Corrupted("a chunk of document values does not parse");
}

}  // namespace gisa
