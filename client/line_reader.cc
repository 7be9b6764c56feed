#include "client/line_reader.h"

#include <unistd.h>

#include <cerrno>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr size_t kReadBytes = 256 << 10;
constexpr absl::string_view kBlanks = " \t\r\n";
constexpr absl::string_view kByteOrderMark = "\ufeff";

}  // namespace

absl::StatusOr<bool> LineReader::Fill() {
  buffer_.erase(0, position_);
  position_ = 0;
  const size_t old_size = buffer_.size();
  buffer_.resize(old_size + kReadBytes);
  ssize_t count;
  do {
    count = read(fd_, &buffer_[old_size], kReadBytes);
  } while (count < 0 && errno == EINTR);
  const int error = errno;
  buffer_.resize(old_size + (count > 0 ? count : 0));
  if (count < 0) return absl::ErrnoToStatus(error, "cannot read");
  bytes_read_->fetch_add(count, std::memory_order_relaxed);
  return count > 0;
}

absl::StatusOr<std::optional<char>> LineReader::PeekNonBlank() {
  size_t blank = 0;  // how many bytes behind position_ are known to be
  bool at_end = false;
  while (true) {
    const absl::string_view left = absl::string_view(buffer_).substr(position_);
    // A mark cut short cannot be told from text before more was read.
    const bool may_be_mark = left.size() < kByteOrderMark.size() && absl::StartsWith(kByteOrderMark, left);
    if (!may_be_mark || at_end) {
      if (blank == 0 && absl::StartsWith(left, kByteOrderMark)) blank = kByteOrderMark.size();
      const size_t found = left.find_first_not_of(kBlanks, blank);
      if (found != left.npos) return left[found];
      blank = left.size();
    }
    if (at_end || blank > max_line_bytes_) return std::nullopt;
    ASSIGN_OR_RETURN(const bool more, Fill());
    at_end = !more;
  }
}

absl::StatusOr<bool> LineReader::ReadLine(std::string& line) {
  size_t searched = 0;  // bytes behind position_ that hold no newline
  bool too_long = false;
  while (true) {
    const size_t newline = buffer_.find('\n', position_ + searched);
    const bool found = newline != buffer_.npos;
    const size_t length = (found ? newline : buffer_.size()) - position_;
    too_long = too_long || length > max_line_bytes_;
    bool at_end = false;
    if (!found) {
      searched = length;
      if (too_long) {
        position_ = buffer_.size();  // drop it, but go on to its end
        searched = 0;
      }
      ASSIGN_OR_RETURN(const bool more, Fill());
      if (more) continue;
      at_end = true;
    }
    if (too_long) {
      position_ = found ? newline + 1 : buffer_.size();
      return absl::OutOfRangeError(absl::StrCat("the line is longer than ", max_line_bytes_, " bytes"));
    }
    if (at_end && position_ == buffer_.size()) return false;
    line.assign(buffer_, position_, length);
    position_ = found ? newline + 1 : buffer_.size();
    if (absl::EndsWith(line, "\r")) line.pop_back();
    return true;
  }
}

absl::StatusOr<std::string> LineReader::ReadRest(size_t max_bytes) {
  while (buffer_.size() - position_ <= max_bytes) {
    ASSIGN_OR_RETURN(const bool more, Fill());
    if (more) continue;
    std::string rest = buffer_.substr(position_);
    buffer_.clear();
    position_ = 0;
    return rest;
  }
  return absl::OutOfRangeError(absl::StrCat("longer than ", max_bytes, " bytes"));
}

}  // namespace gisa
