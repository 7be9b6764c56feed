#ifndef GISA_STORAGE_BASE_STATUS_MACROS_H_
#define GISA_STORAGE_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// Returns the status of `expr` from the enclosing function unless it is OK.
#define RETURN_IF_ERROR(expr)                                     \
  do {                                                            \
    if (absl::Status gisa_status_ = (expr); !gisa_status_.ok()) { \
      return gisa_status_;                                        \
    }                                                             \
  } while (false)

// Assigns the value of the StatusOr `expr` to `lhs`, or returns its status.
#define ASSIGN_OR_RETURN(lhs, expr) GISA_ASSIGN_OR_RETURN_IMPL_(GISA_CONCAT_(gisa_statusor_, __LINE__), lhs, expr)

#define GISA_ASSIGN_OR_RETURN_IMPL_(statusor, lhs, expr)   \
  auto statusor = (expr);                                  \
  if (!statusor.ok()) return std::move(statusor).status(); \
  lhs = *std::move(statusor)

#define GISA_CONCAT_(a, b) GISA_CONCAT_INNER_(a, b)
#define GISA_CONCAT_INNER_(a, b) a##b

#endif  // GISA_STORAGE_BASE_STATUS_MACROS_H_
