#include "server/listen_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace gisa {

bool ListenAddress::IsLoopback() const {
  if (host == "localhost") return true;
  if (in_addr v4; inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  if (in6_addr v6; inet_pton(AF_INET6, host.c_str(), &v6) == 1) return IN6_IS_ADDR_LOOPBACK(&v6);
  return false;
}

std::string ListenAddress::ToString() const {
  return host.find(':') == std::string::npos ? absl::StrCat(host, ":", port) : absl::StrCat("[", host, "]:", port);
}

absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text) {
  ListenAddress address;
  const size_t colon = text.rfind(':');
  absl::string_view host = text.substr(0, colon);
  const bool bracketed = absl::ConsumePrefix(&host, "[") && absl::ConsumeSuffix(&host, "]");
  const bool well_formed = colon != absl::string_view::npos && !host.empty() &&
                           (bracketed || host.find_first_of("[]:") == absl::string_view::npos) &&
                           absl::SimpleAtoi(text.substr(colon + 1), &address.port) && address.port >= 0 &&
                           address.port <= 65535;
  if (!well_formed) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", text, "` is not an address; expected HOST:PORT, such as 127.0.0.1:7410 or [::1]:7410"));
  }
  address.host = std::string(host);
  return address;
}

absl::Status TryBind(const ListenAddress& address) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int resolved = getaddrinfo(address.host.c_str(), absl::StrCat(address.port).c_str(), &hints, &found);
  if (resolved != 0) return absl::UnavailableError(gai_strerror(resolved));
  const absl::Cleanup free_found = [found] { freeaddrinfo(found); };

  const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return absl::UnavailableError(std::strerror(errno));
  const absl::Cleanup close_fd = [fd] { close(fd); };
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, 1) != 0) {
    return absl::UnavailableError(std::strerror(errno));
  }
  return absl::OkStatus();
}

}  // namespace gisa
