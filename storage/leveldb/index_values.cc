#include "storage/leveldb/index_values.h"

#include <array>

#include "storage/base/errors.h"
#include "storage/index/coding.h"
#include "storage/leveldb/value_columns.h"

namespace gisa {
namespace {

// Stored: frozen. FORMAT.md has what is in each; 2 was a time of 8 bytes.
constexpr uint32_t kDocGapColumn = 1;
constexpr uint32_t kLengthColumn = 3;
constexpr uint32_t kTitleLengthColumn = 4;
constexpr uint32_t kPublishedColumn = 5;
constexpr uint32_t kCrawledColumn = 6;
constexpr uint32_t kContentColumn = 7;
constexpr uint32_t kOidColumn = 8;
constexpr uint32_t kAidColumn = 9;
constexpr uint32_t kPublisherColumn = 10;
constexpr uint32_t kCategoryColumn = 11;
constexpr uint32_t kAuthorColumn = 12;
constexpr uint32_t kColumnLimit = 13;

void AppendColumn(uint32_t tag, absl::string_view column, std::string* out) {
  AppendVarint64(tag, out);
  AppendVarint64(column.size(), out);
  out->append(column.data(), column.size());
}

// A time is near that of the document before, a crawl near the publication.
int64_t PublishedReference(int64_t last_published) { return last_published == kNoTime ? 0 : last_published; }
int64_t CrawledReference(int64_t published, int64_t last_published) {
  return PublishedReference(published == kNoTime ? last_published : published);
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
      return DataCorruptedError("the segments of the search index are not in order");
    }
    last_doc = segment.last_doc;
  }
  if (!decoder.ok() || !decoder.rest().empty() || state->doc_id_limit <= last_doc) {
    return DataCorruptedError("the state of the search index does not parse");
  }
  return absl::OkStatus();
}

std::string EncodeValues(absl::Span<const DocId> docs, const DocTable& table) {
  std::string gaps, lengths, title_lengths, content_ids;
  TimeColumnWriter published, crawled;
  NameColumnWriter oids, publishers, categories, authors;
  AidColumnWriter aids;
  DocId last = docs.front();
  int64_t last_published = kNoTime;
  for (const DocId doc : docs) {
    AppendVarint64(doc - last, &gaps);
    AppendVarint64(table.length(doc), &lengths);
    AppendVarint64(table.title_length(doc), &title_lengths);
    published.Add(table.published_micros(doc), PublishedReference(last_published));
    crawled.Add(table.crawled_micros(doc), CrawledReference(table.published_micros(doc), last_published));
    AppendFixed64(table.content_id(doc), &content_ids);
    oids.Add(table.oid(doc), table.name(table.oid(doc)));
    aids.Add(table.oid(doc), table.aid(doc));
    publishers.Add(table.publisher(doc), table.name(table.publisher(doc)));
    categories.Add(table.category(doc), table.name(table.category(doc)));
    authors.Add(table.author(doc), table.name(table.author(doc)));
    last = doc;
    if (table.published_micros(doc) != kNoTime) last_published = table.published_micros(doc);
  }
  std::string bytes;
  AppendVarint64(docs.size(), &bytes);
  AppendColumn(kDocGapColumn, gaps, &bytes);
  AppendColumn(kLengthColumn, lengths, &bytes);
  AppendColumn(kTitleLengthColumn, title_lengths, &bytes);
  AppendColumn(kPublishedColumn, published.Finish(), &bytes);
  AppendColumn(kCrawledColumn, crawled.Finish(), &bytes);
  AppendColumn(kContentColumn, content_ids, &bytes);
  AppendColumn(kOidColumn, oids.Finish(), &bytes);
  AppendColumn(kAidColumn, aids.Finish(), &bytes);
  AppendColumn(kPublisherColumn, publishers.Finish(), &bytes);
  AppendColumn(kCategoryColumn, categories.Finish(), &bytes);
  AppendColumn(kAuthorColumn, authors.Finish(), &bytes);
  return bytes;
}

absl::Status DecodeValues(DocId first_doc, absl::string_view bytes,
                          absl::FunctionRef<void(DocId, const DocValues&)> visit) {
  Decoder decoder(bytes);
  const uint64_t size = decoder.Varint64();
  std::array<absl::string_view, kColumnLimit> columns;
  while (decoder.ok() && !decoder.rest().empty()) {
    const uint64_t tag = decoder.Varint64();
    const absl::string_view column = decoder.Bytes(decoder.Varint64());
    if (tag < kColumnLimit) columns[tag] = column;
  }
  Decoder gaps(columns[kDocGapColumn]), lengths(columns[kLengthColumn]), title_lengths(columns[kTitleLengthColumn]);
  Decoder content_ids(columns[kContentColumn]);
  TimeColumnReader published(columns[kPublishedColumn]), crawled(columns[kCrawledColumn]);
  NameColumnReader oids(columns[kOidColumn]), publishers(columns[kPublisherColumn]);
  NameColumnReader categories(columns[kCategoryColumn]), authors(columns[kAuthorColumn]);
  AidColumnReader aids(columns[kAidColumn]);
  uint64_t doc = first_doc;
  int64_t last_published = kNoTime;
  for (uint64_t i = 0; i < size && decoder.ok(); ++i) {
    const uint32_t gap = gaps.Varint32();
    doc += gap;
    DocValues values;
    values.length = lengths.Varint32();
    values.title_length = title_lengths.Varint32();
    values.published_micros = published.Next(PublishedReference(last_published));
    values.crawled_micros = crawled.Next(CrawledReference(values.published_micros, last_published));
    values.content_id = content_ids.Fixed64();
    const uint32_t oid = oids.Next();
    const std::string aid = aids.Next(oid);
    values.oid = oids.name(oid);
    values.aid = aid;
    values.publisher = publishers.name(publishers.Next());
    values.category = categories.name(categories.Next());
    values.author = authors.name(authors.Next());
    if (values.published_micros != kNoTime) last_published = values.published_micros;
    const bool complete = gaps.ok() && lengths.ok() && title_lengths.ok() && published.ok() && crawled.ok() &&
                          content_ids.ok() && oids.ok() && aids.ok() && publishers.ok() && categories.ok() &&
                          authors.ok();
    if (!complete || (i > 0 && gap == 0) || doc == kNoDoc || doc > kMaxDocId) {
      return DataCorruptedError("a chunk of document values does not parse");
    }
    visit(static_cast<DocId>(doc), values);
  }
  return decoder.ok() ? absl::OkStatus() : DataCorruptedError("a chunk of document values does not parse");
}

}  // namespace gisa
