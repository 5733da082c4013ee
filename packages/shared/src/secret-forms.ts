import type { Config } from './config/config.ts';
import { type ConfigValues, type FieldKey, fieldKeys, fields } from './config/fields.ts';

/** The keys whose values are never shown. */
export const secretKeys: readonly FieldKey[] = fieldKeys.filter((key) => fields[key].secret);

/** Every text by which a secret of this configuration could be recognized, in each form in which it travels. */
export function secretsOf(config: Config): string[] {
  const values = secretKeys.flatMap((key) => secretParts(String(config[nameOf(key) as keyof Config] ?? '')));
  const signedIn = [`${config.hipayLogin}:${config.hipayPassword}`, `${config.apiUsername}:${config.apiPassword}`];
  return [...new Set([...values, ...signedIn].flatMap(formsOf))];
}

/** Of a configuration with mistakes, as far as it is known. */
export function secretsOfValues(values: Partial<ConfigValues>): string[] {
  return secretKeys.flatMap((key) => secretParts(String(values[key] ?? ''))).flatMap(formsOf);
}

/** Of an address only its password is secret, with and without the name before it; anything else is secret as a whole. */
export function secretParts(value: string): string[] {
  if (!/^[a-z]+:\/\//i.test(value) || !URL.canParse(value)) return [value];
  const { username, password } = new URL(value);
  return password === '' ? [] : [`${username}:${password}`, password, decoded(password)];
}

/** The forms in which a secret travels: as it is, in addresses and forms, in headers, in JSON. */
export function formsOf(secret: string): string[] {
  if (secret === '') return [];
  const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
  const forms = [secret, encodeURIComponent(secret), inForm, base64(secret), JSON.stringify(secret).slice(1, -1)];
  return [...new Set(forms)];
}

/** `hipay_password` is `hipayPassword` in the configuration as it was read. */
function nameOf(key: FieldKey): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
