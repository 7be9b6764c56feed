// Reflection, by which grpcurl finds the methods.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/unknown_field_set.h"
#include "tests/support/raw_call.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using google::protobuf::UnknownFieldSet;
using testing::HasSubstr;
using testing::IsSupersetOf;

// Fields of grpc.reflection.v1alpha.
constexpr int kFileContainingSymbol = 4;
constexpr int kListServices = 7;
constexpr int kListServicesResponse = 6;

class ReflectionTest : public ServerFixture {
 protected:
  std::string Ask(int field, const std::string& value) {
    UnknownFieldSet request;
    request.AddLengthDelimited(field, value);
    std::string bytes;
    request.SerializeToString(&bytes);
    RawCall call(channel(), "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo");
    call.Write(bytes);
    call.WritesDone();
    const std::string answer = call.Read().value_or("");
    EXPECT_EQ(call.Read(), std::nullopt);
    EXPECT_THAT(call.Finish(), IsOk());
    return answer;
  }

  // The values of the message and text fields with this number.
  static std::vector<std::string> Values(const std::string& message, int number) {
    UnknownFieldSet fields;
    EXPECT_TRUE(fields.ParseFromString(message));
    std::vector<std::string> values;
    for (int i = 0; i < fields.field_count(); ++i) {
      if (fields.field(i).number() == number) values.push_back(fields.field(i).length_delimited());
    }
    return values;
  }
};

TEST_F(ReflectionTest, TheServicesAreListed) {
  std::vector<std::string> names;
  for (const std::string& list : Values(Ask(kListServices, ""), kListServicesResponse)) {
    for (const std::string& service : Values(list, 1)) names.push_back(Values(service, 1).at(0));
  }
  EXPECT_THAT(names, IsSupersetOf({"gisa.v1.ArchiveService", "grpc.health.v1.Health"}));
}

TEST_F(ReflectionTest, TheMethodsAreDescribed) {
  const std::string answer = Ask(kFileContainingSymbol, "gisa.v1.ArchiveService");
  for (const char* method : {"IngestStream", "FindMissing", "ListRevisions", "GetStats"}) {
    EXPECT_THAT(answer, HasSubstr(method));
  }
}

}  // namespace
}  // namespace gisa
