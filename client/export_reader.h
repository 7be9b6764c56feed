#ifndef GISA_CLIENT_EXPORT_READER_H_
#define GISA_CLIENT_EXPORT_READER_H_

#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/archive_client.h"
#include "client/retry.h"
#include "gisa/v1/archive_service.grpc.pb.h"

namespace gisa {

// Reads an Export article by article. When the stream breaks it goes on with the last resume token, so that nothing is
// missing and nothing comes twice.
//
// Not thread-safe. Destroying it ends the export, wherever it stands.
class ExportReader {
 public:
  // `client` outlives the reader. A `resume_token` in the request goes on with an earlier export.
  ExportReader(ArchiveClient* client, v1::ExportRequest request);
  ~ExportReader();

  ExportReader(const ExportReader&) = delete;
  ExportReader& operator=(const ExportReader&) = delete;

  // The next article, nullopt after the last one. Errors are those of Export once the retries are used up; each article
  // received starts their count anew.
  absl::StatusOr<std::optional<v1::Article>> Next();

  // Where to go on after the article returned last.
  const std::string& resume_token() const { return request_.resume_token(); }

 private:
  void Open();
  absl::Status Close();

  ArchiveClient* const client_;
  v1::ExportRequest request_;
  Backoff backoff_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderInterface<v1::ExportResponse>> stream_;  // null when not open
  bool done_ = false;
};

}  // namespace gisa

#endif  // GISA_CLIENT_EXPORT_READER_H_
