import type { ConfigValues, FieldKey } from './config-values.ts';
import { documentedFields } from './documented-fields.ts';
import type { Field } from './field.ts';
import { optionalFields } from './optional-fields.ts';

export type { ConfigValues, FieldKey } from './config-values.ts';
export type { Field } from './field.ts';

export type Fields = { readonly [K in FieldKey]: Field<ConfigValues[K]> };

/** Every key of config.yml, in the documented order: the one table that the setup's questions and the start-up share. */
export const fields: Fields = { ...documentedFields, ...optionalFields };

export const fieldKeys = Object.keys(fields) as FieldKey[];

/** The two contracts, as config.yml names them. */
export const contractKinds = ['proxy', 'nfc'] as const;
export type ContractKind = (typeof contractKinds)[number];

/** The keys of one contract, in order. */
export function contractKeys(kind: ContractKind): FieldKey[] {
  return fieldKeys.filter((key) => key.startsWith(`contract.${kind}.`));
}

/** `['contract', 'proxy', 'rank']` for `contract.proxy.rank`. */
export function pathOf(key: FieldKey): string[] {
  return key.split('.');
}
