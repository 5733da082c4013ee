/*
 * Stands between a process and its disk (LD_PRELOAD), for the files of one folder (DISK_FAULTS_FOLDER) only.
 *
 * Faults, as the words of a shared file (DISK_FAULTS_CONTROL) say at the moment: the n-th write, sync or read from now fails,
 * a failed sync keeps its data all the same, every sync takes its time, or the disk stands still for a while (disk-stall.h).
 *
 * Memory: before a byte is overwritten, what stood there is noted in a file beside (DISK_FAULTS_UNDO/<name>), and a
 * successful sync empties that note. So after a SIGKILL, which itself loses nothing, whoever killed can take back what
 * no sync had secured, as a loss of power would.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sys/stat.h>
#include "../../packages/service/test/support/watched-folder.h"

enum {
  WRITE_SKIP, WRITE_TIMES, WRITE_ERRNO, SYNC_SKIP, SYNC_TIMES, SYNC_ERRNO, SYNC_KEEPS, SYNC_SLOW_US, FAILED,
  READ_SKIP, READ_TIMES, READ_ERRNO, READ_FAILED, STALL_AT, STALL_SKIP, STALL_MS, STALLED, STALL_UNTIL, WORDS
};

/** A note of the past: `size` bytes stood at `offset` in a file that was `fileSize` long. */
struct note {
  int64_t offset, size, fileSize;
};

static const char *undoFolder;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#include "disk-stall.h"

static ssize_t (*realWrite)(int, const void *, size_t);
static ssize_t (*realPwrite)(int, const void *, size_t, off64_t);
static ssize_t (*realPread)(int, void *, size_t, off64_t);
static int (*realFsync)(int), (*realFdatasync)(int), (*realFtruncate)(int, off64_t);
static int (*realUnlink)(const char *), (*realRename)(const char *, const char *);

__attribute__((constructor)) static void begin(void) {
  realWrite = dlsym(RTLD_NEXT, "write");
  realPwrite = dlsym(RTLD_NEXT, "pwrite64");
  realPread = dlsym(RTLD_NEXT, "pread64");
  realFsync = dlsym(RTLD_NEXT, "fsync");
  realFdatasync = dlsym(RTLD_NEXT, "fdatasync");
  realFtruncate = dlsym(RTLD_NEXT, "ftruncate64");
  realUnlink = dlsym(RTLD_NEXT, "unlink");
  realRename = dlsym(RTLD_NEXT, "rename");
  undoFolder = getenv("DISK_FAULTS_UNDO");
  if (undoFolder) watch("DISK_FAULTS_FOLDER", "DISK_FAULTS_CONTROL", WORDS);
}

/** The journal's own files: not its index in shared memory, which every start makes anew, nor the file that only holds room. */
static const char *journalName(const char *path) {
  if (!control || strncmp(path, folder, folderLength) != 0 || path[folderLength] != '/') return NULL;
  const char *name = path + folderLength + 1;
  if (strncmp(name, "journal.db", 10) != 0 || strstr(name, "-shm") || strchr(name, '/')) return NULL;
  return name;
}

static const char *nameOf(int fd, char *path) {
  return pathOf(fd, path) ? journalName(path) : NULL;
}

static void notePath(char *to, const char *name) { snprintf(to, PATH_MAX, "%s/%s", undoFolder, name); }

/** Notes what stands where something else is about to stand. */
static void note(int fd, const char *name, int64_t offset, int64_t length) {
  struct stat64 now;
  if (fstat64(fd, &now) != 0) return;
  int64_t end = offset + length < now.st_size ? offset + length : now.st_size;
  struct note head = {offset, end > offset ? end - offset : 0, now.st_size};
  char *bytes = malloc(sizeof head + head.size);
  memcpy(bytes, &head, sizeof head);
  char path[PATH_MAX];
  /* By this very descriptor: closing another one of the file would give up SQLite's locks on it (POSIX). */
  if (head.size > 0 && realPread(fd, bytes + sizeof head, head.size, offset) != head.size) abort();
  notePath(path, name);
  int out = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (out < 0 || realWrite(out, bytes, sizeof head + head.size) != (ssize_t)(sizeof head + head.size)) abort();
  close(out);
  free(bytes);
}

/** True where this one is to fail: the first `skip` go well, then `times` do not. */
static int fails(int skip, int times) {
  if (control[times] <= 0) return 0;
  if (control[skip] > 0) {
    control[skip]--;
    return 0;
  }
  control[times]--;
  control[FAILED]++;
  return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  char path[PATH_MAX];
  const char *name = nameOf(fd, path);
  if (!name) return realPwrite(fd, bytes, length, offset);
  stall(AT_WRITE);
  pthread_mutex_lock(&lock);
  ssize_t written = -1;
  int why = 0;
  if (fails(WRITE_SKIP, WRITE_TIMES)) {
    why = control[WRITE_ERRNO];
  } else {
    note(fd, name, offset, length);
    written = realPwrite(fd, bytes, length, offset);
    why = errno;
  }
  pthread_mutex_unlock(&lock);
  errno = why;
  return written;
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) {
  char path[PATH_MAX];
  if (!nameOf(fd, path)) return realPread(fd, bytes, length, offset);
  stall(AT_READ);
  pthread_mutex_lock(&lock);
  int why = fails(READ_SKIP, READ_TIMES) ? control[READ_ERRNO] : 0;
  if (why != 0) control[READ_FAILED]++;
  pthread_mutex_unlock(&lock);
  if (why == 0) return realPread(fd, bytes, length, offset);
  errno = why;
  return -1;
}

ssize_t pread(int fd, void *bytes, size_t length, off_t offset) { return pread64(fd, bytes, length, offset); }

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

static int synced(int fd, int (*sync)(int)) {
  char path[PATH_MAX];
  const char *name = nameOf(fd, path);
  if (!name) return sync(fd);
  stall(AT_SYNC);
  if (control[SYNC_SLOW_US] > 0) usleep(control[SYNC_SLOW_US]);
  pthread_mutex_lock(&lock);
  int fail = fails(SYNC_SKIP, SYNC_TIMES);
  int result = fail && !control[SYNC_KEEPS] ? 0 : sync(fd);
  if (result == 0 && (!fail || control[SYNC_KEEPS])) {
    char secured[PATH_MAX];
    notePath(secured, name);
    realUnlink(secured);
  }
  int why = fail ? control[SYNC_ERRNO] : errno;
  pthread_mutex_unlock(&lock);
  if (!fail && result == 0) stall(AT_DONE);
  errno = why;
  return fail ? -1 : result;
}

int fsync(int fd) { return synced(fd, realFsync); }
int fdatasync(int fd) { return synced(fd, realFdatasync); }

int ftruncate64(int fd, off64_t length) {
  char path[PATH_MAX];
  const char *name = nameOf(fd, path);
  struct stat64 now;
  if (!name || fstat64(fd, &now) != 0) return realFtruncate(fd, length);
  pthread_mutex_lock(&lock);
  note(fd, name, length, now.st_size > length ? now.st_size - length : 0);
  int result = realFtruncate(fd, length);
  int why = errno;
  pthread_mutex_unlock(&lock);
  errno = why;
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/** A file that goes takes its notes along. */
int unlink(const char *path) {
  const char *name = journalName(path);
  int result = realUnlink(path);
  if (name && result == 0) {
    int why = errno;
    char notes[PATH_MAX];
    notePath(notes, name);
    realUnlink(notes);
    errno = why;
  }
  return result;
}

int rename(const char *from, const char *to) {
  const char *name = journalName(from), *newName = journalName(to);
  int result = realRename(from, to);
  if (name && newName && result == 0) {
    int why = errno;
    char notes[PATH_MAX], newNotes[PATH_MAX];
    notePath(notes, name);
    notePath(newNotes, newName);
    if (realRename(notes, newNotes) != 0) realUnlink(newNotes);
    errno = why;
  }
  return result;
}
