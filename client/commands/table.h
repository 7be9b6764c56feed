#ifndef GISA_CLIENT_COMMANDS_TABLE_H_
#define GISA_CLIENT_COMMANDS_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace gisa {

// Lays out rows in columns two spaces apart, a header line first. Cells become one line each; the last column is cut so
// that lines fit into `width`, where possible.
std::string FormatTable(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                        size_t width);

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_TABLE_H_
