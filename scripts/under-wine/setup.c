/* In the place of setup.exe: repeats its arguments, and ends with 130. */
#include <stdio.h>

int main(int count, char **words) {
  for (int i = 1; i < count; i++) printf("[%s]", words[i]);
  return 130;
}
