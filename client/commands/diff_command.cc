#include "client/commands/diff_command.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "client/commands/article_view.h"
#include "client/commands/text_diff.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

struct DiffFlags {
  std::string left;
  std::string right;
};

constexpr char kExamples[] = R"(
Shows the bodies of two articles beside each other, sentence by sentence. Between them stands | where a sentence was
replaced by another, < where only the left article has one, > where only the right one has. To compare an article with
an earlier revision of its own, add @N to the key.

Formats (-o): table, the default; json, one object with rows of {change, left, right}.

Examples:
  gisa diff 018/0006192082 001/0015000000
  gisa diff 018/0006192082@1 018/0006192082
)";

// OID/AID or OID/AID@REVISION.
absl::StatusOr<v1::GetRequest> ParseTarget(const std::string& text) {
  v1::GetRequest request;
  const size_t at = text.find('@');
  ASSIGN_OR_RETURN(*request.mutable_key(), ParseKey(absl::string_view(text).substr(0, at)));
  if (at == std::string::npos) return request;
  uint32_t revision = 0;
  if (!absl::SimpleAtoi(absl::string_view(text).substr(at + 1), &revision) || revision == 0) {
    return absl::InvalidArgumentError(absl::StrCat("\"", text, "\": expected a revision from 1 on after the @"));
  }
  request.set_revision(revision);
  return request;
}

std::string ChangeText(Change change) {
  switch (change) {
    case Change::kSame:
      return "SAME";
    case Change::kReplaced:
      return "REPLACED";
    case Change::kOnlyLeft:
      return "ONLY_LEFT";
    case Change::kOnlyRight:
      return "ONLY_RIGHT";
  }
  return "";
}

absl::StatusOr<ExitCode> Diff(const DiffFlags& flags, Session& session) {
  ASSIGN_OR_RETURN(const OutputFormat format,
                   session.Format({OutputFormat::kTable, OutputFormat::kText, OutputFormat::kJson}));
  ASSIGN_OR_RETURN(const v1::GetRequest left_request, ParseTarget(flags.left));
  ASSIGN_OR_RETURN(const v1::GetRequest right_request, ParseTarget(flags.right));
  ASSIGN_OR_RETURN(const auto client, session.Connect());
  ASSIGN_OR_RETURN(const v1::GetResponse left, client->Get(left_request));
  ASSIGN_OR_RETURN(const v1::GetResponse right, client->Get(right_request));
  const std::vector<DiffRow> rows = DiffTexts(left.article().body(), right.article().body());

  if (format == OutputFormat::kJson) {
    auto list = nlohmann::ordered_json::array();
    for (const DiffRow& row : rows) {
      list.push_back({{"change", ChangeText(row.change)}, {"left", row.left}, {"right", row.right}});
    }
    const nlohmann::ordered_json json = {{"left", flags.left}, {"right", flags.right}, {"rows", std::move(list)}};
    RETURN_IF_ERROR(session.console.Print(absl::StrCat(JsonText(json, 2), "\n")));
    return ExitCode::kOk;
  }
  const std::vector<DiffRow> heading = {
      {Change::kSame, flags.left, flags.right},
      {left.article().title() == right.article().title() ? Change::kSame : Change::kReplaced, left.article().title(),
       right.article().title()}};
  const size_t width = session.console.out_width();
  RETURN_IF_ERROR(session.console.Print(
      absl::StrCat(session.console.Styled(Style::kBold, SideBySide(heading, width)), "\n", SideBySide(rows, width))));
  return ExitCode::kOk;
}

}  // namespace

void AddDiffCommand(CLI::App& app, Session& session) {
  const auto flags = std::make_shared<DiffFlags>();
  CLI::App* const command = app.add_subcommand("diff", "Show two articles side by side");
  command->add_option("left", flags->left, "The one article")->type_name("OID/AID[@N]")->required();
  command->add_option("right", flags->right, "The other")->type_name("OID/AID[@N]")->required();
  command->footer(kExamples);
  command->callback([flags, &session] { session.action = [flags, &session] { return Diff(*flags, session); }; });
}

}  // namespace gisa
