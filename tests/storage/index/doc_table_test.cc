#include "storage/index/doc_table.h"

#include <gtest/gtest.h>

#include "storage/index/doc_bitmap.h"

namespace gisa {
namespace {

TEST(DocTableTest, HoldsTheValuesOfItsDocuments) {
  DocTable table;
  EXPECT_FALSE(table.Contains(1));
  for (const DocId doc : {1u, 2u, 4095u, 4096u, 1000000u})
    table.Add(doc, {-static_cast<int64_t>(doc), doc + 1, doc + 2});
  for (const DocId doc : {1u, 2u, 4095u, 4096u, 1000000u}) {
    ASSERT_TRUE(table.Contains(doc));
    EXPECT_EQ(table.published_micros(doc), -static_cast<int64_t>(doc));
    EXPECT_EQ(table.length(doc), doc + 1);
    EXPECT_EQ(table.title_length(doc), doc + 2);
  }
  for (const DocId doc : {0u, 3u, 4097u, 500000u, 2000000u}) EXPECT_FALSE(table.Contains(doc));
}

TEST(DocTableTest, ACopyKeepsWhatItHad) {
  DocTable table;
  table.Add(1, {7, 8, 9});
  const DocTable copy = table;
  table.Add(100000, {1, 2, 3});
  EXPECT_TRUE(copy.Contains(1));
  EXPECT_FALSE(copy.Contains(100000));
}

TEST(DocBitmapTest, ACopyDoesNotSeeWhatIsAddedLater) {
  DocBitmap bitmap;
  bitmap.Add({1, 64, 5000});
  const DocBitmap copy = bitmap;
  bitmap.Add({2, 65, 5001, 100000});
  bitmap.Add({});
  for (const DocId doc : {1u, 64u, 5000u}) EXPECT_TRUE(copy.Contains(doc) && bitmap.Contains(doc));
  for (const DocId doc : {2u, 65u, 5001u, 100000u}) EXPECT_TRUE(!copy.Contains(doc) && bitmap.Contains(doc));
  for (const DocId doc : {0u, 3u, 63u, 4999u, kMaxDocId}) EXPECT_FALSE(bitmap.Contains(doc));
}

}  // namespace
}  // namespace gisa
