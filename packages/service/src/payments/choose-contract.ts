import type { Contract } from '@hipay-ecr/shared/config/config.ts';

/** The last character of a contactless payment application (00B CB, 00D Amex, 00G QuickPass: OCA l10n_fr_pos_caisse_ap_ip). */
const CONTACTLESS = new Set(['B', 'D', 'G']);
const ANY_APPLICATION = '000';

export interface ChosenContract {
  contract: Contract;
  /** Set where no contract names the application, and one was taken all the same: an approved payment is always registered. */
  warning?: string;
}

/**
 * The contract that a payment is registered on: the one configured with the answer's application, else one for any, else
 * the only one, else by contact or contactless.
 */
export function chooseContract(
  paymentApplication: string | undefined,
  contracts: { proxy?: Contract; nfc?: Contract },
): ChosenContract | undefined {
  const all = [contracts.proxy, contracts.nfc].filter((contract) => contract !== undefined);
  const named =
    all.find((contract) => contract.paymentApplication === paymentApplication) ??
    all.find((contract) => contract.paymentApplication === ANY_APPLICATION);
  if (named !== undefined) return { contract: named };
  const [first] = all;
  if (first === undefined) return undefined;
  if (all.length === 1) return { contract: first };
  const contactless = CONTACTLESS.has(paymentApplication?.at(-1) ?? '');
  const contract = (contactless ? contracts.nfc : contracts.proxy) ?? first;
  return {
    contract,
    warning:
      `No contract in config.yml has the payment application ${paymentApplication ?? '(unknown)'} that the terminal used; ` +
      `the payment is registered on ${contract.merchantId}, the ${contactless ? 'nfc' : 'proxy'} one.`,
  };
}
