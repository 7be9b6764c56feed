#include "server/cursor_codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace gisa {
namespace {

std::vector<ExportCursor> ExportCursors() {
  return {
      {},
      {7, {"101", "0000000001"}, std::nullopt},
      {UINT64_MAX, {std::string(64, 'o'), std::string(64, 'a')}, absl::FromUnixMicros(-62135596800'000'000)},
      {1, {".", "-"}, absl::FromUnixMicros(253402300799'999'999)},
  };
}

SearchCursor SmallSearchCursor() {
  SearchCursor cursor;
  cursor.doc_id_limit = 9;
  cursor.document_count = 8;
  cursor.total_length = 700;
  cursor.document_frequencies = {3};
  cursor.last_score = -0.1;
  cursor.last_published_micros = -1;
  cursor.last_key = {"018", "0000000042"};
  cursor.last_doc_id = 3;
  return cursor;
}

SearchCursor LargestSearchCursor() {
  SearchCursor cursor;
  cursor.doc_id_limit = UINT32_MAX;
  cursor.document_count = UINT64_MAX;
  cursor.total_length = UINT64_MAX;
  cursor.document_frequencies.assign(512, UINT64_MAX);
  cursor.last_score = std::numeric_limits<double>::max();
  cursor.last_published_micros = INT64_MIN;
  cursor.last_key = {std::string(64, 'o'), std::string(64, 'a')};
  cursor.last_doc_id = UINT32_MAX;
  return cursor;
}

TEST(CursorCodecTest, ASearchCursorComesBack) {
  for (const SearchCursor& cursor : {SearchCursor(), SmallSearchCursor(), LargestSearchCursor()}) {
    const auto decoded = DecodeSearchCursor(EncodeSearchCursor(cursor));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->doc_id_limit, cursor.doc_id_limit);
    EXPECT_EQ(decoded->document_count, cursor.document_count);
    EXPECT_EQ(decoded->total_length, cursor.total_length);
    EXPECT_EQ(decoded->document_frequencies, cursor.document_frequencies);
    EXPECT_EQ(decoded->last_score, cursor.last_score);
    EXPECT_EQ(decoded->last_published_micros, cursor.last_published_micros);
    EXPECT_EQ(decoded->last_key, cursor.last_key);
    EXPECT_EQ(decoded->last_doc_id, cursor.last_doc_id);
  }
}

TEST(CursorCodecTest, AnExportCursorComesBack) {
  for (const ExportCursor& cursor : ExportCursors()) {
    const auto decoded = DecodeExportCursor(EncodeExportCursor(cursor));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->as_of_sequence, cursor.as_of_sequence);
    EXPECT_EQ(decoded->last_key, cursor.last_key);
    EXPECT_EQ(decoded->last_published_at, cursor.last_published_at);
  }
}

TEST(CursorCodecTest, ARevisionCursorComesBack) {
  for (const uint32_t revision : {1u, 300u, UINT32_MAX}) {
    EXPECT_EQ(DecodeRevisionCursor(EncodeRevisionCursor(revision)), revision);
  }
}

TEST(CursorCodecTest, AClusterCursorComesBack) {
  for (const ClusterCursor& cursor : {ClusterCursor(), ClusterCursor{300, {2, -5, 7}},
                                      ClusterCursor{UINT64_MAX, {UINT64_MAX, INT64_MIN, UINT64_MAX}}}) {
    const auto decoded = DecodeClusterCursor(EncodeClusterCursor(cursor));
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->as_of_sequence, cursor.as_of_sequence);
    EXPECT_EQ(decoded->last.size, cursor.last.size);
    EXPECT_EQ(decoded->last.last_published, cursor.last.last_published);
    EXPECT_EQ(decoded->last.root, cursor.last.root);
  }
}

TEST(CursorCodecTest, AnythingShorterOrLongerIsRefused) {
  const std::string search = EncodeSearchCursor(LargestSearchCursor());
  for (size_t size = 0; size < search.size(); ++size) EXPECT_FALSE(DecodeSearchCursor(search.substr(0, size)));
  EXPECT_FALSE(DecodeSearchCursor(search + '\0'));
  for (const ExportCursor& cursor : ExportCursors()) {
    const std::string bytes = EncodeExportCursor(cursor);
    for (size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(DecodeExportCursor(bytes.substr(0, size)));
    EXPECT_FALSE(DecodeExportCursor(bytes + '\0'));
  }
  const std::string cluster = EncodeClusterCursor({300, {2, -5, 7}});
  for (size_t size = 0; size < cluster.size(); ++size) EXPECT_FALSE(DecodeClusterCursor(cluster.substr(0, size)));
  EXPECT_FALSE(DecodeClusterCursor(cluster + '\0'));
  EXPECT_FALSE(DecodeRevisionCursor(""));
  EXPECT_FALSE(DecodeRevisionCursor(EncodeRevisionCursor(300).substr(0, 1)));
  EXPECT_FALSE(DecodeRevisionCursor(EncodeRevisionCursor(300) + '\0'));
}

TEST(CursorCodecTest, AListLongerThanTheBytesIsRefused) {
  EXPECT_FALSE(DecodeSearchCursor("\x01\x01\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\x05"));
}

TEST(CursorCodecTest, ANumberThatIsTooLargeIsRefused) {
  EXPECT_FALSE(DecodeRevisionCursor("\x80\x80\x80\x80\x10"));  // 2^32
}

TEST(CursorCodecTest, RevisionZeroIsRefused) { EXPECT_FALSE(DecodeRevisionCursor(std::string(1, '\0'))); }

TEST(CursorCodecTest, AKeyThatNoArticleCanHaveIsRefused) {
  for (const ArticleKey& key : {ArticleKey{"a/b", "1"}, ArticleKey{"1", ""}, ArticleKey{"", "1"},
                                ArticleKey{std::string(65, 'o'), "1"}, ArticleKey{std::string(1, '\0'), "1"}}) {
    EXPECT_FALSE(DecodeExportCursor(EncodeExportCursor({1, key, std::nullopt}))) << key.ToString();
  }
}

}  // namespace
}  // namespace gisa
