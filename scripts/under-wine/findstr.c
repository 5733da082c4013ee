/* In the place of findstr.exe, which is empty in Wine: as much of it as launch.cmd uses. */
#include <stdio.h>
#include <string.h>

int main(int count, char **words) {
  char line[4096];
  FILE *input = stdin;
  int status = 1;
  for (int i = 1; i < count; i++)
    if (words[i][0] != '/') input = fopen(words[i], "r");
  if (!input) return 1;
  while (fgets(line, sizeof line, input))
    for (int i = 1; i < count; i++)
      if (!strncmp(words[i], "/c:", 3) && strstr(line, words[i] + 3)) status = 0;
  return status;
}
