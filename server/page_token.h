#ifndef GISA_SERVER_PAGE_TOKEN_H_
#define GISA_SERVER_PAGE_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace gisa {

// Page and resume tokens: base64url of
//
//   version (1 byte) | fingerprint of the request (8 bytes) | cursor | checksum of all before (4 bytes)
//
// The version changes with the layout of the cursors (cursor_codec.h). The checksum finds damage; it is no protection
// against forgery, and needs none: a cursor only says where to read on.

// Identifies a request by its kind and arguments, but for page_size, page_token and resume_token.
uint64_t RequestFingerprint(const google::protobuf::Message& request);

std::string EncodePageToken(uint64_t fingerprint, absl::string_view cursor);

// Returns the cursor. INVALID_ARGUMENT INVALID_PAGE_TOKEN, with a violation on `field`, when the token is damaged, of
// another version or of a request with another fingerprint.
absl::StatusOr<std::string> DecodePageToken(absl::string_view token, uint64_t fingerprint, absl::string_view field);

// The error of a token that is well-formed, but whose cursor is not.
absl::Status DamagedPageTokenError(absl::string_view field);

}  // namespace gisa

#endif  // GISA_SERVER_PAGE_TOKEN_H_
