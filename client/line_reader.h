#ifndef GISA_CLIENT_LINE_READER_H_
#define GISA_CLIENT_LINE_READER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gisa {

// Reads an open file descriptor, which it does not own, line by line or to its end. Holds one line, or what was asked
// for, in memory. Not thread-safe.
class LineReader {
 public:
  // Counts what it reads in `bytes_read`.
  LineReader(int fd, size_t max_line_bytes, std::atomic<uint64_t>* bytes_read)
      : fd_(fd), max_line_bytes_(max_line_bytes), bytes_read_(bytes_read) {}

  // Returns the first byte that is no blank, line end or byte order mark, and takes nothing; nullopt when there is none
  // in what is left, or in as much of it as a line may have.
  absl::StatusOr<std::optional<char>> PeekNonBlank();

  // Reads the next line, without its line end, into `line`. False at the end.
  // OUT_OF_RANGE: the line was too long, and was skipped. Other errors are the system's, and final.
  absl::StatusOr<bool> ReadLine(std::string& line);

  // Reads all that is left. OUT_OF_RANGE when it is more than `max_bytes`.
  absl::StatusOr<std::string> ReadRest(size_t max_bytes);

 private:
  // Reads more to the end of `buffer_`. False at the end of the file.
  absl::StatusOr<bool> Fill();

  const int fd_;
  const size_t max_line_bytes_;
  std::atomic<uint64_t>* const bytes_read_;
  std::string buffer_;   // what was read
  size_t position_ = 0;  // of the first byte in it that was not taken
};

}  // namespace gisa

#endif  // GISA_CLIENT_LINE_READER_H_
