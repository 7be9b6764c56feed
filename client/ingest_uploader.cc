#include "client/ingest_uploader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "client/rpc_status.h"
#include "proto/wire/article_message.h"
#include "storage/base/errors.h"

namespace gisa {

IngestUploader::IngestUploader(ArchiveClient* client, IngestUploaderOptions options, AnswerCallback on_answer)
    : client_(client), options_(options), on_answer_(std::move(on_answer)), last_answer_(absl::Now()), sender_([this] {
        Run();
      }) {}

IngestUploader::~IngestUploader() {
  {
    absl::MutexLock lock(&mutex_);
    finishing_ = true;
    if (!IsIdle()) Fail(absl::CancelledError("the upload was given up"));
  }
  sender_.join();
}

absl::Status IngestUploader::Add(v1::Article article) {
  v1::IngestStreamRequest options;
  options.set_undelete(options_.undelete);
  options.set_find_near_duplicates(options_.find_near_duplicates);
  Item item;
  item.key = absl::StrCat(article.oid(), "/", article.aid());
  const size_t body_bytes = article.body().size();
  item.request = SerializeWithArticle(v1::IngestStreamRequest::kArticleFieldNumber, std::move(article), options);
  item.bytes = item.request.Length();
  if (absl::Status sizes = CheckSizes(body_bytes, item.bytes); !sizes.ok()) {
    item.answer = std::move(sizes);
    item.state = State::kAnswered;
    item.request.Clear();
    item.bytes = 0;
  }
  {
    absl::MutexLock lock(&mutex_);
    WaitFor(absl::Condition(this, &IngestUploader::HasRoom));
    if (!status_.ok()) return status_;
    if (items_.empty()) last_answer_ = absl::Now();  // time spent idle does not count against the server
    bytes_in_flight_ += item.bytes;
    items_.push_back(std::move(item));
    SkipToWaiting();
  }
  Deliver();
  return absl::OkStatus();
}

absl::Status IngestUploader::Finish() {
  absl::MutexLock lock(&mutex_);
  finishing_ = true;
  WaitFor(absl::Condition(this, &IngestUploader::IsIdle));
  return status_;
}

absl::Status IngestUploader::CheckSizes(size_t body_bytes, size_t bytes) const {
  if (options_.max_body_bytes > 0 && body_bytes > options_.max_body_bytes) {
    return InvalidFieldsError(
        "INVALID_ARTICLE",
        {{"article.body", absl::StrCat(body_bytes, " bytes; expected at most ", options_.max_body_bytes)}});
  }
  if (options_.max_message_bytes > 0 && bytes > options_.max_message_bytes) {
    return InvalidFieldsError(
        "INVALID_ARTICLE",
        {{"article", absl::StrCat(bytes, " bytes in all; expected at most ", options_.max_message_bytes)}});
  }
  return absl::OkStatus();
}

void IngestUploader::WaitFor(const absl::Condition& done) {
  while (!mutex_.AwaitWithDeadline(done, items_.empty() ? absl::InfiniteFuture() : last_answer_ + options_.patience)) {
    if (items_.empty() || absl::Now() < last_answer_ + options_.patience) continue;  // an answer came meanwhile
    Fail(absl::DeadlineExceededError(absl::StrCat("gisad at ", client_->options().address, " answered nothing for ",
                                                  absl::FormatDuration(options_.patience))));
  }
}

void IngestUploader::Fail(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
  if (context_ != nullptr) context_->TryCancel();
}

void IngestUploader::SkipToWaiting() {
  while (next_to_send_ < end_index() && At(next_to_send_).state != State::kWaiting) ++next_to_send_;
}

void IngestUploader::SendAgainWhatIsUnanswered() {
  sent_.clear();
  sent_keys_.clear();
  for (Item& item : items_) {
    if (item.state == State::kSent) item.state = State::kWaiting;
  }
  next_to_send_ = first_index_;
  SkipToWaiting();
}

bool IngestUploader::HasRoom() const {
  if (!status_.ok() || items_.empty()) return true;
  return items_.size() < options_.max_items_in_flight && bytes_in_flight_ < options_.max_bytes_in_flight;
}

bool IngestUploader::IsIdle() const { return !status_.ok() || (items_.empty() && !delivering_); }

bool IngestUploader::HasWork() const { return !status_.ok() || finishing_ || next_to_send_ < end_index(); }

bool IngestUploader::CanSend() const {
  return next_to_send_ < end_index() && !sent_keys_.contains(At(next_to_send_).key);
}

bool IngestUploader::CanStep() const {
  return CanSend() || stream_over_ || !status_.ok() || (finishing_ && items_.empty());
}

void IngestUploader::Run() {
  Backoff backoff(client_->options().retry);
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &IngestUploader::HasWork));
      if (!status_.ok() || (finishing_ && items_.empty())) return;
    }
    const absl::Status status = RunStream();
    absl::MutexLock lock(&mutex_);
    if (!status_.ok()) return;
    if (answered_since_open_) backoff.Reset();
    if (items_.empty()) continue;  // nothing hangs on how an idle stream ended
    if (!status.ok() && (!IsRetriable(status) || absl::Now() >= last_answer_ + options_.patience)) {
      Fail(status);
      return;
    }
    // Sleeps, but wakes up when the upload is given up.
    const auto failed = [](absl::Status* upload) { return !upload->ok(); };
    mutex_.AwaitWithTimeout(absl::Condition(+failed, &status_), backoff.Next(status));
  }
}

absl::Status IngestUploader::RunStream() {
  grpc::ClientContext context;
  {
    absl::MutexLock lock(&mutex_);
    if (!status_.ok()) return status_;
    context_ = &context;
    stream_over_ = false;
    answered_since_open_ = false;
  }
  const std::unique_ptr<Stream> stream = client_->OpenIngestStream(&context);
  std::thread receiver([this, &stream] { Receive(stream.get()); });
  Send(stream.get());
  receiver.join();
  const grpc::Status status = stream->Finish();
  absl::MutexLock lock(&mutex_);
  context_ = nullptr;
  SendAgainWhatIsUnanswered();
  return client_->ToStatus(status);
}

void IngestUploader::Send(Stream* stream) {
  while (true) {
    const Step step = NextStep();
    if (!step.request.has_value()) break;
    grpc::WriteOptions options;
    if (step.more_follow) options.set_buffer_hint();
    if (!stream->Write(*step.request, options)) return;  // broken; Finish tells why
  }
  stream->WritesDone();
}

IngestUploader::Step IngestUploader::NextStep() {
  absl::MutexLock lock(&mutex_);
  while (true) {
    mutex_.Await(absl::Condition(this, &IngestUploader::CanStep));
    if (stream_over_ || !status_.ok() || !CanSend()) return {};
    if (absl::Now() >= pause_until_) break;
    const auto over = [](bool* stream_over) { return *stream_over; };
    mutex_.AwaitWithDeadline(absl::Condition(+over, &stream_over_), pause_until_);
  }
  Item& item = At(next_to_send_);
  item.state = State::kSent;
  sent_.push_back(next_to_send_);
  sent_keys_.insert(item.key);
  SkipToWaiting();
  return {item.request, CanSend()};
}

void IngestUploader::Receive(Stream* stream) {
  v1::IngestStreamResponse response;
  while (stream->Read(&response)) {
    HandleResponse(std::move(response));
    Deliver();
  }
  absl::MutexLock lock(&mutex_);
  stream_over_ = true;
}

void IngestUploader::HandleResponse(v1::IngestStreamResponse response) {
  absl::MutexLock lock(&mutex_);
  if (response.has_draining()) {
    stream_over_ = true;  // what was accepted is still answered
    return;
  }
  if (sent_.empty()) return;  // an answer to nothing: not for us to judge
  const uint64_t index = sent_.front();
  sent_.pop_front();
  Item& item = At(index);
  sent_keys_.erase(item.key);
  if (response.has_backoff()) {
    item.state = State::kWaiting;
    next_to_send_ = std::min(next_to_send_, index);
    pause_until_ = absl::Now() + absl::Milliseconds(response.backoff().delay_millis());
    return;
  }
  last_answer_ = absl::Now();
  answered_since_open_ = true;
  item.state = State::kAnswered;
  if (response.has_result()) {
    item.answer = std::move(*response.mutable_result());
  } else {
    item.answer = StatusFromRpc(response.status());
    // An answer that says neither is from a server that is not ours.
    if (item.answer.status().ok()) item.answer = absl::InternalError("the server's answer holds no result");
  }
}

void IngestUploader::Deliver() {
  absl::MutexLock lock(&mutex_);
  if (delivering_) return;
  delivering_ = true;
  while (!items_.empty() && items_.front().state == State::kAnswered) {
    const uint64_t index = first_index_;
    absl::StatusOr<v1::IngestResult> answer = std::move(items_.front().answer);
    bytes_in_flight_ -= items_.front().bytes;
    items_.pop_front();
    ++first_index_;
    mutex_.Unlock();
    on_answer_(index, std::move(answer));
    mutex_.Lock();
  }
  delivering_ = false;
}

}  // namespace gisa
