#include "tests/support/raw_call.h"

#include <chrono>
#include <vector>

#include "grpcpp/support/byte_buffer.h"

namespace gisa {
namespace {

grpc::ByteBuffer ToBuffer(absl::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

std::string FromBuffer(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

}  // namespace

RawCall::RawCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& method) : stub_(channel) {
  context_.set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
  stream_ = stub_.PrepareCall(&context_, method, &queue_);
  stream_->StartCall(this);
  Await();
}

RawCall::~RawCall() {
  if (!finished_) {
    context_.TryCancel();
    (void)Finish();
  }
  queue_.Shutdown();
}

bool RawCall::Write(absl::string_view message) {
  stream_->Write(ToBuffer(message), this);
  return Await();
}

bool RawCall::WritesDone() {
  stream_->WritesDone(this);
  return Await();
}

std::optional<std::string> RawCall::Read() {
  grpc::ByteBuffer buffer;
  stream_->Read(&buffer, this);
  if (!Await()) return std::nullopt;
  return FromBuffer(buffer);
}

grpc::Status RawCall::Finish() {
  grpc::Status status;
  stream_->Finish(&status, this);
  Await();
  finished_ = true;
  return status;
}

bool RawCall::Await() {
  void* tag = nullptr;
  bool done = false;
  return queue_.Next(&tag, &done) && done;
}

RawReply CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, absl::string_view request) {
  RawCall call(channel, method);
  RawReply reply;
  if (call.Write(request)) call.WritesDone();
  reply.message = call.Read().value_or("");
  reply.status = call.Finish();
  return reply;
}

}  // namespace gisa
