// SPDX-License-Identifier: Apache-2.0
#include "server/observability/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace reprise::server {
namespace {

namespace prom = prometheus;

// From a cached read to a client's timeout.
const prom::Histogram::BucketBoundaries kSeconds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                    0.1,    0.25,  0.5,    1,     2.5,  5,     10};

constexpr std::array<std::string_view, 4> kSteps = {"read", "search", "write", "commit"};

// In the order of Settled::End.
constexpr std::array<const char*, 4> kEnds = {"sent", "waits", "given_up", "stopped"};

std::string status_class(unsigned status) {
  return status < 100 || status > 599 ? "other" : std::to_string(status / 100) + "xx";
}

}  // namespace

class Metrics::Impl {
 public:
  Impl() {
    for (const http::RequestKind interaction : http::kRequestKinds) {
      request_seconds.at(static_cast<std::size_t>(interaction)) =
          &times.Add({{"interaction", std::string{to_string(interaction)}}}, kSeconds);
    }
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
      database_seconds.at(i) = &database.Add({{"step", std::string{kSteps.at(i)}}}, kSeconds);
    }
  }

  prom::Registry registry;
  prom::Family<prom::Counter>& requests =
      prom::BuildCounter().Name("reprise_requests_total").Help("Requests answered.").Register(registry);
  prom::Family<prom::Histogram>& times = prom::BuildHistogram()
                                             .Name("reprise_request_seconds")
                                             .Help("Time from a request's last byte to its answer.")
                                             .Register(registry);
  prom::Family<prom::Histogram>& database = prom::BuildHistogram()
                                                .Name("reprise_database_seconds")
                                                .Help("Time in the database, without waiting for it.")
                                                .Register(registry);
  prom::Family<prom::Counter>& messages = prom::BuildCounter()
                                              .Name("reprise_messages_total")
                                              .Help("Tries to send a mail or a post, by how they ended.")
                                              .Register(registry);
  prom::Gauge& connections = gauge("reprise_connections", "Connections that are open.");
  prom::Gauge& under_way = gauge("reprise_requests_under_way", "Requests that are not answered yet.");
  prom::Family<prom::Gauge>& queues = prom::BuildGauge()
                                          .Name("reprise_queue_length")
                                          .Help("Tasks that wait for the database.")
                                          .Register(registry);
  prom::Gauge& reads_waiting = queues.Add({{"queue", "read"}});
  prom::Gauge& writes_waiting = queues.Add({{"queue", "write"}});
  std::array<prom::Histogram*, http::kRequestKinds.size()> request_seconds = {};
  std::array<prom::Histogram*, kSteps.size()> database_seconds = {};

 private:
  prom::Gauge& gauge(const char* name, const char* help) {
    return prom::BuildGauge().Name(name).Help(help).Register(registry).Add({});
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}

Metrics::~Metrics() = default;

void Metrics::count_request(std::string_view method, http::RequestKind interaction, unsigned status,
                            std::chrono::duration<double> took) {
  // The same labels give the same counter.
  impl_->requests
      .Add({{"method", std::string{http::known_method(method)}},
            {"interaction", std::string{to_string(interaction)}},
            {"status", status_class(status)}})
      .Increment();
  impl_->request_seconds.at(static_cast<std::size_t>(interaction))->Observe(took.count());
}

void Metrics::count_message(record::MessageKind kind, record::Settled::End end) {
  impl_->messages
      .Add({{"kind", std::string{to_string(kind)}}, {"end", kEnds.at(static_cast<std::size_t>(end))}})
      .Increment();
}

void Metrics::observe(DatabaseStep step, std::chrono::duration<double> took) {
  impl_->database_seconds.at(static_cast<std::size_t>(step))->Observe(took.count());
}

std::string Metrics::text(const Readings& readings) const {
  impl_->connections.Set(static_cast<double>(readings.connections));
  impl_->under_way.Set(static_cast<double>(readings.requests_under_way));
  impl_->reads_waiting.Set(static_cast<double>(readings.reads_waiting));
  impl_->writes_waiting.Set(static_cast<double>(readings.writes_waiting));
  std::ostringstream out;
  prom::TextSerializer{}.Serialize(out, impl_->registry.Collect());
  return std::move(out).str();
}

}  // namespace reprise::server
