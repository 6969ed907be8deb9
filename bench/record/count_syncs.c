/* Put before a program (LD_PRELOAD) to count its waits for the disk, or to leave them out (WITHOUT_SYNC=1). The count stands in the
   file COUNT_SYNCS_FILE, as 8 bytes of this machine, while the program runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static _Atomic uint64_t* shared_count;
static int left_out;

__attribute__((constructor)) static void prepare(void) {
  const char* name = getenv("COUNT_SYNCS_FILE");
  left_out = getenv("WITHOUT_SYNC") != NULL;
  if (name == NULL) return;
  const int file = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0 || ftruncate(file, sizeof(uint64_t)) != 0) abort();
  void* memory = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory == MAP_FAILED) abort();
  shared_count = memory;
}

static int counted(const char* name, int file) {
  if (shared_count != NULL) atomic_fetch_add(shared_count, 1);
  if (left_out) return 0;
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(file);
}

int fsync(int file) { return counted("fsync", file); }
int fdatasync(int file) { return counted("fdatasync", file); }
