#include "client/article_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "client/article_fields.h"
#include "client/input_files.h"
#include "client/line_reader.h"
#include "client/white_space.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

constexpr size_t kMaxFileBytes = 64 << 20;
constexpr size_t kMaxLineBytes = 64 << 20;

// Turns an error of LineReader into one for users.
absl::Status ReadError(const absl::Status& status) {
  if (absl::IsOutOfRange(status)) return InvalidArticleFile(status.message());
  return MakeError(status.code(), "UNREADABLE_INPUT", status.message());
}

}  // namespace

ArticleReader::ArticleReader(std::vector<std::string> paths, ArticleFileZones zones, int standard_input)
    : paths_(std::move(paths)), zones_(std::move(zones)), standard_input_(standard_input) {}

void ArticleReader::ReadAll(Visitor visit) {
  const std::vector<InputFile> inputs = FindInputFiles(paths_);
  uint64_t total = 0;
  bool is_known = true;
  for (const InputFile& input : inputs) {
    total += input.size;
    is_known = is_known && input.kind == InputFile::Kind::kFile;
  }
  if (is_known) bytes_total_.store(total, std::memory_order_relaxed);

  uint64_t done = 0;
  for (const InputFile& input : inputs) {
    if (!ReadInput(input, visit)) return;
    done += input.size;
    // Whatever could be read of it: files that cannot be opened, or that grow meanwhile, count by their listed size.
    if (is_known) bytes_read_.store(done, std::memory_order_relaxed);
  }
}

ReadProgress ArticleReader::Progress() const {
  return {bytes_read_.load(std::memory_order_relaxed), bytes_total_.load(std::memory_order_relaxed)};
}

bool ArticleReader::ReadInput(const InputFile& input, Visitor visit) {
  if (!input.status.ok()) return visit({input.path, input.status});
  if (input.kind == InputFile::Kind::kStandardInput) return ReadOpenFile(input, standard_input_, visit);
  const int fd = open(input.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return visit({input.path, UnreadableInput(errno, "cannot open")});
  const auto closer = absl::MakeCleanup([fd] { close(fd); });
  return ReadOpenFile(input, fd, visit);
}

bool ArticleReader::ReadOpenFile(const InputFile& input, int fd, Visitor visit) {
  LineReader reader(fd, kMaxLineBytes, &bytes_read_);
  if (HasJsonLinesName(input.path)) return ReadJsonLines(input, reader, visit);
  const absl::StatusOr<std::optional<char>> first = reader.PeekNonBlank();
  if (!first.ok()) return visit({input.path, ReadError(first.status())});
  if (*first == '{') return ReadJsonLines(input, reader, visit);
  // Nothing on standard input is no articles, but a file without anything was meant to be one.
  if (!first->has_value() && input.kind != InputFile::Kind::kFile) return true;
  const absl::StatusOr<std::string> contents = reader.ReadRest(kMaxFileBytes);
  if (!contents.ok()) return visit({input.path, ReadError(contents.status())});
  return visit({input.path, ParseArticleFile(*contents, zones_)});
}

bool ArticleReader::ReadJsonLines(const InputFile& input, LineReader& reader, Visitor visit) {
  std::string line;
  for (uint64_t number = 1;; ++number) {
    const std::string source = absl::StrCat(input.path, ":", number);
    const absl::StatusOr<bool> more = reader.ReadLine(line);
    if (!more.ok()) {
      if (!visit({source, ReadError(more.status())})) return false;
      if (absl::IsOutOfRange(more.status())) continue;
      return true;
    }
    if (!*more) return true;
    if (StripWhiteSpace(line).empty()) continue;
    if (!visit({source, ParseArticleJson(line, zones_)})) return false;
  }
}

}  // namespace gisa
