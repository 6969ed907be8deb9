// SPDX-License-Identifier: Apache-2.0
#include "tests/support/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace reprise {

ChildProcess::ChildProcess(const std::vector<std::string>& command, const std::filesystem::path& out,
                           const std::filesystem::path& error) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot fork");
  if (process_ > 0) return;
  constexpr mode_t kMode = 0600;
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, kMode), STDOUT_FILENO);
  ::dup2(::open(error.c_str(), O_WRONLY | O_CREAT | O_APPEND, kMode), STDERR_FILENO);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

ChildProcess::~ChildProcess() {
  if (process_ > 0) end(SIGKILL);
}

int ChildProcess::wait() {
  int status = 0;
  ::wait4(process_, &status, 0, &usage_);
  process_ = 0;
  return exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int ChildProcess::end(int signal) {
  if (process_ == 0) return exit_code_;
  ::kill(process_, signal);
  return wait();
}

bool ChildProcess::running() {
  if (process_ == 0) return false;
  siginfo_t state{};
  ::waitid(P_PID, static_cast<id_t>(process_), &state, WEXITED | WNOHANG | WNOWAIT);
  if (state.si_pid == 0) return true;
  wait();
  return false;
}

}  // namespace reprise
