/*
 * What stands between a process and its disk (LD_PRELOAD) needs to know: the folder that is watched, and the words of a shared
 * file, which say what is wrong at the moment. There is no `control` where the environment does not name both.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static volatile int32_t *control;
static const char *folder;
static size_t folderLength;

static void watch(const char *folderVariable, const char *controlVariable, int words) {
  const char *file = getenv(controlVariable);
  const char *watched = getenv(folderVariable);
  int fd = file && watched ? open(file, O_RDWR) : -1;
  if (fd < 0) return;
  void *mapped = mmap(NULL, words * sizeof(int32_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped == MAP_FAILED) return;
  folderLength = strlen(watched);
  folder = watched;
  control = mapped;
}

/* Of an open file, but not of the standard ones; the path has room for PATH_MAX. Zero where it is not to be had. */
static int pathOf(int fd, char *path) {
  char link[40];
  if (!control || fd < 3) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return 1;
}
