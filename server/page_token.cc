#include "server/page_token.h"

#include <cstddef>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "storage/base/errors.h"
#include "storage/base/sha256.h"

namespace gisa {
namespace {

constexpr char kVersion = 2;
constexpr size_t kFingerprintBytes = 8;
constexpr size_t kChecksumBytes = 4;
constexpr size_t kHeaderBytes = 1 + kFingerprintBytes;

std::string Prefix(const Sha256Digest& digest, size_t bytes) { return std::string(AsBytes(digest).substr(0, bytes)); }

std::string BigEndian(uint64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

std::string SerializeDeterministically(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::Status TokenError(absl::string_view field, absl::string_view description) {
  return InvalidFieldsError("INVALID_PAGE_TOKEN", {{std::string(field), std::string(description)}});
}

}  // namespace

uint64_t RequestFingerprint(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  copy->DiscardUnknownFields();
  for (const char* name : {"page_size", "page_token", "resume_token"}) {
    const auto* const field = copy->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) copy->GetReflection()->ClearField(copy.get(), field);
  }
  const Sha256Digest digest =
      Sha256(absl::StrCat(request.GetDescriptor()->full_name(), "\n", SerializeDeterministically(*copy)));
  uint64_t fingerprint = 0;
  for (size_t i = 0; i < kFingerprintBytes; ++i) fingerprint = fingerprint << 8 | digest[i];
  return fingerprint;
}

std::string EncodePageToken(uint64_t fingerprint, absl::string_view cursor) {
  std::string bytes = absl::StrCat(absl::string_view(&kVersion, 1), BigEndian(fingerprint), cursor);
  bytes.append(Prefix(Sha256(bytes), kChecksumBytes));
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<std::string> DecodePageToken(absl::string_view token, uint64_t fingerprint, absl::string_view field) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(token, &bytes) || bytes.size() < kHeaderBytes + kChecksumBytes) {
    return DamagedPageTokenError(field);
  }
  const absl::string_view content = absl::string_view(bytes).substr(0, bytes.size() - kChecksumBytes);
  if (absl::string_view(bytes).substr(content.size()) != Prefix(Sha256(content), kChecksumBytes)) {
    return DamagedPageTokenError(field);
  }
  if (content[0] != kVersion) return TokenError(field, "of another version of the server; start again without it");
  if (content.substr(1, kFingerprintBytes) != BigEndian(fingerprint)) {
    return TokenError(field, "belongs to a request with other arguments");
  }
  return std::string(content.substr(kHeaderBytes));
}

absl::Status DamagedPageTokenError(absl::string_view field) {
  return TokenError(field, "damaged; pass a token exactly as it was received");
}

}  // namespace gisa
