/*
 * Preloaded into a process, makes the n-th call of the operating system on the files of a ledger or a fleet store fail. What, when, and how
 * often stands in a file of four numbers (FAULT_CONTROL), which the process itself may write at any time:
 *   calls so far, the call that fails, its errno, 1 when all after it fail, too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

struct control {
  volatile int calls, at, error, lasting;
};

static struct control *control(void) {
  static struct control *shared;
  if (shared == NULL) {
    const char *file = getenv("FAULT_CONTROL");
    int fd = file == NULL ? -1 : open(file, O_RDWR | O_CLOEXEC);
    if (fd < 0) return NULL;
    void *at = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED) return NULL;
    shared = at;
  }
  return shared;
}

static int of_record(int fd) {
  char link[32], name[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length < 0) return 0;
  name[length] = '\0';
  return strstr(name, "/ledger.db") != NULL || strstr(name, "/fleet.db") != NULL;
}

static int fails(int fd) {
  struct control *now = control();
  if (now == NULL || now->at == 0 || !of_record(fd)) return 0;
  int call = __sync_add_and_fetch(&now->calls, 1);
  if (now->lasting ? call < now->at : call != now->at) return 0;
  errno = now->error;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  return fails(fd) ? -1 : REAL(pwrite64)(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return fails(fd) ? -1 : REAL(pwrite)(fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
  return fails(fd) ? -1 : REAL(pread64)(fd, bytes, count, at);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) {
  return fails(fd) ? -1 : REAL(pread)(fd, bytes, count, at);
}

int fdatasync(int fd) {
  return fails(fd) ? -1 : REAL(fdatasync)(fd);
}

int fsync(int fd) {
  return fails(fd) ? -1 : REAL(fsync)(fd);
}

int ftruncate64(int fd, off64_t length) {
  return fails(fd) ? -1 : REAL(ftruncate64)(fd, length);
}

int ftruncate(int fd, off_t length) {
  return fails(fd) ? -1 : REAL(ftruncate)(fd, length);
}
