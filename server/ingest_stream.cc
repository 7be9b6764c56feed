#include "server/ingest_stream.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gisa/v1/archive_service.pb.h"
#include "server/article_request.h"
#include "server/call_scope.h"
#include "server/convert.h"
#include "server/grpc_status.h"
#include "server/message_parser.h"
#include "server/validate.h"
#include "server/write_hints.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

using Wire = grpc::ByteBuffer;

// How far a stream is read ahead of its answers. Beyond it nothing is read, and HTTP/2 flow control holds the client.
struct ReadAhead {
  size_t bytes = 0;  // at most so many, but for the last item
  size_t items = 0;
};
constexpr ReadAhead kReadAhead = {4 << 20, 1024};
constexpr ReadAhead kScarceReadAhead = {128 << 10, 32};  // when memory is scarce
// What an item takes until its answer is sent, beside the message itself.
constexpr size_t kItemBytes = 512;
// How many items of a stream are prepared before it is the turn of another stream.
constexpr size_t kItemsPerTurn = 16;
// How many of them are read before they are prepared: two turns, so that one can be read during the other. More would
// only take memory from other calls.
constexpr ReadAhead kUnprepared = {128 << 10, 2 * kItemsPerTurn};
constexpr absl::string_view kQueueFull = "INGEST_QUEUE_FULL";
constexpr absl::Duration kDefaultBackoff = absl::Milliseconds(100);

// The answer to item `index`. A full queue is the one error that is about the server and not about the item: it asks
// for the item again, a little later.
v1::IngestStreamResponse Answer(uint64_t index, const absl::StatusOr<IngestResult>& result) {
  v1::IngestStreamResponse response;
  response.set_index(index);
  if (result.ok()) {
    ToProto(*result, response.mutable_result());
  } else if (ErrorReason(result.status()) == kQueueFull) {
    const absl::Duration delay = ErrorRetryDelay(result.status()).value_or(kDefaultBackoff);
    response.mutable_backoff()->set_delay_millis(static_cast<uint32_t>(absl::ToInt64Milliseconds(delay)));
  } else {
    *response.mutable_status() = ToRpcStatus(result.status());
  }
  return response;
}

// Reads items one after the other, has each prepared and handed to the archive at once, and writes the answers in the
// order of the items as they come in.
//
// Events arrive on gRPC's threads (OnReadDone, OnWriteDone, OnCancel), on the archive's committer (OnAnswer), on those
// that prepare and on the thread that drains. Each notes what it brings under the mutex; then Advance starts the reads
// and writes that have become possible, outside the mutex, so that the committer never waits for a socket. The call is
// finished when nothing is left to answer and nobody is inside Advance; only thereafter does gRPC delete it.
class IngestStream final : public grpc::ServerBidiReactor<Wire, Wire>, private Drainable, private MemoryBudget::Waiter {
 public:
  IngestStream(ServiceCore* core, const grpc::CallbackServerContext& context)
      : core_(core), context_(context), scope_(core, "IngestStream", context) {
    const absl::Status admission = scope_.Enter(/*request_bytes=*/0, this);
    {
      absl::MutexLock lock(&mutex_);
      refusal_ = admission;
      ++advancing_;
    }
    Advance();
  }

  void OnReadDone(bool ok) override {
    bool prepare = false;
    {
      absl::MutexLock lock(&mutex_);
      if (!ok) {
        (context_.IsCancelled() ? cancelled_ : half_closed_) = true;
      } else if (!cancelled_ && !draining_) {
        ++next_index_;
        items_.push_back({read_.Length(), std::nullopt});
        unanswered_bytes_ += read_.Length();
        core_->requests.Take(read_.Length() + kItemBytes);
        unprepared_bytes_ += read_.Length();
        unprepared_.emplace_back().Swap(&read_);
        prepare = !std::exchange(preparing_, true);
      }
      read_.Clear();
      reading_ = false;
      advancing_ += prepare ? 2 : 1;
    }
    if (prepare) core_->preparers.Run([this] { Prepare(); });
    Advance();
  }

  void OnWriteDone(bool ok) override {
    {
      absl::MutexLock lock(&mutex_);
      writing_ = false;
      if (!ok) cancelled_ = true;
      ++advancing_;
    }
    Advance();
  }

  void OnCancel() override {
    {
      absl::MutexLock lock(&mutex_);
      cancelled_ = true;
      ++advancing_;
    }
    Advance();
  }

  void OnDone() override {
    core_->requests.Forget(this);
    scope_.Leave();
    delete this;
  }

 private:
  struct Item {
    size_t bytes = 0;
    std::optional<absl::StatusOr<IngestResult>> result;
  };

  ~IngestStream() override = default;

  void Drain() override {
    {
      absl::MutexLock lock(&mutex_);
      if (half_closed_) return;  // all that is left is to answer
      draining_ = true;
      draining_message_ = next_index_;
      ++advancing_;
    }
    Advance();
  }

  // Under the lock of the budget, where the stream is safe until this returns.
  void OnRoom() override {
    {
      absl::MutexLock lock(&mutex_);
      if (finished_) return;
      ++advancing_;
    }
    core_->completions.Run([this] {
      Read();
      Advance();
    });
  }

  // Reads the next item, or waits until there is memory for it. `reading_` is set.
  void Read() {
    if (core_->requests.HasRoomOrWait(this)) StartRead(&read_);
  }

  // Hands a few of the items that were read to the archive, in their order, for no two threads are here at once.
  // Counted in `advancing_`.
  void Prepare() {
    Wire item;
    for (size_t prepared = 0; prepared < kItemsPerTurn; ++prepared) {
      const std::optional<uint64_t> index = TakeUnprepared(&item);
      if (!index.has_value()) break;
      Ingest(*index, item);
    }
    bool more = false;
    {
      absl::MutexLock lock(&mutex_);
      more = preparing_ = !unprepared_.empty();
      if (more) ++advancing_;
    }
    if (more) core_->preparers.Run([this] { Prepare(); });
    Advance();
  }

  // Takes the first item that the archive does not have, and returns its index; nullopt when it has all.
  std::optional<uint64_t> TakeUnprepared(Wire* item) {
    absl::MutexLock lock(&mutex_);
    if (unprepared_.empty()) return std::nullopt;
    const uint64_t index = next_index_ - unprepared_.size();
    item->Swap(&unprepared_.front());
    unprepared_.pop_front();
    unprepared_bytes_ -= item->Length();
    return index;
  }

  void Ingest(uint64_t index, const Wire& item) {
    v1::IngestStreamRequest request;
    absl::Status status = ParseArticleRequest(item, &request);
    if (status.ok()) status = Validate(request, core_->options.max_body_bytes);
    if (!status.ok()) return OnAnswer(index, std::move(status));
    core_->archive->Ingest(ToIngestCommand(std::move(request)),
                           [this, index](absl::StatusOr<IngestResult> result) { OnAnswer(index, std::move(result)); });
  }

  void OnAnswer(uint64_t index, absl::StatusOr<IngestResult> result) {
    {
      absl::MutexLock lock(&mutex_);
      items_[index - first_index_].result = std::move(result);
      if (writing_ || write_scheduled_ || !items_.front().result.has_value()) return;
      write_scheduled_ = true;
      ++advancing_;
    }
    core_->completions.Run([this] { Advance(); });
  }

  // Starts what can be started. The caller has counted itself in `advancing_`, which keeps the call alive.
  void Advance() {
    bool read = false;
    std::optional<v1::IngestStreamResponse> write;
    grpc::WriteOptions options;
    size_t returned_bytes = 0;
    {
      absl::MutexLock lock(&mutex_);
      write_scheduled_ = false;
      write = NextWrite(&options);
      read = ShouldRead();
      if (read) reading_ = true;
      returned_bytes = std::exchange(returned_bytes_, 0);
    }
    if (returned_bytes > 0) core_->requests.Return(returned_bytes);
    if (read) Read();
    if (write.has_value()) {
      written_ = SerializeMessage(*write);
      StartWrite(&written_, options);
    }
    absl::Status status;
    {
      absl::MutexLock lock(&mutex_);
      --advancing_;
      if (!ShouldFinish()) return;
      finished_ = true;
      status = FinalStatus();
      scope_.SetItems(next_index_);
    }
    const grpc::Status grpc_status = ToGrpcStatus(status);
    scope_.SetStatus(std::move(status));
    Finish(grpc_status);  // the stream may be gone when it returns
  }

  // Takes the next thing to write, if it is there and nothing is being written.
  std::optional<v1::IngestStreamResponse> NextWrite(grpc::WriteOptions* options) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_) return std::nullopt;
    std::optional<v1::IngestStreamResponse> response;
    if (cancelled_) {
      while (HasAnswer()) (void)TakeAnswer();
    } else if (draining_message_.has_value()) {
      response.emplace();
      response->mutable_draining()->set_accepted_items(*std::exchange(draining_message_, std::nullopt));
    } else if (HasAnswer()) {
      const uint64_t index = first_index_;
      response = Answer(index, TakeAnswer());
    }
    writing_ = response.has_value();
    if (writing_) *options = hints_.Next(/*more_follow=*/HasAnswer());
    return response;
  }

  bool HasAnswer() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !items_.empty() && items_.front().result.has_value();
  }

  absl::StatusOr<IngestResult> TakeAnswer() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    absl::StatusOr<IngestResult> result = *std::move(items_.front().result);
    unanswered_bytes_ -= items_.front().bytes;
    returned_bytes_ += items_.front().bytes + kItemBytes;
    items_.pop_front();
    ++first_index_;
    // A full queue is told the client, who sends the item again.
    if (!result.ok() && ErrorReason(result.status()) != kQueueFull) scope_.AddItemError(result.status());
    return result;
  }

  bool ShouldRead() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const ReadAhead& most = core_->requests.IsScarce() ? kScarceReadAhead : kReadAhead;
    if (unprepared_bytes_ >= kUnprepared.bytes || unprepared_.size() >= kUnprepared.items) return false;
    return refusal_.ok() && !reading_ && !half_closed_ && !cancelled_ && !draining_ && unanswered_bytes_ < most.bytes &&
           items_.size() < most.items;
  }

  // A read may still be waiting when the call finishes: it then ends without an item.
  bool ShouldFinish() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (finished_ || advancing_ > 0 || writing_ || !items_.empty()) return false;
    return half_closed_ || cancelled_ || draining_ || !refusal_.ok();
  }

  absl::Status FinalStatus() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!refusal_.ok()) return refusal_;
    if (cancelled_) return absl::CancelledError("the client is gone");
    if (draining_) return DrainingError();
    return absl::OkStatus();
  }

  ServiceCore* const core_;
  const grpc::CallbackServerContext& context_;
  CallScope scope_;  // changed under the mutex once the call is admitted

  Wire read_;     // of the read under way
  Wire written_;  // of the write under way

  absl::Mutex mutex_;
  // Why the call was not admitted; OK when it was.
  absl::Status refusal_ ABSL_GUARDED_BY(mutex_);
  // What was read and not answered, in order; the first is item `first_index_`.
  std::deque<Item> items_ ABSL_GUARDED_BY(mutex_);
  uint64_t first_index_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t next_index_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t unanswered_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // Of the items, the last ones, which the archive does not have yet.
  std::deque<Wire> unprepared_ ABSL_GUARDED_BY(mutex_);
  size_t unprepared_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool preparing_ ABSL_GUARDED_BY(mutex_) = false;  // somebody is in Prepare or on the way to it
  // Of the memory budget: to be returned by Advance, which may do so outside the mutex.
  size_t returned_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  // To be told to the client: how many items were accepted when draining began.
  std::optional<uint64_t> draining_message_ ABSL_GUARDED_BY(mutex_);
  // How many threads are inside Advance or on their way to it, also through Prepare; the calling of StartRead and
  // StartWrite included.
  int advancing_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;  // or waiting for memory
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  WriteHints hints_ ABSL_GUARDED_BY(mutex_);
  bool write_scheduled_ ABSL_GUARDED_BY(mutex_) = false;
  bool half_closed_ ABSL_GUARDED_BY(mutex_) = false;  // the client has no more items
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartIngestStream(
    ServiceCore* core, const grpc::CallbackServerContext& context) {
  return new IngestStream(core, context);
}

}  // namespace gisa
