#include "server/message_parser.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/unknown_field_set.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "server/field_checks.h"
#include "storage/base/utf8.h"

namespace gisa {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

std::string Concatenate(const grpc::ByteBuffer& wire) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!wire.Dump(&slices).ok()) return bytes;
  bytes.reserve(wire.Length());
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

// Reads `bytes` as a message of `type` field by field, which asks less than a real parse, and adds to `checks` what a
// real parse stumbles over. `path` names the message in the request; empty for the request itself.
void Diagnose(const std::string& bytes, const Descriptor& type, const std::string& path, FieldChecks* checks) {
  UnknownFieldSet fields;
  if (!fields.ParseFromString(bytes)) {
    checks->Add(path.empty() ? "request" : path, absl::StrCat("not a protobuf message of type ", type.full_name()));
    return;
  }
  absl::flat_hash_map<int, int> counts;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    const FieldDescriptor* const descriptor = type.FindFieldByNumber(field.number());
    if (descriptor == nullptr || field.type() != UnknownField::TYPE_LENGTH_DELIMITED) continue;
    std::string name = path.empty() ? descriptor->name() : absl::StrCat(path, ".", descriptor->name());
    if (descriptor->is_repeated()) absl::StrAppend(&name, "[", counts[field.number()]++, "]");
    const std::string& value = field.length_delimited();
    if (descriptor->type() == FieldDescriptor::TYPE_MESSAGE) {
      Diagnose(value, *descriptor->message_type(), name, checks);
    } else if (descriptor->type() == FieldDescriptor::TYPE_STRING && !IsValidUtf8(value)) {
      checks->Add(name, absl::StrCat("invalid UTF-8 at byte ", FindInvalidUtf8(value)));
    }
  }
}

}  // namespace

absl::Status ParseMessage(const grpc::ByteBuffer& wire, absl::string_view reason, google::protobuf::Message* message) {
  grpc::ByteBuffer readable = wire;  // shares the bytes
  grpc::ProtoBufferReader reader(&readable);
  if (reader.status().ok() && message->ParseFromZeroCopyStream(&reader)) return absl::OkStatus();
  FieldChecks checks;
  Diagnose(Concatenate(wire), *message->GetDescriptor(), "", &checks);
  absl::Status status = checks.Result(reason);
  if (!status.ok()) return status;
  return InvalidFieldsError(
      reason, {{"request", absl::StrCat("not a protobuf message of type ", message->GetDescriptor()->full_name())}});
}

grpc::ByteBuffer SerializeMessage(const google::protobuf::Message& message) {
  grpc::ByteBuffer wire;
  bool own_buffer = false;
  // Fails only for messages over 2 GiB, which the limits of every reply exclude.
  grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(message, &wire, &own_buffer);
  return wire;
}

}  // namespace gisa
