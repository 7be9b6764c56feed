#ifndef GISA_SERVER_RAW_ARCHIVE_SERVICE_H_
#define GISA_SERVER_RAW_ARCHIVE_SERVICE_H_

#include "gisa/v1/archive_service.grpc.pb.h"

namespace gisa {

// gisa.v1.ArchiveService with every method in the callback form and its messages as they come over the wire, so that
// the server itself says what is wrong with one that does not parse (message_parser.h).
using RawArchiveService = v1::ArchiveService::WithRawCallbackMethod_Ingest<
    v1::ArchiveService::WithRawCallbackMethod_IngestStream<v1::ArchiveService::WithRawCallbackMethod_FindMissing<
        v1::ArchiveService::WithRawCallbackMethod_Get<v1::ArchiveService::WithRawCallbackMethod_BatchGet<
            v1::ArchiveService::WithRawCallbackMethod_ListRevisions<v1::ArchiveService::WithRawCallbackMethod_Search<
                v1::ArchiveService::WithRawCallbackMethod_FindDuplicates<
                    v1::ArchiveService::WithRawCallbackMethod_ListClusters<
                        v1::ArchiveService::WithRawCallbackMethod_Export<
                            v1::ArchiveService::WithRawCallbackMethod_Delete<
                                v1::ArchiveService::WithRawCallbackMethod_GetStats<
                                    v1::ArchiveService::Service>>>>>>>>>>>>;

}  // namespace gisa

#endif  // GISA_SERVER_RAW_ARCHIVE_SERVICE_H_
