// SPDX-License-Identifier: Apache-2.0
// The server over TLS, asked by OpenSSL's own client.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <array>
#include <chrono>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "server/tls/local_certificate.h"
#include "tests/support/certificate_folder.h"
#include "tests/support/http_client.h"

namespace reprise::server::http {
namespace {

using namespace std::chrono_literals;

std::chrono::sys_seconds now_in_seconds() {
  return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
}

// A server with a certificate of its own.
struct SecureServer {
  explicit SecureServer(Limits limits = {}, Handler handler = echo) {
    const auto made = ensure_local_certificate(folder.files, kSomeNames, now_in_seconds());
    if (!made) throw std::runtime_error(to_string(made.error()));
    certificate = made->certificate;
    auto started =
        Server::start({"127.0.0.1", 0, folder.files, 1, limits}, std::move(handler), worded_refusal);
    if (!started) throw std::runtime_error(to_string(started.error()));
    server = std::move(*started);
  }
  CertificateFolder folder;
  Certificate certificate;
  std::unique_ptr<Server> server;
};

struct TlsOptions {
  int newest = TLS1_3_VERSION;
  std::string_view protocols = {};  // ALPN's form: each with its length before it
  const char* ciphers = nullptr;    // of TLS 1.2
  std::string trusted = {};         // PEM file; empty: any certificate will do
  std::string host = "localhost";
};

class TlsClient {
 public:
  TlsClient(std::uint16_t port, const TlsOptions& options) : tcp_(port) {
    context_.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), options.newest);
    SSL_CTX_set_security_level(context_.get(), 0);  // so that this client would take what the server must not
    if (options.ciphers != nullptr) SSL_CTX_set_cipher_list(context_.get(), options.ciphers);
    if (!options.trusted.empty()) {
      SSL_CTX_load_verify_locations(context_.get(), options.trusted.c_str(), nullptr);
      SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    }
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(options.protocols.data()),
                        static_cast<unsigned>(options.protocols.size()));
    if (options.host.find(':') == std::string::npos) SSL_set1_host(ssl_.get(), options.host.c_str());
    SSL_set_fd(ssl_.get(), tcp_.socket());
    connected_ = SSL_connect(ssl_.get()) == 1;
  }

  [[nodiscard]] bool is_connected() const { return connected_; }
  [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }
  [[nodiscard]] std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }
  bool send(std::string_view bytes) {
    std::size_t sent = 0;
    return SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &sent) == 1;
  }
  void half_close() { SSL_shutdown(ssl_.get()); }
  std::string receive_until(std::size_t size) {
    std::string text;
    std::array<char, 16384> bytes{};
    std::size_t count = 0;
    while (text.size() < size && SSL_read_ex(ssl_.get(), bytes.data(), bytes.size(), &count) == 1) {
      text.append(bytes.data(), count);
    }
    return text;
  }
  std::string rest() { return receive_until(static_cast<std::size_t>(-1)); }
  TestClient& tcp() { return tcp_; }

 private:
  struct Free {
    void operator()(SSL_CTX* it) const { SSL_CTX_free(it); }
    void operator()(SSL* it) const { SSL_free(it); }
  };
  TestClient tcp_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  bool connected_ = false;
};

const std::string kLastGet = "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

TEST(HttpsServer, AnswersOverTls12And13) {
  const SecureServer secure;
  for (const auto& [newest, name] :
       {std::pair{TLS1_2_VERSION, "TLSv1.2"}, std::pair{TLS1_3_VERSION, "TLSv1.3"}}) {
    TlsClient client(secure.server->port(), {.newest = newest});
    ASSERT_TRUE(client.is_connected());
    EXPECT_EQ(client.version(), name);
    ASSERT_TRUE(client.send(kLastGet));
    EXPECT_THAT(client.rest(), testing::EndsWith("\r\n\r\nGET /a "));
  }
}

TEST(HttpsServer, RefusesOldVersionsAndWeakCiphers) {
  const SecureServer secure;
  const auto port = secure.server->port();
  EXPECT_FALSE(TlsClient(port, {.newest = TLS1_1_VERSION}).is_connected());
  for (const char* ciphers : {"AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256"}) {
    EXPECT_FALSE(TlsClient(port, {.newest = TLS1_2_VERSION, .ciphers = ciphers}).is_connected()) << ciphers;
  }
  EXPECT_TRUE(
      TlsClient(port, {.newest = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"}).is_connected());
}

TEST(HttpsServer, AgreesOnHttp11ByAlpn) {
  const SecureServer secure;
  const auto port = secure.server->port();
  EXPECT_EQ(TlsClient(port, {.protocols = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
  EXPECT_EQ(TlsClient(port, {.protocols = "\x08http/1.0"}).protocol(), "http/1.0");
  EXPECT_FALSE(TlsClient(port, {.protocols = "\x02h2"}).is_connected());
  EXPECT_EQ(TlsClient(port, {}).protocol(), "");
}

TEST(HttpsServer, ClientsThatTrustTheCertificateAcceptItForItsNamesOnly) {
  const SecureServer secure;
  const std::string trusted = secure.folder.files.certificate.string();
  const auto port = secure.server->port();
  EXPECT_TRUE(TlsClient(port, {.trusted = trusted, .host = "localhost"}).is_connected());
  EXPECT_TRUE(TlsClient(port, {.trusted = trusted, .host = "clinic.local"}).is_connected());
  EXPECT_FALSE(TlsClient(port, {.trusted = trusted, .host = "example.org"}).is_connected());
}

TEST(HttpsServer, ShowsANewCertificateToNewConnections) {
  const SecureServer secure;
  const CertificateFolder other;
  ASSERT_TRUE(ensure_local_certificate(other.files, kSomeNames, now_in_seconds()));
  const std::string renewed = other.files.certificate.string();
  const auto port = secure.server->port();
  EXPECT_FALSE(TlsClient(port, {.trusted = renewed}).is_connected());
  ASSERT_FALSE(secure.server->use_certificate({other.files.certificate, secure.folder.files.key}));
  EXPECT_FALSE(TlsClient(port, {.trusted = renewed}).is_connected());
  ASSERT_TRUE(secure.server->use_certificate(other.files));
  EXPECT_TRUE(TlsClient(port, {.trusted = renewed}).is_connected());
}

TEST(HttpsServer, RedirectsPlainHttpToHttps) {
  const SecureServer secure;
  TestClient get(secure.server->port());
  get.send("GET /a?b=c HTTP/1.1\r\nHost: localhost:8443\r\n\r\n");
  const Reply moved = get.reply();
  EXPECT_EQ(moved.status, 308U);
  EXPECT_EQ(moved.fields.at("Location"), "https://localhost:8443/a?b=c");
  EXPECT_TRUE(get.is_closed());
  // Security finding F27: by a name that only the request gives it is sent nowhere.
  TestClient led(secure.server->port());
  led.send("GET /a HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(led.reply().fields.at("Location"),
            "https://127.0.0.1:" + std::to_string(secure.server->port()) + "/a");
  TestClient post(secure.server->port());
  post.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\na");
  const Reply refused = post.reply();
  EXPECT_EQ(refused.status, 400U);
  EXPECT_THAT(refused.body, testing::HasSubstr("https"));
}

// Security finding F27
TEST(HttpsServer, RefusesPlainHttpOfPrograms) {
  const CertificateFolder folder;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, now_in_seconds()));
  Options options{"127.0.0.1", 0, folder.files};
  options.public_url = "https://clinic.example.org";
  options.never_redirected = {"/fhir", "/auth"};
  const auto server = Server::start(options, echo, worded_refusal);
  ASSERT_TRUE(server);
  const auto asked = [&](const std::string& target) {
    TestClient client((*server)->port());
    client.send("GET " + target + " HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer x\r\n\r\n");
    return client.reply();
  };
  for (const char* target : {"/fhir", "/fhir/Patient", "/fhir?_format=json", "/auth/session"}) {
    const Reply reply = asked(target);
    EXPECT_EQ(reply.status, 400U) << target;
    EXPECT_EQ(reply.fields.count("Location"), 0U) << target;
  }
  EXPECT_EQ(asked("/fhirs").fields.at("Location"), "https://clinic.example.org/fhirs");
}

TEST(HttpsServer, CarriesLargeBodiesBothWays) {
  const SecureServer secure;
  TlsClient client(secure.server->port(), {});
  const std::string body(3'000'000, 'x');
  std::thread sender([&] {
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\nConnection: close\r\n\r\n" + body);
  });
  sender.join();
  const std::string answer = client.rest();
  EXPECT_TRUE(answer.size() > body.size() && answer.substr(answer.size() - body.size()) == body);
}

TEST(HttpsServer, AnswersToAClientThatHalfCloses) {
  const SecureServer secure;
  TlsClient client(secure.server->port(), {});
  ASSERT_TRUE(client.send("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  client.half_close();
  EXPECT_THAT(client.rest(), testing::EndsWith("\r\n\r\nGET /a "));
}

TEST(HttpsServer, RefusesSurplusConnectionsOverTls) {
  Limits limits;
  limits.connections = 1;
  std::promise<Respond> asked;
  const SecureServer secure(limits,
                            [&](const Request&, Respond respond) { asked.set_value(std::move(respond)); });
  TlsClient first(secure.server->port(), {});
  first.send(kLastGet);
  const Respond answer_first = asked.get_future().get();
  TlsClient second(secure.server->port(), {});
  second.send(kLastGet);
  // Security finding F28
  EXPECT_THAT(second.rest(), testing::AllOf(testing::StartsWith("HTTP/1.1 503 "),
                                            testing::HasSubstr("strict-transport-security: max-age=31536000; "
                                                               "includeSubDomains")));
  answer_first({200, {}, ""});
}

// Bad input: a connection that sends a byte now and then, in its handshake, its header or its body.
TEST(HttpsServer, EndsHandshakesThatDrip) {
  Limits limits;
  limits.header_time = 100ms;
  const SecureServer secure(limits);
  TestClient client(secure.server->port());
  // A handshake record of 512 bytes, one byte at a time.
  bool open = client.send("\x16\x03\x01\x02");
  for (int i = 0; open && i < 1000; ++i) {
    open = client.send(std::string(1, '\0'));
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_FALSE(open);
}

TEST(HttpsServer, ClosesHandshakesThatNeverEnd) {
  Limits limits;
  limits.header_time = 100ms;
  const SecureServer secure(limits);
  TestClient silent(secure.server->port());
  TestClient half(secure.server->port());
  half.send("\x16\x03\x01");
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(half.is_closed());
}

TEST(HttpsServer, Returns408OverTls) {
  Limits limits;
  limits.body_time = 100ms;
  const SecureServer secure(limits);
  TlsClient client(secure.server->port(), {});
  client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab");
  EXPECT_THAT(client.rest(), testing::StartsWith("HTTP/1.1 408 "));
}

TEST(HttpsServer, SurvivesNonsenseInsteadOfRecords) {
  const SecureServer secure;
  for (int i = 0; i < 64; ++i) {
    TestClient client(secure.server->port());
    std::string bytes = "\x16\x03\x01\x02\x01\x01";
    for (int k = 0; k < 600; ++k) bytes += static_cast<char>((k * 131 + i * 71) % 256);
    client.send(bytes);
    client.rest();
    TlsClient broken(secure.server->port(), {});
    broken.tcp().send(bytes);  // in the middle of a good session
    broken.rest();
  }
  TlsClient good(secure.server->port(), {});
  good.send(kLastGet);
  EXPECT_THAT(good.rest(), testing::EndsWith("GET /a "));
}

TEST(HttpsServer, ReportsProblemsOfItsFiles) {
  const CertificateFolder folder;
  ASSERT_TRUE(ensure_local_certificate(folder.files, kSomeNames, now_in_seconds()));
  const auto cause = [](const CertificateFiles& files) {
    const auto server = Server::start({"127.0.0.1", 0, files, 1, {}}, echo, worded_refusal);
    return server ? std::string{} : to_string(server.error());
  };
  EXPECT_THAT(cause({folder.path / "none.pem", folder.files.key}), testing::HasSubstr("none.pem"));
  EXPECT_THAT(cause({folder.files.certificate, folder.path / "none.pem"}), testing::HasSubstr("none.pem"));
  std::ofstream(folder.files.key) << "no key";
  EXPECT_THAT(cause(folder.files), testing::HasSubstr("cannot be read as the private key"));
}

}  // namespace
}  // namespace reprise::server::http
