import { createPrompt, isEnterKey, useKeypress } from '@inquirer/core';

/** Waits for Enter. */
export const enterPrompt = createPrompt<void, { message: string }>(({ message }, done) => {
  useKeypress((key) => {
    if (isEnterKey(key)) done();
  });
  return message;
});

/** Waits for any key. */
export const anyKeyPrompt = createPrompt<void, { message: string }>(({ message }, done) => {
  useKeypress(() => done());
  return message;
});
