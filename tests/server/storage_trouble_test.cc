// What clients are told when the disk is full, broken, or holds something else than was written.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

class StorageTroubleTest : public ServerFixture {
 protected:
  // Text that compresses badly.
  static std::string Noise(size_t bytes) {
    std::minstd_rand random(bytes);
    std::string noise(bytes, ' ');
    for (char& c : noise) c = static_cast<char>(' ' + random() % 95);
    return noise;
  }

  // Changes a byte in the middle of the largest table of the records.
  void DamageLargestTable() const {
    std::filesystem::path largest;
    for (const auto& entry : std::filesystem::directory_iterator(archive_options_.dir + "/records")) {
      if (entry.path().extension() != ".ldb") continue;
      if (largest.empty() || entry.file_size() > std::filesystem::file_size(largest)) largest = entry.path();
    }
    ASSERT_FALSE(largest.empty());
    const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(largest) / 2);
    std::fstream file(largest, std::ios::in | std::ios::out | std::ios::binary);
    const char byte = static_cast<char>(file.seekg(middle).get());
    file.seekp(middle).put(static_cast<char>(byte ^ 0x40));
    ASSERT_TRUE(file.good());
  }
};

TEST_F(StorageTroubleTest, AFullDiskIsSaidAndReadsGoOn) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  env_.FailWrites("No space left on device");
  EXPECT_THAT(Ingest(ApiArticle("2", "둘째.")).status, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "DISK_FULL"));
  EXPECT_THAT(Delete("101", "1").status, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "DISK_FULL"));
  EXPECT_THAT(Get("101", "2").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"));
  EXPECT_THAT(Get("101", "1").status, IsOk());
  EXPECT_EQ(Search("대전")->hits_size(), 1);
}

TEST_F(StorageTroubleTest, AFailedWriteIsSaidAndReadsGoOn) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  env_.FailWrites("Input/output error");
  EXPECT_THAT(Ingest(ApiArticle("2", "둘째.")).status, IsError(grpc::StatusCode::UNAVAILABLE, "STORAGE_WRITE_FAILED"));
  EXPECT_THAT(Delete("101", "1").status, IsError(grpc::StatusCode::UNAVAILABLE, "STORAGE_WRITE_FAILED"));
  EXPECT_THAT(Get("101", "1").status, IsOk());
}

TEST_F(StorageTroubleTest, AFailedWriteIsTheAnswerToEachItemOfAStream) {
  server();
  env_.FailWrites("Input/output error");
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  for (const char* aid : {"1", "2"}) {
    v1::IngestStreamRequest request;
    *request.mutable_article() = ApiArticle(aid, aid);
    stream->Write(request);
    v1::IngestStreamResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_THAT(response.status(), IsError(grpc::StatusCode::UNAVAILABLE, "STORAGE_WRITE_FAILED"));
  }
  stream->WritesDone();
  EXPECT_THAT(stream->Finish(), IsOk());
  EXPECT_TRUE(server().Shutdown().ok());
  const auto lines = log_.Messages("call");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["level"], "warning");
  EXPECT_EQ(lines[0]["item_errors"], 2);
}

TEST_F(StorageTroubleTest, ADamagedRecordIsSaidAndOthersAreRead) {
  // Bodies so large that each ends a block of LevelDB's table, and between the articles' own records several blocks.
  std::vector<v1::Article> articles = {ApiArticle("0", Noise(100'000)), ApiArticle("9", Noise(600'000))};
  for (int i = 100; i < 200; ++i) articles.push_back(ApiArticle(absl::StrCat(i), absl::StrCat("본문 ", i)));
  IngestAll(articles);
  Restart();  // moves the records from LevelDB's log into a table
  ASSERT_TRUE(server().Shutdown().ok());
  server_.reset();
  DamageLargestTable();
  const absl::Status started = TryStart();
  ASSERT_TRUE(started.ok()) << started;

  const grpc::Status status = Get("101", "9").status;
  EXPECT_THAT(status, IsError(grpc::StatusCode::INTERNAL, "DATA_CORRUPTED"));
  EXPECT_THAT(status.error_message(), testing::HasSubstr(".ldb")) << "it names the file";
  EXPECT_THAT(Get("101", "0").status, IsOk());
}

}  // namespace
}  // namespace gisa
