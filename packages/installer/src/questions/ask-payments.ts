import type { Dialogue } from '../dialogue.ts';

/** How payments are treated, and when updates are looked for. */
export async function askPayments(dialogue: Dialogue): Promise<void> {
  const { earlier, values } = dialogue;
  await dialogue.askChoice(
    'environment',
    ['dev', 'prod'],
    earlier.environment ?? likelyEnvironment(values.hipay_login),
  );
  await dialogue.askValue({
    key: 'authorization_threshold',
    usual: async () => earlier.authorization_threshold ?? '100',
  });
  await dialogue.askValue({ key: 'update_time', usual: async () => earlier.update_time ?? '03:00' });
}

/** HiPay's usernames name the platform that they are for: `12345678.stage-secure-gateway.hipay-tpp.com`. */
function likelyEnvironment(login: string | undefined): 'dev' | 'prod' {
  return login?.includes('stage') ? 'dev' : 'prod';
}
