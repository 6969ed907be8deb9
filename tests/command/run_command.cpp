// SPDX-License-Identifier: Apache-2.0
#include "tests/command/run_command.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

#include "tests/support/test_files.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void become_reprise(const std::vector<std::string>& arguments, const RunOptions& options,
                                 const fs::path& out, const fs::path& error) {
  constexpr mode_t kMode = 0600;
  dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, kMode), STDOUT_FILENO);
  dup2(open(error.c_str(), O_WRONLY | O_CREAT | O_TRUNC, kMode), STDERR_FILENO);
  for (const std::string& setting : options.environment) {
    const auto equals = setting.find('=');
    setenv(setting.substr(0, equals).c_str(), setting.substr(equals + 1).c_str(), 1);
  }
  if (options.max_file_bytes > 0) {
    const auto limit = static_cast<rlim_t>(options.max_file_bytes);
    const rlimit full{limit, limit};
    setrlimit(RLIMIT_FSIZE, &full);
    std::signal(SIGXFSZ, SIG_IGN);
  }
  std::vector<char*> argv;
  std::string program = REPRISE_PROGRAM;
  argv.push_back(program.data());
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(121);
}

/// A signal before that would end it as any program, which says nothing about this one.
void wait_until_it_catches_interrupts(pid_t child) {
  const fs::path status = fs::path{"/proc"} / std::to_string(child) / "status";
  for (int tries = 0; tries < 6000; ++tries) {
    const std::string text = get_file(status);
    const auto at = text.find("SigCgt:");
    if (at == std::string::npos) return;  // it has ended
    const unsigned long long caught = std::stoull(text.substr(at + 7), nullptr, 16);
    if ((caught >> (SIGINT - 1)) & 1U) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("reprise does not catch interrupts");
}

}  // namespace

Ran run_reprise(const std::vector<std::string>& arguments, const RunOptions& options) {
  const TemporaryFolder folder;
  const fs::path out = folder.path() / "out";
  const fs::path error = folder.path() / "error";
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) become_reprise(arguments, options, out, error);
  if (options.interrupt_after_ms >= 0) {
    wait_until_it_catches_interrupts(child);
    std::this_thread::sleep_for(std::chrono::milliseconds(options.interrupt_after_ms));
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Ran ran;
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = get_file(out);
  ran.error = get_file(error);
  return ran;
}

}  // namespace reprise
