/*
 * Stands between a process and its disk (LD_PRELOAD), for the journal's files in one folder (BAD_DISK_FOLDER). What is
 * wrong with the disk at the moment stands in the words of a shared file (BAD_DISK_CONTROL); zeros are a good disk.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include "watched-folder.h"

/* The disk has so many bytes, or any number; writes fail; syncs fail, after so many good ones and so often (0: always), or take their time; nothing can be opened to write, renamed or removed; reads fail, from some place in the file on, so often (0: always). */
enum { CAPACITY, WRITE_ERRNO, SYNC_ERRNO, SYNC_SLOW_US, READ_ONLY, READ_ERRNO, READ_FROM, READ_TIMES, SYNC_AFTER, SYNC_TIMES, SYNCS_REFUSED, WORDS };

__attribute__((constructor)) static void begin(void) { watch("BAD_DISK_FOLDER", "BAD_DISK_CONTROL", WORDS); }

static int stands(const char *path, const char *name) {
  return control && !strncmp(path, folder, folderLength) && !strncmp(path + folderLength, name, strlen(name));
}

/* The one that is at work, or one that is made (in a folder of its own) or was put aside. */
static int isJournal(const char *path) {
  return (stands(path, "/journal.") || stands(path, "/journal-")) && strcmp(path + folderLength, "/journal-rebuilding");
}

/* Who holds the folder stands beside the journal, for people. */
static int isReadOnly(const char *path) {
  return control && control[READ_ONLY] && (isJournal(path) || stands(path, "/tp-manager.running."));
}

/* The log's index lies in memory, and on the disk only its room counts. */
enum { NONE, INDEX, FILE_OF_ITS };

static int journalFd(int fd) {
  char path[PATH_MAX];
  if (!pathOf(fd, path)) return NONE;
  return !isJournal(path) ? NONE : strstr(path, "-shm") ? INDEX : FILE_OF_ITS;
}

/* What the journal's files leave of the disk's room. */
static int64_t room(void) {
  int64_t left = control[CAPACITY];
  DIR *dir = opendir(folder);
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    char path[PATH_MAX];
    struct stat64 file;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (isJournal(path) && !strstr(path, "-shm") && stat64(path, &file) == 0) left -= file.st_size;
  }
  if (dir) closedir(dir);
  return left < 0 ? 0 : left;
}

/* Why the disk does not take this; 0 where it does. */
static int refusal(int fd, int64_t end) {
  struct stat64 file;
  int what = journalFd(fd);
  if (what == NONE) return 0;
  if (what == FILE_OF_ITS && control[WRITE_ERRNO]) return control[WRITE_ERRNO];
  if (control[CAPACITY] && fstat64(fd, &file) == 0 && end > file.st_size && end - file.st_size > room()) return ENOSPC;
  return 0;
}

#define REAL(type, name, ...) \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = dlsym(RTLD_NEXT, name)
#define REFUSE(why) \
  do { int is = why; if (is) { errno = is; return -1; } } while (0)

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  REFUSE(refusal(fd, offset + length));
  return real(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  REFUSE(refusal(fd, lseek64(fd, 0, SEEK_CUR) + length));
  return real(fd, bytes, length);
}

/* Why a read fails; the last time that it was to fail, the disk is good again. */
static int readRefusal(int fd, off64_t offset) {
  if (!control || !control[READ_ERRNO] || offset < control[READ_FROM] || journalFd(fd) != FILE_OF_ITS) return 0;
  int why = control[READ_ERRNO];
  if (control[READ_TIMES] && !--control[READ_TIMES]) control[READ_ERRNO] = 0;
  return why;
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) {
  REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
  REFUSE(readRefusal(fd, offset));
  return real(fd, bytes, length, offset);
}

ssize_t pread(int fd, void *bytes, size_t length, off_t offset) { return pread64(fd, bytes, length, offset); }

/* The folder keeps the names of the journal's files. That of a log SQLite has synced, and heeds no answer: it does not count. */
static int isNames(int fd) {
  char path[PATH_MAX], log[PATH_MAX];
  if (!control || !pathOf(fd, path) || strcmp(path, folder)) return 0;
  snprintf(log, sizeof log, "%s/journal.db-wal", folder);
  return access(log, F_OK) != 0;
}

/* Why a sync fails; the last time that it was to fail, the disk is good again. */
static int syncRefusal(void) {
  if (!control[SYNC_ERRNO]) return 0;
  if (control[SYNC_AFTER]) return control[SYNC_AFTER]--, 0;
  int why = control[SYNC_ERRNO];
  control[SYNCS_REFUSED]++;
  if (control[SYNC_TIMES] && !--control[SYNC_TIMES]) control[SYNC_ERRNO] = 0;
  return why;
}

static int synced(int fd, int (*sync)(int)) {
  if (!journalFd(fd) && !isNames(fd)) return sync(fd);
  if (control[SYNC_SLOW_US]) usleep(control[SYNC_SLOW_US]);
  REFUSE(syncRefusal());
  return sync(fd);
}

ssize_t read(int fd, void *bytes, size_t length) {
  REAL(ssize_t, "read", int, void *, size_t);
  REFUSE(readRefusal(fd, lseek64(fd, 0, SEEK_CUR)));
  return real(fd, bytes, length);
}

/* Node copies files by copy_file_range, which libuv calls by its number, and reads them itself where the disk reports an error. */
long syscall(long number, ...) {
  REAL(long, "syscall", long, ...);
  va_list rest;
  long given[6];
  va_start(rest, number);
  for (int i = 0; i < 6; i++) given[i] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_copy_file_range) REFUSE(readRefusal(given[0], *(off64_t *)given[1] + given[4]));
  return real(number, given[0], given[1], given[2], given[3], given[4], given[5]);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  REFUSE(isReadOnly(path) ? EROFS : 0);
  return real(path);
}

int remove(const char *path) {
  REAL(int, "remove", const char *);
  REFUSE(isReadOnly(path) ? EROFS : 0);
  return real(path);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  REFUSE(isReadOnly(from) ? EROFS : 0);
  return real(from, to);
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return synced(fd, real);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return synced(fd, real);
}

int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  va_list rest;
  va_start(rest, flags);
  int mode = va_arg(rest, int);
  va_end(rest);
  REFUSE(isReadOnly(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT)) ? EROFS : 0);
  return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  int mode = va_arg(rest, int);
  va_end(rest);
  return open64(path, flags, mode);
}

int statfs64(const char *path, struct statfs64 *about) {
  REAL(int, "statfs64", const char *, struct statfs64 *);
  int result = real(path, about);
  if (result == 0 && control && control[CAPACITY] && !strncmp(path, folder, folderLength))
    about->f_bavail = about->f_bfree = room() / about->f_bsize;
  return result;
}

int statfs(const char *path, struct statfs *about) { return statfs64(path, (struct statfs64 *)about); }
