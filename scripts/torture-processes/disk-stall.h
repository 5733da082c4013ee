/*
 * A disk that stands still: the n-th operation of one kind from now begins it, and whatever else is asked of the disk waits as
 * well, until it is over, or healed. By the machine's monotonic time, so that a SIGKILL in the midst of it leaves nothing behind.
 */
#include <time.h>

/** STALL_AT says which begins it: `DONE` is a sync that has succeeded, and is not told yet. */
enum { AT_NONE, AT_READ, AT_WRITE, AT_SYNC, AT_DONE };

static int32_t monotonicMs(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int32_t)((int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/** Never called with the lock: one that waits holds up nobody but by its own word. */
static void stall(int at) {
  pthread_mutex_lock(&lock);
  if (control[STALL_AT] == at) {
    if (control[STALL_SKIP] > 0) {
      control[STALL_SKIP]--;
    } else {
      control[STALL_AT] = AT_NONE;
      control[STALLED]++;
      control[STALL_UNTIL] = (monotonicMs() + control[STALL_MS]) | 1;
    }
  }
  pthread_mutex_unlock(&lock);
  for (;;) {
    int32_t until = control[STALL_UNTIL];
    /* Differences, as the count of milliseconds runs over. */
    if (until == 0 || (int32_t)((uint32_t)until - (uint32_t)monotonicMs()) <= 0) return;
    usleep(2000);
  }
}
