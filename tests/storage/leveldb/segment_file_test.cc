#include "storage/leveldb/segment_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/leveldb/segment_writer.h"
#include "tests/support/temp_dir.h"
#include "tests/support/unsynced_loss_env.h"

namespace gisa {
namespace {

constexpr SegmentId kSegment = 12;

class SegmentFileTest : public ::testing::Test {
 protected:
  SegmentFileTest() { std::filesystem::create_directories(std::string(dir_ / "index")); }

  std::string Dir() const { return dir_ / "index"; }
  std::string Path() const { return SegmentFile::PathOf(Dir(), kSegment); }

  std::unique_ptr<SegmentWriter> NewWriter() {
    absl::StatusOr<std::unique_ptr<SegmentWriter>> writer = SegmentWriter::Create(&env_, Dir(), kSegment);
    EXPECT_TRUE(writer.ok()) << writer.status();
    return *std::move(writer);
  }

  // A segment of one document with a few thousand terms, and pieces beside the last.
  std::shared_ptr<const SegmentFile> Write() {
    const std::unique_ptr<SegmentWriter> writer = NewWriter();
    for (int i = 1000; i < 5000; ++i) {
      EXPECT_TRUE(writer->AddPostings(absl::StrCat("t", i), absl::StrCat("postings ", i)).ok());
    }
    EncodedChunk chunk;
    chunk.postings = "postings of many";
    chunk.occurrences = "firstsecond";
    chunk.occurrence_ends = {5, 11};
    EXPECT_TRUE(writer->AddChunk("t가나", chunk).ok());
    EXPECT_TRUE(writer->AddTrigramScope(TrigramScope()).ok());
    DocTable table;
    DocValues values;
    values.length = 77;
    table.Add(5, values);
    absl::StatusOr<std::shared_ptr<const SegmentFile>> file = writer->Finish({5}, table);
    EXPECT_TRUE(file.ok()) << file.status();
    return *std::move(file);
  }

  const TempDir dir_;
  UnsyncedLossEnv env_;
};

TEST_F(SegmentFileTest, FindsWhatWasWritten) {
  Write();
  const auto file = SegmentFile::Open(Dir(), kSegment);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ((*file)->id(), kSegment);
  EXPECT_EQ((*file)->Find(IndexKey::OfPostings(kSegment, "t1000"))->value(), "postings 1000");
  EXPECT_EQ((*file)->Find(IndexKey::OfPostings(kSegment, "t4999"))->value(), "postings 4999");
  EXPECT_EQ(*(*file)->Get(IndexKey::OfPostings(kSegment, "t가나")), "postings of many");
  EXPECT_EQ(*(*file)->Get(IndexKey::OfOccurrences(kSegment, "t가나", 0)), "first");
  EXPECT_EQ(*(*file)->Get(IndexKey::OfOccurrences(kSegment, "t가나", 1)), "second");
  EXPECT_TRUE((*file)->Find(IndexKey::OfSecondCharacter(kSegment, "나"))->has_value());
  std::vector<DocId> docs;
  ASSERT_TRUE((*file)
                  ->ReadValues([&docs](DocId doc, const DocValues& values) {
                    docs.push_back(doc);
                    EXPECT_EQ(values.length, 77u);
                  })
                  .ok());
  EXPECT_EQ(docs, std::vector<DocId>{5});
}

TEST_F(SegmentFileTest, SaysWhenATermIsNotThere) {
  const auto file = Write();
  for (const char* term : {"t", "t0", "t10000", "t2500a", "t5000", "t가", "t가나다", "t하하"}) {
    EXPECT_EQ(*file->Find(IndexKey::OfPostings(kSegment, term)), std::nullopt) << term;
  }
  EXPECT_EQ(ErrorReason(file->Get(IndexKey::OfOccurrences(kSegment, "t가나", 2)).status()), "DATA_CORRUPTED");
}

TEST_F(SegmentFileTest, IsReadAfterItWasRemoved) {
  const auto file = Write();
  ASSERT_TRUE(std::filesystem::remove(Path()));
  EXPECT_EQ(file->Find(IndexKey::OfPostings(kSegment, "t1000"))->value(), "postings 1000");
  EXPECT_EQ(ErrorReason(SegmentFile::Open(Dir(), kSegment).status()), "DATA_CORRUPTED");
}

TEST_F(SegmentFileTest, IsOnTheDiskOnceItIsFinished) {
  Write();
  env_.CutPower();
  env_.RestorePower();
  const auto file = SegmentFile::Open(Dir(), kSegment);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ((*file)->Find(IndexKey::OfPostings(kSegment, "t4999"))->value(), "postings 4999");
}

TEST_F(SegmentFileTest, LeavesNothingWhenItIsGivenUp) {
  std::unique_ptr<SegmentWriter> writer = NewWriter();
  ASSERT_TRUE(writer->AddPostings("t가나", "postings").ok());
  EXPECT_TRUE(std::filesystem::exists(Path()));
  writer.reset();
  EXPECT_FALSE(std::filesystem::exists(Path()));
}

TEST_F(SegmentFileTest, AFileThatIsCutShortIsDamaged) {
  Write();
  const auto size = std::filesystem::file_size(Path());
  for (const auto left : {size - 1, size / 2, size_t{10}, size_t{0}}) {
    std::filesystem::resize_file(Path(), left);
    EXPECT_EQ(ErrorReason(SegmentFile::Open(Dir(), kSegment).status()), "DATA_CORRUPTED") << left;
  }
}

TEST(SegmentFileNameTest, TellsSegmentsFromOtherFiles) {
  EXPECT_EQ(SegmentFile::IdOf("000012.segment"), 12u);
  EXPECT_EQ(SegmentFile::IdOf("4294967295.segment"), 4294967295u);
  for (const char* name : {"000012.ldb", "LOCK", "segment", ".segment", "12.segment.old", "a.segment"}) {
    EXPECT_EQ(SegmentFile::IdOf(name), std::nullopt) << name;
  }
}

}  // namespace
}  // namespace gisa
