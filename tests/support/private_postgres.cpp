// SPDX-License-Identifier: Apache-2.0
#include "tests/support/private_postgres.h"

#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>
#include <pqxx/pqxx>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/support/test_files.h"

// libpqxx 6.4 forgets the answer to a statement during which the server goes away, as some tests make it do.
extern "C" const char*
__lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier): the sanitizer's name
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libpqxx\n";
}

namespace reprise {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

// PostgreSQL refuses to run as root: then it is started as the user of Debian's package.
const passwd* other_user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) throw std::runtime_error("no user postgres: is postgresql-15 installed?");
  return user;
}

pid_t start(const std::vector<std::string>& command, const std::string& log) {
  const passwd* user = other_user();
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  if (user != nullptr && (::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0)) ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // it must not outlive a test that crashes
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

class Cluster {
 public:
  Cluster() {
    if (const passwd* user = other_user(); user != nullptr) {
      if (::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
        throw std::runtime_error("cannot give the folder to the user postgres");
      }
    }
    const passwd* me = ::getpwuid(::geteuid());
    int status = 0;
    const pid_t made =
        start({std::string{kPrograms} + "initdb", "--no-sync", "--auth=peer", "--encoding=UTF8", "--locale=C",
               "--username=" + std::string{me->pw_name}, "--pgdata=" + data()},
              log());
    if (::waitpid(made, &status, 0) != made || status != 0)
      throw std::runtime_error("initdb: " + get_file(log()));
    run();
  }
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  ~Cluster() { end(SIGQUIT); }

  void run() {
    start_server();
    for (int tries = 0; tries < 300; ++tries) {
      try {
        const pqxx::connection probe{address()};
        return;
      } catch (const std::exception&) {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
      }
      // After a kill, a new server refuses to start until the last of the old one's processes has noticed.
      if (::waitpid(server_, nullptr, WNOHANG) == server_) start_server();
    }
    throw std::runtime_error("PostgreSQL does not start: " + get_file(log()));
  }

  void end(int signal) {
    if (server_ <= 0) return;
    const std::vector<pid_t> backends = signal == SIGKILL ? children() : std::vector<pid_t>{};
    ::kill(server_, signal);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
    // As a loss of power: they would go on for a moment, and answer.
    for (const pid_t backend : backends) ::kill(backend, SIGKILL);
  }

  [[nodiscard]] std::string address() const { return "host=" + folder_.path().string() + " dbname=postgres"; }

 private:
  [[nodiscard]] std::vector<pid_t> children() const {
    const std::string server = std::to_string(server_);
    std::ifstream list{"/proc/" + server + "/task/" + server + "/children"};
    return {std::istream_iterator<pid_t>{list}, {}};
  }

  void start_server() {
    server_ = start({std::string{kPrograms} + "postgres", "-D", data(), "-k", folder_.path().string(), "-c",
                     "listen_addresses=", "-c", "max_connections=60"},
                    log());
  }

  [[nodiscard]] std::string data() const { return (folder_ / "data").string(); }
  [[nodiscard]] std::string log() const { return folder_.path().string() + "/log"; }

  TemporaryFolder folder_;
  pid_t server_ = 0;
};

Cluster& cluster() {
  static Cluster one;
  return one;
}

}  // namespace

PrivateSchema new_postgres_schema() {
  static std::atomic<int> count = 0;
  PrivateSchema made{cluster().address(), "test_" + std::to_string(++count)};
  pqxx::connection connection{made.address};
  pqxx::nontransaction transaction{connection};
  transaction.exec("CREATE SCHEMA " + made.name);
  return made;
}

void kill_private_postgres() {
  cluster().end(SIGKILL);
}

void restart_private_postgres() {
  cluster().run();
}

}  // namespace reprise
