#include "server/article_request.h"

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/io/coded_stream.h"
#include "grpcpp/support/slice.h"
#include "proto/wire/wire_tag.h"
#include "server/message_parser.h"
#include "server/validate.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

using google::protobuf::io::CodedInputStream;

// Passes over the value behind a tag; false for a group and for what is cut short.
bool SkipValue(uint32_t tag, CodedInputStream& in) {
  switch (static_cast<WireType>(tag & ((1u << kWireTypeBits) - 1))) {
    case WireType::kVarint: {
      uint64_t value = 0;
      return in.ReadVarint64(&value);
    }
    case WireType::kEightBytes:
      return in.Skip(8);
    case WireType::kSized: {
      int size = 0;
      return in.ReadVarintSizeAsInt(&size) && in.Skip(size);
    }
    case WireType::kFourBytes:
      return in.Skip(4);
  }
  return false;
}

// A message taken apart.
struct Parts {
  std::optional<absl::string_view> field;  // the value of one field
  std::string rest;                        // all others, with their tags
};

// Takes the field of bytes `number` out of a message. Nullopt when it is there twice, which protobuf would merge, and
// when the message is not well-formed or has a group in it.
std::optional<Parts> TakeField(absl::string_view message, int number) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(message.data()), static_cast<int>(message.size()));
  Parts parts;
  size_t taken = 0;  // up to here all is in `parts`
  while (true) {
    const auto begin = static_cast<size_t>(in.CurrentPosition());
    const uint32_t tag = in.ReadTag();
    if (tag == 0) break;
    if (tag != SizedTag(number)) {
      if (!SkipValue(tag, in)) return std::nullopt;
      continue;
    }
    int size = 0;
    if (parts.field.has_value() || !in.ReadVarintSizeAsInt(&size)) return std::nullopt;
    parts.field = message.substr(static_cast<size_t>(in.CurrentPosition()), static_cast<size_t>(size));
    if (!in.Skip(size)) return std::nullopt;
    parts.rest.append(message.data() + taken, begin - taken);
    taken = static_cast<size_t>(in.CurrentPosition());
  }
  if (static_cast<size_t>(in.CurrentPosition()) != message.size()) return std::nullopt;
  parts.rest.append(message.data() + taken, message.size() - taken);
  return parts;
}

// Returns false when protobuf should have a look.
template <typename Request>
bool ParseQuickly(absl::string_view message, Request* request) {
  const std::optional<Parts> outer = TakeField(message, Request::kArticleFieldNumber);
  if (!outer.has_value() || !outer->field.has_value()) return false;
  const std::optional<Parts> inner = TakeField(*outer->field, v1::Article::kBodyFieldNumber);
  if (!inner.has_value() || !inner->field.has_value() || !IsValidUtf8(*inner->field)) return false;
  if (!request->ParseFromString(outer->rest) || !request->mutable_article()->ParseFromString(inner->rest)) return false;
  request->mutable_article()->set_body(inner->field->data(), inner->field->size());
  return true;
}

template <typename Request>
absl::Status Parse(const grpc::ByteBuffer& wire, Request* request) {
  grpc::Slice slice;
  const bool is_whole = wire.TrySingleSlice(&slice).ok() || wire.DumpToSingleSlice(&slice).ok();
  if (is_whole && ParseQuickly({reinterpret_cast<const char*>(slice.begin()), slice.size()}, request)) {
    return absl::OkStatus();
  }
  return ParseMessage(wire, kInvalidArticle, request);
}

}  // namespace

absl::Status ParseArticleRequest(const grpc::ByteBuffer& wire, v1::IngestRequest* request) {
  return Parse(wire, request);
}

absl::Status ParseArticleRequest(const grpc::ByteBuffer& wire, v1::IngestStreamRequest* request) {
  return Parse(wire, request);
}

}  // namespace gisa
