#ifndef GISA_CLIENT_COMMANDS_OPTION_TYPES_H_
#define GISA_CLIENT_COMMANDS_OPTION_TYPES_H_

#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"

namespace gisa {

// A name that people type and what it stands for.
template <typename Value>
using Choices = std::vector<std::pair<std::string, Value>>;

// An option whose value is one of `choices`. CLI11's own transformers name the numbers behind them in their errors.
template <typename Value>
CLI::Option* AddChoice(CLI::App& app, const std::string& name, Value& value, const Choices<Value>& choices,
                       const std::string& help) {
  const auto choose = [&value, choices](const std::string& text) {
    std::string names;
    for (const auto& [choice_name, choice] : choices) {
      if (choice_name == text) {
        value = choice;
        return std::string();
      }
      absl::StrAppend(&names, names.empty() ? "" : ", ", choice_name);
    }
    return absl::StrCat("\"", text, "\" is not known; expected one of ", names);
  };
  return app
      .add_option_function<std::string>(
          name, [](const std::string&) {}, help)
      ->check(choose);
}

// A check for numbers that have to be positive.
inline std::string CheckPositive(const std::string& text) {
  const bool valid =
      !text.empty() && text.find_first_not_of("0123456789") == text.npos && text.find_first_not_of('0') != text.npos;
  return valid ? "" : absl::StrCat("\"", text, "\" is not a number from 1 on");
}

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_OPTION_TYPES_H_
