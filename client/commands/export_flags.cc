#include "client/commands/export_flags.h"

#include "absl/strings/str_cat.h"
#include "client/article_time.h"
#include "client/commands/option_types.h"
#include "client/commands/time_bound.h"
#include "storage/base/status_macros.h"

namespace gisa {
void AddExportFlags(CLI::App& command, ExportFlags& flags) {
  command.add_option("--oid", flags.oids, "Only this publisher; may be repeated")
      ->type_name("OID")
      ->allow_extra_args(false);
  command.add_option("--published-after", flags.published_after, "Only what was published then or later")
      ->type_name("TIME");
  command.add_option("--published-before", flags.published_before, "Only what was published before that")
      ->type_name("TIME");
  AddChoice<v1::ExportOrder>(command, "--order", flags.order,
                             {{"key", v1::EXPORT_ORDER_KEY}, {"time", v1::EXPORT_ORDER_PUBLISHED_AT}},
                             "key (default), or time: by published_at, oldest first")
      ->type_name("ORDER");
}

absl::StatusOr<v1::ExportRequest> MakeExportRequest(const ExportFlags& flags, v1::ArticleView view,
                                                    absl::TimeZone zone) {
  v1::ExportRequest request;
  request.set_order(flags.order);
  request.set_view(view);
  v1::ExportFilter* const filter = request.mutable_filter();
  for (const std::string& oid : flags.oids) filter->add_oids(oid);
  if (!flags.published_after.empty()) {
    ASSIGN_OR_RETURN(*filter->mutable_published_after(),
                     ParseTimeBound("--published-after", flags.published_after, zone));
  }
  if (!flags.published_before.empty()) {
    ASSIGN_OR_RETURN(*filter->mutable_published_before(),
                     ParseTimeBound("--published-before", flags.published_before, zone));
  }
  return request;
}

}  // namespace gisa
