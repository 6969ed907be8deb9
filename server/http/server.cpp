// SPDX-License-Identifier: Apache-2.0
#include "server/http/server.h"

#include <sys/resource.h>

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <thread>
#include <utility>

#include "server/http/loop.h"
#include "server/tls/tls_context.h"

namespace reprise::server::http {
namespace {

constexpr const char* kListenStage = "listening";
constexpr auto kAcceptPause = std::chrono::milliseconds{50};
constexpr rlim_t kOtherFiles = 256;  // databases, logs

Result<std::shared_ptr<asio::ssl::context>> asio_context(const CertificateFiles& files) {
  const auto made = make_tls_context(files);
  if (!made) return tl::unexpected(made.error());
  SSL_CTX_up_ref(made->get());
  return std::make_shared<asio::ssl::context>(made->get());
}

// Raises the limit of open files: shells and service managers often allow 1024, as many as our connections.
void make_room_for_files(std::size_t connections) {
  rlimit limit{};
  const rlim_t wanted = connections + kOtherFiles;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  setrlimit(RLIMIT_NOFILE, &limit);
}

tl::unexpected<Error> cannot_listen(const Options& options, const error_code& ec) {
  const std::string where = options.address + " port " + std::to_string(options.port);
  std::string remedy = "choose another address or port";
  if (ec == asio::error::address_in_use) {
    remedy = "another program listens there: stop it, or choose another port";
  } else if (ec == asio::error::access_denied) {
    remedy = "ports below 1024 are for the administrator: choose a higher one, or put a proxy in front";
  } else if (ec.value() == EADDRNOTAVAIL) {
    remedy = "this machine has no such address: choose one that `ip address` shows, or :: for all";
  }
  return fail(ErrorCode::invalid_argument, kListenStage, "cannot listen on " + where + ": " + ec.message(),
              std::move(remedy));
}

Result<void> listen(asio::ip::tcp::acceptor& acceptor, const Options& options) {
  error_code ec;
  const auto address = asio::ip::make_address(options.address, ec);
  if (ec) {
    return fail(ErrorCode::invalid_argument, kListenStage, '"' + options.address + "\" is no IP address",
                "give an address such as 127.0.0.1, ::1, 0.0.0.0 or :: (all)");
  }
  const asio::ip::tcp::endpoint endpoint{address, options.port};
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(asio::ip::tcp::acceptor::reuse_address(true), ec);
  if (!ec && address.is_v6()) acceptor.set_option(asio::ip::v6_only(false), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return cannot_listen(options, ec);
  return {};
}

}  // namespace

class Server::Impl {
 public:
  Impl(const Options& options, Handler handler, Refuse refuse) {
    shared = std::make_shared<Shared>(options);
    shared->handler = std::move(handler);
    shared->refuse = std::move(refuse);
    for (unsigned i = 0; i < std::max(options.threads, 1U); ++i) {
      loops.push_back(std::make_shared<Loop>(shared));
    }
    acceptor.emplace(loops.front()->context);
    accept_pause.emplace(loops.front()->context);
  }

  void run() {
    accept();
    for (const auto& loop : loops) threads.emplace_back([loop] { loop->run(); });
  }

  void stop(std::chrono::milliseconds grace) {
    if (std::exchange(stopped_, true)) return;
    // The listener closes first: a client whose connection ends must not reach it any more.
    asio::post(loops.front()->context, [this] {
      error_code ignored;
      acceptor->close(ignored);
      accept_pause->cancel();
      {
        const std::lock_guard lock(shared->mutex);
        shared->stopping = true;
      }
      shared->all_closed.notify_all();
      for (const auto& loop : loops) asio::post(loop->context, [loop = loop.get()] { loop->close_idle(); });
    });
    {
      std::unique_lock lock(shared->mutex);
      shared->all_closed.wait_for(lock, grace,
                                  [this] { return shared->stopping && shared->connections == 0; });
    }
    for (const auto& loop : loops) loop->end();
    for (std::thread& thread : threads) thread.join();
  }

  std::shared_ptr<Shared> shared;
  std::vector<std::shared_ptr<Loop>> loops;
  // Both belong to the first loop.
  std::optional<asio::ip::tcp::acceptor> acceptor;
  std::optional<asio::steady_timer> accept_pause;
  std::vector<std::thread> threads;
  std::uint16_t port = 0;

 private:
  // Distributes connections round-robin to the loops.
  void accept() {
    // A handler queued in a loop must not own it.
    Loop* const loop = loops[next_++ % loops.size()].get();
    acceptor->async_accept(loop->context, [this, loop](const error_code& ec, asio::ip::tcp::socket socket) {
      if (!acceptor->is_open()) return;
      if (!ec) {
        asio::post(loop->context,
                   [loop, socket = std::move(socket)]() mutable { loop->adopt(std::move(socket)); });
        return accept();
      }
      // The process may be out of file descriptors: a short pause instead of an immediate retry.
      accept_pause->expires_after(kAcceptPause);
      accept_pause->async_wait([this](const error_code& cancelled) {
        if (!cancelled && acceptor->is_open()) accept();
      });
    });
  }

  std::size_t next_ = 0;
  bool stopped_ = false;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  stop(std::chrono::milliseconds{0});
}

Result<std::unique_ptr<Server>> Server::start(Options options, Handler handler, Refuse refuse) {
  assert(handler && refuse);
  auto impl = std::make_unique<Impl>(options, std::move(handler), std::move(refuse));
  if (options.tls) {
    auto context = asio_context(*options.tls);
    if (!context) return tl::unexpected(context.error());
    impl->shared->tls = *context;
  }
  if (auto listening = listen(*impl->acceptor, options); !listening) {
    return tl::unexpected(listening.error());
  }
  make_room_for_files(options.limits.connections);
  impl->port = impl->acceptor->local_endpoint().port();
  impl->run();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
  return impl_->port;
}

Result<void> Server::use_certificate(const CertificateFiles& files) {
  auto context = asio_context(files);
  if (!context) return tl::unexpected(context.error());
  const std::lock_guard lock(impl_->shared->mutex);
  impl_->shared->tls = *context;
  return {};
}

void Server::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}

std::size_t Server::connections() const {
  return impl_->shared->connections;
}

std::size_t Server::requests_under_way() const {
  return impl_->shared->under_way;
}

}  // namespace reprise::server::http
