#include "server/service.h"

#include <array>

#include "fhir/operation_outcome.h"
#include "server/start_page.h"

namespace reprise::server {
namespace {

constexpr const char* kStage = "starting the server";

bool is_loopback(std::string_view address) {
  return address == "127.0.0.1" || address == "::1" || address == "localhost";
}

// A page of another site may lead a browser here under a name of its own; nothing is answered to that.
bool is_own_host(std::string_view host) {
  const auto port = host.rfind(':');
  const auto name = host.substr(0, host.empty() || host.back() == ']' ? host.size() : port);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

void add_security(http::Response& response, bool secure) {
  const auto add = [&](const char* name, const char* value) { response.fields.push_back({name, value}); };
  add("x-content-type-options", "nosniff");
  add("referrer-policy", "no-referrer");
  add("content-security-policy", kContentSecurityPolicy);
  add("cross-origin-resource-policy", "same-origin");
  add("cache-control", "no-store");
  if (secure) add("strict-transport-security", "max-age=31536000");
}

http::Response refused(unsigned status, std::string_view reason) {
  const auto code = status == 413 || status == 414 || status == 431 ? fhir::IssueType::too_long
                    : status == 503                                 ? fhir::IssueType::transient
                    : status == 404                                 ? fhir::IssueType::not_found
                                                                    : fhir::IssueType::structure;
  const std::array<fhir::Issue, 1> issues = {
      fhir::Issue{fhir::Severity::error, code, std::string{reason}, ""}};
  auto response = answer(status, fhir::operation_outcome(issues).dump());
  add_security(response, false);
  return response;
}

http::Response plain(unsigned status, std::string text) {
  return {status, {{"content-type", "text/plain;charset=utf-8"}}, std::move(text)};
}

}  // namespace

class Service::Impl {
 public:
  Result<void> start(ServiceOptions options, const std::function<void(std::string_view)>& progress) {
    if (!is_loopback(options.http.address)) {
      return fail(ErrorCode::invalid_argument, kStage,
                  "nobody has to sign in yet, so that everyone who reaches the address could read and change "
                  "the record",
                  "listen on 127.0.0.1 (the default), where only this machine can ask");
    }
    auto record = record::Record::open(options.record, progress);
    if (!record) return tl::unexpected(record.error());
    record_ = std::move(*record);
    base_path_ = options.api.base_path;
    api_ = std::make_shared<Api>(*record_, std::move(options.api));
    auto server = http::Server::start(
        std::move(options.http),
        [this](http::Request request, http::Respond respond) {
          route(std::move(request), std::move(respond));
        },
        refused);
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    return {};
  }

  void stop(std::chrono::milliseconds grace) {
    if (server_) server_->stop(grace);
    server_.reset();
    record_.reset();
  }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] const std::string& base_path() const { return base_path_; }

 private:
  void route(http::Request request, http::Respond respond) {
    const bool secure = request.secure;
    const auto secured = [respond = std::move(respond), secure](http::Response response) {
      add_security(response, secure);
      respond(std::move(response));
    };
    const std::string* host = http::find_field(request.fields, "host");
    if (host == nullptr || !is_own_host(*host)) {
      return secured(refused(421, "this server answers to the names of this machine only"));
    }
    const std::string_view path = std::string_view{request.target}.substr(0, request.target.find('?'));
    const bool get = request.method == "GET" || request.method == "HEAD";
    if (path == base_path_ || path.rfind(base_path_ + "/", 0) == 0) {
      api_->handle(std::move(request), secured);
    } else if (get && path == "/healthz") {
      secured(plain(200, "ok\n"));
    } else if (get && path == "/readyz") {
      answer_ready(secured);
    } else if (get && path == "/") {
      secured({200, {{"content-type", "text/html;charset=utf-8"}}, start_page(base_path_)});
    } else if (get && path == "/start.css") {
      secured({200, {{"content-type", "text/css;charset=utf-8"}}, std::string{start_style()}});
    } else {
      secured(refused(404, "there is nothing at this address"));
    }
  }

  void answer_ready(const http::Respond& respond) {
    const bool taken = record_->read([respond](record::Connection& connection) {
      const auto read = connection.query("SELECT 1", {}, [](record::Row) { return false; });
      respond(read ? plain(200, "ready\n") : plain(503, "the database does not answer\n"));
    });
    if (!taken) respond(plain(503, "too much is waiting\n"));
  }

  std::unique_ptr<record::Record> record_;
  std::shared_ptr<Api> api_;
  std::string base_path_;
  std::unique_ptr<http::Server> server_;  // ends first: it asks the others
};

Result<std::unique_ptr<Service>> Service::start(ServiceOptions options,
                                                const std::function<void(std::string_view)>& progress) {
  auto impl = std::make_unique<Impl>();
  if (auto started = impl->start(std::move(options), progress); !started)
    return tl::unexpected(started.error());
  return std::unique_ptr<Service>{new Service{std::move(impl)}};
}

Service::Service(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Service::~Service() = default;
std::uint16_t Service::port() const {
  return impl_->port();
}
std::string Service::base_path() const {
  return impl_->base_path();
}
void Service::stop(std::chrono::milliseconds grace) {
  impl_->stop(grace);
}

}  // namespace reprise::server
