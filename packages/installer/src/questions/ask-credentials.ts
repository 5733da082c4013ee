import type { Dialogue } from '../dialogue.ts';

/** Asked only where they came along in no other way. */
export async function askCredentials(dialogue: Dialogue): Promise<void> {
  await dialogue.askValue({ key: 'hipay_login' });
  await dialogue.askValue({ key: 'hipay_password' });
}
