import { type ContractKind, contractKinds } from '@hipay-ecr/shared/config/fields.ts';
import { contractChoices } from '../answers.ts';
import type { Dialogue } from '../dialogue.ts';

/** Of each contract in turn, proxy before NFC, as the documentation asks. */
const parts = ['payment_application', 'merchant_id', 'rank'] as const;
type Part = (typeof parts)[number];

/** Those of the documented dialogue; a merchant ID has none. */
const usual: Record<ContractKind, Partial<Record<Part, string>>> = {
  proxy: { payment_application: '001', rank: '001' },
  nfc: { payment_application: '00B', rank: '001' },
};

export async function askContracts(dialogue: Dialogue): Promise<void> {
  if (willAsk(dialogue)) dialogue.world.print(dialogue.messages.contracts);
  const choice = await dialogue.askChoice('contract', contractChoices, earlierChoice(dialogue) ?? 'proxy');
  if (choice === undefined) return;
  const kinds = contractKinds.filter((kind) => choice === 'both' || choice === kind);
  for (const part of parts) {
    for (const kind of kinds) {
      const key = `contract.${kind}.${part}` as const;
      await dialogue.askValue({ key, usual: async () => dialogue.earlier[key] ?? usual[kind][part] });
    }
  }
}

function willAsk({ given, yes, prompter }: Dialogue): boolean {
  if (prompter === undefined) return false;
  if (given.contract === undefined && !yes) return true;
  const choice = given.contract?.text ?? 'proxy';
  const kinds = contractKinds.filter((kind) => choice === 'both' || choice === kind);
  return kinds.some((kind) =>
    parts.some((part) => given[`contract.${kind}.${part}`] === undefined && !(yes && usual[kind][part] !== undefined)),
  );
}

function earlierChoice({ earlier }: Dialogue): string | undefined {
  const [first, second] = contractKinds.filter((kind) => earlier[`contract.${kind}.merchant_id`] !== undefined);
  return second === undefined ? first : 'both';
}
