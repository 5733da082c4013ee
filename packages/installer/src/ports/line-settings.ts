import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import type { ConfigTexts } from '@hipay-ecr/shared/config/config-texts.ts';
import { fields } from '@hipay-ecr/shared/config/fields.ts';

/** How the line will be set, by these texts and the defaults. */
export function lineSettings(texts: ConfigTexts): LineSettings {
  return {
    baudRate: setting('baudRate', texts),
    dataBits: setting('dataBits', texts),
    parity: setting('parity', texts),
    stopBits: setting('stopBits', texts),
  };
}

function setting<K extends keyof LineSettings>(key: K, texts: ConfigTexts): LineSettings[K] {
  const field = fields[key];
  const parsed = field.parse(texts[key] ?? field.default ?? '');
  if (!parsed.ok) throw new Error(`${key} was not checked before: expected ${parsed.expected}`);
  return parsed.value;
}
