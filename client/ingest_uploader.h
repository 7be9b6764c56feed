#ifndef GISA_CLIENT_INGEST_UPLOADER_H_
#define GISA_CLIENT_INGEST_UPLOADER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/archive_client.h"
#include "client/retry.h"
#include "gisa/v1/archive_service.grpc.pb.h"

namespace gisa {

struct IngestUploaderOptions {
  // How much may be unanswered before Add blocks.
  size_t max_items_in_flight = 1024;
  size_t max_bytes_in_flight = 16 << 20;
  // What the server reads (see ServerLimits). Larger articles are answered here, for a message over its limit would end
  // the whole stream. 0: not checked.
  size_t max_body_bytes = 0;
  size_t max_message_bytes = 0;
  // Brings deleted keys back.
  bool undelete = false;
  // Asks of each article which others are near to it.
  bool find_near_duplicates = false;
  // Gives up when nothing has been answered for this long while articles wait.
  absl::Duration patience = absl::Seconds(60);
};

// Ingests many articles over one stream, several in flight at a time. A stream that breaks is opened again and what was
// not answered is sent again, through restarts and overload of the server. An article that was stored just before the
// stream broke is then answered UNCHANGED. Of several articles with one key each is sent only when the one before it is
// answered, so that they are stored in the order given, whatever is sent again.
//
// Thread-safe, but for the order of articles added at once by several threads.
class IngestUploader {
 public:
  // Told what became of the article that was added as number `index`, counted from 0. Called once for each, in order,
  // by one thread at a time, none of which holds a lock; must not call back. After a failure of the whole upload, the
  // articles that were not answered are not told.
  using AnswerCallback = std::function<void(uint64_t index, absl::StatusOr<v1::IngestResult>)>;

  // `client` outlives the uploader.
  IngestUploader(ArchiveClient* client, IngestUploaderOptions options, AnswerCallback on_answer);

  // Gives up what is not answered.
  ~IngestUploader();

  IngestUploader(const IngestUploader&) = delete;
  IngestUploader& operator=(const IngestUploader&) = delete;

  // Queues an article; blocks while too much is in flight. Returns the error that ended the upload, if one did:
  // what is not about one article and did not pass within `patience`.
  absl::Status Add(v1::Article article);

  // Waits for all answers. Nothing may be added afterwards. Errors as Add.
  absl::Status Finish();

 private:
  using Stream = ArchiveClient::IngestStream;

  enum class State { kWaiting, kSent, kAnswered };

  struct Item {
    grpc::ByteBuffer request;  // serialized
    std::string key;
    size_t bytes = 0;
    State state = State::kWaiting;
    absl::StatusOr<v1::IngestResult> answer;
  };

  // What the sender does next.
  struct Step {
    std::optional<grpc::ByteBuffer> request;  // to send; absent: the stream is to be closed
    bool more_follow = false;
  };

  absl::Status CheckSizes(size_t body_bytes, size_t bytes) const;

  // The sender's thread: opens streams until everything is answered.
  void Run();
  absl::Status RunStream();
  void Send(Stream* stream);
  void Receive(Stream* stream);
  Step NextStep();
  void HandleResponse(v1::IngestStreamResponse response);
  // Tells the answers that are due, unless another thread is at it.
  void Deliver();
  // Moves `next_to_send_` on to an article that waits, or to the end.
  void SkipToWaiting() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // After a stream: what it left unanswered waits again.
  void SendAgainWhatIsUnanswered() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Blocks until `done`, ending the upload when nothing is answered for too long.
  void WaitFor(const absl::Condition& done) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Fail(absl::Status status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool IsIdle() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool CanStep() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool CanSend() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Item& At(uint64_t index) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return items_[index - first_index_]; }
  const Item& At(uint64_t index) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return items_[index - first_index_]; }
  uint64_t end_index() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return first_index_ + items_.size(); }

  ArchiveClient* const client_;
  const IngestUploaderOptions options_;
  const AnswerCallback on_answer_;

  absl::Mutex mutex_;
  // What was added and not yet told; the first is number `first_index_`.
  std::deque<Item> items_ ABSL_GUARDED_BY(mutex_);
  uint64_t first_index_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t bytes_in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  // The first number that waits; the end when none does.
  uint64_t next_to_send_ ABSL_GUARDED_BY(mutex_) = 0;
  // The numbers sent on the stream that is open, in the order of its answers; and their keys.
  std::deque<uint64_t> sent_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> sent_keys_ ABSL_GUARDED_BY(mutex_);
  // Nothing is sent before: the server asked for a pause.
  absl::Time pause_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Time last_answer_ ABSL_GUARDED_BY(mutex_);
  bool answered_since_open_ ABSL_GUARDED_BY(mutex_) = false;
  bool stream_over_ ABSL_GUARDED_BY(mutex_) = false;  // it is broken, or the server drains
  bool delivering_ ABSL_GUARDED_BY(mutex_) = false;
  bool finishing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);                     // what ended the upload
  grpc::ClientContext* context_ ABSL_GUARDED_BY(mutex_) = nullptr;  // of the stream that is open

  std::thread sender_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_CLIENT_INGEST_UPLOADER_H_
