#ifndef GISA_CLIENT_COMMANDS_SESSION_H_
#define GISA_CLIENT_COMMANDS_SESSION_H_

#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/archive_client.h"
#include "client/article_file.h"
#include "client/commands/console.h"
#include "client/commands/exit_code.h"

namespace gisa {

enum class OutputFormat { kDefault, kTable, kText, kJson, kJsonl, kMarkdown };

// The options that every command has.
struct GlobalFlags {
  std::string address = kDefaultAddress;
  absl::Duration timeout = absl::Seconds(30);
  OutputFormat format = OutputFormat::kDefault;
  ArticleFileZones zones;
};

// One run of `gisa`: what the commands share. Each command registers itself with the parser and, when it is the one
// chosen, puts what it does into `action`.
struct Session {
  explicit Session(Console* console) : console(*console) {}

  absl::StatusOr<std::unique_ptr<ArchiveClient>> Connect() const {
    return ArchiveClient::Connect({.address = flags.address, .timeout = flags.timeout});
  }

  // The format to write, of those that the command knows; the first of them unless --output says otherwise.
  // INVALID_ARGUMENT: the command cannot write the format asked for.
  absl::StatusOr<OutputFormat> Format(std::initializer_list<OutputFormat> known) const;

  Console& console;
  GlobalFlags flags;
  std::function<absl::StatusOr<ExitCode>()> action;
};

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_SESSION_H_
