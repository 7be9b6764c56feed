#include "proto/wire/article_message.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/io/coded_stream.h"
#include "grpcpp/support/slice.h"
#include "proto/wire/wire_tag.h"

namespace gisa {
namespace {

using google::protobuf::io::CodedOutputStream;

constexpr uint32_t kBodyTag = SizedTag(v1::Article::kBodyFieldNumber);

// A slice of the string's own memory.
grpc::Slice SliceOf(std::string text) {
  auto* const owned = new std::string(std::move(text));
  return {owned->data(), owned->size(), [](void* string) { delete static_cast<std::string*>(string); }, owned};
}

}  // namespace

grpc::ByteBuffer SerializeWithArticle(int article_field, v1::Article article, const google::protobuf::Message& rest) {
  std::string body = std::move(*article.mutable_body());
  article.clear_body();
  const size_t article_size = article.ByteSizeLong();
  const auto body_size = static_cast<uint32_t>(body.size());  // a message is smaller than 2 GiB
  const size_t body_prefix_size =
      body.empty() ? 0 : CodedOutputStream::VarintSize32(kBodyTag) + CodedOutputStream::VarintSize32(body_size);
  const auto whole_size = static_cast<uint32_t>(article_size + body_prefix_size + body.size());
  const uint32_t article_tag = SizedTag(article_field);

  std::string head(CodedOutputStream::VarintSize32(article_tag) + CodedOutputStream::VarintSize32(whole_size) +
                       article_size + body_prefix_size,
                   '\0');
  auto* to = reinterpret_cast<uint8_t*>(head.data());
  to = CodedOutputStream::WriteVarint32ToArray(article_tag, to);
  to = CodedOutputStream::WriteVarint32ToArray(whole_size, to);
  to = article.SerializeWithCachedSizesToArray(to);
  if (body_prefix_size > 0) {
    to = CodedOutputStream::WriteVarint32ToArray(kBodyTag, to);
    CodedOutputStream::WriteVarint32ToArray(body_size, to);
  }
  std::vector<grpc::Slice> slices = {SliceOf(std::move(head))};
  if (!body.empty()) slices.push_back(SliceOf(std::move(body)));
  std::string tail = rest.SerializeAsString();
  if (!tail.empty()) slices.push_back(SliceOf(std::move(tail)));
  return {slices.data(), slices.size()};
}

}  // namespace gisa
