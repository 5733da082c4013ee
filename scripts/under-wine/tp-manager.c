/* In the place of tp-manager.exe: does what data\behaviour says (serve, pay, crash, exit N), and answers `status`. One that pays ends, once it
   was told to stop, only when it pays no more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static char folder[MAX_PATH];

static FILE *open_data(const char *name, const char *mode) {
  char path[MAX_PATH + 64];
  snprintf(path, sizeof path, "%s\\data\\%s", folder, name);
  return fopen(path, mode);
}

static int is_there(const char *name) {
  FILE *file = open_data(name, "r");
  if (file) fclose(file);
  return file != NULL;
}

static void tell(const char *more) {
  FILE *file = open_data("tp-manager.running.json", "w");
  fprintf(file, "{\"pid\":%lu,\"since\":\"now\",\"port\":1%s}", GetCurrentProcessId(), more);
  fclose(file);
}

int main(int count, char **words) {
  char behaviour[64] = "serve";
  char running[MAX_PATH + 64];
  GetModuleFileNameA(NULL, folder, sizeof folder);
  *strrchr(folder, '\\') = 0;
  snprintf(running, sizeof running, "%s\\data\\tp-manager.running.json", folder);
  if (count == 2 && !strcmp(words[1], "status")) {
    printf("all is well\n");
    if (is_there("complaint")) fprintf(stderr, "config.yml was changed\n");
    return 0;
  }
  if (count > 2 && !strcmp(words[2], "status")) {
    FILE *asked = open_data("asked", "a");
    fprintf(asked, "asked\n");
    fclose(asked);
    printf("{\"running\":%s}\n", is_there("tp-manager.running.json") && !is_there("cut-off") ? "true" : "false");
    return 0;
  }
  FILE *file = open_data("behaviour", "r");
  if (file) {
    if (!fgets(behaviour, sizeof behaviour, file)) behaviour[0] = 0;
    fclose(file);
  }
  file = open_data("starts", "a");
  fprintf(file, "start NODE_OPTIONS=%s\n", getenv("NODE_OPTIONS") ? getenv("NODE_OPTIONS") : "");
  fclose(file);
  printf("The stand-in: %s\n", behaviour);
  fflush(stdout);
  if (!strncmp(behaviour, "exit", 4)) return atoi(behaviour + 5);
  tell("");
  if (!strncmp(behaviour, "crash", 5)) return 3;
  while (!is_there("stop")) Sleep(50);
  if (!strncmp(behaviour, "pay", 3)) tell(",\"stopping\":true");
  while (!strncmp(behaviour, "pay", 3) && is_there("pay")) Sleep(50);
  remove(running);
  return 0;
}
