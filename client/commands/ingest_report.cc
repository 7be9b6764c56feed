#include "client/commands/ingest_report.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/display_text.h"
#include "client/commands/quantity.h"

namespace gisa {
namespace {

std::string ResultText(const v1::IngestResult& result) {
  const std::string key = KeyText(result.key());
  const std::string canonical = KeyText(result.canonical());
  const std::string copy = canonical == key ? "" : absl::StrCat(" (same body as ", canonical, ")");
  switch (result.outcome()) {
    case v1::OUTCOME_CREATED:
      return absl::StrCat("created    ", key);
    case v1::OUTCOME_DUPLICATE:
      return absl::StrCat("duplicate  ", key, copy);
    case v1::OUTCOME_UNCHANGED:
      return absl::StrCat("unchanged  ", key);
    case v1::OUTCOME_REVISED:
      return absl::StrCat("revised    ", key, ", revision ", result.revision(), copy);
    default:
      return absl::StrCat("stored     ", key);
  }
}

}  // namespace

IngestReport::IngestReport(Console* console, const ArticleReader* reader, Options options)
    : console_(*console), reader_(*reader), options_(options), progress_(console, options.quiet || options.verbose) {}

void IngestReport::Rejected(const std::string& source, const absl::Status& reason) {
  absl::MutexLock lock(&mutex_);
  Reject(source, reason);
}

void IngestReport::Sent(std::string source) {
  absl::MutexLock lock(&mutex_);
  sent_.push_back(std::move(source));
}

void IngestReport::Answered(const absl::StatusOr<v1::IngestResult>& answer) {
  absl::MutexLock lock(&mutex_);
  const std::string source = std::move(sent_.front());
  sent_.pop_front();
  if (!answer.ok()) return Reject(source, answer.status());
  switch (answer->outcome()) {
    case v1::OUTCOME_DUPLICATE:
      ++duplicate_;
      break;
    case v1::OUTCOME_UNCHANGED:
      ++unchanged_;
      break;
    case v1::OUTCOME_REVISED:
      ++revised_;
      break;
    default:
      ++created_;
  }
  if (options_.verbose) PrintLine(absl::StrCat(ResultText(*answer), "  ", OneLine(source)));
  UpdateProgress();
}

void IngestReport::Reject(const std::string& source, const absl::Status& reason) {
  ++rejected_;
  if (options_.keep_failures) {
    failures_.push_back({{"source", source}, {"reason", std::string(reason.message())}});
  }
  PrintLine(absl::StrCat(console_.StyledError(Style::kRed, OneLine(source)), ": ", OneLine(reason.message())));
  UpdateProgress();
}

void IngestReport::UpdateProgress() {
  const ReadProgress read = reader_.Progress();
  progress_.Update({.articles = created_ + duplicate_ + unchanged_ + revised_,
                    .failures = rejected_,
                    .bytes_read = read.bytes_read,
                    .bytes_total = read.bytes_total,
                    .elapsed = absl::ZeroDuration()});
}

void IngestReport::PrintLine(const std::string& line) {
  progress_.Clear();
  console_.PrintError(absl::StrCat(line, "\n"));
}

void IngestReport::EndProgress() {
  absl::MutexLock lock(&mutex_);
  progress_.Clear();
}

uint64_t IngestReport::rejected() const {
  absl::MutexLock lock(&mutex_);
  return rejected_;
}

uint64_t IngestReport::unanswered() const {
  absl::MutexLock lock(&mutex_);
  return sent_.size();
}

std::string IngestReport::Summary() const {
  absl::MutexLock lock(&mutex_);
  return absl::StrCat("created ", CountText(created_), ", duplicate ", CountText(duplicate_), ", unchanged ",
                      CountText(unchanged_), ", revised ", CountText(revised_), ", rejected ", CountText(rejected_));
}

nlohmann::ordered_json IngestReport::Json() const {
  absl::MutexLock lock(&mutex_);
  return {{"created", created_}, {"duplicate", duplicate_}, {"unchanged", unchanged_},
          {"revised", revised_}, {"rejected", rejected_},   {"failures", failures_}};
}

}  // namespace gisa
