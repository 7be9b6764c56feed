#include "storage/leveldb/index_values.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "storage/base/errors.h"
#include "storage/leveldb/index_keys.h"

namespace gisa {
namespace {

TEST(IndexValuesTest, AStateIsReadBack) {
  IndexState state;
  state.indexed_up_to = UINT64_MAX;
  state.doc_id_limit = kEndDoc;
  state.segments = {{7, 1, 1, 1}, {3, 2, 500, 400}, {UINT32_MAX, 501, kMaxDocId, UINT32_MAX}};
  IndexState decoded;
  ASSERT_TRUE(DecodeIndexState(EncodeIndexState(state), &decoded).ok());
  EXPECT_EQ(decoded.indexed_up_to, state.indexed_up_to);
  EXPECT_EQ(decoded.doc_id_limit, state.doc_id_limit);
  ASSERT_EQ(decoded.segments.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(decoded.segments[i].id, state.segments[i].id);
    EXPECT_EQ(decoded.segments[i].first_doc, state.segments[i].first_doc);
    EXPECT_EQ(decoded.segments[i].last_doc, state.segments[i].last_doc);
    EXPECT_EQ(decoded.segments[i].documents, state.segments[i].documents);
  }
}

TEST(IndexValuesTest, AStateThatContradictsItselfIsCorrupt) {
  const auto decode = [](const std::vector<SegmentInfo>& segments, DocId limit) {
    IndexState state;
    state.doc_id_limit = limit;
    state.segments = segments;
    IndexState decoded;
    return ErrorReason(DecodeIndexState(EncodeIndexState(state), &decoded));
  };
  EXPECT_EQ(decode({{1, 1, 5, 5}}, 6), "");
  EXPECT_EQ(decode({{1, 1, 5, 5}}, 5), "DATA_CORRUPTED");
  EXPECT_EQ(decode({{1, 1, 5, 5}, {2, 5, 9, 5}}, 10), "DATA_CORRUPTED");
  EXPECT_EQ(decode({{1, 4, 3, 1}}, 10), "DATA_CORRUPTED");
  EXPECT_EQ(decode({{1, 1, 5, 0}}, 10), "DATA_CORRUPTED");
  EXPECT_EQ(decode({}, kNoDoc), "DATA_CORRUPTED");
}

TEST(IndexValuesTest, ColumnsAreReadBack) {
  DocTable table;
  const std::vector<DocId> docs = {5, 6, 1000, kMaxDocId / 1000};
  for (const DocId doc : docs) table.Add(doc, {doc % 2 == 0 ? kNoPublished : -int64_t{doc}, doc * 3, doc + 1});
  const std::string bytes = EncodeValues(docs, table);
  std::vector<DocId> found;
  ASSERT_TRUE(DecodeValues(5, bytes, [&](DocId doc, const DocValues& values) {
                found.push_back(doc);
                EXPECT_EQ(values.published_micros, table.published_micros(doc));
                EXPECT_EQ(values.length, table.length(doc));
                EXPECT_EQ(values.title_length, table.title_length(doc));
              }).ok());
  EXPECT_EQ(found, docs);
}

TEST(IndexValuesTest, WhatIsKnownBesideTheTextIsReadBack) {
  const std::vector<std::string> aids = {
      "0006192082",        "0006192083",         "",    "7",         "00000000000000017",
      "99999999999999999", "123456789012345678", "a-1", "0006192081"};
  const std::vector<int64_t> times = {kNoTime, 0,       -1,       1'700'000'000'000'000, INT64_MIN + 1, INT64_MAX,
                                      7,       kNoTime, 3'000'000};
  DocTable table;
  std::vector<DocId> docs;
  for (DocId doc = 1; doc <= aids.size(); ++doc) {
    docs.push_back(doc);
    const std::string number = std::to_string(doc % 4);
    const std::string publisher = doc % 3 == 0 ? "" : "한빛신문 " + number;
    DocValues values;
    values.published_micros = times[doc - 1];
    values.crawled_micros = times[(doc + 3) % times.size()];
    values.content_id = ~uint64_t{0} / doc;
    values.oid = number;
    values.aid = aids[doc - 1];
    values.publisher = publisher;
    values.category = number;
    values.author = publisher;
    table.Add(doc, values);
  }
  size_t read = 0;
  ASSERT_TRUE(DecodeValues(1, EncodeValues(docs, table), [&](DocId doc, const DocValues& values) {
                ++read;
                EXPECT_EQ(values.published_micros, table.published_micros(doc));
                EXPECT_EQ(values.crawled_micros, table.crawled_micros(doc));
                EXPECT_EQ(values.content_id, table.content_id(doc));
                EXPECT_EQ(values.oid, table.name(table.oid(doc)));
                EXPECT_EQ(values.aid, aids[doc - 1]);
                EXPECT_EQ(table.aid(doc), aids[doc - 1]);
                EXPECT_EQ(values.publisher, table.name(table.publisher(doc)));
                EXPECT_EQ(values.category, table.name(table.category(doc)));
                EXPECT_EQ(values.author, table.name(table.author(doc)));
              }).ok());
  EXPECT_EQ(read, docs.size());
}

TEST(IndexValuesTest, DamagedBytesAreAnErrorOrOtherValues) {
  DocTable table;
  std::vector<DocId> docs;
  for (DocId doc = 1; doc < 200; doc += 1 + doc % 3) {
    docs.push_back(doc);
    DocValues values = {doc, doc, doc};
    values.oid = doc % 2 == 0 ? "018" : "001";
    values.aid = doc % 5 == 0 ? "a" : "0000000012";
    values.publisher = values.oid;
    table.Add(doc, values);
  }
  IndexState state;
  state.doc_id_limit = 300;
  state.segments = {{7, 1, 1, 1}, {3, 2, 250, 240}};
  std::mt19937 rng(19);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = i % 2 == 0 ? EncodeValues(docs, table) : EncodeIndexState(state);
    if (rng() % 3 == 0) bytes.resize(rng() % bytes.size());
    for (uint32_t changes = 1 + rng() % 3; changes > 0 && !bytes.empty(); --changes) {
      bytes[rng() % std::min<size_t>(bytes.size(), 40)] = static_cast<char>(rng());
    }
    DocId last = kNoDoc;
    IndexState decoded;
    const absl::Status status = i % 2 == 0 ? DecodeValues(1, bytes,
                                                          [&last](DocId doc, const DocValues&) {
                                                            ASSERT_GT(doc, last);
                                                            last = doc;
                                                          })
                                           : DecodeIndexState(bytes, &decoded);
    if (!status.ok()) {
      ASSERT_EQ(ErrorReason(status), "DATA_CORRUPTED");
    }
  }
}

TEST(IndexKeysTest, KeysOfASegmentStandTogetherInTheOrderOfTermsAndPieces) {
  const std::vector<IndexKey> ascending = {
      IndexKey::AllOf(1),
      IndexKey::AllPostingsOf(1),
      IndexKey::OfPostings(1, "t가"),
      IndexKey::OfOccurrences(1, "t가", 0),
      IndexKey::OfOccurrences(1, "t가", 1),
      IndexKey::OfOccurrences(1, "t가", 256),
      IndexKey::AfterOccurrencesOf(IndexKey::OfOccurrences(1, "t가", 1).bytes()),
      IndexKey::OfPostings(1, "t가나"),
      IndexKey::OfOccurrences(1, "t가나", 0),
      IndexKey::OfSecondCharacter(1, "가"),
      IndexKey::OfSecondCharacter(1, "나"),
      IndexKey::AllValuesOf(1),
      IndexKey::OfValues(1, 2),
      IndexKey::OfValues(1, 300),
      IndexKey::AllOf(2),
      IndexKey::AllOf(0xFFFFFFFF),
      IndexKey::OfSchema(),
      IndexKey::OfState(),
      IndexKey::AllRemoved(),
      IndexKey::OfRemoved(1),
  };
  for (size_t i = 1; i < ascending.size(); ++i) EXPECT_LT(ascending[i - 1].bytes(), ascending[i].bytes()) << i;
}

TEST(IndexKeysTest, KeysAreTakenApart) {
  EXPECT_EQ(TermOfPostingsKey(IndexKey::OfPostings(9, "t가나").bytes()), "t가나");
  EXPECT_EQ(TermOfPostingsKey(IndexKey::OfOccurrences(9, "t가나", 7).bytes()), std::nullopt);
  EXPECT_EQ(ParseValuesKey(IndexKey::OfValues(9, 77).bytes()), 77u);
  EXPECT_EQ(ParseRemovedKey(IndexKey::OfRemoved(kMaxDocId).bytes()), kMaxDocId);

  for (const absl::string_view key : {"", "d", "dabcd", "mstate", "r", "rabcde"}) {
    EXPECT_EQ(ParseValuesKey(key), std::nullopt) << key;
    EXPECT_EQ(ParseRemovedKey(key), std::nullopt) << key;
  }
  EXPECT_EQ(ParseValuesKey(IndexKey::OfPostings(9, "tabc").bytes()), std::nullopt);
}

}  // namespace
}  // namespace gisa
