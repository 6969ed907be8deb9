// SPDX-License-Identifier: Apache-2.0
#include "cli/interrupt.h"

#include <csignal>

namespace reprise::cli {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;
volatile std::sig_atomic_t g_hung_up = 0;

extern "C" void remember(int signal) {
  g_interrupted = 1;
  std::signal(signal, SIG_DFL);
}

extern "C" void remember_hangup(int) {
  g_hung_up = 1;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
}

bool interrupted() {
  return g_interrupted != 0;
}

void catch_hangups() {
  std::signal(SIGHUP, remember_hangup);
}

bool take_hangup() {
  const bool came = g_hung_up != 0;
  g_hung_up = 0;
  return came;
}

tl::unexpected<Error> interrupted_error(std::string stage) {
  return fail(ErrorCode::cancelled, std::move(stage), "stopped by the user",
              "nothing was written; run it again");
}

}  // namespace reprise::cli
