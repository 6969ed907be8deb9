// SPDX-License-Identifier: Apache-2.0
#include "server/service.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/base64.h"
#include "base/network_address.h"
#include "record/accounts/login_session.h"
#include "record/database/key.h"
#include "server/accounts/first_administrator.h"
#include "server/accounts/routes.h"
#include "server/administration/record_folder.h"
#include "server/administration/services.h"
#include "server/app_api/app_api.h"
#include "server/app_api/qr_code.h"
#include "server/carers/carer.h"
#include "server/carers/routes.h"
#include "server/consents/posture_photos.h"
#include "server/delivery.h"
#include "server/demo/background_filling.h"
#include "server/demo/demonstration.h"
#include "server/fhir_api/api.h"
#include "server/films/exercise_film.h"
#include "server/films/exercise_films.h"
#include "server/http/forwarded.h"
#include "server/http/own_hosts.h"
#include "server/http/routing.h"
#include "server/http/server.h"
#include "server/messaging/care_team_notifications.h"
#include "server/messaging/message_notifications.h"
#include "server/messaging/message_pictures.h"
#include "server/messaging/own_photo.h"
#include "server/monitoring/flag_decisions.h"
#include "server/monitoring/response_check.h"
#include "server/monitoring/rule_evaluator.h"
#include "server/monitoring/safety_flags.h"
#include "server/observability/log.h"
#include "server/observability/metrics.h"
#include "server/pages/compression.h"
#include "server/pages/page_answer.h"
#include "server/pages/start_page.h"
#include "server/reactions/reaction.h"
#include "server/reminders/calendar_feed.h"
#include "server/reminders/routes.h"
#include "server/scheduling/appointment_conflicts.h"
#include "server/service_address.h"
#include "server/service_responses.h"
#include "server/video_visits/video_visits.h"
#include "web/pages.h"

namespace reprise::server {
namespace {

constexpr const char* kStage = "starting the server";
constexpr const char* kBasePath = "/fhir";
/// Shows every component of the pages; of a demonstration alone.
constexpr std::string_view kComponentsPath = "/components";

using ProgressCallback = std::function<void(std::string_view)>;

record::Stay stay_limits(const Settings::SignIn& sign_in) {
  if (sign_in.stay_days == 0) return {};
  return {.idle_us = in_us(std::chrono::days{sign_in.stay_idle_days}),
          .longest_us = in_us(std::chrono::days{sign_in.stay_days})};
}

}  // namespace

class Service::Impl {
  /// An endpoint of the service, and its name in metrics.
  struct Endpoint {
    std::string_view method;
    std::string_view path;
    http::RequestKind kind;
    std::function<void(http::Request, http::Respond)> handle;
  };

 public:
  explicit Impl(ServiceOptions options)
      : settings_(std::move(options.settings)),
        sign_in_(options.sign_in),
        catalog_(std::move(options.catalog)),
        demonstration_(std::move(options.demonstration)),
        simulated_clinic_(std::move(options.simulated_clinic)),
        interrupted_(std::move(options.interrupted)),
        in_terminal_(options.in_terminal),
        proxies_(trusted_proxies(settings_)),
        log_(settings_.log) {}

  Result<void> start(const ProgressCallback& on_progress) {
    if (!sign_in_ && !http::is_loopback(settings_.listen.address)) {
      return fail(ErrorCode::invalid_argument, kStage,
                  "without signing in, everyone who reaches " + settings_.listen.address +
                      " could read and change the record",
                  "listen on 127.0.0.1 (--listen-address 127.0.0.1), or let people sign in");
    }
    auto folder = open_record_folder(settings_);
    if (!folder) return tl::unexpected(folder.error());
    keys_in_use_ = folder->keys_in_use;
    for (const std::string& made : folder->made) on_progress(made);
    auto lock = lock_record_folder(settings_);
    if (!lock) return tl::unexpected(lock.error());
    folder_lock_ = std::move(*lock);
    if (auto made = prepare_push(on_progress); !made) return made;
    const auto tls = prepare_tls(settings_);
    if (!tls) return tl::unexpected(tls.error());
    if (tls->made)
      on_progress("Made a certificate for this server. Its SHA-256 fingerprint: " + tls->fingerprint);
    fingerprint_ = tls->fingerprint;
    own_certificate_ = tls->own;
    hosts_ = hosts_of(*tls);
    auto record =
        record::Record::open(folder->options, on_progress, [this](const Error& error) { log_.error(error); });
    if (!record) return tl::unexpected(record.error());
    record_ = std::move(*record);
    if (auto filled = fill_record(on_progress); !filled) return filled;
    limit_stays();
    const std::string& url = settings_.listen.public_url;
    api_ = std::make_shared<Api>(*record_, api_options());
    endpoints_ = endpoints();
    auto server = http::Server::start(
        {.address = settings_.listen.address,
         .port = settings_.listen.port,
         .tls = tls->files,
         .threads = settings_.threads.network,
         .limits = settings_.limits,
         .trusted_proxies = proxies_,
         .public_url = url,
         .never_redirected = {kBasePath, std::string{kAppApiPath}, std::string{kVisitsPath},
                              std::string{kFilmsPath}}},
        [this](http::Request request, http::Respond respond) {
          take(std::move(request), std::move(respond));
        },
        refused_request);
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    page_ = {kBasePath, service_addresses(settings_.listen, server_->port()), {}, sign_in_};
    if (sign_in_) {
      AppApiOptions options;
      options.public_url = url;
      if (page_.addresses.size() > 1) options.network_url = page_.addresses[1];
      const Settings::Clinic& clinic = settings_.clinic;
      options.clinic = {clinic.name, clinic.phone, clinic.emergency_number};
      options.extra_languages = clinic.extra_languages;
      options.sends_mail = !settings_.mail.host.empty();
      if (push_key_) options.push_key = to_base64url(push_key_->public_point());
      options.push_hosts = settings_.push.hosts;
      options.stay = stay_limits(settings_.sign_in);
      options.staff_may_stay = settings_.sign_in.staff_may_stay;
      options.filling = [this] { return history_ ? history_->progress() : std::nullopt; };
      administration_ =
          std::make_unique<Administration>(administration_services(settings_, folder->options, *record_));
      std::vector<Route> routes = account_routes();
      for (Route& route : administration_->routes()) routes.push_back(std::move(route));
      for (Route& route : reminder_routes()) routes.push_back(std::move(route));
      for (Route& route : own_photo_routes()) routes.push_back(std::move(route));
      for (Route& route : carer_routes()) routes.push_back(std::move(route));
      app_api_ = std::make_unique<AppApi>(*record_, std::move(options), std::move(routes));
      visits_ = std::make_unique<VideoVisits>(*record_, settings_.visits,
                                              [this](const Error& error) { log_.error(error); });
      films_ = std::make_unique<ExerciseFilms>(*record_);
      calendar_feed_ = std::make_unique<CalendarFeed>(*record_, notification_options());
      print_links(people_, page_.addresses, in_terminal_, on_progress);
      if (auto printed = print_first_administrator_link(folder->options, on_progress); !printed)
        return printed;
    }
    rules_ = std::make_unique<RuleEvaluator>(
        *record_, RuleEvaluatorOptions{.connect = [options = folder->options] { return connect(options); },
                                       .warn = [this](const Error& error) { log_.error(error); },
                                       .mail = notification_options()});
    reactions_ = reactions();
    start_filling(on_progress);
    listening_ = true;
    delivery_ = std::make_unique<Delivery>(
        DeliveryOptions{settings_, *record_, log_, metrics_, notification_options(), push_key_.get(),
                        [options = folder->options] { return connect(options); }});
    return {};
  }

  /// Reads the server's key for Web Push, or makes it.
  Result<void> prepare_push(const ProgressCallback& on_progress) {
    if (!sign_in_ || settings_.push.contact.empty()) return {};
    const auto file = push_key_file(settings_);
    const auto seed = record::read_or_make_key(file);
    if (!seed) return tl::unexpected(seed.error());
    if (seed->made_now)
      on_progress("Made " + file.string() + ". With another one, patients' devices must subscribe anew.");
    auto key = push::P256Key::derive({reinterpret_cast<const char*>(seed->key.data()), seed->key.size()});
    if (!key) return tl::unexpected(key.error());
    push_key_ = std::make_unique<push::P256Key>(std::move(*key));
    return {};
  }

  /// The settings may be stricter than at the last start.
  void limit_stays() {
    record_->write({[this, limits = stay_limits(settings_.sign_in), staff = settings_.sign_in.staff_may_stay](
                        const record::WriteTransaction& session) -> std::optional<record::Refusal> {
                      const auto done = record::limit_stays(session.connection, limits, staff);
                      if (done) return {};
                      log_.error(done.error());
                      return record::refuse(done.error()).value();
                    },
                    [](const std::optional<record::Refusal>&) {}});
  }

  void stop() {
    if (history_) history_->end();
    delivery_.reset();
    if (rules_) rules_->end();
    if (server_) server_->stop(std::chrono::seconds{settings_.stop_seconds});
    listening_ = false;
    if (administration_) administration_->end();
    if (app_api_) app_api_->end();
    if (api_) api_->end();
    api_.reset();
    record_.reset();
    rules_.reset();
    app_api_.reset();
    administration_.reset();
    visits_.reset();
    calendar_feed_.reset();
    films_.reset();
    server_.reset();
  }

  // Memory that the connections free is returned by the next call.
  void give_back_memory() {
    const bool used = take_large_memory_used();
    if (used) record_->release_memory();
    if (used || memory_released_) free_memory_to_system();
    memory_released_ = used;
  }

  void run_maintenance() {
    record_->write({[](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
                      const auto done = record::remove_ended(session.connection, session.now_ms * 1000);
                      return done ? std::nullopt : std::optional{record::refuse(done.error()).value()};
                    },
                    [](const std::optional<record::Refusal>&) {}});  // it is tried again
    if (visits_) visits_->run_maintenance();
    const auto tls = prepare_tls(settings_);
    if (!tls) return log_.error(tls.error());
    if (!tls->files || tls->fingerprint == fingerprint_) return;
    if (const auto used = server_->use_certificate(*tls->files); !used) return log_.error(used.error());
    const std::scoped_lock lock{certificate_mutex_};
    fingerprint_ = tls->fingerprint;
    hosts_ = hosts_of(*tls);
  }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] const std::vector<std::string>& addresses() const { return page_.addresses; }

 private:
  OwnHosts hosts_of(const ServiceTls& tls) const {
    if (!sign_in_) return {};
    std::vector<std::string> names = tls.names;
    for (std::string& name : http::local_names()) names.push_back(std::move(name));
    return {names, settings_.listen.public_url, !http::is_loopback(settings_.listen.address)};
  }

  bool is_own_host(const http::Request& request, bool by_proxy) const {
    const std::string* host = http::find_field(request.fields, "host");
    if (host == nullptr) return sign_in_;  // HTTP/1.0, which names no other
    // Without a public address only the proxy knows the requested host names.
    if (by_proxy && sign_in_ && settings_.listen.public_url.empty()) return true;
    const std::scoped_lock lock{certificate_mutex_};
    return hosts_.has(*host);
  }

  void take(http::Request request, http::Respond respond) {
    const bool by_proxy = std::any_of(proxies_.begin(), proxies_.end(), [&](const auto& range) {
      return contains(range, request.remote_address);
    });
    const auto client = http::client_of(request, proxies_);
    request.remote_address = client.address;
    request.secure = client.secure;
    const auto begin = std::chrono::steady_clock::now();
    const std::string* accepted = http::find_field(request.fields, "accept-encoding");
    const bool brotli = accepted != nullptr && takes_brotli(*accepted);
    // Ends with the last copy of the respond function, called or not.
    std::shared_ptr<void> place;
    const std::string of_address = address_group(client.address);
    const bool has_place = requests_->begin(of_address);
    if (has_place) place = {nullptr, [all = requests_, of_address](void*) { all->end(of_address); }};
    const auto found = http::find_route(endpoints_, request.method, request.target);
    const auto usual_kind = found.route != nullptr ? found.route->kind : http::RequestKind::operation;
    auto counted = [this, begin, brotli, place = std::move(place), method = request.method, usual_kind,
                    secure = client.secure, respond = std::move(respond)](http::Response response) {
      add_security(response, secure);
      if (brotli) compress_resource(response);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      const http::RequestKind kind = response.kind.value_or(usual_kind);
      metrics_.count_request(method, kind, response.status, took);
      // During a visit the pages poll every few seconds.
      if (kind == http::RequestKind::visit && response.status < 400) return respond(std::move(response));
      if (log_.writes(response.status >= 500 ? LogLevel::error : LogLevel::info)) {
        const std::string* id = http::find_field(response.fields, "x-request-id");
        log_.request({id != nullptr ? std::string_view{*id} : std::string_view{}, method, kind,
                      response.status, took});
      }
      respond(std::move(response));
    };
    if (!has_place) return counted(refused_request(503, "too many requests of this address are under way"));
    if (!listening_) return counted(refused_request(503, "the server is starting"));
    if (!is_own_host(request, by_proxy)) {
      return counted(refused_request(
          421, sign_in_ ? "this server does not answer to this host name; listen.public_url can name it"
                        : "without signing in, this server answers to the names of this machine only"));
    }
    if (found.route != nullptr) return found.route->handle(std::move(request), std::move(counted));
    answer_page(request, counted);
  }

  /// Returns the service's endpoints; all other addresses are pages.
  std::vector<Endpoint> endpoints() {
    using http::RequestKind;
    using http::Respond;
    const auto text = [](const char* type, auto make) {
      return [type, make](http::Request, Respond respond) { respond(text_response(type, make())); };
    };
    std::vector<Endpoint> all = {
        {"", "/fhir/**", RequestKind::other,
         [this](http::Request request, Respond respond) {
           api_->handle(std::move(request), std::move(respond));
         }},
        {"GET", "/", RequestKind::page,
         text("text/html;charset=utf-8", [this] { return start_page(page()); })},
        {"GET", "/start.css", RequestKind::page,
         text("text/css;charset=utf-8", [] { return std::string{start_style()}; })},
        {"GET", "/start.svg", RequestKind::page,
         text("image/svg+xml",
              [this] {
                const auto& own = page_.addresses;
                return qr_code(own.at(own.size() > 1 ? 1 : 0) + "/");
              })},
        // Browsers request it automatically.
        {"GET", "/favicon.ico", RequestKind::operation,
         [](http::Request, Respond respond) {
           respond({204, {}, {}});
         }},
        {"GET", "/healthz", RequestKind::operation,
         text("text/plain;charset=utf-8", [] { return std::string{"ok\n"}; })},
        {"GET", "/readyz", RequestKind::operation,
         [this](http::Request, Respond respond) { answer_ready(respond); }},
        {"GET", "/metrics", RequestKind::operation,
         [this](http::Request request, Respond respond) {
           // Metrics are for the operator.
           if (!http::is_loopback(request.remote_address)) return answer_page(request, respond);
           respond(text_response(kMetricsType, metrics()));
         }},
    };
    if (!sign_in_) return all;
    all.push_back({"", "/auth/**", RequestKind::sign_in, [this](http::Request request, Respond respond) {
                     app_api_->handle(std::move(request), std::move(respond));
                   }});
    all.push_back(
        {"GET", "/calendar-feed/*", RequestKind::operation, [this](http::Request request, Respond respond) {
           calendar_feed_->handle(std::move(request), std::move(respond));
         }});
    all.push_back(
        {"", "/exercise-films/**", RequestKind::film, [this](http::Request request, Respond respond) {
           films_->handle(std::move(request), std::move(respond));
         }});
    all.push_back({"", "/visits/**", RequestKind::visit, [this](http::Request request, Respond respond) {
                     visits_->handle(std::move(request), std::move(respond));
                   }});
    return all;
  }

  void answer_page(const http::Request& request, const http::Respond& respond) const {
    if (request.method != "GET" && request.method != "HEAD") {
      auto response = refused_request(405, "this address can only be read");
      response.fields.push_back({"allow", "GET, HEAD"});
      return respond(std::move(response));
    }
    const auto path = std::string_view{request.target}.substr(0, request.target.find('?'));
    if (sign_in_ && (path != kComponentsPath || !demonstration_.empty())) {
      if (auto page = page_answer(request, path)) return respond(std::move(*page));
    }
    // Browsers send this for pages only.
    const std::string* accepted = http::find_field(request.fields, "accept");
    if (accepted != nullptr && accepted->find("text/html") != std::string::npos)
      return respond(text_response("text/html;charset=utf-8", std::string{missing_page()}, 404));
    respond(refused_request(404, "there is nothing at this address"));
  }

  ApiOptions api_options() {
    const std::string& url = settings_.listen.public_url;
    ApiOptions options{kBasePath, sign_in_, url.empty() ? url : url + kBasePath, !demonstration_.empty()};
    options.before_writing = [this](const record::WriteTransaction& session,
                                    record::IndexedResource prepared) {
      return check_answers(*record_, session, std::move(prepared));
    };
    options.limits = settings_.limits;
    options.after_changes = [this](const record::WriteTransaction& session,
                                   std::span<const record::ChangeResult> changes) {
      std::optional<record::Refusal> refusal;
      for (const Reaction& react : reactions_) {
        if ((refusal = react(*record_, session, changes))) break;
      }
      return refusal;
    };
    return options;
  }

  [[nodiscard]] NotificationOptions notification_options() const {
    return {.address = page_.addresses.back() + "/",
            .sends_mail = !settings_.mail.host.empty(),
            .sends_push = push_key_ != nullptr,
            .extra_languages = settings_.clinic.extra_languages};
  }

  /// Returns the reactions in running order: those that may refuse come first.
  std::vector<Reaction> reactions() {
    using record::Record;
    using record::WriteTransaction;
    using Changes = std::span<const record::ChangeResult>;
    const NotificationOptions mail = notification_options();
    return {
        enforce_calendar,
        follow_ended_carers,
        apply_flag_decisions,
        guard_posture_photos,
        guard_message_pictures,
        guard_exercise_films,
        [mail](Record& record, const WriteTransaction& session, Changes changes) {
          return raise_safety_flags(record, session, changes, mail);
        },
        [mail](Record&, const WriteTransaction& session, Changes changes) {
          return notify_of_care_teams(session, changes, mail);
        },
        [mail](Record& record, const WriteTransaction& session, Changes changes) {
          return notify_of_messages(record, session, changes, mail);
        },
        [this](Record&, const WriteTransaction& session, Changes changes) -> std::optional<record::Refusal> {
          rules_->note(session, changes);
          return {};
        },
    };
  }

  Result<void> fill_record(const ProgressCallback& on_progress) {
    if (!demonstration_.empty()) {
      auto people = prepare_demonstration(*record_, demonstration_);
      if (!people) return tl::unexpected(people.error());
      people_ = std::move(*people);
    }
    auto added = seed_catalog(*record_, catalog_, on_progress);
    exercises_ = std::move(catalog_.exercises);
    catalog_ = {};
    return added;
  }

  void start_filling(const ProgressCallback& on_progress) {
    if (demonstration_.empty()) return;
    history_ = std::make_unique<BackgroundFilling>(
        *record_, BackgroundFilling::Options{simulated_clinic_, std::move(exercises_), on_progress,
                                             interrupted_, [this](const Error& error) { log_.error(error); },
                                             [this, on_progress](const simulation::SimulatedPerson& person) {
                                               let_in_with_history(person, on_progress);
                                             },
                                             [this] { rules_->evaluate_all(); }});
  }

  void let_in_with_history(const simulation::SimulatedPerson& person, const ProgressCallback& on_progress) {
    const auto let = server::let_in_with_history(*record_, person);
    if (!let) return log_.error(let.error());
    if (*let) print_links({**let}, page_.addresses, false, on_progress);
  }

  Result<void> print_first_administrator_link(const record::RecordOptions& options,
                                              const ProgressCallback& on_progress) {
    auto connection = record::connect(options);
    if (!connection) return tl::unexpected(connection.error());
    if (auto begun = (*connection)->begin_writing(); !begun) return begun;
    const auto secret = invite_first_administrator(**connection, record::milliseconds_now() * 1000);
    if (!secret) return tl::unexpected(secret.error());
    if (auto kept = (*connection)->commit(); !kept) return kept;
    if (*secret) {
      const std::string link = invitation_link(page_.addresses.front(), **secret);
      on_progress(
          "No administrator has a password yet. Open this link to choose it and become the first one:");
      on_progress("  " + link);
    }
    return {};
  }

  void answer_ready(const http::Respond& respond) {
    const bool taken = record_->read([respond](record::Connection& connection) {
      const auto read = connection.query("SELECT 1", {}, [](record::Row) { return false; });
      respond(read ? text_response("text/plain;charset=utf-8", "ready\n")
                   : text_response("text/plain;charset=utf-8", "the database does not answer\n", 503));
    });
    if (!taken) respond(text_response("text/plain;charset=utf-8", "too much is waiting\n", 503));
  }

  StartPage page() const {
    const std::scoped_lock lock{certificate_mutex_};
    StartPage page = page_;
    if (own_certificate_) page.fingerprint = fingerprint_;
    if (history_) page.filling = history_->progress();
    return page;
  }

  std::string metrics() const {
    return metrics_.text({server_->connections(), server_->requests_under_way(), record_->reads_waiting(),
                          record_->writes_waiting()});
  }

  Settings settings_;
  std::shared_ptr<FolderLock> keys_in_use_;
  std::unique_ptr<FolderLock> folder_lock_;
  std::shared_ptr<RequestBudget> requests_ =
      std::make_shared<RequestBudget>(settings_.limits.requests_per_address);
  bool sign_in_;
  CatalogContent catalog_;
  std::string demonstration_;
  simulation::ClinicOptions simulated_clinic_;
  std::function<bool()> interrupted_;
  bool in_terminal_;
  std::vector<DemonstrationPerson> people_;
  std::vector<Reaction> reactions_;
  std::vector<Endpoint> endpoints_;
  std::vector<http::AddressRange> proxies_;
  Log log_;
  Metrics metrics_;
  StartPage page_;
  mutable std::mutex certificate_mutex_;
  std::string fingerprint_;  // of the certificate in use
  OwnHosts hosts_;           // by its names
  bool own_certificate_ = false;
  std::atomic<bool> listening_ = false;
  std::vector<exercises::CatalogFile> exercises_;  // what simulated patients do
  std::unique_ptr<record::Record> record_;
  bool memory_released_ = false;  ///< by the last call
  std::shared_ptr<Api> api_;
  std::unique_ptr<Administration> administration_;
  std::unique_ptr<AppApi> app_api_;
  std::unique_ptr<VideoVisits> visits_;
  std::unique_ptr<CalendarFeed> calendar_feed_;
  std::unique_ptr<ExerciseFilms> films_;
  std::unique_ptr<push::P256Key> push_key_;  ///< null: no push messages
  std::unique_ptr<Delivery> delivery_;
  std::unique_ptr<RuleEvaluator> rules_;
  std::unique_ptr<BackgroundFilling> history_;
  std::unique_ptr<http::Server> server_;  // ends first: it asks the others
};

Result<std::unique_ptr<Service>> Service::start(ServiceOptions options, const ProgressCallback& on_progress) {
  auto impl = std::make_unique<Impl>(std::move(options));
  if (auto started = impl->start(on_progress); !started) return tl::unexpected(started.error());
  return std::unique_ptr<Service>{new Service{std::move(impl)}};
}

Service::Service(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Service::~Service() {
  impl_->stop();
}

std::uint16_t Service::port() const {
  return impl_->port();
}

const std::vector<std::string>& Service::addresses() const {
  return impl_->addresses();
}

void Service::give_back_memory() {
  impl_->give_back_memory();
}

void Service::run_maintenance() {
  impl_->run_maintenance();
}

void Service::stop() {
  impl_->stop();
}

}  // namespace reprise::server
