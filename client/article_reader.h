#ifndef GISA_CLIENT_ARTICLE_READER_H_
#define GISA_CLIENT_ARTICLE_READER_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/article_file.h"

namespace gisa {

class LineReader;
struct InputFile;

// One article of an input, or why it could not be read.
struct ReadArticle {
  std::string source;  // `path`, `path:line` for JSON Lines, `-` and `-:line` for standard input
  absl::StatusOr<v1::Article> article;
};

// How far reading is.
struct ReadProgress {
  uint64_t bytes_read = 0;
  uint64_t bytes_total = 0;  // 0 while unknown, as with standard input
};

// Reads articles from files (crawled `.md` files; JSON Lines by the ending .jsonl or .ndjson or a first character `{`),
// whole folders (recursively, in name order, `.md` `.jsonl` `.ndjson` only, hidden entries left out) and `-`, standard
// input. Calls `visit` for each article or unreadable input, in order, until it returns false; one bad input stops
// nothing else. Holds one file or line in memory at a time; files over 64 MiB that are not JSON Lines, and lines over
// 64 MiB, are errors. An input that cannot be read has the code of the system's error and the reason UNREADABLE_INPUT.
class ArticleReader {
 public:
  // Reads `-` from the open descriptor `standard_input`.
  ArticleReader(std::vector<std::string> paths, ArticleFileZones zones, int standard_input = 0);

  // May be called once.
  void ReadAll(absl::FunctionRef<bool(ReadArticle)> visit);

  // May be called from `visit` and from other threads.
  ReadProgress Progress() const;

 private:
  using Visitor = absl::FunctionRef<bool(ReadArticle)>;

  // These return what `visit` did last: false ends all reading.
  bool ReadInput(const InputFile& input, Visitor visit);
  bool ReadOpenFile(const InputFile& input, int fd, Visitor visit);
  bool ReadJsonLines(const InputFile& input, LineReader& reader, Visitor visit);

  const std::vector<std::string> paths_;
  const ArticleFileZones zones_;
  const int standard_input_;

  std::atomic<uint64_t> bytes_read_ = 0;
  std::atomic<uint64_t> bytes_total_ = 0;
};

}  // namespace gisa

#endif  // GISA_CLIENT_ARTICLE_READER_H_
