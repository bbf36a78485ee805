/* fsync and fdatasync of the database's files fail now and then with EIO, as those of a dying disk do. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int fd) {
  static int calls = 0;
  char link[64], path[512];
  const char *every = getenv("FSYNC_FAILS_EVERY");
  ssize_t length;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path - 1);
  if (every == NULL || length < 0) return 0;
  path[length] = 0;
  if (strstr(path, "attune.db") == NULL) return 0;
  calls += 1;
  return calls > 30 && calls % atoi(every) == 0;
}

int fsync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  if (fails(fd)) { errno = EIO; return -1; }
  return real(fd);
}

int fdatasync(int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  if (fails(fd)) { errno = EIO; return -1; }
  return real(fd);
}
