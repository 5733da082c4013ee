import { styleText } from 'node:util';

/** As the documentation shows the dialogue: a question mark stands before each prompt, answered or not. */
export const theme = {
  prefix: { idle: styleText('blue', '?'), done: styleText('green', '?') },
};

export function dim(text: string): string {
  return styleText('dim', text);
}
